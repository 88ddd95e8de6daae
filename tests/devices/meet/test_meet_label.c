/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label.h"
#include "tests/devices/meet/sweep.h"

#include <cairo.h>
#include <string.h>

/* Label printers (label-printer.md): one design, the same label from each language; and the number
 * of labels that are out is the number that was told. */

enum { DOTS_PER_MM = 8, N_THREADS = 32, MANY = 1000, ROLL = 436, JOB = 50 };
#define EAN "4601234567893"
#define LINK "https://a.example/4601234567893"

typedef struct {
	const char *sim, *driver;
	MeetCable cable;
} Pair;

static const Pair pairs[] = {
	{ "label-zpl", "zpl", MEET_PTY },   { "label-zpl", "zpl", MEET_TCP },
	{ "label-tspl", "tspl", MEET_PTY }, { "label-tspl", "tspl", MEET_TCP },
	{ "label-epl", "epl", MEET_PTY },   { "label-epl", "epl", MEET_TCP },
};

typedef struct {
	Meet *meet;
	const struct label_driver *driver;
	struct label_printer *printer;
	LabelDesign *design;
} Press;

static LabelDesign *design_new(void)
{
	g_autofree char *path = g_test_build_filename(G_TEST_DIST, "..", "..", "..", "data",
						      "labels", "shelf-58x40.json", NULL);
	g_autofree char *json = NULL;
	g_autoptr(GError) error = NULL;
	LabelDesign *design;

	g_file_get_contents(path, &json, NULL, &error);
	g_assert_no_error(error);
	design = label_design_from_json(json, &error);
	g_assert_no_error(error);
	return design;
}

/* Few bytes, so that a fault can strike at each. */
static LabelDesign *small_design_new(void)
{
	LabelDesign *design = label_design_new(40000, 20000);

	label_design_add(design, &(LabelField){ .kind = LABEL_EAN13,
						.x = 4000,
						.y = 2000,
						.width = 32000,
						.height = 14000,
						.module = 250,
						.content = "{barcode}" });
	return design;
}

static LabelData *data_new(const char *article)
{
	return meet_options_new("name", "Молоко «Простоквашино» 3.2% 930 мл", "price", "89.90",
				"old-price", "99.90", "unit-price", "96.67/л", "barcode", EAN, "qr",
				LINK, "article", article, "date", "28.11.2026", NULL);
}

static void press_open(Press *self)
{
	g_autoptr(GError) error = NULL;

	self->printer = self->driver->open(meet_plug(self->meet), NULL, &error);
	g_assert_no_error(error);
}

static Press press_new(const Pair *pair, bool draws, const char *const *faults)
{
	Press press = { .meet = draws ? meet_new_drawing(pair->sim, pair->cable, faults)
				      : meet_new(pair->sim, pair->cable, faults),
			.driver = label_driver_find(pair->driver),
			.design = design_new() };

	press_open(&press);
	return press;
}

static void press_end(Press *self)
{
	self->driver->close(self->printer);
	label_design_free(self->design);
	meet_end(self->meet);
}

static bool print(Press *self, int n, int copies, int *printed, GError **error)
{
	g_autoptr(GPtrArray) labels =
		g_ptr_array_new_with_free_func((GDestroyNotify)g_hash_table_unref);

	for (int i = 0; i < n; i++) {
		g_autofree char *article = g_strdup_printf("%05d", i + 1);

		g_ptr_array_add(labels, data_new(article));
	}
	return self->driver->print(self->printer, self->design, (LabelData *const *)labels->pdata,
				   n, copies, printed, error);
}

/* Labels out, by the printer's own account: a line "LABEL|n copies" a batch. */
static int count_labels(const Meet *meet)
{
	g_autofree char *log = meet_dup_log(meet);
	g_auto(GStrv) lines = g_strsplit(log, "\n", -1);
	int n = 0;

	for (int i = 0; lines[i] != NULL; i++)
		if (g_str_has_prefix(lines[i], "LABEL|"))
			n += (int)g_ascii_strtoll(lines[i] + strlen("LABEL|"), NULL, 10);
	return n;
}

