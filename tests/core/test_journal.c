/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/journal.h"
#include "core/json_text.h"

#include <string.h>

/* Hashes were made with sha256sum: printf '%s\n%s' PREVIOUS BODY | sha256sum */
static const struct {
	int64_t number, at, cashier, shift;
	JournalKind kind;
	const char *details, *body, *hash;
} chain[] = {
	{ 1, 1795420800000000, 2, 118, JOURNAL_SHIFT_OPEN, "{\"float\": 100000}",
	  "{\"at\":1795420800000000,\"cashier\":2,\"float\":100000,\"kind\":\"shift-open\",\"n\":1,"
	  "\"shift\":118}",
	  "a8a8fa74e08b21dabe4d3ecaa440dc1fac3c4bb06ed5cac8e7fc3fdb4397e9fa" },
	{ 2, 1795420900000000, 2, 118, JOURNAL_CASH_IN,
	  "{\"note\": \"\\u04e8\\u0433\\u043b\\u04e9\\u04e9\", \"amount\": 5000}",
	  "{\"amount\":5000,\"at\":1795420900000000,\"cashier\":2,\"kind\":\"cash-in\",\"n\":2,"
	  "\"note\":\"Өглөө\",\"shift\":118}",
	  "7a3e2c9ea83ceb2e8c3507d914e107c0faa438b10611483aec7962e76aaa86e5" },
	{ 3, 1795421000000000, 0, 0, JOURNAL_LOGOUT, NULL,
	  "{\"at\":1795421000000000,\"cashier\":0,\"kind\":\"logout\",\"n\":3,\"shift\":0}",
	  "cb55895ccbd38f5006e871098a6b55be7e4a548ac321b9851d211fc7322a10a0" },
};

static const char *previous_of(size_t i)
{
	return i == 0 ? JOURNAL_FIRST_HASH : chain[i - 1].hash;
}

static void test_chain_is_sealed(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(chain); i++) {
		json_t *details = chain[i].details ? json_loads(chain[i].details, 0, NULL) : NULL;
		g_auto(JournalEntry) entry = { 0 };

		journal_entry_seal(&entry, chain[i].number, chain[i].at, chain[i].kind,
				   chain[i].cashier, chain[i].shift, details, NULL, previous_of(i));
		g_assert_cmpstr(entry.body, ==, chain[i].body);
		g_assert_cmpstr(entry.hash, ==, chain[i].hash);
		json_decref(details);
	}
}

static void test_chain_is_opened(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(chain); i++) {
		g_autoptr(GError) error = NULL;
		g_auto(JournalEntry) entry = { 0 };

		g_assert_true(journal_entry_open(&entry, chain[i].body, chain[i].hash,
						 chain[i].number, previous_of(i), &error));
		g_assert_no_error(error);
		g_assert_cmpint(entry.number, ==, chain[i].number);
		g_assert_cmpint(entry.at, ==, chain[i].at);
		g_assert_cmpint(entry.kind, ==, chain[i].kind);
		g_assert_cmpint(entry.cashier, ==, chain[i].cashier);
		g_assert_cmpint(entry.shift, ==, chain[i].shift);
		g_assert_cmpstr(entry.body, ==, chain[i].body);
		g_assert_cmpstr(entry.hash, ==, chain[i].hash);
	}
}

static void check_refused(const char *body, const char *hash, int64_t expected,
			  const char *previous, JournalError code)
{
	g_autoptr(GError) error = NULL;
	JournalEntry entry = { .number = 42 };

	g_assert_false(journal_entry_open(&entry, body, hash, expected, previous, &error));
	g_assert_error(error, JOURNAL_ERROR, (int)code);
	g_assert_cmpint(entry.number, ==, 42);
}

static void test_broken_chain(void)
{
	g_autofree char *changed = g_strdup(chain[1].body);

	check_refused(chain[1].body, chain[1].hash, 2, JOURNAL_FIRST_HASH, JOURNAL_ERROR_CHAIN);
	check_refused(chain[1].body, chain[0].hash, 2, chain[0].hash, JOURNAL_ERROR_CHAIN);
	check_refused(chain[1].body, "", 2, chain[0].hash, JOURNAL_ERROR_CHAIN);
	check_refused(chain[2].body, chain[2].hash, 2, chain[0].hash, JOURNAL_ERROR_GAP);
	check_refused(chain[0].body, chain[0].hash, 2, chain[0].hash, JOURNAL_ERROR_GAP);

	*strchr(changed, '5') = '6'; /* 6000 were put in, or so it now says */
	check_refused(changed, chain[1].hash, 2, chain[0].hash, JOURNAL_ERROR_CHAIN);
}

