/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/ebarimt_service.h"
#include "tests/wait_file.h"

#include <string.h>

/* What the simulated eBarimt service takes and what it refuses: §2, §3, §5 and §10. */

/* --- taxes (§3) ------------------------------------------------------------------------------- */

/* One line of VAT_ABLE, or of goods outside of VAT. */
static char *taxed(const char *type, const char *gross, const char *vat, const char *city,
		   int suffix)
{
	return g_strdup_printf(
		"{\"branchNo\":\"001\",\"posNo\":\"001\",\"merchantTin\":\"11111111111\","
		"\"districtCode\":\"2501\",\"type\":\"B2C_RECEIPT\",\"billIdSuffix\":\"%d\","
		"\"totalAmount\":%s,\"totalVAT\":%s,\"totalCityTax\":%s,\"receipts\":["
		"{\"totalAmount\":%s,\"taxType\":\"%s\",\"merchantTin\":\"11111111111\","
		"\"totalVAT\":%s,\"totalCityTax\":%s,\"items\":[{\"name\":\"Бараа\","
		"\"barCodeType\":\"UNDEFINED\",\"classificationCode\":\"0134100\","
		"\"measureUnit\":\"ш\",\"qty\":1,\"unitPrice\":5000,\"totalVAT\":%s,"
		"\"totalCityTax\":%s,\"totalAmount\":%s}]}],\"payments\":[{\"code\":\"CASH\","
		"\"status\":\"PAID\",\"paidAmount\":%s}]}",
		suffix, gross, vat, city, gross, type, vat, city, vat, city, gross, gross);
}

/* The twelve rows, rounded half up and cut. */
static void test_vectors_of_the_page(void)
{
	static const struct {
		const char *type, *gross, *vat, *vat_cut, *city, *city_cut;
	} cases[] = {
		{ "VAT_ABLE", "1120.00", "100.00", "100.00", "20.00", "20.00" },
		{ "VAT_ABLE", "1100.00", "100.00", "100.00", "0", "0" },
		{ "NO_VAT", "1020.00", "0", "0", "20.00", "20.00" },
		{ "VAT_ABLE", "5600.00", "500.00", "500.00", "100.00", "100.00" },
		{ "VAT_ABLE", "110.94", "10.09", "10.08", "0", "0" },
		{ "VAT_ABLE", "135.00", "12.27", "12.27", "0", "0" },
		{ "VAT_ABLE", "110.94", "9.91", "9.90", "1.98", "1.98" },
		{ "VAT_ABLE", "135.00", "12.05", "12.05", "2.41", "2.41" },
		{ "VAT_ABLE", "67.50", "6.14", "6.13", "0", "0" },
		{ "VAT_ABLE", "0.05", "0", "0", "0", "0" },
		{ "VAT_ABLE", "0.06", "0.01", "0", "0", "0" },
		{ "VAT_ABLE", "99999999.99", "8928571.43", "8928571.42", "1785714.29",
		  "1785714.28" },
	};
	Service s = service_new("vectors", NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *up =
			taxed(cases[i].type, cases[i].gross, cases[i].vat, cases[i].city, (int)i);
		g_autofree char *cut = taxed(cases[i].type, cases[i].gross, cases[i].vat_cut,
					     cases[i].city_cut, 100 + (int)i);

		json_decref(service_post(&s, up));
		json_decref(service_post(&s, cut));
	}
	g_assert_false(file_has(s.log, "FLAG"));
	service_has_booked(&s, 2 * G_N_ELEMENTS(cases));
	service_end(&s);
}

