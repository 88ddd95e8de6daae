/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/discovery/discovery.h"
#include "drivers/port/device_id.h"
#include "drivers/port/port.h"
#include "drivers/port/usb.h"

#include <string.h>

#define PATIENCE_MS 300 /* §1 */
#define WRITE_MS 1000

typedef struct {
	const char *device_class, *protocol;
	const char *bytes;
	size_t len;
	const char *after; /* said when it answered, or NULL */
	const char *settings[5]; /* §6; of a serial line, the likeliest first, ends with NULL */
} Probe;

/* A printer that hears another's question may keep it for its next line, so printers come first and
 * the first answer ends it. */
static const Probe probes[] = {
	{ "printer",
	  "escpos",
	  "\x10\x04\x01",
	  3,
	  NULL,
	  { "baud=115200", "baud=9600", "baud=19200", "baud=38400" } },
	{ "label", "zpl", "~HI\r\n", 5, NULL, { "baud=9600" } },
	{ "label", "tspl", "\x1B!?", 3, NULL, { "baud=9600" } },
	{ "scale", "cas", "\x05", 1, NULL, { "baud=9600" } },
	{ "scale", "pos2", "\x05", 1, NULL, { "baud=9600" } },
	{ "scale", "mt8217", "Ehello", 6, "F", { "baud=9600&parity=even&bits=7" } },
	{ "scale", "massa", "\xF8\x55\xCE\x01\x00\x20\x20\x00", 8, NULL, { "baud=57600" } },
};

void device_probed_clear(DeviceProbed *self)
{
	g_clear_pointer(&self->settings, g_free);
	g_clear_pointer(&self->text, g_free);
}

/* --- answers ------------------------------------------------------------------------------- */

/* Fixed bits of a status byte (receipt-printer-escpos.md §4.1); four bytes of an automatic status
 * (§4.2) may stand before it. */
static int check_escpos(const uint8_t *answer, size_t len)
{
	if ((answer[0] & 0x93) == 0x10) {
		if (len < 5)
			return -1;
		answer += 4;
	}
	return (answer[0] & 0x93) == 0x12;
}

static int check_zpl(const uint8_t *answer, size_t len)
{
	if (answer[0] != 0x02)
		return 0;
	if (memchr(answer, 0x03, len) == NULL)
		return -1;
	return memchr(answer, ',', len) != NULL;
}

/* One byte (label-printer.md §3.1), and not one of the signs that others answer with. */
static int check_tspl(const uint8_t *answer, size_t len)
{
	static const uint8_t known[] = { 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x08, 0x09,
					 0x0A, 0x0B, 0x0C, 0x0D, 0x10, 0x20, 0x40, 0x80 };

	return len == 1 && memchr(known, answer[0], sizeof known) != NULL;
}

/* With parity bits where the line was opened with eight. */
static int check_mt8217(const uint8_t *answer, size_t len)
{
	static const uint8_t echo[] = { 0x02, 0x45, 0x0D, 'h', 'e', 'l', 'l', 'o' };

	for (size_t i = 0; i < len && i < sizeof echo; i++) {
		if ((answer[i] & 0x7F) != echo[i])
			return 0;
	}
	return len < sizeof echo ? -1 : 1;
}

/* Header, a length that fits, and ACK_NAME or ERROR. */
static int check_massa(const uint8_t *answer, size_t len)
{
	static const uint8_t head[] = { 0xF8, 0x55, 0xCE };
	size_t body;

	if (memcmp(answer, head, MIN(len, sizeof head)) != 0)
		return 0;
	if (len < 6)
		return -1;
	body = (size_t)answer[3] | (size_t)answer[4] << 8;
	if (body == 0 || body > 64 || (answer[5] != 0x21 && answer[5] != 0x28))
		return 0;
	return len < 5 + body + 2 ? -1 : 1;
}

int device_probe_check(const char *protocol, const uint8_t *answer, size_t len)
{
	static const struct {
		const char *protocol;
		int (*check)(const uint8_t *answer, size_t len);
	} checks[] = {
		{ "escpos", check_escpos }, { "zpl", check_zpl },     { "tspl", check_tspl },
		{ "mt8217", check_mt8217 }, { "massa", check_massa },
	};

	if (len == 0)
		return -1;
	if (strcmp(protocol, "cas") == 0) /* ready */
		return answer[0] == 0x06;
	if (strcmp(protocol, "pos2") == 0) /* waits for a command */
		return answer[0] == 0x15;
	for (size_t i = 0; i < G_N_ELEMENTS(checks); i++) {
		if (strcmp(checks[i].protocol, protocol) == 0)
			return checks[i].check(answer, len);
	}
	return 0;
}

/* --- talking ------------------------------------------------------------------------------- */

/* What is printable of an answer; own it. */
static char *dup_printable(const uint8_t *answer, size_t len)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < len; i++) {
		if (g_ascii_isprint((char)answer[i]))
			g_string_append_c(text, (char)answer[i]);
	}
	g_strstrip(text->str);
	return g_string_free(text, FALSE);
}

