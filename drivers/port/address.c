/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/backend.h"

#include <string.h>

static bool parse_pair(struct port *self, const char *pair, PortOption take, void *data,
		       GError **error)
{
	const char *equals = strchr(pair, '=');
	g_autofree char *key = NULL;
	const char *wrong;

	if (equals == NULL)
		return port_fail_address(self, "a setting is written name=value", error);
	key = g_strndup(pair, (size_t)(equals - pair));
	wrong = take(key, equals + 1, data);
	return wrong == NULL || port_fail_address(self, wrong, error);
}

bool port_parse_options(struct port *self, const char *options, PortOption take, void *data,
			GError **error)
{
	g_auto(GStrv) pairs = g_strsplit(options, "&", -1);

	for (int i = 0; pairs[i] != NULL; i++) {
		if (!parse_pair(self, pairs[i], take, data, error))
			return false;
	}
	return true;
}

bool port_parse_rest(struct port *self, const char *rest, PortOption take, void *data,
		     char **ret_base, GError **error)
{
	const char *question = strchr(rest, '?');

	if (question != NULL && !port_parse_options(self, question + 1, take, data, error))
		return false;
	*ret_base = question != NULL ? g_strndup(rest, (size_t)(question - rest)) : g_strdup(rest);
	return true;
}

bool port_split_host(const char *text, char **ret_host, char **ret_port)
{
	const char *colon = strrchr(text, ':');
	size_t len;

	if (colon == NULL || colon == text || colon[1] == '\0' ||
	    strspn(colon + 1, "0123456789") != strlen(colon + 1))
		return false;
	len = (size_t)(colon - text);
	if (text[0] == '[' && text[len - 1] == ']')
		*ret_host = g_strndup(text + 1, len - 2);
	else
		*ret_host = g_strndup(text, len);
	*ret_port = g_strdup(colon + 1);
	return true;
}
