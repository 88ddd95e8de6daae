/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/quantity.h"
#include "core/tax.h"

#include <jansson.h>

/* One sale: lines in, a total out. Opaque, so that the total cannot disagree with the lines: every
 * change recomputes all of it or is refused and changes nothing.
 *
 *   gross     price × quantity, rounded half away from zero
 *   discount  the line's own plus its share of the receipt's; the share is spread by largest
 *             remainder in proportion to what is left of each line, ties broken by what the lines
 *             are and not by the order they were entered in
 *   net       gross − discount: what the line costs the shopper before exclusive taxes
 *   tax       of net, by the line's tax group; `added` of it comes on top of net
 *   total     sum of net + added: what has to be paid */
typedef struct Receipt Receipt;

#define RECEIPT_ERROR (receipt_error_quark())
GQuark receipt_error_quark(void);
typedef enum {
	RECEIPT_ERROR_NO_LINE, /* no such line, or it is voided */
	RECEIPT_ERROR_QUANTITY, /* not positive, too large, or a part of a piece */
	RECEIPT_ERROR_PRICE, /* negative or too large */
	RECEIPT_ERROR_DISCOUNT, /* negative, over 100 % or more than the amount */
	RECEIPT_ERROR_TOO_LARGE, /* the total would not fit a registrar or 64 bits */
	RECEIPT_ERROR_EMPTY, /* nothing to pay for */
	RECEIPT_ERROR_PAID, /* payment has begun: lines are closed */
	RECEIPT_ERROR_PAYMENT, /* not positive, or more than is due without cash */
	RECEIPT_ERROR_DATA, /* a serialised receipt that does not add up, or a bad text */
	RECEIPT_ERROR_RETURN, /* more than was sold and not returned yet, or not on that receipt */
	RECEIPT_ERROR_MARK, /* that very piece is on the receipt already, or it is not one piece */
} ReceiptError;

typedef enum { TAX_PER_LINE, TAX_PER_RECEIPT } TaxRounding;
typedef enum { RECEIPT_SALE, RECEIPT_RETURN } ReceiptKind;

typedef enum { DISCOUNT_NONE, DISCOUNT_PERCENT, DISCOUNT_AMOUNT } DiscountKind;
typedef struct {
	DiscountKind kind;
	int64_t value; /* hundredths of a percent, or minor units */
} Discount;

typedef enum { TENDER_CASH, TENDER_CARD, TENDER_N } TenderKind;
const char *tender_code(TenderKind kind); /* "cash", "card" */
bool tender_parse(const char *text, TenderKind *ret);

#define RECEIPT_PRICE_RETAIL 1 /* the kind of price that everybody pays */

/* What is sold. Texts are copied by the receipt. */
typedef struct {
	int64_t item_id; /* the office's id */
	const char *code; /* as scanned or typed */
	const char *name;
	Unit unit;
	Money price;
	const TaxGroup *tax; /* copied */
	const char *mark; /* of a marked piece: its whole code as scanned; NULL or "": not marked */
	Discount own; /* from the start: of a pack that is cheaper than its units */
	/* Of a price that was looked up: for which moment (UTC microseconds), and which kind of
	 * price that is. 0 and 0: a person typed it, or a label said it. */
	int64_t priced_at, price_kind;
	/* What the code said of that very piece; NULL or "", and 0, where it said nothing. */
	const char *batch, *serial;
	int32_t expiry; /* YYYYMMDD, the last day of sale */
	const char *classification; /* the tax office's code of the goods; NULL or "": none */
} ReceiptGoods;

/* All that a line was charged. */
typedef struct {
	Quantity quantity;
	Money own_discount, shared_discount, net, added;
	Money taxes[TAX_MAX];
} ReceiptCharge;

/* Where a line of a return comes from. */
typedef struct {
	int line; /* its number on the sale; 0: this is no line of a return by receipt */
	ReceiptCharge sold; /* all of it */
	ReceiptCharge before; /* what earlier returns have given back of it */
} ReceiptBasis;

