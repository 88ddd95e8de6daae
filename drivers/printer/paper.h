/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* What is to stand on a strip of paper, for any printer: blocks from top to bottom, in words of the
 * shop and not of a machine. Text is UTF-8; it is folded into the printer's columns when printed.
 */
typedef struct Paper Paper;

typedef enum { PAPER_LEFT, PAPER_CENTRE, PAPER_RIGHT } PaperAlign;
typedef enum {
	PAPER_PLAIN = 0,
	PAPER_BOLD = 1 << 0,
	PAPER_DOUBLE = 1 << 1, /* twice as wide and as high */
} PaperStyle;

Paper *paper_new(void);
void paper_free(Paper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Paper, paper_free)

/* Wrapped between words, at the columns that the style leaves. */
void paper_add_text(Paper *self, PaperAlign align, PaperStyle style, const char *text);
/* @left at the left edge, @right at the right; @left is wrapped, @right is never cut and stands in
 * the last row. "Milk 3.2% …        89.90" */
void paper_add_pair(Paper *self, PaperStyle style, const char *left, const char *right);
void paper_add_rule(Paper *self); /* a line across */
void paper_add_feed(Paper *self, int lines);
/* @digits: 12 or 13; the check digit is made or checked. False (nothing is added) if it is wrong.
 */
bool paper_add_ean13(Paper *self, const char *digits);
/* ASCII 0x20..0x7E, at most 30. */
bool paper_add_code128(Paper *self, const char *text);
bool paper_add_qr(Paper *self, const char *text); /* at most 700 bytes */
/* The same two of words that may stand on paper and nowhere else (drivers/fiscal/paper_only.h):
 * they are wiped with the paper, its text has "[…]" in their place, and no trace shows its bytes.
 */
void paper_add_secret_text(Paper *self, PaperAlign align, PaperStyle style, const char *text);
bool paper_add_secret_qr(Paper *self, const char *text);
bool paper_has_secret(const Paper *self);
/* A PNG, scaled down to the paper's width where it is wider; black below half grey. False with a
 * GFileError or G_IO_ERROR where it cannot be read: a receipt without its logo is still a receipt,
 * so the caller goes on. */
bool paper_add_logo(Paper *self, const char *png_path, GError **error);
void paper_add_cut(Paper *self); /* feeds past the cutter; the end of a paper is cut by itself */

/* Plain text as it would stand at @columns, for tests and screens. Barcodes as "[EAN13 …]". */
char *paper_dup_text(const Paper *self, int columns);
