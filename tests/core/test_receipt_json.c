/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/journal.h"
#include "core/receipt.h"

#include <stdlib.h>
#include <string.h>

#define RUB 643

static const TaxGroup both = {
	.id = 4,
	.code = "BOTH",
	.n_rates = 2,
	.rates = { { "VAT", 1000, true, 20190101, FISCAL_TAX_REDUCED },
		   { "CITY", 200, false, 0, FISCAL_TAX_OTHER } },
};

static const TaxGroup none = { .id = 5, .code = "NONE" };

/* Something of everything: 4 lines of two tax groups, one voided, both kinds of discount, both
 * kinds of payment. */
static Receipt *rich_receipt(TaxRounding rounding)
{
	Receipt *receipt = receipt_new(RECEIPT_SALE, RUB, rounding);
	ReceiptGoods goods = { .item_id = 7,
			       .code = "4601234567893",
			       .name = "Сыр \"Ө\"\\",
			       .unit = UNIT_KILOGRAM,
			       .price = { 64990, RUB },
			       .tax = &both };
	Money card = { 10000, RUB }, cash = { 500000, RUB };

	for (int i = 1; i <= 4; i++) {
		goods.tax = i == 3 ? &none : &both;
		g_assert_true(receipt_add(receipt, &goods, (Quantity){ i * 333000 }, NULL, NULL));
	}
	g_assert_true(receipt_discount_line(receipt, 1, (Discount){ DISCOUNT_PERCENT, 725 }, NULL));
	g_assert_true(receipt_void_line(receipt, 2, NULL));
	g_assert_true(receipt_discount(receipt, (Discount){ DISCOUNT_AMOUNT, 5001 }, NULL));
	g_assert_true(receipt_pay(receipt, TENDER_CARD, card, "12\t\x01\"\\", NULL));
	g_assert_true(receipt_pay(receipt, TENDER_CASH, cash, NULL, NULL));
	return receipt;
}

static json_t *rich_json(TaxRounding rounding)
{
	g_autoptr(Receipt) receipt = rich_receipt(rounding);

	return receipt_to_json(receipt);
}

/* What remains of a sale that has all a receipt can say, after some of it came back. */
static Receipt *rich_return(void)
{
	static const TaxGroup *const taxes[] = { &both, &none, &both };
	g_autoptr(Receipt) sale = receipt_new(RECEIPT_SALE, RUB, TAX_PER_RECEIPT);
	g_autoptr(Receipt) first = NULL;
	ReceiptGoods goods = { .code = "", .name = "Вода", .price = { 3345, RUB } };
	const Receipt *before;
	Receipt *self;

	receipt_set_cash_rounding(sale, 100, ROUND_HALF_EVEN);
	for (size_t i = 0; i < G_N_ELEMENTS(taxes); i++) {
		goods.tax = taxes[i];
		goods.mark = i == 1 ? "0104601234567893215abc\x1d"
				      "93dGVz"
				    : NULL;
		g_assert_true(receipt_add(sale, &goods, (Quantity){ i == 1 ? 1000000 : 3000000 },
					  NULL, NULL));
	}
	g_assert_true(receipt_discount_line(sale, 1, (Discount){ DISCOUNT_PERCENT, 333 }, NULL));
	g_assert_true(receipt_discount(sale, (Discount){ DISCOUNT_AMOUNT, 101 }, NULL));
	g_assert_true(receipt_pay(sale, TENDER_CARD, (Money){ 9000, RUB }, NULL, NULL));
	g_assert_true(receipt_pay(sale, TENDER_CASH, (Money){ 50000, RUB }, NULL, NULL));
	first = receipt_new_return(sale, "T1-000017", NULL, 0, NULL);
	g_assert_true(receipt_set_quantity(first, 1, (Quantity){ 1000000 }, NULL));
	g_assert_true(receipt_void_line(first, 2, NULL));
	g_assert_true(receipt_set_quantity(first, 3, (Quantity){ 2000000 }, NULL));
	for (TenderKind kind = 0; kind < TENDER_N; kind++)
		g_assert_true(
			receipt_pay(first, kind, receipt_get_give_back(first, kind), NULL, NULL));

	before = first;
	self = receipt_new_return(sale, "T1-000017", &before, 1, NULL);
	g_assert_true(receipt_set_quantity(self, 1, (Quantity){ 1000000 }, NULL));
	g_assert_true(receipt_void_line(self, 3, NULL));
	g_assert_true(receipt_set_customer(self, CUSTOMER_CONTACT, "+79161234567", NULL));
	g_assert_true(receipt_set_customer(self, CUSTOMER_TIN, "7701234567", NULL));
	g_assert_true(receipt_pay(self, TENDER_CASH, receipt_get_give_back(self, TENDER_CASH), NULL,
				  NULL));
	g_assert_true(receipt_is_paid(self));
	return self;
}

