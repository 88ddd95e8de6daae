/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/evdev_keys.h"
#include "drivers/scanner/scanner.h"
#include "drivers/scanner/us_keys.h"
#include "tests/devices/scanner/typing.h"

#include <string.h>

/* Keyboard wedges: event by event past the window system, and through it (scanner.md §1, §7). */

#define GS "\x1D"
#define MS 1000

typedef struct {
	EvdevKeys keys;
	ScanCollector *collector;
	GString *heard;
	int64_t now;
} Bench;

static void note_scan(const Scan *scan, void *data)
{
	g_string_append_printf(data, "%s%s;", scan->aim, scan->data);
}

static void bench_open(Bench *self, bool follow_caps)
{
	self->heard = g_string_new(NULL);
	self->collector = scan_collector_new(note_scan, self->heard);
	scan_collector_set_silence(self->collector, 100 * MS);
	self->now = 1000 * MS;
	evdev_keys_init(&self->keys, follow_caps);
}

static void bench_close(Bench *self)
{
	scan_collector_free(self->collector);
	g_string_free(self->heard, TRUE);
}

static void feed(Bench *self, const struct input_event *event)
{
	evdev_keys_take(&self->keys, event, self->now, self->collector);
	self->now += MS / 3;
}

static void type(Bench *self, const char *text)
{
	g_autoptr(GArray) events = typing_new(text);

	for (guint i = 0; i < events->len; i++)
		feed(self, &g_array_index(events, struct input_event, i));
}

static void key(Bench *self, unsigned code, int value)
{
	g_autoptr(GArray) events = g_array_new(FALSE, FALSE, sizeof(struct input_event));

	typing_key(events, code, value);
	for (guint i = 0; i < events->len; i++)
		feed(self, &g_array_index(events, struct input_event, i));
}

static void tap(Bench *self, unsigned code)
{
	key(self, code, 1);
	key(self, code, 0);
}

static void chord(Bench *self, unsigned modifier, unsigned code)
{
	key(self, modifier, 1);
	tap(self, code);
	key(self, modifier, 0);
}

static void pass(Bench *self, int ms)
{
	self->now += ms * MS;
	scan_collector_tick(self->collector, self->now);
}

static void expect(Bench *self, const char *heard)
{
	g_assert_cmpstr(self->heard->str, ==, heard);
	g_string_truncate(self->heard, 0);
}

static void test_every_character(void)
{
	g_autoptr(GString) all = g_string_new("*");
	Bench bench;

	for (char c = '!'; c <= '~'; c++)
		g_string_append_c(all, c);
	g_string_append(all, "\n");
	bench_open(&bench, false);
	type(&bench, all->str);
	g_string_truncate(all, all->len - 1);
	g_string_append_c(all, ';');
	expect(&bench, all->str);
	bench_close(&bench);
}

static void test_suffixes(void)
{
	Bench bench;

	bench_open(&bench, false);
	type(&bench, "4601234567893");
	pass(&bench, 95);
	expect(&bench, "");
	pass(&bench, 10); /* a scanner without a suffix */
	expect(&bench, "4601234567893;");
	type(&bench, "]E04601234567893\n96385074\t");
	expect(&bench, "]E04601234567893;96385074;");
	type(&bench, "036000291452");
	tap(&bench, KEY_KPENTER);
	expect(&bench, "036000291452;");
	chord(&bench, KEY_LEFTCTRL, KEY_B); /* STX */
	tap(&bench, KEY_F13); /* an unused key as prefix */
	type(&bench, "AbC\n");
	expect(&bench, "AbC;");
	bench_close(&bench);
}

