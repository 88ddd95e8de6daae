/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/country.h"
#include "core/number_text.h"
#include "core/till_right.h"
#include "pos/session/card_terminal.h"
#include "pos/session/device_trial.h"
#include "pos/session/fiscal_engine.h"
#include "pos/session/mailbox.h"
#include "pos/session/office_receipt.h"
#include "pos/session/scanned_code.h"
#include "pos/session/session.h"
#include "pos/session/shopper_display.h"
#include "pos/session/till_printer.h"
#include "pos/session/till_scale.h"
#include "pos/sync/agent.h"
#include "pos/till/goods.h"
#include "pos/till/till_db.h"

#include "drivers/scanner/scanner.h"

/* The inside of the session, for the files of this folder alone. All of it is used on the session's
 * thread; what other threads have to say comes through the mailbox. */

#define FOUND_MAX 60

struct Session {
	/* owned */
	char *directory;
	Mailbox *mailbox;
	TillDb *db;
	Goods *goods;
	FiscalEngine *engine; /* NULL: a till without a registrar */
	DeviceConf fiscal_conf;
	ShopperDisplay *display; /* NULL: none */
	ScannerReader *scanner; /* NULL: none but keyboards */
	TillPrinter *printer; /* NULL: none; it prints receipts where no registrar does */
	TillScale *scale; /* NULL: none */
	CardTerminal *terminal; /* NULL: none, or one without a cable */
	DeviceTrial *trial; /* NULL: no device is being tried */
	GKeyFile *conf; /* till.conf; a new one where it changes, for views have it */
	char *paper_logo, *paper_footer; /* of printed receipts, or NULL */
	SyncAgent *agent; /* NULL: not enrolled with a hub */

	/* borrowed */
	TillPrinter *drawer; /* the printer that the drawer hangs on; NULL: another */
	GMainContext *context;
	SessionListener listener;
	void *listener_data;

	/* what this till is */
	char *till_name;
	TillShop shop;
	char **templates; /* owned: in-store barcodes */
	TaxRounding tax_rounding;
	const Country *country; /* NULL: unknown */
	CountryOffline offline; /* what this shop does while the registrar is down */
	NumberStyle style;

	/* the machine */
	SessionState state;
	SessionEvent *held; /* a payment that waits for the registrar's first word */
	GQueue waiting; /* SessionEvent: scans for when the state is over */
	bool serves_waiting; /* the event in work is of those */
	bool has_looked; /* the event in work was held until the registrar had been looked at */
	bool working; /* a job is under way; its end emits a view */
	struct {
		SessionEventKind kind; /* the event that began it */
		uint64_t mark;
	} job;
	uint64_t serial;
	int newest_query; /* atomic */

	/* the work */
	TillPerson *cashier; /* NULL: nobody */
	TillShift shift;
	Receipt *receipt; /* open, or just paid in PAID; NULL: none */
	TillCustomer *customer; /* owned: whose card the receipt has; NULL: nobody's */
	int64_t receipt_cashier; /* who began it, as read at the start */
	int last_line;
	bool card_asked;
	Money card_amount;
	bool card_reversing; /* the terminal takes a payment back, of this receipt or, in a return,
				of the sale's */
	bool card_stopped; /* the cashier has asked the terminal to stop that */
	unsigned card_turn; /* what the terminal was asked last */
	bool card_unknown; /* our own terminal lost the answer and is being asked */
	PaymentIntent card_intent; /* of what is asked; at is 0 until it is sent */
	char *number; /* of the receipt, from the moment it is being made */
	struct {
		TillItem *item; /* goods that wait for a price or a weight; NULL: none */
		char *code;
		ScannedPiece piece;
		bool weighed; /* for a weight */
		bool numbered; /* for a serial number */
		bool given; /* a quantity was typed */
		Quantity quantity;
	} pending;
	ScannedPiece piece; /* of the scan in work */
	GSource *weigh_timeout; /* owned; NULL: no event waits for the scale */
	ScaleReading weight; /* the newest */
	bool weight_usable;
	int64_t weight_at; /* monotonic */
	GPtrArray *found; /* TillItem */
	char *found_query;

