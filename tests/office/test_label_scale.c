/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/label_shop.h"

#include "tests/wait_file.h"

#include <glib/gstdio.h>
#include <string.h>

/* What a label-printing scale knows after a load: read in the simulators' logs. */

typedef struct {
	const char *sim, *driver, *options;
	bool udp, removes;
} Pair;

static const Pair pairs[] = {
	{ "plu-cas", "cas-cl5000", "", .removes = true },
	{ "plu-shtrih", "shtrih-print", "", .udp = true, .removes = true },
	{ "plu-digi", "digi", "prefix=21", .removes = true },
	{ "plu-massa", "massa-mk", "", .removes = false },
};

static void weigh(LabelShop *shop, int64_t id, const char *name, const char *unit, int64_t price,
		  int plu)
{
	label_shop_add(shop, id, name, unit, price, "");
	label_shop_sql(shop, "UPDATE item SET plu = %d, weighed = %d WHERE id = %lld", plu,
		       strcmp(unit, "pcs") != 0, (long long)id);
}

static void fill(LabelShop *shop)
{
	label_shop_init(shop);
	weigh(shop, 1, "Яблоки Гала", "kg", 8990, 7);
	weigh(shop, 2, "Хлеб", "pcs", 4500, 8);
	label_shop_add(shop, 3, "Молоко", "pcs", 9900, ""); /* nothing for a scale */
}

static PluResult load(LabelShop *shop, const LabelDevice *device, bool all)
{
	g_autoptr(GError) error = NULL;
	PluResult result;

	label_load_scale(shop->office.store, device, all, 0, &result, &error);
	g_assert_no_error(error);
	return result;
}

static void expect(PluResult result, int sent, int removed, int same, int refused)
{
	g_test_message("%d %d %d %d %s", result.sent, result.removed, result.same, result.n_refused,
		       result.refused != NULL ? result.refused : "");
	g_assert_cmpint(result.sent, ==, sent);
	g_assert_cmpint(result.removed, ==, removed);
	g_assert_cmpint(result.same, ==, same);
	g_assert_cmpint(result.n_refused, ==, refused);
	g_assert_true((result.refused != NULL) == (refused > 0));
	plu_result_clear(&result);
}

static int count(const LabelSim *sim, const char *text)
{
	g_autofree char *log = NULL;
	int n = 0;

	g_file_get_contents(sim->log, &log, NULL, NULL);
	for (const char *at = log; (at = strstr(at, text)) != NULL; at += strlen(text))
		n++;
	return n;
}

static void test_only_what_differs_is_sent(const void *data)
{
	const Pair *pair = data;
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelSim) sim = NULL;
	g_autoptr(LabelDevice) device = NULL;

	fill(&shop);
	sim = label_sim_new(&shop, pair->sim, pair->udp, NULL);
	device = label_sim_device(&shop, sim, LABEL_DEVICE_PLU, pair->driver, pair->options);
	expect(load(&shop, device, false), 2, 0, 0, 0);
	wait_for_text(sim->log, "PLU|7|7|89.90|Яблоки Гала\n");
	wait_for_text(sim->log, "PLU|8|8|45.00|Хлеб\n");
	expect(load(&shop, device, false), 0, 0, 2, 0);
	label_shop_sql(&shop, "UPDATE item SET price = 9990 WHERE id = 1");
	expect(load(&shop, device, false), 1, 0, 1, 0);
	wait_for_text(sim->log, "PLU|7|7|99.90|Яблоки Гала\n");
	g_assert_cmpint(count(sim, "PLU|8|"), ==, 1);
	expect(load(&shop, device, true), 2, 0, 0, 0);
	g_assert_cmpint(count(sim, "PLU|8|"), ==, 2);
	g_assert_false(file_has(sim->log, "FLAG"));
}

