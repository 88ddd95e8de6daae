/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/label/label_job.h"

/* What the files of this folder tell each other. */

/* Sets LABEL_ERROR_INVALID, and is false. */
bool label_invalid(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* A label's words, and what of them a shelf tag is remembered by. */
typedef struct {
	LabelData *words; /* owned */
	bool has_price;
	int64_t price; /* minor units */
	char *name; /* owned; the item's */
} LabelFacts;
bool label_facts_read(Store *store, int64_t shop_id, const LabelWish *wish, LabelFacts *ret,
		      GError **error);
void label_facts_clear(LabelFacts *self);

/* The kind of price that everybody pays all day at @at (label_kind.c): what shelf tags say. Where a
 * rule makes it another than retail, its days; 0 where none does. */
typedef struct {
	int64_t kind_id;
	int32_t first_day, last_day;
} LabelKindNow;
bool label_kind_at(Store *store, int64_t shop_id, int64_t at, LabelKindNow *ret, GError **error);
/* A price of that kind; retail where the item has none of it. */
bool label_price_of_kind(Store *store, int64_t shop_id, int64_t item_id, int64_t kind_id,
			 int64_t at, bool *ret_has, int64_t *ret, GError **error);
/* The shop's midnight that begins @day, @later days after it. */
bool label_midnight(Store *store, int64_t shop_id, int32_t day, int later, int64_t *ret,
		    GError **error);

/* One label of a job. */
typedef struct {
	LabelFacts facts;
	int64_t item_id, pack_id;
	int copies;
	bool plain; /* its barcode is no EAN-13: printed with the job's second design */
} LabelRow;

struct LabelJob {
	LabelDesign *design; /* owned */
	LabelDesign *plain; /* owned; the same with Code 128 in place of EAN-13 */
	bool shelf;
	GArray *rows; /* owned; of LabelRow */
	int total, printed;
	int64_t shop_id;
	char *title; /* owned; the design's name */

	LabelSheet sheet;
	bool has_sheet;
	LabelProgress progress; /* NULL: nobody is told */
	void *progress_data;

	GMutex lock; /* of what follows: label_job_cancel() is another thread */
	struct port *port; /* borrowed; NULL where none is open */
	bool cancelled;
};

/* The row of label @n, counting copies. */
const LabelRow *label_job_get_row(const LabelJob *self, int n);
static inline const LabelDesign *label_job_design_of(const LabelJob *self, const LabelRow *row)
{
	return row->plain ? self->plain : self->design;
}
/* The labels from @first on, on sheets (or, where @sheet is NULL, a page each). */
GBytes *label_sheet_draw(const LabelJob *self, const LabelSheet *sheet, int first, const char *font,
			 GError **error);

/* One that comes with the program, by its file's name. */
LabelModel *label_model_new_brought(const char *file, GError **error);
