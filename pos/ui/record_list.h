/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

/* Receipts to choose one of, in the place of the open one: those put aside, those that somebody has
 * to look after. */
#define POS_TYPE_RECORD_LIST (pos_record_list_get_type())
G_DECLARE_FINAL_TYPE(PosRecordList, pos_record_list, POS, RECORD_LIST, GtkBox)

/* @nothing stands where there is no row. */
void pos_record_list_set_heading(PosRecordList *self, const char *title, const char *body,
				 const char *nothing);
/* False where the rows of @source are shown already: then they need not be filled again. */
bool pos_record_list_begin(PosRecordList *self, GPtrArray *source);
/* A row; @detail stands below. Takes the texts. */
void pos_record_list_take_row(PosRecordList *self, int64_t id, char *title, char *sum,
			      char *detail);
void pos_record_list_end(PosRecordList *self);
void pos_record_list_move_choice(PosRecordList *self, int by);
/* The id of the chosen row; false where there is none. */
bool pos_record_list_get_choice(PosRecordList *self, int64_t *ret);
