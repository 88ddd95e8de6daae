/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session of a few goods in memory, so that the window is tested without databases and devices.
 * It speaks pos/session/session.h as the real one does. PIN 1111 is a cashier, 2222 a senior.
 * Codes: see goods[]. A payment by card of exactly 666 fails in the registrar until it is tried
 * again. */
#include "pos/session/session.h"

#include <string.h>

#define RUB 643
#define RARE_SUM 66600

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
	Receipt *receipt;
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

static void check(Session *self, bool ok, GError *error)
{
	if (!ok)
		refuse(self, "refused", error->message, "");
	g_clear_error(&error);
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
	bool has_lines = receipt_get_totals(self->receipt)->n_goods > 0;

	if (self->state == SESSION_NEEDS_ATTENTION)
		return SESSION_CAN_RETRY | SESSION_CAN_ABANDON;
	if (self->state == SESSION_TENDERING)
		return SESSION_CAN_PAY | SESSION_CAN_BACK;
	if (self->state == SESSION_SHIFT_CLOSED)
		return SESSION_CAN_OPEN_SHIFT | SESSION_CAN_LOCK;
	if (!sells)
		return 0;
	return SESSION_CAN_SELL | SESSION_CAN_LOCK | SESSION_CAN_REPORT |
	       (has_lines && self->state == SESSION_SELLING ? SESSION_CAN_EDIT | SESSION_CAN_PAY
							    : SESSION_CAN_CLOSE_SHIFT);
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
	view->devices[SESSION_FISCAL].state = DEVICE_READY;
	view->devices[SESSION_DISPLAY].state = DEVICE_DOWN;
	view->devices[SESSION_HUB].state = DEVICE_WORKING;
	view->outbox = receipt_get_n_lines(self->receipt);
	view->ok = self->ok;
	view->settled = true;
	view->answers = answers;
	self->listener(view, self->data);
}

/* --- events --- */

static void new_receipt(Session *self)
{
	receipt_free(self->receipt);
	self->receipt = receipt_new(RECEIPT_SALE, RUB, TAX_PER_RECEIPT);
	self->last_line = 0;
	self->tried = false;
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
	check(self, receipt_add(self->receipt, &line, quantity, &self->last_line, &error), error);
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

	check(self, receipt_pay(self->receipt, kind, amount, reference, &error), error);
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
			      error);
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
		      error);
		break;
	case SESSION_DISCOUNT_RECEIPT:
		check(self, receipt_discount(self->receipt, parse_discount(event->text), &error),
		      error);
		break;
	default:
		check(self, receipt_void_line(self->receipt, line, &error), error);
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
	case SESSION_CLOSE_SHIFT:
		self->shift = 0;
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
		pay(self, TENDER_CASH, amount_of(self, event->text), NULL);
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
	new_receipt(self);
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
	g_free(self->query);
	g_free(self->message);
	g_free(self->detail);
	g_free(self);
}
