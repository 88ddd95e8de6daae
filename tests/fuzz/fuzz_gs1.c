/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/gs1.h"
#include "core/tobacco_pack.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was parsed lies in the text, in order, and is answered for without a fault. */
static void check(const Gs1 *gs1)
{
	const char *end = gs1->text + strlen(gs1->text);
	const char *before = gs1->text;
	char gtin[15];
	int32_t day;
	int64_t count;
	Quantity weight;
	Money price;

	g_assert_true(gs1->n_fields > 0 && gs1->n_fields <= GS1_MAX_FIELDS);
	for (int i = 0; i < gs1->n_fields; i++) {
		const Gs1Field *field = &gs1->fields[i];

		g_assert_true(field->value > before && field->value + field->len <= end);
		g_assert_true(gs1_find(gs1, field->ai) == field);
		gs1_get_date(gs1, field->ai, 2026, &day);
		before = field->value;
	}
	if (gs1_get_gtin(gs1, gtin) == GS1_FOUND)
		g_assert_cmpuint(strlen(gtin), ==, 14);
	if (gs1_get_net_weight(gs1, &weight) == GS1_FOUND)
		g_assert_cmpint(weight.micro, >=, 0);
	if (gs1_get_price(gs1, 643, &price) == GS1_FOUND)
		g_assert_cmpint(price.minor, >=, 0);
	if (gs1_get_count(gs1, &count) == GS1_FOUND)
		g_assert_cmpint(count, >=, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	g_auto(Gs1) gs1 = { 0 };
	TobaccoPack pack;

	if (gs1_parse(text, &gs1, NULL))
		check(&gs1);
	gs1_is_likely(text);
	if (tobacco_pack_parse(text, &pack))
		g_assert_cmpint(pack.price_kopecks, >=, 0);
	return 0;
}