static json_t *rich_return_json(void)
{
	g_autoptr(Receipt) receipt = rich_return();

	return receipt_to_json(receipt);
}

static void check_refused(const json_t *json)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(receipt_from_json(json, &error));
	g_assert_error(error, RECEIPT_ERROR, RECEIPT_ERROR_DATA);
}

/* True if it is a receipt, which then comes out as it went in. */
static bool check_whole_or_refused(const json_t *json)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Receipt) receipt = receipt_from_json(json, &error);
	json_t *again;

	if (receipt == NULL) {
		g_assert_error(error, RECEIPT_ERROR, RECEIPT_ERROR_DATA);
		return false;
	}
	again = receipt_to_json(receipt);
	g_assert_true(json_equal(again, json));
	json_decref(again);
	return true;
}

static void test_comes_back(void)
{
	json_t *json;

	for (TaxRounding rounding = TAX_PER_LINE; rounding <= TAX_PER_RECEIPT; rounding++) {
		json = rich_json(rounding);
		g_assert_true(check_whole_or_refused(json));
		json_decref(json);
	}
	json = rich_return_json();
	g_assert_true(check_whole_or_refused(json));
	json_decref(json);
}

/* Outside readers count on these names; a change here is a change of the journal's format. */
static void test_form_stays(void)
{
	static const char *const expected =
		"{\"currency\":643,\"discount\":{\"kind\":\"none\",\"value\":0},"
		"\"kept\":{\"card\":0,\"cash\":10000},\"kind\":\"return\",\"lines\":[{\"added\":0,"
		"\"code\":\"\",\"gross\":11094,\"item\":7,\"n\":1,\"name\":\"Яблоки\",\"net\":"
		"11094,"
		"\"own\":{\"kind\":\"none\",\"value\":0},\"own_discount\":0,\"price\":8990,"
		"\"quantity\":1234000,\"shared_discount\":0,\"tax\":0,\"taxes\":[1009],\"unit\":"
		"\"kg\",\"voided\":false}],"
		"\"payments\":[{\"amount\":10000,\"kind\":\"cash\",\"reference\":\"\"}],"
		"\"rounding\":\"line\",\"tax_groups\":[{\"code\":\"VAT10\",\"id\":2,"
		"\"rates\":[{\"code\":\"VAT\",\"first_day\":0,\"fiscal\":\"reduced\",\"inclusive\":"
		"true,\"rate\":1000}]}],\"taxes\":[{\"amount\":1009,\"base\":11094,\"code\":"
		"\"VAT\","
		"\"inclusive\":true,\"rate\":1000}],\"totals\":{\"change\":0,\"discount\":0,"
		"\"due\":1094,\"goods\":1,\"gross\":11094,\"paid\":10000,\"tax\":1009,"
		"\"total\":11094}}";
	static const TaxGroup vat10 = {
		2, "VAT10", 1, { { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED } }
	};
	g_autoptr(Receipt) receipt = receipt_new(RECEIPT_RETURN, RUB, TAX_PER_LINE);
	ReceiptGoods apples = { .item_id = 7,
				.code = "",
				.name = "Яблоки",
				.unit = UNIT_KILOGRAM,
				.price = { 8990, RUB },
				.tax = &vat10 };
	json_t *json;
	char *text;

	g_assert_true(receipt_add(receipt, &apples, (Quantity){ 1234000 }, NULL, NULL));
	g_assert_true(receipt_pay(receipt, TENDER_CASH, (Money){ 10000, RUB }, NULL, NULL));
	json = receipt_to_json(receipt);
	text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
	g_assert_cmpstr(text, ==, expected);
	free(text);
	json_decref(json);
}

