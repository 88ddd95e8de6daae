/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim_link.h"

#include "drivers/sim/sim.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <limits.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

enum { LOOK_AGAIN_MS = 20, WRITE_MS = 2000 };

struct SimLink {
	char *pty_link; /* owned; NULL for TCP */
	int port;
	bool refuse_second;
	bool deaf;
	bool udp;
	struct sockaddr_in peer; /* UDP: who wrote last */
	int listener; /* TCP, or -1 */
	int fd; /* terminal's master or TCP client, or -1 */
	bool connected; /* a terminal has no client while its other side is closed */
	char *address; /* owned */
};

static bool fail(GError **error, const char *what)
{
	g_set_error(error, SIM_ERROR, SIM_ERROR_PORT, _("Cannot listen on %s: %s."), what,
		    g_strerror(errno));
	return false;
}

/* Bytes pass as they are, and the client need not set it so. */
static bool make_raw(const char *slave)
{
	int fd = open(slave, O_RDWR | O_NOCTTY | O_CLOEXEC);
	struct termios mode;
	bool done;

	if (fd < 0)
		return false;
	done = tcgetattr(fd, &mode) == 0;
	if (done) {
		cfmakeraw(&mode);
		done = tcsetattr(fd, TCSANOW, &mode) == 0;
	}
	close(fd);
	return done;
}

static bool replace_link(const char *target, const char *link)
{
	g_autofree char *next = g_strdup_printf("%s.new", link);
	char old[PATH_MAX];

	/* A stale link is ours to replace; a file or a device is not. */
	if (access(link, F_OK) == 0 && readlink(link, old, sizeof(old)) < 0) {
		errno = EEXIST;
		return false;
	}
	unlink(next);
	return symlink(target, next) == 0 && rename(next, link) == 0;
}

static bool open_pty(SimLink *self, GError **error)
{
	char slave[64];
	int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0 || grantpt(fd) != 0 || unlockpt(fd) != 0 ||
	    ptsname_r(fd, slave, sizeof(slave)) != 0 || !make_raw(slave) ||
	    !replace_link(slave, self->pty_link)) {
		fail(error, self->pty_link);
		if (fd >= 0)
			close(fd);
		return false;
	}
	self->fd = fd;
	return true;
}

static bool listen_tcp(SimLink *self, GError **error)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr = { htonl(INADDR_LOOPBACK) },
				       .sin_port = htons((uint16_t)self->port) };
	socklen_t size = sizeof(address);
	g_autofree char *name = g_strdup_printf("127.0.0.1:%d", self->port);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){ 1 }, sizeof(int)) != 0 ||
	    bind(fd, (struct sockaddr *)&address, size) != 0 || listen(fd, 4) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &size) != 0) {
		fail(error, name);
		if (fd >= 0)
			close(fd);
		return false;
	}
	self->listener = fd;
	self->port = ntohs(address.sin_port);
	return true;
}

static SimLink *link_new(void)
{
	SimLink *self = g_new0(SimLink, 1);

	self->listener = -1;
	self->fd = -1;
	return self;
}

SimLink *sim_link_new_pty(const char *link, GError **error)
{
	g_autoptr(SimLink) self = link_new();

	self->pty_link = g_strdup(link);
	if (!open_pty(self, error))
		return NULL;
	self->address = g_strdup_printf("pty:%s", link);
	return g_steal_pointer(&self);
}

SimLink *sim_link_new_tcp(int port, bool refuse_second, GError **error)
{
	g_autoptr(SimLink) self = link_new();

	self->port = port;
	self->refuse_second = refuse_second;
	if (!listen_tcp(self, error))
		return NULL;
	self->address = g_strdup_printf("tcp:127.0.0.1:%d", self->port);
	return g_steal_pointer(&self);
}

static bool bind_udp(SimLink *self, GError **error)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr = { htonl(INADDR_LOOPBACK) },
				       .sin_port = htons((uint16_t)self->port) };
	socklen_t size = sizeof(address);
	g_autofree char *name = g_strdup_printf("127.0.0.1:%d", self->port);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &size) != 0) {
		fail(error, name);
		if (fd >= 0)
			close(fd);
		return false;
	}
	self->fd = fd;
	self->port = ntohs(address.sin_port);
	return true;
}

SimLink *sim_link_new_udp(int port, GError **error)
{
	g_autoptr(SimLink) self = link_new();

	self->port = port;
	self->udp = true;
	if (!bind_udp(self, error))
		return NULL;
	self->address = g_strdup_printf("udp:127.0.0.1:%d", self->port);
	return g_steal_pointer(&self);
}

static void close_client(SimLink *self)
{
	if (self->fd >= 0)
		close(self->fd);
	self->fd = -1;
	self->connected = false;
}

void sim_link_free(SimLink *self)
{
	if (self == NULL)
		return;
	sim_link_unplug(self);
	g_free(self->pty_link);
	g_free(self->address);
	g_free(self);
}

const char *sim_link_get_address(const SimLink *self)
{
	return self->address;
}

bool sim_link_is_stream(const SimLink *self)
{
	return self->pty_link == NULL && !self->udp;
}

bool sim_link_is_connected(const SimLink *self)
{
	return self->connected;
}

