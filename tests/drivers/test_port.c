/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/device.h"
#include "drivers/port/port.h"
#include "drivers/port/transcript.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* Long enough never to pass in a test that works: each waits for an event, not for the time. */
#define LONG_MS 60000

/* A pseudo-terminal whose far end we hold. */
static int new_pty(char **ret_address)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);

	g_assert_cmpint(master, >=, 0);
	g_assert_cmpint(grantpt(master), ==, 0);
	g_assert_cmpint(unlockpt(master), ==, 0);
	*ret_address = g_strdup_printf("pty:%s", ptsname(master));
	return master;
}

static int new_listener(char **ret_address)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	g_assert_cmpint(bind(fd, (struct sockaddr *)&address, len), ==, 0);
	g_assert_cmpint(listen(fd, 1), ==, 0);
	g_assert_cmpint(getsockname(fd, (struct sockaddr *)&address, &len), ==, 0);
	*ret_address = g_strdup_printf("tcp:127.0.0.1:%d", ntohs(address.sin_port));
	return fd;
}

/* An open port over a real cable and its far end. */
typedef struct {
	struct port *port;
	int far;
} Cable;

static void plug_pty(Cable *cable)
{
	g_autofree char *address = NULL;
	g_autoptr(GError) error = NULL;

	cable->far = new_pty(&address);
	cable->port = port_open(address, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(port_get_address(cable->port), ==, address);
}

static void plug_tcp(Cable *cable)
{
	g_autofree char *address = NULL;
	g_autoptr(GError) error = NULL;
	int listener = new_listener(&address);

	cable->port = port_open(address, &error);
	g_assert_no_error(error);
	cable->far = accept(listener, NULL, NULL);
	g_assert_cmpint(cable->far, >=, 0);
	close(listener);
}

typedef void (*Plug)(Cable *cable);

static void unplug(Cable *cable)
{
	port_close(cable->port);
	if (cable->far >= 0)
		close(cable->far);
}

static void test_all_bytes_both_ways(const void *data)
{
	Cable cable;
	g_autoptr(GError) error = NULL;
	uint8_t sent[256], got[256];
	size_t n = 0;

	((Plug)data)(&cable);
	for (int i = 0; i < 256; i++)
		sent[i] = (uint8_t)i;
	g_assert_true(port_write(cable.port, sent, sizeof sent, LONG_MS, &error));
	while (n < sizeof got)
		n += (size_t)read(cable.far, got + n, sizeof got - n);
	g_assert_cmpmem(sent, sizeof sent, got, sizeof got);

	/* The far end of a pty cooks what it is given unless our side is raw. */
	g_assert_cmpint(write(cable.far, sent, sizeof sent), ==, sizeof sent);
	for (n = 0; n < sizeof got;) {
		gssize read_now = port_read(cable.port, got + n, sizeof got - n, LONG_MS, &error);

		g_assert_no_error(error);
		g_assert_cmpint(read_now, >, 0);
		n += (size_t)read_now;
	}
	g_assert_cmpmem(sent, sizeof sent, got, sizeof got);
	unplug(&cable);
}

static void test_silence_is_no_error(const void *data)
{
	Cable cable;
	g_autoptr(GError) error = NULL;
	uint8_t byte;

	((Plug)data)(&cable);
	g_assert_cmpint(port_read(cable.port, &byte, 1, 1, &error), ==, 0);
	g_assert_no_error(error);
	unplug(&cable);
}

static void test_discard(const void *data)
{
	Cable cable;
	g_autoptr(GError) error = NULL;
	uint8_t byte;

	((Plug)data)(&cable);
	g_assert_cmpint(write(cable.far, "abc", 3), ==, 3);
	g_assert_cmpint(port_read(cable.port, &byte, 1, LONG_MS, &error), ==, 1);
	port_discard_input(cable.port);
	g_assert_cmpint(port_read(cable.port, &byte, 1, 1, &error), ==, 0);
	unplug(&cable);
}

static void test_hang_up_is_offline(const void *data)
{
	Cable cable;
	g_autoptr(GError) error = NULL;
	uint8_t byte = 5;

	((Plug)data)(&cable);
	close(cable.far);
	cable.far = -1;
	g_assert_cmpint(port_read(cable.port, &byte, 1, LONG_MS, &error), ==, -1);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	g_clear_error(&error);
	/* TCP learns of it by the first lost segment, so twice. */
	for (int i = 0; i < 1000 && port_write(cable.port, &byte, 1, LONG_MS, &error); i++)
		;
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	unplug(&cable);
}

static void *pull_the_cable(void *data)
{
	Cable *cable = data;

	close(cable->far);
	cable->far = -1;
	return NULL;
}

static void test_hang_up_while_waiting(const void *data)
{
	Cable cable;
	g_autoptr(GError) error = NULL;
	GThread *thread;
	uint8_t byte;

	((Plug)data)(&cable);
	thread = g_thread_new("pull", pull_the_cable, &cable);
	g_assert_cmpint(port_read(cable.port, &byte, 1, LONG_MS, &error), ==, -1);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	g_thread_join(thread);
	unplug(&cable);
}

static void *cancel(void *data)
{
	port_cancel(data);
	return NULL;
}

static void test_cancel_from_another_thread(const void *data)
{
	Cable cable;
	g_autoptr(GError) error = NULL;
	GThread *thread;
	uint8_t byte = 0;

	((Plug)data)(&cable);
	thread = g_thread_new("cancel", cancel, cable.port);
	g_assert_cmpint(port_read(cable.port, &byte, 1, LONG_MS, &error), ==, -1);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED);
	g_thread_join(thread);

	g_clear_error(&error);
	g_assert_false(port_write(cable.port, &byte, 1, LONG_MS, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED);
	g_clear_error(&error);
	g_assert_cmpint(port_read(cable.port, &byte, 1, LONG_MS, &error), ==, -1);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED);
	unplug(&cable);
}