/* As the till writes it and the hub reads it. */
static void test_goes_through_the_journal(void)
{
	g_autoptr(Receipt) receipt = rich_receipt(TAX_PER_LINE);
	json_t *json = receipt_to_json(receipt), *details = json_pack("{s:i}", "seq", 17), *body;
	g_auto(JournalEntry) sealed = { 0 }, opened = { 0 };
	g_autoptr(GError) error = NULL;

	journal_entry_seal(&sealed, 1, 1795420800000000, JOURNAL_RECEIPT, 2, 118, details, receipt,
			   JOURNAL_FIRST_HASH);
	body = journal_entry_open_json(&opened, sealed.body, sealed.hash, 1, JOURNAL_FIRST_HASH,
				       &error);
	g_assert_no_error(error);
	g_assert_true(json_equal(json_object_get(body, "receipt"), json));
	g_assert_true(check_whole_or_refused(json_object_get(body, "receipt")));
	json_decref(body);
	json_decref(details);
	json_decref(json);
}

/* Straight to text, sorted by who wrote the writer: the same as jansson makes of the values. */
static void test_text_is_canonical(void)
{
	for (TaxRounding rounding = TAX_PER_LINE; rounding <= TAX_PER_RECEIPT; rounding++) {
		g_autoptr(Receipt) receipt = rich_receipt(rounding);
		g_autoptr(GString) text = g_string_new(NULL);
		json_t *json = receipt_to_json(receipt);
		g_autofree char *canonical = journal_canonical(json);

		receipt_write(receipt, NULL, text);
		g_assert_cmpstr(text->str, ==, canonical);
		json_decref(json);
	}
}

static void test_text_of_return_is_canonical(void)
{
	g_autoptr(Receipt) receipt = rich_return();
	g_autoptr(GString) text = g_string_new(NULL);
	json_t *json = receipt_to_json(receipt);
	g_autofree char *canonical = journal_canonical(json);

	receipt_write(receipt, NULL, text);
	g_assert_cmpstr(text->str, ==, canonical);
	g_assert_nonnull(strstr(text->str, "\"mark\":\"0104601234567893215abc\\u001D93dGVz\""));
	json_decref(json);
}

/* Groups stand in the order of their first line, each once, none without a line. */
static void test_tax_groups_in_disorder(void)
{
	json_t *json = rich_json(TAX_PER_LINE), *lines = json_object_get(json, "lines");
	json_t *groups = json_object_get(json, "tax_groups");
	json_t *first = json_incref(json_array_get(groups, 0));
	json_t *second = json_incref(json_array_get(groups, 1));

	g_assert_cmpuint(json_array_size(groups), ==, 2);
	json_array_append(groups, first); /* twice */
	check_refused(json);
	json_object_set_new(json_array_get(lines, 3), "tax", json_integer(2));
	check_refused(json);
	json_object_set_new(json_array_get(lines, 3), "tax", json_integer(0));
	json_array_remove(groups, 2);
	g_assert_true(check_whole_or_refused(json));
	json_array_set(groups, 0, second);
	json_array_set(groups, 1, first);
	check_refused(json);
	json_array_clear(groups);
	check_refused(json);
	json_decref(first);
	json_decref(second);
	json_decref(json);
}

/* Calls @tamper with every place of @json that can be changed, put back after each call. */
typedef void (*Tamper)(json_t *root, json_t *object, const char *key, json_t *value);

static void at_every_member(json_t *root, json_t *json, Tamper tamper)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
	const char *key;
	json_t *value;
	size_t i;

	json_array_foreach(json, i, value) at_every_member(root, value, tamper);
	json_object_foreach(json, key, value) g_ptr_array_add(keys, g_strdup(key));
	for (guint k = 0; k < keys->len; k++) {
		value = json_incref(json_object_get(json, keys->pdata[k]));
		at_every_member(root, value, tamper);
		tamper(root, json, keys->pdata[k], value);
		json_object_set(json, keys->pdata[k], value);
		json_decref(value);
	}
}

