/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/sim/wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PATIENCE_MS = 10000, ANY = -1 };

struct Wire {
	int fd;
};

static int open_tcp(const char *port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr = { htonl(INADDR_LOOPBACK) },
				       .sin_port = htons((uint16_t)atoi(port)) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_assert_cmpint(connect(fd, (struct sockaddr *)&address, sizeof(address)), ==, 0);
	/* ACK and the next ENQ are two short writes: together they would wait for each other. */
	g_assert_cmpint(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int)), ==, 0);
	return fd;
}

Wire *wire_new(const char *address)
{
	Wire *self = g_new0(Wire, 1);

	if (g_str_has_prefix(address, "pty:"))
		self->fd = open(address + 4, O_RDWR | O_NOCTTY | O_CLOEXEC);
	else
		self->fd = open_tcp(strrchr(address, ':') + 1);
	g_assert_cmpint(self->fd, >=, 0);
	return self;
}

void wire_free(Wire *self)
{
	if (self == NULL)
		return;
	close(self->fd);
	g_free(self);
}

GByteArray *bytes_new(const char *hex)
{
	GByteArray *bytes = g_byte_array_new();

	for (; *hex != '\0'; hex++) {
		if (*hex == ' ')
			continue;
		g_assert_true(g_ascii_isxdigit(hex[0]) && g_ascii_isxdigit(hex[1]));
		g_byte_array_append(bytes,
				    &(uint8_t){ (uint8_t)(g_ascii_xdigit_value(hex[0]) << 4 |
							  g_ascii_xdigit_value(hex[1])) },
				    1);
		hex++;
	}
	return bytes;
}

int64_t bytes_get(const GByteArray *bytes, unsigned at, unsigned n)
{
	int64_t value = 0;

	g_assert_cmpuint(at + n, <=, bytes->len);
	for (unsigned i = n; i > 0; i--)
		value = value << 8 | bytes->data[at + i - 1];
	return value;
}

static void write_all(Wire *self, const uint8_t *data, size_t len)
{
	while (len > 0) {
		ssize_t put = write(self->fd, data, len);

		g_assert_cmpint(put, >, 0);
		data += put;
		len -= (size_t)put;
	}
}

void wire_send(Wire *self, const char *hex)
{
	g_autoptr(GByteArray) bytes = bytes_new(hex);

	write_all(self, bytes->data, bytes->len);
}

static ssize_t read_some(Wire *self, uint8_t *byte)
{
	struct pollfd fd = { .fd = self->fd, .events = POLLIN };

	g_assert_cmpint(poll(&fd, 1, PATIENCE_MS), ==, 1);
	return read(self->fd, byte, 1);
}

static uint8_t read_byte(Wire *self)
{
	uint8_t byte = 0;

	g_assert_cmpint(read_some(self, &byte), ==, 1);
	return byte;
}

uint8_t wire_read(Wire *self)
{
	return read_byte(self);
}

bool wire_is_gone(Wire *self)
{
	uint8_t byte;

	return read_some(self, &byte) != 1;
}

void wire_expect(Wire *self, const char *hex)
{
	for (; *hex != '\0'; hex++) {
		uint8_t byte;

		if (*hex == ' ')
			continue;
		byte = read_byte(self);
		if (*hex != '?')
			g_assert_cmphex(byte, ==,
					g_ascii_xdigit_value(hex[0]) << 4 |
						g_ascii_xdigit_value(hex[1]));
		hex++;
	}
}

/* STX, N, body, LRC; gives the body. */
static GByteArray *read_frame(Wire *self)
{
	GByteArray *body = g_byte_array_new();
	uint8_t n, sum;

	g_assert_cmphex(read_byte(self), ==, 0x02);
	sum = n = read_byte(self);
	for (int i = 0; i < n; i++) {
		uint8_t byte = read_byte(self);

		sum ^= byte;
		g_byte_array_append(body, &byte, 1);
	}
	g_assert_cmphex(read_byte(self), ==, sum);
	return body;
}