static void test_separators(void)
{
	Bench bench;

	bench_open(&bench, false);
	type(&bench, "]d2010460123456789321aB");
	chord(&bench, KEY_RIGHTCTRL, KEY_RIGHTBRACE);
	type(&bench, "93d1");
	tap(&bench, KEY_F8);
	type(&bench, "92x");
	key(&bench, KEY_LEFTALT, 1);
	tap(&bench, KEY_KP0);
	tap(&bench, KEY_KP2);
	tap(&bench, KEY_KP9);
	key(&bench, KEY_LEFTALT, 0);
	type(&bench, "91y\n");
	expect(&bench, "]d2010460123456789321aB" GS "93d1" GS "92x" GS "91y;");
	bench_close(&bench);
}

static void alt_code(Bench *self, const char *digits)
{
	static const unsigned keypad[] = { KEY_KP0, KEY_KP1, KEY_KP2, KEY_KP3, KEY_KP4,
					   KEY_KP5, KEY_KP6, KEY_KP7, KEY_KP8, KEY_KP9 };

	key(self, KEY_RIGHTALT, 1);
	for (; *digits != '\0'; digits++)
		tap(self, keypad[*digits - '0']);
	key(self, KEY_RIGHTALT, 0);
}

/* "Emulate external keypad": every character as its number. */
static void test_alt_codes(void)
{
	Bench bench;

	bench_open(&bench, false);
	alt_code(&bench, "065");
	alt_code(&bench, "0098");
	alt_code(&bench, "55");
	alt_code(&bench, "013");
	expect(&bench, "Ab7;");
	/* beyond ASCII it depends on a code page: refused whole, and the next is good again */
	type(&bench, "12");
	alt_code(&bench, "0228");
	type(&bench, "34\n5678\n");
	expect(&bench, "5678;");
	type(&bench, "12");
	alt_code(&bench, "99999999999999999999");
	type(&bench, "\n5679\n");
	expect(&bench, "5679;");
	/* Alt alone, and Alt with what is no keypad digit */
	chord(&bench, KEY_LEFTALT, KEY_A);
	key(&bench, KEY_LEFTALT, 1);
	key(&bench, KEY_LEFTALT, 0);
	type(&bench, "5680\n");
	expect(&bench, "5680;");
	bench_close(&bench);
}

static void test_keypad_and_repeats(void)
{
	Bench bench;

	bench_open(&bench, false);
	tap(&bench, KEY_KP1);
	key(&bench, KEY_KP2, 1);
	key(&bench, KEY_KP2, 2);
	key(&bench, KEY_KP2, 2);
	key(&bench, KEY_KP2, 0);
	tap(&bench, KEY_KP0);
	tap(&bench, KEY_KPDOT);
	tap(&bench, KEY_ENTER);
	expect(&bench, "120.;");
	/* both Shift keys down, and one let go */
	key(&bench, KEY_LEFTSHIFT, 1);
	key(&bench, KEY_RIGHTSHIFT, 1);
	tap(&bench, KEY_A);
	key(&bench, KEY_LEFTSHIFT, 0);
	tap(&bench, KEY_B);
	key(&bench, KEY_RIGHTSHIFT, 0);
	tap(&bench, KEY_C);
	tap(&bench, KEY_ENTER);
	expect(&bench, "ABc;");
	bench_close(&bench);
}

static void test_caps_lock(void)
{
	Bench bench;

	bench_open(&bench, false);
	tap(&bench, KEY_CAPSLOCK);
	type(&bench, "Ab1-\n");
	expect(&bench, "Ab1-;");
	bench_close(&bench);

	bench_open(&bench, true);
	tap(&bench, KEY_CAPSLOCK);
	type(&bench, "Ab1-\n");
	tap(&bench, KEY_CAPSLOCK);
	type(&bench, "Ab2-\n");
	expect(&bench, "aB1-;Ab2-;");
	bench_close(&bench);
}

static void report(Bench *self, unsigned code)
{
	struct input_event event = { .type = EV_SYN, .code = (guint16)code };

	feed(self, &event);
}