/* Lent by the receipt until its next change. */
typedef struct {
	int number; /* from 1 in order of entry, never reused */
	bool voided; /* stays to be seen; from gross on, its amounts are zero */
	int64_t item_id;
	const char *code;
	const char *name;
	const char *mark; /* "": not marked */
	int64_t priced_at, price_kind; /* as in ReceiptGoods; of a return 0 */
	const char *batch, *serial, *classification; /* "" where there is none */
	int32_t expiry;
	ReceiptBasis basis; /* of a return */
	Unit unit;
	Quantity quantity;
	Money price;
	TaxGroup tax;
	Discount own; /* as the cashier gave it */
	Money gross, own_discount, shared_discount, net;
	Money taxes[TAX_MAX];
	Money added; /* of the taxes, those on top of net */
} ReceiptLine;

typedef struct {
	TenderKind kind;
	Money amount; /* as handed over: cash may exceed what was due */
	char reference[40]; /* of the card terminal: RRN or what the cashier typed; may be empty */
} ReceiptPayment;

typedef struct {
	Money gross, discount, tax, total;
	Money paid; /* sum of payments */
	Money due; /* total + rounding − paid, not below zero */
	Money cash_due; /* what closes it if the rest is paid in cash: due, rounded to coins. All
			   cash of a receipt is rounded together, whatever the parts it comes in */
	Money rounding; /* what cash rounding has added (or, below zero, taken); 0 until it is paid
			   in cash. A return by receipt knows it from the start */
	Money change; /* of cash */
	int n_goods; /* lines that are not voided */
} ReceiptTotals;

/* One tax of the whole receipt, for the screen and reports. */
typedef struct {
	char code[16];
	int32_t rate;
	bool inclusive;
	Money base; /* sum of net of the lines it stands on */
	Money amount;
} ReceiptTax;

/* What a registrar of 5-byte sums can be told, and more of one thing than any shop sells at once.
 */
#define RECEIPT_MAX_TOTAL INT64_C(99999999999)
#define RECEIPT_MAX_QUANTITY (1000000 * QUANTITY_ONE)
#define RECEIPT_MAX_CASH_STEP 1000000

Receipt *receipt_new(ReceiptKind kind, uint16_t currency, TaxRounding tax_rounding);
void receipt_free(Receipt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Receipt, receipt_free)
/* Cash pays in steps of @step minor units; 1 (as receipt_new() leaves it) is exact. Before any
 * payment. Cash that covers cash_due pays all; the difference to what was due is the receipt's
 * rounding, and kept cash + kept card = total + rounding. A card always pays exactly what is due.
 */
void receipt_set_cash_rounding(Receipt *self, int64_t step, Rounding how);
int64_t receipt_get_cash_rounding(const Receipt *self,
				  Rounding *ret_how); /* @ret_how may be NULL */

/* A return of what is left of @sale (closed, number @sale_number) after the returns @before: all
 * its lines whole. Then receipt_set_quantity() takes less of a line, or puts it back up to what is
 * left, and receipt_void_line() leaves one out; price and discounts cannot be touched. Each amount
 * of a line is charged(before + now) − charged(before), where charged(q) is the sale's own amount ×
 * q / sold, rounded half away: so all returns of a line add up to exactly what was charged, and no
 * order of them gives back more. (Only gross and added are sums: of net and discounts, and of the
 * taxes on top.) Lines are those of the sale that are left, numbered from 1; their discounts are
 * amounts, so `own` and the receipt's discount are DISCOUNT_NONE. RECEIPT_ERROR_RETURN where
 * nothing is left, @sale is no sale or not closed, or one of @before is no closed return of it.
 * @before may come from tills that knew nothing of each other: what they have given back counts as
 * it is, and more than was charged is never given. */
Receipt *receipt_new_return(const Receipt *sale, const char *sale_number,
			    const Receipt *const *before, int n_before, GError **error);
