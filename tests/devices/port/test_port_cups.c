/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/device.h"
#include "drivers/discovery/discovery.h"
#include "drivers/port/cups_reason.h"
#include "drivers/port/port.h"
#include "tests/devices/port/private_cups.h"

#include <glib/gstdio.h>
#include <string.h>

/* Long enough never to pass in a test that works. */
#define LONG_MS 60000

static PrivateCups cups;
static bool cups_runs;

static struct port *open_port(const char *address)
{
	g_autoptr(GError) error = NULL;
	struct port *port = port_open(address, &error);

	g_assert_no_error(error);
	return port;
}

static void refuses(const char *address, DeviceFault fault)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(port_open(address, &error));
	g_test_message("%s", error->message);
	g_assert_error(error, DEVICE_FAULT, (int)fault);
}

static void put(struct port *port, const char *text)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(port_write(port, (const uint8_t *)text, strlen(text), LONG_MS, &error));
}

static void flush(struct port *port)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(port_flush(port, LONG_MS, &error));
	g_assert_no_error(error);
}

static void flush_fails(struct port *port, int timeout_ms, DeviceFault fault)
{
	g_autoptr(GError) error = NULL;

	g_assert_false(port_flush(port, timeout_ms, &error));
	g_test_message("%s", error->message);
	g_assert_error(error, DEVICE_FAULT, (int)fault);
}

static void mark(const char *queue, const char *name)
{
	g_autofree char *path = private_cups_dup_path(&cups, queue, name);
	g_autoptr(GError) error = NULL;

	g_file_set_contents(path, "", 0, &error);
	g_assert_no_error(error);
}

static void unmark(const char *queue, const char *name)
{
	g_autofree char *path = private_cups_dup_path(&cups, queue, name);

	g_assert_cmpint(g_unlink(path), ==, 0);
}

static void check_printed(const char *queue, const void *data, size_t len)
{
	g_autofree char *path = private_cups_dup_path(&cups, queue, "printed");
	g_autofree char *got = NULL;
	g_autoptr(GError) error = NULL;
	gsize got_len;

	g_file_get_contents(path, &got, &got_len, &error);
	g_assert_no_error(error);
	g_assert_cmpmem(got, got_len, data, len);
}

static bool skips(void)
{
	if (!cups_runs)
		g_test_skip("cupsd runs its printers as root only");
	return !cups_runs;
}

