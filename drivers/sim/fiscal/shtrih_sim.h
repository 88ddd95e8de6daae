/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/fiscal/fiscal_memory.h"
#include "drivers/sim/sim_device.h"

/* The Shtrih-M registrar, inside. Sums are kopecks, quantities millionths, times are seconds of the
 * shop's wall clock since 1970 (what tag 1012 holds). Names of the page's §6 and §7 are used.
 *
 * Control lines, beside those of every simulator:
 *   paper · paper-out      a new roll · the roll is taken out
 *   paper-low              the roll is near its end, until the next one
 *   cover-open · cover     the cover is opened · closed; open, nothing is printed
 *   ofd                    the operator of the tax data has got all documents */

/* How it misbehaves; shtrih_sim_faults[] tells what VALUE is. */
typedef enum {
	FAULT_DROP_RX, /* the VALUE-th byte received from the trigger on is swallowed */
	FAULT_DROP_TX, /* the VALUE-th byte of the answer is not sent */
	FAULT_BAD_LRC, /* the check sum of VALUE answers is spoilt */
	FAULT_NAK, /* VALUE good frames are refused */
	FAULT_SLOW, /* VALUE ms before the answer */
	FAULT_SLOW_ACK, /* VALUE ms before the ACK */
	FAULT_LOST_ANSWER, /* done, link lost; ENQ gives the answer */
	FAULT_LOST_ANSWER_POWER, /* done, link and answer lost */
	FAULT_DIE_BEFORE, /* link lost after the ACK, nothing done */
	FAULT_PAPER_OUT, /* before line VALUE of the document */
	FAULT_SHIFT_24H, /* mode 3, 4E for sales, 16 from the FN */
	FAULT_WRONG_PASSWORD, /* 4F for everything */
	FAULT_BUSY, /* 50h for VALUE commands; questions are answered */
	FAULT_FN_ERROR, /* VALUE (hex) where a document is made */
	FAULT_MEMORY_FULL, /* 06 where a document is made, and FF01 warns */
	FAULT_JUMP, /* VALUE document numbers are passed over */
	FAULT_FOREIGN, /* somebody else's sale of VALUE kopecks */
	FAULT_MARK_BAD, /* a marking code is found to be false */
	FAULT_FF_BYTE, /* after the ACK of the host */
	FAULT_GARBAGE, /* VALUE bytes before STX */
	FAULT_EXTENDED, /* setting: answers of documents end with a date */
	FAULT_PRINT_MS, /* setting: of a document */
	FAULT_BYTE_MS, /* setting: byte time-out */
	FAULT_SERIAL, /* setting: of the registrar, and the end of the FN's */
	FAULT_CLOCK_WRONG, /* setting: minutes the clock is slow */
	FAULT_N,
} SimFault;
extern const SimFaultKind shtrih_sim_faults[];

/* Errors of §7 that the simulator gives. */
enum {
	E_OK = 0x00,
	E_FN_STATE = 0x02,
	E_FN_NO_DATA = 0x08,
	E_FN_PARAMETER = 0x09,
	E_FN_TLV_SIZE = 0x10,
	E_FN_FULL = 0x06,
	E_FN_24_HOURS = 0x16,
	E_PARAMETERS = 0x33,
	E_UNKNOWN_COMMAND = 0x37,
	E_SHIFT_OPEN = 0x3C,
	E_SHIFT_CLOSED = 0x3D,
	E_PAYMENTS_SHORT = 0x45,
	E_NO_CASH = 0x46,
	E_RECEIPT_TYPE = 0x49,
	E_RECEIPT_OPEN = 0x4A,
	E_RECEIPT_FULL = 0x4B,
	E_NONCASH_TOO_MUCH = 0x4D,
	E_24_HOURS = 0x4E,
	E_PASSWORD = 0x4F,
	E_PRINTING = 0x50,
	E_RECEIPT_CLOSED = 0x55,
	E_NOTHING_TO_REPEAT = 0x56,
	E_CONTINUE_PRINT = 0x58,
	E_NO_TABLE = 0x5D,
	E_WRONG_OPERATION = 0x5E,
	E_NEGATIVE_TOTAL = 0x5F,
	E_MULTIPLY = 0x60,
	E_PRICE = 0x61,
	E_QUANTITY = 0x62,
	E_DEPARTMENT = 0x63,
	E_NO_PAPER = 0x6B,
	E_MODE = 0x73,
	E_DATE_MISMATCH = 0x7C,
	E_DATE = 0x7D,
	E_LENGTH = 0x7E,
	E_ZERO_TOTAL = 0x8E,
	E_MARK_ORDER = 0xA1,
	E_MARKS_FULL = 0xA3,
	E_TAG_MISSING = 0xA4, /* the number of the tag follows */
	E_MARK_UNCHECKED = 0xA5,
};

