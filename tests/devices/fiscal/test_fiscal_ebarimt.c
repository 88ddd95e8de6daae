/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/ebarimt_answer.h"
#include "drivers/fiscal/ebarimt_json.h"
#include "drivers/fiscal/ebarimt_plan.h"

#include <string.h>

/* What the driver says and understands, against the figures of fiscal-ebarimt.md; no I/O. */

#define ID "011111111111001095330000010012619"
#define DATE "2026-06-03 10:15:30"

/* --- §3 ------------------------------------------------------------------------------------ */

static void test_tax(void)
{
	static const struct {
		int64_t gross;
		int32_t vat_rate, city_rate;
		int64_t vat, city;
	} rows[] = {
		{ 112000, 1000, 200, 10000, 2000 },
		{ 110000, 1000, 0, 10000, 0 },
		{ 102000, 0, 200, 0, 2000 },
		{ 560000, 1000, 200, 50000, 10000 },
		{ 11094, 1000, 0, 1009, 0 },
		{ 13500, 1000, 0, 1227, 0 },
		{ 11094, 1000, 200, 991, 198 },
		{ 13500, 1000, 200, 1205, 241 },
		{ 6750, 1000, 0, 614, 0 },
		{ 5, 1000, 0, 0, 0 },
		{ 6, 1000, 0, 1, 0 },
		{ 9999999999, 1000, 200, 892857143, 178571429 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		EbarimtSums sums;

		g_assert_true(
			ebarimt_tax_of(rows[i].gross, rows[i].vat_rate, rows[i].city_rate, &sums));
		g_assert_cmpint(sums.total, ==, rows[i].gross);
		g_assert_cmpint(sums.vat, ==, rows[i].vat);
		g_assert_cmpint(sums.city, ==, rows[i].city);
	}
}

static void test_tax_out_of_range(void)
{
	EbarimtSums sums, most = { .total = G_MAXINT64 }, one = { .total = 1 };
	int64_t price;

	g_assert_false(ebarimt_tax_of(-1, 1000, 0, &sums));
	g_assert_false(ebarimt_sums_add(&most, &one));
	g_assert_cmpint(most.total, ==, G_MAXINT64);
	g_assert_false(ebarimt_unit_price(100, (Quantity){ 0 }, &price));
	g_assert_true(ebarimt_unit_price(1, (Quantity){ 3 * QUANTITY_ONE }, &price));
	g_assert_cmpint(price, ==, 1); /* 0 would be refused */
}

/* --- the shop of §7 ------------------------------------------------------------------------ */

#define TUGRIK(mungu)                                                                              \
	{                                                                                          \
		.minor = (mungu), .currency = 496                                                  \
	}

typedef struct {
	FiscalLine lines[2], rest[2];
	FiscalOrigin origin;
	FiscalDocument document;
	GHashTable *options;
} Shop;

static void set(Shop *shop, const char *key, const char *value)
{
	g_hash_table_insert(shop->options, (char *)key, (char *)value);
}

static void shop_open(Shop *shop)
{
	*shop = (Shop){
		.lines = { { .name = "Алим",
			     .quantity = { 1234000 },
			     .price = TUGRIK(8990),
			     .sum = TUGRIK(11094),
			     .tax = FISCAL_TAX_REDUCED,
			     .tax_rate = 1000,
			     .unit = UNIT_KILOGRAM,
			     .code = "17",
			     .classification = "0134100" },
			   { .name = "Шоколад",
			     .quantity = { 2 * QUANTITY_ONE },
			     .price = TUGRIK(7500),
			     .sum = TUGRIK(13500),
			     .discount = TUGRIK(1500),
			     .tax = FISCAL_TAX_REDUCED,
			     .tax_rate = 1000,
			     .unit = UNIT_PIECE,
			     .code = "",
			     .classification = "2366000" } },
		.origin = { .id = ID,
			    .registrar_at = DATE,
			    .n_rest = 2,
			    .rest_paid = { [TENDER_CASH] = TUGRIK(7844),
					   [TENDER_CARD] = TUGRIK(10000) } },
		.document = { .kind = FISCAL_SALE,
			      .id = 58,
			      .n_lines = 2,
			      .paid = { [TENDER_CASH] = TUGRIK(20000),
					[TENDER_CARD] = TUGRIK(10000) },
			      .total = TUGRIK(24594) },
		.options = g_hash_table_new(g_str_hash, g_str_equal),
	};
	memcpy(shop->rest, shop->lines, sizeof shop->rest);
	shop->rest[1].quantity.micro = QUANTITY_ONE;
	shop->rest[1].sum.minor = 6750;
	shop->origin.rest = shop->rest;
	shop->document.lines = shop->lines;
	set(shop, "merchant_tin", "11111111111");
	set(shop, "district", "2501");
}

/* One chocolate comes back. */
static void shop_return(Shop *shop)
{
	shop->document.kind = FISCAL_SALE_RETURN;
	shop->document.id = 59;
	shop->document.lines = &shop->rest[1];
	shop->document.n_lines = 1;
	shop->document.total.minor = 6750;
	shop->document.paid[TENDER_CASH].minor = 6750;
	shop->document.paid[TENDER_CARD].minor = 0;
	shop->document.origin = &shop->origin;
}

static void shop_close(Shop *shop)
{
	g_hash_table_unref(shop->options);
}

static struct fiscal_plan *plan_of(const Shop *shop, GError **error)
{
	EbarimtOptions options;
	struct fiscal_plan *plan;

	g_assert_true(ebarimt_options_parse(shop->options, &options, error));
	plan = ebarimt_plan_new(&options, &shop->document, error);
	ebarimt_options_clear(&options);
	return plan;
}

static char *body_of(const Shop *shop)
{
	g_autoptr(GError) error = NULL;
	struct fiscal_plan *plan = plan_of(shop, &error);
	char *body;

	g_assert_no_error(error);
	body = g_strdup(plan->body);
	ebarimt_plan_free(plan);
	return body;
}

static void contains(const char *body, const char *part)
{
	if (strstr(body, part) == NULL)
		g_error("'%s' is not in %s", part, body);
}

static void refuses(const Shop *shop, const char *why)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(plan_of(shop, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	contains(error->message, why);
}

#define SELLER                                                                                     \
	"{\"branchNo\":\"001\",\"posNo\":\"001\",\"merchantTin\":\"11111111111\","                 \
	"\"districtCode\":\"2501\",\"type\":\"B2C_RECEIPT\","
#define APPLES                                                                                     \
	"{\"name\":\"Алим\",\"barCode\":\"\",\"barCodeType\":\"UNDEFINED\","                   \
	"\"classificationCode\":\"0134100\",\"measureUnit\":\"кг\",\"qty\":1.234,"               \
	"\"unitPrice\":89.9,\"totalVAT\":10.09,\"totalCityTax\":0,\"totalAmount\":110.94}"
#define CHOCOLATE                                                                                  \
	"{\"name\":\"Шоколад\",\"barCode\":\"\",\"barCodeType\":\"UNDEFINED\","             \
	"\"classificationCode\":\"2366000\",\"measureUnit\":\"ш\","

/* §7, without the card's data, of which the till knows one part in four. */
static void test_sale(void)
{
	Shop shop;
	g_autofree char *body = NULL;

	shop_open(&shop);
	body = body_of(&shop);
	g_assert_cmpstr(body, ==,
			SELLER
			"\"billIdSuffix\":\"000058\",\"totalAmount\":245.94,\"totalVAT\":22.36,"
			"\"totalCityTax\":0,\"receipts\":[{\"totalAmount\":245.94,"
			"\"taxType\":\"VAT_ABLE\",\"merchantTin\":\"11111111111\","
			"\"totalVAT\":22.36,\"totalCityTax\":0,\"items\":[" APPLES "," CHOCOLATE
			"\"qty\":2,\"unitPrice\":67.5,\"totalVAT\":12.27,\"totalCityTax\":0,"
			"\"totalAmount\":135}]}],\"payments\":[{\"code\":\"PAYMENT_CARD\","
			"\"status\":\"PAID\",\"paidAmount\":100},{\"code\":\"CASH\","
			"\"status\":\"PAID\",\"paidAmount\":145.94}]}");
	g_assert_cmpuint(strlen(body), ==,
			 925 - strlen(",\"data\":{\"terminalID\":\"T0000001\",\"rrn\":"
				      "\"000000000001\",\"maskedCardNumber\":\"411111******1111\","
				      "\"easy\":false}"));
	shop_close(&shop);
}

static void test_rest(void)
{
	Shop shop;
	g_autofree char *body = NULL;

	shop_open(&shop);
	shop_return(&shop);
	body = body_of(&shop);
	g_assert_cmpstr(body, ==,
			SELLER
			"\"billIdSuffix\":\"000059\",\"inactiveId\":\"" ID
			"\",\"totalAmount\":178.44,\"totalVAT\":16.23,\"totalCityTax\":0,"
			"\"receipts\":[{\"totalAmount\":178.44,\"taxType\":\"VAT_ABLE\","
			"\"merchantTin\":\"11111111111\",\"totalVAT\":16.23,\"totalCityTax\":0,"
			"\"items\":[" APPLES "," CHOCOLATE
			"\"qty\":1,\"unitPrice\":67.5,\"totalVAT\":6.14,\"totalCityTax\":0,"
			"\"totalAmount\":67.5}]}],\"payments\":[{\"code\":\"PAYMENT_CARD\","
			"\"status\":\"PAID\",\"paidAmount\":100},{\"code\":\"CASH\","
			"\"status\":\"PAID\",\"paidAmount\":78.44}]}");
	g_assert_cmpuint(strlen(body), ==, 868);
	shop_close(&shop);
}

static void test_void(void)
{
	Shop shop;
	g_autoptr(GError) error = NULL;
	g_autofree char *body = NULL, *text = NULL;
	struct fiscal_plan *plan, *again;

	shop_open(&shop);
	shop_return(&shop);
	shop.origin.n_rest = 0;
	body = body_of(&shop);
	g_assert_cmpstr(body, ==, "{\"id\":\"" ID "\",\"date\":\"" DATE "\"}");
	g_assert_cmpuint(strlen(body), ==, 71);

	plan = plan_of(&shop, &error);
	text = ebarimt_plan_describe(plan);
	again = ebarimt_plan_parse(text);
	g_assert_cmpstr(text, ==, "DELETE /rest/receipt {\"id\":\"" ID "\",\"date\":\"" DATE "\"}");
	g_assert_cmpstr(again->method, ==, "DELETE");
	g_assert_cmpstr(again->body, ==, body);
	g_assert_cmpstr(again->replaced, ==, ID);
	ebarimt_plan_free(again);
	ebarimt_plan_free(plan);

	shop.origin.n_rest = 2; /* what was given away does not keep the receipt alive */
	shop.rest[0].sum.minor = shop.rest[1].sum.minor = 0;
	g_free(g_steal_pointer(&body));
	body = body_of(&shop);
	g_assert_cmpuint(strlen(body), ==, 71);
	shop_close(&shop);
}

/* --- what else stands in a body ------------------------------------------------------------ */

/* One sub-receipt a tax type, as in the last example of §7. */
static void test_tax_types(void)
{
	Shop shop;
	g_autofree char *mixed = NULL, *other = NULL;

	shop_open(&shop);
	set(&shop, "vat_free_code", "320");
	shop.lines[0].tax = FISCAL_TAX_NONE;
	shop.lines[0].tax_rate = 0;
	mixed = body_of(&shop);
	contains(mixed, "\"totalAmount\":245.94,\"totalVAT\":12.27,\"totalCityTax\":0,\"receipts\":"
			"[{\"totalAmount\":135,\"taxType\":\"VAT_ABLE\",");
	contains(mixed, "]},{\"totalAmount\":110.94,\"taxType\":\"VAT_FREE\",\"merchantTin\":"
			"\"11111111111\",\"totalVAT\":0,\"totalCityTax\":0,\"items\":[");
	contains(mixed, "\"unitPrice\":89.9,\"taxProductCode\":\"320\",\"totalVAT\":0,"
			"\"totalCityTax\":0,\"totalAmount\":110.94}");

	g_hash_table_remove(shop.options, "vat_free_code");
	set(&shop, "vat_zero_code", "0000414");
	set(&shop, "no_vat_word", "NOT_VAT");
	shop.lines[1].tax = FISCAL_TAX_ZERO;
	shop.lines[1].tax_rate = 0;
	other = body_of(&shop);
	contains(other, "\"taxType\":\"VAT_ZERO\"");
	contains(other, "\"taxProductCode\":\"0000414\"");
	contains(other, "\"taxType\":\"NOT_VAT\"");
	g_assert_cmpint((int)strlen(strstr(other, "taxProductCode")), <, (int)strlen(other));
	g_assert_null(strstr(strstr(other, "taxProductCode") + 1, "taxProductCode"));
	shop_close(&shop);
}

static void test_city_tax(void)
{
	Shop shop;
	g_autofree char *able = NULL, *alone = NULL, *small = NULL;

	shop_open(&shop);
	shop.lines[0].city_rate = shop.lines[1].city_rate = 200;
	able = body_of(&shop);
	contains(able, "\"totalVAT\":21.96,\"totalCityTax\":4.39,\"receipts\":");
	contains(able, "\"totalVAT\":9.91,\"totalCityTax\":1.98,\"totalAmount\":110.94}");

	shop.lines[0].tax = FISCAL_TAX_OTHER;
	shop.lines[0].tax_rate = 200;
	shop.lines[0].city_rate = 0;
	alone = body_of(&shop);
	contains(alone, "\"totalVAT\":0,\"totalCityTax\":2.18,\"totalAmount\":110.94}");
	contains(alone, "\"taxType\":\"NO_VAT\"");

	set(&shop, "vat_payer", "no");
	small = body_of(&shop);
	contains(small, "\"totalVAT\":0,\"totalCityTax\":2.65,\"totalAmount\":135}");
	contains(small, "\"taxType\":\"VAT_ABLE\"");
	shop_close(&shop);
}

static void test_buyers(void)
{
	Shop shop;
	g_autofree char *business = NULL, *citizen = NULL, *rest = NULL;

	shop_open(&shop);
	shop.document.customer_tin = "37900846788";
	business = body_of(&shop);
	contains(business, "\"type\":\"B2B_RECEIPT\",\"billIdSuffix\":\"000058\","
			   "\"customerTin\":\"37900846788\",\"totalAmount\"");
	shop_return(&shop);
	rest = body_of(&shop);
	contains(rest, "\"type\":\"B2B_RECEIPT\"");
	contains(rest, "\"inactiveId\":\"" ID "\"");
	shop.origin.n_rest = 0;
	refuses(&shop, "deletes no receipt of a business");
	shop_close(&shop);

	shop_open(&shop);
	shop.document.consumer = "12345678";
	citizen = body_of(&shop);
	contains(citizen, "\"billIdSuffix\":\"000058\",\"consumerNo\":\"12345678\",");
	shop.document.customer_tin = "37900846788";
	refuses(&shop, "not both");
	shop_close(&shop);
}

static void test_goods(void)
{
	Shop shop;
	g_autofree char *body = NULL;

	shop_open(&shop);
	set(&shop, "classification", "9999999");
	shop.lines[0].classification = NULL;
	shop.lines[0].code = "4606203090785";
	shop.lines[0].name = "\"А\"\\\n";
	shop.lines[1].code = "2112345678900"; /* the shop's own */
	shop.lines[1].mark = "0104600123\x1d"
			     "92";
	body = body_of(&shop);
	contains(body, "{\"name\":\"\\\"А\\\"\\\\\\n\",\"barCode\":\"4606203090785\","
		       "\"barCodeType\":\"GS1\",\"classificationCode\":\"9999999\",");
	contains(body, "\"barCode\":\"\",\"barCodeType\":\"UNDEFINED\","
		       "\"classificationCode\":\"2366000\",");
	contains(body, "\"totalAmount\":135,\"data\":{\"stockQR\":[\"0104600123\\u001D92\"]}}");
	shop_close(&shop);
}

/* A present has no price, and the service takes no price of 0. */
static void test_presents(void)
{
	Shop shop;
	g_autofree char *body = NULL;

	shop_open(&shop);
	shop.lines[0].sum.minor = 0;
	shop.document.total.minor = 13500;
	body = body_of(&shop);
	g_assert_null(strstr(body, "Алим"));
	contains(body, "\"totalAmount\":135,");
	shop.lines[1].sum.minor = 0;
	shop.document.total.minor = 0;
	refuses(&shop, "a receipt of nothing");
	shop_close(&shop);
}

static void test_refused(void)
{
	Shop shop;

#define SPOILT(change, why)                                                                        \
	do {                                                                                       \
		shop_open(&shop);                                                                  \
		change;                                                                            \
		refuses(&shop, why);                                                               \
		shop_close(&shop);                                                                 \
	} while (0)
	SPOILT(shop.document.total.minor = 24595, "the lines make");
	SPOILT(shop.document.total.currency = 392, "currency 392");
	SPOILT(shop.lines[1].sum.currency = 643, "line 2: is in another currency");
	SPOILT(shop.lines[0].sum.minor = -1, "line 1: a quantity or sum");
	SPOILT(shop.lines[0].quantity.micro = 0, "line 1: a quantity or sum");
	SPOILT(shop.lines[0].name = "", "without a name");
	SPOILT(shop.lines[0].classification = "123", "no code of goods");
	SPOILT(shop.lines[0].tax = FISCAL_TAX_ZERO, "vat_zero_code");
	SPOILT(shop.lines[0].city_rate = -1, "a tax out of range");
	SPOILT(shop.lines[0].mark = "\xff", "a stamp's code");
	SPOILT(shop.document.paid[TENDER_CARD].minor = 24595, "more than the total");
	SPOILT(shop.document.paid[TENDER_CASH].minor = 14593, "less than the total");
	SPOILT(shop.document.id = 0, "without a number");
	SPOILT(shop.document.customer_tin = "123", "no taxpayer");
	SPOILT(shop.document.consumer = "1234567", "no citizen");
	SPOILT(shop.document.kind = FISCAL_CASH_IN, "no drawer");
	SPOILT(shop.document.kind = FISCAL_CASH_OUT, "no drawer");
	SPOILT(shop.document.kind = FISCAL_CORRECTION, "no corrections");
	SPOILT(shop.document.kind = FISCAL_SALE_RETURN, "without their receipt");
	SPOILT(shop_return(&shop); shop.origin.id = "", "is not known");
	SPOILT(shop_return(&shop); shop.origin.n_rest = 0;
	       shop.origin.registrar_at = "", "is not known");
	SPOILT(shop_return(&shop); shop.origin.rest_paid[TENDER_CASH].minor++, "another sum");
#undef SPOILT
}

static void test_no_document(void)
{
	static const struct {
		FiscalKind kind;
		int n_steps;
	} rows[] = { { FISCAL_SHIFT_OPEN, 0 }, { FISCAL_X, 0 }, { FISCAL_SHIFT_CLOSE, 2 } };
	Shop shop;

	shop_open(&shop);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *text = NULL;
		struct fiscal_plan *plan;

		shop.document.kind = rows[i].kind;
		plan = plan_of(&shop, &error);
		g_assert_no_error(error);
		g_assert_cmpint(ebarimt_plan_n_steps(plan), ==, rows[i].n_steps);
		text = ebarimt_plan_describe(plan);
		g_assert_null(ebarimt_plan_parse(text));
		g_assert_false(ebarimt_plan_draws_lottery(plan));
		ebarimt_plan_free(plan);
	}
	g_assert_null(ebarimt_plan_parse(NULL));
	shop_close(&shop);
}

/* §3's last table, and §5: no new number for what remains. */
static void test_draws_lottery(void)
{
	Shop shop;

#define DRAWS(change, expected)                                                                    \
	do {                                                                                       \
		g_autoptr(GError) error = NULL;                                                    \
		struct fiscal_plan *plan;                                                          \
                                                                                                   \
		shop_open(&shop);                                                                  \
		change;                                                                            \
		plan = plan_of(&shop, &error);                                                     \
		g_assert_no_error(error);                                                          \
		g_assert_cmpint(ebarimt_plan_draws_lottery(plan), ==, expected);                   \
		ebarimt_plan_free(plan);                                                           \
		shop_close(&shop);                                                                 \
	} while (0)
	DRAWS((void)0, true);
	DRAWS(shop.lines[0].name = "\"inactiveId\":\"", true);
	DRAWS(shop.document.customer_tin = "37900846788", false);
	DRAWS(shop_return(&shop), false);
	DRAWS(shop.lines[0].tax = shop.lines[1].tax = FISCAL_TAX_NONE, false);
#undef DRAWS
}

/* --- till.conf ----------------------------------------------------------------------------- */

static void check_bad_option(const char *key, const char *value)
{
	Shop shop;
	EbarimtOptions options;
	g_autoptr(GError) error = NULL;

	shop_open(&shop);
	if (value != NULL)
		set(&shop, key, value);
	else
		g_hash_table_remove(shop.options, key);
	g_assert_false(ebarimt_options_parse(shop.options, &options, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS);
	contains(error->message, key);
	shop_close(&shop);
}

static void test_options(void)
{
	static const char *const bad[][2] = {
		{ "merchant_tin", NULL },
		{ "district", NULL },
		{ "merchant_tin", "1234567890" },
		{ "merchant_tin", "123456789012345" },
		{ "district", "25011" },
		{ "branch", "1" },
		{ "pos", "12" },
		{ "pos", "1a3" },
		{ "no_vat_word", "NONE" },
		{ "classification", "123456" },
		{ "vat_free_code", "3200" },
		{ "vat_payer", "maybe" },
		{ "timezone", "Asia/Nowhere" },
	};
	g_autoptr(GError) error = NULL;
	EbarimtOptions options;

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		check_bad_option(bad[i][0], bad[i][1]);
	g_assert_false(ebarimt_options_parse(NULL, &options, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fiscal/ebarimt/tax", test_tax);
	g_test_add_func("/fiscal/ebarimt/tax_out_of_range", test_tax_out_of_range);
	g_test_add_func("/fiscal/ebarimt/sale", test_sale);
	g_test_add_func("/fiscal/ebarimt/rest", test_rest);
	g_test_add_func("/fiscal/ebarimt/void", test_void);
	g_test_add_func("/fiscal/ebarimt/tax_types", test_tax_types);
	g_test_add_func("/fiscal/ebarimt/city_tax", test_city_tax);
	g_test_add_func("/fiscal/ebarimt/buyers", test_buyers);
	g_test_add_func("/fiscal/ebarimt/goods", test_goods);
	g_test_add_func("/fiscal/ebarimt/presents", test_presents);
	g_test_add_func("/fiscal/ebarimt/refused", test_refused);
	g_test_add_func("/fiscal/ebarimt/no_document", test_no_document);
	g_test_add_func("/fiscal/ebarimt/draws_lottery", test_draws_lottery);
	g_test_add_func("/fiscal/ebarimt/options", test_options);
	return g_test_run();
}