static void test_reasons(void)
{
	static const struct {
		const char *reason;
		DeviceFault fault;
	} cases[] = {
		{ "none", DEVICE_FAULT_N },
		{ "media-empty-error", DEVICE_FAULT_PAPER_OUT },
		{ "media-needed", DEVICE_FAULT_PAPER_OUT },
		{ "media-low-warning", DEVICE_FAULT_N },
		{ "media-empty-warning", DEVICE_FAULT_N },
		{ "cover-open-error", DEVICE_FAULT_COVER_OPEN },
		{ "media-jam-error", DEVICE_FAULT_MECHANISM },
		{ "marker-supply-empty-error", DEVICE_FAULT_RIBBON_OUT },
		{ "offline-report", DEVICE_FAULT_OFFLINE },
		{ "connecting-to-device", DEVICE_FAULT_OFFLINE },
		{ "paused", DEVICE_FAULT_PAUSED },
		{ "com.example-colour-of-the-sky", DEVICE_FAULT_N },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpint(cups_fault_of_reason(cases[i].reason), ==, cases[i].fault);
}

static void test_addresses(void)
{
	refuses("cups:", DEVICE_FAULT_BAD_ADDRESS);
	refuses("cups:a b", DEVICE_FAULT_BAD_ADDRESS);
	refuses("cups:a?format=ps", DEVICE_FAULT_BAD_ADDRESS);
	refuses("cups:a?media=", DEVICE_FAULT_BAD_ADDRESS);
	refuses("cups:a?colour=red", DEVICE_FAULT_BAD_ADDRESS);
	if (cups_runs)
		refuses("cups:nowhere", DEVICE_FAULT_OFFLINE);
}

static void test_every_byte_of_a_document(void)
{
	g_autofree uint8_t *data = g_malloc(200000);
	g_autoptr(GError) error = NULL;
	struct port *port;
	uint8_t byte;

	if (skips())
		return;
	for (size_t i = 0; i < 200000; i++)
		data[i] = (uint8_t)(i * 7 + i / 251);
	private_cups_add(&cups, "bytes");
	port = open_port("cups:bytes");
	g_assert_true(port_write(port, data, 1, LONG_MS, &error));
	g_assert_true(port_write(port, data + 1, 199999, LONG_MS, &error));
	flush(port);
	flush(port); /* nothing: no empty job */
	check_printed("bytes", data, 200000);
	g_assert_cmpint(port_read(port, &byte, 1, 1, &error), ==, 0);
	g_assert_no_error(error);
	port_close(port);
	check_printed("bytes", data, 200000);
}

static void test_two_documents_and_one_at_the_end(void)
{
	struct port *port;

	if (skips())
		return;
	private_cups_add(&cups, "documents");
	port = open_port("cups:documents?format=pdf&media=custom_58x40mm_58x40mm");
	put(port, "%PDF-1 one");
	flush(port);
	check_printed("documents", "%PDF-1 one", 10);
	put(port, "%PDF-1 two");
	flush(port);
	put(port, "%PDF-1 end");
	port_close(port);
	check_printed("documents", "%PDF-1 one%PDF-1 two%PDF-1 end", 30);
}

static void test_paper_out_withdraws_the_job(void)
{
	struct port *port;

	if (skips())
		return;
	private_cups_add(&cups, "empty");
	mark("empty", "no-paper");
	port = open_port("cups:empty");
	put(port, "lost");
	flush_fails(port, 3000, DEVICE_FAULT_PAPER_OUT);
	unmark("empty", "no-paper");
	put(port, "kept");
	flush(port);
	port_close(port);
	check_printed("empty", "kept", 4);
}

static void test_paused_queue(void)
{
	struct port *port;

	if (skips())
		return;
	private_cups_add(&cups, "paused");
	private_cups_run(&cups, "cupsdisable", "paused");
	port = open_port("cups:paused");
	put(port, "lost");
	flush_fails(port, 1000, DEVICE_FAULT_PAUSED);
	private_cups_run(&cups, "cupsenable", "paused");
	private_cups_run(&cups, "cupsreject", "paused");
	put(port, "lost");
	flush_fails(port, LONG_MS, DEVICE_FAULT_PAUSED);
	private_cups_run(&cups, "cupsaccept", "paused");
	put(port, "kept");
	flush(port);
	port_close(port);
	check_printed("paused", "kept", 4);
}

static void test_printer_that_fails(void)
{
	struct port *port;

	if (skips())
		return;
	private_cups_add(&cups, "broken");
	private_cups_run(&cups, "lpadmin", "-p broken -o printer-error-policy=abort-job");
	mark("broken", "broken");
	port = open_port("cups:broken");
	put(port, "lost");
	flush_fails(port, LONG_MS, DEVICE_FAULT_REFUSED);
	port_close(port);
}

static void *cancel_when_it_waits(void *data)
{
	g_autofree char *path = private_cups_dup_path(&cups, "patient", "waiting");

	while (!g_file_test(path, G_FILE_TEST_EXISTS)) /* the printer has the job */
		g_usleep(10000);
	port_cancel(data);
	return NULL;
}

static void test_cancelled(void)
{
	struct port *port;
	GThread *thread;

	if (skips())
		return;
	private_cups_add(&cups, "patient");
	mark("patient", "no-paper");
	port = open_port("cups:patient");
	thread = g_thread_new("cancel", cancel_when_it_waits, port);
	put(port, "lost");
	flush_fails(port, LONG_MS, DEVICE_FAULT_CANCELLED);
	g_thread_join(thread);
	port_close(port);
	unmark("patient", "no-paper");
	port = open_port("cups:patient");
	put(port, "kept");
	flush(port);
	port_close(port);
	check_printed("patient", "kept", 4);
}

static void test_queues_are_found(void)
{
	g_autoptr(DeviceTable) table = device_table_new_empty();
	g_autoptr(GPtrArray) found = NULL;
	int n = 0;

	if (skips())
		return;
	private_cups_add(&cups, "found-one");
	private_cups_run(&cups, "lpadmin", "-p found-one -D 'Printer of the till'");
	private_cups_add(&cups, "found-two");
	found = device_scan(table);
	for (guint i = 0; i < found->len; i++) {
		const DeviceFound *one = found->pdata[i];

		if (g_strcmp0(one->address, "cups:found-one") == 0) {
			g_assert_nonnull(strstr(one->text, "Printer of the till"));
			g_assert_nonnull(strstr(one->text, "till:"));
			g_assert_null(one->device_class);
			n++;
		}
		n += g_strcmp0(one->address, "cups:found-two") == 0;
	}
	g_assert_cmpint(n, ==, 2);
}

/* The last: there is none any more. */
static void test_no_cups(void)
{
	if (!skips()) {
		private_cups_stop(&cups);
		refuses("cups:bytes", DEVICE_FAULT_OFFLINE);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	cups_runs = private_cups_start(&cups);
	g_test_add_func("/cups/reasons", test_reasons);
	g_test_add_func("/cups/addresses", test_addresses);
	g_test_add_func("/cups/every_byte_of_a_document", test_every_byte_of_a_document);
	g_test_add_func("/cups/two_documents", test_two_documents_and_one_at_the_end);
	g_test_add_func("/cups/paper_out_withdraws_the_job", test_paper_out_withdraws_the_job);
	g_test_add_func("/cups/paused_queue", test_paused_queue);
	g_test_add_func("/cups/printer_that_fails", test_printer_that_fails);
	g_test_add_func("/cups/cancelled", test_cancelled);
	g_test_add_func("/cups/queues_are_found", test_queues_are_found);
	g_test_add_func("/cups/no_cups", test_no_cups);
	return g_test_run();
}
