/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/shtrih_sim.h"

#include <string.h>

/* Tags that a till may send (fiscal-model §8), and what their bytes must look like. */
typedef enum { TAG_TEXT, TAG_FIXED, TAG_NUMBER, TAG_VLN, TAG_BYTES, TAG_NESTED } TagType;
enum { IN_DOCUMENT = 1, IN_LINE = 2, INSIDE = 4, MAX_TAG_BYTES = 249 };

typedef struct {
	int tag;
	TagType type;
	size_t size; /* longest; exact for TAG_FIXED and TAG_NUMBER */
	int places;
} Tag;

static const Tag known[] = {
	{ 1008, TAG_TEXT, 64, IN_DOCUMENT },
	{ 1021, TAG_TEXT, 64, IN_DOCUMENT },
	{ 1203, TAG_FIXED, 12, IN_DOCUMENT },
	{ 1057, TAG_NUMBER, 1, IN_DOCUMENT },
	{ 1084, TAG_NESTED, 320, IN_DOCUMENT },
	{ 1085, TAG_TEXT, 64, INSIDE },
	{ 1086, TAG_TEXT, 256, INSIDE },
	{ 1117, TAG_TEXT, 64, IN_DOCUMENT },
	{ 1125, TAG_NUMBER, 1, IN_DOCUMENT },
	{ 1173, TAG_NUMBER, 1, IN_DOCUMENT },
	{ 1174, TAG_NESTED, 300, IN_DOCUMENT },
	{ 1177, TAG_TEXT, 256, INSIDE },
	{ 1178, TAG_NUMBER, 4, INSIDE },
	{ 1179, TAG_TEXT, 32, INSIDE },
	{ 1171, TAG_TEXT, 19, IN_DOCUMENT | INSIDE },
	{ 1192, TAG_TEXT, 16, IN_DOCUMENT },
	{ 1227, TAG_TEXT, 256, IN_DOCUMENT | INSIDE },
	{ 1228, TAG_FIXED, 12, IN_DOCUMENT | INSIDE },
	{ 1243, TAG_TEXT, 10, INSIDE },
	{ 1244, TAG_TEXT, 3, INSIDE },
	{ 1245, TAG_TEXT, 2, INSIDE },
	{ 1246, TAG_TEXT, 64, INSIDE },
	{ 1254, TAG_TEXT, 256, INSIDE },
	{ 1256, TAG_NESTED, 512, IN_DOCUMENT },
	{ 1162, TAG_BYTES, 32, IN_LINE },
	{ 1163, TAG_NESTED, 256, IN_LINE },
	{ 1191, TAG_TEXT, 64, IN_LINE },
	{ 1197, TAG_TEXT, 16, IN_LINE },
	{ 1222, TAG_NUMBER, 1, IN_LINE },
	{ 1224, TAG_NESTED, 512, IN_LINE },
	{ 1225, TAG_TEXT, 256, INSIDE },
	{ 1226, TAG_FIXED, 12, IN_LINE },
	{ 1229, TAG_VLN, 6, IN_LINE },
	{ 1230, TAG_TEXT, 3, IN_LINE },
	{ 1231, TAG_TEXT, 32, IN_LINE },
	{ 1260, TAG_NESTED, 512, IN_LINE },
	{ 1262, TAG_TEXT, 3, INSIDE },
	{ 1263, TAG_TEXT, 32, INSIDE },
	{ 1264, TAG_TEXT, 32, INSIDE },
	{ 1265, TAG_TEXT, 256, INSIDE },
	{ 1291, TAG_NESTED, 52, IN_LINE },
	{ 1293, TAG_VLN, 8, INSIDE },
	{ 1294, TAG_VLN, 8, INSIDE },
	{ 1300, TAG_TEXT, 32, INSIDE },
	{ 1301, TAG_FIXED, 8, INSIDE },
	{ 1302, TAG_FIXED, 13, INSIDE },
	{ 1303, TAG_FIXED, 14, INSIDE },
	{ 1304, TAG_TEXT, 38, INSIDE },
	{ 1305, TAG_TEXT, 38, INSIDE },
	{ 2003, TAG_NUMBER, 1, IN_LINE },
	{ 2108, TAG_NUMBER, 1, IN_LINE },
};

static const Tag *find(int tag)
{
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
		if (known[i].tag == tag)
			return &known[i];
	return NULL;
}

static bool printable(const uint8_t *data, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (data[i] < 0x20 || data[i] == 0x7F)
			return false;
	return true;
}

static uint8_t check_value(const Tag *tag, const uint8_t *data, size_t len)
{
	if (len == 0 || len > tag->size)
		return len == 0 ? E_FN_PARAMETER : E_FN_TLV_SIZE;
	switch (tag->type) {
	case TAG_FIXED:
		return len == tag->size && printable(data, len) ? E_OK : E_FN_PARAMETER;
	case TAG_TEXT:
		return printable(data, len) ? E_OK : E_FN_PARAMETER;
	case TAG_NUMBER:
		return len == tag->size ? E_OK : E_FN_PARAMETER;
	case TAG_VLN: /* the shortest form: no zero on top */
		return len == 1 || data[len - 1] != 0 ? E_OK : E_FN_PARAMETER;
	default:
		return E_OK;
	}
}

