/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/scanner.h"

#include <errno.h>
#include <linux/ioctl.h>
#include <linux/usbdevice_fs.h>
#include <string.h>
#include <umockdev.h>

/* The reader on a HID point-of-sale scanner that is not there: umockdev lends /sys and the node,
 * and this program answers libusb as the kernel would. */

#define DEVICE "/devices/pci0/usb1/1-1"
#define NODE "/dev/bus/usb/001/002"
#define REPORT_LEN 64
enum { KEYBOARD_INTERFACE, SCANNER_INTERFACE };
#define KEYBOARD_ENDPOINT 0x81
#define SCANNER_ENDPOINT 0x82

/* Device, configuration; a keyboard and a scanner, each with its HID descriptor and endpoint. */
#define DESCRIPTORS                                                                                \
	"1201000200000040"                                                                         \
	"2E0C610B000100000301"                                                                     \
	"09023B00020100A032"                                                                       \
	"0904000001030101000921110100012229000705810308000A"                                       \
	"0904010001030000000921110100012200000705820340000A"

static const uint8_t keyboard[] = { 0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x75,
				    0x08, 0x95, 0x08, 0x81, 0x02, 0xC0 };
/* §3 of the page: id 2, count, identifier, 56 of data, two of the vendor's, flag. */
static const uint8_t scanner[] = {
	0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x85, 0x02, 0x75, 0x08, 0x95, 0x01, 0x05,
	0x01, 0x09, 0x3B, 0x81, 0x02, 0x95, 0x03, 0x05, 0x8C, 0x09, 0xFB, 0x09, 0xFC,
	0x09, 0xFD, 0x81, 0x02, 0x95, 0x38, 0x09, 0xFE, 0x82, 0x02, 0x01, 0x95, 0x02,
	0x06, 0x66, 0xFF, 0x09, 0x04, 0x81, 0x02, 0x05, 0x8C, 0x75, 0x01, 0x95, 0x01,
	0x09, 0xFF, 0x81, 0x02, 0x95, 0x07, 0x81, 0x03, 0xC0,
};

typedef struct {
	UMockdevTestbed *testbed;
	UMockdevIoctlBase *kernel;
	GAsyncQueue *told; /* of strings */
	GAsyncQueue *reports; /* of GBytes, on their way to the host */
	UMockdevIoctlData *urb, *buffer; /* what the host waits for, or NULL */
	bool discarded;
	gint claimed; /* interfaces, as bits */
	gint unplugged;
	gint busy; /* somebody else has it */
	bool no_scanner; /* set up as keyboards only */
} Bench;

static void finish(UMockdevIoctlData *urb_data, int status, size_t len)
{
	struct usbdevfs_urb urb;

	memcpy(&urb, urb_data->data, sizeof urb);
	urb.status = status;
	urb.actual_length = (int)len;
	umockdev_ioctl_data_update(urb_data, 0, (guint8 *)&urb, sizeof urb);
}

/* Setup packet, then room for the answer: only a report descriptor can be asked for. */
static void answer_control(Bench *self)
{
	const uint8_t *setup = self->buffer->data;
	bool is_scanner = setup[4] == SCANNER_INTERFACE && !self->no_scanner;
	const uint8_t *descriptor = is_scanner ? scanner : keyboard;
	size_t len = is_scanner ? sizeof scanner : sizeof keyboard;

	if (setup[0] != 0x81 || setup[1] != 0x06 || setup[3] != 0x22) {
		finish(self->urb, -EPIPE, 0);
		return;
	}
	umockdev_ioctl_data_update(self->buffer, 8, (guint8 *)descriptor, (gint)len);
	finish(self->urb, 0, len);
}

static int submit(Bench *self, UMockdevIoctlData *arg)
{
	struct usbdevfs_urb urb;

	g_assert_null(self->urb);
	self->urb = umockdev_ioctl_data_resolve(arg, 0, sizeof urb, NULL);
	memcpy(&urb, self->urb->data, sizeof urb);
	self->buffer = umockdev_ioctl_data_resolve(self->urb, offsetof(struct usbdevfs_urb, buffer),
						   (gsize)urb.buffer_length, NULL);
	self->discarded = false;
	if (urb.type == USBDEVFS_URB_TYPE_CONTROL)
		return 0;
	/* Not from the keyboard, and a report at a time: a longer read would swallow two. */
	g_assert_cmpint(urb.endpoint, ==, SCANNER_ENDPOINT);
	g_assert_cmpint(urb.buffer_length, ==, REPORT_LEN);
	return 0;
}

