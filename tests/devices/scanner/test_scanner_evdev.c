/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/scanner.h"
#include "tests/devices/scanner/typing.h"

#include <errno.h>
#include <string.h>
#include <umockdev.h>
#include <unistd.h>

/* The reader on keyboards that are not there: their nodes, their place in /sys, and what the kernel
 * is asked about them, are umockdev's. */

#define NODE "/dev/input/event5"
#define OTHER_NODE "/dev/input/event7"

typedef struct {
	UMockdevTestbed *testbed;
	UMockdevIoctlBase *kernel;
	GAsyncQueue *told; /* of strings */
	gint grabbed, released; /* how often */
	gint refuse; /* errno of the next EVIOCGRAB, or 0 */
	gint fail_state; /* errno of the next EVIOCGKEY, or 0 */
} Bench;

static int take_fault(gint *fault)
{
	return (int)g_atomic_int_and((guint *)fault, 0);
}

static gboolean on_ioctl(UMockdevIoctlBase *kernel, UMockdevIoctlClient *client, Bench *self)
{
	gulong request = umockdev_ioctl_client_get_request(client);
	UMockdevIoctlData *arg = umockdev_ioctl_client_get_arg(client);
	int fault = 0;

	if (request == EVIOCGRAB) {
		gulong on = 0;

		memcpy(&on, arg->data, MIN(sizeof on, (size_t)arg->data_len));
		fault = take_fault(&self->refuse);
		g_atomic_int_inc(on != 0 && fault == 0 ? &self->grabbed : &self->released);
	} else if (_IOC_TYPE(request) == 'E' && _IOC_NR(request) == 0x18) { /* EVIOCGKEY(len) */
		fault = take_fault(&self->fail_state);
	} else {
		fault = ENOTTY;
	}
	umockdev_ioctl_client_complete(client, fault == 0 ? 0 : -1, fault);
	return TRUE;
}

static void add_keyboard(Bench *self, const char *input, int event, const char *ids)
{
	g_autofree char *device =
		g_strdup_printf("P: /devices/pci0/usb1/1-1/input/%s\n"
				"E: SUBSYSTEM=input\n%s\n"
				"P: /devices/pci0/usb1/1-1/input/%s/event%d\n"
				"N: input/event%d\n"
				"E: DEVNAME=/dev/input/event%d\n"
				"E: SUBSYSTEM=input\n"
				"E: MAJOR=13\nE: MINOR=%d\n"
				"E: ID_INPUT=1\nE: ID_INPUT_KEYBOARD=1\n",
				input, ids, input, event, event, event, 64 + event);
	g_autofree char *node = g_strdup_printf("/dev/input/event%d", event);
	g_autoptr(GError) error = NULL;

	umockdev_testbed_add_from_string(self->testbed, device, &error);
	g_assert_no_error(error);
	umockdev_testbed_attach_ioctl(self->testbed, node, self->kernel, &error);
	g_assert_no_error(error);
}

static void bench_open(Bench *self)
{
	*self = (Bench){ .testbed = umockdev_testbed_new(),
			 .kernel = umockdev_ioctl_base_new(),
			 .told = g_async_queue_new_full(g_free) };
	g_signal_connect(self->kernel, "handle-ioctl", G_CALLBACK(on_ioctl), self);
	add_keyboard(self, "input5", 5, "A: id/vendor=0c2e\nA: id/product=0b61\nA: uniq=S1\n");
	add_keyboard(self, "input7", 7, "A: id/vendor=0c2e\nA: id/product=0b61\nA: uniq=S2\n");
}

static void bench_close(Bench *self)
{
	umockdev_testbed_detach_ioctl(self->testbed, NODE, NULL);
	umockdev_testbed_detach_ioctl(self->testbed, OTHER_NODE, NULL);
	g_object_unref(self->kernel);
	g_object_unref(self->testbed);
	g_async_queue_unref(self->told);
}

static void hear_scan(const Scan *scan, void *data)
{
	g_async_queue_push(data, g_strconcat(scan->aim, scan->data, NULL));
}

static void hear_state(const GError *fault, void *data)
{
	g_async_queue_push(
		data,
		g_strdup(fault == NULL ? "here" : device_fault_code((DeviceFault)fault->code)));
}

static void expect(GAsyncQueue *told, const char *expected)
{
	g_autofree char *heard = g_async_queue_timeout_pop(told, 20 * G_TIME_SPAN_SECOND);

	g_assert_cmpstr(heard, ==, expected);
}

static void send(Bench *self, const char *node, GArray *events)
{
	int fd = umockdev_testbed_get_dev_fd(self->testbed, node);
	size_t len = events->len * sizeof(struct input_event);

	g_assert_cmpint(fd, >=, 0);
	g_assert_cmpint(write(fd, events->data, len), ==, len);
}

static void type(Bench *self, const char *node, const char *text)
{
	for (const char *at = text; *at != '\0'; at++) { /* a scanner sends key by key, too */
		g_autoptr(GArray) events = g_array_new(FALSE, FALSE, sizeof(struct input_event));

		typing_character(events, *at);
		send(self, node, events);
	}
}

