/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/gs1.h"

#include "core/barcode.h"
#include "core/gs1_rule.h"

#include <string.h>

G_DEFINE_QUARK(gs1 - error - quark, gs1_error)

#define SEPARATORS "\x1D|~"
#define LIKELY_LONGER_THAN 25 /* §8, rule 2 */
/* Without separators: a marking code with its tail has some 130 characters. */
enum { LOST_MAX = 192 };

void gs1_clear(Gs1 *self)
{
	g_clear_pointer(&self->text, g_free);
	self->n_fields = 0;
}

static bool bad(GError **error, const char *at, const char *why)
{
	g_set_error(error, GS1_ERROR, GS1_ERROR_BAD, "at '%.4s': %s", at, why);
	return false;
}

const Gs1Field *gs1_find(const Gs1 *self, const char *ai)
{
	for (int i = 0; i < self->n_fields; i++)
		if (gs1_ai_matches(ai, self->fields[i].ai))
			return &self->fields[i];
	return NULL;
}

/* Two different GTINs, or batches, in one symbol are no statement at all. */
static bool add_field(Gs1 *self, const char *at, size_t ai_len, size_t len, GError **error)
{
	Gs1Field field = { .value = at + ai_len, .len = len };
	const Gs1Field *before;

	memcpy(field.ai, at, ai_len);
	before = gs1_find(self, field.ai);
	if (before != NULL && (before->len != len || memcmp(before->value, field.value, len) != 0))
		return bad(error, at, "said twice, and differently");
	if (before != NULL)
		return true;
	if (self->n_fields == GS1_MAX_FIELDS)
		return bad(error, at, "too many fields");
	self->fields[self->n_fields++] = field;
	return true;
}

/* By the separators alone. */
static bool split(Gs1 *self, GError **error)
{
	const char *at = self->text;

	for (;;) {
		const Gs1Rule *rule;
		size_t ai_len, len;

		at += strspn(at, SEPARATORS);
		if (*at == '\0')
			break;
		rule = gs1_rule_find(at);
		if (rule == NULL)
			return bad(error, at, "no application identifier");
		ai_len = strlen(rule->ai);
		len = strcspn(at + ai_len, SEPARATORS);
		if (gs1_rule_is_predefined(rule))
			len = MIN(len, rule->max);
		if (!gs1_rule_fits(rule, at + ai_len, len))
			return bad(error, at, "the value does not fit its kind");
		if (!add_field(self, at, ai_len, len, error))
			return false;
		at += ai_len + len;
	}
	return self->n_fields > 0 || bad(error, "", "nothing in it");
}

/* In how many ways the text reads from each place on, 2 standing for more; and where the field
 * there ends in the first of them. */
typedef struct {
	uint8_t ways[LOST_MAX + 1];
	uint8_t end[LOST_MAX + 1];
} Readings;

static void count_at(Readings *self, const char *text, size_t n, size_t at)
{
	const Gs1Rule *rule = gs1_rule_find(text + at);
	size_t begin;

	if (rule == NULL)
		return;
	begin = at + strlen(rule->ai);
	for (size_t end = begin + rule->min; end <= MIN(n, begin + rule->max); end++) {
		if (self->ways[end] == 0 || !gs1_rule_fits(rule, text + begin, end - begin) ||
		    (rule->date && !gs1_is_day(text + begin)))
			continue;
		if (self->ways[at] == 0)
			self->end[at] = (uint8_t)end;
		self->ways[at] = (uint8_t)MIN(2, self->ways[at] + self->ways[end]);
	}
}

static bool count_readings(const char *text, Readings *ret)
{
	size_t n = strlen(text);

	*ret = (Readings){ 0 };
	if (n == 0 || n > LOST_MAX)
		return false;
	ret->ways[n] = 1;
	for (size_t at = n; at-- > 0;)
		count_at(ret, text, n, at);
	return true;
}

/* The separators were lost: the only reading, if there is only one (§6.4). */
static bool split_lost(Gs1 *self, const Readings *readings, GError **error)
{
	size_t n = strlen(self->text);

	self->n_fields = 0;
	for (size_t at = 0; at < n; at = readings->end[at]) {
		size_t ai_len = strlen(gs1_rule_find(self->text + at)->ai);

		if (!add_field(self, self->text + at, ai_len, readings->end[at] - at - ai_len,
			       error))
			return false;
	}
	return true;
}

/* @failure is what split() said. */
static bool try_lost(Gs1 *self, GError *failure, GError **error)
{
	Readings readings;

	if (strpbrk(self->text, SEPARATORS) != NULL || !count_readings(self->text, &readings) ||
	    readings.ways[0] == 0) {
		g_propagate_error(error, failure);
		return false;
	}
	g_error_free(failure);
	if (readings.ways[0] > 1) {
		g_set_error(error, GS1_ERROR, GS1_ERROR_AMBIGUOUS, "reads in several ways");
		return false;
	}
	return split_lost(self, &readings, error);
}

static bool is_unsure(const char *text)
{
	Readings readings;

	return strpbrk(text, SEPARATORS) == NULL && count_readings(text, &readings) &&
	       readings.ways[0] > 1;
}

bool gs1_parse(const char *text, Gs1 *ret, GError **error)
{
	g_auto(Gs1) found = { .text = g_strdup(text) };
	GError *failure = NULL;

	if (split(&found, &failure))
		found.unsure = is_unsure(text);
	else if (!try_lost(&found, failure, error))
		return false;

	*ret = found;
	found.text = NULL; /* it is *ret's now */
	return true;
}

bool gs1_is_likely(const char *text)
{
	return strlen(text) > LIKELY_LONGER_THAN && text[0] == '0' && text[1] == '1' &&
	       gs1_rule_fits(gs1_rule_find(text), text + 2, 14);
}
