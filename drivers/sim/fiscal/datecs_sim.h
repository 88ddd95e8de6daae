/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/fiscal/fiscal_memory.h"
#include "drivers/sim/sim_device.h"

/* A Datecs fiscal printer, inside; sections are those of the page on Datecs. One device for both
 * families: `family=x` has the long frame and error codes, family P, the default, the short one.
 * Sums are minor units, quantities thousandths, times are seconds of the shop's wall clock since
 * 1970.
 *
 * Control lines, beside those of every simulator:
 *   paper · paper-out      a new roll · the roll is taken out
 *   paper-low              the roll is near its end, until the next one
 *   cover-open · cover     the cover is opened · closed
 *
 * Marks in the log: PAPER|line, GLASS|row|cells, DRAWER|ms. What a real device would not take has a
 * line "FLAG: …" with the reason; a state the host may well meet has none. */

/* How it misbehaves; datecs_sim_faults[] tells what VALUE is. */
typedef enum {
	DATECS_NAK,
	DATECS_BAD_BCC,
	DATECS_BUSY,
	DATECS_LOST_ANSWER,
	DATECS_LOST_ANSWER_LINK,
	DATECS_LOST_ANSWER_POWER,
	DATECS_DIE_BEFORE,
	DATECS_PAPER_OUT,
	DATECS_PAPER_LOW,
	DATECS_COVER,
	DATECS_WRONG_PASSWORD,
	DATECS_SHIFT_24H,
	DATECS_MEMORY_FULL,
	DATECS_CLOCK_UNSET,
	DATECS_CLOCK_WRONG,
	DATECS_RAM_RESET,
	DATECS_JUMP,
	DATECS_FOREIGN,
	DATECS_ERROR,
	DATECS_STATUS,
	DATECS_WRONG_SEQ,
	DATECS_WRONG_CMD,
	DATECS_NONSENSE,
	DATECS_TWO_ANSWERS,
	DATECS_GARBAGE,
	DATECS_FAMILY,
	DATECS_SERIAL,
	DATECS_SEQ_MEMORY,
	DATECS_NUMBERS,
	DATECS_AMOUNTS,
	DATECS_EXACT,
	DATECS_LINE_ANSWER,
	DATECS_BARE_STATUS,
	DATECS_PASSWORD,
	DATECS_PRINT_MS,
	DATECS_BYTE_MS,
	DATECS_N_FAULTS,
} DatecsFault;
extern const SimFaultKind datecs_sim_faults[];

/* Why a command is refused. Family X says the code of §6, family P a status bit alone. */
typedef enum {
	E_OK,
	E_COMMAND, /* no such command */
	E_SYNTAX,
	E_NOT_NOW,
	E_RECEIPT_OPEN,
	E_RECEIPT_CLOSED,
	E_PAYMENT_STARTED,
	E_NOT_PAID,
	E_PAYMENT_NOT_STARTED,
	E_OVERFLOW,
	E_TOTAL_OVERFLOW,
	E_GROUP,
	E_DEPARTMENT,
	E_NEGATIVE,
	E_NO_CASH,
	E_24_HOURS,
	E_ZERO,
	E_TOO_MANY,
	E_PASSWORD,
	E_LOCKED,
	E_CLOCK_UNSET,
	E_CLOCK_VALUE,
	E_CLOCK_BACK,
	E_PAPER,
	E_COVER,
	E_MEMORY_FULL,
	E_NOT_FOUND,
	E_NO_TRANSACTIONS,
	E_ORDERED, /* by the fault "error" */
	DATECS_N_ERRORS,
} DatecsError;

enum { FAMILY_P, FAMILY_X };
enum { RECEIPT_NONE, RECEIPT_SALE, RECEIPT_STORNO, RECEIPT_SERVICE };
enum { N_GROUPS = 8, N_MODES = 18, MODE_CASH = 0, MODE_CARD = 1, MAX_ITEMS = 500 };
enum { DAY_SECONDS = 86400, PAPER_WIDTH = 42, GLASS_CELLS = 20 };
#define MAX_SUM INT64_C(9999999999) /* of a receipt; ten digits */
#define MAX_PRICE INT64_C(99999999) /* eight digits, §5.1 */

/* ---- memory: datecs_sim_state.c */