	/* a document that needs a person */
	struct {
		FiscalOutcomeKind outcome; /* NOTHING: none */
		FiscalKind kind;
		TillDone done; /* in NOT_PRINTED: what is in the books already */
	} trouble;
	DeviceFault trouble_fault; /* why, where nothing was made */
	/* a receipt that power took while it was made, and that was brought to its end since; the
	 * next cashier is told. NULL: none */
	char *finished;
	Money finished_change;
	TillRequest request; /* the document in work, or the last one */
	GPtrArray *held_list; /* owned; SessionHeld, as they are on the disk */
	GPtrArray *cases; /* owned; SessionCase */
	int64_t late; /* receipts that the registrar does not know of */
	bool telling_late; /* one after another, since a person asked for it */
	bool late_working; /* the registrar is being told of one */
	FiscalStatus registrar; /* as it was last seen */
	FiscalTotals z_totals; /* what it counted of the shift that was just closed */
	char late_reason[128];

	/* rights */
	SessionEvent *refused; /* for want of a right; an override runs it once */
	TillRight refused_right;
	struct {
		bool active;
		TillRight right;
		int64_t by;
	} grant;
	TillPerson *badge; /* owned: who showed it and has to type their PIN now; NULL: nobody */
	gint64 badge_until; /* monotonic */
	int wrong_pins;
	gint64 pin_wait_until; /* monotonic */
	int64_t newest_time; /* UTC: a clock before this went backwards */

	/* devices */
	struct {
		SessionDeviceState state;
		DeviceFault fault;
	} devices[SESSION_N_DEVICES];
	bool registrar_shift_too_long;
	int64_t papers_owed;
	SessionDevice tried; /* whose own thread is stopped for the trial */
	bool drawer_asked; /* a drawer without a sale: its printer answers */
	int64_t outbox;
	struct {
		SessionEvent *event; /* owned: a return that waits for the office; NULL: none */
		char *number; /* owned; of the receipt it asks for */
		guint question; /* the newest; older answers come too late */
		GSource *timeout; /* owned */
	} office;
	bool sync_asked; /* SESSION_SYNC waits for the round to end */
	uint64_t sync_mark; /* of that event */
	/* codes of what is shown while nothing else is; NULL: none */
	const char *alarm, *hub_alarm, *fiscal_alarm;
	int64_t newest_entry; /* of the journal, that the agent was told of */
	bool started; /* views may be made */

	/* what becomes of the event in work */
	struct {
		SessionEventKind kind;
		uint64_t mark;
		bool ok;
		SessionTone tone;
		const char *code; /* static */
		char *message, *detail;
		bool asks_override;
		SessionSound sound;
	} answer;
};

/* session.c */
SessionEvent *session_event_copy(const SessionEvent *event);
void session_emit(Session *self);
void session_serve(Session *self, const SessionEvent *event);
/* Serves what the state kept for later, as far as the new state lets it. */
void session_serve_waiting(Session *self);
/* Runs @event as if it had been posted now, without a view of its own. */
bool session_run(Session *self, const SessionEvent *event);
void session_enter(Session *self, SessionState state);
/* The state that receipt, shift and trouble call for, once somebody is logged in. */
void session_resume(Session *self);
/* A job that began in an event ends: a view, then what waited. */
void session_job_begin(Session *self, SessionState state);
void session_job_end(Session *self, bool ok);

/* answer.c: a refusal says why, sounds, and returns false */
void session_say_nothing(Session *self);
void session_tell(Session *self, const char *code, const char *first, const char *second);
bool session_refuse(Session *self, const char *code, const char *first, const char *second);
/* Beside the message, which stays. */
void session_note(Session *self, const char *code, const char *first);
/* Of a device: what it has, then what that means for the sale. */
bool session_refuse_fault_of(Session *self, SessionDevice device, const GError *error,
			     const char *consequence);
/* Of the registrar. */
bool session_refuse_fault(Session *self, const GError *error, const char *consequence);
bool session_refuse_store(Session *self, const GError *error);
bool session_refuse_receipt(Session *self, const GError *error, const char *given);
void session_tell_amount(Session *self, const char *code, Money amount);
bool session_refuse_amount(Session *self, const char *code, Money amount);
char *session_dup_amount(const Session *self, Money amount);
Money session_money(const Session *self, int64_t minor);

/* session_people.c */
/* False and remembered for an override where the cashier's role does not allow it; a grant that is
 * used is journalled with both people. */