enum { SALE, BUY, SALE_RETURN, BUY_RETURN, N_RECEIPT_TYPES }; /* 8Dh's numbers */
enum { N_PAYMENTS = 16, N_VAT = 10, MAX_LINES = 500, PASSWORD_SYSTEM = 30, SHIFT_SECONDS = 86400 };
enum {
	DOCUMENT_OPEN_SHIFT = 2,
	DOCUMENT_RECEIPT = 3,
	DOCUMENT_CLOSE_SHIFT = 5,
	DOCUMENT_CORRECTION = 31,
};
/* What the FN has begun and not ended (FF01). */
enum { FN_NONE = 0, FN_OPENING = 2, FN_CLOSING = 8, FN_CORRECTION = 0x14 };
#define MAX_SUM INT64_C(999999999999) /* kopecks; a registrar has no more digits */

/* ---- memory: shtrih_sim_state.c */

typedef struct {
	char *name; /* owned, UTF-8 */
	int64_t price, quantity, sum;
	int vat; /* index of shtrih_vat */
	int department, method, subject;
	GByteArray *tags; /* owned; FF4D's */
	GByteArray *mark; /* owned; FF67's, or empty */
} ShtrihLine;

typedef struct {
	GByteArray *code; /* owned */
	int64_t result; /* tag 2106 */
} ShtrihMark;

typedef struct {
	int64_t paid[N_PAYMENTS]; /* change taken off */
	int64_t total;
	int64_t vat[N_VAT];
	int64_t count;
} ShtrihTotals;

typedef struct {
	int64_t clock_offset;
	int64_t pending_date; /* 22h waits for 23h: YYMMDD, or -1 */
	bool shift_open;
	int64_t shift_opened_at;
	int64_t shift, receipt, last_fd, document;
	int64_t last_at; /* when the last fiscal document was made */
	int64_t cash, cash_in, cash_out, n_cash_in, n_cash_out;
	ShtrihTotals totals[N_RECEIPT_TYPES]; /* of the shift */
	int64_t fn_document; /* 0, 2 opening, 8 closing */
	GByteArray *fn_tags; /* owned; of that document */
	bool receipt_open;
	int64_t receipt_type;
	GPtrArray *lines; /* owned, of ShtrihLine */
	GPtrArray *texts; /* owned, free text of the open receipt */
	GByteArray *tags; /* owned; FF0C's of the open receipt */
	int64_t sent; /* documents that the operator of the tax data has */
	GByteArray *mark; /* owned; checked, neither accepted nor rejected; or empty */
	int64_t mark_result;
	GPtrArray *marks; /* owned, of ShtrihMark; accepted, not in a receipt yet */
	json_t *documents; /* owned; all that were ever made */
	FiscalList *document_list; /* owned; the same for the state file, without "tlv" */
	FiscalArchive archive; /* "tlv" of each */
	FiscalList *book; /* owned */
	bool no_paper, low_paper, cover_open;
	GPtrArray *unprinted; /* owned; lines that wait for paper */
	GPtrArray *last_paper; /* owned; for 8Ch */
} ShtrihState;

