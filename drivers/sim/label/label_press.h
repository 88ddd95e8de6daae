/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/label/label_canvas.h"
#include "drivers/sim/sim_device.h"

/* The mechanism that the three label printers share (protocols/label-printer.md §9): roll, ribbon,
 * head, key and peeler, and the queue of labels to print. Every label is logged; each that differs
 * from the one before is drawn into the folder of pictures, and the log has for a whole batch
 *   PICTURE|path          once its first label is out
 *   LABEL|n copies        once its last label is out, or the rest was cancelled
 * The memory (--state) has the counter, the roll and what is open or out.
 *
 * Control lines: paper (a new roll), paper-out, head-open, head-close, pause (the key: on and off),
 * ribbon-out, ribbon, take (the label that hangs in the peeler). */
enum {
	LABEL_FAULT_PAPER_OUT,
	LABEL_FAULT_RIBBON_OUT,
	LABEL_FAULT_HEAD_OPEN,
	LABEL_FAULT_PAUSE,
	LABEL_FAULT_PEEL,
	LABEL_FAULT_BUFFER_FULL,
	LABEL_FAULT_SILENT_ERROR,
	LABEL_FAULT_LEFTOVER,
	LABEL_FAULT_LANGUAGE,
	LABEL_FAULT_DROPS_CRLF,
	LABEL_FAULT_RESET_MID_GRAPHIC,
	LABEL_FAULT_FONTS,
	LABEL_FAULT_DPI,
	LABEL_FAULT_ROLL,
	LABEL_FAULT_LABEL_MS,
	LABEL_FAULT_N
};
enum { LABEL_DEFAULT_ROLL = 1000 };
extern const SimFaultKind label_sim_faults[];

typedef struct {
	SimContext *context; /* borrowed */
	int dots_per_mm; /* 8, 12 or 24 */
	bool fonts; /* a font with Cyrillic is loaded */

	/* the memory */
	int64_t printed; /* labels in its life */
	int64_t left; /* labels on the roll */
	bool paper_out, ribbon_out, head_open, paused;

	bool awaits_taking;
	GQueue jobs; /* of LabelJob, owned */
	LabelCanvas *pictured; /* owned, may be NULL */
	int64_t next_at; /* monotonic µs: when the label in the works is out */
	GString *source; /* text taken for another language, owned */
	int64_t source_at; /* when it was last added to */

	/* Told after a whole batch, and when it begins or ends to be stuck. May be NULL. */
	void (*batch_done)(void *owner);
	void (*stuck_changed)(void *owner, bool stuck);
	bool was_stuck;
	void *owner;
} LabelPress;

bool label_press_init(LabelPress *self, SimContext *context, GError **error);
void label_press_clear(LabelPress *self);

/* Something is wrong with what the host sent, @offset bytes after power-on. */
void label_press_flag(LabelPress *self, size_t offset, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* Copies @label. */
void label_press_print(LabelPress *self, const LabelCanvas *label, int copies);
void label_press_feed(LabelPress *self); /* an empty label, not counted as printed */
void label_press_cancel(LabelPress *self);
void label_press_set_paused(LabelPress *self, bool paused);
int label_press_get_left(const LabelPress *self); /* labels of the batch still to come */
bool label_press_is_printing(const LabelPress *self);
bool label_press_peels(const LabelPress *self);
bool label_press_is_stuck(const LabelPress *self); /* paper, ribbon or head */

/* May a status answer be sent? Counts the question for faults. */
bool label_press_may_answer(LabelPress *self);
bool label_press_buffer_is_full(LabelPress *self); /* asked once an answer */
/* A stale answer of @data goes first, where that was ordered. */
void label_press_send_leftover(LabelPress *self, const char *data);
/* A graphic is whole; was the device reset in its middle? Then the link is gone. */
bool label_press_is_reset_by_graphic(LabelPress *self);
/* What arrives of binary data through a filter that eats line ends. */
bool label_press_drops_crlf(const LabelPress *self);

/* It takes another language: prints the source. False: it does not. */
bool label_press_take_source(LabelPress *self, const uint8_t *data, size_t len);

int64_t label_press_deadline(const LabelPress *self);
void label_press_tick(LabelPress *self, int64_t now);
bool label_press_control(LabelPress *self, const char *line);
