/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/plu.h"
#include "tests/devices/meet/sweep.h"

#include <string.h>

/* Price lists for label-printing scales (scale.md, part B): what is told to be in the scale is in
 * it, right, and nothing else is. */

enum { N_THREADS = 32, N_ITEMS = 2 };

typedef struct {
	const char *sim, *driver;
	MeetCable cable;
	bool has_sum;
	bool removes;
} Pair;

static const Pair pairs[] = {
	{ "plu-shtrih", "shtrih-print", MEET_UDP, .removes = true },
	{ "plu-shtrih", "shtrih-print", MEET_PTY, .has_sum = true, .removes = true },
	{ "plu-cas", "cas-cl5000", MEET_TCP, .has_sum = true, .removes = true },
	{ "plu-digi", "digi", MEET_TCP, .removes = true },
	{ "plu-massa", "massa-mk", MEET_TCP, .has_sum = true },
};

static const Plu items[N_ITEMS] = {
	{ .number = 7, .code = 12345, .name = "Яблоки Гала", .price = 8990, .shelf_life_days = 10 },
	{ .number = 8, .code = 54321, .name = "Хлеб", .price = 4500, .pieces = true },
};

static GHashTable *options_of(const Pair *pair)
{
	if (strcmp(pair->sim, "plu-digi") == 0)
		return meet_options_new("prefix", "21", NULL);
	return meet_options_new("letters", "ӨО,ҮУ", NULL);
}

static bool send(const Pair *pair, Meet *meet, int *accepted, GError **error)
{
	g_autoptr(GHashTable) options = options_of(pair);

	return plu_driver_find(pair->driver)
		->send(meet->port, options, items, N_ITEMS, accepted, error);
}

/* The first item on a label of 1.234 kg (scale.md, W1). */
static void expect_label(Meet *meet)
{
	meet_say(meet, "print 7 1234");
	meet_wait(meet, "LABEL|2112345012346|Яблоки Гала|1234 g|110.94\n");
}

static void test_loads(const void *data)
{
	const Pair *pair = data;
	g_autoptr(Meet) meet = meet_new(pair->sim, pair->cable, NULL);
	g_autoptr(GHashTable) options = options_of(pair);
	g_autoptr(GError) error = NULL;
	int n;

	meet_plug(meet);
	send(pair, meet, &n, &error);
	g_assert_no_error(error);
	g_assert_cmpint(n, ==, N_ITEMS);
	expect_label(meet);
	if (pair->removes) {
		plu_driver_find(pair->driver)->remove(meet->port, options, items, 1, &n, &error);
		g_assert_no_error(error);
		g_assert_cmpint(n, ==, 1);
		meet_wait(meet, "PLU-GONE|7\n");
	}
	meet_assert_no_flags(meet);
}

static void run_trouble(const Pair *pair, const char *fault)
{
	g_autoptr(Meet) meet =
		meet_new(pair->sim, pair->cable, (const char *const[]){ fault, NULL });
	g_autoptr(GError) error = NULL;
	int n;

	g_test_message("%s: %s", pair->sim, fault);
	meet_plug(meet);
	send(pair, meet, &n, &error);
	g_assert_no_error(error);
	g_assert_cmpint(n, ==, N_ITEMS);
	expect_label(meet);
}

static void test_has_its_troubles(const void *data)
{
	const Pair *pair = data;

	if (pair->cable == MEET_UDP) {
		run_trouble(pair, "lost_request");
		run_trouble(pair, "lost_answer");
		run_trouble(pair, "twice_answer");
		run_trouble(pair, "other_host=1");
	}
	if (pair->has_sum)
		run_trouble(pair, "bad_sum=1");
}

/* ---- with a bad cable */

static bool has_item(const Meet *meet, int i)
{
	g_autofree char *line = g_strdup_printf("PLU|%u|%u|%d.%02d|%s\n", items[i].number,
						items[i].code, (int)(items[i].price / 100),
						(int)(items[i].price % 100), items[i].name);

	return meet_has(meet, line);
}

static bool may_be_spoilt(const Pair *pair, const SweepFault *fault)
{
	return !pair->has_sum && fault->fault != NULL && g_str_has_suffix(fault->fault, "_in");
}

static char *send_badly(const Pair *pair, Meet *meet, const SweepFault *fault)
{
	g_autoptr(GError) error = NULL;
	int accepted = 0;
	bool done;

	meet_plug(meet);
	done = send(pair, meet, &accepted, &error);
	if (done && accepted != N_ITEMS)
		return g_strdup("done, and not all accepted");
	for (int i = 0; i < accepted && !may_be_spoilt(pair, fault); i++)
		if (!has_item(meet, i))
			return g_strdup_printf("item %d is told to be in the scale", i + 1);
	return done ? NULL : sweep_check_fault("send()", error);
}

static char *talk(Meet *meet, const SweepFault *fault, const void *data)
{
	static const SweepFault none = { 0 };
	const Pair *pair = data;
	char *wrong = send_badly(pair, meet, fault);

	if (wrong != NULL || fault->fault == NULL)
		return wrong;
	meet_leave(meet);
	meet_say(meet, "hear");
	for (int i = 0; i < 3 && wrong == NULL; i++) {
		wrong = send_badly(pair, meet, &none);
		if (wrong == NULL && has_item(meet, 0) && has_item(meet, 1))
			return NULL;
	}
	return wrong != NULL ? wrong : g_strdup("it does not recover");
}

static void test_bad_cable(const void *data)
{
	const Pair *pair = data;

	sweep_run(&(Sweep){ .sim = pair->sim,
			    .cable = pair->cable,
			    .talk = talk,
			    .data = pair,
			    .good_stream = pair->cable != MEET_PTY,
			    .stride = sweep_is_long() ? 1 : 5,
			    .n_threads = N_THREADS });
}

static void add(const Pair *pair, const char *what, GTestDataFunc test)
{
	g_autofree char *path =
		g_strdup_printf("/meet/%s/%s/%s", pair->sim, meet_cable_names[pair->cable], what);

	g_test_add_data_func(path, pair, test);
}

int main(int argc, char **argv)
{
	sweep_init(&argc, &argv);
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		add(&pairs[i], "loads", test_loads);
		add(&pairs[i], "has its troubles", test_has_its_troubles);
		if (pairs[i].cable != MEET_UDP)
			add(&pairs[i], "bad cable", test_bad_cable);
	}
	return g_test_run();
}