bool session_may(Session *self, const SessionEvent *event, TillRight right, const char *refusal,
		 const char *first);
/* The same of what nobody does by the way: even who may types a PIN for it. */
bool session_may_if_asked(Session *self, const SessionEvent *event, TillRight right,
			  const char *refusal, const char *first);
/* Of a receipt from before the start that was brought to its end since. */
void session_tell_finished(Session *self);
bool session_keeps_refused(SessionEventKind kind);
/* What the scan of a badge means where a person is waited for: a log-in, or another's leave. NULL:
 * @event is what it is. Own it. */
SessionEvent *session_read_badge(Session *self, const SessionEvent *event);

/* session_save.c: on failure the receipt in memory is again what is on the disk */
bool session_save(Session *self, int line);
bool session_save_all(Session *self); /* each line may be another */
bool session_save_with(Session *self, int line, JournalKind kind, const json_t *details);
bool session_journal(Session *self, JournalKind kind, const json_t *details);
bool session_load_receipt(Session *self, GError **error);
void session_forget_receipt(Session *self);
/* The paid receipt has been shown long enough. */
void session_leave_paid(Session *self);
void session_watch_clock(Session *self);

/* session_price.c */
GoodsMoment session_moment(const Session *self); /* now, and for whoever the open receipt is */
/* What comes off @quantity of @item at @price where the code that it was found by is of a pack with
 * a price of its own. */
Discount session_pack_discount(const TillItem *item, Quantity quantity, Money price);
/* The goods of a line as they are listed at the moment that its price is from; *ret is NULL where
 * they are not any more. */
bool session_find_line_item(Session *self, const ReceiptLine *line, TillItem **ret, GError **error);
/* @line with another quantity: a pack's discount follows. */
bool session_deal_of(Session *self, const ReceiptLine *line, Quantity quantity, ReceiptDeal *ret,
		     GError **error);
/* All lines whose price was looked up, as if the receipt's customer had been known from the start.
 * Not saved. */
bool session_price_anew(Session *self, GError **error);

/* session_check.c */
/* Whether one of @item may be sold as it was scanned: it is not past its day, and has said which
 * piece it is where that has to be known. */
bool session_check_goods(Session *self, const SessionEvent *event, const TillItem *item);
/* Refuses since the pending goods come first. */
bool session_refuse_pending(Session *self);

/* session_customer.c */
/* Whose card @code is, or NULL; false with @error. */
bool session_take_card(Session *self, const char *code, bool *ret_known);
/* Of the receipt, as the goods file knows it. */
void session_load_customer(Session *self);

/* session_sell.c */
/* As it stands, then as the UPC-A that a short UPC-E stands for. */
bool session_find_listed(Session *self, const char *code, const GoodsMoment *moment, TillItem **ret,
			 GError **error);
void session_begin_receipt(Session *self); /* where none is open */
bool session_sell_pending(Session *self, const char *text);
/* The pending goods' weight has come, in their unit. */
bool session_sell_weighed(Session *self, Quantity quantity);
void session_drop_pending(Session *self);

/* session_fiscal.c */
/* Makes the document of @request, at the registrar or without one, in @state. */
bool session_make(Session *self, const TillRequest *request, SessionState state);
/* Refuses while the registrar is down. */
bool session_check_registrar(Session *self, const char *consequence);
/* Of the open receipt, which is paid. */
bool session_make_sale(Session *self);
/* The same in the books alone; the registrar is told later. */
bool session_make_late(Session *self);
/* A document told later is in doubt: a person has to know. */
void session_late_in_doubt(Session *self, FiscalOutcome *outcome);
FiscalCaps session_fiscal_caps(const Session *self); /* 0 without a registrar */
/* Brings what was interrupted to its end, before anybody may log in. */
void session_recover(Session *self);
/* session_registrar.c */
void session_watch_registrar(Session *self);
/* What was in doubt has cleared up. */
void session_take_resolved(FiscalOutcome *outcome, void *data);

