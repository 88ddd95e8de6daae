/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/scale/scale_platform.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A CAS counter scale in its ECR mode (scale.md A1): ENQ, ACK, then DC1 for the weight or DC2 for
 * total, weight and unit price.
 *
 * Control lines beside the platform's:
 *   price N    the unit price on the keyboard, in the currency's smallest unit a kilogram
 *
 * Strict: DC1 or DC2 without ENQ before it is flagged and gets no answer, as is any other byte. */
enum { SOH = 0x01, STX = 0x02, ETX = 0x03, EOT = 0x04 };
enum { ENQ = 0x05, ACK = 0x06, NAK = 0x15, DC1 = 0x11, DC2 = 0x12 };
enum { MG_PER_KG = 1000000, MAX_PRICE = 9999999 };

enum {
	FAULT_NAK = PLATFORM_N_FAULTS,
	FAULT_BAD_SUM,
	FAULT_ACK_FOREVER,
	FAULT_BIT7,
	FAULT_WIDE,
	FAULT_BLANKS,
	FAULT_N,
};
static const SimFaultKind cas_faults[] = {
	PLATFORM_FAULTS,
	[FAULT_NAK] = { "nak", 1, SIM_COUNT_IS_VALUE, false,
			N_("answer VALUE ENQs with NAK: not ready") },
	[FAULT_BAD_SUM] = { "bad_sum", 1, SIM_COUNT_IS_VALUE, false,
			    N_("spoil the check sum of VALUE answers") },
	[FAULT_ACK_FOREVER] = { "ack_forever", 0, SIM_FOREVER, false,
				N_("answer ENQ with ACK, and what follows with nothing") },
	[FAULT_BIT7] = { "bit7", 0, SIM_FOREVER, false,
			 N_("setting: 7E1 on the line: bit 7 is the parity") },
	[FAULT_WIDE] = { "wide", 0, SIM_FOREVER, false,
			 N_("setting: the weight has seven characters") },
	[FAULT_BLANKS] = { "blanks", 0, SIM_FOREVER, false,
			   N_("setting: blanks instead of leading zeros") },
	[FAULT_N] = { NULL, 0, 0, false, NULL },
};

typedef struct {
	SimContext *context; /* borrowed */
	ScalePlatform *platform; /* owned */
	bool enquired; /* ENQ was answered with ACK */
	int64_t price;
	size_t n_bytes; /* that have come, for the log */
} Cas;

static bool is_set(const Cas *self, int fault)
{
	return sim_faults_setting(self->context->faults, fault, -1) >= 0;
}

/* Bit 7 makes the number of ones even. */
static uint8_t with_parity(uint8_t byte)
{
	return (uint8_t)(byte | (__builtin_popcount(byte) & 1) << 7);
}

static void set_parity(const Cas *self, uint8_t *data, size_t len)
{
	for (size_t i = 0; is_set(self, FAULT_BIT7) && i < len; i++)
		data[i] = with_parity(data[i]);
}

static void send_byte(Cas *self, uint8_t byte)
{
	set_parity(self, &byte, 1);
	sim_send(self->context, &byte, 1);
}

/* STX, @text, BCC, ETX. */
static void put_block(Cas *self, GByteArray *frame, const char *text)
{
	uint8_t bcc = 0;

	for (const char *at = text; *at != '\0'; at++)
		bcc ^= (uint8_t)*at;
	if (sim_faults_take(self->context->faults, FAULT_BAD_SUM, NULL))
		bcc ^= 0x15;
	g_byte_array_append(frame, (const uint8_t[]){ STX }, 1);
	g_byte_array_append(frame, (const uint8_t *)text, (guint)strlen(text));
	g_byte_array_append(frame, (const uint8_t[]){ bcc, ETX }, 2);
}

static void put_weight(Cas *self, GByteArray *frame, const PlatformReading *now)
{
	char pad = is_set(self, FAULT_BLANKS) ? ' ' : '0';
	char sign = now->overload ? 'F' : now->net < 0 ? '-' : ' ';
	g_autofree char *weight = platform_kilograms(now->overload ? 0 : now->net,
						     is_set(self, FAULT_WIDE) ? 3 : 2, pad);
	g_autofree char *text = g_strdup_printf(
		"%c%c%skg", now->moving && !now->overload ? 'U' : 'S', sign, weight);

	put_block(self, frame, text);
}