/* A mungu more than rounding can explain. */
static void test_wrong_taxes(void)
{
	static const struct {
		const char *type, *gross, *vat, *city;
	} cases[] = {
		{ "VAT_ABLE", "1100.00", "100.02", "0" },
		{ "VAT_ABLE", "1100.00", "99.98", "0" },
		{ "VAT_ABLE", "1100.00", "0", "0" },
		{ "VAT_ABLE", "1120.00", "100.00", "20.02" },
		{ "VAT_ABLE", "1120.00", "100.02", "20.00" },
		{ "VAT_ABLE", "1120.00", "100.00", "0" },
		{ "VAT_ABLE", "1100.00", "100.00", "0.01" },
		{ "VAT_ABLE", "1020.00", "0", "20.00" },
		{ "VAT_ABLE", "99999999.99", "8928571.45", "1785714.29" },
		{ "NO_VAT", "1100.00", "100.00", "0" },
		{ "NO_VAT", "1100.00", "0.01", "0" },
		{ "NO_VAT", "1020.00", "0", "20.40" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *name = g_strdup_printf("taxes%zu", i);
		g_autofree char *body =
			taxed(cases[i].type, cases[i].gross, cases[i].vat, cases[i].city, 1);
		Service s = service_new(name, NULL);

		service_refuses(&s, body, "receipts[0].items[0]: totalVAT or totalCityTax");
		service_has_booked(&s, 0);
		service_end(&s);
	}
}

/* --- fields and sums ---------------------------------------------------------------------------
 */

typedef struct {
	const char *from, *to; /* in the sale of the page */
	const char *flag;
} Wrong;

static void refuse_each(const char *name, const char *body, const Wrong *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		g_autofree char *own = g_strdup_printf("%s%zu", name, i);
		g_autofree char *bad = with(body, cases[i].from, cases[i].to);
		Service s = service_new(own, NULL);

		g_test_message("%s: %s", cases[i].to, cases[i].flag);
		service_refuses(&s, bad, cases[i].flag);
		service_has_booked(&s, 0);
		service_end(&s);
	}
}

static void test_fields(void)
{
	static const Wrong cases[] = {
		{ "\"branchNo\":\"001\",", "", "branchNo: is missing" },
		{ "\"branchNo\":\"001\"", "\"branchNo\":\"1\"", "branchNo: has 1 characters" },
		{ "\"branchNo\":\"001\"", "\"branchNo\":\"0001\"", "branchNo: has 4 characters" },
		{ "\"branchNo\":\"001\"", "\"branchNo\":1", "branchNo: is no text" },
		{ "\"branchNo\":\"001\"", "\"branchNo\":null", "branchNo: is no text" },
		{ "\"posNo\":\"001\"", "\"posNo\":\"01\"", "posNo: has 2" },
		{ "\"posNo\":\"001\"", "\"posNo\":\"123456789\"", "posNo: has 9" },
		{ "\"posNo\":\"001\"", "\"posNo\":\"00A\"", "posNo: has other characters" },
		{ "\"11111111111\",\"districtCode", "\"1111111111\",\"districtCode",
		  "merchantTin: has 10" },
		{ "\"11111111111\",\"districtCode", "\"11111111112\",\"districtCode",
		  "merchantTin: merchant 11111111112" },
		{ "\"2501\"", "\"250\"", "districtCode: has 3" },
		{ "\"districtCode\":\"2501\",", "", "districtCode: is missing" },
		{ "\"B2C_RECEIPT\"", "\"B2C\"", "type: is none of" },
		{ "\"B2C_RECEIPT\"", "\"B2B_RECEIPT\"", "customerTin: has to be there for B2B" },
		{ "\"000058\"", "\"\"", "billIdSuffix: has 0" },
		{ "\"000058\"", "\"00-58\"", "billIdSuffix: has other" },
		{ "\"billIdSuffix\":\"000058\",", "", "billIdSuffix: is missing" },
		{ "\"billIdSuffix\":\"000058\",", "\"billIdSuffix\":58,",
		  "billIdSuffix: is no text" },
		{ "\"totalAmount\":245.94,\"totalVAT\"", "\"totalAmount\":\"245.94\",\"totalVAT\"",
		  "totalAmount: is no number" },
		{ "\"totalAmount\":245.94,\"totalVAT\"", "\"totalAmount\":2.4594e2,\"totalVAT\"",
		  "totalAmount: 2.4594e2 is no decimal" },
		{ "\"totalAmount\":245.94,\"totalVAT\"", "\"totalAmount\":245.941,\"totalVAT\"",
		  "totalAmount: 245.941 is no decimal" },
		{ "\"totalAmount\":245.94,\"totalVAT\"", "\"totalAmount\":-245.94,\"totalVAT\"",
		  "totalAmount: is below 0" },
		{ "\"totalAmount\":245.94,\"totalVAT\"",
		  "\"totalAmount\":99999999999999999999,\"totalVAT\"", "byte " },
		{ "\"totalAmount\":245.94,\"totalVAT\"",
		  "\"totalAmount\":99999999999999,\"totalVAT\"", "totalAmount: is below 0 or too" },
		{ "\"totalCityTax\":0,\"receipts\"", "\"receipts\"", "totalCityTax: is missing" },
		{ "\"billIdSuffix\"", "\"customerTin\":\"22222222222\",\"billIdSuffix\"",
		  "customerTin: has to be" },
		{ "\"billIdSuffix\"", "\"consumerNo\":\"1234567\",\"billIdSuffix\"",
		  "consumerNo: has 7" },
		{ "\"billIdSuffix\"", "\"inactiveId\":\"12\",\"billIdSuffix\"",
		  "inactiveId: has 2" },
		{ "\"billIdSuffix\"", "\"inactiveId\":\"" FIRST_ID "\",\"billIdSuffix\"",
		  "inactiveId: there is no such receipt" },
		{ "\"billIdSuffix\"", "\"reportMonth\":\"2026-05-01\",\"billIdSuffix\"",
		  "reportMonth: is for B2B alone" },
		{ "\"billIdSuffix\"", "\"billidsuffix\":\"1\",\"billIdSuffix\"",
		  "billidsuffix: is no field" },
		{ "\"billIdSuffix\"", "\"posNo\":\"001\",\"billIdSuffix\"", "byte " },
		{ "\"billIdSuffix\"", "\"data\":[],\"billIdSuffix\"", "data: is no object" },
		{ "\"receipts\":[{", "\"receipts\":[{\"note\":\"\",",
		  "receipts[0].note: is no field" },
		{ "VAT_ABLE", "VAT", "receipts[0].taxType: is none of" },
		{ "VAT_ABLE", "NOT_VAT", "receipts[0].taxType: is none of" },
		{ "VAT_ABLE", "VAT_FREE", "receipts[0].items[0]: VAT_FREE needs" },
		{ "VAT_ABLE", "VAT_ZERO", "receipts[0].items[0]: VAT_ZERO needs" },
		{ "\"merchantTin\":\"11111111111\",\"totalVAT\"",
		  "\"merchantTin\":\"22222222222\",\"totalVAT\"",
		  "receipts[0]: merchant 22222222222" },
	};

	refuse_each("field", page_sale, cases, G_N_ELEMENTS(cases));
}