static void expect_frame(Wire *self, const char *hex)
{
	g_auto(GStrv) words = g_strsplit(hex, " ", -1);
	unsigned n = g_strv_length(words);
	g_autoptr(GByteArray) body = read_frame(self);

	g_assert_cmpuint(body->len + 3, ==, n);
	for (unsigned i = 0; i < body->len; i++)
		if (words[i + 2][0] != '?')
			g_assert_cmphex(body->data[i], ==,
					g_ascii_strtoull(words[i + 2], NULL, 16));
}

void wire_play(Wire *self, const char *transcript)
{
	g_auto(GStrv) lines = g_strsplit(transcript, "\n", -1);

	for (int i = 0; lines[i] != NULL; i++) {
		const char *line = g_strstrip(lines[i]);

		g_test_message("%s", line);
		if (line[0] == '~')
			wire_wait_printed(self);
		else if (g_str_has_prefix(line, "H> "))
			wire_send(self, line + 3);
		else if (g_str_has_prefix(line, "D> 02 "))
			expect_frame(self, line + 3);
		else if (g_str_has_prefix(line, "D> "))
			wire_expect(self, line + 3);
		else
			g_assert_true(line[0] == '#' || line[0] == '\0');
	}
}

void wire_send_frame(Wire *self, const char *hex)
{
	g_autoptr(GByteArray) body = bytes_new(hex);
	g_autoptr(GByteArray) frame = g_byte_array_new();
	uint8_t lrc = (uint8_t)body->len;

	for (unsigned i = 0; i < body->len; i++)
		lrc ^= body->data[i];
	g_byte_array_append(frame, (const uint8_t[]){ 0x02, (uint8_t)body->len }, 2);
	g_byte_array_append(frame, body->data, body->len);
	g_byte_array_append(frame, &lrc, 1);
	wire_send(self, "05");
	wire_expect(self, "15");
	write_all(self, frame->data, frame->len);
	wire_expect(self, "06");
}

GByteArray *wire_command(Wire *self, const char *body)
{
	GByteArray *answer;

	wire_send_frame(self, body);
	answer = read_frame(self);
	wire_send(self, "06");
	return answer;
}

static uint8_t error_of(const GByteArray *answer)
{
	return answer->data[answer->data[0] == 0xFF ? 2 : 1];
}

GByteArray *wire_patient(Wire *self, const char *body)
{
	GByteArray *answer = wire_command(self, body);
	gint64 until = g_get_monotonic_time() + PATIENCE_MS * INT64_C(1000);

	while (error_of(answer) == 0x50) {
		g_assert_cmpint(g_get_monotonic_time(), <, until);
		g_byte_array_unref(answer);
		wire_wait_printed(self);
		answer = wire_command(self, body);
	}
	return answer;
}

void wire_ok(Wire *self, const char *body)
{
	wire_refused(self, body, 0x00);
}

void wire_refused(Wire *self, const char *body, uint8_t error)
{
	g_autoptr(GByteArray) answer = wire_patient(self, body);

	g_test_message("%s", body);
	g_assert_cmphex(error_of(answer), ==, error);
}

void wire_wait_printed(Wire *self)
{
	gint64 until = g_get_monotonic_time() + PATIENCE_MS * INT64_C(1000);

	for (;;) {
		g_autoptr(GByteArray) status = wire_command(self, "10 1E 00 00 00");

		if (status->data[6] != 5)
			return;
		g_assert_cmpint(g_get_monotonic_time(), <, until);
	}
}

static char *folder; /* owned until exit */

static void remove_folder(void)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		unlink(path);
	}
	rmdir(folder);
	g_free(folder);
}

char *scratch_new(const char *name)
{
	if (folder == NULL) {
		folder = g_dir_make_tmp("baraa-sim-XXXXXX", NULL);
		g_assert_nonnull(folder);
		atexit(remove_folder);
	}
	return g_build_filename(folder, name, NULL);
}