/* 1 it is, 0 it is not, -1 the port failed. */
static int say(struct port *port, const Probe *probe, DeviceProbed *ret, GError **error)
{
	int64_t until = g_get_monotonic_time() + PATIENCE_MS * 1000;
	uint8_t answer[256];
	size_t len = 0;
	int is = -1;

	port_discard_input(port);
	if (!port_write(port, (const uint8_t *)probe->bytes, probe->len, WRITE_MS, error))
		return -1;
	while (is < 0 && len < sizeof answer) {
		int64_t left = (until - g_get_monotonic_time() + 999) / 1000;
		gssize n = left > 0 ? port_read(port, answer + len, sizeof answer - len, (int)left,
						error)
				    : 0;

		if (n < 0)
			return -1;
		if (n == 0)
			return 0;
		len += (size_t)n;
		is = device_probe_check(probe->protocol, answer, len);
	}
	if (is != 1)
		return 0;
	if (probe->after != NULL &&
	    !port_write(port, (const uint8_t *)probe->after, strlen(probe->after), WRITE_MS, error))
		return -1;
	ret->device_class = probe->device_class;
	ret->protocol = probe->protocol;
	ret->text = dup_printable(answer, len);
	return 1;
}

/* One port, opened again only where the next question needs another speed. */
typedef struct {
	const char *address;
	bool is_serial, has_speed; /* the address says its speed itself */
	const char *settings; /* with which it is open */
	struct port *port; /* owned */
} Line;

static bool line_open(Line *line, const char *settings, GError **error)
{
	if (!line->is_serial || line->has_speed)
		settings = NULL;
	if (line->port != NULL && g_strcmp0(line->settings, settings) == 0)
		return true;
	port_close(line->port);
	line->settings = settings;
	line->port = port_open_defaults(line->address, settings, error);
	if (line->port != NULL)
		port_set_class(line->port, "probe");
	return line->port != NULL;
}

static int try_probe(Line *line, const Probe *probe, DeviceProbed *ret, GError **error)
{
	int is = 0;

	for (int i = 0; probe->settings[i] != NULL && is == 0; i++) {
		if (i > 0 && (!line->is_serial || line->has_speed))
			break;
		if (!line_open(line, probe->settings[i], error))
			return -1;
		is = say(line->port, probe, ret, error);
	}
	if (is == 1)
		ret->settings = g_strdup(line->settings);
	return is;
}

/* A USB printer has it in its descriptor: nothing needs to be written. */
static bool ask_device_id(Line *line, DeviceProbed *ret)
{
	g_autofree char *text = usb_get_device_id(line->port, NULL);
	const char *protocol = text != NULL ? device_id_protocol(text) : NULL;

	if (protocol == NULL)
		return false;
	ret->protocol = protocol;
	ret->device_class = strcmp(protocol, "escpos") == 0 ? "printer" : "label";
	ret->text = g_steal_pointer(&text);
	return true;
}

static int try_all(Line *line, const char *device_class, DeviceProbed *ret, GError **error)
{
	bool is_usb = g_str_has_prefix(line->address, "usb:");

	if (is_usb && line_open(line, NULL, error) && ask_device_id(line, ret) &&
	    (device_class == NULL || strcmp(ret->device_class, device_class) == 0))
		return 1;
	if (is_usb && line->port == NULL)
		return -1;
	device_probed_clear(ret);
	for (size_t i = 0; i < G_N_ELEMENTS(probes); i++) {
		int is;

		if (device_class != NULL && strcmp(probes[i].device_class, device_class) != 0)
			continue;
		if (is_usb && strcmp(probes[i].device_class, "scale") == 0)
			continue;
		is = try_probe(line, &probes[i], ret, error);
		if (is != 0)
			return is;
	}
	/* A card terminal is not talked to: that somebody takes the connection has to do. */
	if (g_strcmp0(device_class, "payment") == 0 && g_str_has_prefix(line->address, "tcp:")) {
		if (!line_open(line, NULL, error))
			return -1;
		ret->device_class = "payment";
		ret->protocol = "zvt";
		return 1;
	}
	return 0;
}

bool device_probe(const char *address, const char *device_class, DeviceProbed *ret, GError **error)
{
	Line line = { .address = address,
		      .is_serial = g_str_has_prefix(address, "serial:"),
		      .has_speed = strstr(address, "baud=") != NULL };
	DeviceProbed probed = { 0 };
	int is;

	if (g_str_has_prefix(address, "http:") || g_str_has_prefix(address, "https:") ||
	    g_str_has_prefix(address, "cups:")) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED,
			    "%s: this kind of connection cannot be probed", address);
		return false;
	}
	is = try_all(&line, device_class, &probed, error);
	port_close(line.port);
	if (is == 1) {
		*ret = probed;
		return true;
	}
	device_probed_clear(&probed);
	if (is == 0)
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE,
			    "%s: nobody answered as a device that Baraa knows", address);
	return false;
}