static void leave_out(json_t *root, json_t *object, const char *key, json_t *value)
{
	json_object_del(object, key);
	check_refused(root);
}

static void test_every_member_is_needed(void)
{
	json_t *json = rich_json(TAX_PER_LINE);

	at_every_member(json, json, leave_out);
	g_assert_true(check_whole_or_refused(json));
	json_decref(json);
}

/* The buyer may be unknown, wholly or in part, and goods may be unmarked. */
static void leave_out_of_return(json_t *root, json_t *object, const char *key, json_t *value)
{
	static const char *const optional[] = { "customer", "contact", "tin", "mark" };

	json_object_del(object, key);
	for (size_t i = 0; i < G_N_ELEMENTS(optional); i++) {
		if (g_str_equal(optional[i], key)) {
			g_assert_true(check_whole_or_refused(root));
			return;
		}
	}
	check_refused(root);
}

static void test_every_member_of_return_is_needed(void)
{
	json_t *json = rich_return_json();

	at_every_member(json, json, leave_out_of_return);
	json_object_clear(json_object_get(json, "customer"));
	check_refused(json);
	json_decref(json);
}

/* Values of all kinds, where most do not belong: no crash, and what is taken is whole. */
static void replace(json_t *root, json_t *object, const char *key, json_t *value)
{
	static const int64_t numbers[] = { 0, 1, -1, 2, 10000, INT32_MAX, INT64_MAX, INT64_MIN };

	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
		json_object_set_new(object, key, json_integer(numbers[i]));
		check_whole_or_refused(root);
	}
	json_object_set_new(object, key, json_string("cash"));
	check_whole_or_refused(root);
	json_object_set_new(object, key, json_stringn("a\0b", 3));
	check_refused(root);
	json_object_set_new(object, key, json_real(1.0));
	check_refused(root);
	json_object_set_new(object, key, json_null());
	check_refused(root);
	json_object_set_new(object, key, json_array());
	check_whole_or_refused(root);
	json_object_set_new(object, key, json_object());
	check_refused(root);
	json_object_set_new(object, key, json_true());
	check_whole_or_refused(root);
}

static void test_any_value_anywhere(void)
{
	json_t *json = rich_json(TAX_PER_RECEIPT);

	at_every_member(json, json, replace);
	g_assert_true(check_whole_or_refused(json));
	json_decref(json);
}

static void test_any_value_anywhere_in_return(void)
{
	json_t *json = rich_return_json();

	at_every_member(json, json, replace);
	g_assert_true(check_whole_or_refused(json));
	json_decref(json);
}

/* A kopeck more in any derived amount is seen. */
static void one_more(json_t *root, json_t *object, const char *key, json_t *value)
{
	static const char *const derived[] = {
		"n",	  "gross",   "own_discount", "shared_discount",
		"net",	  "added",   "base",	     "amount",
		"tax",	  "total",   "paid",	     "due",
		"change", "goods",   "discount",     "cash",
		"card",	  "currency"
	};

	for (size_t i = 0; i < G_N_ELEMENTS(derived); i++) {
		if (!g_str_equal(derived[i], key) || !json_is_integer(value))
			continue;
		json_object_set_new(object, key, json_integer(json_integer_value(value) + 1));
		check_refused(root);
	}
}

static void test_one_kopeck_more(void)
{
	json_t *json = rich_json(TAX_PER_LINE);
	json_t *line = json_array_get(json_object_get(json, "lines"), 0);
	json_t *taxes = json_object_get(line, "taxes");

	at_every_member(json, json, one_more);
	g_assert_true(check_whole_or_refused(json));
	json_integer_set(json_array_get(taxes, 1),
			 json_integer_value(json_array_get(taxes, 1)) + 1);
	check_refused(json);
	json_decref(json);
}

static void check_more_is_refused(json_t *root, json_t *object, const char *key)
{
	int64_t value = json_integer_value(json_object_get(object, key));

	json_object_set_new(object, key, json_integer(value + 1));
	check_refused(root);
	json_object_set_new(object, key, json_integer(value));
}

