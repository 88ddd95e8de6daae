/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/backend.h"

#include <errno.h>
#include <libserialport.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>

typedef struct {
	int baud;
	enum sp_parity parity;
	int bits;
} Settings;

static bool bad_address(struct port *self, const char *what, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "'%s': %s", self->address, what);
	return false;
}

static bool parse_parity(const char *text, enum sp_parity *ret)
{
	static const struct {
		const char *name;
		enum sp_parity parity;
	} known[] = {
		{ "none", SP_PARITY_NONE },
		{ "even", SP_PARITY_EVEN },
		{ "odd", SP_PARITY_ODD },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		if (strcmp(text, known[i].name) == 0) {
			*ret = known[i].parity;
			return true;
		}
	}
	return false;
}

static bool parse_setting(struct port *self, const char *setting, Settings *settings,
			  GError **error)
{
	guint64 baud;

	if (g_str_has_prefix(setting, "baud=")) {
		if (!g_ascii_string_to_unsigned(setting + 5, 10, 50, 4000000, &baud, NULL))
			return bad_address(self, "no such speed", error);
		settings->baud = (int)baud;
		return true;
	}
	if (g_str_has_prefix(setting, "parity="))
		return parse_parity(setting + 7, &settings->parity) ||
		       bad_address(self, "parity is none, even or odd", error);
	if (strcmp(setting, "bits=7") == 0 || strcmp(setting, "bits=8") == 0) {
		settings->bits = setting[5] - '0';
		return true;
	}
	return bad_address(self, "unknown setting", error);
}

/* "/dev/ttyUSB0?baud=115200&parity=none" */
static bool parse_rest(struct port *self, const char *rest, char **ret_path, Settings *settings,
		       GError **error)
{
	g_auto(GStrv) parts = g_strsplit_set(rest, "?&", -1);

	for (int i = 1; parts[0] != NULL && parts[i] != NULL; i++) {
		if (!parse_setting(self, parts[i], settings, error))
			return false;
	}
	if (parts[0] == NULL || parts[0][0] == '\0')
		return bad_address(self, "no device file", error);
	*ret_path = g_strdup(parts[0]);
	return true;
}

static bool fail(struct port *self, enum sp_return result, GError **error)
{
	if (result == SP_ERR_FAIL)
		return port_fail_errno(self, "open", sp_last_error_code(), error);
	if (result == SP_ERR_SUPP)
		return bad_address(self, "the port cannot be set so", error);
	return bad_address(self, "not a serial port", error);
}

/* libserialport leaves VMIN at 0, where a read of nothing says nothing. */
static bool finish_setup(struct port *self, GError **error)
{
	struct termios settings;

	if (!fd_lock(self, error))
		return false;
	if (ioctl(self->fd, TIOCEXCL) < 0 || tcgetattr(self->fd, &settings) < 0)
		return port_fail_errno(self, "set up", errno, error);
	settings.c_cc[VMIN] = 1;
	settings.c_cc[VTIME] = 0;
	return tcsetattr(self->fd, TCSANOW, &settings) == 0 ||
	       port_fail_errno(self, "set up", errno, error);
}

static bool open_port(struct port *self, struct sp_port *port, Settings settings, GError **error)
{
	enum sp_return result = sp_open(port, SP_MODE_READ_WRITE);

	if (result != SP_OK)
		return fail(self, result, error);
	if ((result = sp_set_baudrate(port, settings.baud)) != SP_OK ||
	    (result = sp_set_bits(port, settings.bits)) != SP_OK ||
	    (result = sp_set_parity(port, settings.parity)) != SP_OK ||
	    (result = sp_set_stopbits(port, 1)) != SP_OK ||
	    (result = sp_set_flowcontrol(port, SP_FLOWCONTROL_NONE)) != SP_OK ||
	    (result = sp_get_port_handle(port, &self->fd)) != SP_OK)
		return fail(self, result, error);
	return finish_setup(self, error);
}

static bool open_serial(struct port *self, const char *rest, GError **error)
{
	Settings settings = { .baud = 115200, .parity = SP_PARITY_NONE, .bits = 8 };
	g_autofree char *path = NULL;
	char *device;
	struct sp_port *port = NULL;
	enum sp_return result;
	bool ok;

	if (!parse_rest(self, rest, &path, &settings, error))
		return false;
	device = realpath(path, NULL); /* udev's lasting names are links */
	if (device == NULL)
		return port_fail_errno(self, "open", errno, error);
	if (g_str_has_prefix(device, "/dev/pts/")) {
		ok = tty_open(self, device, error);
	} else if ((result = sp_get_port_by_name(device, &port)) != SP_OK) {
		ok = fail(self, result, error);
	} else {
		self->extra = port;
		ok = open_port(self, port, settings, error);
	}
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

const struct port_backend port_serial = {
	.scheme = "serial",
	.open = open_serial,
	.close = close_serial,
};
