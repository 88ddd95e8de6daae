/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real `baraa device …`, with umockdev's devices before it. */
#include "tests/devices/port/mock_usb.h"
#include "tests/office/command_line.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static const MockUsbKind epson = { .vid = 0x04B8,
				   .pid = 0x0202,
				   .interface_class = 7,
				   .protocol = 2,
				   .has_in = true,
				   .serial = MOCK_USB_SERIAL,
				   .name = "3-1" };

static const char *text_of(json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static void test_list(void)
{
	g_auto(Desk) desk = { 0 };
	g_autoptr(UMockdevTestbed) testbed = umockdev_testbed_new();
	g_autoptr(MockUsb) usb = mock_usb_new(testbed, &epson);
	g_autofree char *table = NULL, *text = NULL;
	json_t *list, *one;

	desk_init(&desk);
	text = desk_do(&desk, "device list --format json");
	list = json_loads(text, 0, NULL);
	g_assert_cmpuint(json_array_size(list), ==, 1);
	one = json_array_get(list, 0);
	g_assert_cmpstr(text_of(one, "address"), ==, "usb:04b8:0202:" MOCK_USB_SERIAL);
	g_assert_cmpstr(text_of(one, "class"), ==, "printer");
	g_assert_cmpstr(json_string_value(json_array_get(json_object_get(one, "protocols"), 0)), ==,
			"escpos");
	g_assert_cmpstr(text_of(one, "vid"), ==, "04b8");
	g_assert_cmpstr(text_of(one, "path"), ==, "3-1");
	g_assert_true(json_is_true(json_object_get(one, "may_open")));
	json_decref(list);

	table = desk_do(&desk, "device list");
	g_assert_true(g_str_has_prefix(table, "printer:escpos "));
	g_assert_nonnull(strstr(table, " usb:04b8:0202:" MOCK_USB_SERIAL " "));
	g_assert_nonnull(strstr(table, "Epson TM"));
	desk_refuses(&desk, "device list --format xml", 2, "“xml”");
}

static void test_nothing_connected(void)
{
	g_auto(Desk) desk = { 0 };
	g_autoptr(UMockdevTestbed) testbed = umockdev_testbed_new();
	g_autofree char *table = NULL, *text = NULL;

	desk_init(&desk);
	text = desk_do(&desk, "device list --format json");
	g_assert_cmpstr(text, ==, "[]\n");
	table = desk_do(&desk, "device list");
	g_assert_cmpstr(table, ==, "Nothing was found.\n");
}

static void test_wrong_words(void)
{
	g_auto(Desk) desk = { 0 };

	desk_init(&desk);
	desk_refuses(&desk, "device", 2, "“device”");
	desk_refuses(&desk, "device test", 2, "TRANSPORT");
	desk_refuses(&desk, "device test printer", 2, "“printer”");
	desk_refuses(&desk, "device test @pty:/dev/null", 2, "“@pty:/dev/null”");
	desk_refuses(&desk, "device test display:cd5220@", 2, "");
	desk_refuses(&desk, "device test toaster:bread@pty:/x", 2, "“toaster”");
	desk_refuses(&desk, "device test display:bread@pty:/x", 2, "“bread”");
	desk_refuses(&desk, "device test display:cd5220@smoke:signal", 2, "smoke:signal");
	desk_refuses(&desk, "device test display:cd5220@pty:/x --option bad", 2, "“bad”");
	desk_refuses(&desk, "device test display:cd5220@serial:/dev/ttyNoSuch", 1, "switched on");
	desk_refuses(&desk, "device probe pty:/no/such", 1, "switched on");
	desk_refuses(&desk, "device probe http://127.0.0.1:9/", 1, "refuses");
}

/* Who holds it is told by name. */
static void test_in_use(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *line = NULL, *holder = NULL;
	int far = posix_openpt(O_RDWR | O_NOCTTY), near;

	desk_init(&desk);
	g_assert_cmpint(grantpt(far), ==, 0);
	g_assert_cmpint(unlockpt(far), ==, 0);
	near = open(ptsname(far), O_RDWR | O_NOCTTY | O_CLOEXEC);
	g_assert_cmpint(flock(near, LOCK_EX | LOCK_NB), ==, 0);
	line = g_strdup_printf("device test display:cd5220@pty:%s", ptsname(far));
	holder = g_strdup_printf("(process %d)", (int)getpid());
	desk_refuses(&desk, line, 1, holder);
	close(near);
	close(far);
}

int main(int argc, char **argv)
{
	g_setenv("CUPS_SERVER", "127.0.0.1:9", true); /* no queues of this computer */
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/device_cli/list", test_list);
	g_test_add_func("/device_cli/nothing_connected", test_nothing_connected);
	g_test_add_func("/device_cli/wrong_words", test_wrong_words);
	g_test_add_func("/device_cli/in_use", test_in_use);
	return g_test_run();
}
