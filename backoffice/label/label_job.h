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
/* By its name; those that come with the program also by their file's, "shelf-58x40". */
LabelModel *label_model_find(Store *store, const char *name, GError **error);
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
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LabelDevice, label_device_free)
LabelDevice *label_device_copy(const LabelDevice *self);
const char *label_device_class_code(LabelDeviceClass class); /* "label", "sheet", "plu" */
/* Array of LabelDevice that frees its elements. */
GPtrArray *label_device_list(Store *store, int64_t shop_id, GError **error);
/* "zpl@tcp:10.0.0.7:9100" in its halves; false where there is no @. Own both. */
bool label_device_split(const char *device, char **ret_protocol, char **ret_address);
/* "dpi=203 gap=2 font='DejaVu Sans'". Own it; NULL with LABEL_ERROR_INVALID. */
GHashTable *label_device_dup_options(const LabelDevice *self, GError **error);
/* Prints one label of an example, or looks whether a scale can be reached. Blocks. */
bool label_device_test(const LabelDevice *self, GError **error);
/* Names of drivers of the class, NULL-terminated; none for sheets. */
const char *const *label_device_protocols(LabelDeviceClass class);
/* RIGHT_SETTINGS for both. LABEL_ERROR_INVALID where no driver or address is called so. */
bool label_device_write(Store *store, LabelDevice *device, int64_t person_id, GError **error);
bool label_device_delete(Store *store, int64_t id, int64_t person_id, GError **error);

/* A sheet of labels on A4 (or any paper), micrometres. A label stands in the middle of its place.
 */
typedef struct {
	int paper_width, paper_height, left, top, across, down, gap_x, gap_y;
	int width, height; /* of a place */
	int skip; /* places used up already on the first sheet, row by row */
} LabelSheet;
/* Sheets that are sold, by name: "3x8", "2x7" …; false where there is no such. */
bool label_sheet_find(const char *name, LabelSheet *ret);
/* The n-th of them and how people call it ("3 × 8, 70 × 37 mm"; own it); false past the last. */
bool label_sheet_get(int n, LabelSheet *ret, const char **ret_name, char **ret_title);

typedef struct {
	int64_t item_id;
	int copies;
	int64_t pack_id; /* 0: the single one */
	const char *batch; /* NULL: none */
	int32_t expiry; /* YYYYMMDD; 0: its shelf life from today on, where that is known */
	int64_t at; /* with the price of that moment, UTC microseconds; 0: now */
} LabelWish;

/* What @code, a barcode or an article, means: sets item_id and pack_id. LABEL_ERROR_GONE where no
 * goods have it. */
bool label_wish_find(Store *store, const char *code, LabelWish *ret, GError **error);

/* What can stand between braces in a design, in the order in which it is offered. */
typedef struct {
	const char *name; /* "unit-price" */
	const char *title; /* English, N_()-marked; people see _(title) */
	const char
		*example; /* for a design that is looked at without goods; "" where there is none */
} LabelWord;
const LabelWord *label_word_list(int *ret_n);

/* All words of an item, as its shop writes them in its country. What it does not have is "".
 * LABEL_ERROR_GONE where there is no such item. Own it. */
LabelData *label_data_new(Store *store, int64_t shop_id, const LabelWish *wish, GError **error);
/* The examples. Own it. */
LabelData *label_data_new_example(void);
/* What one costs at @at (0: now) in the shop. */
bool label_price_at(Store *store, int64_t shop_id, int64_t item_id, int64_t at, bool *ret_has,
		    int64_t *ret, GError **error);

/* A job, read from the database and then free of it, so that it can be printed on another thread.
 */
typedef struct LabelJob LabelJob;
LabelJob *label_job_new(Store *store, int64_t shop_id, const LabelModel *model,
			const LabelWish *wishes, int n, GError **error);
void label_job_free(LabelJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LabelJob, label_job_free)
int label_job_get_total(const LabelJob *self); /* labels, counting copies */
/* For printing on sheets; else as the device's options say (sheet=3x8 skip=0). Copies. */
void label_job_set_sheet(LabelJob *self, const LabelSheet *sheet);
/* How many have come out, told on the thread that prints. */
typedef void (*LabelProgress)(int printed, int total, void *data);
void label_job_set_progress(LabelJob *self, LabelProgress progress, void *data);
/* Blocks: not on the window's thread. *ret_printed labels surely came out, after a failure too;
 * called again it goes on from there. */
bool label_job_print(LabelJob *self, const LabelDevice *device, int *ret_printed, GError **error);
/* From any thread: what is being printed ends with DEVICE_FAULT_CANCELLED. */
void label_job_cancel(LabelJob *self);
/* One label of @model with the examples of label_word_list(). */
LabelJob *label_job_new_example(const LabelModel *model, GError **error);
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
/* Array of LabelStale that frees its elements. @until 0: as it is now. */
/* @new_goods: those that have stock and never had a tag, too. At most @max. */
GPtrArray *label_to_reprint(Store *store, int64_t shop_id, int64_t until, bool new_goods, int max,
			    GError **error);
/* What is wrong with the tag that was scanned on the shelf: NULL nothing (and no @error), else a
 * sentence. Own it. */
char *label_check_tag(Store *store, int64_t shop_id, int64_t item_id, GError **error);

/* What went wrong with the printer or scale called @device, and what a person can do about it, in
 * their language. Own it. */
char *label_trouble_dup(const GError *error, const char *device);

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
