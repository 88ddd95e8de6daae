/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/scale/cable.h"

#include "drivers/port/backend.h"

#include <string.h>

typedef struct {
	char kind; /* '>', '<', '.' or '!' */
	uint8_t byte;
	int line;
} Sign;

typedef struct {
	GArray *signs; /* owned */
	guint next;
} Cable;

GByteArray *hex_new(const char *hex)
{
	GByteArray *bytes = g_byte_array_new();

	for (; *hex != '\0'; hex++) {
		uint8_t byte;

		if (*hex == ' ')
			continue;
		g_assert_true(g_ascii_isxdigit(hex[0]) && g_ascii_isxdigit(hex[1]));
		byte = (uint8_t)(g_ascii_xdigit_value(hex[0]) << 4 | g_ascii_xdigit_value(hex[1]));
		g_byte_array_append(bytes, &byte, 1);
		hex++;
	}
	return bytes;
}

GHashTable *options_new(const char *first_key, ...)
{
	GHashTable *options = g_hash_table_new(g_str_hash, g_str_equal);
	va_list args;

	va_start(args, first_key);
	for (const char *key = first_key; key != NULL; key = va_arg(args, const char *))
		g_hash_table_insert(options, (char *)key, va_arg(args, char *));
	va_end(args);
	return options;
}

static bool open_cable(struct port *self, const char *script, GError **error)
{
	g_auto(GStrv) lines = g_strsplit(script, "\n", -1);
	Cable *cable = g_new0(Cable, 1);

	cable->signs = g_array_new(FALSE, FALSE, sizeof(Sign));
	self->extra = cable;
	for (int i = 0; lines[i] != NULL; i++) {
		const char *line = g_strstrip(lines[i]);
		g_autoptr(GByteArray) bytes = NULL;
		Sign sign = { .kind = line[0], .line = i + 1 };

		if (line[0] == '\0' || line[0] == '#')
			continue;
		g_assert_nonnull(strchr("><.!", line[0]));
		bytes = hex_new(line + 1);
		if (bytes->len == 0)
			g_array_append_val(cable->signs, sign);
		for (guint n = 0; n < bytes->len; n++) {
			sign.byte = bytes->data[n];
			g_array_append_val(cable->signs, sign);
		}
	}
	return true;
}

static void close_cable(struct port *self)
{
	Cable *cable = self->extra;

	g_array_unref(cable->signs);
	g_free(cable);
}

static const Sign *peek(const struct port *self)
{
	const Cable *cable = self->extra;

	return cable->next < cable->signs->len ? &g_array_index(cable->signs, Sign, cable->next)
					       : NULL;
}

static void step(struct port *self)
{
	((Cable *)self->extra)->next++;
}

static bool write_cable(struct port *self, const uint8_t *data, size_t len, int timeout_ms,
			GError **error)
{
	for (size_t i = 0; i < len; i++, step(self)) {
		const Sign *sign = peek(self);

		if (sign != NULL && sign->kind == '!')
			return port_fail_offline(self, "hung up", error);
		if (sign == NULL || sign->kind != '>' || sign->byte != data[i])
			g_error("line %d: sent %02X, expected %c %02X",
				sign == NULL ? 0 : sign->line, data[i],
				sign == NULL ? '-' : sign->kind, sign == NULL ? 0 : sign->byte);
	}
	return true;
}

static gssize read_cable(struct port *self, uint8_t *data, size_t len, int timeout_ms,
			 GError **error)
{
	const Sign *sign = peek(self);

	if (sign != NULL && sign->kind == '!') {
		port_fail_offline(self, "hung up", error);
		return -1;
	}
	if (sign == NULL || sign->kind == '>')
		return 0;
	step(self);
	data[0] = sign->byte;
	return sign->kind == '<' ? 1 : 0;
}

static void discard_cable(struct port *self)
{
	const Sign *sign;

	while ((sign = peek(self)) != NULL && (sign->kind == '<' || sign->kind == '.'))
		step(self);
}

static const struct port_backend cable_backend = {
	.scheme = "cable",
	.takes_no_time = true,
	.open = open_cable,
	.close = close_cable,
	.write = write_cable,
	.read = read_cable,
	.discard = discard_cable,
};

struct port *cable_new(const char *script)
{
	g_autoptr(GError) error = NULL;
	struct port *port = port_new(&cable_backend, "cable:", script, NULL, &error);

	g_assert_no_error(error);
	return port;
}

bool cable_is_done(const struct port *port)
{
	const Sign *sign = peek(port);

	return sign == NULL || sign->kind == '!';
}

Bench bench_new(const char *driver, const char *script, GHashTable *options)
{
	g_autoptr(GError) error = NULL;
	Bench bench = { .port = cable_new(script), .driver = scale_driver_find(driver) };

	g_assert_nonnull(bench.driver);
	bench.scale = bench.driver->open(bench.port, options, &error);
	g_assert_no_error(error);
	return bench;
}

void bench_end(Bench *bench)
{
	g_assert_true(cable_is_done(bench->port));
	bench->driver->close(bench->scale);
	port_close(bench->port);
}

void expect_no_scale(const char *driver, const char *script, GHashTable *options, DeviceFault fault)
{
	g_autoptr(GError) error = NULL;
	struct port *port = cable_new(script);

	g_assert_null(scale_driver_find(driver)->open(port, options, &error));
	g_assert_error(error, DEVICE_FAULT, (int)fault);
	g_assert_true(cable_is_done(port));
	port_close(port);
}

void expect_reading(Bench *bench, ScaleState state, int64_t micro)
{
	g_autoptr(GError) error = NULL;
	ScaleReading reading;

	g_assert_true(bench->driver->read(bench->scale, &reading, &error));
	g_assert_no_error(error);
	g_assert_cmpstr(scale_state_code(reading.state), ==, scale_state_code(state));
	g_assert_cmpint(reading.net.micro, ==, micro);
}

void expect_fault(Bench *bench, DeviceFault fault)
{
	g_autoptr(GError) error = NULL;
	ScaleReading reading;

	g_assert_false(bench->driver->read(bench->scale, &reading, &error));
	g_assert_error(error, DEVICE_FAULT, (int)fault);
}
