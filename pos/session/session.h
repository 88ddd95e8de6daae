/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/country.h"
#include "core/receipt.h"
#include "core/shift.h"
#include "drivers/device.h"
#include "drivers/scale/scale.h"

/* The cashier's work as a state machine with one entry point. It has no window: the till's window,
 * the script runner and the scanners all send it the same events and are shown the same views. It
 * lives on one thread, the one that runs its GMainContext; session_post() alone is for all threads.
 */
typedef struct Session Session;

typedef enum {
	SESSION_LOCKED, /* nobody is logged in; an open receipt waits unharmed */
	SESSION_SHIFT_CLOSED, /* logged in, no shift */
	SESSION_SELLING, /* lines go in; an empty receipt is this state too */
	SESSION_TENDERING, /* payment has begun: sum due, payments so far */
	SESSION_CARD_WORKING, /* the card terminal has the amount and answers by itself; BACK asks
				 it to stop */
	SESSION_CARD_ASKED, /* the stand-alone terminal has the amount; the cashier tells the
			       outcome. Or view->card_unknown: the till's own terminal lost the
			       answer and is asked again; a person decides only with a right */
	SESSION_FISCALISING, /* the registrar is making the document */
	SESSION_PAID, /* the change is shown until the next scan begins the next receipt */
	SESSION_REPORTING, /* the registrar prints X, opens or closes the shift */
	SESSION_NEEDS_ATTENTION, /* a person has to do something: message says what, actions says
				    how on */
	SESSION_N_STATES,
} SessionState;
const char *session_state_code(SessionState state); /* "locked", "shift-closed", "selling" … */

typedef enum {
	SESSION_LOGIN, /* text: PIN or card */
	SESSION_LOCK,
	SESSION_OPEN_SHIFT, /* amount: float, may be absent */
	SESSION_SCAN, /* text: what a scanner read, or a code typed with Enter; "3*CODE" too */
	SESSION_FIND, /* text: as typed so far; answers in view->found, newest query wins */
	SESSION_ADD_FOUND, /* number: item id */
	SESSION_QUANTITY, /* text: decimal; of line `number`, 0 = the last line */
	SESSION_PRICE, /* text: decimal; of line, or of the goods without a price just scanned */
	SESSION_DISCOUNT_LINE, /* text: "5%" or "12.50", "0" removes; line as above */
	SESSION_DISCOUNT_RECEIPT,
	SESSION_VOID_LINE, /* number */
	SESSION_VOID_RECEIPT,
	SESSION_PAY_CASH, /* text: amount handed over; absent: exactly what is due */
	SESSION_PAY_CARD, /* text: amount; absent: what is due */
	SESSION_CARD_RESULT, /* flag: approved; text: reference */
	SESSION_BACK, /* from tendering to the goods: payments are taken back */
	SESSION_RETRY, /* after NEEDS_ATTENTION: try again, continue printing */
	SESSION_ABANDON, /* after NEEDS_ATTENTION where nothing was made: back to the payment */
	SESSION_NO_SALE, /* open the drawer */
	SESSION_CASH_IN, /* text: amount */
	SESSION_CASH_OUT,
	SESSION_X_REPORT,
	SESSION_CLOSE_SHIFT, /* text: counted cash, may be absent */
	SESSION_OVERRIDE, /* text: PIN of one who may; grants exactly one refused action */
	SESSION_SYNC, /* talk to the hub now */
	SESSION_WEIGH, /* the goods that wait for their weight: ask the scale again */
	SESSION_REPRINT, /* the last receipt once more, as a copy, where a printer prints them */
	SESSION_DROP_PAPER, /* nobody wants the receipts any more that the printer still owes */
	/* text: one device as a person sets it up, in the words of a shell:
	 *   CLASS [PROTOCOL@ADDRESS|none|standalone] [KEY=VALUE …]
	 * CLASS is a group of till.conf: "fiscal", "printer", "drawer", "payment", "scale",
	 * "display", "scanner". What is not named stays as it is; KEY= takes the key out. SET
	 * writes till.conf and starts that device anew; a registrar only while no shift is open.
	 * TEST tries the device with these settings and writes nothing. */
	SESSION_SET_DEVICE,
	SESSION_TEST_DEVICE,
	SESSION_DISMISS, /* the cashier has read the message */
	SESSION_HOLD, /* puts the open receipt aside */
	SESSION_RECALL, /* number: of view->held; 0: the only one */
	SESSION_VOID_HELD, /* number */
	/* text: phone or mail for an electronic receipt, a buyer's taxpayer number, or a person's
	 * number in the state's scheme, as the country knows it; "" forgets all of them */
	SESSION_CUSTOMER,
	/* text: "NUMBER [LINE QUANTITY]…", NUMBER as printed on the receipt, or the text of its
	 * code. A return of what is left of that sale opens: all of it, or those lines. flag: and
	 * is given back at once, as SESSION_GIVE_BACK would. A scan of a receipt's code while no
	 * receipt is open is the same without flag. */
	SESSION_RETURN,
	SESSION_GIVE_BACK, /* the open return: to the kinds of payment it was paid by */
	/* After REPLACED or NUMBER_GAP, with a right: the registrar is right as it is. */
	SESSION_ACCEPT_REGISTRAR,
	/* In NEEDS_ATTENTION where nothing was made, and the shop and its country allow it: closed
	 * without the registrar, which is told later (view->late). */
	SESSION_CLOSE_LATE,
	SESSION_TELL_LATE, /* tells the registrar what it does not know; text: why, for a correction
			    */
	SESSION_N_EVENTS,
} SessionEventKind;

