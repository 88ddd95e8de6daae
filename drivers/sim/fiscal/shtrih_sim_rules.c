/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/shtrih_sim.h"

#include <string.h>

/* FF46's VAT byte in its bit form (§6.2). The two general rates change with the year, see below. */
static const ShtrihVat vats[N_VAT] = {
	{ 0x01, 20, "НДС 20%", "А", 1102, 1 },	  { 0x02, 10, "НДС 10%", "Б", 1103, 2 },
	{ 0x04, 0, "НДС 0%", "В", 1104, 5 },	  { 0x08, -1, "БЕЗ НДС", "Г", 1105, 6 },
	{ 0x10, 20, "НДС 20/120", "Д", 1106, 3 }, { 0x20, 10, "НДС 10/110", "Е", 1107, 4 },
	{ 0x81, 5, "НДС 5%", "Ж", 0, 7 },	  { 0x82, 7, "НДС 7%", "З", 0, 8 },
	{ 0x84, 5, "НДС 5/105", "И", 0, 9 },	  { 0x90, 7, "НДС 7/107", "К", 0, 10 },
};

/* From 2026 on the same bytes mean 22 % and 22/122. */
static const ShtrihVat vat_22 = { 0x01, 22, "НДС 22%", "А", 1102, 11 };
static const ShtrihVat vat_22_122 = { 0x10, 22, "НДС 22/122", "Д", 1106, 12 };

const ShtrihVat *shtrih_vat(const Shtrih *self, int index)
{
	g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc(shtrih_now(self));

	if (g_date_time_get_year(now) >= 2026 && vats[index].code == vat_22.code)
		return &vat_22;
	if (g_date_time_get_year(now) >= 2026 && vats[index].code == vat_22_122.code)
		return &vat_22_122;
	return &vats[index];
}

int shtrih_vat_find(int code)
{
	for (int i = 0; i < N_VAT; i++)
		if (vats[i].code == code)
			return i;
	return -1;
}

int64_t shtrih_vat_sum(const Shtrih *self, int index, int64_t gross)
{
	const ShtrihVat *vat = shtrih_vat(self, index);

	if (vat->rate <= 0)
		return 0;
	return (2 * gross * vat->rate + 100 + vat->rate) / (2 * (100 + vat->rate));
}

/* The wall clock as if it were UTC, which is what tag 1012 wants. */
int64_t shtrih_now(const Shtrih *self)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_local();

	return g_date_time_to_unix(now) + g_date_time_get_utc_offset(now) / G_USEC_PER_SEC +
	       self->state.clock_offset -
	       sim_faults_setting(self->context->faults, FAULT_CLOCK_WRONG, 0) * INT64_C(60);
}

bool shtrih_shift_too_long(Shtrih *self)
{
	const ShtrihState *state = &self->state;

	if (!state->shift_open)
		return false;
	return shtrih_now(self) - state->shift_opened_at >= SHIFT_SECONDS ||
	       sim_faults_take(self->context->faults, FAULT_SHIFT_24H, NULL);
}

uint8_t shtrih_mode(Shtrih *self)
{
	const ShtrihState *state = &self->state;

	if (state->receipt_open)
		return (uint8_t)(0x08 | state->receipt_type << 4);
	if (state->pending_date >= 0)
		return 6;
	if (!state->shift_open)
		return 4;
	return shtrih_shift_too_long(self) ? 3 : 2;
}

uint8_t shtrih_submode(const Shtrih *self)
{
	bool waits = self->state.unprinted->len > 0;

	if (self->state.no_paper || self->state.cover_open)
		return waits ? 2 : 1;
	if (self->printing)
		return 5;
	return waits ? 3 : 0;
}

uint16_t shtrih_flags(const Shtrih *self)
{
	/* Roll there, two decimals, optical sensor, head lever down; without paper the sensor is
	 * off. */
	uint16_t flags = self->state.no_paper ? 0x0212 : 0x0292;

	/* The roll is felt where it lies, the paper is seen where it leaves: near its end the roll
	 * is no longer felt. */
	if (self->state.low_paper)
		flags &= (uint16_t)~0x0002;
	return self->state.cover_open ? flags | 0x0400 : flags;
}

int64_t shtrih_receipt_total(const Shtrih *self)
{
	int64_t total = 0;

	for (unsigned i = 0; i < self->state.lines->len; i++)
		total += ((const ShtrihLine *)g_ptr_array_index(self->state.lines, i))->sum;
	return total;
}

int64_t shtrih_unsigned(const uint8_t *data, size_t len)
{
	uint64_t value = 0;

	for (size_t i = len; i > 0; i--)
		value = value << 8 | data[i - 1];
	return (int64_t)value;
}

void shtrih_put(GByteArray *answer, uint64_t value, size_t len)
{
	for (size_t i = 0; i < len; i++, value >>= 8)
		g_byte_array_append(answer, &(uint8_t){ (uint8_t)value }, 1);
}

void shtrih_put_time(GByteArray *answer, int64_t at, bool minutes_too)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at);

	shtrih_put(answer, (uint64_t)g_date_time_get_year(time) % 100, 1);
	shtrih_put(answer, (uint64_t)g_date_time_get_month(time), 1);
	shtrih_put(answer, (uint64_t)g_date_time_get_day_of_month(time), 1);
	if (!minutes_too)
		return;
	shtrih_put(answer, (uint64_t)g_date_time_get_hour(time), 1);
	shtrih_put(answer, (uint64_t)g_date_time_get_minute(time), 1);
}

/* Byte by byte: a hole in the code page costs one character, not the text. */
char *shtrih_text_new(const uint8_t *data, size_t len, const char *charset)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < len && data[i] != 0; i++) {
		g_autofree char *one =
			g_convert((const char *)data + i, 1, "UTF-8", charset, NULL, NULL, NULL);

		g_string_append(text, one == NULL || data[i] < 0x20 ? "?" : one);
	}
	return g_string_free(text, false);
}

char *shtrih_sum_new(int64_t kopecks)
{
	return g_strdup_printf("%s%" G_GINT64_FORMAT ".%02d", kopecks < 0 ? "-" : "",
			       ABS(kopecks) / 100, (int)(ABS(kopecks) % 100));
}

char *shtrih_quantity_new(int64_t micro)
{
	char *text = g_strdup_printf("%" G_GINT64_FORMAT ".%06d", micro / 1000000,
				     (int)(micro % 1000000));

	/* Three decimals as a registrar prints, more only where they say something. */
	for (size_t end = strlen(text); text[end - 1] == '0' && text[end - 4] != '.'; end--)
		text[end - 1] = '\0';
	return text;
}
