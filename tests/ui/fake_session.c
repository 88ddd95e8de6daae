/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session of a few goods in memory, so that the window is tested without databases and devices.
 * It speaks pos/session/session.h as the real one does. PIN 1111 is a cashier, 2222 a senior.
 * Codes: see goods[]. A payment of exactly 666 fails in the registrar until it is tried again,
 * or closed without it. T2-000001 is a receipt that may come back. The code REPLACED-REGISTRAR puts
 * another registrar in the place of this one; a senior accepts it. Cash is rounded to whole roubles
 * where the sum is above 1000. One receipt is in doubt from the start. */
#include "pos/session/session.h"

#include <string.h>

#define RUB 643
#define RARE_SUM 66600
#define SOLD "T2-000001"
/* 2 November 2026 */
#define LONG_AGO INT64_C(1793620800000000)

static const int64_t denominations[] = { 500000, 100000, 50000, 10000, 5000, 1000, 100, 0 };

static const struct {
	const char *code, *name;
	Unit unit;
	int64_t price; /* 0: not set */
} goods[] = {
	{ "4600000000015", "Bread of rye and wheat, 600 g", UNIT_PIECE, 5000 },
	{ "4600000000022", "Milk 3.2 %, 1 l", UNIT_PIECE, 8990 },
	{ "4600000000039", "Apples", UNIT_KILOGRAM, 12950 },
	{ "4600000000046", "Tea, no price yet", UNIT_PIECE, 0 },
	{ "4600000000053",
	  "Бальзам-ополаскиватель для окрашенных и повреждённых волос с маслом арганы, 400 мл",
	  UNIT_PIECE, 66600 },
	{ "4600000000060", "Ундаа жимсний амттай, Өвөрхангай, 1,5 л", UNIT_PIECE, 123456789 },
};

struct Session {
	GMainContext *context;
	SessionListener listener;
	void *data;
	Receipt *receipt, *sold;
	GPtrArray *aside; /* of Receipt, in the order of held */
	GPtrArray *held, *cases; /* as the view shows them */
	int64_t n_held, late;
	bool replaced, asks_accept;
	SessionState state;
	ShiftTotals totals;
	TaxGroup tax;
	uint64_t serial;
	int role; /* 0 nobody, 1 cashier, 2 senior */
	int64_t shift;
	int last_line;
	int unpriced; /* index of goods waiting for a price, -1 */
	Money card;
	bool tried;
	char *query;
	/* of the running event */
	SessionTone tone;
	const char *code;
	char *message, *detail;
	bool asks_override, ok;
	SessionSound sound;
};

SessionEvent *session_event_new(SessionEventKind kind, const char *text)
{
	SessionEvent *self = g_new0(SessionEvent, 1);

	self->kind = kind;
	self->text = g_strdup(text);
	return self;
}

void session_event_free(SessionEvent *self)
{
	g_free(self->text);
	g_free(self);
}

static void line_free(void *data)
{
	SessionLine *line = data;

	g_free(line->code);
	g_free(line->name);
	g_free(line);
}

static void found_free(void *data)
{
	SessionFound *found = data;

	g_free(found->code);
	g_free(found->name);
	g_free(found);
}

SessionView *session_view_ref(SessionView *self)
{
	g_atomic_ref_count_inc(&self->references);
	return self;
}

void session_view_unref(SessionView *self)
{
	if (!g_atomic_ref_count_dec(&self->references))
		return;
	g_free(self->origin);
	for (int i = 0; i < CUSTOMER_N; i++)
		g_free(self->customer[i]);
	g_ptr_array_unref(self->held);
	g_ptr_array_unref(self->cases);
	g_free(self->shop);
	g_free(self->till);
	g_free(self->cashier);
	g_free(self->found_query);
	g_free(self->receipt_number);
	g_free(self->message);
	g_free(self->message_detail);
	g_ptr_array_unref(self->lines);
	g_ptr_array_unref(self->found);
	g_array_unref(self->taxes);
	g_free(self);
}

static void refuse(Session *self, const char *code, const char *message, const char *detail)
{
	self->ok = false;
	self->tone = SESSION_TONE_WARNING;
	self->code = code;
	self->sound = SESSION_SOUND_REFUSE;
	g_free(self->message);
	self->message = g_strdup(message);
	g_free(self->detail);
	self->detail = g_strdup(detail);
}

