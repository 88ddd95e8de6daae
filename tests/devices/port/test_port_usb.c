/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/device.h"
#include "drivers/port/backend.h"
#include "drivers/port/usb.h"
#include "tests/devices/port/mock_usb.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Long enough never to pass in a test that works. */
#define LONG_MS 60000

static const MockUsbKind epson = { .vid = 0x04B8,
				   .pid = 0x0202,
				   .interface_class = 7,
				   .protocol = 2,
				   .has_in = true,
				   .serial = MOCK_USB_SERIAL,
				   .name = "3-1" };

typedef struct {
	UMockdevTestbed *testbed;
	MockUsb *usb;
	struct port *port;
} Bench;

static void bench_open_as(Bench *bench, const MockUsbKind *kind, const char *address)
{
	g_autoptr(GError) error = NULL;

	bench->testbed = umockdev_testbed_new();
	bench->usb = mock_usb_new(bench->testbed, kind);
	bench->port = port_open(address, &error);
	g_assert_no_error(error);
}

static void bench_open(Bench *bench)
{
	bench_open_as(bench, &epson, "usb:04b8:0202");
}

static void bench_close(Bench *bench)
{
	port_close(bench->port);
	g_assert_false(bench->usb->claimed);
	mock_usb_free(bench->usb);
	g_object_unref(bench->testbed);
}

static void refuses(const char *address, DeviceFault fault)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(port_open(address, &error));
	g_test_message("%s: %s", address, error->message);
	g_assert_error(error, DEVICE_FAULT, (int)fault);
}

static uint8_t *new_pattern(size_t len)
{
	uint8_t *data = g_malloc(len);

	for (size_t i = 0; i < len; i++)
		data[i] = (uint8_t)(i * 7 + i / 251);
	return data;
}

static void test_addresses(void)
{
	static const char *const good[] = { "usb:04b8:0202", "usb:04B8:0202:" MOCK_USB_SERIAL,
					    "usb:path=3-1", "usb:04b8:0202?interface=0" };
	Bench bench;

	for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
		bench_open_as(&bench, &epson, good[i]);
		g_assert_true(bench.usb->claimed);
		bench_close(&bench);
	}
	refuses("usb:", DEVICE_FAULT_BAD_ADDRESS);
	refuses("usb:4b8:202", DEVICE_FAULT_BAD_ADDRESS);
	refuses("usb:04b8", DEVICE_FAULT_BAD_ADDRESS);
	refuses("usb:04b8:0202:", DEVICE_FAULT_BAD_ADDRESS);
	refuses("usb:04b8:xyzw", DEVICE_FAULT_BAD_ADDRESS);
	refuses("usb:04b8:0202?colour=red", DEVICE_FAULT_BAD_ADDRESS);
	refuses("usb:04b8:0202?interface=first", DEVICE_FAULT_BAD_ADDRESS);
	refuses("usb:path=/dev/usb", DEVICE_FAULT_BAD_ADDRESS);
}

static void test_another_device_is_offline(void)
{
	g_autoptr(UMockdevTestbed) testbed = umockdev_testbed_new();
	g_autoptr(MockUsb) usb = mock_usb_new(testbed, &epson);

	refuses("usb:04b8:0203", DEVICE_FAULT_OFFLINE);
	refuses("usb:04b8:0202:ANOTHER", DEVICE_FAULT_OFFLINE);
	refuses("usb:path=3-2", DEVICE_FAULT_OFFLINE);
	g_assert_false(usb->claimed);
}

static void test_held_by_another(void)
{
	g_autoptr(UMockdevTestbed) testbed = umockdev_testbed_new();
	g_autoptr(MockUsb) usb = mock_usb_new(testbed, &epson);

	usb->claim_errno = EBUSY;
	refuses("usb:04b8:0202", DEVICE_FAULT_IN_USE);
}

