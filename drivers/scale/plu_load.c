/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/plu_load.h"

#include <string.h>

#define ANSWER_MS 1500 /* some write their flash first */
#define GAP_MS 500
#define ITEM_MS 6000
#define PAUSE_MS 5000 /* scale.md, "Till behaviour" */
#define N_TRIES 3

bool plu_fits(const char *what, int64_t value, int64_t max, GError **error)
{
	if (value >= 0 && value <= max)
		return true;
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED,
		    "%s %" G_GINT64_FORMAT " is not between 0 and %" G_GINT64_FORMAT, what, value,
		    max);
	return false;
}

void plu_append_number(GByteArray *bytes, int64_t value, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint8_t byte = (uint8_t)(value >> 8 * i);

		g_byte_array_append(bytes, &byte, 1);
	}
}

void plu_append_fill(GByteArray *bytes, uint8_t fill, size_t n)
{
	guint at = bytes->len;

	g_byte_array_set_size(bytes, at + (guint)n);
	memset(bytes->data + at, fill, n);
}

bool plu_letters_parse(GHashTable *options, LetterMap *ret, GError **error)
{
	const char *letters = options == NULL ? NULL : g_hash_table_lookup(options, "letters");

	ret->n = 0;
	return letters == NULL || letter_map_parse(letters, ret) ||
	       scale_bad_option("letters", letters, error);
}

static int find_letter(CodePage page, const LetterMap *letters, gunichar character)
{
	int found = codepage_find_near(page, character);

	return found >= 0 ? found : codepage_find_near(page, letter_map_find(letters, character));
}

static bool fail_letter(gunichar character, GError **error)
{
	char letter[8] = { 0 };

	g_unichar_to_utf8(character, letter);
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "the scale has no letter %s",
		    letter);
	return false;
}

bool plu_encode_name(CodePage page, const LetterMap *letters, const char *name, uint8_t *ret,
		     size_t max, size_t *ret_len, GError **error)
{
	g_autofree char *composed = codepage_compose(name);
	const char *rest = composed;
	gunichar character;
	size_t n = 0;

	if (composed == NULL) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "the name is not UTF-8");
		return false;
	}
	while ((rest = codepage_next(rest, &character)) != NULL) {
		int found = find_letter(page, letters, character);

		if (found < 0)
			return fail_letter(character, error);
		if (n < max)
			ret[n++] = (uint8_t)found;
	}
	*ret_len = n;
	return true;
}

/* Length of the first line of a name of @len, which is longer than @width. */
static size_t find_break(const uint8_t *name, size_t width)
{
	size_t at = width;

	while (at > 0 && name[at] != ' ')
		at--;
	return at > 0 ? at : width;
}

bool plu_encode_lines(CodePage page, const LetterMap *letters, const char *name, size_t width,
		      uint8_t fill, uint8_t *ret, GError **error)
{
	uint8_t encoded[2 * PLU_WIDTH_MAX + 1]; /* and the blank between them */
	size_t len, first, second;

	g_assert(width <= PLU_WIDTH_MAX);
	if (!plu_encode_name(page, letters, name, encoded, 2 * width + 1, &len, error))
		return false;
	memset(ret, fill, 2 * width);
	first = len <= width ? len : find_break(encoded, width);
	memcpy(ret, encoded, first);
	if (first < len && encoded[first] == ' ')
		first++;
	second = MIN(len - first, width);
	memcpy(ret + width, encoded + first, second);
	return true;
}

static void name_item(const Plu *plu, GError **error)
{
	g_autofree char *name = g_utf8_make_valid(plu->name != NULL ? plu->name : "", -1);

	g_prefix_error(error, "PLU %u '%s': ", plu->number, name);
}

GPtrArray *plu_encode_all(const PluJob *job, const Plu *plus, int n, GError **error)
{
	g_autoptr(GPtrArray) messages =
		g_ptr_array_new_with_free_func((GDestroyNotify)g_byte_array_unref);

	for (int i = 0; i < n; i++) {
		GByteArray *message = NULL;

		/* Number 0 means all of them to some scales. */
		if (plus[i].number == 0)
			g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "no number");
		else
			message = job->encode(job->settings, &plus[i], error);
		if (message == NULL) {
			name_item(&plus[i], error);
			return NULL;
		}
		g_ptr_array_add(messages, message);
	}
	return g_steal_pointer(&messages);
}

bool plu_check(const PluJob *job, const Plu *plu, GError **error)
{
	g_autoptr(GPtrArray) messages = plu_encode_all(job, plu, 1, error);

	return messages != NULL;
}

typedef struct {
	ScaleLine *line; /* borrowed, as the others */
	const PluJob *job;
	const GByteArray *message;
} Item;

static bool send_item(void *data, GError **error)
{
	Item *item = data;

	return item->job->send(item->line, item->message, item->job->settings, error);
}

static bool may_pass(const GError *reason)
{
	return g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_BUSY) ||
	       g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_MEMORY_FULL);
}

static bool send_patiently(Item *item, GError **error)
{
	for (int i = 1;; i++) {
		GError *reason = NULL;

		scale_line_begin(item->line, ITEM_MS);
		if (scale_line_try(item->line, send_item, item, &reason))
			return true;
		if (i == N_TRIES || !may_pass(reason)) {
			g_propagate_error(error, reason);
			return false;
		}
		g_clear_error(&reason);
		if (!port_pause(item->line->port, PAUSE_MS, error))
			return false;
	}
}

bool plu_send_all(struct port *port, const PluJob *job, const GPtrArray *messages, const Plu *plus,
		  int *done, GError **error)
{
	ScaleLine line = { .port = port, .answer_ms = ANSWER_MS, .gap_ms = GAP_MS };

	*done = 0;
	for (guint i = 0; i < messages->len; i++) {
		Item item = { &line, job, g_ptr_array_index(messages, i) };

		if (!send_patiently(&item, error)) {
			name_item(&plus[i], error);
			return false;
		}
		(*done)++;
	}
	return true;
}

bool plu_load(struct port *port, const PluJob *job, const Plu *plus, int n, int *done,
	      GError **error)
{
	g_autoptr(GPtrArray) messages = NULL;

	*done = 0;
	port_set_class(port, "scale");
	messages = plu_encode_all(job, plus, n, error);
	return messages != NULL && plu_send_all(port, job, messages, plus, done, error);
}
