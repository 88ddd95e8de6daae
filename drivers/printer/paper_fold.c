/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/paper_private.h"

#include <string.h>

int paper_char_cells(gunichar character)
{
	return g_unichar_iswide(character) ? 2 : 1;
}

int paper_text_cells(const char *text)
{
	int cells = 0;

	for (; *text != '\0'; text = g_utf8_next_char(text))
		cells += paper_char_cells(g_utf8_get_char(text));
	return cells;
}

static void line_free(void *data)
{
	PaperLine *line = data;

	g_free(line->left);
	g_free(line->right);
	g_free(line);
}

static void add_line(GPtrArray *lines, const PaperBlock *block, const char *text, size_t len)
{
	PaperLine *line = g_new0(PaperLine, 1);

	while (len > 0 && text[len - 1] == ' ')
		len--;
	line->align = block->align;
	line->style = block->style;
	line->left = g_strndup(text, len);
	g_ptr_array_add(lines, line);
}

/* How much of @text goes into one row of @width: up to the last blank that lets it fit, or, in a
 * word longer than the row, up to the edge. At least one letter. */
static size_t row_len(const char *text, int width)
{
	const char *end = text, *blank = NULL;

	for (int cells = 0; *end != '\0'; end = g_utf8_next_char(end)) {
		if (*end == ' ')
			blank = end;
		cells += paper_char_cells(g_utf8_get_char(end));
		if (cells > width)
			break;
	}
	if (*end == '\0')
		return (size_t)(end - text);
	if (blank != NULL && blank > text)
		return (size_t)(blank - text);
	return (size_t)((end > text ? end : g_utf8_next_char(text)) - text);
}

static void fold_paragraph(GPtrArray *lines, const PaperBlock *block, const char *text, int width)
{
	size_t len = row_len(text, width);

	add_line(lines, block, text, len);
	for (text += len; *text != '\0'; text += len) {
		text += strspn(text, " ");
		if (*text == '\0')
			return;
		len = row_len(text, width);
		add_line(lines, block, text, len);
	}
}

static void fold_text(GPtrArray *lines, const PaperBlock *block, const char *text, int width)
{
	g_auto(GStrv) paragraphs = g_strsplit(text, "\n", -1);

	for (int i = 0; paragraphs[i] != NULL; i++)
		fold_paragraph(lines, block, paragraphs[i], width);
	if (paragraphs[0] == NULL) /* of an empty string GLib makes no pieces */
		add_line(lines, block, "", 0);
}

/* The amount stands in the last row, with a blank before it, or in a row of its own. */
static void add_right(GPtrArray *lines, const PaperBlock *block, int width)
{
	PaperLine *last = g_ptr_array_index(lines, lines->len - 1);
	int taken = paper_text_cells(last->left), wanted = paper_text_cells(block->right);
	PaperBlock rest = *block;

	if (taken > 0 && taken + 1 + wanted > width) {
		add_line(lines, block, "", 0);
		last = g_ptr_array_index(lines, lines->len - 1);
	}
	if (wanted <= width) {
		last->right = g_strdup(block->right);
		return;
	}
	/* Wider than the paper: in pieces, as nothing of an amount may be lost. */
	g_ptr_array_remove_index(lines, lines->len - 1);
	rest.align = PAPER_RIGHT;
	fold_text(lines, &rest, block->right, width);
}

GPtrArray *paper_block_fold(const PaperBlock *block, int columns)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(line_free);
	int width = MAX(columns / (block->style & PAPER_DOUBLE ? 2 : 1), 1);

	fold_text(lines, block, block->text, width);
	if (block->kind == BLOCK_PAIR)
		add_right(lines, block, width);
	return lines;
}

char *paper_line_dup_text(const PaperLine *line, int width)
{
	int gap;

	if (line->right == NULL)
		return g_strdup(line->left);
	gap = width - paper_text_cells(line->left) - paper_text_cells(line->right);
	return g_strdup_printf("%s%*s%s", line->left, MAX(gap, 0), "", line->right);
}

static void append_row(GString *text, const PaperLine *line, int columns)
{
	int scale = line->style & PAPER_DOUBLE ? 2 : 1;
	int blanks = MAX(columns - paper_text_cells(line->left) * scale, 0);
	g_autofree char *row = paper_line_dup_text(line, columns);

	if (line->align == PAPER_LEFT || *row == '\0')
		blanks = 0;
	else if (line->align == PAPER_CENTRE)
		blanks /= 2;
	g_string_append_printf(text, "%*s%s\n", blanks, "", row);
}

static void append_rows(GString *text, const PaperBlock *block, int columns)
{
	g_autoptr(GPtrArray) lines = paper_block_fold(block, columns);

	for (guint i = 0; i < lines->len; i++)
		append_row(text, g_ptr_array_index(lines, i), columns);
}

static void append_repeated(GString *text, char character, int n)
{
	for (int i = 0; i < n; i++)
		g_string_append_c(text, character);
}

static void append_block(GString *text, const PaperBlock *block, int columns)
{
	if (block->secret) {
		g_string_append(text, "[…]\n");
		return;
	}
	switch (block->kind) {
	case BLOCK_TEXT:
	case BLOCK_PAIR:
		append_rows(text, block, columns);
		return;
	case BLOCK_RULE:
		append_repeated(text, '-', columns);
		g_string_append_c(text, '\n');
		return;
	case BLOCK_FEED:
		append_repeated(text, '\n', block->lines);
		return;
	case BLOCK_EAN13:
		g_string_append_printf(text, "[EAN13 %s]\n", block->text);
		return;
	case BLOCK_CODE128:
		g_string_append_printf(text, "[CODE128 %s]\n", block->text);
		return;
	case BLOCK_QR:
		g_string_append_printf(text, "[QR %s]\n", block->text);
		return;
	case BLOCK_LOGO:
		g_string_append(text, "[LOGO]\n");
		return;
	case BLOCK_CUT:
		return;
	}
}

char *paper_dup_text(const Paper *self, int columns)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < paper_get_n_blocks(self); i++)
		append_block(text, paper_get_block(self, i), columns);
	return g_string_free(text, FALSE);
}
