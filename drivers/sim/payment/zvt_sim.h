/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/sim_device.h"

#include <jansson.h>

/* A ZVT card terminal (PT), inside; sections are those of the page on payment terminals. APDUs go
 * bare over TCP and in blocks over a pseudo-terminal (§1). Amounts are minor units.
 *
 * Control lines, beside those of every simulator:
 *   hold            the shopper waits until told; so does the next one
 *   approve         the shopper who waits pays; where nobody waits, hold ends
 *   decline [CODE]  the shopper who waits, or the next one, is refused with the hex code of §6
 *   cancel          the shopper who waits, or the next one, presses the red key (6C)
 *
 * Marks in the log, amounts with two decimals:
 *   ASKED|12.34                   the display asks for a card
 *   CHARGE|12.34|receipt 471      money was taken
 *   REVERSED|12.34|receipt 471    and given back, by 06 30 or by the terminal itself
 *   REFUND|12.34|receipt 472      06 31
 *   DECLINED|12.34|code 67 · CANCELLED|12.34 · DAY|12.34|1 transactions
 * PAPER| lines are what the terminal prints itself, where the config byte leaves it that. */

/* How it misbehaves; zvt_sim_faults[] tells what VALUE is. */
typedef enum {
	ZVT_DECLINED,
	ZVT_ABORT,
	ZVT_SILENT,
	ZVT_CUT_BOOKED,
	ZVT_CUT_UNBOOKED,
	ZVT_TWICE_STATUS,
	ZVT_PARTIAL,
	ZVT_CANCEL_AFTER,
	ZVT_GLUED,
	ZVT_LENGTH_FF,
	ZVT_UNKNOWN_BMP,
	ZVT_NAK,
	ZVT_BAD_CRC,
	ZVT_LATE_ACK,
	ZVT_BARGE_IN,
	ZVT_FLOOD,
	ZVT_BUSY,
	ZVT_END_OF_DAY_FORCED,
	ZVT_REPEAT_REFUSED,
	ZVT_CLOCK_WRONG,
	ZVT_TID_CHANGED,
	ZVT_PASSWORD,
	ZVT_CARD_MS,
	ZVT_T1_MS,
	ZVT_T2_MS,
	ZVT_T3_MS,
	ZVT_N_FAULTS,
} ZvtFault;
extern const SimFaultKind zvt_sim_faults[];

enum {
	/* Result codes, §6. */
	E_OK = 0x00,
	E_GOODS_NOT_ISSUED = 0x66,
	E_NOT_REGISTERED = 0x6B,
	E_ABORTED = 0x6C,
	E_CURRENCY = 0x6F,
	E_NOT_POSSIBLE = 0x83,
	E_PROTOCOL = 0x9A,
	E_WAIT = 0x9C,
	E_REVERSED = 0xB4,
	E_NOT_REVERSIBLE = 0xB5,
	E_END_OF_DAY = 0xF0,

	/* The config byte of the registration, §3. */
	CONFIG_ECR_PRINTS_PAYMENT = 0x02,
	CONFIG_ECR_PRINTS_ADMIN = 0x04,
	CONFIG_INTERMEDIATE = 0x08,
	CONFIG_PT_MAKES_TEXT = 0x80,

	/* Intermediate status, §6. */
	STATUS_INSERT_CARD = 0x0A,
	STATUS_WAIT = 0x0E,
	STATUS_DIAGNOSIS = 0xC9,
	STATUS_INITIALISATION = 0xCA,

	ZVT_MAX_APDU = 4096, /* more announced than this is nonsense, not a message */
};

typedef enum { ZVT_PAYMENT, ZVT_REFUND, ZVT_REVERSAL, ZVT_N_KINDS } ZvtKind;

typedef struct {
	ZvtKind kind;
	int64_t amount;
	int64_t currency; /* 978 is the euro */
	int64_t receipt, trace;
	int64_t original; /* trace of what a reversal takes back, else 0 */
	int64_t at; /* seconds of the terminal's wall clock since 1970 */
	int64_t batch;
	bool reversed;
	bool undone; /* taken back by the terminal itself: it never was, for 06 20 */
} ZvtTransaction;

