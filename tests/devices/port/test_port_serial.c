/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A serial line whose settings and modem lines are seen: a pseudo-terminal has neither, so what is
 * asked of the kernel about them is answered here. */
#include "drivers/device.h"
#include "drivers/port/port.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <termios.h>
#include <umockdev.h>
#include <unistd.h>

/* Long enough never to pass in a test that works. */
#define LONG_MS 60000

/* --- the kernel ---------------------------------------------------------------------------- */

static struct {
	GMutex mutex;
	struct termios settings;
	int lines; /* TIOCM_… */
	bool exclusive;
	int near; /* the descriptor that the port has */
	int sent, taken; /* bytes, atomically */
} uart;

int tcsetattr(int fd, int actions, const struct termios *settings)
{
	g_mutex_lock(&uart.mutex);
	uart.settings = *settings;
	g_mutex_unlock(&uart.mutex);
	/* The speed is asked for in another way too, which the pseudo-terminal answers; it has no
	 * parity, and says so. */
	((int (*)(int, int, const struct termios *))dlsym(RTLD_NEXT, "tcsetattr"))(fd, actions,
										   settings);
	return 0;
}

int tcgetattr(int fd, struct termios *settings)
{
	g_mutex_lock(&uart.mutex);
	*settings = uart.settings;
	g_mutex_unlock(&uart.mutex);
	return 0;
}

/* umockdev's node is a link to a pseudo-terminal, which the port must not see through. */
char *realpath(const char *restrict path, char *restrict resolved)
{
	return strdup(path);
}

static int do_lines(unsigned long request, int *argument)
{
	g_mutex_lock(&uart.mutex);
	if (request == TIOCMGET)
		*argument = uart.lines;
	else if (request == TIOCMSET)
		uart.lines = *argument;
	else if (request == TIOCMBIS)
		uart.lines |= *argument;
	else
		uart.lines &= ~*argument;
	g_mutex_unlock(&uart.mutex);
	return 0;
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list args;
	void *argument;

	va_start(args, request);
	argument = va_arg(args, void *);
	va_end(args);
	switch (request) {
	case TIOCMGET:
	case TIOCMSET:
	case TIOCMBIC:
		return do_lines(request, argument);
	case TIOCOUTQ: /* what the far end has not read stands in the buffer of a real UART */
		*(int *)argument = g_atomic_int_get(&uart.sent) - g_atomic_int_get(&uart.taken);
		return 0;
	case TIOCMBIS:
		uart.near = fd;
		return do_lines(request, argument);
	case TIOCEXCL:
		uart.exclusive = true;
		return 0;
	default:
		return (int)syscall(SYS_ioctl, fd, request, argument);
	}
}

ssize_t write(int fd, const void *data, size_t len)
{
	ssize_t n = syscall(SYS_write, fd, data, len);

	if (fd == uart.near && n > 0)
		g_atomic_int_add(&uart.sent, (int)n);
	return n;
}

static void set_dsr(bool on)
{
	int line = TIOCM_DSR;

	do_lines(on ? TIOCMBIS : TIOCMBIC, &line);
}

/* --- the cable ----------------------------------------------------------------------------- */

static UMockdevTestbed *plug(void)
{
	UMockdevTestbed *testbed = umockdev_testbed_new();
	g_autoptr(GError) error = NULL;

	umockdev_testbed_add_from_string(
		testbed,
		"P: /devices/pci0000:00/usb5/5-1\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\n"
		"A: idVendor=0403\\n\nA: idProduct=6001\\n\n\n"
		"P: /devices/pci0000:00/usb5/5-1/5-1:1.0/ttyUSB0/tty/ttyUSB0\nN: ttyUSB0\n"
		"E: SUBSYSTEM=tty\nE: MAJOR=188\nE: MINOR=0\nE: DEVNAME=/dev/ttyUSB0\n",
		&error);
	g_assert_no_error(error);
	return testbed;
}

/* By another program. */
static const struct termios left_behind = {
	.c_iflag = ICRNL | INLCR | IXON | IXOFF | ISTRIP,
	.c_oflag = OPOST,
	.c_cflag = B38400 | CS7 | PARENB | PARODD | CSTOPB | CRTSCTS | HUPCL,
	.c_lflag = ECHO | ICANON | ISIG,
};

static void check_settings(const char *address, const char *defaults, tcflag_t flags,
			   tcflag_t input, speed_t speed, int lines)
{
	g_autoptr(UMockdevTestbed) testbed = plug();
	g_autoptr(GError) error = NULL;
	const tcflag_t frame = CSIZE | PARENB | PARODD | CSTOPB | CRTSCTS | HUPCL;
	const int both = TIOCM_DTR | TIOCM_RTS;
	struct port *port;

	uart.settings = left_behind;
	uart.lines = 0;
	uart.exclusive = false;
	port = port_open_defaults(address, defaults, &error);
	g_assert_no_error(error);
	g_assert_cmphex(uart.settings.c_cflag & frame, ==, flags);
	g_assert_cmphex(uart.settings.c_cflag & (CLOCAL | CREAD), ==, CLOCAL | CREAD);
	g_assert_cmphex(uart.settings.c_iflag & (IXON | IXOFF | ICRNL | INLCR | ISTRIP), ==, input);
	g_assert_cmphex(uart.settings.c_lflag & (ECHO | ICANON | ISIG), ==, 0);
	g_assert_cmphex(uart.settings.c_oflag & OPOST, ==, 0);
	g_assert_cmpuint(cfgetospeed(&uart.settings), ==, speed);
	g_assert_cmphex(uart.lines & both, ==, lines);
	g_assert_true(uart.exclusive);
	port_close(port);
}

