/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/scale.h"
#include "tests/devices/meet/sweep.h"

#include <string.h>

/* Counter scales (scale.md, part A): a weight is the one on the platform, or none. */

enum { READ_MS = 1000, OPEN_MS = 4000, N_THREADS = 48 };
#define GRAMS INT64_C(1000) /* micro-kilograms of one */

typedef struct {
	const char *sim, *driver;
	MeetCable cable;
	bool has_sum; /* a check sum finds a flipped bit */
	bool has_tare;
} Pair;

static const Pair pairs[] = {
	{ "scale-cas", "cas", MEET_PTY, .has_sum = true },
	{ "scale-cas", "cas", MEET_TCP, .has_sum = true },
	{ "scale-mt8217", "mt8217", MEET_PTY, .has_tare = true },
	{ "scale-mt8217", "mt8217", MEET_TCP, .has_tare = true },
	{ "scale-massa", "massa", MEET_PTY, .has_sum = true, .has_tare = true },
	{ "scale-massa", "massa", MEET_TCP, .has_sum = true, .has_tare = true },
	{ "scale-shtrih", "pos2", MEET_PTY, .has_sum = true, .has_tare = true },
	{ "scale-shtrih", "pos2", MEET_TCP, .has_sum = true, .has_tare = true },
};

/* ---- in peace */

typedef struct {
	Meet *meet;
	const struct scale_driver *driver;
	struct scale *scale;
} Counter;

static Counter counter_new(const Pair *pair, const char *const *faults)
{
	g_autoptr(GError) error = NULL;
	Counter counter = { .meet = meet_new(pair->sim, pair->cable, faults),
			    .driver = scale_driver_find(pair->driver) };

	counter.scale = counter.driver->open(meet_plug(counter.meet), NULL, &error);
	g_assert_no_error(error);
	return counter;
}

static void counter_end(Counter *self)
{
	self->driver->close(self->scale);
	meet_end(self->meet);
}

/* Until it is at rest. */
static void put(Counter *self, int grams)
{
	g_autofree char *line = g_strdup_printf("put %d", grams);
	g_autofree char *settled = g_strdup_printf("settled at %d mg", grams * 1000);

	meet_say(self->meet, line);
	meet_wait(self->meet, settled);
}

static ScaleReading read_scale(Counter *self)
{
	g_autoptr(GError) error = NULL;
	ScaleReading reading;
	int64_t begun = g_get_monotonic_time();

	self->driver->read(self->scale, &reading, &error);
	g_assert_no_error(error);
	g_assert_false(sweep_is_late(begun, READ_MS));
	return reading;
}

static void expect(Counter *self, ScaleState state, int64_t grams)
{
	ScaleReading reading = read_scale(self);

	g_assert_cmpstr(scale_state_code(reading.state), ==, scale_state_code(state));
	if (state == SCALE_STABLE)
		g_assert_cmpint(reading.net.micro, ==, grams * GRAMS);
}

static void test_weighs(const void *data)
{
	Counter counter = counter_new(data, (const char *const[]){ "settle_ms=200", NULL });

	expect(&counter, SCALE_EMPTY, 0);
	put(&counter, 1234);
	expect(&counter, SCALE_STABLE, 1234);
	put(&counter, 14999);
	expect(&counter, SCALE_STABLE, 14999);
	put(&counter, 40);
	expect(&counter, SCALE_STABLE, 40);
	put(&counter, 0);
	expect(&counter, SCALE_EMPTY, 0);
	meet_assert_no_flags(counter.meet);
	counter_end(&counter);
}

static void test_moves(const void *data)
{
	Counter counter = counter_new(data, (const char *const[]){ "settle_ms=600000", NULL });

	meet_say(counter.meet, "put 1234");
	expect(&counter, SCALE_MOVING, 0);
	expect(&counter, SCALE_MOVING, 0);
	meet_assert_no_flags(counter.meet);
	counter_end(&counter);
}

static void expect_with(const Pair *pair, const char *fault, int grams, ScaleState state)
{
	Counter counter = counter_new(pair, (const char *const[]){ "settle_ms=0", fault, NULL });

	if (grams > 0)
		put(&counter, grams);
	expect(&counter, state, grams);
	meet_assert_no_flags(counter.meet);
	counter_end(&counter);
}

