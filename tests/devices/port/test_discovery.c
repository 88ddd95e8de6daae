/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/discovery/discovery.h"
#include "tests/devices/port/mock_usb.h"

#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>

static const MockUsbKind epson = { .vid = 0x04B8,
				   .pid = 0x0202,
				   .interface_class = 7,
				   .protocol = 2,
				   .has_in = true,
				   .serial = MOCK_USB_SERIAL,
				   .name = "3-1" };

static DeviceTable *new_table(void)
{
	g_autoptr(GError) error = NULL;
	DeviceTable *table = device_table_new(NULL, &error);

	g_assert_no_error(error);
	return table;
}

static const DeviceFound *find(const GPtrArray *found, const char *address)
{
	for (guint i = 0; i < found->len; i++) {
		const DeviceFound *one = found->pdata[i];

		g_test_message("%s %s %s", one->address, one->device_class, one->text);
		if (g_strcmp0(one->address, address) == 0)
			return one;
	}
	return NULL;
}

/* What udev and sysfs know of a device with its USB device @usb ("5-1"): text of umockdev. */
static void plug(UMockdevTestbed *testbed, const char *usb, const char *ids, const char *children)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = g_strdup_printf(
		"P: /devices/pci0000:00/usb5/%s\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\n%s\n%s",
		usb, ids, children);

	umockdev_testbed_add_from_string(testbed, text, &error);
	g_assert_no_error(error);
}

#define IDS(vid, pid) "A: idVendor=" vid "\\n\nA: idProduct=" pid "\\n\n"
#define TTY(usb, name, links)                                                                      \
	"P: /devices/pci0000:00/usb5/" usb "/" usb ":1.0\n"                                        \
	"E: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\nA: bInterfaceClass=ff\\n\n\n"                 \
	"P: /devices/pci0000:00/usb5/" usb "/" usb ":1.0/tty/" name "\nN: " name "\n" links        \
	"E: SUBSYSTEM=tty\nE: DEVNAME=/dev/" name "\n\n"

/* --- the table ----------------------------------------------------------------------------- */

static void test_table(void)
{
	static const struct {
		int vid, pid;
		const char *device_class, *protocol;
	} cases[] = {
		{ 0x04B8, 0x0202, "printer", "escpos" },   { 0x04B8, 0xFFFF, NULL, NULL },
		{ 0x0A5F, 0x0009, "label", "epl" },	   { 0x0A5F, 0x1234, "label", "zpl" },
		{ 0x1EAB, 0x1310, "scanner", "hidpos" }, /* X5 */
		{ 0x1EAB, 0x0003, "scanner", "keyboard" }, { 0x1EAB, 0x1306, "scanner", "serial" },
		{ 0x0403, 0x6001, "bridge", NULL },	   { 0x1D90, 0x2037, "label", "zpl" },
		{ 0x2912, 0x0005, "fiscal", "atol" },	   { 0x0EB8, 0x2200, "scale", "mt8217" },
		{ 0x1504, 0x001F, "printer", "escpos" },   { 0x1504, 0x0BAD, "label", NULL },
	};
	g_autoptr(DeviceTable) table = new_table();

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const DeviceKind *kind = device_table_find(table, cases[i].vid, cases[i].pid);

		g_test_message("%04x:%04x", (unsigned)cases[i].vid, (unsigned)cases[i].pid);
		g_assert_cmpstr(kind != NULL ? kind->device_class : NULL, ==,
				cases[i].device_class);
		g_assert_cmpstr(kind != NULL ? kind->protocols[0] : NULL, ==, cases[i].protocol);
	}
}