/* @error is read once @ok is known. */
static void check(Session *self, bool ok, GError **error)
{
	if (!ok)
		refuse(self, "refused", (*error)->message, "");
	g_clear_error(error);
}

/* --- views --- */

static SessionLine *dup_line(const ReceiptLine *line)
{
	SessionLine *ret = g_new0(SessionLine, 1);

	ret->number = line->number;
	ret->voided = line->voided;
	ret->item_id = line->item_id;
	ret->code = g_strdup(line->code);
	ret->name = g_strdup(line->name);
	ret->unit = line->unit;
	ret->quantity = line->quantity;
	ret->price = line->price;
	ret->gross = line->gross;
	ret->net = ret->total = line->net;
	ret->discount = line->own_discount;
	ret->discount.minor += line->shared_discount.minor;
	ret->own = line->own;
	ret->returnable = line->basis.sold.quantity;
	return ret;
}

static void add_found(SessionView *view, int i)
{
	SessionFound *found = g_new0(SessionFound, 1);

	found->item_id = i + 1;
	found->name = g_strdup(goods[i].name);
	found->code = g_strdup(goods[i].code);
	found->unit = goods[i].unit;
	found->has_price = goods[i].price > 0;
	found->price = (Money){ goods[i].price, RUB };
	g_ptr_array_add(view->found, found);
}

static void find(Session *self, SessionView *view)
{
	g_autofree char *wanted = g_utf8_casefold(self->query, -1);

	view->found_query = g_strdup(self->query);
	for (int i = 0; i < (int)G_N_ELEMENTS(goods); i++) {
		g_autofree char *name = g_utf8_casefold(goods[i].name, -1);

		if (*wanted != '\0' && strstr(name, wanted) != NULL)
			add_found(view, i);
	}
}

static SessionActions actions_of(const Session *self)
{
	bool sells = self->state == SESSION_SELLING || self->state == SESSION_PAID;
	bool has_lines =
		receipt_get_totals(self->receipt)->n_goods > 0 && self->state != SESSION_PAID;
	bool back = receipt_get_kind(self->receipt) == RECEIPT_RETURN;
	SessionActions accept = self->replaced ? SESSION_CAN_ACCEPT : 0;

	if (self->state == SESSION_NEEDS_ATTENTION)
		return SESSION_CAN_RETRY | SESSION_CAN_ABANDON | SESSION_CAN_CLOSE_LATE | accept;
	if (self->state == SESSION_TENDERING)
		return SESSION_CAN_PAY | SESSION_CAN_BACK;
	if (self->state == SESSION_SHIFT_CLOSED)
		return SESSION_CAN_OPEN_SHIFT | SESSION_CAN_LOCK | accept;
	if (!sells)
		return 0;
	if (has_lines && back)
		return SESSION_CAN_SELL | SESSION_CAN_EDIT | SESSION_CAN_GIVE_BACK;
	return accept | SESSION_CAN_CUSTOMER | (self->late > 0 ? SESSION_CAN_TELL_LATE : 0) |
	       (has_lines ? SESSION_CAN_HOLD : SESSION_CAN_RETURN) |
	       (!has_lines && self->held->len > 0 ? SESSION_CAN_RECALL : 0) | SESSION_CAN_SELL |
	       SESSION_CAN_LOCK | SESSION_CAN_REPORT |
	       (has_lines ? SESSION_CAN_EDIT | SESSION_CAN_PAY : SESSION_CAN_CLOSE_SHIFT);
}

static void fill_day(const Session *self, SessionView *view)
{
	view->denominations = denominations;
	view->buyer = (CountryCustomer){ .contact = true, .tin_digits = 1 << 10 };
	view->is_return = receipt_get_kind(self->receipt) == RECEIPT_RETURN;
	view->origin = g_strdup(receipt_get_origin(self->receipt));
	for (TenderKind kind = 0; kind < TENDER_N; kind++)
		view->give_back[kind] = receipt_get_give_back(self->receipt, kind);
	for (ReceiptCustomer kind = 0; kind < CUSTOMER_N; kind++)
		view->customer[kind] = g_strdup(receipt_get_customer(self->receipt, kind));
	view->held = g_ptr_array_ref(self->held);
	view->cases = g_ptr_array_ref(self->cases);
	view->late = self->late;
	view->late_needs_reason = true;
}