bool sim_link_is_plugged(const SimLink *self)
{
	return self->pty_link != NULL || self->udp ? self->fd >= 0 : self->listener >= 0;
}

int sim_link_prepare(SimLink *self, struct pollfd fds[SIM_LINK_N_FDS], int *timeout_ms)
{
	int n = 0;

	/* The master of a closed terminal is always "ready" with a hang-up: look now and then. */
	if (self->pty_link != NULL && self->fd >= 0 && !self->connected &&
	    (*timeout_ms < 0 || *timeout_ms > LOOK_AGAIN_MS))
		*timeout_ms = LOOK_AGAIN_MS;
	if (self->fd >= 0 && !self->deaf && (self->connected || self->pty_link == NULL))
		fds[n++] = (struct pollfd){ .fd = self->fd, .events = POLLIN };
	if (self->listener >= 0 && (self->fd < 0 || self->refuse_second))
		fds[n++] = (struct pollfd){ .fd = self->listener, .events = POLLIN };
	return n;
}

static void accept_client(SimLink *self)
{
	int fd = accept4(self->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0)
		return;
	if (self->fd >= 0) {
		/* Reset, not a polite end: nobody is there for a second one. */
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &(struct linger){ 1, 0 },
			   sizeof(struct linger));
		close(fd);
		return;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
	self->fd = fd;
	self->connected = true;
}

/* A client that was killed may have left the terminal locked for itself; nobody could open that one
 * any more, so another takes its place. */
static void renew_locked_terminal(SimLink *self)
{
	char slave[64];
	int fd;

	if (ptsname_r(self->fd, slave, sizeof(slave)) != 0)
		return;
	fd = open(slave, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (fd >= 0) {
		ioctl(fd, TIOCNXCL);
		close(fd);
	} else if (errno == EBUSY) {
		sim_link_drop(self);
	}
}

static size_t read_datagram(SimLink *self, uint8_t *data, size_t size)
{
	socklen_t len = sizeof(self->peer);
	ssize_t got = recvfrom(self->fd, data, size, 0, (struct sockaddr *)&self->peer, &len);

	if (got < 0)
		return 0;
	self->connected = true;
	return (size_t)got;
}

static size_t read_client(SimLink *self, uint8_t *data, size_t size)
{
	ssize_t got;

	if (self->udp)
		return read_datagram(self, data, size);
	got = read(self->fd, data, size);
	if (got > 0) {
		self->connected = true;
		return (size_t)got;
	}
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (self->pty_link == NULL) {
		close_client(self);
	} else if (self->connected) {
		self->connected = false;
		renew_locked_terminal(self);
	}
	return 0;
}

static void look_for_terminal_client(SimLink *self)
{
	struct pollfd fd = { .fd = self->fd, .events = POLLIN };

	if (self->pty_link == NULL || self->fd < 0 || self->connected)
		return;
	if (poll(&fd, 1, 0) >= 0 && !(fd.revents & POLLHUP))
		self->connected = true;
}

size_t sim_link_dispatch(SimLink *self, const struct pollfd *fds, int n_fds, uint8_t *data,
			 size_t size)
{
	look_for_terminal_client(self);
	for (int i = 0; i < n_fds; i++) {
		if (fds[i].revents == 0)
			continue;
		if (fds[i].fd == self->listener)
			accept_client(self);
		else if (fds[i].fd == self->fd)
			return read_client(self, data, size);
	}
	return 0;
}

void sim_link_set_deaf(SimLink *self, bool deaf)
{
	self->deaf = deaf;
}

bool sim_link_write(SimLink *self, const uint8_t *data, size_t len)
{
	if (self->udp)
		return self->connected &&
		       sendto(self->fd, data, len, 0, (struct sockaddr *)&self->peer,
			      sizeof(self->peer)) == (ssize_t)len;
	look_for_terminal_client(self);
	while (len > 0) {
		ssize_t put;

		if (!self->connected)
			return false;
		put = self->pty_link != NULL ? write(self->fd, data, len)
					     : send(self->fd, data, len, MSG_NOSIGNAL);
		if (put > 0) {
			data += put;
			len -= (size_t)put;
			continue;
		}
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0 && errno == EAGAIN &&
		    poll(&(struct pollfd){ .fd = self->fd, .events = POLLOUT }, 1, WRITE_MS) > 0)
			continue;
		return false;
	}
	return true;
}

void sim_link_unplug(SimLink *self)
{
	close_client(self);
	if (self->listener >= 0)
		close(self->listener);
	self->listener = -1;
	if (self->pty_link != NULL)
		unlink(self->pty_link);
}

bool sim_link_plug(SimLink *self, GError **error)
{
	if (sim_link_is_plugged(self))
		return true;
	if (self->udp)
		return bind_udp(self, error);
	return self->pty_link != NULL ? open_pty(self, error) : listen_tcp(self, error);
}

void sim_link_drop(SimLink *self)
{
	int old = self->fd;

	if (self->udp) {
		self->connected = false; /* whoever writes next is heard */
		return;
	}
	if (self->pty_link == NULL) {
		close_client(self);
		return;
	}
	/* The new terminal is under the link before the old one hangs up, so that a client which
	 * comes back at once finds it. */
	self->connected = false;
	if (open_pty(self, NULL) && old >= 0)
		close(old);
}
