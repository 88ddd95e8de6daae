/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/till_conf.h"

#include "drivers/device.h"

#include <string.h>

void device_conf_clear(DeviceConf *self)
{
	g_clear_pointer(&self->protocol, g_free);
	g_clear_pointer(&self->address, g_free);
	g_clear_pointer(&self->options, g_hash_table_unref);
	self->present = false;
}

GKeyFile *till_conf_load(const char *directory, GError **error)
{
	g_autofree char *path = g_build_filename(directory, "till.conf", NULL);
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autoptr(GError) failure = NULL;

	if (!g_key_file_load_from_file(file, path, G_KEY_FILE_KEEP_COMMENTS, &failure) &&
	    !g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
		g_propagate_prefixed_error(error, g_steal_pointer(&failure), "%s: ", path);
		return NULL;
	}
	return g_steal_pointer(&file);
}

bool till_conf_save(const char *directory, GKeyFile *conf, GError **error)
{
	g_autofree char *path = g_build_filename(directory, "till.conf", NULL);
	g_autofree char *text = g_key_file_to_data(conf, NULL, NULL);

	/* The whole file or the old one, and nobody else reads the passwords in it. */
	return g_file_set_contents_full(
		path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
		error);
}

/* --- one device, as a person sets it up ------------------------------------------------------- */

void device_setup_clear(DeviceSetup *self)
{
	g_clear_pointer(&self->group, g_free);
	g_clear_pointer(&self->device, g_free);
	g_clear_pointer(&self->options, g_strfreev);
}

/* "key=value", where the key is one that a group of till.conf can have. */
static bool is_option(const char *word)
{
	size_t n = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n > 0 && word[n] == '=' && strncmp(word, "device=", 7) != 0 &&
	       g_utf8_validate(word, -1, NULL) && strpbrk(word, "\r\n") == NULL;
}

static bool is_device(const char *word)
{
	const char *at = strchr(word, '@');

	if (strcmp(word, "none") == 0 || strcmp(word, "standalone") == 0)
		return true;
	return at != NULL && at != word && at[1] != '\0' && g_utf8_validate(word, -1, NULL) &&
	       strpbrk(word, "\r\n") == NULL && memchr(word, '=', (size_t)(at - word)) == NULL;
}

bool device_setup_parse(DeviceSetup *ret, const char *text)
{
	g_auto(GStrv) words = NULL;
	bool names_device;

	*ret = (DeviceSetup){ 0 };
	if (text == NULL || !g_shell_parse_argv(text, NULL, &words, NULL))
		return false;
	names_device = words[1] != NULL && is_device(words[1]);
	for (int i = names_device ? 2 : 1; words[i] != NULL; i++)
		if (!is_option(words[i]))
			return false;
	ret->group = g_strdup(words[0]);
	ret->device = names_device ? g_strdup(words[1]) : NULL;
	ret->options = g_strdupv(words + (names_device ? 2 : 1));
	return true;
}

static void set_key(GKeyFile *conf, const char *group, const char *key, const char *value)
{
	if (*value != '\0')
		g_key_file_set_string(conf, group, key, value);
	else
		g_key_file_remove_key(conf, group, key, NULL);
}

void device_setup_apply(const DeviceSetup *self, GKeyFile *conf)
{
	if (self->device != NULL)
		set_key(conf, self->group, "device",
			strcmp(self->device, "none") == 0 ? "" : self->device);
	for (int i = 0; self->options[i] != NULL; i++) {
		const char *equals = strchr(self->options[i], '=');
		g_autofree char *key =
			g_strndup(self->options[i], (gsize)(equals - self->options[i]));

		set_key(conf, self->group, key, equals + 1);
	}
}

/* --- one device, as it is read ---------------------------------------------------------------- */

static GHashTable *read_options(GKeyFile *file, const char *group)
{
	GHashTable *options = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_auto(GStrv) keys = g_key_file_get_keys(file, group, NULL, NULL);

	for (int i = 0; keys != NULL && keys[i] != NULL; i++) {
		g_autofree char *value = g_key_file_get_string(file, group, keys[i], NULL);

		if (value != NULL && strcmp(keys[i], "device") != 0)
			g_hash_table_insert(options, g_strdup(keys[i]), g_steal_pointer(&value));
	}
	return options;
}

bool device_conf_read(DeviceConf *ret, GKeyFile *file, const char *group, GError **error)
{
	g_autofree char *device = g_key_file_get_string(file, group, "device", NULL);
	const char *at;

	*ret = (DeviceConf){ .present = false };
	if (device == NULL || *g_strstrip(device) == '\0')
		return true;
	at = strchr(device, '@');
	if (strcmp(device, "screen") == 0)
		at = device + strlen(device);
	else if (at == NULL || at == device || at[1] == '\0') {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS,
			    "till.conf: [%s] device=%s is not PROTOCOL@ADDRESS", group, device);
		return false;
	}
	ret->present = true;
	ret->protocol = g_strndup(device, (gsize)(at - device));
	ret->address = g_strdup(*at == '@' ? at + 1 : at);
	ret->options = read_options(file, group);
	return true;
}
