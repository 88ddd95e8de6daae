/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/json_members.h"

G_DEFINE_QUARK(baraa - json - members - error, json_members_error)

bool json_member_refuse(GError **error, const char *format, ...)
{
	va_list args;

	if (error != NULL) {
		va_start(args, format);
		*error = g_error_new_valist(JSON_MEMBERS_ERROR, 0, format, args);
		va_end(args);
	}
	return false;
}

static bool is_known(const JsonMember *members, const char *name)
{
	while (members->name != NULL && !g_str_equal(members->name, name))
		members++;
	return members->name != NULL || g_str_equal(name, "note");
}

static bool read_member(const json_t *json, const JsonMember *member, void *ret, GError **error)
{
	const json_t *value = json_object_get(json, member->name);
	GError *why = NULL;

	if (value == NULL)
		return json_member_refuse(error, "'%s' is missing", member->name);
	if (member->read(value, (char *)ret + member->offset, &why))
		return true;
	if (why == NULL)
		return json_member_refuse(error, "'%s' has a value that cannot be", member->name);
	g_propagate_prefixed_error(error, why, "in '%s': ", member->name);
	return false;
}

bool json_read_members(const json_t *json, const JsonMember *members, void *ret, GError **error)
{
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)json, name, value) if (
		!is_known(members,
			  name)) return json_member_refuse(error, "'%s' is no member that we know",
							   name);
	for (const JsonMember *member = members; member->name != NULL; member++)
		if (!read_member(json, member, ret, error))
			return false;
	return true;
}

bool json_member_text(const json_t *value, void *ret, GError **error)
{
	const char *text = json_string_value(value);

	for (const char *at = text; at != NULL && *at != '\0'; at = g_utf8_next_char(at))
		if (!g_unichar_isprint(g_utf8_get_char(at)))
			return false;
	*(const char **)ret = text;
	return text != NULL;
}

bool json_member_word(const json_t *value, void *ret, GError **error)
{
	return json_member_text(value, ret, error) && **(const char **)ret != '\0';
}

bool json_member_words(const json_t *value, void *ret, GError **error)
{
	size_t n = json_array_size(value);
	const char **words;

	if (!json_is_array(value))
		return false;
	*(const char ***)ret = words = g_new0(const char *, n + 1);
	for (size_t i = 0; i < n; i++)
		if (!json_member_word(json_array_get(value, i), &words[i], error))
			return false;
	return true;
}

bool json_member_flag(const json_t *value, void *ret, GError **error)
{
	*(bool *)ret = json_is_true(value);
	return json_is_boolean(value);
}

bool json_member_whole(const json_t *value, int64_t min, int64_t max, int64_t *ret)
{
	*ret = json_integer_value(value);
	return json_is_integer(value) && *ret >= min && *ret <= max;
}

bool json_member_choice(const json_t *value, const char *const *words, size_t n, int *ret)
{
	for (size_t i = 0; json_is_string(value) && i < n; i++) {
		if (g_str_equal(words[i], json_string_value(value))) {
			*ret = (int)i;
			return true;
		}
	}
	return false;
}
