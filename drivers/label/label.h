/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"
#include "drivers/port/port.h"

/* The LabelPrinter class. A label is designed once, in micrometres, and comes out the same size on
 * every printer (label-printer.md); what a printer's own fonts or codes cannot do the same way is
 * drawn. */

typedef enum {
	LABEL_TEXT, /* each of its lines is @height; shrunk, then cut, where it is too wide */
	LABEL_STRUCK_TEXT, /* with a line through it: an old price */
	LABEL_EAN13,
	LABEL_CODE128,
	LABEL_DATAMATRIX, /* ECC 200; with FNC1 first where the data has GS (0x1D) or begins with it
			   */
	LABEL_QR, /* model 2, level M */
	LABEL_BOX, /* a frame of @thickness, or a line where one side is no longer than that */
	LABEL_N_KINDS,
} LabelKind;
typedef enum { LABEL_LEFT, LABEL_CENTRE, LABEL_RIGHT } LabelAlign;

/* Micrometres from the top left corner of the label. */
typedef struct {
	LabelKind kind;
	int x, y, width, height;
	int module; /* of a barcode: width of its narrowest bar or of one cell; rounded to whole
		       dots */
	int thickness;
	LabelAlign align;
	bool bold;
	int max_lines; /* of text: 1, or as many as it may be wrapped into */
	bool digits_below; /* of EAN-13 and Code 128 */
	/* What it says: plain words, and names in braces that a LabelData fills in:
	 * "{name}", "{price}", "{old-price}", "{barcode}", "{unit-price}", "{article}", "{date}" …
	 */
	const char *content;
} LabelField;

typedef struct LabelDesign LabelDesign;
LabelDesign *label_design_new(int width, int height); /* micrometres */
void label_design_free(LabelDesign *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LabelDesign, label_design_free)
void label_design_add(LabelDesign *self, const LabelField *field); /* copies */
int label_design_get_width(const LabelDesign *self);
int label_design_get_height(const LabelDesign *self);
int label_design_get_n_fields(const LabelDesign *self);
const LabelField *label_design_get_field(const LabelDesign *self, int n);
/* As JSON, to be kept and sent. Own it. */
char *label_design_to_json(const LabelDesign *self);
LabelDesign *label_design_from_json(const char *json, GError **error);

/* One label's words: name → text. */
typedef GHashTable LabelData;

typedef struct {
	bool paper_out, ribbon_out, head_open, paused, too_hot, cutter_jam, needs_service;
	bool awaits_taking; /* a label hangs in the peeler: not a fault */
	bool busy;
	bool speaks;
	int left; /* labels still to print, -1 where it does not say */
} LabelStatus;

/* The first fault that stops it, or DEVICE_FAULT_N. */
DeviceFault label_status_fault(const LabelStatus *status);

struct label_printer;
struct label_driver {
	const char *name; /* "zpl", "tspl", "epl", "pdf" */
	/* @port is lent until close. @options: keys of the printer's group (dpi=203|300|600, gap,
	 * speed, darkness), may be NULL. */
	struct label_printer *(*open)(struct port *port, GHashTable *options, GError **error);
	void (*close)(struct label_printer *self);
	bool (*observe)(struct label_printer *self, LabelStatus *ret, GError **error);
	/* @labels: @n rows of data, printed @copies times each, in jobs of at most 50. @printed
	 * counts the labels that surely reached the printer; after a failure go on from there. */
	bool (*print)(struct label_printer *self, const LabelDesign *design,
		      LabelData *const *labels, int n, int copies, int *printed, GError **error);
	/* One label's bytes without I/O. */
	GBytes *(*encode)(struct label_printer *self, const LabelDesign *design, LabelData *label,
			  int copies, GError **error);
};

const struct label_driver *label_driver_find(const char *name);