static void tell(Session *self, SessionEventKind answers)
{
	g_autoptr(SessionView) view = g_new0(SessionView, 1);

	g_atomic_ref_count_init(&view->references);
	view->serial = ++self->serial;
	view->state = self->state;
	view->actions = actions_of(self);
	view->shop = g_strdup("Shop 1");
	view->till = g_strdup("Till 2");
	view->cashier = g_strdup(self->role == 0 ? "" : self->role == 1 ? "Болормаа" : "Anna");
	view->shift = self->shift;
	view->currency = RUB;
	view->lines = g_ptr_array_new_with_free_func(line_free);
	for (int i = 0; i < receipt_get_n_lines(self->receipt); i++)
		g_ptr_array_add(view->lines, dup_line(receipt_get_line(self->receipt, i)));
	view->last_line = self->last_line;
	view->receipt_discount = receipt_get_discount(self->receipt);
	view->totals = *receipt_get_totals(self->receipt);
	view->taxes = receipt_dup_taxes(self->receipt);
	view->card_asked = self->card;
	fill_day(self, view);
	view->found = g_ptr_array_new_with_free_func(found_free);
	find(self, view);
	view->receipt_number = g_strdup(self->state == SESSION_PAID ? "T2-000017" : "");
	view->shift_totals = self->totals;
	view->tone = self->tone;
	view->message_code = self->code;
	view->message = g_strdup(self->message);
	view->message_detail = g_strdup(self->detail);
	view->asks_price = self->unpriced >= 0;
	view->asks_override = self->asks_override;
	view->sound = self->sound;
	view->devices[SESSION_FISCAL].state = self->replaced ? DEVICE_DOWN : DEVICE_READY;
	view->devices[SESSION_FISCAL].fault = DEVICE_FAULT_REPLACED;
	view->devices[SESSION_DISPLAY].state = DEVICE_DOWN;
	view->devices[SESSION_HUB].state = DEVICE_WORKING;
	view->outbox = receipt_get_n_lines(self->receipt);
	view->ok = self->ok;
	view->settled = true;
	view->answers = answers;
	self->listener(view, self->data);
}

/* --- events --- */

static void take_receipt(Session *self, Receipt *receipt)
{
	receipt_free(self->receipt);
	self->receipt = receipt;
	self->last_line = 0;
	self->tried = false;
}

static void new_receipt(Session *self)
{
	take_receipt(self, receipt_new(RECEIPT_SALE, RUB, TAX_PER_RECEIPT));
}

static void add(Session *self, int i, int64_t price, Quantity quantity)
{
	GError *error = NULL;
	ReceiptGoods line = { .item_id = i + 1,
			      .code = goods[i].code,
			      .name = goods[i].name,
			      .unit = goods[i].unit,
			      .price = { price, RUB },
			      .tax = &self->tax };

	if (self->state == SESSION_PAID)
		new_receipt(self);
	self->state = SESSION_SELLING;
	check(self, receipt_add(self->receipt, &line, quantity, &self->last_line, &error), &error);
	if (receipt_get_totals(self->receipt)->total.minor > 100000)
		receipt_set_cash_rounding(self->receipt, 100, ROUND_HALF_AWAY);
	if (self->ok)
		self->sound = SESSION_SOUND_SCAN;
}

static void sell(Session *self, int i, Quantity quantity)
{
	if (goods[i].price > 0) {
		add(self, i, goods[i].price, quantity);
		return;
	}
	self->unpriced = i;
	refuse(self, "no-price",
	       "These goods have no price. Nothing was added. Type the price and press Enter.",
	       goods[i].name);
}

static void begin_return(Session *self, const char *number)
{
	GError *error = NULL;
	Receipt *receipt = NULL;

	if (strcmp(number, SOLD) != 0) {
		refuse(self, "no-such-receipt", "This till has sold no such receipt.", number);
		return;
	}
	receipt = receipt_new_return(self->sold, number, NULL, 0, &error);
	check(self, receipt != NULL, &error);
	if (receipt == NULL)
		return;
	take_receipt(self, receipt);
	self->state = SESSION_SELLING;
}