typedef struct {
	int64_t clock_offset, clock_unset, ram_reset;
	int64_t last_number; /* of the last document, global */
	int64_t z_number; /* of the last Z */
	int64_t last_at, last_z_at;
	int64_t last_z[N_GROUPS]; /* sums of the last Z */
	/* the day: since the last Z */
	int64_t day_open, day_opened_at;
	int64_t n_all, n_fiscal, n_storno; /* receipts */
	int64_t sales[N_GROUPS], stornos[N_GROUPS];
	int64_t cash, cash_in, cash_out; /* the drawer is not emptied by a Z */
	/* the open receipt; its sums stay until the next one, for 4Ch */
	int64_t receipt, storno_type, operator_number, items, total, paid, change;
	int64_t groups[N_GROUPS], modes[N_MODES]; /* modes: as handed over */
	int64_t copied; /* 6Dh was done */
	int64_t no_paper, low_paper, cover_open;
	int64_t seq; /* of the last frame, or -1 */
	char *unp; /* owned; of the open receipt */
	char *last_unp; /* owned; of the last closed one */
	GByteArray *answer; /* owned; to the last frame */
	GByteArray *request; /* owned; code and data of the last frame */
	GPtrArray *lines; /* owned; paper of the open receipt, then of the last one */
	/* only ever added to */
	FiscalList *book; /* owned */
	FiscalArchive archive;
	GPtrArray *documents; /* owned, of DatecsDocument */
} DatecsState;

typedef struct {
	int64_t number, kind, at, total, z;
	char *unp; /* owned */
	char *text; /* owned; the paper, lines with "\n" */
} DatecsDocument;
/* 7Ch's numbers [inferred]. */
enum {
	DOCUMENT_ANY,
	DOCUMENT_SALE,
	DOCUMENT_Z,
	DOCUMENT_CASH_IN = 4,
	DOCUMENT_CASH_OUT = 5,
	DOCUMENT_STORNO = 6,
	DOCUMENT_CANCELLED = 8,
	DOCUMENT_X = 9,
};

void datecs_sim_state_init(DatecsState *self);
void datecs_sim_state_clear(DatecsState *self);
bool datecs_sim_state_load(DatecsState *self, const char *path, GError **error);
bool datecs_sim_state_save(DatecsState *self, const char *path, GError **error);
/* For a command that is cancelled half-way (§4, 2.0). */
typedef struct {
	json_t *members;
	size_t book, archive;
	unsigned documents;
} DatecsSnapshot;
DatecsSnapshot datecs_sim_state_snapshot(const DatecsState *self);
void datecs_sim_state_restore(DatecsState *self, DatecsSnapshot *snapshot); /* and ends it */
void datecs_sim_snapshot_clear(DatecsSnapshot *snapshot);
void datecs_sim_document_add(DatecsState *self, const DatecsDocument *document); /* copies */

/* ---- the wire: datecs_sim_frame.c */

typedef struct {
	GByteArray *in; /* owned; a frame, or what has come of it */
	int64_t rx_until;
	bool busy; /* an answer is in preparation */
	int64_t ready_at, next_syn;
} DatecsWire;

typedef struct {
	SimContext *context; /* borrowed */
	DatecsWire wire;
	DatecsState state;
	int bad_passwords; /* in a row, since power on */
	int ordered_code; /* of E_ORDERED */
	bool changed; /* the state is not as it is on disk */
	int64_t reading; /* 7Dh: index of the document, or -1 */
	unsigned read_line;
	char glass[2][GLASS_CELLS * 4 + 1]; /* UTF-8 */
} Datecs;

void datecs_sim_wire_init(Datecs *self);
void datecs_sim_wire_clear(Datecs *self);
void datecs_sim_wire_receive(Datecs *self, const uint8_t *data, size_t len);
void datecs_sim_wire_tick(Datecs *self, int64_t now, bool quiet);
int64_t datecs_sim_wire_deadline(const Datecs *self);
void datecs_sim_wire_hang_up(Datecs *self);