/* An EPL printer does not say how many are still to come, so the last may be in the works. */
static void expect_labels(const Press *self, int n)
{
	meet_wait_often(self->meet, "\nLABEL|", n);
	g_assert_cmpint(count_labels(self->meet), ==, n);
}

/* ---- the label itself */

typedef struct {
	int left, top, right, bottom; /* dots */
} Box;

static bool is_black(cairo_surface_t *picture, int x, int y)
{
	const uint8_t *row = cairo_image_surface_get_data(picture) +
			     (gsize)y * (gsize)cairo_image_surface_get_stride(picture);
	uint32_t pixel = 0xFFFFFF;

	switch (cairo_image_surface_get_format(picture)) {
	case CAIRO_FORMAT_ARGB32:
	case CAIRO_FORMAT_RGB24:
		memcpy(&pixel, row + 4 * x, sizeof pixel);
		return (pixel & 0xFF) < 0x80;
	case CAIRO_FORMAT_A8:
		return row[x] >= 0x80;
	case CAIRO_FORMAT_A1:
		return (row[x / 8] >> x % 8 & 1) != 0;
	default:
		g_assert_not_reached();
	}
}

/* What is black of the part of the label that a field has, in micrometres. */
static Box ink_of(cairo_surface_t *picture, int x, int y, int width, int height)
{
	int right =
		MIN((x + width) * DOTS_PER_MM / 1000, cairo_image_surface_get_width(picture) - 1);
	int bottom =
		MIN((y + height) * DOTS_PER_MM / 1000, cairo_image_surface_get_height(picture) - 1);
	Box box = { right, bottom, 0, 0 };

	for (int row = y * DOTS_PER_MM / 1000; row <= bottom; row++)
		for (int column = x * DOTS_PER_MM / 1000; column <= right; column++)
			if (is_black(picture, column, row))
				box = (Box){ MIN(box.left, column), MIN(box.top, row),
					     MAX(box.right, column), MAX(box.bottom, row) };
	g_assert_cmpint(box.right, >, box.left);
	return box;
}

static char *first_picture(const Press *press)
{
	return g_build_filename(press->meet->pictures, "0001-label.png", NULL);
}

static char *read_symbols(const char *picture)
{
	const char *const argv[] = { "zbarimg", "-q", picture, NULL };
	g_autoptr(GError) error = NULL;
	char *found;

	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
		     NULL, NULL, &found, NULL, NULL, &error);
	g_assert_no_error(error);
	return found;
}

/* Prints one and measures its two symbols. */
static void print_and_measure(const Pair *pair, Box ret[static 2])
{
	Press press = press_new(pair, true, NULL);
	g_autofree char *path = first_picture(&press), *found = NULL;
	g_autoptr(GError) error = NULL;
	cairo_surface_t *picture;
	int printed;

	print(&press, 1, 1, &printed, &error);
	g_assert_no_error(error);
	g_assert_cmpint(printed, ==, 1);
	meet_wait(press.meet, "PICTURE|");
	found = read_symbols(path);
	g_test_message("%s %s: %s", pair->driver, meet_cable_names[pair->cable], found);
	g_assert_nonnull(strstr(found, "EAN-13:" EAN "\n"));
	g_assert_nonnull(strstr(found, "QR-Code:" LINK "\n"));
	picture = cairo_image_surface_create_from_png(path);
	g_assert_cmpint(cairo_surface_status(picture), ==, CAIRO_STATUS_SUCCESS);
	ret[0] = ink_of(picture, 4000, 21000, 37500, 14500);
	ret[1] = ink_of(picture, 43000, 21000, 13500, 14000);
	cairo_surface_destroy(picture);
	meet_assert_no_flags(press.meet);
	press_end(&press);
}

static void expect_near(int dots, int other)
{
	g_assert_cmpint(ABS(dots - other), <=, DOTS_PER_MM / 2);
}