static void test_no_permission(void)
{
	g_autoptr(UMockdevTestbed) testbed = umockdev_testbed_new();
	g_autoptr(MockUsb) usb = mock_usb_new(testbed, &epson);

	if (geteuid() == 0) {
		g_test_skip("root may open everything");
		return;
	}
	g_assert_cmpint(chmod(usb->node, 0), ==, 0);
	refuses("usb:04b8:0202", DEVICE_FAULT_NO_PERMISSION);
}

static void test_which_interfaces(void)
{
	static const struct {
		uint8_t interface_class, protocol;
		bool has_in, fits;
	} cases[] = {
		{ 7, 1, false, true },	 { 7, 2, true, true },	    { 7, 3, true, false },
		{ 0xFF, 0, true, true }, { 0xFF, 0, false, false }, { 3, 0, true, false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		MockUsbKind kind = epson;
		Bench bench;

		kind.interface_class = cases[i].interface_class;
		kind.protocol = cases[i].protocol;
		kind.has_in = cases[i].has_in;
		if (cases[i].fits) {
			bench_open_as(&bench, &kind, "usb:04b8:0202");
			bench_close(&bench);
		} else {
			bench.testbed = umockdev_testbed_new();
			bench.usb = mock_usb_new(bench.testbed, &kind);
			refuses("usb:04b8:0202", DEVICE_FAULT_BAD_ADDRESS);
			mock_usb_free(bench.usb);
			g_object_unref(bench.testbed);
		}
	}
}

static void test_kernel_driver_is_detached(void)
{
	Bench bench;

	bench_open(&bench);
	g_assert_true(bench.usb->detached);
	bench_close(&bench);
}

static void test_writes_in_pieces(void)
{
	static const size_t lengths[] = { 1, 63, 64, 65, 4095, 4096, 4097, 20000 };
	g_autoptr(GError) error = NULL;
	Bench bench;

	bench_open(&bench);
	for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++) {
		g_autofree uint8_t *data = new_pattern(lengths[i]);

		g_byte_array_set_size(bench.usb->printed, 0);
		g_assert_true(port_write(bench.port, data, lengths[i], LONG_MS, &error));
		g_assert_no_error(error);
		g_assert_cmpmem(bench.usb->printed->data, bench.usb->printed->len, data,
				lengths[i]);
	}
	g_assert_cmpuint(bench.usb->largest_out, ==, 4096);
	bench_close(&bench);
}