/* All that outlives the power. */
typedef struct {
	int64_t receipt, trace; /* last given */
	int64_t batch;
	int64_t terminal; /* TID */
	int64_t clock_offset; /* seconds ahead of this machine's local time */
	bool end_of_day_due; /* payments are refused with F0 */
	GArray *transactions; /* of ZvtTransaction; owned */
} ZvtState;

/* What the terminal will say, one after the other, each when the one before is acknowledged. */
typedef struct {
	GByteArray *apdu; /* owned */
	int step; /* of §4, for cuts; 0 none */
	bool decides; /* a status information: its acknowledgement takes the money */
} ZvtMessage;

typedef enum {
	ZVT_IDLE, /* the till is master */
	ZVT_TALKING, /* messages are on their way */
	ZVT_SHOPPER, /* the card is awaited */
	ZVT_DEAD, /* nothing more is said, though the till is not master */
} ZvtPhase;

typedef enum { ZVT_APPROVE, ZVT_DECLINE, ZVT_CANCEL } ZvtDecision;

typedef struct {
	SimContext *context; /* borrowed */
	ZvtState state;

	/* since power on */
	bool registered;
	uint8_t config;
	int64_t currency;
	bool text_blocks; /* the till understands 06 D3 */

	/* bytes from the till */
	GByteArray *in; /* owned; an APDU, or what has come of it */
	int block_state;
	uint16_t block_crc;
	int64_t last_byte_at;
	int n_blocks;
	GByteArray *last_block; /* owned; a repetition of it is not a new message */
	bool answered_since;
	GByteArray *held; /* owned; not yet acknowledged, or empty */
	int64_t held_until; /* G_MAXINT64: nothing is held */

	/* blocks to the till, serial only: the head waits for its ACK */
	GQueue out; /* of GByteArray */
	bool out_waits;
	int out_tries;
	int64_t out_deadline;

	/* the conversation */
	ZvtPhase phase;
	GQueue script; /* of ZvtMessage; the head is said and not acknowledged */
	int ahead; /* messages behind the head that are said already */
	int stray_acks; /* to come for what is not in the script */
	int tries;
	int64_t phase_deadline; /* of the acknowledgement or of the shopper */
	bool shopper_next; /* when the script is through */
	bool polite_wait; /* the till asked for time with 9C */
	int64_t busy_until;

	/* the transaction in work */
	ZvtKind kind;
	int64_t amount;
	int current; /* place in state.transactions, or -1: not booked */
	bool taken; /* the till has acknowledged it */
	bool orphan; /* the till is gone */
	bool orphan_booked; /* and it will be booked all the same */
	bool hold;
	bool decided; /* by a control line, before the shopper came */
	ZvtDecision decision;
	uint8_t decline_code;
} ZvtSim;

/* zvt_sim.c */
void zvt_sim_flag(ZvtSim *self, const char *format, ...) G_GNUC_PRINTF(2, 3);
int zvt_sim_setting(const ZvtSim *self, ZvtFault fault, int or_else);
int64_t zvt_sim_now(const ZvtSim *self); /* its clock, seconds since 1970 */
/* Writes the memory; what cannot be written ends the run. */
void zvt_sim_save(ZvtSim *self);
/* The till is gone: by itself, or because we broke the link. */
void zvt_sim_link_gone(ZvtSim *self);

/* zvt_sim_link.c: bytes to APDUs and back. */
bool zvt_sim_is_serial(const ZvtSim *self);
void zvt_sim_link_reset(ZvtSim *self);
void zvt_sim_link_receive(ZvtSim *self, const uint8_t *data, size_t len);
int64_t zvt_sim_link_deadline(const ZvtSim *self);
void zvt_sim_link_tick(ZvtSim *self, int64_t now, bool quiet);
void zvt_sim_send(ZvtSim *self, const uint8_t *apdu, size_t len);
uint16_t zvt_sim_crc(const uint8_t *apdu, size_t len); /* with the 03 behind it, §1.2 */