/* datecs_sim.c */
void datecs_sim_flag(Datecs *self, const char *format, ...) G_GNUC_PRINTF(2, 3);
int datecs_sim_setting(const Datecs *self, DatecsFault fault, int or_else);
bool datecs_sim_fault(Datecs *self, DatecsFault fault, int *value);
bool datecs_sim_is_x(const Datecs *self);
int64_t datecs_sim_now(const Datecs *self);
void datecs_sim_save(Datecs *self);
char *datecs_sim_serial_new(const Datecs *self); /* "DT279013" */
char *datecs_sim_fm_new(const Datecs *self); /* "02279013" */

/* ---- commands: datecs_sim_commands.c */

typedef struct {
	Datecs *sim;
	int code;
	const char *data; /* NUL-terminated; bytes of the code page */
	size_t len;
	char **fields; /* X: without the TABs; NULL-terminated */
	unsigned n_fields;
	GString *answer; /* X: without the error code */
	GPtrArray *paper; /* lines that this command prints */
	GString *words; /* for the log */
	int print_ms; /* how long it takes */
} DatecsCall;

typedef struct {
	int code;
	const char *name;
	DatecsError (*run)(DatecsCall *call);
	int flags;
} DatecsCommand;
enum { ASKS = 1, PRINTS = 2, DOCUMENT = 4 /* takes time to print */ };
extern const DatecsCommand datecs_sim_p_commands[], datecs_sim_x_commands[];

/* E_SYNTAX, with a line in the log of what is wrong from byte @at of the data on. */
DatecsError datecs_sim_bad(DatecsCall *call, size_t at, const char *what);

/* datecs_sim_p_open.c */
DatecsError datecs_sim_p_open_sale(DatecsCall *call);
DatecsError datecs_sim_p_open_storno(DatecsCall *call);
void datecs_sim_p_put_counters(DatecsCall *call, int64_t all, int64_t of_kind);
/* Questions: datecs_sim_p_query.c, datecs_sim_x_query.c */
DatecsError datecs_sim_p_clock(DatecsCall *call);
DatecsError datecs_sim_p_last_z(DatecsCall *call);
DatecsError datecs_sim_p_day_sums(DatecsCall *call);
DatecsError datecs_sim_p_status(DatecsCall *call);
DatecsError datecs_sim_p_receipt(DatecsCall *call);
DatecsError datecs_sim_p_diagnostics(DatecsCall *call);
DatecsError datecs_sim_p_tax_number(DatecsCall *call);
DatecsError datecs_sim_p_receipt_sums(DatecsCall *call);
DatecsError datecs_sim_p_last_document(DatecsCall *call);
DatecsError datecs_sim_p_journal(DatecsCall *call);
DatecsError datecs_sim_x_clock(DatecsCall *call);
DatecsError datecs_sim_x_status(DatecsCall *call);
DatecsError datecs_sim_x_receipt(DatecsCall *call);
DatecsError datecs_sim_x_diagnostics(DatecsCall *call);
DatecsError datecs_sim_x_tax_number(DatecsCall *call);
DatecsError datecs_sim_x_error_name(DatecsCall *call);
DatecsError datecs_sim_x_receipt_sums(DatecsCall *call);
DatecsError datecs_sim_x_device(DatecsCall *call);
DatecsError datecs_sim_x_find(DatecsCall *call);
DatecsError datecs_sim_x_journal(DatecsCall *call);
int64_t datecs_sim_x_receipt_kind(const DatecsState *state);

/* Runs a command: the answer's DATA and status. */
void datecs_sim_execute(Datecs *self, int code, const uint8_t *data, size_t len,
			GByteArray *ret_data, uint8_t ret_status[8], int *ret_ms);
int datecs_sim_error_code(const Datecs *self, DatecsError error);
const char *datecs_sim_error_text(int code);
void datecs_sim_status(Datecs *self, DatecsError error, uint8_t ret[8]);

/* ---- values: datecs_sim_values.c */