/* Free with session_event_free() or hand to session_post(). */
typedef struct {
	SessionEventKind kind;
	char *text; /* owned, may be NULL */
	int64_t number;
	bool flag;
	uint64_t mark; /* the poster's own; comes back as view->mark. 0 where nobody asks */
} SessionEvent;
SessionEvent *session_event_new(SessionEventKind kind, const char *text);
void session_event_free(SessionEvent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SessionEvent, session_event_free)

/* What an action, key or button may offer now. */
typedef enum {
	SESSION_CAN_SELL = 1 << 0,
	SESSION_CAN_EDIT = 1 << 1, /* quantity, discount, void */
	SESSION_CAN_PAY = 1 << 2,
	SESSION_CAN_BACK = 1 << 3,
	SESSION_CAN_RETRY = 1 << 4,
	SESSION_CAN_ABANDON = 1 << 5,
	SESSION_CAN_OPEN_SHIFT = 1 << 6,
	SESSION_CAN_CLOSE_SHIFT = 1 << 7,
	SESSION_CAN_REPORT = 1 << 8,
	SESSION_CAN_LOCK = 1 << 9,
	SESSION_CAN_REPRINT = 1 << 10,
	SESSION_CAN_WEIGH = 1 << 11,
	SESSION_CAN_HOLD = 1 << 12,
	SESSION_CAN_RECALL = 1 << 13,
	SESSION_CAN_RETURN = 1 << 14, /* one may be begun */
	SESSION_CAN_GIVE_BACK = 1 << 15, /* instead of CAN_PAY: a return is open */
	SESSION_CAN_ACCEPT = 1 << 16, /* the registrar as it is */
	SESSION_CAN_CLOSE_LATE = 1 << 17,
	SESSION_CAN_TELL_LATE = 1 << 18,
	SESSION_CAN_CUSTOMER = 1 << 19,
} SessionActions;

/* A receipt put aside. */
typedef struct {
	int64_t id;
	int64_t at; /* UTC microseconds */
	Money total;
	int n_goods;
	char *cashier; /* who put it aside */
} SessionHeld;

/* A document that somebody has to look after: told to the registrar later, or in doubt for ever. */
typedef struct {
	char *number; /* of the receipt; may be "" */
	int64_t at; /* UTC microseconds */
	Money total;
	bool late; /* the registrar will be told; else in doubt */
	char *why; /* one translated sentence: what is known, and what to do */
	char *id; /* the registrar's, where it has one; may be "" */
} SessionCase;

typedef enum { SESSION_SOUND_NONE, SESSION_SOUND_SCAN, SESSION_SOUND_REFUSE } SessionSound;
typedef enum {
	SESSION_TONE_NONE,
	SESSION_TONE_INFO,
	SESSION_TONE_WARNING,
	SESSION_TONE_STOP
} SessionTone;

typedef enum {
	SESSION_FISCAL,
	SESSION_PRINTER,
	SESSION_PAYMENT,
	SESSION_SCALE,
	SESSION_DISPLAY,
	SESSION_SCANNER,
	SESSION_HUB,
	SESSION_N_DEVICES
} SessionDevice;
typedef enum { DEVICE_ABSENT, DEVICE_READY, DEVICE_WORKING, DEVICE_DOWN } SessionDeviceState;