static void test_same_label(void)
{
	Box first[2];

	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		Box boxes[2];

		print_and_measure(&pairs[i], boxes);
		if (i == 0)
			memcpy(first, boxes, sizeof first);
		for (int n = 0; n < 2; n++) {
			g_test_message("%s %d: %d,%d to %d,%d dots", pairs[i].driver, n,
				       boxes[n].left, boxes[n].top, boxes[n].right,
				       boxes[n].bottom);
			expect_near(boxes[n].left, first[n].left);
			expect_near(boxes[n].top, first[n].top);
			expect_near(boxes[n].right, first[n].right);
			expect_near(boxes[n].bottom, first[n].bottom);
		}
	}
}

/* ---- troubles */

typedef struct {
	const char *fault, *cure;
	DeviceFault told;
} Trouble;

static void run_trouble(const Pair *pair, const Trouble *trouble)
{
	Press press = press_new(pair, false, (const char *const[]){ "label_ms=1", NULL });
	g_autofree char *line = g_strdup_printf("fault %s", trouble->fault);
	g_autoptr(GError) error = NULL;
	LabelStatus status;
	int printed;

	meet_say(press.meet, line);
	g_assert_false(print(&press, 5, 1, &printed, &error));
	g_test_message("%s %s: %s, %d", pair->driver, trouble->fault, error->message, printed);
	g_assert_error(error, DEVICE_FAULT, (int)trouble->told);
	g_clear_error(&error);
	press.driver->observe(press.printer, &status, &error);
	g_assert_no_error(error);
	g_assert_cmpint(label_status_fault(&status), ==, trouble->told);
	g_assert_cmpint(printed, ==, 5); /* it has them, and prints on */
	meet_say(press.meet, trouble->cure);
	print(&press, 2, 1, &printed, &error);
	g_assert_no_error(error);
	g_assert_cmpint(printed, ==, 2);
	expect_labels(&press, 7);
	meet_assert_no_flags(press.meet);
	press_end(&press);
}

static void test_has_its_troubles(const void *data)
{
	static const Trouble troubles[] = {
		{ "paper_out=3", "paper", DEVICE_FAULT_PAPER_OUT },
		{ "ribbon_out=3", "ribbon", DEVICE_FAULT_RIBBON_OUT },
		{ "head_open=3", "head-close", DEVICE_FAULT_COVER_OPEN },
		{ "pause=3", "pause", DEVICE_FAULT_PAUSED },
	};

	const Pair *pair = data;
	/* EPL has one code for labels and ribbon, and none for the pause key. */
	bool is_terse = strcmp(pair->driver, "epl") == 0;

	for (size_t i = 0; i < G_N_ELEMENTS(troubles); i++)
		if (!is_terse || troubles[i].told == DEVICE_FAULT_PAPER_OUT ||
		    troubles[i].told == DEVICE_FAULT_COVER_OPEN)
			run_trouble(pair, &troubles[i]);
}

/* ---- a thousand */

/* Our own part of the time, in microseconds a label. */
static int64_t measure_encoding(Press *press)
{
	g_autoptr(GHashTable) data = data_new("00001");
	int64_t begun = g_get_monotonic_time();

	for (int i = 0; i < 100; i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GBytes) bytes =
			press->driver->encode(press->printer, press->design, data, 1, &error);

		g_assert_no_error(error);
	}
	return (g_get_monotonic_time() - begun) / 100;
}

static void test_thousand(const void *data)
{
	const Pair *pair = data;
	Press press = press_new(pair, false, (const char *const[]){ "label_ms=0", NULL });
	g_autoptr(GError) error = NULL;
	int64_t begun = g_get_monotonic_time(), took;
	int printed;

	print(&press, MANY, 1, &printed, &error);
	g_assert_no_error(error);
	took = g_get_monotonic_time() - begun;
	g_assert_cmpint(printed, ==, MANY);
	expect_labels(&press, MANY);
	g_test_message("%s over %s: %.2f ms a label, encoded, sent and drawn by the simulator",
		       pair->driver, meet_cable_names[pair->cable], (double)took / 1000 / MANY);
	g_test_message("%s: %" G_GINT64_FORMAT " us to encode one", pair->driver,
		       measure_encoding(&press));
	/* 150 mm/s and 42 mm: a printer needs 280 ms for a label. */
	g_assert_cmpint(took / MANY, <, 100 * 1000);
	press_end(&press);
}

