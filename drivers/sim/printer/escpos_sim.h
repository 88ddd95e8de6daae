/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/sim_device.h"

/* An ESC/POS receipt printer, inside (receipt-printer-escpos §2-§4, §8; cash-drawer-and-keys §1).
 * Bytes wait in the receive buffer and are obeyed one command after the other, as fast as the paper
 * moves; real-time commands are obeyed as they come. Where the printer is off-line, all waits.
 *
 * The log: "PAPER|text" a line, blanks in front where it is aligned, none behind; "PAPER|[raster
 * WxH]", "PAPER|[EAN13 digits]", "[CODE128 …]", "[QR …]"; "PAPER|[cut]" for either cut; "DRAWER|ms"
 * a pulse. A picture of each receipt is drawn as it is cut.
 *
 * Control lines: paper-out · paper (a new roll) · near-end · cover-open · cover-close · cutter-jam
 * (at the next cut) · broken (until power) · hot [MS] · feed (the button) · drawer-close · look
 * (draws what has not been cut yet). */
enum {
	ESCPOS_CELL = 12, /* font A, dots */
	ESCPOS_CELL_HEIGHT = 24,
	ESCPOS_DOTS_PER_MM = 8,
	ESCPOS_CUTTER_DOTS = 15 * ESCPOS_DOTS_PER_MM, /* from the head to the knife */
	ESCPOS_MAX_DOTS = 576,
	RASTER_MAX_BYTES = 255, /* of a row of 1D 76; and its rows */
	RASTER_MAX_ROWS = 4095,
	ESCPOS_MORE = 0, /* a command's length is not known yet */
};

typedef enum {
	ESCPOS_FAULT_DOTS,
	ESCPOS_FAULT_CP_TABLE,
	ESCPOS_FAULT_START_PAGE,
	ESCPOS_FAULT_SPEED,
	ESCPOS_FAULT_BUFFER,
	ESCPOS_FAULT_KANJI,
	ESCPOS_FAULT_CLONE,
	ESCPOS_FAULT_DRAWER,
	ESCPOS_FAULT_NO_CUTTER,
	ESCPOS_FAULT_WAIT_FEED,
	ESCPOS_FAULT_WRONG_PAGE,
	ESCPOS_FAULT_SILENT,
	ESCPOS_FAULT_STALE,
	ESCPOS_FAULT_ASB_MIXED,
	ESCPOS_FAULT_NO_PROCESS_ID,
	ESCPOS_FAULT_MERGED_IDS,
	ESCPOS_FAULT_PAPER_OUT,
	ESCPOS_FAULT_NEAR_END,
	ESCPOS_FAULT_COVER_OPEN,
	ESCPOS_FAULT_CUTTER_JAM,
	ESCPOS_FAULT_HOT,
	ESCPOS_FAULT_LOSES_POWER,
} EscposFault;
extern const SimFaultKind escpos_faults[];

typedef enum { ESCPOS_LEFT, ESCPOS_CENTRE, ESCPOS_RIGHT } EscposAlign;
/* The drawer's sensor: level of pin 3. */
typedef enum { DRAWER_HIGH_OPEN, DRAWER_LOW_OPEN, DRAWER_NO_SENSOR, DRAWER_JAMMED } EscposDrawer;

/* What the next character will look like. */
typedef struct {
	int wide, high; /* 1..8 */
	bool font_b;
	bool bold;
	int underline; /* dots */
	bool reverse;
	int spacing; /* dots on its right side */
} EscposStyle;

typedef struct {
	gunichar character; /* 0: an image */
	int x, width, height; /* dots */
	EscposStyle style;
	GBytes *image; /* owned; a byte a dot, row by row, 1 is black */
} EscposGlyph;

typedef struct {
	int height; /* dots */
	int module; /* dots */
	int hri; /* 1 above, 2 below, 3 both */
} EscposBarcode;

typedef struct {
	int module;
	int level; /* 1 L … 4 H */
	GByteArray *data; /* owned */
} EscposQr;

typedef struct {
	int64_t paper_dots; /* left on the roll */
	int64_t pulses, receipts;
	char process_id[5];
} EscposMemory;

typedef struct {
	SimContext *context; /* borrowed */
	EscposMemory memory;
	bool dirty; /* the memory is not saved */

	/* settings */
	int dots;
	int capacity; /* of the buffer, bytes */
	int speed; /* mm/s; 0 is at once */
	int clone; /* 0: as Epson does; 1: prints what it does not know; 2: knows no 1D 28 */

	/* bytes */
	GByteArray *buffer; /* owned; received, not obeyed from @taken on */
	guint taken;
	GByteArray *command; /* owned; what has come of the next one */
	int64_t offset; /* bytes taken out of the buffer since power on */
	uint8_t recent[10]; /* the last that came, for real-time commands */

	/* modes, as 1B 40 sets them */
	EscposStyle style;
	EscposAlign align;
	int line_spacing; /* dots */
	int left_margin, print_width; /* dots; 0 width is all */
	int code_page; /* n of 1B 74 */
	int international;
	bool kanji;
	EscposBarcode barcode;
	EscposQr qr;
	GByteArray *matrix; /* owned; a stored Data Matrix */
	GByteArray *graphics; /* owned; stored by 1D 28 4C, as the command had it */
	int asb; /* n of 1D 61 */
	bool no_pulse_now; /* real-time pulse disabled by 1D 28 44 */

	/* the line */
	GArray *line; /* of EscposGlyph, owned */
	int x;
	bool vanished; /* a pair has, and it was told */

	/* the paper since the last cut */
	GByteArray *picture; /* owned; a byte a dot, 255 white; unused where nobody wants one */
	int rows;
	int dots_since_ink;
	bool printed; /* anything */

	/* the mechanism */
	int64_t busy_until; /* monotonic µs */
	int64_t hot_until;
	int64_t end_dots, near_dots; /* ordered ends of the roll; -1 none */
	bool paper_out, near_end, cover_open, jammed, jam_next, broken, wait_feed;
	uint8_t shown[4]; /* ASB as last seen */

	/* the drawer */
	int64_t pulse_at, pulse_ms; /* the last one */
	int64_t drawer_free_at;
	int64_t opens_at; /* G_MAXINT64: it does not */
	bool drawer_open;

	char merged_id[5];
	int64_t merged_at; /* when it is sent; G_MAXINT64: none */
} Escpos;