/* The kernel's queue ran over: what is left of that code is no code. */
static void test_lost_events(void)
{
	uint8_t bits[KEY_MAX / 8 + 1] = { 0 };
	Bench bench;

	bench_open(&bench, false);
	type(&bench, "46012");
	report(&bench, SYN_DROPPED);
	tap(&bench, KEY_1); /* its report ends what is worth nothing */
	g_assert_true(bench.keys.wants_state);
	bits[KEY_RIGHTSHIFT / 8] |= 1 << KEY_RIGHTSHIFT % 8;
	evdev_keys_set_state(&bench.keys, bits, sizeof bits);
	g_assert_false(bench.keys.wants_state);
	tap(&bench, KEY_A);
	key(&bench, KEY_RIGHTSHIFT, 0);
	type(&bench, "7893\n");
	expect(&bench, "");
	type(&bench, "96385074\n");
	expect(&bench, "96385074;");

	/* Shift went up while we were not told */
	key(&bench, KEY_LEFTSHIFT, 1);
	report(&bench, SYN_DROPPED);
	report(&bench, SYN_REPORT);
	evdev_keys_set_state(&bench.keys, (uint8_t[1]){ 0 }, 1);
	pass(&bench, 100); /* the silence ends the bad one too */
	type(&bench, "ab12\n");
	expect(&bench, "ab12;");
	bench_close(&bench);
}

static void test_card_tracks_are_dropped(void)
{
	Bench bench;

	bench_open(&bench, false);
	type(&bench, "%B4111111111111111^DOE/JOHN^30121010000000000?;4111111111111111=30121010?\n");
	type(&bench, ";4111111111111111=30121010000?\n");
	type(&bench, "]Z0;4111111111111111=30121010000?\n");
	expect(&bench, "");
	type(&bench, "%B12^x\n;123=4\nhttps://a.example/;1?b=2\n");
	expect(&bench, "%B12^x;;123=4;https://a.example/;1?b=2;");
	bench_close(&bench);
}

/* --- through the window ------------------------------------------------------------------------
 */

/* What the layouts that our shops use make of the keys "1234567890-=" "qwertyuiop[]" … */
typedef struct {
	const char *name;
	const char *rows[8]; /* plain and shifted, as typing.c has them */
	bool foreign; /* on its A key is no Latin letter */
} Layout;

static const char *const us_rows[] = { "1234567890-=", "!@#$%^&*()_+", "qwertyuiop[]",
				       "QWERTYUIOP{}", "asdfghjkl;'`", "ASDFGHJKL:\"~",
				       "\\zxcvbnm,./", "|ZXCVBNM<>?" };
static const Layout russian = { "ru",
				{ "1234567890-=", "!\"№;%:?*()_+", "йцукенгшщзхъ", "ЙЦУКЕНГШЩЗХЪ",
				  "фывапролджэё", "ФЫВАПРОЛДЖЭЁ", "\\ячсмитьбю.", "/ЯЧСМИТЬБЮ," },
				true };
static const Layout mongolian = { "mn",
				  { "№-\"₮:._,%?ещ", "1234567890ЕЩ", "фцужэнгшүзкъ", "ФЦУЖЭНГШҮЗКЪ",
				    "йыбөахролдп=", "ЙЫБӨАХРОЛДП+", "\\ячёсмитьвю", "|ЯЧЁСМИТЬВЮ" },
				  true };
static const Layout french = { "fr",
			       { "&é\"'(-è_çà)=", "1234567890°+", "azertyuiop^$", "AZERTYUIOP¨£",
				 "qsdfghjklmù²", "QSDFGHJKLM%~", "*wxcvbn,;:!", "µWXCVBN?./§" },
			       false };

static gunichar on_layout(const Layout *layout, char us)
{
	for (size_t i = 0; i < G_N_ELEMENTS(us_rows); i++) {
		const char *at = strchr(us_rows[i], us);

		if (at != NULL)
			return g_utf8_get_char(
				g_utf8_offset_to_pointer(layout->rows[i], at - us_rows[i]));
	}
	return (guchar)us;
}