static void test_scan_past_the_window_system(void)
{
	Bench bench;
	ScannerReader *reader;

	bench_open(&bench);
	reader = scanner_reader_new("evdev:" NODE, hear_scan, hear_state, bench.told);
	expect(bench.told, "here");
	g_assert_cmpint(g_atomic_int_get(&bench.grabbed), ==, 1); /* nobody else reads along */
	type(&bench, NODE, "]E04601234567893\n");
	expect(bench.told, "]E04601234567893");
	type(&bench, NODE, "96385074\t");
	expect(bench.told, "96385074");
	scanner_reader_free(reader);
	bench_close(&bench);
}

/* The same model twice: each by its serial number, and their keys never mix. */
static void test_two_scanners_of_one_model(void)
{
	Bench bench;
	ScannerReader *one, *two;
	GAsyncQueue *other = g_async_queue_new_full(g_free);

	bench_open(&bench);
	one = scanner_reader_new("evdev:0c2e:0b61:S1", hear_scan, hear_state, bench.told);
	two = scanner_reader_new("evdev:0C2E:0B61:S2", hear_scan, hear_state, other);
	expect(bench.told, "here");
	expect(other, "here");
	for (int i = 0; i < 50; i++) {
		const char *left = "4601234567893\n", *right = "036000291452Q\n";
		g_autofree char *this = g_strdup_printf("%02d", i);

		type(&bench, NODE, this);
		type(&bench, OTHER_NODE, this);
		for (int j = 0; left[j] != '\0'; j++) {
			char a[2] = { left[j], '\0' }, b[2] = { right[j], '\0' };

			type(&bench, NODE, a);
			type(&bench, OTHER_NODE, b);
		}
	}
	for (int i = 0; i < 50; i++) {
		g_autofree char *left = g_strdup_printf("%02d4601234567893", i);
		g_autofree char *right = g_strdup_printf("%02d036000291452Q", i);

		expect(bench.told, left);
		expect(other, right);
	}
	scanner_reader_free(one);
	scanner_reader_free(two);
	bench_close(&bench);
	g_async_queue_unref(other);
}

static void test_what_keeps_it_from_being_opened(void)
{
	static const struct {
		const char *address, *fault;
		int refuse;
	} cases[] = {
		{ "evdev:" NODE, "in-use", EBUSY },
		{ "evdev:" NODE, "no-permission", EACCES },
		{ "evdev:" NODE, "bad-address", ENOTTY }, /* a file that is no input device */
		{ "evdev:/dev/input/event99", "offline", 0 },
		{ "evdev:0c2e:0b61:S3", "offline", 0 },
		{ "evdev:0c2e:0b62", "offline", 0 },
		{ "evdev:scanner", "bad-address", 0 },
		{ "evdev:", "bad-address", 0 },
		{ "evdev:" NODE "?layout=ru", "bad-address", 0 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Bench bench;
		ScannerReader *reader;

		bench_open(&bench);
		bench.refuse = cases[i].refuse;
		reader = scanner_reader_new(cases[i].address, hear_scan, hear_state, bench.told);
		expect(bench.told, cases[i].fault);
		scanner_reader_free(reader);
		bench_close(&bench);
	}
}

static void lose_events(Bench *self)
{
	struct input_event events[] = { { .type = EV_SYN, .code = SYN_DROPPED },
					{ .type = EV_SYN, .code = SYN_REPORT } };
	g_autoptr(GArray) array = g_array_new(FALSE, FALSE, sizeof events[0]);

	g_array_append_vals(array, events, G_N_ELEMENTS(events));
	send(self, NODE, array);
}

/* Events were lost: the kernel is asked which keys are down, and that code is no code. Then the
 * device is gone when it is asked: what came of the next code is nothing, and it is opened again.
 */
static void test_lost_events_and_unplugged(void)
{
	Bench bench;
	ScannerReader *reader;

	bench_open(&bench);
	reader = scanner_reader_new("evdev:0c2e:0b61:S1", hear_scan, hear_state, bench.told);
	expect(bench.told, "here");
	type(&bench, NODE, "4601");
	lose_events(&bench);
	type(&bench, NODE, "7893\n96385074\n");
	expect(bench.told, "96385074");

	type(&bench, NODE, "46012\n460");
	expect(bench.told, "46012");
	g_atomic_int_set(&bench.fail_state, ENODEV);
	lose_events(&bench);
	expect(bench.told, "offline");
	expect(bench.told, "here");
	g_assert_cmpint(g_atomic_int_get(&bench.grabbed), ==, 2);
	type(&bench, NODE, "036000291452\n");
	expect(bench.told, "036000291452");
	scanner_reader_free(reader);
	bench_close(&bench);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scanner_evdev/past_the_window_system", test_scan_past_the_window_system);
	g_test_add_func("/scanner_evdev/two_of_one_model", test_two_scanners_of_one_model);
	g_test_add_func("/scanner_evdev/cannot_be_opened", test_what_keeps_it_from_being_opened);
	g_test_add_func("/scanner_evdev/lost_and_unplugged", test_lost_events_and_unplugged);
	return g_test_run();
}
