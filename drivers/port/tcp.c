/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/backend.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#define CONNECT_TIMEOUT_MS 3000

static bool wait_connected(struct port *self, GError **error)
{
	int64_t until = g_get_monotonic_time() + CONNECT_TIMEOUT_MS * 1000;
	int ready = fd_wait(self, POLLOUT, until, error);
	int result = 0;
	socklen_t len = sizeof result;

	if (ready < 0)
		return false;
	if (ready == 0)
		return port_fail_offline(self, "no answer to the connection", error);
	if (getsockopt(self->fd, SOL_SOCKET, SO_ERROR, &result, &len) < 0)
		result = errno;
	return result == 0 || port_fail_errno(self, "connect to", result, error);
}

static bool connect_to(struct port *self, const struct addrinfo *address, GError **error)
{
	int on = 1;

	self->fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (self->fd < 0)
		return port_fail_errno(self, "open", errno, error);
	if (connect(self->fd, address->ai_addr, address->ai_addrlen) < 0 && errno != EINPROGRESS)
		return port_fail_errno(self, "connect to", errno, error);
	if (!wait_connected(self, error))
		return false;
	/* Single bytes are the protocol's control signs: none may wait for another. */
	if (setsockopt(self->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) < 0 ||
	    setsockopt(self->fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on) < 0)
		return port_fail_errno(self, "set up", errno, error);
	return true;
}

static bool connect_any(struct port *self, const struct addrinfo *found, GError **error)
{
	for (; found != NULL; found = found->ai_next) {
		if (connect_to(self, found, found->ai_next == NULL ? error : NULL))
			return true;
		if (self->fd >= 0)
			close(self->fd);
		self->fd = -1;
	}
	return false;
}

static bool open_tcp(struct port *self, const char *rest, GError **error)
{
	struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
	struct addrinfo *found = NULL;
	g_autofree char *host = NULL, *service = NULL;
	bool ok;
	int code;

	if (!port_split_host(rest, &host, &service))
		return port_fail_address(self, "write tcp:host:port", error);
	code = getaddrinfo(host, service, &hints, &found);
	if (code != 0)
		return port_fail_offline(self, gai_strerror(code), error);
	ok = connect_any(self, found, error);
	freeaddrinfo(found);
	return ok;
}

const struct port_backend port_tcp = { .scheme = "tcp", .open = open_tcp };