/* Is there an answer yet? */
static bool answer(Bench *self)
{
	struct usbdevfs_urb urb;
	g_autoptr(GBytes) report = NULL;

	if (self->urb == NULL)
		return false;
	memcpy(&urb, self->urb->data, sizeof urb);
	if (urb.type == USBDEVFS_URB_TYPE_CONTROL) {
		answer_control(self);
		return true;
	}
	if (self->discarded || g_atomic_int_get(&self->unplugged)) {
		finish(self->urb, self->discarded ? -ENOENT : -ESHUTDOWN, 0);
		return true;
	}
	report = g_async_queue_try_pop(self->reports);
	if (report == NULL)
		return false;
	umockdev_ioctl_data_update(self->buffer, 0, (guint8 *)g_bytes_get_data(report, NULL),
				   (gint)g_bytes_get_size(report));
	finish(self->urb, 0, g_bytes_get_size(report));
	return true;
}

static int reap(Bench *self, UMockdevIoctlData *arg)
{
	UMockdevIoctlData *where;

	if (!answer(self)) /* what was under way is given back first, as by the kernel */
		return g_atomic_int_get(&self->unplugged) ? ENODEV : EAGAIN;
	where = umockdev_ioctl_data_resolve(arg, 0, sizeof(void *), NULL);
	umockdev_ioctl_data_set_ptr(where, 0, self->urb);
	g_object_unref(where);
	g_clear_object(&self->buffer);
	g_clear_object(&self->urb);
	return 0;
}

static int get_capabilities(UMockdevIoctlData *arg)
{
	UMockdevIoctlData *where = umockdev_ioctl_data_resolve(arg, 0, sizeof(guint32), NULL);
	guint32 none = 0;

	umockdev_ioctl_data_update(where, 0, (guint8 *)&none, sizeof none);
	g_object_unref(where);
	return 0;
}

static int claim(Bench *self, UMockdevIoctlData *arg, bool claims)
{
	UMockdevIoctlData *where = umockdev_ioctl_data_resolve(arg, 0, sizeof(unsigned), NULL);
	unsigned number;

	memcpy(&number, where->data, sizeof number);
	g_object_unref(where);
	if (claims && g_atomic_int_get(&self->busy))
		return EBUSY;
	if (claims)
		g_atomic_int_or((guint *)&self->claimed, 1u << number);
	else
		g_atomic_int_and((guint *)&self->claimed, ~(1u << number));
	return 0;
}

static int serve(Bench *self, gulong request, UMockdevIoctlData *arg)
{
	switch (request) {
	case USBDEVFS_GET_CAPABILITIES:
		return get_capabilities(arg);
	case USBDEVFS_CLAIMINTERFACE:
		return claim(self, arg, true);
	case USBDEVFS_RELEASEINTERFACE:
		return claim(self, arg, false);
	case USBDEVFS_GETDRIVER:
	case USBDEVFS_IOCTL:
		return ENODATA; /* no driver of the kernel has it */
	case USBDEVFS_SUBMITURB:
		return g_atomic_int_get(&self->unplugged) ? ENODEV : submit(self, arg);
	case USBDEVFS_DISCARDURB:
		self->discarded = true;
		return 0;
	case USBDEVFS_REAPURB:
	case USBDEVFS_REAPURBNDELAY:
		return reap(self, arg);
	default:
		return ENOTTY;
	}
}

static gboolean on_ioctl(UMockdevIoctlBase *kernel, UMockdevIoctlClient *client, Bench *self)
{
	int fault = serve(self, umockdev_ioctl_client_get_request(client),
			  umockdev_ioctl_client_get_arg(client));

	umockdev_ioctl_client_complete(client, fault == 0 ? 0 : -1, fault);
	return TRUE;
}

static void bench_open(Bench *self)
{
	static const char device[] = "P: " DEVICE "\nN: bus/usb/001/002\n"
				     "E: DEVNAME=" NODE "\nE: DEVTYPE=usb_device\n"
				     "E: SUBSYSTEM=usb\nE: MAJOR=189\nE: MINOR=1\n"
				     "A: busnum=1\nA: devnum=2\nA: speed=12\n"
				     "A: bConfigurationValue=1\n"
				     "A: idVendor=0c2e\nA: idProduct=0b61\n"
				     "H: descriptors=" DESCRIPTORS "\n";
	g_autoptr(GError) error = NULL;

	*self = (Bench){ .testbed = umockdev_testbed_new(),
			 .kernel = umockdev_ioctl_base_new(),
			 .told = g_async_queue_new_full(g_free),
			 .reports = g_async_queue_new_full((GDestroyNotify)g_bytes_unref) };
	g_signal_connect(self->kernel, "handle-ioctl", G_CALLBACK(on_ioctl), self);
	umockdev_testbed_add_from_string(self->testbed, device, &error);
	g_assert_no_error(error);
	umockdev_testbed_attach_ioctl(self->testbed, NODE, self->kernel, &error);
	g_assert_no_error(error);
}