/* session_tender.c, session_shift.c: what follows a document */
/* The registrar has said how it is. */
void session_serve_held(Session *self);
bool session_unpay_cash(Session *self);
/* Before money moves: true if @event waits for the registrar's word. */
bool session_hold_payment(Session *self, const SessionEvent *event);
/* Can the receipt be brought to its end? */
bool session_check_ready(Session *self);
/* More is due, or the receipt is made. */
bool session_go_on(Session *self);
/* False, and said why, where the receipt does not take it. */
bool session_pay(Session *self, TenderKind kind, Money amount, const char *reference);
bool session_drop_payment(Session *self, int index); /* not saved; -1: none */
void session_sale_done(Session *self, const TillDone *done, bool drawer_failed);
void session_shift_opened(Session *self);
void session_shift_closed(Session *self, const TillDone *done);
void session_x_done(Session *self);
void session_cash_moved(Session *self, FiscalKind kind, const TillDone *done);

/* session_return.c */
/* A return that was begun by scanning @text: false where it names no receipt of this till, with
 * nothing said. */
bool session_is_receipt_code(Session *self, const char *text, char **ret_number);
bool session_begin_return(Session *self, const SessionEvent *event, const char *text);
/* The open return is paid back as far as that can be done now; see session_on_give_back(). */
bool session_give_back(Session *self);
bool session_is_return(const Session *self);
/* The return that @event began goes on with what the office has, or without: NULL. */
bool session_go_on_return(Session *self, const SessionEvent *event, const OfficeReceipt *office);

/* session_office.c */
/* Asks the office for the receipt @number; the return @text of @event goes on when it has answered,
 * or has not for too long. */
bool session_ask_office(Session *self, const SessionEvent *event, const char *text,
			const char *number);
bool session_is_asking_office(const Session *self);
void session_stop_asking(Session *self);

/* session_held.c */
void session_load_held(Session *self);
/* session_late.c */
void session_load_cases(Session *self);
void session_free_cases(Session *self);
/* Whether a sale may be closed now and told later. */
bool session_may_close_late(const Session *self);
/* The next one, where that goes on by itself; after each document and each time the registrar comes
 * back. */
void session_go_on_late(Session *self);
/* A document told later has come to its end. */
void session_late_told(Session *self, FiscalOutcome *outcome);

/* session_tender.c: the terminal gets @wanted, on the disk first; @step goes into the journal, and
 * @sentence is for the cashier of a terminal without a cable. */
bool session_card_ask(Session *self, const PaymentIntent *wanted, const char *step,
		      const char *sentence);
json_t *session_card_details(const char *step, Money amount, const char *reference);
/* What the card terminal said of a payment or refund. DECLINED: the receipt waits for another
 * payment, without a word. */
bool session_card_approved(Session *self, Money amount, const char *reference);
bool session_card_declined(Session *self);

/* session_card_back.c */
void session_card_write_reference(const PaymentResult *result, char *ret, size_t size);
/* Gives of a return @amount at most back to a card. */
bool session_card_give_back(Session *self, Money amount);
/* The payment is off the receipt, or given back in a return; what comes next begins. */
bool session_card_reversed(Session *self, const char *reference);
/* It stays as it was, without a word. */
bool session_card_not_reversed(Session *self);
/* The same, and what follows it. @answered: the terminal has said no to it, and was not only asked
 * afterwards. */
bool session_card_reversal_refused(Session *self, bool answered, const GError *fault);

/* session_card.c */
/* What the terminal will be asked for, on the disk, as not sent yet. */
bool session_card_plan(Session *self, const PaymentIntent *wanted);
bool session_card_begin(Session *self);
/* A person has decided what came of it. */
void session_card_settled(Session *self);
/* After a log-in, where the state is CARD_ASKED. */
void session_card_resume(Session *self);
/* The outcome, or what follows it, failed: the state is that of what is on the disk. */
void session_card_not_done(Session *self);
bool session_card_ask_again(Session *self);
bool session_card_abort(Session *self);
void session_start_terminal(Session *self, GKeyFile *conf);
void session_stop_terminal(Session *self);

/* session_weigh.c: the pending goods wait for the scale */
bool session_weigh_pending(Session *self);
bool session_is_weighing(const Session *self); /* an event waits for its answer */
void session_weigh_over(Session *self);
void session_start_scale(Session *self, GKeyFile *conf);
void session_stop_scale(Session *self);

/* session_print.c */
PaperShop session_paper_shop(const Session *self); /* lends its texts */
void session_owe_paper(Session *self, TillRequest *request); /* where the printer prints receipts */
void session_print_sale(Session *self, const Receipt *receipt); /* closed without a registrar */
void session_print_shift(Session *self, ShiftPaperKind kind, int64_t shift,
			 const ShiftTotals *totals, const Money *counted);