static void test_shop_adds_a_line(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;
	int fd = g_file_open_tmp("baraa-XXXXXX", &path, NULL);
	g_autoptr(DeviceTable) table = NULL;

	g_assert_true(g_close(fd, NULL));
	g_file_set_contents(path,
			    "# ours\n04B8\t0202\tlabel\ttspl,zpl\tof the shop\n"
			    "1234\tab??\tdisplay\tcd5220\tЭкран\n",
			    -1, NULL);
	table = device_table_new(path, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(device_table_find(table, 0x04B8, 0x0202)->words, ==, "of the shop");
	g_assert_cmpstr(device_table_find(table, 0x04B8, 0x0202)->protocols[1], ==, "zpl");
	g_assert_cmpstr(device_table_find(table, 0x1234, 0xAB12)->words, ==, "Экран");
	g_assert_nonnull(device_table_find(table, 0x0A5F, 0x0009));

	g_clear_pointer(&table, device_table_free);
	table = device_table_new("/no/such/file", &error);
	g_assert_no_error(error);
	g_clear_pointer(&table, device_table_free);

	g_file_set_contents(path, "04b8\t0202\ttoaster\t-\tbread\n", -1, NULL);
	g_assert_null(device_table_new(path, &error));
	g_assert_error(error, DEVICE_TABLE_ERROR, DEVICE_TABLE_ERROR_LINE);
	g_assert_cmpint(g_remove(path), ==, 0);
}

static void test_wrong_lines(void)
{
	static const char *const lines[] = { "04b8",
					     "04b8\t0202\tprinter\tescpos",
					     "04b8\t0202\tprinter\t\tx",
					     "04b\t0202\tprinter\t-\tx",
					     "????\t0202\tprinter\t-\tx",
					     "04b8\t02022\tprinter\t-\tx",
					     "04b8\t02g2\tprinter\t-\tx",
					     "04b8\t0202\tprinter\t-\tx\ty",
					     "04b8\t0202\tprinter\t-\t\xFF" };

	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		g_autoptr(DeviceTable) table = device_table_new_empty();
		g_autoptr(GError) error = NULL;

		g_assert_false(device_table_add(table, lines[i], &error));
		g_assert_error(error, DEVICE_TABLE_ERROR, DEVICE_TABLE_ERROR_LINE);
	}
}

/* --- what is found ------------------------------------------------------------------------- */

static void test_usb_printer(void)
{
	g_autoptr(UMockdevTestbed) testbed = umockdev_testbed_new();
	g_autoptr(DeviceTable) table = new_table();
	MockUsbKind kind = epson;
	g_autoptr(MockUsb) usb = NULL;
	g_autoptr(GPtrArray) found = NULL;
	const DeviceFound *one;

	kind.device_id = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20;CLS:PRINTER;";
	usb = mock_usb_new(testbed, &kind);
	found = device_scan(table);
	one = find(found, "usb:04b8:0202:" MOCK_USB_SERIAL);
	g_assert_nonnull(one);
	g_assert_cmpstr(one->device_class, ==, "printer");
	g_assert_cmpstr(one->protocols[0], ==, "escpos");
	g_assert_cmpstr(one->text, ==, "Epson TM; EPSON; TM-T20");
	g_assert_cmpstr(one->path, ==, "3-1");
	g_assert_cmphex(one->vid, ==, 0x04B8);
	g_assert_true(one->may_open);
	g_assert_cmpuint(usb->controls->len, ==, 0); /* it was not spoken to */
}

/* Of printer class and in no table: its own words decide. */
static void test_unknown_label_printer(void)
{
	g_autoptr(UMockdevTestbed) testbed = umockdev_testbed_new();
	g_autoptr(DeviceTable) table = new_table();
	MockUsbKind kind = epson;
	g_autoptr(MockUsb) usb = NULL;
	g_autoptr(GPtrArray) found = NULL;
	const DeviceFound *one;

	kind.vid = 0x7777;
	kind.pid = 0x0001;
	kind.serial = NULL;
	kind.device_id = "MFG:X;CMD:TSPL;MDL:L;";
	usb = mock_usb_new(testbed, &kind);
	found = device_scan(table);
	one = find(found, "usb:7777:0001");
	g_assert_nonnull(one);
	g_assert_cmpstr(one->device_class, ==, "label");
	g_assert_cmpstr(one->protocols[0], ==, "tspl");
}

static void test_twins_are_named_by_place(void)
{
	g_autoptr(UMockdevTestbed) testbed = umockdev_testbed_new();
	g_autoptr(DeviceTable) table = new_table();
	MockUsbKind first = epson, second = epson;
	g_autoptr(MockUsb) one = NULL, two = NULL;
	g_autoptr(GPtrArray) found = NULL;

	first.serial = second.serial = NULL;
	second.name = "3-2";
	one = mock_usb_new(testbed, &first);
	two = mock_usb_new(testbed, &second);
	found = device_scan(table);
	g_assert_nonnull(find(found, "usb:path=3-1"));
	g_assert_nonnull(find(found, "usb:path=3-2"));
	g_assert_null(find(found, "usb:04b8:0202"));
}

