/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/scale/scale_platform.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <string.h>

enum {
	MG_PER_G = 1000,
	MG_PER_KG = 1000 * MG_PER_G,
	ZERO_PERCENT = 2, /* of Max, to each side (OIML R76: 4 % in all) */
	OVERLOAD_DIVISIONS = 9, /* over Max, until the glass goes blank (OIML R76) */
	NOISE_SEED = 8217,
};

static int64_t setting(const ScalePlatform *self, int fault, int or_else)
{
	return sim_faults_setting(self->context->faults, fault, or_else);
}

int64_t platform_max(const ScalePlatform *self)
{
	return setting(self, PLATFORM_MAX, 15000) * MG_PER_G;
}

int64_t platform_min(const ScalePlatform *self)
{
	return setting(self, PLATFORM_MIN, 20) * MG_PER_G;
}

int64_t platform_division(const ScalePlatform *self)
{
	return MAX(setting(self, PLATFORM_DIVISION, 1), 1) * MG_PER_G;
}

static int64_t zero_range(const ScalePlatform *self)
{
	return platform_max(self) * ZERO_PERCENT / 100;
}

void platform_flag(ScalePlatform *self, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	sim_log_words(self->context->log, "FLAG: %s", text);
}

/* ---- memory */

static const struct {
	const char *key;
	size_t offset;
} state_numbers[] = {
	{ "load_mg", offsetof(ScalePlatform, load) },
	{ "drift_mg", offsetof(ScalePlatform, drift) },
	{ "zero_mg", offsetof(ScalePlatform, zero) },
	{ "tare_mg", offsetof(ScalePlatform, tare) },
};

static int64_t *number_at(ScalePlatform *self, size_t i)
{
	return (int64_t *)((char *)self + state_numbers[i].offset);
}

static bool save(ScalePlatform *self, GError **error)
{
	json_t *root = json_object();
	char *text;
	bool done;

	if (self->context->state_path == NULL) {
		json_decref(root);
		return true;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(state_numbers); i++)
		json_object_set_new(root, state_numbers[i].key, json_integer(*number_at(self, i)));
	text = json_dumps(root, JSON_INDENT(1) | JSON_SORT_KEYS);
	json_decref(root);
	done = g_file_set_contents_full(self->context->state_path, text, -1,
					G_FILE_SET_CONTENTS_CONSISTENT, 0644, error);
	free(text);
	return done;
}

/* A failure ends the run: a scale that forgets its tare must not go on weighing. */
static void keep(ScalePlatform *self)
{
	if (self->context->failure == NULL)
		save(self, &self->context->failure);
}

static bool load(ScalePlatform *self, GError **error)
{
	const char *path = self->context->state_path;
	bool done = true;
	json_t *root;

	if (path == NULL || !g_file_test(path, G_FILE_TEST_EXISTS))
		return true;
	root = json_load_file(path, 0, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(state_numbers); i++) {
		const json_t *number = json_object_get(root, state_numbers[i].key);

		done = done && json_is_integer(number);
		*number_at(self, i) = json_integer_value(number);
	}
	json_decref(root);
	if (!done)
		g_set_error(
			error, SIM_ERROR, SIM_ERROR_STATE,
			_("%s is not the memory of this simulator; move it away to start anew."),
			path);
	return done;
}

/* What lies there at power-up becomes zero, if it is as little as zero can mend. */
static void power_up(ScalePlatform *self)
{
	int64_t there = self->load + self->drift;

	self->zero_error = ABS(there) > zero_range(self);
	self->zero = self->zero_error ? 0 : there;
	if (self->zero_error)
		sim_log_words(self->context->log, "loaded at power-up: %" G_GINT64_FORMAT " mg",
			      there);
}

ScalePlatform *platform_new(SimContext *context, GError **error)
{
	ScalePlatform *self = g_new0(ScalePlatform, 1);

	self->context = context;
	self->noise = g_rand_new_with_seed(NOISE_SEED);
	self->last = g_byte_array_new();
	if (load(self, error)) {
		power_up(self);
		if (save(self, error))
			return self;
	}
	platform_free(self);
	return NULL;
}

