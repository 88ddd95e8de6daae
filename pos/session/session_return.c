/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

#include <string.h>

/* Goods that come back, by the receipt they were sold with: never more than was sold, and exactly
 * what was charged, to the kind of payment it came from. */

bool session_is_return(const Session *self)
{
	return self->receipt != NULL && receipt_get_kind(self->receipt) == RECEIPT_RETURN;
}

/* --- which receipt ---------------------------------------------------------------------------- */

/* "T1-000017" */
static bool is_number(const char *text)
{
	const char *dash = strchr(text, '-');

	if (text[0] != 'T' || dash == NULL || dash == text + 1 || dash[1] == '\0')
		return false;
	return strspn(text + 1, "0123456789") == (size_t)(dash - text - 1) &&
	       strspn(dash + 1, "0123456789") == strlen(dash + 1);
}

/* A member of a fiscal QR: "t=20260603T1017&s=245.94&fn=9999078900012345&i=58&fp=…&n=1"
 * (fiscal-model.md §8). */
static char *dup_member(const char *text, const char *name)
{
	g_auto(GStrv) members = g_strsplit(text, "&", -1);
	size_t len = strlen(name);

	for (int i = 0; members[i] != NULL; i++)
		if (strncmp(members[i], name, len) == 0 && members[i][len] == '=')
			return g_strdup(members[i] + len + 1);
	return NULL;
}

static char *find_by_qr(Session *self, const char *text)
{
	g_autofree char *serial = dup_member(text, "fn"), *document = dup_member(text, "i");
	g_autoptr(GError) error = NULL;
	char *number = NULL;
	guint64 value;

	if (serial == NULL || document == NULL ||
	    !g_ascii_string_to_unsigned(document, 10, 1, UINT32_MAX, &value, NULL))
		return NULL;
	if (!till_db_dup_number_of(self->db, serial, (uint32_t)value, &number, &error))
		g_debug("receipt by its QR: %s", error->message);
	return number;
}

bool session_is_receipt_code(Session *self, const char *text, char **ret_number)
{
	*ret_number = is_number(text) ? g_strdup(text) : find_by_qr(self, text);
	return *ret_number != NULL;
}

/* --- the return ------------------------------------------------------------------------------- */

/* Of another till it is empty. */
static bool find_own_sale(Session *self, const char *number, TillSold *ret)
{
	g_autoptr(GError) error = NULL;

	return till_db_find_sold(self->db, number, ret, &error) ||
	       session_refuse_store(self, error);
}

static const Receipt *find_sale(Session *self, const char *number, const TillSold *own,
				const OfficeReceipt *office)
{
	const Receipt *sale = own->seq != 0    ? own->receipt
			      : office != NULL ? office->receipt
					       : NULL;

	if (sale == NULL)
		session_refuse(self, "no-such-receipt", number, NULL);
	else if (own->late)
		session_refuse(self, "sale-not-told", number, NULL);
	else if (strcmp(own->proof.doubt, "number-unknown") == 0)
		session_refuse(self, "sale-number-lost", number, NULL);
	else if (receipt_get_kind(sale) != RECEIPT_SALE)
		session_refuse(self, "is-a-return", number, NULL);
	else
		return sale;
	return NULL;
}

static bool is_among(const GPtrArray *own, const char *number)
{
	for (guint i = 0; i < own->len; i++)
		if (g_str_equal(((const TillSold *)g_ptr_array_index(own, i))->number, number))
			return true;
	return false;
}

/* What came back of it: here, as this till knows before the office, and elsewhere. */
static void collect_returns(const GPtrArray *own, const OfficeReceipt *office, GPtrArray *ret)
{
	for (guint i = 0; i < own->len; i++)
		g_ptr_array_add(ret, ((const TillSold *)g_ptr_array_index(own, i))->receipt);
	for (guint i = 0; office != NULL && i < office->returns->len; i++) {
		const OfficeReturn *back = g_ptr_array_index(office->returns, i);

		if (!is_among(own, back->number))
			g_ptr_array_add(ret, back->receipt);
	}
}

/* Who bought is who brings back. What the sale took, its return takes. */
static void take_customer(Receipt *receipt, const Receipt *sale)
{
	for (ReceiptCustomer kind = 0; kind < CUSTOMER_N; kind++)
		if (!receipt_set_customer(receipt, kind, receipt_get_customer(sale, kind), NULL))
			g_assert_not_reached();
}