static void scan(Session *self, const char *text)
{
	const char *star = strchr(text, '*');
	g_autofree char *times = star != NULL ? g_strndup(text, (gsize)(star - text)) : NULL;
	Quantity quantity = { QUANTITY_ONE };

	if (self->state != SESSION_SELLING && self->state != SESSION_PAID) {
		refuse(self, "not-now",
		       "Not now: end the payment or go back first. The scan was not added.", text);
		return;
	}
	if (star != NULL && quantity_parse_decimal(times, &quantity))
		text = star + 1;
	self->replaced |= strcmp(text, "REPLACED-REGISTRAR") == 0;
	if (self->replaced && strcmp(text, "REPLACED-REGISTRAR") == 0)
		return;
	if (strcmp(text, SOLD) == 0) {
		begin_return(self, text);
		return;
	}
	for (int i = 0; i < (int)G_N_ELEMENTS(goods); i++)
		if (strcmp(goods[i].code, text) == 0) {
			sell(self, i, quantity);
			return;
		}
	refuse(self, "not-found",
	       "No goods have this code. Nothing was added. Type the name instead, or scan again.",
	       text);
}

static Discount parse_discount(const char *text)
{
	g_autofree char *number = g_strdup(text);
	bool percent = g_str_has_suffix(text, "%");
	Money amount = { 0, RUB };

	if (percent)
		number[strlen(number) - 1] = '\0';
	if (!money_parse_decimal(number, RUB, &amount) || amount.minor == 0)
		return (Discount){ DISCOUNT_NONE, 0 };
	return (Discount){ percent ? DISCOUNT_PERCENT : DISCOUNT_AMOUNT, amount.minor };
}

static void finish_sale(Session *self)
{
	if (receipt_get_totals(self->receipt)->total.minor == RARE_SUM && !self->tried) {
		self->state = SESSION_NEEDS_ATTENTION;
		self->tone = SESSION_TONE_STOP;
		self->code = "paper-out";
		g_free(self->message);
		self->message = g_strdup("The registrar has no paper. The money is taken, the "
					 "receipt is not printed "
					 "yet. Put paper in and press Retry.");
		return;
	}
	self->state = SESSION_PAID;
	if (!shift_totals_add(&self->totals, self->receipt))
		refuse(self, "too-large", "The shift's total is too large.", "");
}

static void pay(Session *self, TenderKind kind, Money amount, const char *reference)
{
	GError *error = NULL;

	check(self, receipt_pay(self->receipt, kind, amount, reference, &error), &error);
	if (!self->ok)
		return;
	self->state = SESSION_TENDERING;
	if (receipt_is_paid(self->receipt))
		finish_sale(self);
}

static Money amount_of(const Session *self, const char *text)
{
	Money amount = receipt_get_totals(self->receipt)->due;

	if (text == NULL || !money_parse_decimal(text, RUB, &amount))
		return receipt_get_totals(self->receipt)->due;
	return amount;
}

static void give_back(Session *self)
{
	for (TenderKind kind = 0; kind < TENDER_N; kind++) {
		Money amount = receipt_get_give_back(self->receipt, kind);

		if (amount.minor > 0 && !receipt_pay(self->receipt, kind, amount, NULL, NULL))
			refuse(self, "refused", "The money does not add up.", "");
	}
	finish_sale(self);
}

/* --- receipts put aside --- */

static void held_free(void *data)
{
	SessionHeld *held = data;

	g_free(held->cashier);
	g_free(held);
}

static void list_held(Session *self, int64_t removed)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(held_free);

	for (guint i = 0; i < self->held->len; i++) {
		const SessionHeld *one = g_ptr_array_index(self->held, i);
		SessionHeld *copy = g_memdup2(one, sizeof *one);

		copy->cashier = g_strdup(one->cashier);
		if (one->id == removed)
			held_free(copy);
		else
			g_ptr_array_add(list, copy);
	}
	g_ptr_array_unref(self->held);
	self->held = list;
}