static void test_items(void)
{
	static const Wrong cases[] = {
		{ "\"Алим\"", "\"\"", "receipts[0].items[0].name: has 0" },
		{ "\"кг\"", "\"\"", "receipts[0].items[0].measureUnit: has 0" },
		{ "\"qty\":1.234", "\"qty\":0", "receipts[0].items[0].qty: is not above 0" },
		{ "\"qty\":1.234", "\"qty\":-1", "receipts[0].items[0].qty: is not above 0" },
		{ "\"qty\":1.234", "\"qty\":\"1\"", "receipts[0].items[0].qty: is no number" },
		{ "\"qty\":1.234", "\"qty\":1.2345678",
		  "receipts[0].items[0].qty: 1.2345678 is no" },
		{ "\"unitPrice\":89.9", "\"unitPrice\":0",
		  "receipts[0].items[0].unitPrice: is not" },
		{ "\"unitPrice\":89.9", "\"unitPrice\":89.903",
		  "receipts[0].items[0].unitPrice: 89.903 is no" },
		{ "\"0134100\"", "\"013410\"", "receipts[0].items[0].classificationCode: has 6" },
		{ "\"classificationCode\":\"0134100\",", "",
		  "receipts[0].items[0].classificationCode: is missing" },
		{ "UNDEFINED", "EAN", "receipts[0].items[0].barCodeType: is none of" },
		{ "\"barCodeType\":\"UNDEFINED\",", "",
		  "receipts[0].items[0].barCodeType: is missing" },
		{ "\"qty\":1.234", "\"taxProductCode\":\"320\",\"qty\":1.234",
		  "receipts[0].items[0]: VAT_ABLE takes no" },
		{ "\"qty\":1.234", "\"taxProductCode\":\"3200\",\"qty\":1.234",
		  "receipts[0].items[0].taxProductCode: has 4" },
		{ "\"qty\":1.234", "\"discount\":0,\"qty\":1.234",
		  "receipts[0].items[0].discount: is no field" },
		{ "\"totalVAT\":10.09,", "", "receipts[0].items[0].totalVAT: is missing" },
		{ "\"totalAmount\":110.94", "\"totalAmount\":110.95",
		  "receipts[0]: totalAmount is not the sum of its parts, 245.95" },
		{ "\"totalVAT\":12.27", "\"totalVAT\":12.26",
		  "receipts[0]: totalVAT is not the sum of its parts, 22.35" },
		{ "\"totalAmount\":245.94,\"totalVAT\":22.36",
		  "\"totalAmount\":245.93,\"totalVAT\":22.36",
		  "body: totalAmount is not the sum of its parts, 245.94" },
		{ "\"totalVAT\":22.36,\"totalCityTax\":0,\"receipts\"",
		  "\"totalVAT\":22.35,\"totalCityTax\":0,\"receipts\"",
		  "body: totalVAT is not the sum of its parts, 22.36" },
		{ "\"totalCityTax\":0,\"receipts\"", "\"totalCityTax\":0.01,\"receipts\"",
		  "body: totalCityTax is not" },
	};

	refuse_each("item", page_sale, cases, G_N_ELEMENTS(cases));
}