void platform_free(ScalePlatform *self)
{
	if (self == NULL)
		return;
	g_rand_free(self->noise);
	g_byte_array_unref(self->last);
	g_free(self);
}

/* ---- weighing */

/* Half away from zero, as a glass does. */
static int64_t round_to(int64_t mg, int64_t division)
{
	int64_t half = mg < 0 ? -division / 2 : division / 2;

	return (mg + half) / division * division;
}

static bool is_moving(const ScalePlatform *self)
{
	return self->settles_at != 0 && g_get_monotonic_time() < self->settles_at;
}

static int64_t noise_of(ScalePlatform *self)
{
	int most = (int)setting(self, PLATFORM_NOISE, 3);

	return (int64_t)g_rand_int_range(self->noise, -most, most + 1) * MG_PER_G;
}

static int64_t raw_gross(const ScalePlatform *self)
{
	return self->load + self->drift - self->zero;
}

/* What the faults of weighing make of the weight. */
static int64_t falsify(ScalePlatform *self, int64_t gross, PlatformReading *ret)
{
	SimFaults *faults = self->context->faults;
	int grams;

	if (sim_faults_take(faults, PLATFORM_NEVER_SETTLE, NULL))
		ret->moving = true;
	if (sim_faults_take(faults, PLATFORM_NEGATIVE, &grams))
		gross = -(int64_t)grams * MG_PER_G;
	if (sim_faults_take(faults, PLATFORM_JUMP, &grams)) {
		gross += self->jumped ? (int64_t)grams * MG_PER_G : 0;
		self->jumped = !self->jumped;
	}
	if (sim_faults_take(faults, PLATFORM_OVERLOAD, NULL))
		ret->overload = true;
	return gross;
}

bool platform_is_unready(ScalePlatform *self)
{
	return sim_faults_take(self->context->faults, PLATFORM_ZERO_ERROR, NULL) ||
	       self->zero_error;
}

void platform_read(ScalePlatform *self, PlatformReading *ret)
{
	int64_t division = platform_division(self), gross;

	*ret = (PlatformReading){ .moving = is_moving(self),
				  .zero_error = platform_is_unready(self) };
	gross = falsify(self, raw_gross(self), ret);
	if (ret->moving)
		gross += noise_of(self);
	ret->overload |= gross > platform_max(self) + OVERLOAD_DIVISIONS * division;
	ret->gross = round_to(gross, division);
	ret->tare = self->tare;
	ret->net = round_to(gross - self->tare, division);
	ret->is_net = self->tare != 0;
	ret->under = ret->gross < 0;
	ret->far_under = gross < -zero_range(self);
	ret->centre = !ret->moving && ABS(gross) * 4 <= division;
}

/* ---- zero and tare */

bool platform_zero(ScalePlatform *self)
{
	PlatformReading now;

	platform_read(self, &now);
	if (now.moving || now.overload || now.is_net || now.zero_error ||
	    ABS(self->load + self->drift) > zero_range(self)) {
		sim_log_words(self->context->log, "zero refused");
		return false;
	}
	self->zero = self->load + self->drift;
	keep(self);
	sim_log_words(self->context->log, "zeroed");
	return true;
}

bool platform_tare_load(ScalePlatform *self)
{
	PlatformReading now;

	platform_read(self, &now);
	if (now.moving || now.overload || now.under || now.zero_error) {
		sim_log_words(self->context->log, "tare refused");
		return false;
	}
	return platform_set_tare(self, now.gross);
}

bool platform_set_tare(ScalePlatform *self, int64_t tare)
{
	if (tare < 0 || tare > platform_max(self) || tare % platform_division(self) != 0) {
		sim_log_words(self->context->log, "tare refused");
		return false;
	}
	self->tare = tare;
	keep(self);
	sim_log_words(self->context->log, "tare %" G_GINT64_FORMAT " mg", tare);
	return true;
}

