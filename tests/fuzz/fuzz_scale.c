/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/cas.h"
#include "drivers/scale/dialog06.h"
#include "drivers/scale/line.h"
#include "drivers/scale/massa.h"
#include "drivers/scale/massa_frame.h"
#include "drivers/scale/mt8217.h"
#include "drivers/scale/pos2.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What every reading must keep, whoever made it. */
static void check(bool ok, const ScaleReading *reading, const GError *error)
{
	const ScaleLimits limits = { { 40000 }, { 15000000 } };
	ScaleReading limited = *reading;

	if (!ok) {
		g_assert_nonnull(error);
		g_assert_true(error->domain == DEVICE_FAULT);
		return;
	}
	g_assert_no_error(error);
	g_assert_cmpint(reading->state, <, SCALE_N_STATES);
	if (reading->state == SCALE_STABLE)
		g_assert_cmpint(reading->net.micro, >, 0);
	scale_limits_apply(&limits, &limited);
}

static void try_pos2(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	Pos2Body body;
	Pos2Channel channel;
	ScaleReading reading = { 0 };
	bool ok;

	if (pos2_frame_last(data, size, &body) == POS2_NONE)
		return;
	g_assert_cmpuint(body.len, <=, POS2_BODY_MAX);
	if (!pos2_decode_channel(&body, &channel, NULL))
		channel.power = 0;
	ok = pos2_decode(&body, channel.power, &reading, &error);
	check(ok, &reading, error);
}

static void try_orders(const uint8_t *data, size_t size)
{
	uint8_t status;

	if (massa_decode_done(data, size, 0x27, NULL))
		g_assert_true(massa_is_whole(data, size));
	if (mt8217_decode_status(data, size, &status, NULL))
		g_assert_true(mt8217_is_whole(data, size));
}

typedef bool (*Decode)(const uint8_t *bytes, size_t len, ScaleReading *ret, GError **error);

static bool decode_dialog06(const uint8_t *bytes, size_t len, ScaleReading *ret, GError **error)
{
	int code;

	if (dialog06_decode_status(bytes, len, &code, NULL))
		return dialog06_judge_status(code, ret, error);
	return dialog06_decode(bytes, len, 899, 6, ret, error);
}

/* The first byte chooses the scale, the others are its answer. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const Decode decode[] = { cas_decode, mt8217_decode, massa_decode, decode_dialog06 };
	static const ScaleIsWhole is_whole[] = { cas_is_whole, mt8217_is_whole, massa_is_whole,
						 dialog06_is_whole };
	g_autoptr(GError) error = NULL;
	ScaleReading reading = { 0 };
	size_t which;
	bool ok;

	if (size < 2) /* nothing is heard as a silence, not as an answer */
		return 0;
	which = data[0] % 5;
	if (which == G_N_ELEMENTS(decode)) {
		try_pos2(data + 1, size - 1);
		return 0;
	}
	ok = decode[which](data + 1, size - 1, &reading, &error);
	check(ok, &reading, error);
	if (ok)
		g_assert_true(is_whole[which](data + 1, size - 1));
	try_orders(data + 1, size - 1);
	return 0;
}