static void test_payments(void)
{
	static const Wrong cases[] = {
		{ "PAYMENT_CARD", "CARD", "payments[0].code: is none of" },
		{ "\"PAID\"", "\"paid\"", "payments[0].status: is none of" },
		{ "\"paidAmount\":100", "\"paidAmount\":\"100\"", "payments[0].paidAmount: is no" },
		{ "\"paidAmount\":145.94", "\"paidAmount\":200",
		  "payments: are more than the total" },
		{ "terminalID", "terminalId", "payments[0].data.terminalId: is no field" },
		{ "\"rrn\":\"000000000001\",", "", "payments[0].data.rrn: is missing" },
		{ "\"easy\":false", "\"easy\":0", "payments[0].data.easy: is neither" },
		{ "411111******1111", "4111111111111111",
		  "payments[0].data.maskedCardNumber: is not six" },
		{ "411111******1111", "4111********1111",
		  "payments[0].data.maskedCardNumber: is not six" },
	};

	refuse_each("payment", page_sale, cases, G_N_ELEMENTS(cases));
}

/* The two tax types of §7 and one that is there twice. */
static void test_one_sub_receipt_a_tax_type(void)
{
	static const char sub[] =
		",{\"totalAmount\":50,\"taxType\":\"VAT_FREE\",\"merchantTin\":\"11111111111\","
		"\"totalVAT\":0,\"totalCityTax\":0,\"items\":[{\"name\":\"Ном\","
		"\"barCodeType\":\"UNDEFINED\",\"classificationCode\":\"0134100\","
		"\"measureUnit\":\"ш\",\"qty\":1,\"unitPrice\":50,\"taxProductCode\":\"320\","
		"\"totalVAT\":0,\"totalCityTax\":0,\"totalAmount\":50}]}";
	Service s = service_new("subs", NULL);
	g_autofree char *second = g_strconcat("}]}", sub, "],\"payments\"", NULL);
	g_autofree char *longer = with(page_sale, "}]}],\"payments\"", second);
	g_autofree char *dearer = with(longer, "\"totalAmount\":245.94", "\"totalAmount\":295.94");
	g_autofree char *good = with(dearer, "\"paidAmount\":145.94", "\"paidAmount\":195.94");
	g_autofree char *third = g_strconcat("}]}", sub, "],\"payments\"", NULL);
	g_autofree char *twice = with(good, "}]}],\"payments\"", third);
	json_t *json = service_post(&s, good), *subs = json_object_get(json, "receipts");

	g_assert_cmpuint(json_array_size(subs), ==, 2);
	g_assert_cmpstr(text_of(json_array_get(subs, 1), "id"), ==,
			"011111111111001095330000210012619");
	service_refuses(&s, twice, "receipts[2]: VAT_FREE of this merchant is there twice");
	service_has_booked(&s, 1);
	json_decref(json);
	service_end(&s);
}

