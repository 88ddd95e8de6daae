/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/display/epson_display.h"

#include "drivers/display/display_cells.h"

#define ESC 0x1B
#define US 0x1F
#define CR 0x0D
#define CLEAR 0x0C
enum { NO_PAGE = -1, PRINTER = 0x01, DISPLAY = 0x02 };

struct display {
	struct port *port; /* borrowed */
	DisplayCells cells;
	int page; /* of the display, or NO_PAGE: its ROM has but one */
	bool passthrough;
};

/* Whose the line is, where a printer has it. */
static void append_selection(const struct display *self, GByteArray *bytes, uint8_t device)
{
	const uint8_t select[] = { ESC, 0x3D, device };

	if (self->passthrough)
		display_append(bytes, select, sizeof select);
}

static void append_page(const struct display *self, GByteArray *bytes)
{
	const uint8_t page[] = { ESC, 0x74, (uint8_t)self->page };

	if (self->page != NO_PAGE)
		display_append(bytes, page, sizeof page);
}

static void append_start(const struct display *self, GByteArray *bytes)
{
	static const uint8_t begin[] = { ESC, 0x40, ESC, 0x52, 0x00 };
	static const uint8_t no_cursor[] = { US, 0x43, 0x00 };

	display_append(bytes, begin, sizeof begin);
	append_page(self, bytes);
	display_append(bytes, no_cursor, sizeof no_cursor);
	if (self->cells.brightness > 0) {
		const uint8_t brightness[] = { US, 0x58,
					       display_brightness_step(self->cells.brightness) };

		display_append(bytes, brightness, sizeof brightness);
	}
	display_cells_append_glyphs(&self->cells, bytes);
}

static bool start(struct display *self, GError **error)
{
	/* What a killed till left of a command takes these two for its parameters. A printer would
	 * feed paper at them, so they are not said to one. */
	static const uint8_t flush[] = { CR, CLEAR };
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	if (!self->passthrough)
		display_append(bytes, flush, sizeof flush);
	append_selection(self, bytes, DISPLAY);
	append_start(self, bytes);
	append_selection(self, bytes, PRINTER);
	return port_write(self->port, bytes->data, bytes->len, DISPLAY_TIMEOUT_MS, error);
}

static bool parse(struct display *self, GHashTable *options, GError **error)
{
	static const char *const no_yes[] = { "no", "yes", NULL };
	static const int pages[DISPLAY_ROM_N] = { [DISPLAY_ROM_ASCII] = 0x00,
						  [DISPLAY_ROM_CP866] = 0x11,
						  [DISPLAY_ROM_CP1251] = NO_PAGE,
						  [DISPLAY_ROM_TYSSO] = NO_PAGE,
						  [DISPLAY_ROM_DPD201] = NO_PAGE };
	int passthrough;

	if (!display_cells_parse(&self->cells, options, error) ||
	    !display_option_word(options, "passthrough", no_yes, 0, &passthrough, error))
		return false;
	self->passthrough = passthrough == 1;
	self->page = pages[self->cells.rom];
	if (!display_option_byte(options, "page", &self->page, error))
		return false;
	if (self->cells.rom == DISPLAY_ROM_CP1251 && self->page == NO_PAGE)
		return display_bad_option("codepage", "wcp1251 without page", error);
	return true;
}

static struct display *open_epson(struct port *port, GHashTable *options, GError **error)
{
	struct display *self = g_new0(struct display, 1);

	port_set_class(port, "display");
	self->port = port;
	self->cells.rom = DISPLAY_ROM_CP866;
	if (parse(self, options, error) && start(self, error))
		return self;
	g_free(self);
	return NULL;
}

static void close_epson(struct display *self)
{
	g_free(self);
}

/* A clear first: it goes home, and heals whatever the glass had; and the page, which a lost byte
 * may have left it without. The lower line is placed, not wrapped into, so that its mode does not
 * matter. */
static bool show(struct display *self, const char *upper, const char *lower, GError **error)
{
	static const uint8_t second_row[] = { US, 0x24, 0x01, 0x02 };
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	append_selection(self, bytes, DISPLAY);
	display_append_byte(bytes, CLEAR);
	append_page(self, bytes);
	display_cells_append(&self->cells, bytes, upper);
	display_append(bytes, second_row, sizeof second_row);
	display_cells_append(&self->cells, bytes, lower);
	append_selection(self, bytes, PRINTER);
	return port_write(self->port, bytes->data, bytes->len, DISPLAY_TIMEOUT_MS, error);
}

const struct display_driver epson_display_driver = {
	.name = "epson",
	.open = open_epson,
	.close = close_epson,
	.show = show,
};