static void hold(Session *self)
{
	SessionHeld *held = g_new0(SessionHeld, 1);

	list_held(self, 0);
	*held = (SessionHeld){ .id = ++self->n_held,
			       .at = LONG_AGO,
			       .total = receipt_get_totals(self->receipt)->total,
			       .n_goods = receipt_get_totals(self->receipt)->n_goods,
			       .cashier = g_strdup("Болормаа") };
	g_ptr_array_add(self->held, held);
	g_ptr_array_add(self->aside, g_steal_pointer(&self->receipt));
	new_receipt(self);
}

/* NULL where there is none of that number. */
static Receipt *steal_aside(Session *self, int64_t number)
{
	for (guint i = 0; i < self->held->len; i++) {
		const SessionHeld *held = g_ptr_array_index(self->held, i);

		if (held->id == number) {
			list_held(self, number);
			return g_ptr_array_steal_index(self->aside, i);
		}
	}
	refuse(self, "not-held", "No receipt is put aside with this number.", "");
	return NULL;
}

static void recall(Session *self, int64_t number)
{
	Receipt *receipt = steal_aside(self, number);

	if (receipt == NULL)
		return;
	take_receipt(self, receipt);
	self->state = SESSION_SELLING;
}

/* --- what somebody has to look after --- */

static void case_free(void *data)
{
	SessionCase *one = data;

	g_free(one->number);
	g_free(one->why);
	g_free(one->id);
	g_free(one);
}

static void add_case(GPtrArray *list, const char *number, bool late)
{
	SessionCase *one = g_new0(SessionCase, 1);

	*one = (SessionCase){ .number = g_strdup(number),
			      .at = LONG_AGO,
			      .total = { RARE_SUM, RUB },
			      .late = late,
			      .why = g_strdup(late ? "Sold while the registrar was down."
						   : "It may be booked twice."),
			      .id = g_strdup(late ? "" : "0042") };
	g_ptr_array_add(list, one);
}

static void list_cases(Session *self)
{
	if (self->cases != NULL)
		g_ptr_array_unref(self->cases);
	self->cases = g_ptr_array_new_with_free_func(case_free);
	if (self->late > 0)
		add_case(self->cases, "T2-000017", true);
	add_case(self->cases, "T2-000002", false);
}

static void tell_late(Session *self, const char *reason)
{
	if (reason == NULL || *reason == '\0') {
		refuse(self, "late-reason", "A correction needs a reason.", "");
		return;
	}
	self->late = 0;
	list_cases(self);
}

static void accept_registrar(Session *self)
{
	if (self->role == 1) {
		refuse(self, "accept-right", "Only a senior may accept another registrar.", "");
		self->asks_override = self->asks_accept = true;
		return;
	}
	self->replaced = false;
}

static void set_customer(Session *self, const char *text)
{
	GError *error = NULL;

	if (self->state == SESSION_PAID)
		new_receipt(self);
	self->state = SESSION_SELLING;
	check(self, receipt_set_customer(self->receipt, CUSTOMER_CONTACT, text, &error), &error);
}

static void day(Session *self, const SessionEvent *event)
{
	switch (event->kind) {
	case SESSION_HOLD:
		hold(self);
		break;
	case SESSION_RECALL:
		recall(self, event->number);
		break;
	case SESSION_VOID_HELD:
		receipt_free(steal_aside(self, event->number));
		break;
	case SESSION_CUSTOMER:
		set_customer(self, event->text);
		break;
	case SESSION_RETURN:
		begin_return(self, event->text);
		break;
	case SESSION_GIVE_BACK:
		give_back(self);
		break;
	case SESSION_ACCEPT_REGISTRAR:
		accept_registrar(self);
		break;
	case SESSION_CLOSE_LATE:
		self->tried = true;
		self->late++;
		list_cases(self);
		finish_sale(self);
		break;
	case SESSION_TELL_LATE:
		tell_late(self, event->text);
		break;
	default:
		break;
	}
}

static void login(Session *self, const char *pin)
{
	self->role = g_strcmp0(pin, "1111") == 0 ? 1 : g_strcmp0(pin, "2222") == 0 ? 2 : 0;
	if (self->role == 0)
		refuse(self, "wrong-pin", "Nobody has this PIN. Type it again.", "");
	else
		self->state = self->shift == 0 ? SESSION_SHIFT_CLOSED : SESSION_SELLING;
}

