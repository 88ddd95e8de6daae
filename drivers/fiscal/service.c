/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/service.h"

#include "core/json_values.h"
#include "drivers/codepage.h"
#include "drivers/fiscal/json_amount.h"

#include <string.h>

bool service_fail(struct port *port, DeviceFault fault, const char *text, GError **error)
{
	g_set_error(error, DEVICE_FAULT, (int)fault, "%s: %s", port_get_address(port), text);
	return false;
}

bool service_call(struct port *port, const char *method, const char *path, const char *body,
		  int timeout_ms, guint *ret_status, json_t **ret, GError **error)
{
	g_autoptr(GBytes) sent = body != NULL ? g_bytes_new(body, strlen(body)) : NULL;
	g_autoptr(GBytes) answer = NULL;
	const char *text;
	gsize len;

	if (!port_http(port, method, path, body != NULL ? "application/json" : NULL, sent,
		       timeout_ms, ret_status, &answer, error))
		return false;
	text = g_bytes_get_data(answer, &len);
	*ret = text != NULL ? json_amount_loads(text, len, NULL) : NULL;
	return true;
}

const char *service_get_text(const json_t *json, const char *key)
{
	return json_read_text(json, key);
}

bool service_read_u32(const json_t *json, const char *key, uint32_t *ret)
{
	int64_t value;

	if (!json_amount_read(json_read_text(json, key), 0, &value) || value < 0 ||
	    value > UINT32_MAX)
		return false;
	*ret = (uint32_t)value;
	return true;
}

bool service_read_amount(const json_t *json, const char *key, int64_t *ret)
{
	return json_amount_read(json_read_text(json, key), 2, ret);
}

bool service_read_flag(const json_t *json, const char *key, bool *ret)
{
	const char *text = json_read_text(json, key);

	if (text == NULL)
		return json_read_bool(json, key, ret);
	if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
		return false;
	*ret = text[0] == 't';
	return true;
}

bool service_has_flag(const json_t *json, const char *key)
{
	bool value;

	return service_read_flag(json, key, &value) && value;
}

bool service_copy_word(char *ret, size_t size, const char *text)
{
	if (text == NULL || !g_str_is_ascii(text) || strlen(text) >= size)
		return false;
	g_strlcpy(ret, text, size);
	return true;
}

void service_copy_time(char *ret, size_t size, const char *text)
{
	static const char pattern[] = "0000-00-00T00:00";

	for (size_t i = 0; i < sizeof pattern - 1; i++) {
		if (text == NULL ||
		    (pattern[i] == '0' ? !g_ascii_isdigit(text[i]) : text[i] != pattern[i]))
			return;
	}
	if (g_str_is_ascii(text))
		g_strlcpy(ret, text, MIN(size, sizeof "0000-00-00T00:00:00"));
}

bool service_read_time(const json_t *json, const char *key, GTimeZone *zone, int64_t *ret)
{
	const char *text = json_read_text(json, key);
	g_autoptr(GDateTime) time = text != NULL ? g_date_time_new_from_iso8601(text, zone) : NULL;

	if (time == NULL)
		return false;
	*ret = g_date_time_to_unix(time) * G_USEC_PER_SEC;
	return true;
}

char *service_time_dup(int64_t at, GTimeZone *zone, const char *format)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_timezone(utc, zone) : NULL;

	return local != NULL ? g_date_time_format(local, format) : NULL;
}

GTimeZone *service_zone_new(const char *name)
{
	return name != NULL ? g_time_zone_new_identifier(name) : g_time_zone_new_local();
}

char *service_text_dup(const char *text, size_t max)
{
	g_autofree char *composed = codepage_compose(text);
	const char *at = composed != NULL ? composed : text;
	GString *ret = g_string_new(NULL);
	gunichar letter;

	for (size_t n = 0; n < max && (at = codepage_next(at, &letter)) != NULL; n++)
		g_string_append_unichar(ret, letter);
	return g_string_free(ret, FALSE);
}

bool service_option_bad(const char *key, const char *value, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "[fiscal] %s=%s is not known",
		    key, value);
	return false;
}

bool service_option_number(GHashTable *options, const char *key, guint64 min, guint64 max,
			   guint64 *ret, GError **error)
{
	const char *value = g_hash_table_lookup(options, key);

	return value == NULL || g_ascii_string_to_unsigned(value, 10, min, max, ret, NULL) ||
	       service_option_bad(key, value, error);
}

bool service_option_text(GHashTable *options, const char *key, char *ret, size_t size,
			 GError **error)
{
	const char *value = g_hash_table_lookup(options, key);

	if (value == NULL)
		return true;
	if (strlen(value) >= size || !g_utf8_validate(value, -1, NULL))
		return service_option_bad(key, value, error);
	g_strlcpy(ret, value, size);
	return true;
}

bool service_option_choice(GHashTable *options, const char *key, const char *no, const char *yes,
			   bool *ret, GError **error)
{
	const char *value = g_hash_table_lookup(options, key);

	if (value == NULL)
		return true;
	if (strcmp(value, no) != 0 && strcmp(value, yes) != 0)
		return service_option_bad(key, value, error);
	*ret = strcmp(value, yes) == 0;
	return true;
}