static void test_has_its_states(const void *data)
{
	const Pair *pair = data;

	expect_with(pair, "negative=10", 0, SCALE_NEGATIVE);
	expect_with(pair, "overload", 500, SCALE_OVERLOAD);
	expect_with(pair, "never_settle", 500, SCALE_MOVING);
	expect_with(pair, "stale=1", 500, SCALE_STABLE); /* the one before comes first */
	expect_with(pair, "echo", 500, SCALE_STABLE);
	expect_with(pair, "busy=1", 500, SCALE_STABLE);
	if (strcmp(pair->driver, "cas") != 0) /* A1 has no word for it */
		expect_with(pair, "zero_error", 0, SCALE_ZERO_ERROR);
}

static void test_tares(const void *data)
{
	const Pair *pair = data;
	g_autoptr(GError) error = NULL;
	Counter counter = counter_new(pair, (const char *const[]){ "settle_ms=0", NULL });
	ScaleReading reading;

	put(&counter, 250);
	counter.driver->set_tare(counter.scale, (Quantity){ 0 }, &error);
	g_assert_no_error(error);
	put(&counter, 1484);
	reading = read_scale(&counter);
	g_assert_cmpint(reading.state, ==, SCALE_STABLE);
	g_assert_true(reading.is_net);
	g_assert_cmpint(reading.net.micro, ==, 1234 * GRAMS);
	meet_assert_no_flags(counter.meet);
	counter_end(&counter);
}

static void test_takes_known_tare(const void *data)
{
	Counter counter = counter_new(data, (const char *const[]){ "settle_ms=0", NULL });
	g_autoptr(GError) error = NULL;
	ScaleReading reading;

	counter.driver->set_tare(counter.scale, (Quantity){ .micro = 250 * GRAMS }, &error);
	g_assert_no_error(error);
	put(&counter, 1484);
	reading = read_scale(&counter);
	g_assert_cmpint(reading.state, ==, SCALE_STABLE);
	g_assert_true(reading.is_net);
	g_assert_cmpint(reading.net.micro, ==, 1234 * GRAMS);
	meet_assert_no_flags(counter.meet);
	counter_end(&counter);
}