void shtrih_state_init(ShtrihState *self); /* as shipped: 41 shifts and 56 documents ago */
void shtrih_state_clear(ShtrihState *self);
bool shtrih_state_load(ShtrihState *self, const char *path, GError **error);
bool shtrih_state_save(ShtrihState *self, const char *path, GError **error);
void shtrih_state_close_receipt(ShtrihState *self); /* forgets its lines */
/* And the codes that were checked for it, be it before it was opened. */
void shtrih_sim_state_end_receipt(ShtrihState *self);
ShtrihLine *shtrih_line_new(void);
void shtrih_sim_line_free(ShtrihLine *line);
void shtrih_sim_document_add(ShtrihState *self, json_t *item); /* takes @item */
void shtrih_sim_mark_add(ShtrihState *self, const GByteArray *code, int64_t result);

/* ---- the wire: shtrih_sim_frame.c */

typedef struct {
	enum { RX_IDLE, RX_LENGTH, RX_BODY, RX_LRC } rx;
	uint8_t body[255];
	size_t want, have;
	int64_t rx_until; /* the next byte of a frame must come before */
	enum { WIRE_IDLE, WIRE_ACK_LATE, WIRE_ANSWER_LATE, WIRE_HELD } phase;
	int64_t due; /* of what is late */
	GByteArray *early; /* owned; came while the ACK was late */
	GByteArray *answer; /* owned; body held until the host has taken it */
} ShtrihWire;

typedef struct {
	SimContext *context; /* borrowed */
	ShtrihWire wire;
	ShtrihState state;

	/* printing, in RAM */
	bool printing;
	unsigned printed; /* lines of state.unprinted that are out */
	int64_t line_us, next_line_at;
	int paper_ends_at; /* line, or -1 */

	/* FF3A: the document being read out */
	GByteArray *reading; /* owned, or NULL */
	size_t read_at;
} Shtrih;

void shtrih_wire_receive(Shtrih *self, const uint8_t *data, size_t len);
void shtrih_wire_tick(Shtrih *self, int64_t now, bool quiet);
int64_t shtrih_wire_deadline(const Shtrih *self);
void shtrih_wire_hang_up(Shtrih *self); /* a half frame is gone, a held answer is not */

/* ---- commands: shtrih_sim_commands.c and the files by subject */

typedef struct {
	Shtrih *sim;
	uint16_t code;
	int operator;
	const uint8_t *data; /* after code and password */
	size_t len;
	GByteArray *answer; /* what follows the error byte and the operator */
	GString *words; /* for the log */
} ShtrihCall;

/* Runs a frame's body; gives the answer's. */
GByteArray *shtrih_execute(Shtrih *self, const uint8_t *body, size_t len);
void shtrih_save(Shtrih *self);

typedef uint8_t (*ShtrihRun)(ShtrihCall *call);
uint8_t shtrih_short_status(ShtrihCall *call);
uint8_t shtrih_full_status(ShtrihCall *call);
uint8_t shtrih_money_register(ShtrihCall *call);
uint8_t shtrih_operation_register(ShtrihCall *call);
uint8_t shtrih_read_table(ShtrihCall *call);
uint8_t shtrih_error_name(ShtrihCall *call);
uint8_t shtrih_model(ShtrihCall *call);
uint8_t shtrih_device_type(ShtrihCall *call);

uint8_t shtrih_fn_status(ShtrihCall *call);
uint8_t shtrih_fn_serial(ShtrihCall *call);
uint8_t shtrih_fn_expiry(ShtrihCall *call);
uint8_t shtrih_fn_version(ShtrihCall *call);
uint8_t shtrih_fn_cancel(ShtrihCall *call);
uint8_t shtrih_registration(ShtrihCall *call);
uint8_t shtrih_find_document(ShtrihCall *call);
uint8_t shtrih_ofd_status(ShtrihCall *call);
uint8_t shtrih_read_document(ShtrihCall *call);
uint8_t shtrih_read_block(ShtrihCall *call);
uint8_t shtrih_unsent(ShtrihCall *call);
uint8_t shtrih_shift_status(ShtrihCall *call);

