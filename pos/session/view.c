/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

#include "pos/session/sentences.h"

/* The picture of one moment, made after every event. */

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

	g_free(found->name);
	g_free(found->code);
	g_free(found);
}

/* Sums of a receipt that adds up fit; a stray overflow shows the first part. */
static Money sum(Money a, Money b)
{
	Money total;

	return money_add(a, b, &total) ? total : a;
}

static SessionLine *line_new(const ReceiptLine *line)
{
	SessionLine *self = g_new0(SessionLine, 1);

	*self = (SessionLine){
		.number = line->number,
		.voided = line->voided,
		.item_id = line->item_id,
		.code = g_strdup(line->code),
		.name = g_strdup(line->name),
		.unit = line->unit,
		.quantity = line->quantity,
		.price = line->price,
		.gross = line->gross,
		.discount = sum(line->own_discount, line->shared_discount),
		.shared_discount = line->shared_discount,
		.net = line->net,
		.total = sum(line->net, line->added),
		.own = line->own,
		.marked = *line->mark != '\0',
		.returnable = { line->basis.sold.quantity.micro -
				line->basis.before.quantity.micro },
	};
	return self;
}

static SessionFound *found_new(const TillItem *item)
{
	SessionFound *self = g_new0(SessionFound, 1);

	*self = (SessionFound){
		.item_id = item->id,
		.name = g_strdup(item->name),
		.code = g_strdup(item->code),
		.unit = item->unit,
		.has_price = item->has_price,
		.price = item->price,
	};
	return self;
}

static void fill_receipt(const Session *session, SessionView *self)
{
	Money nothing = session_money(session, 0);

	self->lines = g_ptr_array_new_with_free_func(line_free);
	self->last_line = session->last_line;
	if (session->receipt == NULL) {
		self->totals = (ReceiptTotals){ .gross = nothing,
						.discount = nothing,
						.tax = nothing,
						.total = nothing,
						.paid = nothing,
						.due = nothing,
						.cash_due = nothing,
						.rounding = nothing,
						.change = nothing };
		self->taxes = g_array_new(FALSE, FALSE, sizeof(ReceiptTax));
		return;
	}
	for (int i = 0; i < receipt_get_n_lines(session->receipt); i++)
		g_ptr_array_add(self->lines, line_new(receipt_get_line(session->receipt, i)));
	self->receipt_discount = receipt_get_discount(session->receipt);
	self->totals = *receipt_get_totals(session->receipt);
	self->taxes = receipt_dup_taxes(session->receipt);
}

static void fill_day(const Session *session, SessionView *self)
{
	const Receipt *receipt = session->receipt;

	self->is_return = session_is_return(session);
	self->origin = g_strdup(receipt != NULL ? receipt_get_origin(receipt) : "");
	for (TenderKind kind = 0; kind < TENDER_N; kind++)
		self->give_back[kind] = receipt != NULL ? receipt_get_give_back(receipt, kind)
							: session_money(session, 0);
	for (ReceiptCustomer kind = 0; kind < CUSTOMER_N; kind++)
		self->customer[kind] =
			g_strdup(receipt != NULL ? receipt_get_customer(receipt, kind) : "");
	if (session->customer != NULL) {
		g_free(self->customer[CUSTOMER_CARD]);
		self->customer[CUSTOMER_CARD] = g_strdup(session->customer->name);
	}
	self->held = session->held_list != NULL ? g_ptr_array_ref(session->held_list)
						: g_ptr_array_new();
	self->late = MAX(session->late, 0);
	self->late_needs_reason = session->offline == OFFLINE_CORRECTION;
	self->cases = session->cases != NULL ? g_ptr_array_ref(session->cases) : g_ptr_array_new();
}

static void fill_country(const Session *session, SessionView *self)
{
	if (session->country == NULL)
		return;
	self->denominations = session->country->denominations;
	self->buyer = session->country->customer;
}

static void fill_found(const Session *session, SessionView *self)
{
	self->found = g_ptr_array_new_with_free_func(found_free);
	self->found_query = g_strdup(session->found_query != NULL ? session->found_query : "");
	for (guint i = 0; session->found != NULL && i < session->found->len; i++)
		g_ptr_array_add(self->found, found_new(g_ptr_array_index(session->found, i)));
}

/* Receipts wait for a printer that needs somebody. */
static const char *paper_alarm(const Session *session)
{
	return session->papers_owed > 0 && session->devices[SESSION_PRINTER].state == DEVICE_DOWN
		       ? "papers-owed"
		       : NULL;
}

/* An alarm is shown while there is nothing else to say. */
static void fill_message(const Session *session, SessionView *self)
{
	const char *alarm = session->hub_alarm != NULL	    ? session->hub_alarm
			    : session->alarm != NULL	    ? session->alarm
			    : session->fiscal_alarm != NULL ? session->fiscal_alarm
							    : paper_alarm(session);

	self->asks_price = session->pending.item != NULL && !session->pending.weighed &&
			   !session->pending.numbered;
	self->asks_override = session->answer.asks_override;
	self->sound = session->answer.sound;
	if (*session->answer.code == '\0' && alarm != NULL) {
		g_autofree char *owed = number_text_integer(&session->style, session->papers_owed);

		self->tone = sentence_tone(alarm);
		self->message_code = sentence_code(alarm);
		self->message = sentence_dup(alarm, owed, NULL);
		self->message_detail = g_strdup("");
		return;
	}
	self->tone = session->answer.tone;
	self->message_code = session->answer.code;
	self->message = g_strdup(session->answer.message);
	self->message_detail = g_strdup(session->answer.detail);
}