const char *receipt_get_origin(const Receipt *self); /* number of the sale; "" of none; lent */
/* Of a return by receipt: what has to be given back by this kind. Cards get theirs first, up to
 * what they paid; cash gets the rest, rounded as the sale was, so that giving all back gives back
 * exactly what was taken, rounding included. receipt_pay() of such a return takes these sums only:
 * cash in one payment, cards also in parts, as the sale may have been paid with several. Where
 * both are 0 the return is paid from the start, like a receipt of total 0. Of other receipts: 0. */
Money receipt_get_give_back(const Receipt *self, TenderKind kind);

/* Who buys, where the law or the buyer asks for it; also when payment has begun. "" forgets it. At
 * most 64 bytes of UTF-8 without control characters, else RECEIPT_ERROR_DATA. */
typedef enum {
	CUSTOMER_CONTACT, /* phone or mail, for an electronic receipt */
	CUSTOMER_TIN, /* a business */
	CUSTOMER_CONSUMER, /* number of a person in the state's scheme */
	CUSTOMER_CARD, /* of the shop's own customers, by the code of the card */
	CUSTOMER_N
} ReceiptCustomer;
bool receipt_set_customer(Receipt *self, ReceiptCustomer kind, const char *text, GError **error);
const char *receipt_get_customer(const Receipt *self, ReceiptCustomer kind); /* "" of none; lent */

/* What a line is sold at, changed at once: one of them alone could be impossible. */
typedef struct {
	Quantity quantity;
	Money price;
	Discount own;
	int64_t priced_at, price_kind; /* as in ReceiptGoods */
} ReceiptDeal;
ReceiptDeal receipt_line_get_deal(const ReceiptLine *line);

/* All below: on failure the receipt is as it was. A marked line is one piece, and no mark stands on
 * two lines that are not voided; a mark is UTF-8 of at most 255 bytes, with no control character
 * but GS (1Dh): RECEIPT_ERROR_MARK. So it is with a serial number, of one item. */
bool receipt_add(Receipt *self, const ReceiptGoods *goods, Quantity quantity, int *ret_number,
		 GError **error);
bool receipt_set_quantity(Receipt *self, int number, Quantity quantity, GError **error);
bool receipt_set_price(Receipt *self, int number, Money price, GError **error);
bool receipt_set_deal(Receipt *self, int number, const ReceiptDeal *deal, GError **error);
bool receipt_discount_line(Receipt *self, int number, Discount discount, GError **error);
bool receipt_void_line(Receipt *self, int number, GError **error);
/* Replaces the receipt's discount; DISCOUNT_NONE removes it. An amount that later exceeds what is
 * left of the lines (after a void) is cut to it. */
bool receipt_discount(Receipt *self, Discount discount, GError **error);
/* Refused on an empty receipt. A card pays at most what is due; cash may exceed it, and change is
 * given from cash alone. Cash that reaches due but not cash_due is neither a part nor all of it:
 * RECEIPT_ERROR_PAYMENT. Where cash_due is 0 and due is not, cash of 0 closes it. @reference may be
 * NULL. */
bool receipt_pay(Receipt *self, TenderKind kind, Money amount, const char *reference,
		 GError **error);
/* Takes back all payments: the cashier went back to the goods. */
void receipt_clear_payments(Receipt *self);

ReceiptKind receipt_get_kind(const Receipt *self);
uint16_t receipt_get_currency(const Receipt *self);
TaxRounding receipt_get_tax_rounding(const Receipt *self);
Discount receipt_get_discount(const Receipt *self);
int receipt_get_n_lines(const Receipt *self); /* voided ones too */
const ReceiptLine *receipt_get_line(const Receipt *self, int index); /* from 0; lent */
const ReceiptLine *receipt_find_line(const Receipt *self, int number); /* NULL if none or voided */
const ReceiptTotals *receipt_get_totals(const Receipt *self);
int receipt_get_n_payments(const Receipt *self);
const ReceiptPayment *receipt_get_payment(const Receipt *self, int index);
/* What the drawer keeps of the sale by kind: cash is net of change. */
Money receipt_get_kept(const Receipt *self, TenderKind kind);
/* Array of ReceiptTax, sorted by code and rate. Own it. */
GArray *receipt_dup_taxes(const Receipt *self);
bool receipt_is_paid(const Receipt *self); /* due is zero and something was bought */