static void test_what_is_not_sold_any_more_goes(const void *data)
{
	const Pair *pair = data;
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelSim) sim = NULL;
	g_autoptr(LabelDevice) device = NULL;

	fill(&shop);
	sim = label_sim_new(&shop, pair->sim, pair->udp, NULL);
	device = label_sim_device(&shop, sim, LABEL_DEVICE_PLU, pair->driver, pair->options);
	expect(load(&shop, device, false), 2, 0, 0, 0);
	label_shop_sql(&shop, "UPDATE item SET plu = NULL WHERE id = 2");
	if (!pair->removes) { /* it says so every time, until the scale was emptied */
		expect(load(&shop, device, false), 0, 0, 1, 1);
		expect(load(&shop, device, false), 0, 0, 1, 1);
		g_free(device->options);
		device->options = g_strdup("load=full");
		expect(load(&shop, device, false), 1, 1, 0, 0);
		wait_for_text(sim->log, "PLU-ALL-GONE|");
		return;
	}
	expect(load(&shop, device, false), 0, 1, 1, 0);
	wait_for_text(sim->log, "PLU-GONE|8\n");
	expect(load(&shop, device, false), 0, 0, 1, 0);
}

static void test_last_item_of_a_scale_that_is_emptied(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelSim) sim = NULL;
	g_autoptr(LabelDevice) device = NULL;

	fill(&shop);
	sim = label_sim_new(&shop, "plu-massa", false, NULL);
	device = label_sim_device(&shop, sim, LABEL_DEVICE_PLU, "massa-mk", "load=full");
	expect(load(&shop, device, false), 2, 0, 0, 0);
	label_shop_sql(&shop, "UPDATE item SET plu = NULL");
	expect(load(&shop, device, false), 0, 2, 0, 0);
	g_assert_cmpint(count(sim, "PLU-ALL-GONE|"), ==, 2);
}

static void test_refused_goods_stop_no_others(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelSim) sim = NULL;
	g_autoptr(LabelDevice) device = NULL;
	PluResult result;

	fill(&shop);
	weigh(&shop, 4, "Өрөм", "kg", 10000, 1);
	weigh(&shop, 5, "Груша", "kg", -1, 2);
	weigh(&shop, 6, "Чай", "kg", 12345, 9);
	sim = label_sim_new(&shop, "plu-cas", false, NULL);
	device = label_sim_device(&shop, sim, LABEL_DEVICE_PLU, "cas-cl5000", "");
	result = load(&shop, device, false);
	g_assert_nonnull(strstr(result.refused, "Өрөм: "));
	g_assert_nonnull(strstr(result.refused, "Груша: it has no price"));
	expect(result, 3, 0, 0, 2);
	g_assert_false(file_has(sim->log, "PLU|1|"));
	/* The shop consents to another letter: it goes, alone. */
	g_free(device->options);
	device->options = g_strdup("letters=Өо,өо,ӨО");
	expect(load(&shop, device, false), 1, 0, 3, 1);
	wait_for_text(sim->log, "PLU|1|1|100.00|");
}

static void test_scale_itself_refuses_one(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelSim) sim = NULL;
	g_autoptr(LabelDevice) device = NULL;
	PluResult result;

	fill(&shop);
	weigh(&shop, 4, "Золото", "kg", 100000000, 1); /* more than it can show */
	sim = label_sim_new(&shop, "plu-cas", false, NULL);
	device = label_sim_device(&shop, sim, LABEL_DEVICE_PLU, "cas-cl5000", "");
	result = load(&shop, device, false);
	g_assert_nonnull(strstr(result.refused, "Золото: "));
	expect(result, 2, 0, 0, 1);
	wait_for_text(sim->log, "PLU|8|8|45.00|Хлеб\n");
}

static void test_gram_is_priced_by_the_kilogram(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelSim) sim = NULL;
	g_autoptr(LabelDevice) device = NULL;

	label_shop_init(&shop);
	weigh(&shop, 1, "Шафран", "g", 15, 3);
	label_shop_sql(&shop, "INSERT INTO price VALUES (1, 1, 1, 0, 20)"); /* the shop's own */
	sim = label_sim_new(&shop, "plu-cas", false, NULL);
	device = label_sim_device(&shop, sim, LABEL_DEVICE_PLU, "cas-cl5000", "");
	expect(load(&shop, device, false), 1, 0, 0, 0);
	wait_for_text(sim->log, "PLU|3|3|200.00|Шафран\n");
}

