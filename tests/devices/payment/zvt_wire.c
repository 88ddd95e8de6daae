/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/payment/zvt_wire.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000, DLE = 0x10, STX = 0x02, ETX = 0x03, ACK = 0x06 };

struct ZvtWire {
	int fd;
	bool serial;
};

static int connect_tcp(const char *port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr = { htonl(INADDR_LOOPBACK) },
				       .sin_port = htons((uint16_t)atoi(port)) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_assert_cmpint(connect(fd, (struct sockaddr *)&address, sizeof(address)), ==, 0);
	return fd;
}

ZvtWire *zvt_wire_new(const char *address)
{
	ZvtWire *self = g_new0(ZvtWire, 1);

	self->serial = g_str_has_prefix(address, "pty:");
	if (self->serial)
		self->fd = open(address + 4, O_RDWR | O_NOCTTY | O_CLOEXEC);
	else
		self->fd = connect_tcp(strrchr(address, ':') + 1);
	g_assert_cmpint(self->fd, >=, 0);
	return self;
}

void zvt_wire_free(ZvtWire *self)
{
	if (self == NULL)
		return;
	close(self->fd);
	g_free(self);
}

static GByteArray *from_hex(const char *hex)
{
	g_auto(GStrv) words = g_strsplit(hex, " ", -1);
	GByteArray *bytes = g_byte_array_new();

	for (int i = 0; words[i] != NULL; i++) {
		uint8_t byte = (uint8_t)strtoul(words[i], NULL, 16);

		g_assert_cmpuint(strlen(words[i]), ==, 2);
		g_byte_array_append(bytes, &byte, 1);
	}
	return bytes;
}

static void write_all(ZvtWire *self, const uint8_t *data, size_t len)
{
	while (len > 0) {
		ssize_t put = write(self->fd, data, len);

		g_assert_cmpint(put, >, 0);
		data += put;
		len -= (size_t)put;
	}
}

void zvt_wire_send_raw(ZvtWire *self, const char *hex)
{
	g_autoptr(GByteArray) bytes = from_hex(hex);

	write_all(self, bytes->data, bytes->len);
}

static uint8_t read_byte(ZvtWire *self)
{
	struct pollfd fd = { .fd = self->fd, .events = POLLIN };
	uint8_t byte = 0;

	g_assert_cmpint(poll(&fd, 1, PATIENCE_MS), ==, 1);
	g_assert_cmpint(read(self->fd, &byte, 1), ==, 1);
	return byte;
}

void zvt_wire_expect_raw(ZvtWire *self, const char *hex)
{
	g_auto(GStrv) words = g_strsplit(hex, " ", -1);

	for (int i = 0; words[i] != NULL; i++) {
		uint8_t byte = read_byte(self);

		if (words[i][0] == '?' && byte == DLE)
			g_assert_cmphex(read_byte(self), ==, DLE);
		if (words[i][0] != '?' && words[i][0] != '*')
			g_assert_cmphex(byte, ==, strtoul(words[i], NULL, 16));
	}
}

bool zvt_wire_is_gone(ZvtWire *self)
{
	struct pollfd fd = { .fd = self->fd, .events = POLLIN };
	uint8_t byte;

	g_assert_cmpint(poll(&fd, 1, PATIENCE_MS), ==, 1);
	return read(self->fd, &byte, 1) != 1;
}

bool zvt_wire_is_quiet(ZvtWire *self, int ms)
{
	return poll(&(struct pollfd){ .fd = self->fd, .events = POLLIN }, 1, ms) == 0;
}

/* By the mirror image of the polynomial, high bit first, so that no slip of one form is shared. */
static uint16_t kermit(const uint8_t *data, size_t len)
{
	uint16_t crc = 0, mirrored = 0;

	for (size_t i = 0; i < len; i++)
		for (int bit = 0; bit < 8; bit++) {
			bool one = (data[i] >> bit & 1) != (crc >> 15);

			crc = (uint16_t)(crc << 1 ^ (one ? 0x1021 : 0));
		}
	for (int bit = 0; bit < 16; bit++)
		mirrored |= (uint16_t)((crc >> bit & 1) << (15 - bit));
	return mirrored;
}

