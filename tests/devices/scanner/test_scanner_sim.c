/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim.h"
#include "tests/sim/wire.h"
#include "tests/wait_file.h"

#include <string.h>

/* What a serial scanner puts on the line (scanners §2, §4, §9). */
typedef struct {
	SimThread *sim;
	Wire *wire;
	char *log; /* owned */
} Scanner;

static Scanner scanner_new(const char *name, const char *fault)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *log = g_strdup_printf("%s.log", name);
	g_autofree char *link = g_strdup_printf("%s.pty", name);
	g_autofree char *pty = scratch_new(link);
	const char *const faults[] = { fault, NULL };
	Scanner self = { .log = scratch_new(log) };

	self.sim = sim_start(
		"scanner-serial",
		&(SimOptions){
			.pty_link = pty, .log_path = self.log, .faults = faults, .control_fd = -1 },
		&error);
	g_assert_no_error(error);
	self.wire = wire_new(sim_thread_get_address(self.sim));
	wait_for_text(self.log, "host connected");
	return self;
}

static void scanner_end(Scanner *self)
{
	g_autoptr(GError) error = NULL;

	wire_free(self->wire);
	g_assert_true(sim_stop(self->sim, &error));
	g_assert_no_error(error);
	g_free(self->log);
}

static void expect_text(Scanner *self, const char *text)
{
	g_autoptr(GString) hex = g_string_new(NULL);

	for (; *text != '\0'; text++)
		g_string_append_printf(hex, "%02X ", (uint8_t)*text);
	wire_expect(self->wire, hex->str);
}

/* What is scanned, and what must come for it. */
static void scans(const char *name, const char *fault, const char *const pairs[][2])
{
	Scanner scanner = scanner_new(name, fault);

	for (int i = 0; pairs[i][0] != NULL; i++) {
		g_test_message("%s", pairs[i][0]);
		sim_say(scanner.sim, pairs[i][0]);
		expect_text(&scanner, pairs[i][1]);
	}
	scanner_end(&scanner);
}

static void test_plain_lines_are_codes(void)
{
	static const char *const pairs[][2] = {
		{ "4606203090785", "4606203090785\r" },
		{ "@home 12\\z", "@home 12\\z\r" },
		{ "0104601234567893215abcDEF\\x1D93dGVz", "0104601234567893215abcDEF\x1D"
							  "93dGVz\r" },
		{ NULL, NULL },
	};

	scans("plain", NULL, pairs);
}

static void test_symbologies_have_their_identifiers(void)
{
	static const char *const pairs[][2] = {
		{ "@ean13 4601234567893", "]E04601234567893\r" },
		{ "@ean8 96385074", "]E496385074\r" },
		{ "@upca 036000291452", "]E00036000291452\r" },
		{ "@code128 A1", "]C0A1\r" },
		{ "@gs1-128 0034", "]C10034\r" },
		{ "@datamatrix x", "]d1x\r" },
		{ "@gs1-datamatrix 01\\x1D93", "]d201\x1D"
					       "93\r" },
		{ "@qr https://x", "]Q1https://x\r" },
		{ "4601234567893", "4601234567893\r" },
		{ NULL, NULL },
	};

	scans("named", NULL, pairs);
}

static void test_identifier_for_all_or_none(void)
{
	static const char *const on[][2] = {
		{ "4601234567893", "]E04601234567893\r" },
		{ "036000291452", "]E00036000291452\r" },
		{ "96385074", "]E496385074\r" },
		{ "A1", "]C0A1\r" },
		{ "01\\x1D"
		  "93",
		  "]d201\x1D"
		  "93\r" },
		{ NULL, NULL },
	};
	static const char *const off[][2] = {
		{ "@gs1-datamatrix 01\\x1D"
		  "93",
		  "01\x1D"
		  "93\r" },
		{ NULL, NULL },
	};

	scans("on", "aim", on);
	scans("off", "aim=off", off);
}