/* Lines come from their basis, sums from the lines, and money from what the sale has taken. */
static void test_one_kopeck_more_in_return(void)
{
	static const char *const charge[] = { "net", "own_discount", "added" };
	json_t *json = rich_return_json(), *origin = json_object_get(json, "origin");
	json_t *line = json_array_get(json_object_get(json, "lines"), 0);
	json_t *before = json_object_get(json_object_get(line, "basis"), "before");

	for (size_t i = 0; i < G_N_ELEMENTS(charge); i++) {
		check_more_is_refused(json, line, charge[i]);
		check_more_is_refused(json, before, charge[i]);
	}
	check_more_is_refused(json, line, "gross");
	check_more_is_refused(json, origin, "total");
	check_more_is_refused(json, origin, "rounding");
	check_more_is_refused(json, json_object_get(origin, "kept"), "card");
	check_more_is_refused(json, json_object_get(origin, "kept"), "cash");
	check_more_is_refused(json, json_object_get(json_object_get(origin, "returned"), "kept"),
			      "cash");
	check_more_is_refused(json, json_object_get(json, "totals"), "rounding");
	check_more_is_refused(json, json_object_get(json, "totals"), "paid");
	check_more_is_refused(json, json_array_get(json_object_get(json, "payments"), 0), "amount");
	g_assert_true(check_whole_or_refused(json));
	json_decref(json);
}

/* More than was sold, of one line or in all, and lines that stand in no order of a sale. */
static void test_return_of_more(void)
{
	json_t *json = rich_return_json(), *origin = json_object_get(json, "origin");
	json_t *line = json_array_get(json_object_get(json, "lines"), 0), *second;
	int64_t total = json_integer_value(json_object_get(origin, "total"));

	json_object_set_new(line, "quantity", json_integer(3000000)); /* of 3, 1 came back before */
	check_refused(json);
	json_object_set_new(line, "quantity", json_integer(1000000));
	g_assert_true(check_whole_or_refused(json));
	json_object_set_new(json_object_get(origin, "returned"), "total", json_integer(total));
	check_refused(json);
	json_decref(json);

	json = rich_return_json();
	second = json_array_get(json_object_get(json, "lines"), 1);
	json_object_set_new(json_object_get(second, "basis"), "line", json_integer(1));
	check_refused(json);
	json_object_set_new(json_object_get(second, "basis"), "line", json_integer(2));
	json_object_set_new(json, "kind", json_string("sale"));
	check_refused(json);
	json_decref(json);
}

static void check_without_effect_is_refused(const char *line_or_basis, const char *key,
					    json_t *value)
{
	json_t *json = rich_return_json();
	json_t *voided = json_array_get(json_object_get(json, "lines"), 2);

	if (line_or_basis == NULL)
		json_object_set_new(voided, key, value);
	else
		json_object_set_new(
			json_object_get(json_object_get(voided, "basis"), line_or_basis), key,
			value);
	check_refused(json);
	json_decref(json);
}

/* Of a line that is left out nothing is counted: it still has to be able to come back. */
static void test_voided_line_of_return(void)
{
	json_t *none_of_it = json_pack("{s:s, s:i}", "kind", "amount", "value", 0), *json;

	check_without_effect_is_refused("before", "net", json_integer(99999));
	check_without_effect_is_refused("before", "net", json_integer(-1));
	check_without_effect_is_refused("before", "quantity", json_integer(3000000));
	check_without_effect_is_refused("sold", "net", json_integer(RECEIPT_MAX_TOTAL + 1));
	check_without_effect_is_refused("sold", "taxes", json_array());
	check_without_effect_is_refused(NULL, "quantity", json_integer(2000000));
	check_without_effect_is_refused(NULL, "own", json_incref(none_of_it));
	json = rich_return_json();
	json_object_set_new(json, "discount", none_of_it);
	check_refused(json);
	json_decref(json);
}

static void test_what_is_no_receipt(void)
{
	static const char *const texts[] = { "null", "[]", "{}", "7", "\"sale\"", "[{}]" };

	check_refused(NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		json_t *json = json_loads(texts[i], JSON_DECODE_ANY, NULL);

		check_refused(json);
		json_decref(json);
	}
}