static void edit(Session *self, const SessionEvent *event)
{
	int line = event->number != 0 ? (int)event->number : self->last_line;
	Quantity quantity;
	Money price;
	GError *error = NULL;

	switch (event->kind) {
	case SESSION_QUANTITY:
		if (!quantity_parse_decimal(event->text, &quantity))
			refuse(self, "bad-number", "This is no quantity. Type it again.",
			       event->text);
		else
			check(self, receipt_set_quantity(self->receipt, line, quantity, &error),
			      &error);
		break;
	case SESSION_PRICE:
		if (!money_parse_decimal(event->text, RUB, &price))
			refuse(self, "bad-number", "This is no price. Type it again.", event->text);
		else if (self->unpriced >= 0)
			add(self, self->unpriced, price.minor, (Quantity){ QUANTITY_ONE });
		self->unpriced = -1;
		break;
	case SESSION_DISCOUNT_LINE:
		check(self,
		      receipt_discount_line(self->receipt, line, parse_discount(event->text),
					    &error),
		      &error);
		break;
	case SESSION_DISCOUNT_RECEIPT:
		check(self, receipt_discount(self->receipt, parse_discount(event->text), &error),
		      &error);
		break;
	default:
		check(self, receipt_void_line(self->receipt, line, &error), &error);
		break;
	}
	if (self->ok && event->kind != SESSION_PRICE)
		self->last_line = line;
}

static void control(Session *self, const SessionEvent *event)
{
	switch (event->kind) {
	case SESSION_LOCK:
		if (self->state == SESSION_PAID)
			new_receipt(self);
		self->state = SESSION_LOCKED;
		self->role = 0;
		break;
	case SESSION_OPEN_SHIFT:
		shift_totals_init(&self->totals, RUB, (Money){ 0, RUB });
		self->shift = 118;
		self->state = SESSION_SELLING;
		break;
	case SESSION_OVERRIDE:
		if (self->asks_accept && strcmp(event->text, "2222") == 0)
			self->replaced = false;
		self->asks_accept = false;
		break;
	case SESSION_CLOSE_SHIFT:
		self->shift = 0;
		self->tone = SESSION_TONE_WARNING;
		self->code = "shift-difference";
		g_free(self->message);
		self->message = g_strdup_printf("The shift is closed. Counted: %s.",
						event->text != NULL ? event->text : "nothing");
		self->state = SESSION_SHIFT_CLOSED;
		break;
	case SESSION_VOID_RECEIPT:
		new_receipt(self);
		break;
	case SESSION_BACK:
		receipt_clear_payments(self->receipt);
		self->state = SESSION_SELLING;
		break;
	case SESSION_RETRY:
		self->tried = true;
		finish_sale(self);
		break;
	case SESSION_ABANDON:
		receipt_clear_payments(self->receipt);
		self->state = SESSION_TENDERING;
		break;
	case SESSION_NO_SALE:
		if (self->role == 1) {
			refuse(self, "no-right",
			       "You may not open the drawer without a sale. Nothing happened. A "
			       "senior may "
			       "type the PIN.",
			       "");
			self->asks_override = true;
		}
		break;
	default:
		break;
	}
}

static void add_found_goods(Session *self, const SessionEvent *event)
{
	Quantity quantity = { QUANTITY_ONE };

	if (event->text == NULL || quantity_parse_decimal(event->text, &quantity))
		sell(self, (int)event->number - 1, quantity);
}

static void handle(Session *self, const SessionEvent *event)
{
	switch (event->kind) {
	case SESSION_LOGIN:
		login(self, event->text);
		break;
	case SESSION_SCAN:
		scan(self, event->text);
		break;
	case SESSION_FIND:
		g_free(self->query);
		self->query = g_strdup(event->text);
		break;
	case SESSION_ADD_FOUND:
		add_found_goods(self, event);
		break;
	case SESSION_QUANTITY:
	case SESSION_PRICE:
	case SESSION_DISCOUNT_LINE:
	case SESSION_DISCOUNT_RECEIPT:
	case SESSION_VOID_LINE:
		edit(self, event);
		break;
	case SESSION_PAY_CASH:
		pay(self, TENDER_CASH,
		    event->text != NULL ? amount_of(self, event->text)
					: receipt_get_totals(self->receipt)->cash_due,
		    NULL);
		break;
	case SESSION_PAY_CARD:
		self->card = amount_of(self, event->text);
		self->state = SESSION_CARD_ASKED;
		break;
	case SESSION_CARD_RESULT:
		self->state = SESSION_TENDERING;
		if (event->flag)
			pay(self, TENDER_CARD, self->card, event->text);
		break;
	default:
		control(self, event);
		day(self, event);
		break;
	}
}