typedef struct {
	int number;
	bool voided;
	int64_t item_id;
	char *code, *name;
	Unit unit;
	Quantity quantity;
	Money price, gross, discount /* own and shared */, shared_discount, net,
		total /* net + added tax */;
	Discount own; /* as given */
	bool marked; /* a marked piece, by its own code */
	Quantity returnable; /* of a return: what is left of that line of the sale */
} SessionLine;

typedef struct {
	int64_t item_id;
	char *name, *code;
	Unit unit;
	bool has_price;
	Money price;
} SessionFound;

/* All that can be seen at one moment. Immutable, reference-counted, made anew after every event. */
typedef struct {
	gatomicrefcount references;
	uint64_t serial; /* grows by one a view */
	SessionState state;
	SessionActions actions;
	char *shop, *till, *cashier; /* "" where nobody */
	int64_t shift; /* 0 outside one */
	uint16_t currency;
	const int64_t *denominations; /* notes and coins that a drawer meets, largest first; 0 ends.
					 NULL where the country is unknown */
	CountryCustomer buyer; /* what a shopper may be asked for */
	GPtrArray *lines; /* SessionLine* */
	int last_line; /* number of the line just added or changed, 0 if none */
	Discount receipt_discount;
	ReceiptTotals totals;
	GArray *taxes; /* ReceiptTax */
	bool is_return; /* the receipt gives back */
	char *origin; /* of which sale; "" else */
	Money give_back[TENDER_N]; /* of a return: what goes back by which kind */
	char *customer[CUSTOMER_N]; /* of the receipt; "" where nothing was given. Of a card the
				       name, where the office has told it */
	GPtrArray *held; /* SessionHeld*: receipts put aside */
	int64_t late; /* receipts that the registrar does not know of yet */
	bool late_needs_reason; /* they are told as corrections, by a manager, with a reason */
	GPtrArray *cases; /* SessionCase*: newest first, at most 200 */
	Money card_asked; /* in CARD_ASKED and CARD_WORKING */
	bool card_back; /* the terminal gives back: a return, or a payment that is taken back */
	bool card_unknown; /* in CARD_ASKED: see there */
	bool weighing; /* goods wait for a weight that may be sold; the scale says: */
	char *weighing_name; /* those goods; "" where none wait */
	ScaleState scale_state;
	Quantity weight; /* kilograms, where the scale says them; 0 else */
	int64_t papers_owed; /* receipts that the printer has not printed yet */
	GPtrArray *found; /* SessionFound*, for found_query */
	char *found_query;
	char *receipt_number; /* of the receipt just finished or in work, "" before it has one */
	ShiftTotals shift_totals;
	/* What to tell the cashier: one translated sentence of what happened, what it means for
	 * this sale and what to press. message_code is stable ("not-found", "bad-check-digit",
	 * "paper-out" …). */
	SessionTone tone;
	const char *message_code; /* static; "" where there is none */
	char *message;
	char *message_detail; /* the code that was not found, the amount … ; may be "" */
	bool asks_price; /* goods without a price were scanned and this cashier may type one */
	bool asks_override; /* refused for want of a right: another's PIN would do */
	SessionSound sound; /* of this event */
	struct {
		SessionDeviceState state;
		DeviceFault fault; /* in DEVICE_DOWN */
	} devices[SESSION_N_DEVICES];
	GKeyFile *setup; /* till.conf as it is now: only to be read. NULL: it could not be read */
	int64_t outbox; /* journal entries the hub does not have yet */
	bool ok; /* the last event did what it asked for */
	bool settled; /* no job under way: a script may go on */
	SessionEventKind answers; /* the last event that was handled */
	uint64_t mark; /* of that event */
} SessionView;

SessionView *session_view_ref(SessionView *self);
void session_view_unref(SessionView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SessionView, session_view_unref)

/* Called on the session's thread with each new view (lent; take a reference). */
typedef void (*SessionListener)(SessionView *view, void *data);

/* @directory: holds till.conf, till.db, goods.db. @context: the thread-default context the session
 * lives on. Opens the databases, brings an interrupted sale to where it was, starts the devices and
 * the sync agent. A missing device is no error; a till that is not enrolled is. */
Session *session_new(const char *directory, GMainContext *context, SessionListener listener,
		     void *data, GError **error);
/* Why session_new() failed, as one translated sentence. Own it. */
char *session_dup_failure(const GError *error);
/* What that device has and what to do about it, as one translated sentence. Own it. */
char *session_dup_device_fault(SessionDevice device, DeviceFault fault);
/* Stops the devices. Call on the session's thread. */
void session_free(Session *self);

/* From any thread; takes @event. Events are handled in order. */
void session_post(Session *self, SessionEvent *event);
