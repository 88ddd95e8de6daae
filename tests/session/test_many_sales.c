/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/session/counter.h"
#include "tests/session/shop.h"

#include <stdlib.h>
#include <string.h>

/* A long day: every cash sale opens the drawer once, no card sale does, every receipt comes out
 * once. usage: test-many-sales SALES */

#define ROUND 100
#define CARD_EVERY 10

static int n_sales;

static void sell_round(Running *till, int first, int n)
{
	int n_steps = 0;

	for (int i = first; i < first + n; i++) {
		bool card = i % CARD_EVERY == 0;

		running_send(till, i % 3 == 0 ? "scan " MILK : "scan " BREAD);
		running_send(till, card ? "pay card" : "pay cash 100");
		n_steps += 2;
	}
	for (int i = 0; i < n_steps; i++) {
		json_auto_t *answer = running_answer(till);

		g_assert_true(json_is_true(json_object_get(answer, "ok")));
	}
	counter_expect(till, "-expect papers 0");
}

static GHashTable *count_lines(const char *path, const char *start)
{
	GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	lines = g_strsplit(text, "\n", -1);
	for (int i = 0; lines[i] != NULL; i++)
		if (g_str_has_prefix(lines[i], start))
			g_hash_table_insert(counts, g_strdup(lines[i]),
					    GINT_TO_POINTER(GPOINTER_TO_INT(g_hash_table_lookup(
								    counts, lines[i])) +
							    1));
	return counts;
}

/* The receipts' own barcodes: as many as sales, and none twice. */
static void check_receipts(const CounterDevice *printer)
{
	g_autoptr(GHashTable) receipts = count_lines(printer->log, "PAPER|[CODE128 ");
	GHashTableIter iter;
	gpointer times;

	g_assert_cmpuint(g_hash_table_size(receipts), ==, (guint)n_sales);
	g_hash_table_iter_init(&iter, receipts);
	while (g_hash_table_iter_next(&iter, NULL, &times))
		g_assert_cmpint(GPOINTER_TO_INT(times), ==, 1);
}

static void test_many_sales(void)
{
	static const char *const instant[] = { "speed_mm=0", NULL };
	char *directory = g_dir_make_tmp("baraa-many-XXXXXX", NULL);
	char *shop = shop_new("ru", NULL);
	CounterDevice printer = counter_device_new(directory, "printer-escpos", instant);
	g_autofree char *conf = g_strdup_printf("[printer]\ndevice=escpos@pty:%s\n", printer.link);
	Running till;

	shop_configure(shop, conf);
	till = running_start(shop);
	running_steps(&till, (const char *const[]){ "login " MARY, "open-shift 1000", NULL });
	counter_expect(&till, "-expect printer ready");
	for (int i = 0; i < n_sales; i += ROUND) {
		sim_say(printer.sim, "paper"); /* some thousand receipts are a roll */
		sell_round(&till, i, MIN(ROUND, n_sales - i));
	}
	running_finish(&till);
	check_receipts(&printer);
	g_assert_cmpint(counter_device_count(&printer, "DRAWER|"), ==,
			n_sales - (n_sales + CARD_EVERY - 1) / CARD_EVERY);
	counter_device_clear(&printer);
	shop_remove(shop);
	shop_remove(directory);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	n_sales = argc > 1 ? atoi(argv[1]) : ROUND;
	g_assert_cmpint(n_sales, >, 0);
	g_test_add_func("/many-sales/one-pulse-one-receipt", test_many_sales);
	return g_test_run();
}