uint8_t shtrih_sim_begin_correction(ShtrihCall *call);
uint8_t shtrih_sim_correction(ShtrihCall *call);
uint8_t shtrih_sim_correction_v2(ShtrihCall *call);
uint8_t shtrih_sim_check_mark(ShtrihCall *call);
uint8_t shtrih_sim_bind_mark(ShtrihCall *call);
uint8_t shtrih_sim_accept_mark(ShtrihCall *call);
uint8_t shtrih_sim_mark_status(ShtrihCall *call);
bool shtrih_sim_is_marked(const ShtrihLine *line); /* by its subject sign */
/* E_TAG_MISSING where a marked line of the receipt has no code. */
uint8_t shtrih_sim_marks_check(ShtrihCall *call);

uint8_t shtrih_set_time(ShtrihCall *call);
uint8_t shtrih_set_date(ShtrihCall *call);
uint8_t shtrih_confirm_date(ShtrihCall *call);
uint8_t shtrih_cash_in(ShtrihCall *call);
uint8_t shtrih_cash_out(ShtrihCall *call);
uint8_t shtrih_x_report(ShtrihCall *call);
uint8_t shtrih_open_shift(ShtrihCall *call);
uint8_t shtrih_close_shift(ShtrihCall *call);
uint8_t shtrih_begin_open_shift(ShtrihCall *call);
uint8_t shtrih_begin_close_shift(ShtrihCall *call);
uint8_t shtrih_finish_open_shift(ShtrihCall *call);
uint8_t shtrih_finish_close_shift(ShtrihCall *call);

uint8_t shtrih_open_receipt(ShtrihCall *call);
uint8_t shtrih_classic_line(ShtrihCall *call);
uint8_t shtrih_classic_void(ShtrihCall *call);
uint8_t shtrih_classic_discount(ShtrihCall *call);
uint8_t shtrih_classic_close(ShtrihCall *call);
uint8_t shtrih_line_with_discount(ShtrihCall *call);
uint8_t shtrih_line(ShtrihCall *call);
uint8_t shtrih_close_receipt(ShtrihCall *call);
uint8_t shtrih_cancel_receipt(ShtrihCall *call);
uint8_t shtrih_subtotal(ShtrihCall *call);
uint8_t shtrih_document_tags(ShtrihCall *call);
uint8_t shtrih_line_tags(ShtrihCall *call);

uint8_t shtrih_beep(ShtrihCall *call);
uint8_t shtrih_print_text(ShtrihCall *call);
uint8_t shtrih_sim_print_in_font(ShtrihCall *call);
uint8_t shtrih_cut(ShtrihCall *call);
uint8_t shtrih_drawer(ShtrihCall *call);
uint8_t shtrih_feed(ShtrihCall *call);
uint8_t shtrih_copy(ShtrihCall *call);
uint8_t shtrih_continue(ShtrihCall *call);

/* ---- rules shared by the commands: shtrih_sim_rules.c */

typedef struct {
	int code; /* FF46's byte */
	int rate; /* percent, or -1: no tax at all */
	const char *name; /* on paper */
	const char *letter;
	int tag; /* of its sum in the archive, or 0 */
	int number; /* tag 1199 */
} ShtrihVat;

const ShtrihVat *shtrih_vat(const Shtrih *self, int index);
int shtrih_vat_find(int code); /* index, or -1 */
int64_t shtrih_vat_sum(const Shtrih *self, int index, int64_t gross);

int64_t shtrih_now(const Shtrih *self);
bool shtrih_shift_too_long(Shtrih *self);
uint8_t shtrih_mode(Shtrih *self);
uint8_t shtrih_submode(const Shtrih *self);
uint16_t shtrih_flags(const Shtrih *self);
int64_t shtrih_receipt_total(const Shtrih *self);
int64_t shtrih_unsigned(const uint8_t *data, size_t len); /* little-endian, up to 6 bytes */
void shtrih_put(GByteArray *answer, uint64_t value, size_t len);
void shtrih_put_time(GByteArray *answer, int64_t at, bool minutes_too);
char *shtrih_text_new(const uint8_t *data, size_t len, const char *charset); /* ends at 00; UTF-8 */
char *shtrih_sum_new(int64_t kopecks); /* "245.94" */
char *shtrih_quantity_new(int64_t micro); /* "1.234" */