static void describe(GString *words, const Tag *tag, const uint8_t *data, size_t len)
{
	g_autofree char *text = NULL;

	if (tag->type != TAG_TEXT && tag->type != TAG_FIXED) {
		g_string_append_printf(words, " tag %d (%zu bytes)", tag->tag, len);
		return;
	}
	text = shtrih_text_new(data, len, "CP866");
	g_string_append_printf(words, " tag %d “%s”", tag->tag, text);
}

static uint8_t check(const uint8_t *data, size_t len, int place, GString *words)
{
	while (len > 0) {
		const Tag *tag;
		size_t size;
		uint8_t error;

		if (len < 4)
			return E_FN_PARAMETER;
		tag = find((int)shtrih_unsigned(data, 2));
		size = (size_t)shtrih_unsigned(data + 2, 2);
		if (tag == NULL || !(tag->places & place) || size > len - 4)
			return E_FN_PARAMETER;
		describe(words, tag, data + 4, size);
		error = check_value(tag, data + 4, size);
		if (error == E_OK && tag->type == TAG_NESTED)
			error = check(data + 4, size, INSIDE, words);
		if (error != E_OK)
			return error;
		data += 4 + size;
		len -= 4 + size;
	}
	return E_OK;
}

uint8_t shtrih_tags_check(const uint8_t *data, size_t len, ShtrihTagPlace place, GString *words)
{
	if (len == 0)
		return E_FN_PARAMETER;
	if (len > MAX_TAG_BYTES)
		return E_FN_TLV_SIZE;
	return check(data, len, place == TAGS_OF_LINE ? IN_LINE : IN_DOCUMENT, words);
}

char *shtrih_tags_dup_text(const GByteArray *tags, int tag)
{
	for (unsigned at = 0; at + 4 <= tags->len;) {
		size_t size = (size_t)shtrih_unsigned(tags->data + at + 2, 2);

		if (shtrih_unsigned(tags->data + at, 2) == tag && at + 4 + size <= tags->len)
			return shtrih_text_new(tags->data + at + 4, size, "CP866");
		at += 4 + (unsigned)size;
	}
	return NULL;
}

static const uint8_t *find_value(const uint8_t *data, size_t len, int tag, size_t *ret_len)
{
	for (size_t at = 0; at + 4 <= len;) {
		size_t size = (size_t)shtrih_unsigned(data + at + 2, 2);

		if (size > len - at - 4)
			break;
		if (shtrih_unsigned(data + at, 2) == tag) {
			*ret_len = size;
			return data + at + 4;
		}
		at += 4 + size;
	}
	return NULL;
}

const uint8_t *shtrih_sim_tags_find(const GByteArray *tags, int outer, int tag, size_t *len)
{
	const uint8_t *data = tags->data;
	size_t size = tags->len;

	if (outer != 0)
		data = find_value(data, size, outer, &size);
	return data != NULL ? find_value(data, size, tag, len) : NULL;
}

char *shtrih_sim_tags_dup_id(const GByteArray *tags)
{
	size_t len = 0;
	const uint8_t *value = shtrih_sim_tags_find(tags, 1084, 1086, &len);

	if (value == NULL)
		value = shtrih_sim_tags_find(tags, 0, 1192, &len);
	return value != NULL ? shtrih_text_new(value, len, "CP866") : g_strdup("");
}

void shtrih_tag_put(GByteArray *ret, int tag, const uint8_t *data, size_t len)
{
	shtrih_put(ret, (uint64_t)tag, 2);
	shtrih_put(ret, len, 2);
	g_byte_array_append(ret, data, (unsigned)len);
}

void shtrih_tag_put_number(GByteArray *ret, int tag, uint64_t value, size_t len)
{
	shtrih_put(ret, (uint64_t)tag, 2);
	shtrih_put(ret, len, 2);
	shtrih_put(ret, value, len);
}

void shtrih_tag_put_vln(GByteArray *ret, int tag, uint64_t value)
{
	size_t len = 1;

	while (len < 8 && value >> (8 * len) != 0)
		len++;
	shtrih_tag_put_number(ret, tag, value, len);
}

void shtrih_tag_put_text(GByteArray *ret, int tag, const char *text, size_t fixed_len)
{
	gsize len = 0;
	g_autofree char *bytes =
		g_convert_with_fallback(text, -1, "CP866", "UTF-8", "?", NULL, &len, NULL);
	g_autofree char *padded = g_strnfill(MAX(len, fixed_len), ' ');

	memcpy(padded, bytes, len);
	shtrih_tag_put(ret, tag, (const uint8_t *)padded, MAX(len, fixed_len));
}