/* Eight characters with two decimals. */
static void put_money(Cas *self, GByteArray *frame, int64_t minor)
{
	g_autofree char *text =
		g_strdup_printf("%5" G_GINT64_FORMAT ".%02d", minor / 100, (int)(minor % 100));

	put_block(self, frame, text);
}

static void answer(Cas *self, bool with_price)
{
	g_autoptr(GByteArray) frame = g_byte_array_new();
	PlatformReading now;
	int64_t weight, total;

	platform_read(self->platform, &now);
	weight = now.overload ? 0 : MAX(now.net, 0);
	total = (weight * self->price + MG_PER_KG / 2) / MG_PER_KG;
	g_byte_array_append(frame, (const uint8_t[]){ SOH }, 1);
	if (with_price)
		put_money(self, frame, MIN(total, MAX_PRICE));
	put_weight(self, frame, &now);
	if (with_price)
		put_money(self, frame, self->price);
	g_byte_array_append(frame, (const uint8_t[]){ EOT }, 1);
	set_parity(self, frame->data, frame->len);
	platform_answer(self->platform, frame->data, frame->len);
}

static void enquire(Cas *self)
{
	SimFaults *faults = self->context->faults;

	sim_faults_count_frame(faults, ENQ);
	self->enquired = false;
	if (platform_is_busy(self->platform))
		return;
	if (sim_faults_take(faults, FAULT_NAK, NULL) || platform_is_unready(self->platform)) {
		send_byte(self, NAK);
		return;
	}
	self->enquired = true;
	send_byte(self, ACK);
}

static void ask(Cas *self, uint8_t command)
{
	bool enquired = self->enquired;

	self->enquired = false;
	if (!enquired) {
		platform_flag(self->platform, "byte %zu: %02X without ENQ and ACK before it",
			      self->n_bytes, command);
		return;
	}
	if (!sim_faults_take(self->context->faults, FAULT_ACK_FOREVER, NULL))
		answer(self, command == DC2);
}

static void take_byte(Cas *self, uint8_t byte)
{
	self->n_bytes++;
	if (is_set(self, FAULT_BIT7))
		byte &= 0x7F;
	if (byte == ENQ)
		enquire(self);
	else if (byte == DC1 || byte == DC2)
		ask(self, byte);
	else
		platform_flag(self->platform, "byte %zu: %02X is no request", self->n_bytes, byte);
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	Cas *self = data;

	platform_hear(self->platform, bytes, len);
	for (size_t i = 0; i < len; i++)
		take_byte(self, bytes[i]);
}

static bool control(void *data, const char *line)
{
	Cas *self = data;
	uint64_t price;

	if (!g_str_has_prefix(line, "price "))
		return platform_control(self->platform, line);
	if (!g_ascii_string_to_unsigned(line + 6, 10, 0, MAX_PRICE, &price, NULL))
		return false;
	self->price = (int64_t)price;
	return true;
}

static int64_t deadline(void *data)
{
	return platform_deadline(((Cas *)data)->platform);
}

static void tick(void *data, int64_t now, bool quiet)
{
	platform_tick(((Cas *)data)->platform, now);
}

static void stop(void *data)
{
	Cas *self = data;

	platform_free(self->platform);
	g_free(self);
}

static void *start(SimContext *context, GError **error)
{
	Cas *self = g_new0(Cas, 1);

	self->context = context;
	self->platform = platform_new(context, error);
	if (self->platform != NULL)
		return self;
	stop(self);
	return NULL;
}

const struct sim cas_sim = {
	.name = "scale-cas",
	.summary = N_("counter scale, CAS protocol (ENQ, DC1)"),
	.faults = cas_faults,
	.start = start,
	.stop = stop,
	.receive = receive,
	.deadline = deadline,
	.tick = tick,
	.control = control,
};
