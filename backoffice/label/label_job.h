/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/rights.h"
#include "drivers/label/label.h"
#include "store/store.h"

/* Labels of goods: designs, printers, what is to be printed, and the tags that hang on shelves. */

#define LABEL_ERROR (label_error_quark())
GQuark label_error_quark(void);
typedef enum {
	LABEL_ERROR_INVALID,
	LABEL_ERROR_GONE, /* no such design, printer, item */
} LabelError;
/* Messages are in the person's language. Faults of the printer are DEVICE_FAULT. */

typedef struct {
	int64_t id; /* 0: new; below zero: one that comes with the program */
	char *name; /* owned; of those that come with the program, translated */
	bool shelf; /* a shelf tag; else it sticks to the goods */
	LabelDesign *design; /* owned */
} LabelModel;
void label_model_free(LabelModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LabelModel, label_model_free)
GPtrArray *label_model_list(Store *store, GError **error);
LabelModel *label_model_read(Store *store, int64_t id, GError **error);
/* RIGHT_DESIGN_LABELS. One that comes with the program is written as a copy. */
bool label_model_write(Store *store, LabelModel *model, int64_t person_id, GError **error);
bool label_model_delete(Store *store, int64_t id, int64_t person_id, GError **error);

typedef enum { LABEL_DEVICE_LABEL, LABEL_DEVICE_SHEET, LABEL_DEVICE_PLU } LabelDeviceClass;
typedef struct {
	int64_t id, shop_id; /* 0: new */
	LabelDeviceClass class;
	char *name, *device, *options; /* owned; "zpl@tcp:10.0.0.7:9100", "dpi=203 gap=2" */
} LabelDevice;
void label_device_free(LabelDevice *self);
GPtrArray *label_device_list(Store *store, int64_t shop_id, GError **error);
bool label_device_write(Store *store, LabelDevice *device, int64_t person_id, GError **error);
bool label_device_delete(Store *store, int64_t id, int64_t person_id, GError **error);

/* A sheet of labels on A4 (or any paper), micrometres. */
typedef struct {
	int paper_width, paper_height, left, top, across, down, gap_x, gap_y;
	int skip; /* places used up already on the first sheet */
} LabelSheet;

typedef struct {
	int64_t item_id;
	int copies;
	int64_t pack_id; /* 0: the single one */
	const char *batch; /* NULL: none */
	int32_t expiry; /* 0: none */
} LabelWish;

/* {name} {price} {old-price} {unit-price} {barcode} {article} {brand} {unit} {shop} {date} {expiry}
 * {batch} {currency} {plu} … of an item, as the shop writes them. Own it. */
LabelData *label_data_new(Store *store, int64_t shop_id, const LabelWish *wish, GError **error);

/* A job, read from the database and then free of it, so that it can be printed on another thread.
 */
typedef struct LabelJob LabelJob;
LabelJob *label_job_new(Store *store, int64_t shop_id, const LabelModel *model,
			const LabelWish *wishes, int n, GError **error);
void label_job_free(LabelJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LabelJob, label_job_free)
/* Blocks: not on the window's thread. *ret_printed labels surely came out, after a failure too. */
bool label_job_print(LabelJob *self, const LabelDevice *device, int *ret_printed, GError **error);
/* As PDF: sheets where @sheet is given, else a page a label. */
bool label_job_write_pdf(LabelJob *self, const LabelSheet *sheet, const char *path, GError **error);
/* The first @n of them hang on the shelf now (of shelf tags), for label_to_reprint(). */
bool label_job_note_printed(LabelJob *self, Store *store, int n, int64_t person_id, GError **error);

/* Tags whose price or name is not what the till says (or will say until @until, a price that is to
 * come): item, what hangs there, what should. */
typedef struct {
	int64_t item_id;
	bool has_old, has_new;
	int64_t old_price, new_price;
	int64_t from; /* when the new one begins; 0: it is in force */
	char *name, *code; /* owned */
} LabelStale;
void label_stale_free(LabelStale *self);
/* @new_goods: those that have stock and never had a tag, too. At most @max. */
GPtrArray *label_to_reprint(Store *store, int64_t shop_id, int64_t until, bool new_goods, int max,
			    GError **error);
/* What is wrong with the tag that was scanned on the shelf: NULL nothing, else a sentence. Own it.
 */
char *label_check_tag(Store *store, int64_t shop_id, int64_t item_id, GError **error);

/* --- scales that print labels --- */

typedef struct {
	int sent, removed, same; /* items */
	int n_refused;
	char *refused; /* first refusals, in words; owned, may be NULL */
} PluResult;
void plu_result_clear(PluResult *self);
/* Weighed goods with a PLU of the shop's price, to a scale: what differs from the last load, or
 * all. Blocks for as long as it takes, without the database open in a transaction. */
bool label_load_scale(Store *store, const LabelDevice *device, bool all, int64_t person_id,
		      PluResult *ret, GError **error);