bool datecs_sim_amount(const char *text, int64_t *ret); /* "12.34", signed, two decimals at most */
bool datecs_sim_decimal(const char *text, int decimals, int64_t *ret);
bool datecs_sim_integer(const char *text, int64_t min, int64_t max, int64_t *ret);
bool datecs_sim_unp_is_good(const char *text);
bool datecs_sim_time(const char *text, int64_t *ret); /* "DD-MM-YY hh:mm[:ss]" */
char *datecs_sim_time_new(int64_t at); /* "DD-MM-YY hh:mm:ss" */
char *datecs_sim_utf8_new(const char *bytes, size_t len);
void datecs_sim_put_amount(DatecsCall *call, int64_t amount); /* in the family's way */
void datecs_sim_put(DatecsCall *call, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* X: one more field. */
void datecs_sim_put_field(DatecsCall *call, const char *format, ...) G_GNUC_PRINTF(2, 3);
void datecs_sim_put_sum(DatecsCall *call, int64_t sum); /* X: one more field */
char *datecs_sim_sum_new(int64_t sum); /* "245.94" */
int64_t datecs_sim_sum_of(const int64_t *values, size_t n);

/* ---- receipts: datecs_sim_receipt.c, datecs_sim_payment.c */

typedef struct {
	int64_t operator_number, till;
	const char *password;
	const char *unp; /* or NULL */
	int storno_type; /* -1: a sale */
	int64_t original; /* of a storno: its document */
	const char *original_fm, *reason; /* or NULL */
	int64_t original_at;
} DatecsOpening;

typedef enum { CHANGE_NONE, CHANGE_PERCENT, CHANGE_AMOUNT } DatecsChangeKind;
typedef struct {
	DatecsChangeKind kind;
	int64_t value; /* hundredths of a percent, or minor units; negative: a discount */
} DatecsChange;

typedef struct {
	char *name, *unit; /* UTF-8, owned by the caller */
	int group; /* from 0 */
	int64_t price, quantity;
	DatecsChange change;
} DatecsItem;

DatecsError datecs_sim_open(DatecsCall *call, const DatecsOpening *opening);
DatecsError datecs_sim_sell(DatecsCall *call, const DatecsItem *item, int64_t *sum);
DatecsError datecs_sim_subtotal(DatecsCall *call, bool print, bool display, DatecsChange change);
DatecsError datecs_sim_comment(DatecsCall *call, const char *text);
/* @amount -1: the rest. Gives 'D' and what is due, or 'R' and the change. */
DatecsError datecs_sim_pay(DatecsCall *call, int mode, int64_t amount, char *letter,
			   int64_t *value);
DatecsError datecs_sim_close(DatecsCall *call);
DatecsError datecs_sim_cancel(DatecsCall *call);
DatecsError datecs_sim_service_open(DatecsCall *call);
DatecsError datecs_sim_service_text(DatecsCall *call, const char *text);
DatecsError datecs_sim_service_close(DatecsCall *call);
void datecs_sim_forget_receipt(DatecsState *state);
bool datecs_sim_fiscal_is_open(const DatecsState *state);
bool datecs_sim_day_too_long(Datecs *self);

/* ---- the day: datecs_sim_day.c */

DatecsError datecs_sim_cash(DatecsCall *call, int64_t amount); /* signed; 0 asks */
DatecsError datecs_sim_report(DatecsCall *call, bool closes);
DatecsError datecs_sim_set_clock(DatecsCall *call, const char *text);
DatecsError datecs_sim_drawer(DatecsCall *call, const char *ms);
DatecsError datecs_sim_duplicate(DatecsCall *call);
DatecsError datecs_sim_cut(DatecsCall *call);
DatecsError datecs_sim_display(DatecsCall *call, int row, const char *text);
DatecsError datecs_sim_clear_display(DatecsCall *call);
int64_t datecs_sim_next_number(Datecs *self, bool is_receipt); /* takes it, where it takes one */
void datecs_sim_strangers_receipt(Datecs *self, int64_t total); /* somebody else's sale */

/* ---- paper: datecs_sim_paper.c */

void datecs_sim_print(DatecsCall *call, const char *format, ...) G_GNUC_PRINTF(2, 3);
void datecs_sim_print_pair(DatecsCall *call, const char *left, const char *right);
void datecs_sim_print_sum(DatecsCall *call, const char *left, int64_t sum);
void datecs_sim_print_head(DatecsCall *call);
void datecs_sim_print_foot(DatecsCall *call, int64_t number);
void datecs_sim_print_item(DatecsCall *call, const DatecsItem *item, int64_t sum, int64_t changed);
void datecs_sim_print_report(DatecsCall *call, bool closes, int64_t number);
extern const char *const datecs_sim_group_letters[N_GROUPS];
extern const int datecs_sim_group_rates[N_GROUPS]; /* percent, or -1: not enabled */
extern const char datecs_sim_mode_letters[];
