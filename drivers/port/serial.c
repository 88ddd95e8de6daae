/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/backend.h"

#include <errno.h>
#include <fcntl.h>
#include <libserialport.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* DTR/DSR is kept by hand, as Linux has none: few bytes at a time, and never more in the kernel
 * than a printer still takes after it has said stop. */
#define GATED_CHUNK 32
#define GATE_LOOK_MS 4

typedef struct {
	int baud, bits, stop;
	enum sp_parity parity;
	enum sp_flowcontrol flow;
} Settings;

static const struct port_backend gated;

typedef struct {
	const char *name;
	int value;
} Word;

static bool find_word(const char *text, const Word *words, size_t n, int *ret)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(text, words[i].name) == 0) {
			*ret = words[i].value;
			return true;
		}
	}
	return false;
}

static const char *take_baud(const char *value, Settings *settings)
{
	guint64 baud;

	if (!g_ascii_string_to_unsigned(value, 10, 50, 4000000, &baud, NULL))
		return "no such speed";
	settings->baud = (int)baud;
	return NULL;
}

static const char *take_parity(const char *value, Settings *settings)
{
	static const Word words[] = { { "none", SP_PARITY_NONE },
				      { "even", SP_PARITY_EVEN },
				      { "odd", SP_PARITY_ODD } };
	int parity;

	if (!find_word(value, words, G_N_ELEMENTS(words), &parity))
		return "parity is none, even or odd";
	settings->parity = (enum sp_parity)parity;
	return NULL;
}

static const char *take_flow(const char *value, Settings *settings)
{
	static const Word words[] = { { "none", SP_FLOWCONTROL_NONE },
				      { "rtscts", SP_FLOWCONTROL_RTSCTS },
				      { "dtrdsr", SP_FLOWCONTROL_DTRDSR },
				      { "xonxoff", SP_FLOWCONTROL_XONXOFF } };
	int flow;

	if (!find_word(value, words, G_N_ELEMENTS(words), &flow))
		return "flow is none, rtscts, dtrdsr or xonxoff";
	settings->flow = (enum sp_flowcontrol)flow;
	return NULL;
}

static const char *take_setting(const char *key, const char *value, void *data)
{
	static const Word bits[] = { { "7", 7 }, { "8", 8 } }, stops[] = { { "1", 1 }, { "2", 2 } };
	Settings *settings = data;

	if (strcmp(key, "baud") == 0)
		return take_baud(value, settings);
	if (strcmp(key, "parity") == 0)
		return take_parity(value, settings);
	if (strcmp(key, "flow") == 0)
		return take_flow(value, settings);
	if (strcmp(key, "bits") == 0)
		return find_word(value, bits, 2, &settings->bits) ? NULL : "bits is 7 or 8";
	if (strcmp(key, "stop") == 0)
		return find_word(value, stops, 2, &settings->stop) ? NULL : "stop is 1 or 2";
	return "unknown setting";
}

/* "/dev/ttyUSB0?baud=115200&parity=none", "by-id/usb-…" */
static bool parse(struct port *self, const char *rest, char **ret_path, Settings *settings,
		  GError **error)
{
	g_autofree char *path = NULL;

	if (self->settings != NULL &&
	    !port_parse_options(self, self->settings, take_setting, settings, error))
		return false;
	if (!port_parse_rest(self, rest, take_setting, settings, &path, error))
		return false;
	if (path[0] == '\0')
		return port_fail_address(self, "no device file", error);
	if (g_str_has_prefix(path, "by-id/") || g_str_has_prefix(path, "by-path/"))
		*ret_path = g_strconcat("/dev/serial/", path, NULL);
	else
		*ret_path =
			path[0] == '/' ? g_steal_pointer(&path) : g_strconcat("/dev/", path, NULL);
	return true;
}

static bool fail(struct port *self, enum sp_return result, GError **error)
{
	if (result == SP_ERR_FAIL)
		return port_fail_errno(self, "open", sp_last_error_code(), error);
	if (result == SP_ERR_SUPP)
		return port_fail_address(self, "the port cannot be set so", error);
	return port_fail_address(self, "not a serial port", error);
}

/* FTDI's chips gather bytes for 16 ms before they hand them over, an eternity in a protocol of
 * single signs. Where the file may not be written, all is slower and nothing is wrong. */
static void shorten_latency(const char *device)
{
	g_autofree char *name = g_path_get_basename(device);
	g_autofree char *path = g_strdup_printf("/sys/class/tty/%s/device/latency_timer", name);
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (write(fd, "1", 1) != 1)
		g_debug("%s: %s", path, g_strerror(errno));
	close(fd);
}

/* What libserialport 0.1.1 does not do, or not here: it puts RTS/CTS among the wrong flags on
 * Linux, and leaves VMIN at 0, where a read of nothing says nothing. HUPCL: a registrar that sees
 * DTR fall when the till is restarted restarts too. */
static void finish_settings(struct termios *settings, enum sp_flowcontrol flow)
{
	settings->c_cflag &= ~(tcflag_t)(HUPCL | CRTSCTS);
	settings->c_cflag |= CLOCAL | CREAD;
	if (flow == SP_FLOWCONTROL_RTSCTS)
		settings->c_cflag |= CRTSCTS;
	settings->c_iflag &= ~(tcflag_t)(IXON | IXOFF | IXANY);
	if (flow == SP_FLOWCONTROL_XONXOFF)
		settings->c_iflag |= IXON | IXOFF;
	settings->c_cc[VMIN] = 1;
	settings->c_cc[VTIME] = 0;
}