static void test_settings(void)
{
	const int both = TIOCM_DTR | TIOCM_RTS;

	check_settings("serial:/dev/ttyUSB0", NULL, CS8, 0, B115200, both);
	check_settings("serial:ttyUSB0?baud=9600&parity=even&bits=7&stop=2", NULL,
		       CS7 | PARENB | CSTOPB, 0, B9600, both);
	check_settings("serial:/dev/ttyUSB0?baud=4800&parity=odd", NULL, CS8 | PARENB | PARODD, 0,
		       B4800, both);
	check_settings("serial:/dev/ttyUSB0?flow=rtscts", NULL, CS8 | CRTSCTS, 0, B115200, both);
	check_settings("serial:/dev/ttyUSB0?flow=xonxoff", NULL, CS8, IXON | IXOFF, B115200, both);
	check_settings("serial:/dev/ttyUSB0?flow=dtrdsr", NULL, CS8, 0, B115200, both);
}

static void test_defaults(void)
{
	const int both = TIOCM_DTR | TIOCM_RTS;

	check_settings("serial:/dev/ttyUSB0", "baud=9600&parity=even&bits=7", CS7 | PARENB, 0,
		       B9600, both);
	check_settings("serial:/dev/ttyUSB0?baud=19200&parity=none", "baud=9600&parity=even&bits=7",
		       CS7, 0, B19200, both);
}

static void test_wrong_settings(void)
{
	static const char *const wrong[] = { "bits=6", "bits=", "stop=3", "flow=maybe", "baud=1",
					     "baud",   "",	"x=1",	  "parity=Even" };

	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		g_autofree char *address = g_strconcat("serial:/dev/ttyUSB0?", wrong[i], NULL);
		g_autoptr(GError) error = NULL;

		g_assert_null(port_open(address, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS);
		g_clear_error(&error);
		g_assert_null(port_open_defaults("serial:/dev/ttyUSB0", wrong[i], &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS);
	}
}

/* A printer with a full buffer lowers DSR: what was on its way still comes, two pieces of 32 bytes
 * at most, and nothing more till it raises it. */
static void *read_slowly(void *data)
{
	struct pollfd far = { .fd = GPOINTER_TO_INT(data), .events = POLLIN };
	uint8_t bytes[4096];
	size_t n = 0, stopped_at = 0;

	while (n < 1000) {
		ssize_t now;

		if (stopped_at > 0 && poll(&far, 1, 50) == 0) {
			g_assert_cmpuint(n, <=, stopped_at + 64);
			set_dsr(true);
			stopped_at = 0;
		}
		now = read(far.fd, bytes, sizeof bytes);
		g_assert_cmpint(now, >, 0);
		n += (size_t)now;
		g_atomic_int_add(&uart.taken, (int)now);
		if (n >= 500 && n - (size_t)now < 500) {
			set_dsr(false);
			stopped_at = n;
		}
	}
	g_assert_cmpuint(stopped_at, ==, 0); /* it was stopped, and went on */
	return NULL;
}

static void test_waits_for_dsr(void)
{
	g_autoptr(UMockdevTestbed) testbed = plug();
	g_autofree uint8_t *data = g_malloc0(1000);
	g_autoptr(GError) error = NULL;
	struct port *port = port_open("serial:/dev/ttyUSB0?flow=dtrdsr", &error);
	int far = umockdev_testbed_get_dev_fd(testbed, "/dev/ttyUSB0");
	GThread *thread;

	g_assert_no_error(error);
	uart.sent = uart.taken = 0; /* another file had the number before */
	set_dsr(false);
	g_assert_false(port_write(port, data, 1000, 50, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	g_clear_error(&error);
	g_assert_cmpint(fcntl(far, F_SETFL, O_NONBLOCK), ==, 0);
	g_assert_cmpint(read(far, data, 1), ==, -1); /* not a byte went out */
	g_assert_cmpint(errno, ==, EAGAIN);
	g_assert_cmpint(fcntl(far, F_SETFL, 0), ==, 0);

	set_dsr(true);
	thread = g_thread_new("printer", read_slowly, GINT_TO_POINTER(far));
	g_assert_true(port_write(port, data, 1000, LONG_MS, &error));
	g_assert_no_error(error);
	g_thread_join(thread);
	port_close(port);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/serial/settings", test_settings);
	g_test_add_func("/serial/defaults", test_defaults);
	g_test_add_func("/serial/wrong_settings", test_wrong_settings);
	g_test_add_func("/serial/waits_for_dsr", test_waits_for_dsr);
	return g_test_run();
}
