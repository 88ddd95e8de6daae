/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/label/label_draw.h"

/* What the drivers of label printers have in common; each language is one const instance. */

typedef enum { LABEL_MEDIA_GAP, LABEL_MEDIA_MARK, LABEL_MEDIA_CONTINUOUS } LabelMedia;
typedef enum { LABEL_CUTTER_OFF, LABEL_CUTTER_EACH, LABEL_CUTTER_BATCH } LabelCutter;
typedef enum { LABEL_GRAPHICS_ROWS, LABEL_GRAPHICS_RUNS, LABEL_GRAPHICS_HEX } LabelGraphics;

/* Keys of the printer's group; -1 leaves it to the printer:
 *   dpi=203|300|600        its head (203)
 *   gap=N                  millimetres between labels, or of the black mark (2)
 *   media=gap|mark|continuous
 *   speed=N darkness=N     in the printer's own steps
 *   cutter=off|each|batch
 *   font=NAME              of drawn text (Sans)
 *   text=drawn|native      native: ASCII in the printer's scalable font, ZPL only
 *   graphics=rows|runs|hex how ZPL pictures are packed */
typedef struct {
	int dpi, gap_um, speed, darkness;
	LabelMedia media;
	LabelCutter cutter;
	bool cutter_set; /* otherwise it stays as the printer has it */
	bool native_text;
	LabelGraphics graphics;
	const char *font; /* owned by the printer */
} LabelOptions;
bool label_options_parse(GHashTable *options, LabelOptions *ret, GError **error);

/* What a printer said, and what only its driver needs. */
typedef struct {
	LabelStatus status;
	bool partial; /* a label that was cut off half sent is in it */
	bool full; /* its buffer: wait */
	bool syntax_error; /* it did not understand us */
	bool bad_data; /* it understood and cannot print it */
} LabelAnswer;

struct label_language {
	const char *name;
	/* Asks how it is, in less than a second. Silence is no failure: status.speaks is false.
	 * NULL: the language has no question. */
	bool (*ask)(struct label_printer *self, LabelAnswer *ret, GError **error);
	/* One label, @copies of it. */
	void (*put)(GByteArray *ret, const LabelLayout *layout, const LabelOptions *options,
		    int copies);
	const char *cancel; /* sent where an answer was partial; or NULL */
	/* A whole job as one document in place of put(), or NULL. */
	GBytes *(*document)(GPtrArray *layouts, const int *copies, const LabelOptions *options,
			    GError **error);
};

struct label_printer {
	const struct label_language *language;
	struct port *port; /* borrowed */
	LabelOptions options;
	char *font; /* owned */
	bool has_spoken; /* so that its silence means something */
	bool is_mute; /* asked three times in vain */
	bool has_no_way_back; /* a print queue: a question would be a job of its own */
	size_t unread; /* bytes of our job that may be on their way before a question */
	bool line_broke; /* as it was asked last */
	bool lacks_details; /* TSPL: <ESC>!S is not answered */
};

struct label_printer *label_printer_open(const struct label_language *language, struct port *port,
					 GHashTable *options, GError **error);
void label_printer_close(struct label_printer *self);
bool label_printer_observe(struct label_printer *self, LabelStatus *ret, GError **error);
bool label_printer_print(struct label_printer *self, const LabelDesign *design,
			 LabelData *const *labels, int n, int copies, int *printed, GError **error);
GBytes *label_printer_encode(struct label_printer *self, const LabelDesign *design,
			     LabelData *label, int copies, GError **error);

/* Reads until @is_whole says so, or silence; the number of bytes, -1 on failure. */
gssize label_printer_read(struct label_printer *self, uint8_t *data, size_t size, int timeout_ms,
			  bool (*is_whole)(const uint8_t *data, size_t len), GError **error);

/* label_text.c: printf to bytes. */
void label_put(GByteArray *ret, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* "58" or "58.5" of micrometres. Own it. */
char *label_millimetres(int um);
/* All its characters are printable ASCII and none is in @except. */
bool label_is_plain(const char *text, const char *except);
extern const struct label_driver zpl_driver;
extern const struct label_driver tspl_driver;
extern const struct label_driver epl_driver;
extern const struct label_driver pdf_driver;