static Receipt *make_return(Session *self, const char *number, const Receipt *sale,
			    const OfficeReceipt *office)
{
	g_autoptr(GPtrArray) own = NULL, all = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	Receipt *ret;

	if (!till_db_load_returns(self->db, number, &own, &error)) {
		session_refuse_store(self, error);
		return NULL;
	}
	collect_returns(own, office, all);
	ret = receipt_new_return(sale, number, (const Receipt *const *)all->pdata, (int)all->len,
				 &error);
	if (ret == NULL)
		session_refuse(self, "nothing-left", number, NULL);
	else
		take_customer(ret, sale);
	return ret;
}

/* The line of the return that is line @origin of the sale. */
static const ReceiptLine *find_origin(const Receipt *receipt, int64_t origin)
{
	for (int i = 0; i < receipt_get_n_lines(receipt); i++) {
		const ReceiptLine *line = receipt_get_line(receipt, i);

		if (line->basis.line == origin)
			return line;
	}
	return NULL;
}

typedef struct {
	int64_t line;
	Quantity quantity;
} Wanted;

static bool is_wanted(const GArray *all, int line, Quantity *ret)
{
	for (guint i = 0; i < all->len; i++) {
		const Wanted *wanted = &g_array_index(all, Wanted, i);

		if (wanted->line == line) {
			*ret = wanted->quantity;
			return true;
		}
	}
	return false;
}

/* "LINE QUANTITY LINE QUANTITY …" */
static bool read_wanted(Session *self, char **words, GArray *ret)
{
	for (int i = 0; words[i] != NULL; i += 2) {
		Wanted wanted;
		Quantity twice; /* a line is named once, or nobody knows how much is meant */

		if (words[i + 1] == NULL ||
		    !g_ascii_string_to_signed(words[i], 10, 1, INT_MAX, &wanted.line, NULL) ||
		    !quantity_parse_decimal(words[i + 1], &wanted.quantity) ||
		    wanted.quantity.micro <= 0 || is_wanted(ret, (int)wanted.line, &twice))
			return session_refuse(self, "bad-quantity",
					      words[i + 1] != NULL ? words[i + 1] : words[i], NULL);
		g_array_append_val(ret, wanted);
	}
	return true;
}

/* Leaves the lines that were named, as much of them as was named. */
static bool narrow(Session *self, Receipt *receipt, const GArray *wanted)
{
	g_autoptr(GError) error = NULL;

	for (guint i = 0; i < wanted->len; i++) {
		int64_t line = g_array_index(wanted, Wanted, i).line;
		g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, line);

		if (find_origin(receipt, line) == NULL)
			return session_refuse(self, "line-not-left", text, NULL);
	}
	for (int i = 0; wanted->len > 0 && i < receipt_get_n_lines(receipt); i++) {
		const ReceiptLine *line = receipt_get_line(receipt, i);
		Quantity quantity;

		if (is_wanted(wanted, line->basis.line, &quantity)
			    ? !receipt_set_quantity(receipt, line->number, quantity, &error)
			    : !receipt_void_line(receipt, line->number, &error))
			return session_refuse_receipt(self, error, NULL);
	}
	return true;
}

static bool check_free(Session *self)
{
	if (self->pending.item != NULL)
		return session_refuse_pending(self);
	if (self->state == SESSION_PAID) {
		session_forget_receipt(self);
		session_enter(self, SESSION_SELLING);
	}
	if (self->receipt != NULL && receipt_get_totals(self->receipt)->n_goods > 0)
		return session_refuse(self, "receipt-open", NULL, NULL);
	return true;
}

/* Takes @receipt as the open one. */
static bool open_return(Session *self, Receipt *receipt)
{
	session_forget_receipt(self);
	self->receipt = receipt;
	session_enter(self, SESSION_SELLING);
	if (!session_save(self, 0))
		return false;
	session_display_total(self);
	session_tell(self, "return-open", receipt_get_origin(receipt), NULL);
	return true;
}

/* Another till may have sold it, or have taken it back: the office knows. Where it does not answer
 * what this till sold is taken back all the same, and the office finds out if that was too much. */
static bool wants_office(Session *self, const char *number, const TillSold *own)
{
	if (self->agent == NULL)
		return false;
	return own->seq == 0 ? !till_db_is_own_number(self->db, number)
			     : self->devices[SESSION_HUB].state == DEVICE_READY;
}