static void test_lines_in_wrong_number(void)
{
	json_t *json = rich_json(TAX_PER_LINE), *lines = json_object_get(json, "lines");
	json_t *line = json_incref(json_array_get(lines, 0));

	json_array_append(lines, line);
	check_refused(json);
	json_array_remove(lines, 4);
	json_array_remove(lines, 0);
	check_refused(json);
	json_array_insert(lines, 0, line);
	g_assert_true(check_whole_or_refused(json));
	json_array_append_new(json_object_get(line, "taxes"), json_integer(0));
	check_refused(json);
	json_decref(line);
	json_decref(json);
}

/* Lists of goods may say "кг"; a receipt has one word for it. */
static void test_unit_by_another_name(void)
{
	json_t *json = rich_json(TAX_PER_LINE);

	json_object_set_new(json_array_get(json_object_get(json, "lines"), 0), "unit",
			    json_string("кг"));
	check_refused(json);
	json_decref(json);
}

/* A newer till may say more. */
static void test_unknown_members_are_ignored(void)
{
	json_t *json = rich_json(TAX_PER_LINE);
	g_autoptr(Receipt) receipt = NULL;

	json_object_set_new(json, "coupon", json_string("SPRING"));
	json_object_set_new(json_array_get(json_object_get(json, "lines"), 0), "shelf",
			    json_null());
	receipt = receipt_from_json(json, NULL);
	g_assert_nonnull(receipt);
	json_decref(json);
}

/* Bytes changed at random on the wire. Consumes @json. */
static void check_noise(json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
	g_autoptr(GRand) rand = g_rand_new_with_seed(20261123);
	size_t n = strlen(text);

	for (int i = 0; i < 20000; i++) {
		g_autofree char *noisy = g_strdup(text);
		json_t *read;

		for (int k = g_rand_int_range(rand, 1, 4); k > 0; k--)
			noisy[g_rand_int_range(rand, 0, (int)n)] =
				"0123456789-{}[],:\"aent"[g_rand_int_range(rand, 0, 22)];
		read = json_loads(noisy, 0, NULL);
		if (read != NULL) {
			g_autoptr(Receipt) receipt = receipt_from_json(read, NULL);

			g_assert_true(receipt == NULL || receipt_get_totals(receipt)->n_goods <= 4);
		}
		json_decref(read);
	}
	free(text);
	json_decref(json);
}

static void test_noise(void)
{
	check_noise(rich_json(TAX_PER_LINE));
	check_noise(rich_return_json());
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/receipt-json/comes-back", test_comes_back);
	g_test_add_func("/receipt-json/goes-through-the-journal", test_goes_through_the_journal);
	g_test_add_func("/receipt-json/text-is-canonical", test_text_is_canonical);
	g_test_add_func("/receipt-json/tax-groups-in-disorder", test_tax_groups_in_disorder);
	g_test_add_func("/receipt-json/form-stays", test_form_stays);
	g_test_add_func("/receipt-json/every-member-is-needed", test_every_member_is_needed);
	g_test_add_func("/receipt-json/any-value-anywhere", test_any_value_anywhere);
	g_test_add_func("/receipt-json/one-kopeck-more", test_one_kopeck_more);
	g_test_add_func("/receipt-json/text-of-return-is-canonical",
			test_text_of_return_is_canonical);
	g_test_add_func("/receipt-json/every-member-of-return-is-needed",
			test_every_member_of_return_is_needed);
	g_test_add_func("/receipt-json/any-value-anywhere-in-return",
			test_any_value_anywhere_in_return);
	g_test_add_func("/receipt-json/one-kopeck-more-in-return", test_one_kopeck_more_in_return);
	g_test_add_func("/receipt-json/return-of-more", test_return_of_more);
	g_test_add_func("/receipt-json/voided-line-of-return", test_voided_line_of_return);
	g_test_add_func("/receipt-json/what-is-no-receipt", test_what_is_no_receipt);
	g_test_add_func("/receipt-json/lines-in-wrong-number", test_lines_in_wrong_number);
	g_test_add_func("/receipt-json/unit-by-another-name", test_unit_by_another_name);
	g_test_add_func("/receipt-json/unknown-members", test_unknown_members_are_ignored);
	g_test_add_func("/receipt-json/noise", test_noise);
	return g_test_run();
}
