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

	if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &failure) &&
	    !g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
		g_propagate_prefixed_error(error, g_steal_pointer(&failure), "%s: ", path);
		return NULL;
	}
	return g_steal_pointer(&file);
}

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