static bool open_from(Session *self, char **words, const char *number, const TillSold *own,
		      const OfficeReceipt *office)
{
	g_autoptr(GArray) wanted = g_array_new(FALSE, FALSE, sizeof(Wanted));
	const Receipt *sale = find_sale(self, number, own, office);
	g_autoptr(Receipt) receipt = NULL;

	if (sale == NULL || !read_wanted(self, words + 1, wanted))
		return false;
	receipt = make_return(self, number, sale, office);
	return receipt != NULL && narrow(self, receipt, wanted) &&
	       open_return(self, g_steal_pointer(&receipt));
}

static bool finish_event(Session *self, const SessionEvent *event)
{
	SessionEvent give_back = *event;

	give_back.kind = SESSION_GIVE_BACK;
	return event->kind != SESSION_RETURN || !event->flag ||
	       session_on_give_back(self, &give_back);
}

bool session_go_on_return(Session *self, const SessionEvent *event, const OfficeReceipt *office)
{
	g_auto(GStrv) words = g_strsplit(event->text, " ", -1);
	g_autofree char *number = NULL;
	g_auto(TillSold) own = { 0 };

	return session_is_receipt_code(self, words[0], &number) &&
	       find_own_sale(self, number, &own) && open_from(self, words, number, &own, office) &&
	       finish_event(self, event);
}

bool session_begin_return(Session *self, const SessionEvent *event, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	g_autofree char *number = NULL;
	g_auto(TillSold) own = { 0 };

	if (!check_free(self))
		return false;
	if (words[0] == NULL || !session_is_receipt_code(self, words[0], &number))
		return session_refuse(self, "no-such-receipt", text, NULL);
	if (!session_may(self, event, TILL_RIGHT_RETURN, "return-right", NULL) ||
	    !find_own_sale(self, number, &own))
		return false;
	if (wants_office(self, number, &own))
		return session_ask_office(self, event, text, number);
	return open_from(self, words, number, &own, NULL) && finish_event(self, event);
}

bool session_on_return(Session *self, const SessionEvent *event)
{
	g_autofree char *text = g_strstrip(g_strdup(event->text != NULL ? event->text : ""));

	return session_begin_return(self, event, text);
}

/* --- the money -------------------------------------------------------------------------------- */

static Money left_of(const Session *self, TenderKind kind)
{
	Money left = receipt_get_give_back(self->receipt, kind);

	for (int i = 0; i < receipt_get_n_payments(self->receipt); i++) {
		const ReceiptPayment *payment = receipt_get_payment(self->receipt, i);

		if (payment->kind == kind)
			left.minor -= payment->amount.minor;
	}
	return left;
}

static bool give_cash(Session *self, Money amount)
{
	g_autoptr(GError) error = NULL;

	if (!receipt_pay(self->receipt, TENDER_CASH, amount, NULL, &error))
		return session_refuse_receipt(self, error, NULL);
	return session_save(self, 0);
}

/* The card first: what a terminal refuses is not handed out in cash by the way. */
bool session_give_back(Session *self)
{
	Money card = left_of(self, TENDER_CARD), cash = left_of(self, TENDER_CASH);

	if (card.minor > 0)
		return session_card_give_back(self, card);
	if (cash.minor > 0 && !give_cash(self, cash))
		return false;
	return session_make_sale(self);
}

/* A service that is told the rest of a sale cannot be told that nothing is left of what a business
 * bought (fiscal-ebarimt.md §5): no money goes back for what could not be booked. */
static bool check_service(Session *self)
{
	bool is_all = true;

	if ((session_fiscal_caps(self) & FISCAL_PAPER_ONLY) == 0 ||
	    *receipt_get_customer(self->receipt, CUSTOMER_TIN) == '\0')
		return true;
	for (int i = 0; i < receipt_get_n_lines(self->receipt); i++) {
		const ReceiptLine *line = receipt_get_line(self->receipt, i);

		is_all = is_all && !line->voided &&
			 line->quantity.micro == line->basis.sold.quantity.micro -
							 line->basis.before.quantity.micro;
	}
	return !is_all || session_refuse(self, "business-all", NULL, NULL);
}

bool session_on_give_back(Session *self, const SessionEvent *event)
{
	if (!session_is_return(self))
		return session_refuse(self, "no-return", NULL, NULL);
	return session_hold_payment(self, event) ||
	       (session_check_ready(self) && check_service(self) && session_give_back(self));
}