static void test_tugriks_have_no_decimals_on_a_scale(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelSim) sim = NULL;
	g_autoptr(LabelDevice) device = NULL;
	PluResult result;

	label_shop_init(&shop);
	label_shop_sql(&shop, "UPDATE shop SET country = 'mn', currency = 496");
	weigh(&shop, 1, "Мах", "kg", 1590000, 3);
	weigh(&shop, 2, "Гурил", "kg", 150050, 4);
	sim = label_sim_new(&shop, "plu-cas", false, NULL);
	device = label_sim_device(&shop, sim, LABEL_DEVICE_PLU, "cas-cl5000", "");
	result = load(&shop, device, false);
	g_assert_true(g_str_has_prefix(result.refused, "Гурил: its price has decimals"));
	expect(result, 1, 0, 0, 1);
	/* The simulator writes all prices with two: 15 900. */
	wait_for_text(sim->log, "PLU|3|3|159.00|Мах\n");
	g_free(device->options);
	device->options = g_strdup("decimals=2");
	result = load(&shop, device, false);
	g_assert_nonnull(strstr(result.refused, "Мах: ")); /* 1 590 000 it cannot show */
	expect(result, 1, 0, 0, 1);
	wait_for_text(sim->log, "PLU|4|4|1500.50|Гурил\n");
}

/* The cable breaks in the middle: what arrived is known, and the next load brings the rest. */
static void test_broken_cable_loses_nothing(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelSim) sim = NULL;
	g_autoptr(LabelDevice) device = NULL;
	g_autoptr(GError) error = NULL;
	PluResult result;
	int first;

	label_shop_init(&shop);
	for (int i = 1; i <= 10; i++) {
		g_autofree char *name = g_strdup_printf("Товар %d", i);

		weigh(&shop, i, name, "kg", 1000 * i, i);
	}
	sim = label_sim_new(
		&shop, "plu-cas", false,
		(const char *[]){ "cut_in=900", "cut_in=901", "cut_in=902", "cut_in=903", NULL });
	device = label_sim_device(&shop, sim, LABEL_DEVICE_PLU, "cas-cl5000", "");
	g_assert_false(label_load_scale(shop.office.store, device, false, 0, &result, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	first = result.sent;
	plu_result_clear(&result);
	g_assert_cmpint(first, >, 0);
	g_assert_cmpint(first, <, 10);
	g_assert_cmpint(label_shop_ask(&shop, "SELECT count(*) FROM plu_loaded"), ==, first);
	sim_say(sim->sim, "hear");
	wait_for_text(sim->log, "control: hear\n");
	expect(load(&shop, device, false), 10 - first, 0, first, 0);
	wait_for_text(sim->log, "PLU|10|10|100.00|Товар 10\n");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		g_autofree char *differs = g_strconcat("/scale/differs/", pairs[i].driver, NULL);
		g_autofree char *goes = g_strconcat("/scale/goes/", pairs[i].driver, NULL);

		g_test_add_data_func(differs, &pairs[i], test_only_what_differs_is_sent);
		g_test_add_data_func(goes, &pairs[i], test_what_is_not_sold_any_more_goes);
	}
	g_test_add_func("/scale/emptied", test_last_item_of_a_scale_that_is_emptied);
	g_test_add_func("/scale/refused", test_refused_goods_stop_no_others);
	g_test_add_func("/scale/refuses", test_scale_itself_refuses_one);
	g_test_add_func("/scale/gram", test_gram_is_priced_by_the_kilogram);
	g_test_add_func("/scale/tugriks", test_tugriks_have_no_decimals_on_a_scale);
	g_test_add_func("/scale/cable", test_broken_cable_loses_nothing);
	return g_test_run();
}
