/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/backend.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LARGEST 65507 /* of IPv4 */

/* What is left of a datagram that was longer than the reader's buffer. */
typedef struct {
	size_t at, len;
	uint8_t bytes[LARGEST + 1];
} Datagram;

/* A connected socket: the kernel drops what others than the peer send, and tells when the peer has
 * nobody at that port. */
static bool connect_any(struct port *self, const struct addrinfo *found, GError **error)
{
	int saved_errno = 0;

	for (; found != NULL; found = found->ai_next) {
		self->fd = socket(found->ai_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		if (self->fd >= 0 && connect(self->fd, found->ai_addr, found->ai_addrlen) == 0)
			return true;
		saved_errno = errno;
		if (self->fd >= 0)
			close(self->fd);
		self->fd = -1;
	}
	return port_fail_errno(self, "open", saved_errno, error);
}

static bool open_udp(struct port *self, const char *rest, GError **error)
{
	struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_DGRAM };
	struct addrinfo *found = NULL;
	g_autofree char *host = NULL, *service = NULL;
	bool ok;
	int code;

	if (!port_split_host(rest, &host, &service))
		return port_fail_address(self, "write udp:host:port", error);
	code = getaddrinfo(host, service, &hints, &found);
	if (code != 0)
		return port_fail_offline(self, gai_strerror(code), error);
	ok = connect_any(self, found, error);
	freeaddrinfo(found);
	if (ok)
		self->extra = g_new0(Datagram, 1);
	return ok;
}

static void close_udp(struct port *self)
{
	g_free(self->extra);
}

static bool write_udp(struct port *self, const uint8_t *data, size_t len, int timeout_ms,
		      GError **error)
{
	int64_t until = port_deadline(timeout_ms);

	if (len > LARGEST)
		return port_fail(self, DEVICE_FAULT_REFUSED, "longer than a datagram", error);
	for (;;) {
		int ready = fd_wait(self, POLLOUT, until, error);

		if (ready < 0)
			return false;
		if (ready == 0)
			return port_fail_offline(self, "takes no bytes", error);
		if (send(self->fd, data, len, MSG_NOSIGNAL) >= 0)
			return true;
		if (errno != EAGAIN && errno != EINTR)
			return port_fail_errno(self, "write to", errno, error);
	}
}

/* 1 one came, 0 silence, -1 failed. */
static int receive(struct port *self, Datagram *datagram, int64_t until, GError **error)
{
	for (;;) {
		int ready = fd_wait(self, POLLIN, until, error);
		ssize_t n;

		if (ready <= 0)
			return ready;
		n = recv(self->fd, datagram->bytes, sizeof datagram->bytes, 0);
		if (n < 0 && errno != EAGAIN && errno != EINTR) {
			port_fail_errno(self, "read from", errno, error);
			return -1;
		}
		if (n > 0) { /* an empty one says nothing */
			datagram->at = 0;
			datagram->len = (size_t)n;
			return 1;
		}
	}
}

static gssize read_udp(struct port *self, uint8_t *data, size_t len, int timeout_ms, GError **error)
{
	Datagram *datagram = self->extra;
	size_t n;

	if (datagram->at == datagram->len) {
		int got = receive(self, datagram, port_deadline(timeout_ms), error);

		if (got <= 0)
			return got;
	}
	n = MIN(len, datagram->len - datagram->at);
	memcpy(data, datagram->bytes + datagram->at, n);
	datagram->at += n;
	return (gssize)n;
}

static void discard_udp(struct port *self)
{
	Datagram *datagram = self->extra;

	datagram->at = datagram->len = 0;
	while (recv(self->fd, datagram->bytes, sizeof datagram->bytes, 0) >= 0)
		;
}

const struct port_backend port_udp = {
	.scheme = "udp",
	.open = open_udp,
	.close = close_udp,
	.write = write_udp,
	.read = read_udp,
	.discard = discard_udp,
};