/* escpos_sim_parse.c: the whole length of the command that begins so, or ESCPOS_MORE. */
size_t escpos_length(const uint8_t *command, size_t len, bool kanji);
/* Where real-time bytes stand inside a command's parameters; 0: nowhere. */
size_t escpos_sim_find_trap(const uint8_t *command, size_t len, bool pulse_disabled);

/* escpos_sim_commands.c */
void escpos_obey(Escpos *self, const uint8_t *command, size_t len);
void escpos_reset(Escpos *self);

/* escpos_sim_groups.c: 1D 28, 1D 38 and 1C 28, from the length on. */
void escpos_group(Escpos *self, uint8_t group, const uint8_t *data, size_t len);

/* escpos_sim_text.c */
void escpos_put_byte(Escpos *self, uint8_t byte);
void escpos_put_image(Escpos *self, int width, int height, GBytes *dots);
bool escpos_has_page(const Escpos *self, int page);
/* Prints the line, if only as an empty one. */
void escpos_line_feed(Escpos *self);
/* What must stand at the start of a line: prints what is there first, and flags it. */
void escpos_end_line(Escpos *self, const char *what);
int escpos_area(const Escpos *self); /* dots a line has */
void escpos_forget_line(Escpos *self);

/* escpos_sim_image.c */
void escpos_raster(Escpos *self, const uint8_t *command, size_t len);
void escpos_columns(Escpos *self, const uint8_t *command, size_t len);
void escpos_store_graphics(Escpos *self, const uint8_t *data, size_t len);
void escpos_print_graphics(Escpos *self);

/* escpos_sim_barcode.c, escpos_sim_bars.c, escpos_sim_matrix.c */
void escpos_print_barcode(Escpos *self, int symbology, const uint8_t *data, size_t len);
void escpos_print_qr(Escpos *self);
void escpos_print_matrix(Escpos *self);
void escpos_send_qr_size(Escpos *self);
/* A string of '1' and '0', a module each. */
char *escpos_ean_bars(const char *digits); /* 8 or 13 of them */
char *escpos_code128_bars(const int *values, size_t n); /* without check and stop */
/* Any of libzint's symbologies; a row a string. NULL: it refuses the data. */
GPtrArray *escpos_zint_rows(int symbology, int option, const uint8_t *data, size_t len);

/* escpos_sim_paper.c */
void escpos_feed(Escpos *self, int dots);
/* Black where @dots is 1, @y from the rows that the next feed brings. */
void escpos_ink(Escpos *self, int x, int y, int width, int height, const uint8_t *dots);
/* A symbol or image, aligned, @below rows under the head; the feed is the caller's. */
void escpos_ink_block(Escpos *self, int width, int height, const uint8_t *dots, int below);
void escpos_separate(Escpos *self); /* the knife itself */
void escpos_cut(Escpos *self, bool partial, int feed); /* -1: where the paper is */
void escpos_look(Escpos *self);
void escpos_new_roll(Escpos *self);
/* escpos_sim_draw.c: the line's letters, bottoms level. */
void escpos_draw_line(Escpos *self, int shift, int height);
void escpos_draw_text(Escpos *self, const char *text, int x, int width, int y);

/* escpos_sim_status.c */
bool escpos_is_offline(const Escpos *self);
bool escpos_is_hot(const Escpos *self);
uint8_t escpos_status(const Escpos *self, int n);
void escpos_real_time(Escpos *self, uint8_t byte); /* one more has come */
void escpos_set_asb(Escpos *self, int n);
void escpos_tell_change(Escpos *self); /* ASB, where it is wanted and new */
void escpos_answer(Escpos *self, const uint8_t *data, size_t len);
void escpos_answer_in_order(Escpos *self, int n); /* 1D 72 */
void escpos_identify(Escpos *self, int n); /* 1D 49 */
void escpos_process_id(Escpos *self, const uint8_t id[static 4]);
void escpos_send_merged(Escpos *self, int64_t now);

/* escpos_sim_drawer.c */
bool escpos_kick(Escpos *self, int pin, int on_ms, int off_ms); /* false: not yet */
bool escpos_pin3(const Escpos *self);
void escpos_spring(Escpos *self, int64_t now);

/* escpos_sim_state.c */
bool escpos_load(Escpos *self, GError **error);
void escpos_save(Escpos *self);

/* escpos_sim.c */
void escpos_clear_buffers(Escpos *self);
/* A mistake of the host, in the log: "FLAG: … (byte N)", the command's first one. */
void escpos_flag(Escpos *self, const char *format, ...) G_GNUC_PRINTF(2, 3);