/* Nobody reads: the buffers fill, and the write must end by its own deadline. */
static void test_blocked_write_is_offline(const void *data)
{
	Cable cable;
	g_autoptr(GError) error = NULL;
	size_t len = 32 * 1024 * 1024;
	g_autofree uint8_t *much = g_malloc0(len);

	((Plug)data)(&cable);
	g_assert_false(port_write(cable.port, much, len, 50, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	unplug(&cable);
}

static void check_fault(const char *address, DeviceFault fault)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(port_open(address, &error));
	g_assert_error(error, DEVICE_FAULT, (int)fault);
}

static void test_bad_addresses(void)
{
	check_fault("", DEVICE_FAULT_BAD_ADDRESS);
	check_fault("usb", DEVICE_FAULT_BAD_ADDRESS);
	check_fault("smoke:signal", DEVICE_FAULT_BAD_ADDRESS);
	check_fault("serial:", DEVICE_FAULT_BAD_ADDRESS);
	check_fault("serial:/dev/null?baud=fast", DEVICE_FAULT_BAD_ADDRESS);
	check_fault("serial:/dev/null?parity=mark", DEVICE_FAULT_BAD_ADDRESS);
	check_fault("serial:/dev/null?colour=red", DEVICE_FAULT_BAD_ADDRESS);
	check_fault("pty:/dev/null", DEVICE_FAULT_BAD_ADDRESS);
	check_fault("tcp:", DEVICE_FAULT_BAD_ADDRESS);
	check_fault("tcp:localhost", DEVICE_FAULT_BAD_ADDRESS);
	check_fault("tcp::80", DEVICE_FAULT_BAD_ADDRESS);
	check_fault("tcp:localhost:http", DEVICE_FAULT_BAD_ADDRESS);
}

static void test_nobody_there(void)
{
	g_autofree char *address = NULL;

	check_fault("serial:/dev/ttyNoSuch", DEVICE_FAULT_OFFLINE);
	check_fault("pty:/nowhere/link", DEVICE_FAULT_OFFLINE);
	check_fault("transcript:/nowhere/file", DEVICE_FAULT_OFFLINE);
	close(new_listener(&address)); /* the number is free again: refused */
	check_fault(address, DEVICE_FAULT_OFFLINE);
}

static void test_no_permission(void)
{
	g_autofree char *path = NULL, *address = NULL;
	int fd;

	if (geteuid() == 0) {
		g_test_skip("root may open everything");
		return;
	}
	fd = g_file_open_tmp("baraa-XXXXXX", &path, NULL);
	g_assert_cmpint(fchmod(fd, 0), ==, 0);
	close(fd);
	address = g_strdup_printf("pty:%s", path);
	check_fault(address, DEVICE_FAULT_NO_PERMISSION);
	unlink(path);
}

static void test_second_program_is_refused(void)
{
	Cable cable;
	struct port *again;
	g_autofree char *serial = NULL;
	g_autoptr(GError) error = NULL;

	plug_pty(&cable);
	check_fault(port_get_address(cable.port), DEVICE_FAULT_IN_USE);
	serial = g_strdup_printf("serial:%s?baud=9600&parity=even",
				 port_get_address(cable.port) + strlen("pty:"));
	check_fault(serial, DEVICE_FAULT_IN_USE);

	port_close(cable.port);
	again = port_open(serial, &error);
	g_assert_no_error(error);
	port_close(again);
	close(cable.far);
}

static void test_pulled_and_plugged_in_again(void)
{
	g_autofree char *link = NULL, *address = NULL, *first = NULL, *second = NULL;
	g_autoptr(GError) error = NULL;
	struct port *port;
	uint8_t byte;
	int far;

	link = g_strdup_printf("%s/baraa-%d", g_get_tmp_dir(), (int)getpid());
	address = g_strdup_printf("pty:%s", link);
	far = new_pty(&first);
	g_assert_cmpint(symlink(first + strlen("pty:"), link), ==, 0);
	port = port_open(address, &error);
	g_assert_no_error(error);
	close(far);
	g_assert_cmpint(port_read(port, &byte, 1, LONG_MS, &error), ==, -1);
	g_clear_error(&error);
	port_close(port);
	check_fault(address, DEVICE_FAULT_OFFLINE);

	far = new_pty(&second);
	g_assert_cmpint(unlink(link), ==, 0);
	g_assert_cmpint(symlink(second + strlen("pty:"), link), ==, 0);
	port = port_open(address, &error);
	g_assert_no_error(error);
	g_assert_cmpint(write(far, "x", 1), ==, 1);
	g_assert_cmpint(port_read(port, &byte, 1, LONG_MS, &error), ==, 1);
	port_close(port);
	close(far);
	unlink(link);
}

static void test_transcript(void)
{
	g_autoptr(GError) error = NULL;
	struct port *port =
		port_new_transcript("# a beep\n> 05\n< 15\n\n> 02 0513\n<06\n!\n", &error);
	static const uint8_t enq[] = { 0x05 }, frame[] = { 0x02, 0x05, 0x13 };
	uint8_t got[8];

	g_assert_no_error(error);
	g_assert_cmpint(port_read(port, got, sizeof got, LONG_MS, &error), ==, 0); /* silence */
	g_assert_true(port_write(port, enq, 1, LONG_MS, &error));
	g_assert_cmpint(port_read(port, got, sizeof got, LONG_MS, &error), ==, 1);
	g_assert_cmphex(got[0], ==, 0x15);
	g_assert_true(port_write(port, frame, 2, LONG_MS, &error));
	g_assert_true(port_write(port, frame + 2, 1, LONG_MS, &error));
	g_assert_false(port_transcript_is_done(port));
	g_assert_cmpint(port_read(port, got, 1, LONG_MS, &error), ==, 1);
	g_assert_true(port_transcript_is_done(port));
	g_assert_cmpint(port_read(port, got, 1, LONG_MS, &error), ==, -1);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	port_close(port);
}

static void test_transcript_refuses_another_byte(void)
{
	g_autoptr(GError) error = NULL;
	struct port *port = port_new_transcript("> 05\n", &error);
	static const uint8_t wrong[] = { 0x06 };

	g_assert_false(port_write(port, wrong, 1, LONG_MS, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL);
	g_assert_nonnull(strstr(error->message, "line 1"));
	port_close(port);
	g_clear_error(&error);
	g_assert_null(port_new_transcript("> 0\n", &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS);
	g_clear_error(&error);
	g_assert_null(port_new_transcript("hello\n", &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS);
}

static void test_fault_codes_differ(void)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (int i = 0; i < DEVICE_FAULT_N; i++)
		g_assert_true(g_hash_table_add(seen, (char *)device_fault_code((DeviceFault)i)));
	g_assert_cmpstr(device_fault_code(DEVICE_FAULT_PAPER_OUT), ==, "paper-out");
}

static void add(const char *name, GTestDataFunc test)
{
	g_autofree char *pty = g_strdup_printf("/port/pty/%s", name);
	g_autofree char *tcp = g_strdup_printf("/port/tcp/%s", name);

	g_test_add_data_func(pty, (const void *)plug_pty, test);
	g_test_add_data_func(tcp, (const void *)plug_tcp, test);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	add("all_bytes_both_ways", test_all_bytes_both_ways);
	add("silence_is_no_error", test_silence_is_no_error);
	add("discard", test_discard);
	add("hang_up_is_offline", test_hang_up_is_offline);
	add("hang_up_while_waiting", test_hang_up_while_waiting);
	add("cancel_from_another_thread", test_cancel_from_another_thread);
	add("blocked_write_is_offline", test_blocked_write_is_offline);
	g_test_add_func("/port/bad_addresses", test_bad_addresses);
	g_test_add_func("/port/nobody_there", test_nobody_there);
	g_test_add_func("/port/no_permission", test_no_permission);
	g_test_add_func("/port/second_program_is_refused", test_second_program_is_refused);
	g_test_add_func("/port/pulled_and_plugged_in_again", test_pulled_and_plugged_in_again);
	g_test_add_func("/port/transcript", test_transcript);
	g_test_add_func("/port/transcript_mismatch", test_transcript_refuses_another_byte);
	g_test_add_func("/port/fault_codes", test_fault_codes_differ);
	return g_test_run();
}
