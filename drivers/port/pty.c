/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/backend.h"

#include <errno.h>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

bool tty_open(struct port *self, const char *path, GError **error)
{
	struct termios settings;

	self->fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (self->fd < 0)
		return port_fail_errno(self, "open", errno, error);
	if (!fd_lock(self, error))
		return false;
	if (tcgetattr(self->fd, &settings) < 0) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS,
			    "%s is not a terminal: %s", self->address, g_strerror(errno));
		return false;
	}
	cfmakeraw(&settings);
	settings.c_cflag |= CLOCAL | CREAD;
	settings.c_cc[VMIN] = 1; /* so that a read of nothing means a hang-up */
	settings.c_cc[VTIME] = 0;
	if (tcsetattr(self->fd, TCSANOW, &settings) < 0)
		return port_fail_errno(self, "set up", errno, error);
	return true;
}

static bool open_pty(struct port *self, const char *rest, GError **error)
{
	return tty_open(self, rest, error);
}

const struct port_backend port_pty = { .scheme = "pty", .open = open_pty };