static void test_serial_ports(void)
{
	g_autoptr(UMockdevTestbed) testbed = umockdev_testbed_new();
	g_autoptr(DeviceTable) table = new_table();
	g_autoptr(GPtrArray) found = NULL;
	const DeviceFound *one;

	plug(testbed, "5-1", IDS("0403", "6001") "A: serial=A1B2\\n\n",
	     TTY("5-1", "ttyUSB0",
		 "E: DEVLINKS=/dev/serial/by-path/x /dev/serial/by-id/usb-FTDI_A1B2-if00-port0\n"));
	plug(testbed, "5-2", IDS("1a86", "7523"),
	     TTY("5-2", "ttyUSB1",
		 "E: DEVLINKS=/dev/serial/by-id/usb-1a86 /dev/serial/by-path/pci-5-2\n"));
	plug(testbed, "5-3", IDS("05e0", "1701"), TTY("5-3", "ttyACM0", ""));
	plug(testbed, "5-4", IDS("1a86", "7523"), ""); /* its port is taken away */
	found = device_scan(table);

	one = find(found, "serial:/dev/serial/by-id/usb-FTDI_A1B2-if00-port0");
	g_assert_nonnull(one);
	g_assert_null(one->device_class); /* a cable: nobody knows what is behind */
	g_assert_cmpstr(one->serial, ==, "A1B2");
	g_assert_nonnull(find(found, "serial:/dev/serial/by-path/pci-5-2"));
	one = find(found, "serial:/dev/ttyACM0");
	g_assert_nonnull(one);
	g_assert_cmpstr(one->device_class, ==, "scanner");
	one = find(found, NULL);
	g_assert_nonnull(one);
	g_assert_cmpstr(one->path, ==, "5-4");
	g_assert_nonnull(strstr(one->text, "brltty"));
	g_assert_cmpuint(found->len, ==, 4);
}

#define INPUT(usb, name, leds)                                                                     \
	"P: /devices/pci0000:00/usb5/" usb "/" usb ":1.0/input/input" name "\n"                    \
	"E: SUBSYSTEM=input\nA: capabilities/led=" leds "\\n\n\n"                                  \
	"P: /devices/pci0000:00/usb5/" usb "/" usb ":1.0/input/input" name "/event" name "\n"      \
	"N: input/event" name "\nE: SUBSYSTEM=input\nE: ID_INPUT_KEYBOARD=1\n"                     \
	"E: DEVNAME=/dev/input/event" name "\n\n"

static void test_keyboards(void)
{
	g_autoptr(UMockdevTestbed) testbed = umockdev_testbed_new();
	g_autoptr(DeviceTable) table = new_table();
	g_autoptr(GPtrArray) found = NULL;
	const DeviceFound *one;

	plug(testbed, "5-1", IDS("05e0", "1200"), INPUT("5-1", "1", "0"));
	plug(testbed, "5-2", IDS("046d", "c31c"), INPUT("5-2", "2", "1f")); /* for hands */
	plug(testbed, "5-3", IDS("8888", "0001"), INPUT("5-3", "3", "0"));
	found = device_scan(table);
	one = find(found, "evdev:/dev/input/event1");
	g_assert_nonnull(one);
	g_assert_cmpstr(one->device_class, ==, "scanner");
	g_assert_cmpstr(one->protocols[0], ==, "keyboard");
	one = find(found, "evdev:/dev/input/event3");
	g_assert_nonnull(one);
	g_assert_null(one->device_class);
	g_assert_cmpuint(found->len, ==, 2);
}

/* 8C:02 with a report inside, and a keyboard whose keys are on another page. */
#define HID_SCANNER "058C0902A10185020502150026FF00750895308102C0"
#define HID_KEYBOARD "05010906A101050719E029E7C0"

#define HIDRAW(usb, name, descriptor)                                                              \
	"P: /devices/pci0000:00/usb5/" usb "/" usb ":1.0/0003:1EAB:1310.000" name "\n"             \
	"E: SUBSYSTEM=hid\nH: report_descriptor=" descriptor "\n\n"                                \
	"P: /devices/pci0000:00/usb5/" usb "/" usb ":1.0/0003:1EAB:1310.000" name                  \
	"/hidraw/hidraw" name "\nN: hidraw" name                                                   \
	"\nE: SUBSYSTEM=hidraw\nE: DEVNAME=/dev/hidraw" name "\n\n"