static void check_burst(const Layout *layout, bool tell, const char *code, const char *expected)
{
	WedgeDetector *detector = wedge_detector_new();
	g_autofree char *scanned = NULL;
	int64_t now = 1000 * MS;

	for (const char *at = code; *at != '\0'; at++, now += 5 * MS)
		g_assert_false(wedge_detector_press(detector, on_layout(layout, *at), *at,
						    tell && layout->foreign, now, &scanned));
	g_assert_true(wedge_detector_press(detector, '\r', '\0', false, now, &scanned));
	g_assert_cmpstr(scanned, ==, expected);
	wedge_detector_free(detector);
}

static void test_wedge_under_other_layouts(void)
{
	static const Layout *const layouts[] = { &russian, &mongolian, &french };
	static const char *const codes[] = {
		"4601234567893",
		"96385074",
		"9638563", /* nothing but signs that look harmless, on the Mongolian layout */
		"]d2010460123456789321aBzQ!?=+",
		"]d2010460123456789321aBc" GS "93dGVz",
		"https://example.org/?q=1",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(layouts); i++)
		for (size_t j = 0; j < G_N_ELEMENTS(codes); j++) {
			g_test_message("%s %s", layouts[i]->name, codes[j]);
			check_burst(layouts[i], true, codes[j], codes[j]);
			check_burst(layouts[i], false, codes[j], codes[j]);
		}
	/* all in ASCII either way: only the layout tells */
	check_burst(&russian, true, "12/34-5", "12/34-5");
	check_burst(&russian, false, "12/34-5", "12.34-5");
}

/* Keys that have no place on a US keyboard leave the burst as it was. */
static void test_wedge_of_unknown_keys(void)
{
	WedgeDetector *detector = wedge_detector_new();
	g_autofree char *code = NULL;
	const char *text = "Карта17";
	int64_t now = 0;

	for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at), now += 5 * MS)
		g_assert_false(wedge_detector_press(detector, g_utf8_get_char(at), '\0', true, now,
						    &code));
	g_assert_true(wedge_detector_press(detector, '\r', '\0', true, now, &code));
	g_assert_cmpstr(code, ==, text);
	wedge_detector_free(detector);
}

static void test_us_keys(void)
{
	g_assert_cmpint(us_key_character(KEY_1, false), ==, '1');
	g_assert_cmpint(us_key_character(KEY_0, true), ==, ')');
	g_assert_cmpint(us_key_character(KEY_KP7, true), ==, '7');
	g_assert_cmpint(us_key_character(KEY_KP0, false), ==, '0');
	g_assert_cmpint(us_key_character(KEY_102ND, false), ==, '<');
	g_assert_cmpint(us_key_character(KEY_ESC, false), ==, '\0');
	g_assert_cmpint(us_key_character(KEY_LEFTSHIFT, false), ==, '\0');
	g_assert_cmpint(us_key_character(KEY_F1, false), ==, '\0');
	g_assert_cmpint(us_key_character(KEY_MAX, false), ==, '\0');
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scanner_keys/every_character", test_every_character);
	g_test_add_func("/scanner_keys/suffixes", test_suffixes);
	g_test_add_func("/scanner_keys/separators", test_separators);
	g_test_add_func("/scanner_keys/alt_codes", test_alt_codes);
	g_test_add_func("/scanner_keys/keypad_and_repeats", test_keypad_and_repeats);
	g_test_add_func("/scanner_keys/caps_lock", test_caps_lock);
	g_test_add_func("/scanner_keys/lost_events", test_lost_events);
	g_test_add_func("/scanner_keys/card_tracks", test_card_tracks_are_dropped);
	g_test_add_func("/scanner_keys/wedge_layouts", test_wedge_under_other_layouts);
	g_test_add_func("/scanner_keys/wedge_unknown_keys", test_wedge_of_unknown_keys);
	g_test_add_func("/scanner_keys/us_keys", test_us_keys);
	return g_test_run();
}