static bool awaits_acceptance(const Session *session)
{
	DeviceFault fault = session->devices[SESSION_FISCAL].fault;

	return session->devices[SESSION_FISCAL].state == DEVICE_DOWN &&
	       (fault == DEVICE_FAULT_REPLACED || fault == DEVICE_FAULT_NUMBER_GAP);
}

/* What a day has beside sales, while the cashier is free for it. */
static SessionActions day_actions(const Session *session, bool has_goods)
{
	bool back = session_is_return(session) && session->state != SESSION_PAID;
	bool has_held = session->held_list != NULL && session->held_list->len > 0;
	SessionActions ret = SESSION_CAN_CUSTOMER;

	if (has_goods && !back)
		ret |= SESSION_CAN_HOLD;
	if (has_goods && back)
		ret = SESSION_CAN_GIVE_BACK;
	if (!has_goods)
		ret |= SESSION_CAN_RETURN | (has_held ? SESSION_CAN_RECALL : 0);
	if (session->late > 0)
		ret |= SESSION_CAN_TELL_LATE;
	return ret;
}

static SessionActions actions_of(const Session *session)
{
	SessionActions accept = awaits_acceptance(session) ? SESSION_CAN_ACCEPT : 0;
	bool has_goods = session->receipt != NULL && session->state != SESSION_PAID &&
			 receipt_get_totals(session->receipt)->n_goods > 0;
	SessionActions reprint =
		session->printer != NULL && (session_fiscal_caps(session) & FISCAL_PRINTS) == 0
			? SESSION_CAN_REPRINT
			: 0;

	switch (session->state) {
	case SESSION_SHIFT_CLOSED:
		return SESSION_CAN_OPEN_SHIFT | SESSION_CAN_LOCK | reprint | accept;
	case SESSION_SELLING:
		return reprint | accept | day_actions(session, has_goods) |
		       (session->pending.weighed ? SESSION_CAN_WEIGH : 0) | SESSION_CAN_SELL |
		       SESSION_CAN_LOCK | SESSION_CAN_REPORT |
		       (!has_goods		     ? SESSION_CAN_CLOSE_SHIFT
			: session_is_return(session) ? SESSION_CAN_EDIT
						     : SESSION_CAN_EDIT | SESSION_CAN_PAY);
	case SESSION_TENDERING:
		return accept | SESSION_CAN_BACK | SESSION_CAN_LOCK |
		       (session_is_return(session) ? SESSION_CAN_GIVE_BACK : SESSION_CAN_PAY);
	case SESSION_CARD_WORKING:
		return SESSION_CAN_BACK;
	case SESSION_CARD_ASKED:
		return session->card_unknown ? SESSION_CAN_RETRY : 0;
	case SESSION_PAID:
		return reprint | accept | day_actions(session, false) | SESSION_CAN_SELL |
		       SESSION_CAN_LOCK | SESSION_CAN_REPORT | SESSION_CAN_CLOSE_SHIFT;
	case SESSION_NEEDS_ATTENTION:
		return SESSION_CAN_RETRY | accept |
		       (session->trouble.outcome == FISCAL_OUTCOME_NOT_MADE &&
					session_may_close_late(session)
				? SESSION_CAN_CLOSE_LATE
				: 0) |
		       (session->trouble.outcome == FISCAL_OUTCOME_NOT_MADE ||
					session->trouble.outcome == FISCAL_OUTCOME_FOREIGN
				? SESSION_CAN_ABANDON
				: 0);
	default:
		return 0;
	}
}

SessionView *session_view_new(Session *session)
{
	SessionView *self = g_new0(SessionView, 1);

	g_atomic_ref_count_init(&self->references);
	self->serial = ++session->serial;
	self->state = session->state;
	self->actions = actions_of(session);
	self->shop = g_strdup(session->shop.name);
	self->till = g_strdup(session->till_name);
	self->cashier = g_strdup(session->cashier != NULL ? session->cashier->name : "");
	self->shift = session->shift.open ? session->shift.number : 0;
	self->currency = session->shop.currency;
	self->card_asked = session->card_asked ? session->card_amount : session_money(session, 0);
	self->card_unknown = session->card_unknown;
	self->card_back = session->card_reversing || session_is_return(session);
	self->weighing = session->pending.item != NULL && session->pending.weighed;
	self->weighing_name = g_strdup(self->weighing ? session->pending.item->name : "");
	self->scale_state = session->weight.state;
	self->weight = session->weight.net;
	self->papers_owed = session->papers_owed;
	self->receipt_number = g_strdup(session->number != NULL ? session->number : "");
	self->shift_totals = session->shift.totals;
	fill_receipt(session, self);
	fill_day(session, self);
	fill_country(session, self);
	fill_found(session, self);
	fill_message(session, self);
	for (int i = 0; i < SESSION_N_DEVICES; i++) {
		self->devices[i].state = session->devices[i].state;
		self->devices[i].fault = session->devices[i].fault;
	}
	self->setup = session->conf != NULL ? g_key_file_ref(session->conf) : NULL;
	self->outbox = session->outbox;
	self->ok = session->answer.ok;
	self->settled = !session->working && !session->sync_asked && !session_is_weighing(session);
	self->answers = session->answer.kind;
	self->mark = session->answer.mark;
	return self;
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
	g_ptr_array_unref(self->lines);
	g_array_unref(self->taxes);
	g_ptr_array_unref(self->found);
	g_free(self->found_query);
	g_free(self->receipt_number);
	g_free(self->weighing_name);
	g_free(self->origin);
	for (ReceiptCustomer kind = 0; kind < CUSTOMER_N; kind++)
		g_free(self->customer[kind]);
	g_ptr_array_unref(self->held);
	g_ptr_array_unref(self->cases);
	if (self->setup != NULL)
		g_key_file_unref(self->setup);
	g_free(self->message);
	g_free(self->message_detail);
	g_free(self);
}