static void test_hid_scanner(void)
{
	g_autoptr(UMockdevTestbed) testbed = umockdev_testbed_new();
	g_autoptr(DeviceTable) table = new_table();
	g_autoptr(GPtrArray) found = NULL;
	const DeviceFound *one;

	plug(testbed, "5-1", IDS("1eab", "1310"),
	     HIDRAW("5-1", "1", HID_SCANNER) INPUT("5-1", "1", "0"));
	plug(testbed, "5-2", IDS("046d", "c31c"), HIDRAW("5-2", "2", HID_KEYBOARD));
	found = device_scan(table);
	one = find(found, "hidpos:1eab:1310");
	g_assert_nonnull(one);
	g_assert_cmpstr(one->device_class, ==, "scanner");
	g_assert_cmpstr(one->protocols[0], ==, "hidpos");
	g_assert_cmpuint(found->len, ==, 1);
}

/* --- coming and going ---------------------------------------------------------------------- */

typedef struct {
	GString *log; /* owned */
} Diary;

static void on_event(const DeviceEvent *event, void *data)
{
	Diary *diary = data;

	g_string_append_printf(diary->log, "%s %s %s %d; ", event->arrived ? "came" : "left",
			       event->subsystem, event->path, event->vid);
}

/* Until @n things were told. */
static void dispatch(DeviceWatch *watch, Diary *diary, guint n)
{
	struct pollfd fd = { .fd = device_watch_get_fd(watch), .events = POLLIN };
	guint told = 0;

	while (told < n) {
		gsize before = diary->log->len;

		g_assert_cmpint(poll(&fd, 1, 60000), ==, 1);
		device_watch_dispatch(watch);
		if (diary->log->len > before)
			told++;
	}
}

static void test_watch(void)
{
	g_autoptr(UMockdevTestbed) testbed = umockdev_testbed_new();
	g_autoptr(GError) error = NULL;
	Diary diary = { .log = g_string_new(NULL) };
	g_autoptr(DeviceWatch) watch = device_watch_new(on_event, &diary, &error);
	int64_t plugged;
	MockUsb *usb;

	g_assert_no_error(error);
	plugged = g_get_monotonic_time();
	usb = mock_usb_new(testbed, &epson);
	dispatch(watch, &diary, 1);
	g_assert_cmpint(g_get_monotonic_time() - plugged, >=, 400 * 1000);
	g_assert_cmpstr(diary.log->str, ==, "came usb 3-1 1208; ");
	mock_usb_free(usb);
	dispatch(watch, &diary, 1);
	g_assert_cmpstr(diary.log->str, ==, "came usb 3-1 1208; left usb 3-1 -1; ");
	g_string_free(diary.log, TRUE);
}

/* Plugged in and out before it stood still: nobody needs to know. */
static void test_watch_of_a_loose_contact(void)
{
	g_autoptr(UMockdevTestbed) testbed = umockdev_testbed_new();
	g_autoptr(GError) error = NULL;
	Diary diary = { .log = g_string_new(NULL) };
	g_autoptr(DeviceWatch) watch = device_watch_new(on_event, &diary, &error);
	MockUsbKind second = epson;
	g_autoptr(MockUsb) other = NULL;

	g_assert_no_error(error);
	mock_usb_free(mock_usb_new(testbed, &epson));
	second.name = "3-2";
	other = mock_usb_new(testbed, &second);
	dispatch(watch, &diary, 1);
	g_assert_cmpstr(diary.log->str, ==, "came usb 3-2 1208; ");
	g_string_free(diary.log, TRUE);
}

int main(int argc, char **argv)
{
	/* No queues of this computer in the lists. */
	g_setenv("CUPS_SERVER", "127.0.0.1:9", true);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/discovery/table", test_table);
	g_test_add_func("/discovery/shop_adds_a_line", test_shop_adds_a_line);
	g_test_add_func("/discovery/wrong_lines", test_wrong_lines);
	g_test_add_func("/discovery/usb_printer", test_usb_printer);
	g_test_add_func("/discovery/unknown_label_printer", test_unknown_label_printer);
	g_test_add_func("/discovery/twins_are_named_by_place", test_twins_are_named_by_place);
	g_test_add_func("/discovery/serial_ports", test_serial_ports);
	g_test_add_func("/discovery/keyboards", test_keyboards);
	g_test_add_func("/discovery/hid_scanner", test_hid_scanner);
	g_test_add_func("/discovery/watch", test_watch);
	g_test_add_func("/discovery/watch_of_a_loose_contact", test_watch_of_a_loose_contact);
	return g_test_run();
}