void session_print_cash(Session *self, bool in, Money amount, int64_t slip);
void session_print_slip(Session *self, char *const *slip);
void session_open_drawer(Session *self); /* the one on the printer, if that is where it is */
bool session_has_drawer(const Session *self);
void session_start_printer(Session *self, GKeyFile *conf);
void session_start_drawer(Session *self, GKeyFile *conf);
void session_stop_printer(Session *self);

/* session_devices.c */
/* On a device's thread. */
void session_send_news(Session *self, SessionDevice device, const GError *fault);
/* False where there is none, or where it cannot be read: then it is down, and not absent. */
bool session_read_conf(Session *self, GKeyFile *conf, SessionDevice device, DeviceConf *ret);
void session_start_devices(Session *self, GKeyFile *conf);
void session_stop_devices(Session *self);
/* One of them, with its settings of now; the others go on. */
void session_stop_device(Session *self, SessionDevice device);
void session_start_device(Session *self, SessionDevice device);
const char *session_device_code(SessionDevice device); /* its group in till.conf */
/* Shows it and, where a fault begins or ends, writes it down. */
void session_set_device(Session *self, SessionDevice device, SessionDeviceState state,
			DeviceFault fault);
void session_display_line(Session *self, int number);
void session_display_total(Session *self);
void session_display_paid(Session *self, Money change);
void session_display_idle(Session *self);

/* session_setup.c */
void session_stop_trial(Session *self);

/* session_hub.c */
bool session_start_agent(Session *self, GError **error);

/* view.c */
SessionView *session_view_new(Session *self);

/* One handler an event. */
bool session_on_login(Session *self, const SessionEvent *event);
bool session_on_lock(Session *self, const SessionEvent *event);
bool session_on_override(Session *self, const SessionEvent *event);
bool session_on_dismiss(Session *self, const SessionEvent *event);
bool session_on_scan(Session *self, const SessionEvent *event);
bool session_on_find(Session *self, const SessionEvent *event);
bool session_on_add_found(Session *self, const SessionEvent *event);
bool session_on_quantity(Session *self, const SessionEvent *event);
bool session_on_price(Session *self, const SessionEvent *event);
bool session_on_discount_line(Session *self, const SessionEvent *event);
bool session_on_discount_receipt(Session *self, const SessionEvent *event);
bool session_on_void_line(Session *self, const SessionEvent *event);
bool session_on_void_receipt(Session *self, const SessionEvent *event);
bool session_on_pay_cash(Session *self, const SessionEvent *event);
bool session_on_pay_card(Session *self, const SessionEvent *event);
bool session_on_card_result(Session *self, const SessionEvent *event);
bool session_on_back(Session *self, const SessionEvent *event);
bool session_on_retry(Session *self, const SessionEvent *event);
bool session_on_abandon(Session *self, const SessionEvent *event);
bool session_on_open_shift(Session *self, const SessionEvent *event);
bool session_on_close_shift(Session *self, const SessionEvent *event);
bool session_on_x_report(Session *self, const SessionEvent *event);
bool session_on_no_sale(Session *self, const SessionEvent *event);
bool session_on_cash_in(Session *self, const SessionEvent *event);
bool session_on_cash_out(Session *self, const SessionEvent *event);
bool session_on_sync(Session *self, const SessionEvent *event);
bool session_on_weigh(Session *self, const SessionEvent *event);
bool session_on_reprint(Session *self, const SessionEvent *event);
bool session_on_drop_paper(Session *self, const SessionEvent *event);
bool session_on_hold(Session *self, const SessionEvent *event);
bool session_on_recall(Session *self, const SessionEvent *event);
bool session_on_void_held(Session *self, const SessionEvent *event);
bool session_on_customer(Session *self, const SessionEvent *event);
bool session_on_return(Session *self, const SessionEvent *event);
bool session_on_give_back(Session *self, const SessionEvent *event);
bool session_on_accept_registrar(Session *self, const SessionEvent *event);
bool session_on_close_late(Session *self, const SessionEvent *event);
bool session_on_tell_late(Session *self, const SessionEvent *event);
bool session_on_set_device(Session *self, const SessionEvent *event);
bool session_on_test_device(Session *self, const SessionEvent *event);