static void test_bodies_that_are_none(void)
{
	static const char *const bodies[] = {
		"",
		"{",
		"null",
		"[]",
		"7",
		"{}",
		/* not canonical: order, blanks, escapes, twice the same, the end */
		"{\"cashier\":0,\"at\":1,\"kind\":\"login\",\"n\":1,\"shift\":0}",
		"{\"at\":1, \"cashier\":0,\"kind\":\"login\",\"n\":1,\"shift\":0}",
		"{\"at\":1,\"cashier\":0,\"kind\":\"\\u006cogin\",\"n\":1,\"shift\":0}",
		"{\"at\":1,\"at\":1,\"cashier\":0,\"kind\":\"login\",\"n\":1,\"shift\":0}",
		"{\"at\":1,\"cashier\":0,\"kind\":\"login\",\"n\":1,\"shift\":0}\n",
		/* numbers */
		"{\"at\":1,\"cashier\":0,\"kind\":\"login\",\"n\":1,\"shift\":0,\"x\":[{\"y\":1.5}]"
		"}",
		"{\"at\":1.0,\"cashier\":0,\"kind\":\"login\",\"n\":1,\"shift\":0}",
		"{\"at\":1,\"cashier\":0,\"kind\":\"login\",\"n\":99999999999999999999,\"shift\":"
		"0}",
		/* members */
		"{\"at\":1,\"cashier\":0,\"kind\":\"lunch\",\"n\":1,\"shift\":0}",
		"{\"at\":1,\"cashier\":-1,\"kind\":\"login\",\"n\":1,\"shift\":0}",
		"{\"at\":1,\"cashier\":0,\"kind\":\"login\",\"n\":\"1\",\"shift\":0}",
		"{\"at\":1,\"cashier\":0,\"kind\":\"login\",\"n\":0,\"shift\":0}",
		"{\"at\":1,\"cashier\":0,\"kind\":\"login\",\"n\":1}",
		"{\"at\":1,\"cashier\":0,\"kind\":\"log\xffin\",\"n\":1,\"shift\":0}",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bodies); i++)
		check_refused(bodies[i], JOURNAL_FIRST_HASH, 1, JOURNAL_FIRST_HASH,
			      JOURNAL_ERROR_BODY);
}

/* Reals, and keys that come out escaped: JSON, but never of the journal. */
static bool is_odd(const json_t *json)
{
	const char *key;
	json_t *value;
	size_t i;

	json_object_foreach((json_t *)json, key,
			    value) if (is_odd(value) ||
				       strpbrk(key, "\"\\\b\f\n\r\t\001\037") != NULL) return true;
	json_array_foreach(json, i, value) if (is_odd(value)) return true;
	return json_is_real(json);
}

/* The quick walk agrees with writing the JSON again, on texts with a few bytes changed. */
static void test_canonical_is_what_would_be_written(void)
{
	static const char base[] = "{\"a\":[1,-20,{},[],\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001F\","
				   "true],\"ab\":{\"b\":null,\"ba\":\"Ө/\",\"c\":false},\"b\":0}";
	static const char bytes[] = "\"\\/abefnrtuUABCDF019-+.,:{}[] \n";
	g_autoptr(GRand) rand = g_rand_new_with_seed(20261123);
	int n_canonical = 0, n_other = 0;

	g_assert_true(json_text_is_canonical(base));
	for (int i = 0; i < 300000; i++) {
		g_autofree char *text = g_strdup(base), *again = NULL;
		json_t *json;
		bool canonical;

		for (int k = g_rand_int_range(rand, 1, 4); k > 0; k--)
			text[g_rand_int_range(rand, 0, sizeof base - 1)] =
				bytes[g_rand_int_range(rand, 0, sizeof bytes - 1)];
		canonical = json_text_is_canonical(text); /* whatever it is, it does not crash */
		json = json_loads(text, 0, NULL);
		if (json == NULL)
			continue;
		again = journal_canonical(json);
		if (canonical)
			g_assert_cmpstr(again, ==, text);
		else if (!is_odd(json))
			g_assert_cmpstr(again, !=, text);
		*(canonical ? &n_canonical : &n_other) += 1;
		json_decref(json);
	}
	g_assert_cmpint(n_canonical, >, 1000);
	g_assert_cmpint(n_other, >, 1000);
}

static void test_kinds(void)
{
	JournalKind back;

	for (JournalKind kind = 0; kind < JOURNAL_N_KINDS; kind++) {
		g_assert_true(journal_kind_parse(journal_kind_code(kind), &back));
		g_assert_cmpint(back, ==, kind);
	}
	g_assert_false(journal_kind_parse("lunch", &back));
	g_assert_cmpstr(journal_kind_code(JOURNAL_SHIFT_OPEN), ==, "shift-open");
}

static void test_details_may_not_overwrite(void)
{
	if (g_test_subprocess()) {
		json_t *details = json_pack("{s:i}", "n", 7);
		JournalEntry entry;

		journal_entry_seal(&entry, 1, 1, JOURNAL_LOGIN, 1, 0, details, NULL,
				   JOURNAL_FIRST_HASH);
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);
	g_test_trap_assert_failed();
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/journal/chain-is-sealed", test_chain_is_sealed);
	g_test_add_func("/journal/chain-is-opened", test_chain_is_opened);
	g_test_add_func("/journal/broken-chain", test_broken_chain);
	g_test_add_func("/journal/bodies-that-are-none", test_bodies_that_are_none);
	g_test_add_func("/journal/canonical", test_canonical_is_what_would_be_written);
	g_test_add_func("/journal/kinds", test_kinds);
	g_test_add_func("/journal/details-may-not-overwrite", test_details_may_not_overwrite);
	return g_test_run();
}