typedef struct {
	Session *session;
	SessionEvent *event;
} Posted;

static void posted_free(void *data)
{
	Posted *posted = data;

	session_event_free(posted->event);
	g_free(posted);
}

static gboolean serve(void *data)
{
	Posted *posted = data;
	Session *self = posted->session;

	self->ok = true;
	self->tone = SESSION_TONE_NONE;
	self->code = "";
	self->sound = SESSION_SOUND_NONE;
	self->asks_override = false;
	if (posted->event->kind != SESSION_PRICE)
		self->unpriced = -1;
	g_free(self->message);
	self->message = g_strdup("");
	g_free(self->detail);
	self->detail = g_strdup("");
	handle(self, posted->event);
	tell(self, posted->event->kind);
	return G_SOURCE_REMOVE;
}

void session_post(Session *self, SessionEvent *event)
{
	g_autoptr(GSource) source = g_idle_source_new();
	Posted *posted = g_new(Posted, 1);

	*posted = (Posted){ self, event };
	g_source_set_priority(source, G_PRIORITY_DEFAULT);
	g_source_set_callback(source, serve, posted, posted_free);
	g_source_attach(source, self->context);
}

/* Three breads and a milk, 150 of them by card. */
static void make_sold(Session *self)
{
	add(self, 0, goods[0].price, (Quantity){ 3 * QUANTITY_ONE });
	add(self, 1, goods[1].price, (Quantity){ QUANTITY_ONE });
	g_assert(receipt_pay(self->receipt, TENDER_CARD, (Money){ 15000, RUB }, "1", NULL) &&
		 receipt_pay(self->receipt, TENDER_CASH, (Money){ 8990, RUB }, NULL, NULL));
	self->sold = g_steal_pointer(&self->receipt);
	self->state = SESSION_LOCKED;
	new_receipt(self);
}

Session *session_new(const char *directory, GMainContext *context, SessionListener listener,
		     void *data, GError **error)
{
	static const TaxRate vat = { "VAT", 2200, true, 0, FISCAL_TAX_STANDARD };
	Session *self;

	if (!g_file_test(directory, G_FILE_TEST_IS_DIR)) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "'%s' is no till", directory);
		return NULL;
	}
	self = g_new0(Session, 1);
	self->context = context;
	self->listener = listener;
	self->data = data;
	self->tax = (TaxGroup){ .id = 1, .code = "VAT22", .n_rates = 1, .rates = { vat } };
	self->unpriced = -1;
	self->query = g_strdup("");
	self->code = "";
	self->message = g_strdup("");
	self->detail = g_strdup("");
	shift_totals_init(&self->totals, RUB, (Money){ 0, RUB });
	self->held = g_ptr_array_new_with_free_func(held_free);
	self->aside = g_ptr_array_new_with_free_func((GDestroyNotify)receipt_free);
	new_receipt(self);
	list_cases(self);
	make_sold(self);
	tell(self, SESSION_N_EVENTS);
	return self;
}

char *session_dup_device_fault(SessionDevice device, DeviceFault fault)
{
	return g_strdup("It does not answer.");
}

char *session_dup_failure(const GError *error)
{
	return g_strdup("This till cannot start: there is no such folder.");
}

void session_free(Session *self)
{
	if (self == NULL)
		return;
	receipt_free(self->receipt);
	receipt_free(self->sold);
	g_ptr_array_unref(self->aside);
	g_ptr_array_unref(self->held);
	g_ptr_array_unref(self->cases);
	g_free(self->query);
	g_free(self->message);
	g_free(self->detail);
	g_free(self);
}