/* ---- documents and tags: shtrih_sim_archive.c, shtrih_sim_tags.c */

typedef struct {
	int type;
	int64_t fd, fp, at, shift, receipt, operation, total;
} ShtrihDocument;

/* Gives it number, time and sign, and keeps it. An FN error changes nothing. */
uint8_t shtrih_document_make(ShtrihCall *call, ShtrihDocument *document, GByteArray *body);
/* Somebody else's sale. */
void shtrih_sim_strangers_receipt(Shtrih *self, int64_t total);
uint8_t shtrih_sim_tag_missing(ShtrihCall *call, int tag); /* E_TAG_MISSING */
bool shtrih_document_find(const Shtrih *self, int64_t fd, ShtrihDocument *ret);
void shtrih_put_document(ShtrihCall *call, const ShtrihDocument *document); /* FD, FP[, date] */

typedef enum { TAGS_OF_DOCUMENT, TAGS_OF_LINE } ShtrihTagPlace;
uint8_t shtrih_tags_check(const uint8_t *data, size_t len, ShtrihTagPlace place, GString *words);
/* The text of a tag in @tags, or NULL. Own it. */
char *shtrih_tags_dup_text(const GByteArray *tags, int tag);
/* Its value, inside @outer where that is not 0; NULL where it is not there. Borrowed. */
const uint8_t *shtrih_sim_tags_find(const GByteArray *tags, int outer, int tag, size_t *len);
/* What a till writes of its own into a receipt (1086 in 1084, or 1192). Own it. */
char *shtrih_sim_tags_dup_id(const GByteArray *tags);
void shtrih_tag_put(GByteArray *ret, int tag, const uint8_t *data, size_t len);
void shtrih_tag_put_number(GByteArray *ret, int tag, uint64_t value, size_t len);
void shtrih_tag_put_vln(GByteArray *ret, int tag, uint64_t value);
void shtrih_tag_put_text(GByteArray *ret, int tag, const char *text, size_t fixed_len);

/* ---- paper: shtrih_sim_paper.c writes documents, shtrih_sim_printer.c moves the roll */

#define PAPER_WIDTH 40
extern const char shtrih_inn[], shtrih_rnm[];
int shtrih_sim_serial(const Shtrih *self);
char *shtrih_sim_serial_new(const Shtrih *self); /* sixteen digits */
char *shtrih_sim_fn_number_new(const Shtrih *self); /* sixteen digits */
extern const char shtrih_user[], shtrih_address[];

typedef struct {
	const int64_t *paid; /* as handed over */
	int64_t total, change;
	const int64_t *vat; /* sums, of N_VAT */
	int tax_system;
} ShtrihPayment;

GPtrArray *shtrih_paper_receipt(const Shtrih *self, const ShtrihPayment *payment,
				const ShtrihDocument *document, int operator);
GPtrArray *shtrih_paper_shift(const Shtrih *self, const char *title, const ShtrihDocument *document,
			      int operator);
GPtrArray *shtrih_paper_report(const Shtrih *self, const char *title,
			       const ShtrihDocument *document, int operator);
GPtrArray *shtrih_sim_paper_correction(const Shtrih *self, const ShtrihPayment *payment,
				       const ShtrihDocument *document, int operator);
GPtrArray *shtrih_paper_cash(const Shtrih *self, const char *title, int64_t sum, int operator);
GPtrArray *shtrih_paper_lines(const char *first, ...) G_GNUC_NULL_TERMINATED;

void shtrih_print(Shtrih *self, GPtrArray *lines, bool is_document); /* takes @lines */
void shtrih_printer_tick(Shtrih *self, int64_t now);
int64_t shtrih_printer_deadline(const Shtrih *self);
void shtrih_printer_continue(Shtrih *self);
bool shtrih_printer_control(Shtrih *self, const char *line);