/* Each of its rolls ends within a job, which the printer goes on with by itself: nothing is printed
 * twice, nothing is left out. */
static void test_roll_ends(const void *data)
{
	const Pair *pair = data;
	Press press =
		press_new(pair, false, (const char *const[]){ "label_ms=0", "roll=436", NULL });
	int done = 0, n_rolls = 1;

	for (;;) {
		g_autoptr(GError) error = NULL;
		int printed;
		bool all = print(&press, MANY - done, 1, &printed, &error);

		g_test_message("%s: roll %d, %d are told to be in the printer, %d are out",
			       pair->driver, n_rolls, done + printed, count_labels(press.meet));
		if (n_rolls == 1)
			g_assert_cmpint(printed, ==, (ROLL / JOB + 1) * JOB);
		done += printed;
		if (all)
			break;
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PAPER_OUT);
		g_assert_cmpint(count_labels(press.meet), <=, n_rolls * ROLL);
		n_rolls++;
		meet_say(press.meet, "paper");
	}
	g_assert_cmpint(done, ==, MANY);
	g_assert_cmpint(n_rolls, ==, MANY / ROLL + 1);
	expect_labels(&press, MANY);
	press_end(&press);
}

/* ---- with a bad cable: no check sum, so a label may be spoilt; but what is told to be in the
 * printer is there, save what a lost or wrong byte made of it, and the next label is right */

static char *print_badly(Press *press, int *printed)
{
	g_autoptr(GError) error = NULL;

	if (print(press, 2, 1, printed, &error))
		return *printed == 2 ? NULL : g_strdup("done, and not all printed");
	return sweep_check_fault("print()", error);
}

/* Taken for itself and for no other, after a fault that is gone. */
static char *print_last(Press *press)
{
	char *wrong = NULL;
	int before, printed = 0;

	for (int i = 0; i < 3 && wrong == NULL && printed != 2; i++) {
		press->driver->close(press->printer);
		press_open(press);
		before = count_labels(press->meet);
		wrong = print_badly(press, &printed);
	}
	if (wrong == NULL && printed != 2)
		return g_strdup("it does not recover");
	if (wrong == NULL && count_labels(press->meet) < before + 2)
		return g_strdup_printf("%d labels are out of 2",
				       count_labels(press->meet) - before);
	return wrong;
}

static char *talk(Meet *meet, const SweepFault *fault, const void *data)
{
	const Pair *pair = data;
	Press press = { .meet = meet,
			.driver = label_driver_find(pair->driver),
			.design = small_design_new() };
	char *wrong;
	int printed = 0;

	press_open(&press);
	wrong = print_badly(&press, &printed);
	if (wrong == NULL && sweep_is(fault, "cut_in") && printed > 0 && count_labels(meet) == 0 &&
	    !meet_comes(meet, "LABEL|", 1000))
		wrong = g_strdup_printf("%d were told and none came", printed);
	if (wrong == NULL && fault->fault != NULL)
		meet_say(meet, "hear");
	if (wrong == NULL && fault->fault != NULL)
		wrong = print_last(&press);
	press.driver->close(press.printer);
	label_design_free(press.design);
	return wrong;
}

static void test_bad_cable(const void *data)
{
	const Pair *pair = data;

	sweep_run(&(Sweep){ .sim = pair->sim,
			    .cable = pair->cable,
			    .settings = (const char *const[]){ "label_ms=0", NULL },
			    .talk = talk,
			    .data = pair,
			    .good_stream = pair->cable == MEET_TCP,
			    .stride = sweep_is_long() ? 1 : 11,
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
	g_test_add_func("/meet/label/same on all", test_same_label);
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		add(&pairs[i], "has its troubles", test_has_its_troubles);
		if (pairs[i].cable == MEET_TCP) {
			add(&pairs[i], "a thousand", test_thousand);
			add(&pairs[i], "the roll ends", test_roll_ends);
		}
		/* A printer that holds half a label is waited for half a minute. */
		if (sweep_is_long() || i == 0)
			add(&pairs[i], "bad cable", test_bad_cable);
	}
	return g_test_run();
}
