/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/backend.h"

#include <errno.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

int64_t port_deadline(int timeout_ms)
{
	return g_get_monotonic_time() + (int64_t)MAX(timeout_ms, 0) * 1000;
}

int port_remaining_ms(int64_t until)
{
	int64_t left = until - g_get_monotonic_time();

	/* Rounded up: a wait that ends early would turn into a busy loop. */
	return left <= 0 ? 0 : (int)MIN((left + 999) / 1000, G_MAXINT);
}

int fd_wait(struct port *self, short events, int64_t until, GError **error)
{
	struct pollfd fds[] = {
		{ .fd = self->fd, .events = events },
		{ .fd = self->cancel_fd, .events = POLLIN },
	};
	int n;

	do {
		n = poll(fds, G_N_ELEMENTS(fds), port_remaining_ms(until));
	} while (n < 0 && errno == EINTR);

	if (n < 0) {
		port_fail_errno(self, "wait for", errno, error);
		return -1;
	}
	if (fds[1].revents != 0) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED, "%s: cancelled",
			    self->address);
		return -1;
	}
	return fds[0].revents != 0 ? 1 : 0; /* an error or hang-up shows at the read or write */
}

static bool hung_up(struct port *self)
{
	struct pollfd fd = { .fd = self->fd };

	return poll(&fd, 1, 0) > 0 && (fd.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

/* A closed connection is an error to report, not a SIGPIPE to die of. */
static ssize_t put(int fd, const uint8_t *data, size_t len)
{
	ssize_t n = send(fd, data, len, MSG_NOSIGNAL);

	return n < 0 && errno == ENOTSOCK ? write(fd, data, len) : n;
}

/* One step before @until; 0 when nothing was taken. */
static gssize write_step(struct port *self, const uint8_t *data, size_t len, int64_t until,
			 GError **error)
{
	for (;;) {
		int ready = fd_wait(self, POLLOUT, until, error);
		ssize_t n;

		if (ready <= 0)
			return ready;
		if (hung_up(self)) {
			port_fail_offline(self, "hung up", error);
			return -1;
		}
		n = put(self->fd, data, len);
		if (n > 0)
			return n;
		if (n < 0 && errno != EAGAIN && errno != EINTR) {
			port_fail_errno(self, "write to", errno, error);
			return -1;
		}
	}
}

bool fd_write(struct port *self, const uint8_t *data, size_t len, int timeout_ms, GError **error)
{
	int64_t until = port_deadline(timeout_ms);

	while (len > 0) {
		gssize n = write_step(self, data, len, until, error);

		if (n < 0)
			return false;
		if (n == 0)
			return port_fail_offline(self, "takes no bytes", error);
		data += n;
		len -= (size_t)n;
	}
	return true;
}

gssize fd_write_some(struct port *self, const uint8_t *data, size_t len, int timeout_ms,
		     GError **error)
{
	return write_step(self, data, len, port_deadline(timeout_ms), error);
}

gssize fd_read(struct port *self, uint8_t *data, size_t len, int timeout_ms, GError **error)
{
	int64_t until = port_deadline(timeout_ms);

	for (;;) {
		int ready = fd_wait(self, POLLIN, until, error);
		ssize_t n;

		if (ready <= 0)
			return ready;
		n = read(self->fd, data, len);
		if (n > 0)
			return n;
		if (n == 0) {
			port_fail_offline(self, "hung up", error);
			return -1;
		}
		if (errno != EAGAIN && errno != EINTR) {
			port_fail_errno(self, "read from", errno, error);
			return -1;
		}
		if (hung_up(self)) { /* or poll() would say ready for ever */
			port_fail_offline(self, "hung up", error);
			return -1;
		}
	}
}

void fd_discard(struct port *self)
{
	uint8_t buffer[512];

	while (read(self->fd, buffer, sizeof buffer) > 0)
		;
}

/* flock() and not TIOCEXCL alone: root passes the latter, and it outlives a killed till on a
 * pseudo-terminal whose other end stays open. */
bool fd_lock(struct port *self, GError **error)
{
	if (flock(self->fd, LOCK_EX | LOCK_NB) == 0)
		return true;
	return port_fail_errno(self, "lock", errno, error);
}
