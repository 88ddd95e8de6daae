/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/remember.h"

#include <glib.h>

#define GROUP "chosen"

static char *dup_path(void)
{
	return g_build_filename(g_get_user_config_dir(), "baraa", "office.conf", NULL);
}

static GKeyFile *read_file(const char *path)
{
	GKeyFile *file = g_key_file_new();

	g_key_file_load_from_file(file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
	return file;
}

char *office_remembered_dup(const char *key)
{
	g_autofree char *path = dup_path();
	g_autoptr(GKeyFile) file = read_file(path);

	return g_key_file_get_string(file, GROUP, key, NULL);
}

void office_remember(const char *key, const char *value)
{
	g_autofree char *path = dup_path();
	g_autofree char *folder = g_path_get_dirname(path);
	g_autoptr(GKeyFile) file = read_file(path);
	g_autoptr(GError) error = NULL;

	g_key_file_set_string(file, GROUP, key, value);
	g_mkdir_with_parents(folder, 0700);
	if (!g_key_file_save_to_file(file, path, &error))
		g_debug("%s: %s", path, error->message);
}
