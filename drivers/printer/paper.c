/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/paper_private.h"

#include "drivers/codepage.h"
#include "drivers/printer/check_digit.h"

#include <gio/gio.h>
#include <sodium.h>
#include <string.h>

#define CODE128_MAX 30
#define QR_MAX 700
#define FEED_MAX 255
#define LOGO_SIDE_MAX 4096 /* dots; a picture that claims more is refused before it is unpacked */

struct Paper {
	GPtrArray *blocks; /* owned; of PaperBlock */
};

static void block_free(void *data)
{
	PaperBlock *block = data;

	if (block->secret)
		sodium_memzero(block->text, strlen(block->text));
	g_free(block->text);
	g_free(block->right);
	g_clear_pointer(&block->logo, cairo_surface_destroy);
	g_free(block);
}

Paper *paper_new(void)
{
	Paper *self = g_new0(Paper, 1);

	self->blocks = g_ptr_array_new_with_free_func(block_free);
	return self;
}

void paper_free(Paper *self)
{
	if (self == NULL)
		return;

	g_ptr_array_unref(self->blocks);
	g_free(self);
}

guint paper_get_n_blocks(const Paper *self)
{
	return self->blocks->len;
}

const PaperBlock *paper_get_block(const Paper *self, guint i)
{
	return g_ptr_array_index(self->blocks, i);
}

/* Lent until the paper goes. */
static PaperBlock *add_block(Paper *self, BlockKind kind)
{
	PaperBlock *block = g_new0(PaperBlock, 1);

	block->kind = kind;
	g_ptr_array_add(self->blocks, block);
	return block;
}

static void append_clean_line(GString *ret, const char *text)
{
	gunichar character;

	while ((text = codepage_next(text, &character)) != NULL) {
		if (!g_unichar_iszerowidth(character))
			g_string_append_unichar(ret, character);
	}
}

/* What a till's data may hold and no printer may be sent: control characters, broken UTF-8, letters
 * and their marks apart. */
static char *dup_clean(const char *text)
{
	g_autofree char *composed = codepage_compose(text);
	g_auto(GStrv) lines = g_strsplit(composed != NULL ? composed : text, "\n", -1);
	GString *clean = g_string_new(NULL);

	for (int i = 0; lines[i] != NULL; i++) {
		if (i > 0)
			g_string_append_c(clean, '\n');
		append_clean_line(clean, g_strdelimit(lines[i], "\t", ' '));
	}
	return g_string_free(clean, FALSE);
}

void paper_add_text(Paper *self, PaperAlign align, PaperStyle style, const char *text)
{
	PaperBlock *block = add_block(self, BLOCK_TEXT);

	block->align = align;
	block->style = style;
	block->text = dup_clean(text);
}

void paper_add_pair(Paper *self, PaperStyle style, const char *left, const char *right)
{
	PaperBlock *block = add_block(self, BLOCK_PAIR);

	block->style = style;
	block->text = dup_clean(left);
	block->right = g_strdelimit(dup_clean(right), "\n", ' ');
}

void paper_add_rule(Paper *self)
{
	add_block(self, BLOCK_RULE);
}

void paper_add_feed(Paper *self, int lines)
{
	if (lines > 0)
		add_block(self, BLOCK_FEED)->lines = MIN(lines, FEED_MAX);
}

void paper_add_cut(Paper *self)
{
	add_block(self, BLOCK_CUT);
}

bool paper_add_ean13(Paper *self, const char *digits)
{
	size_t len = strlen(digits);
	char check = check_digit_gs1(digits, 12);

	if ((len != 12 && len != 13) || check == '\0' || (len == 13 && digits[12] != check))
		return false;
	add_block(self, BLOCK_EAN13)->text = g_strdup_printf("%.12s%c", digits, check);
	return true;
}

bool paper_add_code128(Paper *self, const char *text)
{
	size_t len = strlen(text);

	if (len == 0 || len > CODE128_MAX)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < 0x20 || text[i] > 0x7E)
			return false;
	}
	add_block(self, BLOCK_CODE128)->text = g_strdup(text);
	return true;
}

bool paper_add_qr(Paper *self, const char *text)
{
	size_t len = strlen(text);

	if (len == 0 || len > QR_MAX)
		return false;
	add_block(self, BLOCK_QR)->text = g_strdup(text);
	return true;
}

/* Without the copies that dup_clean() leaves behind. */
static char *dup_secret(const char *text)
{
	char *clean = g_strdup(g_utf8_validate(text, -1, NULL) ? text : "");

	for (char *at = clean; *at != '\0'; at++)
		if (g_ascii_iscntrl(*at))
			*at = ' ';
	return clean;
}

void paper_add_secret_text(Paper *self, PaperAlign align, PaperStyle style, const char *text)
{
	PaperBlock *block = add_block(self, BLOCK_TEXT);

	block->align = align;
	block->style = style;
	block->text = dup_secret(text);
	block->secret = true;
}

bool paper_add_secret_qr(Paper *self, const char *text)
{
	if (!paper_add_qr(self, text))
		return false;
	((PaperBlock *)g_ptr_array_index(self->blocks, self->blocks->len - 1))->secret = true;
	return true;
}

bool paper_has_secret(const Paper *self)
{
	for (guint i = 0; i < self->blocks->len; i++)
		if (paper_get_block(self, i)->secret)
			return true;
	return false;
}

typedef struct {
	const uint8_t *data;
	gsize left;
} Source;

static cairo_status_t read_png(void *closure, unsigned char *data, unsigned int len)
{
	Source *source = closure;

	if (len > source->left)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(data, source->data, len);
	source->data += len;
	source->left -= len;
	return CAIRO_STATUS_SUCCESS;
}

static uint32_t big_endian(const uint8_t bytes[static 4])
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	       bytes[3];
}

/* By the PNG's own word: the first chunk gives both sides, at byte 16. */
static bool fits(const uint8_t *png, gsize len)
{
	return len >= 24 && memcmp(png, "\x89PNG\r\n\x1A\n", 8) == 0 &&
	       big_endian(png + 16) - 1 < LOGO_SIDE_MAX && big_endian(png + 20) - 1 < LOGO_SIDE_MAX;
}

bool paper_add_logo(Paper *self, const char *png_path, GError **error)
{
	g_autofree char *png = NULL;
	cairo_surface_t *logo;
	Source source = { 0 };

	if (!g_file_get_contents(png_path, &png, &source.left, error))
		return false;
	source.data = (const uint8_t *)png;
	if (!fits(source.data, source.left)) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
			    "%s is no PNG of at most %d dots a side", png_path, LOGO_SIDE_MAX);
		return false;
	}
	logo = cairo_image_surface_create_from_png_stream(read_png, &source);
	if (cairo_surface_status(logo) != CAIRO_STATUS_SUCCESS) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "cannot read %s: %s",
			    png_path, cairo_status_to_string(cairo_surface_status(logo)));
		cairo_surface_destroy(logo);
		return false;
	}
	add_block(self, BLOCK_LOGO)->logo = logo;
	return true;
}
