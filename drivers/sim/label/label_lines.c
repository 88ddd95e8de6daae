/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/label/label_lines.h"

#include <string.h>

enum { ROW_BYTES_MAX = 1 << 12, ROWS_MAX = 1 << 15, GRAPHIC_MAX = 4 << 20, LF = 0x0A, CR = 0x0D };

void label_lines_init(LabelLines *self, const LabelLanguage *language, LabelPress *press,
		      void *owner)
{
	*self = (LabelLines){ .language = language, .press = press, .owner = owner };
	self->in = g_byte_array_new();
	self->bits = g_byte_array_new();
}

void label_lines_clear(LabelLines *self)
{
	label_args_free(self->header);
	g_byte_array_unref(self->in);
	g_byte_array_unref(self->bits);
}

static void drop_front(LabelLines *self, guint n)
{
	g_byte_array_remove_range(self->in, 0, n);
	self->offset += n;
}

static void end_graphic(LabelLines *self)
{
	g_clear_pointer(&self->header, label_args_free);
	g_byte_array_set_size(self->bits, 0);
}

void label_lines_reset(LabelLines *self)
{
	end_graphic(self);
	drop_front(self, self->in->len);
}

static void flag(LabelLines *self, size_t offset, const char *words)
{
	label_press_flag(self->press, offset, "%s", words);
	if (self->language->bad_line != NULL)
		self->language->bad_line(self->owner);
}

/* --- graphics --------------------------------------------------------------------------------- */

static bool begins_graphic(const LabelLines *self)
{
	size_t len = strlen(self->language->graphic);

	return self->in->len >= len && memcmp(self->in->data, self->language->graphic, len) == 0;
}

/* How long the graphic's header is, with its last comma; 0: not all is there; the line's length and
 * *whole false: it ends too early. */
static guint header_length(const LabelLines *self, bool *whole)
{
	guint commas = 0;

	*whole = true;
	for (guint i = 0; i < self->in->len; i++) {
		if (self->in->data[i] == LF) {
			*whole = false;
			return i + 1;
		}
		if (self->in->data[i] == ',' && ++commas == self->language->commas)
			return i + 1;
	}
	return 0;
}

static void begin_graphic(LabelLines *self, guint len)
{
	size_t name = strlen(self->language->graphic);
	const char *fault = NULL;
	int columns, rows;

	self->header =
		label_args_new(self->in->data + name, len - name - 1, LABEL_QUOTES_TSPL, &fault);
	self->graphic_offset = self->offset;
	if (self->header == NULL ||
	    !label_parse_int(label_args_word(self->header, 2), 1, ROW_BYTES_MAX, &columns) ||
	    !label_parse_int(label_args_word(self->header, 3), 1, ROWS_MAX, &rows) ||
	    columns * rows > GRAPHIC_MAX) {
		flag(self, self->offset, "graphic: its size is wrong");
		end_graphic(self);
	} else {
		self->wanted = (guint)(columns * rows);
	}
	drop_front(self, len);
}

/* False: more must come. */
static bool take_bits(LabelLines *self)
{
	bool drops = label_press_drops_crlf(self->press);
	guint i = 0;

	while (i < self->in->len && self->bits->len < self->wanted) {
		if (drops && self->in->data[i] == CR) {
			if (i + 1 == self->in->len)
				break;
			if (self->in->data[i + 1] == LF) {
				i += 2;
				continue;
			}
		}
		g_byte_array_append(self->bits, self->in->data + i++, 1);
	}
	drop_front(self, i);
	return self->bits->len == self->wanted;
}

/* The line's end behind the bits. False: it must come yet. */
static bool take_end(LabelLines *self)
{
	guint len = self->language->crlf ? 2 : 1;
	const char *end = self->language->crlf ? "\r\n" : "\n";
	g_autofree char *words = NULL;

	if (self->in->len < len && memcmp(self->in->data, end, self->in->len) == 0)
		return false;
	if (memcmp(self->in->data, end, len) == 0) {
		drop_front(self, len);
		return true;
	}
	words = g_strdup_printf("graphic: wrong byte count, %02X follows its %u bytes",
				self->in->data[0], self->wanted);
	flag(self, self->offset, words);
	return true;
}

/* False: more must come. */
static bool take_graphic(LabelLines *self)
{
	if (!take_bits(self))
		return false;
	if (label_press_is_reset_by_graphic(self->press)) {
		label_lines_reset(self);
		return true;
	}
	if (self->in->len == 0 || !take_end(self))
		return false;
	self->language->do_graphic(self->owner, self->header, self->bits, self->graphic_offset);
	end_graphic(self);
	return true;
}

/* --- lines ------------------------------------------------------------------------------------ */

/* A short command within a line: done, and cut out of it. False: more of it must come. */
static bool take_short_within(LabelLines *self, guint at)
{
	int n = self->language->do_short(self->owner, self->in->data + at, self->in->len - at);

	if (n == LABEL_LINES_WAIT)
		return false;
	if (n == 0)
		flag(self, self->offset + at, "unknown short command");
	n = MAX(n, 1);
	g_byte_array_remove_range(self->in, at, (guint)n);
	/* The line now seems to begin later by as much; those behind it are right. */
	self->offset += (size_t)n;
	return true;
}

static void take_line(LabelLines *self, guint len)
{
	guint end = len - 1;

	if (end > 0 && self->in->data[end - 1] == CR)
		end--;
	else if (self->language->crlf)
		flag(self, self->offset + end, "a line ends with 0A alone");
	if (end > 0)
		self->language->do_line(self->owner, self->in->data, end, self->offset);
	drop_front(self, len);
}

/* False: more must come. */
static bool take_command(LabelLines *self)
{
	int n = self->language->do_short(self->owner, self->in->data, self->in->len);
	bool whole;
	guint len;

	if (n == LABEL_LINES_WAIT)
		return false;
	if (n > 0) {
		drop_front(self, (guint)n);
		return true;
	}
	if (begins_graphic(self)) {
		len = header_length(self, &whole);
		if (len > 0 && whole)
			begin_graphic(self, len);
		else if (len > 0)
			take_line(self, len);
		return len > 0;
	}
	for (guint i = 0; i < self->in->len; i++) {
		if (self->in->data[i] == LF) {
			take_line(self, i + 1);
			return true;
		}
		if (self->language->anywhere != 0 && self->in->data[i] == self->language->anywhere)
			return take_short_within(self, i);
	}
	return false;
}

void label_lines_receive(LabelLines *self, const uint8_t *data, size_t len)
{
	g_byte_array_append(self->in, data, (guint)len);
	while (self->header != NULL || self->in->len > 0)
		if (!(self->header != NULL ? take_graphic(self) : take_command(self)))
			break;
}