/* The form that the journal, the hub and a restart use. Amounts are minor units, quantities
 * micro-units, all integers; every derived amount is in it too, so that a reader needs no rules.
 *
 *   {"kind":"sale"|"return", "currency":643, "rounding":"line"|"receipt", "discount":DISCOUNT,
 *    "lines":[{"n":1, "voided":false, "item":7, "code":"…", "name":"…", "unit":"kg",
 *              "quantity":1234000, "price":8990, "own":DISCOUNT, "gross":11094, "own_discount":0,
 *              "shared_discount":0, "net":11094, "added":0, "tax":0, "taxes":[1009]}],
 *    "tax_groups":[{"id":2, "code":"VAT10", "rates":[{"code":"VAT", "rate":1000,
 *                   "inclusive":true, "first_day":0, "fiscal":"reduced"}]}],
 *    "payments":[{"kind":"cash"|"card", "amount":20000, "reference":""}],
 *    "taxes":[{"code":"VAT", "rate":1000, "inclusive":true, "base":11094, "amount":1009}],
 *    "kept":{"cash":11094, "card":0},
 *    "totals":{"gross":…, "discount":…, "tax":…, "total":…, "paid":…, "due":…, "change":…,
 * "goods":1}}
 *
 * and, only where they are not empty (receipts of older tills have none of them):
 *   "cash_rounding":{"step":100, "how":"half-away"|"half-even"|"down"} and "rounding" in totals:
 *             both, or neither where the step is 1
 *   "customer":{"contact":"…", "tin":"…", "consumer":"…", "card":"…"}
 *   "mark":"…", "batch":"…", "serial":"…", "class":"…" and "expiry":20261231 in a line
 *   "at":1795903612000000 in a line whose price was looked up, and "kind":2 where it is not retail
 *   "origin":{"number":"T1-000017", "total":…, "rounding":…, "kept":{…}, "returned":{"total":…,
 *             "kept":{…}}} of a return, and in its lines "basis":{"line":1, "sold":CHARGE,
 *             "before":CHARGE}; its amounts are verified from these, not from its price
 *
 * where CHARGE is {"quantity":…, "own_discount":…, "shared_discount":…, "net":…, "added":…,
 * "taxes":[…]} and DISCOUNT is {"kind":"none"|"percent"|"amount", "value":0}. A line's "tax" is the
 * place of its group in tax_groups, from 0; groups stand in the order of their first line, none
 * twice. A line's taxes stand in the order of its group's rates; quantity and price stay on a
 * voided line, its amounts are zero. */
json_t *receipt_to_json(const Receipt *self);
/* The same as canonical text at the end of @to, several times quicker. @key as in json_text.h. */
void receipt_write(const Receipt *self, const char *key, GString *to);
/* Rebuilds and recomputes; RECEIPT_ERROR_DATA if anything is missing, out of its bounds, or differs
 * from what is stored. Members it does not know are ignored: a newer till may add some. */
Receipt *receipt_from_json(const json_t *json, GError **error);
/* One of tax_groups alone, for whoever keeps a line elsewhere. False where it is malformed. */
void tax_group_write(const TaxGroup *self, const char *key, GString *to);
bool tax_group_from_json(const json_t *json, TaxGroup *ret) G_GNUC_WARN_UNUSED_RESULT;

/* Spreads @total over @n weights in proportion, by largest remainder: parts add up to @total
 * exactly and no part exceeds its weight when @total does not exceed their sum. @order breaks ties
 * (smaller first); weights are not negative. Writes parts only on success. */
bool spread_largest_remainder(int64_t total, const int64_t *weights, const uint64_t *order, int n,
			      int64_t *parts) G_GNUC_WARN_UNUSED_RESULT;