static void test_halt_is_cleared_and_the_rest_follows(void)
{
	g_autofree uint8_t *data = new_pattern(10000);
	g_autoptr(GError) error = NULL;
	Bench bench;

	bench_open(&bench);
	bench.usb->halted_out = true;
	bench.usb->room = 100;
	g_assert_false(port_write(bench.port, data, 10000, 200, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE); /* it took 100 */
	g_assert_cmpint(bench.usb->halts_cleared, ==, 1);
	g_assert_cmpmem(bench.usb->printed->data, bench.usb->printed->len, data, 100);

	g_clear_error(&error);
	g_byte_array_set_size(bench.usb->printed, 0);
	mock_usb_give_room(bench.usb, SIZE_MAX);
	bench.usb->halted_out = true;
	bench.usb->halts_out = 1;
	g_assert_true(port_write(bench.port, data, 10000, LONG_MS, &error));
	g_assert_no_error(error);
	g_assert_cmpmem(bench.usb->printed->data, bench.usb->printed->len, data, 10000);
	bench_close(&bench);
}

static void test_halts_for_ever(void)
{
	g_autoptr(GError) error = NULL;
	Bench bench;

	bench_open(&bench);
	bench.usb->halted_out = true;
	bench.usb->halts_out = 1000;
	bench.usb->room = 0;
	g_assert_false(port_write(bench.port, (const uint8_t *)"abc", 3, LONG_MS, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL);
	bench_close(&bench);
}

static void test_busy_printer_is_offline_by_the_deadline(void)
{
	g_autofree uint8_t *data = new_pattern(5000);
	g_autoptr(GError) error = NULL;
	Bench bench;

	bench_open(&bench);
	bench.usb->room = 4500;
	g_assert_false(port_write(bench.port, data, 5000, 50, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	g_assert_cmpmem(bench.usb->printed->data, bench.usb->printed->len, data, 4500);
	bench_close(&bench);
}

static void test_printer_without_paper_says_so(void)
{
	g_autoptr(GError) error = NULL;
	Bench bench;

	bench_open(&bench);
	bench.usb->room = 0;
	bench.usb->port_status = 0x30;
	g_assert_false(port_write(bench.port, (const uint8_t *)"abc", 3, 50, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PAPER_OUT);
	bench_close(&bench);
}

/* What was taken is told, so that a driver knows where to go on. */
static void test_writes_what_is_taken(void)
{
	g_autofree uint8_t *data = new_pattern(5000);
	g_autoptr(GError) error = NULL;
	Bench bench;

	bench_open(&bench);
	bench.usb->room = 100;
	g_assert_cmpint(bench.port->backend->write_some(bench.port, data, 5000, 50, &error), ==,
			100);
	g_assert_no_error(error);
	g_assert_cmpint(bench.port->backend->write_some(bench.port, data, 5000, 50, &error), ==, 0);
	g_assert_no_error(error);
	mock_usb_pull(bench.usb);
	g_assert_cmpint(bench.port->backend->write_some(bench.port, data, 5000, LONG_MS, &error),
			==, -1);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	bench_close(&bench);
}

static void *give_room(void *data)
{
	MockUsb *usb = data;

	g_mutex_lock(&usb->mutex);
	while (usb->printed->len < 1000) /* the write stands before its end */
		g_cond_wait(&usb->cond, &usb->mutex);
	g_mutex_unlock(&usb->mutex);
	mock_usb_give_room(usb, 100000);
	return NULL;
}

static void test_slow_printer_gets_the_rest(void)
{
	g_autofree uint8_t *data = new_pattern(9000);
	g_autoptr(GError) error = NULL;
	GThread *thread;
	Bench bench;

	bench_open(&bench);
	bench.usb->room = 1000;
	thread = g_thread_new("paper", give_room, bench.usb);
	g_assert_true(port_write(bench.port, data, 9000, LONG_MS, &error));
	g_assert_no_error(error);
	g_thread_join(thread);
	g_assert_cmpmem(bench.usb->printed->data, bench.usb->printed->len, data, 9000);
	bench_close(&bench);
}

static void test_reads(void)
{
	g_autofree uint8_t *data = new_pattern(300);
	g_autoptr(GError) error = NULL;
	uint8_t got[300];
	Bench bench;

	bench_open(&bench);
	g_assert_cmpint(port_read(bench.port, got, sizeof got, 20, &error), ==, 0);
	g_assert_no_error(error);
	mock_usb_say(bench.usb, "", 0); /* a packet of nothing is not the end */
	mock_usb_say(bench.usb, "\x12", 1);
	g_assert_cmpint(port_read(bench.port, got, sizeof got, LONG_MS, &error), ==, 1);
	g_assert_cmphex(got[0], ==, 0x12);

	/* More than was asked for: the rest is kept. */
	mock_usb_say(bench.usb, data, 300);
	for (size_t n = 0; n < 300;) {
		gssize now = port_read(bench.port, got + n, MIN(300 - n, 70), LONG_MS, &error);

		g_assert_no_error(error);
		g_assert_cmpint(now, >, 0);
		n += (size_t)now;
	}
	g_assert_cmpmem(got, 300, data, 300);
	bench_close(&bench);
}

static void test_empty_packets_for_ever_are_silence(void)
{
	g_autoptr(GError) error = NULL;
	uint8_t byte;
	Bench bench;

	bench_open(&bench);
	for (int i = 0; i < 1000; i++)
		mock_usb_say(bench.usb, "", 0);
	g_assert_cmpint(port_read(bench.port, &byte, 1, 100, &error), ==, 0);
	g_assert_no_error(error);
	g_assert_cmpuint(g_queue_get_length(&bench.usb->says), >,
			 900); /* it was not asked wildly */
	bench_close(&bench);
}

static void test_discard(void)
{
	g_autoptr(GError) error = NULL;
	uint8_t got[4];
	Bench bench;

	bench_open(&bench);
	mock_usb_say(bench.usb, "old", 3);
	mock_usb_say(bench.usb, "er", 2);
	g_assert_cmpint(port_read(bench.port, got, 1, LONG_MS, &error), ==, 1);
	port_discard_input(bench.port);
	g_assert_cmpint(port_read(bench.port, got, sizeof got, 20, &error), ==, 0);
	g_assert_no_error(error);
	bench_close(&bench);
}

static void test_silent_printer_never_speaks(void)
{
	MockUsbKind kind = epson;
	g_autoptr(GError) error = NULL;
	uint8_t byte;
	Bench bench;

	kind.protocol = 1;
	kind.has_in = false;
	bench_open_as(&bench, &kind, "usb:04b8:0202");
	g_assert_cmpint(port_read(bench.port, &byte, 1, 10, &error), ==, 0);
	g_assert_no_error(error);
	g_assert_true(port_write(bench.port, (const uint8_t *)"abc", 3, LONG_MS, &error));
	bench_close(&bench);
}

static void test_unplugged_is_offline(void)
{
	g_autoptr(GError) error = NULL;
	uint8_t byte = 0;
	Bench bench;

	bench_open(&bench);
	mock_usb_pull(bench.usb);
	g_assert_false(port_write(bench.port, &byte, 1, LONG_MS, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	g_clear_error(&error);
	g_assert_cmpint(port_read(bench.port, &byte, 1, LONG_MS, &error), ==, -1);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	bench_close(&bench);
}

static void *pull(void *data)
{
	mock_usb_pull(data);
	return NULL;
}

static void test_unplugged_while_waiting(void)
{
	g_autoptr(GError) error = NULL;
	GThread *thread;
	uint8_t byte;
	Bench bench;

	bench_open(&bench);
	thread = g_thread_new("pull", pull, bench.usb);
	g_assert_cmpint(port_read(bench.port, &byte, 1, LONG_MS, &error), ==, -1);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	g_thread_join(thread);
	bench_close(&bench);
}

static void *cancel(void *data)
{
	port_cancel(data);
	return NULL;
}

static void test_cancelled(void)
{
	g_autoptr(GError) error = NULL;
	GThread *thread;
	uint8_t byte = 0;
	Bench bench;

	bench_open(&bench);
	bench.usb->room = 0;
	thread = g_thread_new("cancel", cancel, bench.port);
	g_assert_false(port_write(bench.port, &byte, 1, LONG_MS, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED);
	g_thread_join(thread);
	g_clear_error(&error);
	g_assert_cmpint(port_read(bench.port, &byte, 1, LONG_MS, &error), ==, -1);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED);
	bench_close(&bench);
}

static void test_device_id(void)
{
	static const char text[] = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20;CLS:PRINTER;";
	static const uint8_t wanted[] = { 0xA1, 0x00, 0, 0, 0, 0, 0x00, 0x04 };
	uint8_t answer[2 + sizeof text - 1] = { 0x00, 0x2F };
	g_autoptr(GError) error = NULL;
	g_autofree char *id = NULL;
	Bench bench;

	memcpy(answer + 2, text, sizeof text - 1);
	bench_open(&bench);
	g_assert_null(usb_get_device_id(bench.port, &error)); /* it halts */
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	g_clear_error(&error);

	g_byte_array_set_size(bench.usb->controls, 0);
	bench.usb->device_id = g_bytes_new(answer, sizeof answer);
	id = usb_get_device_id(bench.port, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(id, ==, text);
	g_assert_cmpmem(bench.usb->controls->data, bench.usb->controls->len, wanted, sizeof wanted);
	bench_close(&bench);
}

static void test_port_status(void)
{
	/* device-discovery.md X2..X4 */
	static const struct {
		int byte;
		UsbPortStatus status;
	} cases[] = {
		{ 0x18, { .selected = true } },
		{ 0x30, { .paper_empty = true, .selected = true, .error = true } },
		{ 0x10, { .selected = true, .error = true } },
	};
	g_autoptr(GError) error = NULL;
	UsbPortStatus status;
	Bench bench;

	bench_open(&bench);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		bench.usb->port_status = cases[i].byte;
		g_assert_true(usb_get_port_status(bench.port, &status, &error));
		g_assert_cmpint(status.paper_empty, ==, cases[i].status.paper_empty);
		g_assert_cmpint(status.selected, ==, cases[i].status.selected);
		g_assert_cmpint(status.error, ==, cases[i].status.error);
	}
	bench.usb->port_status = -1;
	g_assert_false(usb_get_port_status(bench.port, &status, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	bench_close(&bench);
}

static void test_soft_reset(void)
{
	static const uint8_t wanted[] = { 0x21, 2, 0, 0, 0, 0, 0, 0, 0x23, 2, 0, 0, 0, 0, 0, 0 };
	g_autoptr(GError) error = NULL;
	Bench bench;

	bench_open(&bench);
	g_assert_true(usb_soft_reset(bench.port, &error));
	g_assert_cmpmem(bench.usb->controls->data, bench.usb->controls->len, wanted, 8);
	g_byte_array_set_size(bench.usb->controls, 0);
	bench.usb->clone_reset = true;
	g_assert_true(usb_soft_reset(bench.port, &error));
	g_assert_no_error(error);
	g_assert_cmpmem(bench.usb->controls->data, bench.usb->controls->len, wanted, 16);
	bench_close(&bench);
}

static void test_two_of_a_kind(void)
{
	MockUsbKind second = epson;
	g_autoptr(GError) error = NULL;
	g_autoptr(MockUsb) other = NULL;
	struct port *port;
	Bench bench;

	bench_open(&bench);
	second.name = "3-2";
	second.serial = NULL;
	other = mock_usb_new(bench.testbed, &second);
	port = port_open("usb:path=3-2", &error);
	g_assert_no_error(error);
	g_assert_true(port_write(port, (const uint8_t *)"two", 3, LONG_MS, &error));
	g_assert_cmpmem(other->printed->data, other->printed->len, "two", 3);
	g_assert_cmpuint(bench.usb->printed->len, ==, 0);
	port_close(port);
	bench_close(&bench);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/usb/addresses", test_addresses);
	g_test_add_func("/usb/another_device_is_offline", test_another_device_is_offline);
	g_test_add_func("/usb/held_by_another", test_held_by_another);
	g_test_add_func("/usb/no_permission", test_no_permission);
	g_test_add_func("/usb/which_interfaces", test_which_interfaces);
	g_test_add_func("/usb/kernel_driver_is_detached", test_kernel_driver_is_detached);
	g_test_add_func("/usb/writes_in_pieces", test_writes_in_pieces);
	g_test_add_func("/usb/halt_is_cleared", test_halt_is_cleared_and_the_rest_follows);
	g_test_add_func("/usb/halts_for_ever", test_halts_for_ever);
	g_test_add_func("/usb/busy_printer", test_busy_printer_is_offline_by_the_deadline);
	g_test_add_func("/usb/printer_without_paper", test_printer_without_paper_says_so);
	g_test_add_func("/usb/slow_printer_gets_the_rest", test_slow_printer_gets_the_rest);
	g_test_add_func("/usb/writes_what_is_taken", test_writes_what_is_taken);
	g_test_add_func("/usb/reads", test_reads);
	g_test_add_func("/usb/empty_packets_for_ever", test_empty_packets_for_ever_are_silence);
	g_test_add_func("/usb/discard", test_discard);
	g_test_add_func("/usb/silent_printer", test_silent_printer_never_speaks);
	g_test_add_func("/usb/unplugged", test_unplugged_is_offline);
	g_test_add_func("/usb/unplugged_while_waiting", test_unplugged_while_waiting);
	g_test_add_func("/usb/cancelled", test_cancelled);
	g_test_add_func("/usb/device_id", test_device_id);
	g_test_add_func("/usb/port_status", test_port_status);
	g_test_add_func("/usb/soft_reset", test_soft_reset);
	g_test_add_func("/usb/two_of_a_kind", test_two_of_a_kind);
	return g_test_run();
}