static void bench_close(Bench *self)
{
	umockdev_testbed_detach_ioctl(self->testbed, NODE, NULL);
	g_clear_object(&self->urb);
	g_clear_object(&self->buffer);
	g_object_unref(self->kernel);
	g_object_unref(self->testbed);
	g_async_queue_unref(self->told);
	g_async_queue_unref(self->reports);
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

static void expect(Bench *self, const char *expected)
{
	g_autofree char *heard = g_async_queue_timeout_pop(self->told, 20 * G_TIME_SPAN_SECOND);

	g_assert_cmpstr(heard, ==, expected);
}

static void send(Bench *self, const char *aim, const char *data, bool more)
{
	uint8_t report[REPORT_LEN] = { 2, (uint8_t)strlen(data) };

	memcpy(report + 2, aim, 3);
	memcpy(report + 5, data, strlen(data));
	report[63] = more;
	g_async_queue_push(self->reports, g_bytes_new(report, sizeof report));
}

static void test_scan_over_usb(void)
{
	Bench bench;
	ScannerReader *reader;
	g_autofree char *long_code = g_strnfill(56, '7');
	g_autofree char *joined = g_strconcat("]d2", long_code, "89", NULL);

	bench_open(&bench);
	reader = scanner_reader_new("hidpos:0c2e:0b61", hear_scan, hear_state, bench.told);
	expect(&bench, "here");
	g_assert_cmpint(g_atomic_int_get(&bench.claimed), ==, 1 << SCANNER_INTERFACE);
	send(&bench, "]E0", "4601234567893", false);
	expect(&bench, "]E04601234567893");
	send(&bench, "]d2", long_code, true);
	send(&bench, "]d2", "89", false);
	expect(&bench, joined);
	for (int i = 0; i < 200; i++) { /* as fast as it takes them */
		g_autofree char *code = g_strdup_printf("%08d", i);

		send(&bench, "]C0", code, false);
	}
	for (int i = 0; i < 200; i++) {
		g_autofree char *code = g_strdup_printf("]C0%08d", i);

		expect(&bench, code);
	}
	scanner_reader_free(reader);
	g_assert_cmpint(bench.claimed, ==, 0);
	bench_close(&bench);
}

/* Pulled out between two reports of one code. */
static void test_unplugged_between_reports(void)
{
	Bench bench;
	ScannerReader *reader;
	g_autofree char *long_code = g_strnfill(56, '7');

	bench_open(&bench);
	reader = scanner_reader_new("hidpos:0C2E:0B61", hear_scan, hear_state, bench.told);
	expect(&bench, "here");
	send(&bench, "]d2", long_code, true);
	send(&bench, "]E0", "96385074", false); /* the half is dropped, this is whole */
	expect(&bench, "]E096385074");
	send(&bench, "]d2", long_code, true);
	g_atomic_int_set(&bench.unplugged, true);
	expect(&bench, "offline");
	g_atomic_int_set(&bench.unplugged, false);
	expect(&bench, "here");
	send(&bench, "]E0", "4601234567893", false);
	expect(&bench, "]E04601234567893");
	scanner_reader_free(reader);
	bench_close(&bench);
}

static void test_what_keeps_it_from_being_used(void)
{
	static const struct {
		const char *address, *fault;
		bool busy, no_scanner;
	} cases[] = {
		{ "hidpos:0c2e:0b62", "offline", false, false },
		{ "hidpos:0c2e:0b61:S1", "offline", false, false }, /* it tells no serial number */
		{ "hidpos:0c2e", "bad-address", false, false },
		{ "hidpos:0c2e:0b61", "in-use", true, false },
		{ "hidpos:0c2e:0b61", "offline", false, true },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Bench bench;
		ScannerReader *reader;

		g_test_message("%s %s", cases[i].address, cases[i].fault);
		bench_open(&bench);
		bench.busy = cases[i].busy;
		bench.no_scanner = cases[i].no_scanner;
		reader = scanner_reader_new(cases[i].address, hear_scan, hear_state, bench.told);
		expect(&bench, cases[i].fault);
		scanner_reader_free(reader);
		g_assert_cmpint(bench.claimed, ==, 0);
		bench_close(&bench);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scanner_usb/scans", test_scan_over_usb);
	g_test_add_func("/scanner_usb/unplugged_between_reports", test_unplugged_between_reports);
	g_test_add_func("/scanner_usb/cannot_be_used", test_what_keeps_it_from_being_used);
	return g_test_run();
}