static void test_zeroes(const void *data)
{
	Counter counter = counter_new(data, (const char *const[]){ "settle_ms=0", NULL });
	g_autoptr(GError) error = NULL;

	meet_say(counter.meet, "drift -12");
	expect(&counter, SCALE_NEGATIVE, 0);
	counter.driver->zero(counter.scale, &error);
	g_assert_no_error(error);
	expect(&counter, SCALE_EMPTY, 0);
	put(&counter, 5000);
	g_assert_false(counter.driver->zero(counter.scale, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	expect(&counter, SCALE_STABLE, 5000);
	counter_end(&counter);
}

static void test_comes_back(const void *data)
{
	Counter counter = counter_new(data, (const char *const[]){ "settle_ms=0", NULL });
	g_autoptr(GError) error = NULL;
	ScaleReading reading;

	meet_say(counter.meet, "unplug");
	g_assert_false(counter.driver->read(counter.scale, &reading, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	g_clear_error(&error);
	counter.driver->close(counter.scale);
	meet_say(counter.meet, "plug");
	put(&counter, 777);
	counter.scale = counter.driver->open(meet_plug(counter.meet), NULL, &error);
	g_assert_no_error(error);
	expect(&counter, SCALE_STABLE, 777);
	counter_end(&counter);
}

/* ---- with a bad cable */

/* 8217 has no check sum, only the parity of the line, which a pseudo-terminal lacks: a digit of
 * "01.234" with a wrong bit is another digit. Nothing else gets through: no lost digit, no second
 * one, no point gone; and a weight above the option "capacity" is an overload. */
static bool is_flipped(int64_t micro)
{
	static const int64_t grams[] = { 41234, 5234, 1634, 1274, 1230 };

	for (size_t i = 0; i < G_N_ELEMENTS(grams); i++)
		if (micro == grams[i] * GRAMS)
			return true;
	return false;
}

static bool is_right(const Pair *pair, const SweepFault *fault, const ScaleReading *reading)
{
	if (reading->state == SCALE_STABLE && reading->net.micro == 1234 * GRAMS)
		return true;
	return !pair->has_sum && sweep_is(fault, "flip_out") && is_flipped(reading->net.micro);
}

/* One call; true where it worked. *wrong is what may not be. */
static bool read_badly(const Pair *pair, struct scale *scale, const SweepFault *fault, char **wrong)
{
	g_autoptr(GError) error = NULL;
	ScaleReading reading = { 0 };
	int64_t begun = g_get_monotonic_time();
	bool done = scale_driver_find(pair->driver)->read(scale, &reading, &error);

	if (sweep_is_late(begun, READ_MS))
		*wrong = g_strdup_printf("read() took %d ms",
					 (int)((g_get_monotonic_time() - begun) / 1000));
	else if (!done)
		*wrong = sweep_check_fault("read()", error);
	else if (!is_right(pair, fault, &reading))
		*wrong = g_strdup_printf("%s, %" G_GINT64_FORMAT " instead of 1.234 kg",
					 scale_state_code(reading.state), reading.net.micro);
	return done;
}

static struct scale *open_badly(Meet *meet, const Pair *pair, char **wrong)
{
	g_autoptr(GError) error = NULL;
	int64_t begun = g_get_monotonic_time();
	struct scale *scale = scale_driver_find(pair->driver)->open(meet_plug(meet), NULL, &error);

	if (sweep_is_late(begun, OPEN_MS))
		*wrong = g_strdup_printf("open() took %d ms",
					 (int)((g_get_monotonic_time() - begun) / 1000));
	else if (scale == NULL)
		*wrong = sweep_check_fault("open()", error);
	return scale;
}

static bool open_and_read(Meet *meet, const Pair *pair, const SweepFault *fault, bool twice,
			  char **wrong)
{
	const struct scale_driver *driver = scale_driver_find(pair->driver);
	struct scale *scale = open_badly(meet, pair, wrong);
	bool done;

	if (scale == NULL)
		return false;
	done = *wrong == NULL && read_badly(pair, scale, fault, wrong);
	if (done && twice && *wrong == NULL)
		done = read_badly(pair, scale, fault, wrong);
	driver->close(scale);
	return done;
}

/* What was late or slow is still on its way when the cable is good again. */
static char *recover(Meet *meet, const Pair *pair, const SweepFault *fault)
{
	static const SweepFault none = { 0 };
	int tries = sweep_is(fault, "late_out") || sweep_is(fault, "split_out") ? 6 : 1;
	char *wrong = NULL;

	meet_say(meet, "hear");
	for (int i = 0; i < tries && wrong == NULL; i++)
		if (open_and_read(meet, pair, &none, false, &wrong))
			return wrong;
	return wrong != NULL ? wrong : g_strdup("it does not recover");
}

static char *talk(Meet *meet, const SweepFault *fault, const void *data)
{
	char *wrong = NULL;

	meet_say(meet, "put 1234");
	meet_wait(meet, "settled at 1234000 mg");
	open_and_read(meet, data, fault, true, &wrong);
	return wrong != NULL || fault->fault == NULL ? wrong : recover(meet, data, fault);
}

static void test_bad_cable(const void *data)
{
	const Pair *pair = data;

	sweep_run(&(Sweep){ .sim = pair->sim,
			    .cable = pair->cable,
			    .settings = (const char *const[]){ "settle_ms=0", NULL },
			    .talk = talk,
			    .data = pair,
			    .stride = 1,
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
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		add(&pairs[i], "weighs", test_weighs);
		add(&pairs[i], "moves", test_moves);
		add(&pairs[i], "has its states", test_has_its_states);
		if (pairs[i].has_tare) {
			add(&pairs[i], "tares", test_tares);
			add(&pairs[i], "takes a known tare", test_takes_known_tare);
			add(&pairs[i], "zeroes", test_zeroes);
		}
		add(&pairs[i], "comes back", test_comes_back);
		add(&pairs[i], "bad cable", test_bad_cable);
	}
	return g_test_run();
}