/* zvt_sim_talk.c: who is master, and what is acknowledged. */
void zvt_sim_talk_reset(ZvtSim *self);
/* A whole APDU of the till. */
void zvt_sim_hear(ZvtSim *self, const uint8_t *apdu, size_t len);
/* A block could not be brought to the till. */
void zvt_sim_undelivered(ZvtSim *self);
int64_t zvt_sim_talk_deadline(const ZvtSim *self);
void zvt_sim_talk_tick(ZvtSim *self, int64_t now, bool quiet);
/* Takes @apdu. */
void zvt_sim_say(ZvtSim *self, GByteArray *apdu, int step, bool decides);
/* 04 FF, where the till wants it; 06 0F, or 06 1E with a code. */
void zvt_sim_say_status(ZvtSim *self, uint8_t code, int step);
void zvt_sim_say_end(ZvtSim *self, uint8_t code, int step);
void zvt_sim_begin(ZvtSim *self, int step); /* acknowledge the command and say all of that */
void zvt_sim_refuse(ZvtSim *self, uint8_t code); /* 84 code 00 */
/* Says the next of the script; the till is master again when it is through. */
void zvt_sim_go_on(ZvtSim *self);
/* Is the link to break at @step of §4? Then it is broken. */
bool zvt_sim_cut(ZvtSim *self, int step);

/* zvt_sim_commands.c */
/* @data: behind the length. */
void zvt_sim_command(ZvtSim *self, uint16_t code, const uint8_t *data, size_t len);

/* zvt_sim_sale.c: the shopper and the books. */
void zvt_sim_sale_begin(ZvtSim *self, ZvtKind kind, int64_t amount);
void zvt_sim_sale_shopper(ZvtSim *self); /* comes to the card reader */
void zvt_sim_sale_decide(ZvtSim *self, ZvtDecision decision, uint8_t code);
void zvt_sim_sale_patience_ends(ZvtSim *self); /* what he does by himself */
/* The transaction in work, or what became of it, is taken back by the terminal. */
void zvt_sim_sale_undo(ZvtSim *self);
ZvtTransaction *zvt_sim_sale_get(ZvtSim *self, int i);
int zvt_sim_sale_book(ZvtSim *self, ZvtKind kind, int64_t amount, int64_t original);
/* Takes @original back, which is no longer valid then; lends the reversal. */
ZvtTransaction *zvt_sim_sale_reverse(ZvtSim *self, ZvtTransaction *original);
int zvt_sim_sale_last(const ZvtSim *self); /* what 06 20 repeats, or -1 */
/* Says it: the status information with @step, and the slips. */
void zvt_sim_sale_say(ZvtSim *self, const ZvtTransaction *transaction, bool copy);

/* zvt_sim_bmp.c */
typedef struct {
	uint8_t id;
	const uint8_t *data; /* borrowed */
	size_t len;
} ZvtBmp;
/* The next one of @data at *@at; false at its end, or with *@reason where it is wrong. */
bool zvt_sim_bmp_next(const uint8_t *data, size_t len, size_t *at, ZvtBmp *ret,
		      const char **reason);
/* The value of BCD digits; -1 where one is no digit. */
int64_t zvt_sim_bcd_get(const uint8_t *data, size_t len);
void zvt_sim_put_bcd(GByteArray *bytes, int id, int64_t value, size_t len); /* @id -1: none */
void zvt_sim_put_byte(GByteArray *bytes, int id, uint8_t value);
void zvt_sim_put_var(GByteArray *bytes, int id, int digits, const uint8_t *data, size_t len);
void zvt_sim_put_tlv(GByteArray *bytes, unsigned tag, const uint8_t *data, size_t len);
/* Takes @data. Length FF where it must be, or @long_length. */
GByteArray *zvt_sim_apdu_new(uint16_t code, GByteArray *data, bool long_length);
GByteArray *zvt_sim_sale_status_new(ZvtSim *self, const ZvtTransaction *transaction, uint8_t code);

/* zvt_sim_slip.c */
void zvt_sim_slip_payment(ZvtSim *self, const ZvtTransaction *transaction, bool copy);
void zvt_sim_slip_totals(ZvtSim *self, int64_t net, int n);
char *zvt_sim_dup_amount(int64_t amount);

/* zvt_sim_state.c */
void zvt_sim_state_init(ZvtState *self);
void zvt_sim_state_clear(ZvtState *self);
bool zvt_sim_state_save(const ZvtState *self, const char *path, GError **error);
bool zvt_sim_state_load(ZvtState *self, const char *path, GError **error);