static void test_suffixes(void)
{
	static const char *const names[] = { "suffix=cr", "suffix=lf", "suffix=crlf", "suffix=tab",
					     "suffix=none" };
	static const char *const codes[] = { "1\r", "1\n", "1\r\n", "1\t", "1" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *const pairs[][2] = { { "1", codes[i] },
						 { "1", codes[i] },
						 { NULL, NULL } };

		scans(names[i], names[i], pairs);
	}
}

static void test_what_becomes_of_the_separator(void)
{
	static const char *const names[] = { "gs=keep", "gs=drop", "gs=pipe", "gs=twice",
					     "leading_gs" };
	static const char *const codes[] = { "a\x1D"
					     "b\r",
					     "ab\r", "a|b\r",
					     "a\x1D\x1D"
					     "b\r",
					     "\x1D"
					     "a\x1D"
					     "b\r" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *const pairs[][2] = { { "a\\x1D"
						   "b",
						   codes[i] },
						 { NULL, NULL } };

		scans(names[i], names[i], pairs);
	}
}

static void test_case_and_duplicates(void)
{
	static const char *const swapped[][2] = { { "aBc1", "AbC1\r" }, { NULL, NULL } };
	static const char *const twice[][2] = {
		{ "1", "1\r" }, { "2", "2\r2\r" }, { "3", "3\r" }, { NULL, NULL }
	};

	scans("swap", "swap_case", swapped);
	scans("twice", "twice*1@2", twice);
}

static void test_settings_change_at_any_time(void)
{
	Scanner scanner = scanner_new("change", "suffix=lf");

	sim_say(scanner.sim, "1");
	sim_say(scanner.sim, "fault suffix=crlf");
	sim_say(scanner.sim, "2");
	sim_say(scanner.sim, "fault suffix=nonsense");
	sim_say(scanner.sim, "3");
	expect_text(&scanner, "1\n2\r\n3\r\n");
	wait_for_text(scanner.log, "is not a fault");
	scanner_end(&scanner);
}

static void test_burst_is_one_piece(void)
{
	Scanner scanner = scanner_new("burst", "burst=3");

	for (int i = 0; i < 3; i++)
		sim_say(scanner.sim, "4601234567893");
	expect_text(&scanner, "4601234567893\r4601234567893\r4601234567893\r");
	wait_for_text(scanner.log, "D> 34 36 30 31 32 33 34 35 36 37 38 39 33 0D 34 36 30 31 32 33 "
				   "34 35 36 37 38 39 33 0D 34 36");
	scanner_end(&scanner);
}

static void test_many_lines_at_once_are_each_whole(void)
{
	Scanner scanner = scanner_new("many", NULL);

	/* Some 25 000 bytes, more than the terminal holds: none may be lost meanwhile. */
	for (int i = 0; i < 1000; i++) {
		g_autofree char *line = g_strdup_printf("code number %012d", i);

		sim_say_ahead(scanner.sim, line);
	}
	for (int i = 0; i < 1000; i++) {
		g_autofree char *line = g_strdup_printf("code number %012d\r", i);

		expect_text(&scanner, line);
	}
	scanner_end(&scanner);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scanner sim/plain lines are codes", test_plain_lines_are_codes);
	g_test_add_func("/scanner sim/symbologies have their identifiers",
			test_symbologies_have_their_identifiers);
	g_test_add_func("/scanner sim/identifier for all or none", test_identifier_for_all_or_none);
	g_test_add_func("/scanner sim/suffixes", test_suffixes);
	g_test_add_func("/scanner sim/what becomes of the separator",
			test_what_becomes_of_the_separator);
	g_test_add_func("/scanner sim/case and duplicates", test_case_and_duplicates);
	g_test_add_func("/scanner sim/settings change at any time",
			test_settings_change_at_any_time);
	g_test_add_func("/scanner sim/burst is one piece", test_burst_is_one_piece);
	g_test_add_func("/scanner sim/many lines at once are each whole",
			test_many_lines_at_once_are_each_whole);
	return g_test_run();
}
