/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/prices/prices.h"
#include "tests/hub/hub_process.h"

static void set_soon(HubProcess *hub, int64_t first_at)
{
	PriceSet one = { 1, PRICE_RETAIL, 0, first_at, true, 777 };
	g_autoptr(GError) error = NULL;

	prices_set(hub->office.store, &one, 1, 0, "hand", &error);
	g_assert_no_error(error);
}

/* The price that stands in the item itself, which the hub has to move there. */
static bool is_moved(HubProcess *hub)
{
	int64_t n = -1;
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) history = price_history(hub->office.store, 1, 10, &error);

	g_assert_no_error(error);
	for (guint i = 0; i < history->len; i++)
		n += g_str_equal(((PriceChange *)history->pdata[i])->how, "due");
	return n == 0;
}

/* Its minute came while no hub was running. */
static void test_the_hub_starts_late(void)
{
	g_auto(HubProcess) hub;
	int64_t first_at;

	hub_process_init(&hub);
	fake_office_add_goods(&hub.office, 1);
	g_assert_cmpint(hub_process_stop(&hub), ==, 0);
	first_at = g_get_real_time() + 200000;
	set_soon(&hub, first_at);
	g_assert_false(is_moved(&hub));
	while (g_get_real_time() <= first_at)
		; /* a fifth of a second */
	hub_process_start(&hub);
	g_assert_cmpint(hub_process_stop(&hub), ==, 0); /* ends what it has begun */
	g_assert_true(is_moved(&hub));
}

/* Every few seconds it looks, and the till hears of it. */
static void test_the_hub_is_there(void)
{
	g_auto(HubProcess) hub;
	g_autofree char *token = NULL;
	int64_t until = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;
	bool heard = false;

	hub_process_init(&hub);
	token = hub_enrol(&hub, "Касса 1");
	fake_office_add_goods(&hub.office, 1);
	set_soon(&hub, g_get_real_time() + 200000);
	while (!heard && g_get_monotonic_time() < until) {
		g_auto(HubAnswer) answer = { 0 };
		const json_t *item;

		g_usleep(50000); /* as a till asks again */
		hub_get(&hub, "/v1/changes?since=0", token, &answer);
		item = json_array_get(json_object_get(answer.json, "items"), 0);
		heard = json_integer_value(json_object_get(item, "price")) == 777;
	}
	g_assert_true(heard);
	g_assert_true(is_moved(&hub));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/due/starts-late", test_the_hub_starts_late);
	g_test_add_func("/due/is-there", test_the_hub_is_there);
	return g_test_run();
}