static uint16_t block_crc(const GByteArray *apdu)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	g_byte_array_append(bytes, apdu->data, apdu->len);
	g_byte_array_append(bytes, &(uint8_t){ ETX }, 1);
	return kermit(bytes->data, bytes->len);
}

static void send_block(ZvtWire *self, const GByteArray *apdu)
{
	g_autoptr(GByteArray) block = g_byte_array_new();
	uint16_t crc = block_crc(apdu);

	g_byte_array_append(block, (const uint8_t[]){ DLE, STX }, 2);
	for (unsigned i = 0; i < apdu->len; i++)
		g_byte_array_append(
			block, (const uint8_t[]){ DLE, apdu->data[i] } + (apdu->data[i] != DLE),
			1 + (apdu->data[i] == DLE));
	g_byte_array_append(block, (const uint8_t[]){ DLE, ETX, (uint8_t)crc, (uint8_t)(crc >> 8) },
			    4);
	write_all(self, block->data, block->len);
	g_assert_cmphex(read_byte(self), ==, ACK);
}

void zvt_tell(ZvtWire *self, const char *hex)
{
	g_autoptr(GByteArray) apdu = from_hex(hex);

	if (self->serial)
		send_block(self, apdu);
	else
		write_all(self, apdu->data, apdu->len);
}

static GByteArray *read_bare(ZvtWire *self)
{
	GByteArray *apdu = g_byte_array_new();
	size_t len = 3;

	while (apdu->len < len) {
		uint8_t byte = read_byte(self);

		g_byte_array_append(apdu, &byte, 1);
		if (apdu->len == 3)
			len = byte == 0xFF ? 5 : 3 + (size_t)byte;
		if (apdu->len == 5 && apdu->data[2] == 0xFF)
			len = 5 + (size_t)(apdu->data[3] | apdu->data[4] << 8);
	}
	return apdu;
}

static GByteArray *read_block(ZvtWire *self)
{
	GByteArray *apdu = g_byte_array_new();
	uint16_t crc;

	g_assert_cmphex(read_byte(self), ==, DLE);
	g_assert_cmphex(read_byte(self), ==, STX);
	for (;;) {
		uint8_t byte = read_byte(self);

		if (byte == DLE && (byte = read_byte(self)) == ETX)
			break;
		g_byte_array_append(apdu, &byte, 1);
	}
	crc = read_byte(self);
	crc |= (uint16_t)(read_byte(self) << 8);
	g_assert_cmphex(crc, ==, block_crc(apdu));
	write_all(self, &(uint8_t){ ACK }, 1);
	return apdu;
}

GByteArray *zvt_hear_new(ZvtWire *self)
{
	return self->serial ? read_block(self) : read_bare(self);
}

void zvt_hear(ZvtWire *self, const char *hex)
{
	g_auto(GStrv) words = g_strsplit(hex, " ", -1);
	g_autoptr(GByteArray) apdu = zvt_hear_new(self);
	g_autoptr(GString) text = g_string_new(NULL);

	for (unsigned i = 0; i < apdu->len; i++)
		g_string_append_printf(text, "%02X ", apdu->data[i]);
	g_test_message("expected %s, came %s", hex, text->str);
	g_assert_cmpuint(apdu->len, ==, g_strv_length(words));
	for (unsigned i = 0; i < apdu->len; i++)
		if (words[i][0] != '?')
			g_assert_cmphex(apdu->data[i], ==, strtoul(words[i], NULL, 16));
}

void zvt_hear_ack(ZvtWire *self, const char *apdu)
{
	zvt_hear(self, apdu);
	zvt_tell(self, "80 00 00");
}