static void test_word_for_no_vat(void)
{
	static const struct {
		const char *fault;
		bool no_vat, not_vat;
	} cases[] = { { NULL, true, false },
		      { "no_vat=NOT_VAT", false, true },
		      { "no_vat=either", true, true } };

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *name = g_strdup_printf("word%zu", i);
		g_autofree char *no = taxed("NO_VAT", "10", "0", "0", 1);
		g_autofree char *not = taxed("NOT_VAT", "10", "0", "0", 2);
		Service s = service_new(name, cases[i].fault);

		json_decref(
			service_ask(&s, cases[i].no_vat ? 200 : 400, "POST", "/rest/receipt", no));
		json_decref(service_ask(&s, cases[i].not_vat ? 200 : 400, "POST", "/rest/receipt",
					not ));
		service_end(&s);
	}
}

/* What the page calls odd but allowed. */
static void test_what_is_taken(void)
{
	static const Wrong cases[] = {
		{ "\"branchNo\":\"001\"", "\"branchNo\":\"01\"", "" },
		{ "\"posNo\":\"001\"", "\"posNo\":\"10012619\"", "" },
		{ "\"billIdSuffix\":\"000058\"", "\"customerTin\":null,\"billIdSuffix\":\"01\"",
		  "" },
		{ "\"unitPrice\":89.9", "\"unitPrice\":1000", "" }, /* net or gross: nobody knows */
		{ "\"totalAmount\":245.94,\"totalVAT\":22.36",
		  "\"totalAmount\":245.940,\"totalVAT\":22.3600", "" },
		{ "\"billIdSuffix\":\"000058\"",
		  "\"data\":{\"\\\\u0001\\\"\":-1.5e3},\"billIdSuffix\":\"2\"", "" },
		{ "\"code\":\"CASH\"", "\"exchangeCode\":\"X\",\"code\":\"CASH\"", "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *name = g_strdup_printf("odd%zu", i);
		g_autofree char *body = with(page_sale, cases[i].from, cases[i].to);
		Service s = service_new(name, NULL);

		json_decref(service_post(&s, body));
		g_assert_false(file_has(s.log, "FLAG"));
		service_end(&s);
	}
}

/* On days 1 to 7 a business may ask for the month before. */
static void test_month_before(void)
{
	static const struct {
		const char *clock, *month, *flag;
	} cases[] = {
		{ "clock 2026-06-07 10:00:00", "2026-05-31", NULL },
		{ "clock 2026-01-01 10:00:00", "2025-12-01", NULL },
		{ "clock 2026-06-08 10:00:00", "2026-05-31",
		  "reportMonth: is for the first seven" },
		{ "clock 2026-06-07 10:00:00", "2026-04-30",
		  "reportMonth: is not the month before" },
		{ "clock 2026-06-07 10:00:00", "2026-06-01",
		  "reportMonth: is not the month before" },
		{ "clock 2026-06-07 10:00:00", "2026-02-30", "reportMonth: is no day" },
		{ "clock 2026-06-07 10:00:00", "2026-05-3", "reportMonth: has 9" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *name = g_strdup_printf("month%zu", i);
		g_autofree char *change = g_strdup_printf(
			"\"B2B_RECEIPT\",\"customerTin\":\"22222222222\",\"reportMonth\":\"%s\",",
			cases[i].month);
		g_autofree char *body = with(page_sale, "\"B2C_RECEIPT\",", change);
		Service s = service_new(name, NULL);

		service_tell(&s, cases[i].clock);
		if (cases[i].flag == NULL)
			json_decref(service_post(&s, body));
		else
			service_refuses(&s, body, cases[i].flag);
		service_end(&s);
	}
}

/* --- a repeated suffix (§8) ------------------------------------------------------------------- */

static void test_suffix_refused(void)
{
	Service s = service_new("suffix-refuse", NULL);
	g_autofree char *other_till = with(page_sale, "\"posNo\":\"001\"", "\"posNo\":\"002\"");
	json_t *json;

	json_decref(service_post(&s, page_sale));
	json = service_ask(&s, 400, "POST", "/rest/receipt", page_sale);
	g_assert_nonnull(strstr(text_of(json, "message"), "billIdSuffix"));
	json_decref(json);
	service_has_booked(&s, 1);
	g_assert_false(file_has(s.log, "FLAG")); /* a till may repeat: nothing is wrong with it */
	json_decref(service_post(&s, other_till));
	service_has_booked(&s, 2);
	service_end(&s);
}

static void test_suffix_gets_the_first(void)
{
	Service s = service_new("suffix-first", "suffix=first");
	g_autofree char *first = service_call(&s, "POST", "/rest/receipt", page_sale);
	g_autofree char *second = service_call(&s, "POST", "/rest/receipt", page_sale);
	g_autofree char *rest = service_call(&s, "POST", "/rest/receipt", page_rest);
	g_autofree char *rest_again = service_call(&s, "POST", "/rest/receipt", page_rest);

	g_assert_nonnull(strstr(first, FIRST_ID));
	g_assert_cmpstr(body_of(first), ==, body_of(second));
	g_assert_cmpstr(body_of(rest), ==, body_of(rest_again));
	g_assert_nonnull(strstr(rest, "011111111111001095340000010012619"));
	service_has_booked(&s, 2);
	service_end(&s);
}

static void test_suffix_booked_again(void)
{
	Service s = service_new("suffix-again", "suffix=again");
	json_t *first = service_post(&s, page_sale), *second = service_post(&s, page_sale);

	g_assert_cmpstr(text_of(first, "id"), !=, text_of(second, "id"));
	service_has_booked(&s, 2);
	json_decref(first);
	json_decref(second);
	service_end(&s);
}

static void test_suffix_of_another_day(void)
{
	Service s = service_new("suffix-day", NULL);

	service_tell(&s, "clock 2026-06-03 23:00:00");
	json_decref(service_post(&s, page_sale));
	json_decref(service_ask(&s, 400, "POST", "/rest/receipt", page_sale));
	service_tell(&s, "clock 2026-06-04 00:00:00");
	json_decref(service_post(&s, page_sale));
	service_has_booked(&s, 2);
	service_end(&s);
}

/* A refused request does not use up its suffix, as far as the service is concerned. */
static void test_suffix_of_what_was_refused(void)
{
	Service s = service_new("suffix-free", NULL);
	g_autofree char *bad = with(page_sale, "\"qty\":2", "\"qty\":0");

	service_refuses(&s, bad, "receipts[0].items[1].qty");
	json_decref(service_post(&s, page_sale));
	service_end(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ebarimt-rules/vectors-of-the-page", test_vectors_of_the_page);
	g_test_add_func("/ebarimt-rules/wrong-taxes", test_wrong_taxes);
	g_test_add_func("/ebarimt-rules/fields", test_fields);
	g_test_add_func("/ebarimt-rules/items", test_items);
	g_test_add_func("/ebarimt-rules/payments", test_payments);
	g_test_add_func("/ebarimt-rules/one-sub-receipt-a-tax-type",
			test_one_sub_receipt_a_tax_type);
	g_test_add_func("/ebarimt-rules/word-for-no-vat", test_word_for_no_vat);
	g_test_add_func("/ebarimt-rules/what-is-taken", test_what_is_taken);
	g_test_add_func("/ebarimt-rules/month-before", test_month_before);
	g_test_add_func("/ebarimt-rules/suffix-refused", test_suffix_refused);
	g_test_add_func("/ebarimt-rules/suffix-gets-the-first", test_suffix_gets_the_first);
	g_test_add_func("/ebarimt-rules/suffix-booked-again", test_suffix_booked_again);
	g_test_add_func("/ebarimt-rules/suffix-of-another-day", test_suffix_of_another_day);
	g_test_add_func("/ebarimt-rules/suffix-of-what-was-refused",
			test_suffix_of_what_was_refused);
	return g_test_run();
}
