/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>
#include <stdint.h>

/* A table of texts: rows with an id that are activated by Enter or two clicks. Given anew, it
 * changes only what is other, so that nothing moves under the eye that reads it. */
#define OFFICE_TYPE_TEXT_TABLE (office_text_table_get_type())
G_DECLARE_FINAL_TYPE(OfficeTextTable, office_text_table, OFFICE, TEXT_TABLE, GtkWidget)

#define OFFICE_COLUMNS_MAX 12

typedef struct {
	const char *title; /* N_() */
	int width; /* 0: a share of what is left */
	bool number;
} OfficeColumn;

/* How a row stands out; a word in the row says the same. */
typedef enum { OFFICE_PLAIN, OFFICE_GREEN, OFFICE_AMBER, OFFICE_RED } OfficeTone;

typedef struct {
	int64_t id;
	OfficeTone tone;
	char *texts[OFFICE_COLUMNS_MAX]; /* owned; NULL: empty */
} OfficeTextRow;
OfficeTextRow *office_text_row_new(int64_t id);
void office_text_row_free(void *row);

/* Once, before rows are given. @columns is static. */
void office_text_table_set_columns(OfficeTextTable *self, const char *label,
				   const OfficeColumn *columns, int n);
/* Only these columns (bits) take the tone of their row; all of them where it is not said. */
void office_text_table_tone_columns(OfficeTextTable *self, unsigned columns);
/* Hides what the kind of list or the person's rights leave out. */
void office_text_table_show_column(OfficeTextTable *self, int column, bool shown);
/* Takes an array of OfficeTextRow. The choice stays on the row of its id. */
void office_text_table_take(OfficeTextTable *self, GPtrArray *rows);
/* Chooses a row and scrolls to it; true if it is there. */
bool office_text_table_choose(OfficeTextTable *self, int64_t id);
/* 0: none. */
int64_t office_text_table_get_chosen(OfficeTextTable *self);
/* Signals: "chosen" and "activated", both with the id (gint64). */