/* Zero tracking: what creeps by less than half a division is taken for zero. */
static void track_zero(ScalePlatform *self)
{
	int64_t gross = raw_gross(self);

	if (self->zero_error || self->tare != 0 || gross == 0 ||
	    ABS(gross) * 2 >= platform_division(self))
		return;
	self->zero += gross;
	keep(self);
}

/* ---- what people do to it */

static void moved(ScalePlatform *self)
{
	int64_t ms = setting(self, PLATFORM_SETTLE_MS, 800);

	self->settles_at = g_get_monotonic_time() + ms * 1000;
	keep(self);
}

/* "-12.5": grams with up to three decimals. */
static bool parse_grams(const char *text, int64_t *ret)
{
	bool minus = *text == '-';
	int64_t mg = 0, unit = MG_PER_G;

	text += minus;
	if (!g_ascii_isdigit(*text))
		return false;
	for (; g_ascii_isdigit(*text) && mg < 100 * (int64_t)MG_PER_KG; text++)
		mg = mg * 10 + (*text - '0') * MG_PER_G;
	if (*text == '.')
		while (g_ascii_isdigit(*++text) && unit > 1)
			mg += (*text - '0') * (unit /= 10);
	*ret = minus ? -mg : mg;
	return *text == '\0';
}

bool platform_control(ScalePlatform *self, const char *line)
{
	int64_t mg;

	if (g_str_has_prefix(line, "put ") && parse_grams(line + 4, &mg)) {
		self->load = mg;
		moved(self);
	} else if (strcmp(line, "clear") == 0) {
		self->load = 0;
		moved(self);
	} else if (strcmp(line, "jump") == 0) {
		self->load += MG_PER_KG;
		keep(self);
	} else if (g_str_has_prefix(line, "drift ") && parse_grams(line + 6, &mg)) {
		self->drift = mg;
		keep(self);
		track_zero(self);
	} else if (strcmp(line, "zero") == 0) {
		platform_zero(self);
	} else if (strcmp(line, "tare") == 0) {
		platform_tare_load(self);
	} else {
		return false;
	}
	return true;
}

int64_t platform_deadline(const ScalePlatform *self)
{
	return self->settles_at != 0 ? self->settles_at : G_MAXINT64;
}

void platform_tick(ScalePlatform *self, int64_t now)
{
	if (self->settles_at == 0 || now < self->settles_at)
		return;
	self->settles_at = 0;
	track_zero(self);
	sim_log_words(self->context->log, "settled at %" G_GINT64_FORMAT " mg", raw_gross(self));
}

/* ---- the cable's end of it */

void platform_hear(ScalePlatform *self, const uint8_t *data, size_t len)
{
	if (setting(self, PLATFORM_ECHO, -1) >= 0)
		sim_send(self->context, data, len);
}

void platform_answer(ScalePlatform *self, const uint8_t *data, size_t len)
{
	g_autoptr(GByteArray) both = g_byte_array_new();

	if (self->last->len > 0 && sim_faults_take(self->context->faults, PLATFORM_STALE, NULL))
		g_byte_array_append(both, self->last->data, self->last->len);
	g_byte_array_append(both, data, (guint)len);
	g_byte_array_set_size(self->last, 0);
	g_byte_array_append(self->last, data, (guint)len);
	sim_send(self->context, both->data, both->len);
}

bool platform_is_busy(ScalePlatform *self)
{
	if (!sim_faults_take(self->context->faults, PLATFORM_BUSY, NULL))
		return false;
	sim_log_words(self->context->log, "fault: busy, no answer");
	return true;
}

char *platform_kilograms(int64_t mg, int digits, char pad)
{
	int64_t grams = ABS(mg) / MG_PER_G;
	char *text = g_strdup_printf("%0*" G_GINT64_FORMAT ".%03d", digits, grams / 1000,
				     (int)(grams % 1000));

	for (char *at = text; pad != '0' && at[0] == '0' && at[1] != '.'; at++)
		*at = pad;
	return text;
}