/* Scales and scanners draw their current from DTR and RTS. A port without such lines is a port all
 * the same. */
static bool finish_setup(struct port *self, enum sp_flowcontrol flow, GError **error)
{
	struct termios settings;
	int lines = TIOCM_DTR | TIOCM_RTS;

	if (!fd_lock(self, error))
		return false;
	if (ioctl(self->fd, TIOCEXCL) < 0 || tcgetattr(self->fd, &settings) < 0)
		return port_fail_errno(self, "set up", errno, error);
	finish_settings(&settings, flow);
	if (tcsetattr(self->fd, TCSANOW, &settings) < 0 || tcflush(self->fd, TCIOFLUSH) < 0)
		return port_fail_errno(self, "set up", errno, error);
	if (ioctl(self->fd, TIOCMBIS, &lines) < 0)
		g_debug("%s: has no DTR or RTS: %s", self->address, g_strerror(errno));
	return true;
}

static bool set_up(struct port *self, struct sp_port *port, const Settings *settings,
		   GError **error)
{
	enum sp_return result;

	if ((result = sp_set_baudrate(port, settings->baud)) != SP_OK ||
	    (result = sp_set_bits(port, settings->bits)) != SP_OK ||
	    (result = sp_set_parity(port, settings->parity)) != SP_OK ||
	    (result = sp_set_stopbits(port, settings->stop)) != SP_OK ||
	    (result = sp_get_port_handle(port, &self->fd)) != SP_OK)
		return fail(self, result, error);
	return finish_setup(self, settings->flow, error);
}

static bool open_port(struct port *self, const char *device, const Settings *settings,
		      GError **error)
{
	struct sp_port *port;
	enum sp_return result = sp_get_port_by_name(device, &port);

	if (result != SP_OK)
		return fail(self, result, error);
	if ((result = sp_open(port, SP_MODE_READ_WRITE)) != SP_OK) {
		fail(self, result, error);
		sp_free_port(port);
		return false;
	}
	self->extra = port;
	if (settings->flow == SP_FLOWCONTROL_DTRDSR)
		self->backend = &gated;
	shorten_latency(device);
	return set_up(self, port, settings, error);
}

static bool open_serial(struct port *self, const char *rest, GError **error)
{
	Settings settings = { .baud = 115200,
			      .bits = 8,
			      .stop = 1,
			      .parity = SP_PARITY_NONE,
			      .flow = SP_FLOWCONTROL_NONE };
	g_autofree char *path = NULL;
	char *device;
	bool ok;

	if (!parse(self, rest, &path, &settings, error))
		return false;
	device = realpath(path, NULL); /* udev's lasting names are links */
	if (device == NULL)
		return port_fail_errno(self, "open", errno, error);
	ok = g_str_has_prefix(device, "/dev/pts/") ? tty_open(self, device, error)
						   : open_port(self, device, &settings, error);
	free(device);
	return ok;
}

static void close_serial(struct port *self)
{
	if (self->extra == NULL)
		return;
	sp_close(self->extra); /* closes the descriptor too */
	sp_free_port(self->extra);
	self->fd = -1;
}

/* 1 it takes more, 0 it does not, -1 failed. */
static int look_at_gate(struct port *self, GError **error)
{
	int lines = 0, waiting = 0;

	if (ioctl(self->fd, TIOCMGET, &lines) < 0 || ioctl(self->fd, TIOCOUTQ, &waiting) < 0) {
		port_fail_errno(self, "ask", errno, error);
		return -1;
	}
	return (lines & TIOCM_DSR) != 0 && waiting < GATED_CHUNK ? 1 : 0;
}

/* Until the gate is open; 1 it is, 0 the time is up, -1 failed. */
static int wait_for_gate(struct port *self, int64_t until, GError **error)
{
	int open;

	while ((open = look_at_gate(self, error)) == 0) {
		if (port_remaining_ms(until) == 0)
			return 0;
		if (!port_pause(self, GATE_LOOK_MS, error))
			return -1;
	}
	return open;
}

static gssize write_some_gated(struct port *self, const uint8_t *data, size_t len, int timeout_ms,
			       GError **error)
{
	size_t n = MIN(len, GATED_CHUNK);
	int64_t until = port_deadline(timeout_ms);
	int open = wait_for_gate(self, until, error);

	if (open <= 0)
		return open;
	/* Room for them is in the kernel: look_at_gate() has seen to it. */
	return fd_write(self, data, n, MAX(port_remaining_ms(until), GATE_LOOK_MS), error)
		       ? (gssize)n
		       : -1;
}

static bool write_gated(struct port *self, const uint8_t *data, size_t len, int timeout_ms,
			GError **error)
{
	int64_t until = port_deadline(timeout_ms);

	while (len > 0) {
		gssize n = write_some_gated(self, data, len, port_remaining_ms(until), error);

		if (n < 0)
			return false;
		if (n == 0)
			return port_fail_offline(self, "takes no bytes", error);
		data += n;
		len -= (size_t)n;
	}
	return true;
}

const struct port_backend port_serial = {
	.scheme = "serial",
	.open = open_serial,
	.close = close_serial,
};

/* What a port becomes that waits for DSR. */
static const struct port_backend gated = {
	.scheme = "serial",
	.open = open_serial,
	.close = close_serial,
	.write = write_gated,
	.write_some = write_some_gated,
};
