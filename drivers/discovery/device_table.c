/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/discovery/device_table.h"

#include <gio/gio.h>
#include <string.h>

/* Generated from devices.tsv. */
GResource *discovery_get_resource(void);

#define RESOURCE "/baraa/discovery/devices.tsv"

struct DeviceTable {
	GPtrArray *kinds; /* owned; of DeviceKind */
};

G_DEFINE_QUARK(device - table - error - quark, device_table_error)

static void kind_free(void *data)
{
	DeviceKind *self = data;

	g_free(self->device_class);
	g_strfreev(self->protocols);
	g_free(self->words);
	g_free(self);
}

static const char *const classes[] = { "printer", "label",   "scanner", "keyboard", "scale",
				       "fiscal",  "payment", "display", "bridge",   NULL };

static bool parse_id(const char *text, bool may_be_any, char ret[static 5])
{
	if (strlen(text) != 4)
		return false;
	for (int i = 0; i < 4; i++) {
		if (!g_ascii_isxdigit(text[i]) && !(may_be_any && text[i] == '?'))
			return false;
		ret[i] = g_ascii_tolower(text[i]);
	}
	ret[4] = '\0';
	return true;
}

/* NULL where it is wrong. */
static DeviceKind *kind_parse(const char *line)
{
	g_auto(GStrv) cells = g_strsplit(line, "\t", -1);
	DeviceKind kind = { 0 };

	if (g_strv_length(cells) != 5 || !parse_id(cells[0], false, kind.vid) ||
	    !parse_id(cells[1], true, kind.pid) || !g_strv_contains(classes, cells[2]) ||
	    cells[3][0] == '\0' || !g_utf8_validate(cells[4], -1, NULL))
		return NULL;
	kind.device_class = g_strdup(cells[2]);
	kind.protocols = g_strsplit(strcmp(cells[3], "-") == 0 ? "" : cells[3], ",", -1);
	kind.words = g_strdup(cells[4]);
	return g_memdup2(&kind, sizeof kind);
}

DeviceTable *device_table_new_empty(void)
{
	DeviceTable *self = g_new0(DeviceTable, 1);

	self->kinds = g_ptr_array_new_with_free_func(kind_free);
	return self;
}

bool device_table_add(DeviceTable *self, const char *text, GError **error)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autoptr(GPtrArray) added = g_ptr_array_new_with_free_func(kind_free);

	for (int i = 0; lines[i] != NULL; i++) {
		DeviceKind *kind;

		g_strchomp(lines[i]);
		if (lines[i][0] == '\0' || lines[i][0] == '#')
			continue;
		kind = kind_parse(lines[i]);
		if (kind == NULL) {
			g_set_error(error, DEVICE_TABLE_ERROR, DEVICE_TABLE_ERROR_LINE,
				    "line %d of the device table is wrong: “%s”", i + 1, lines[i]);
			return false;
		}
		g_ptr_array_add(added, kind);
	}
	g_ptr_array_extend_and_steal(self->kinds, g_steal_pointer(&added));
	return true;
}

static bool add_own(DeviceTable *self, const char *path, GError **error)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) reason = NULL;

	if (g_file_get_contents(path, &text, NULL, &reason))
		return device_table_add(self, text, error);
	if (g_error_matches(reason, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
	    g_error_matches(reason, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
		return true;
	g_propagate_error(error, g_steal_pointer(&reason));
	return false;
}

DeviceTable *device_table_new(const char *own, GError **error)
{
	g_autoptr(DeviceTable) self = device_table_new_empty();
	g_autoptr(GBytes) ours = NULL;

	if (own != NULL && !add_own(self, own, error)) {
		g_prefix_error(error, "%s: ", own);
		return NULL;
	}
	ours = g_resource_lookup_data(discovery_get_resource(), RESOURCE,
				      G_RESOURCE_LOOKUP_FLAGS_NONE, error);
	if (ours == NULL || !device_table_add(self, g_bytes_get_data(ours, NULL), error))
		return NULL;
	return g_steal_pointer(&self);
}

void device_table_free(DeviceTable *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->kinds);
	g_free(self);
}

/* How many "?" it took, or -1. */
static int looseness(const DeviceKind *kind, const char *vid, const char *pid)
{
	int n = 0;

	if (strcmp(kind->vid, vid) != 0)
		return -1;
	for (int i = 0; i < 4; i++) {
		if (kind->pid[i] == '?')
			n++;
		else if (kind->pid[i] != pid[i])
			return -1;
	}
	return n;
}

const DeviceKind *device_table_find(const DeviceTable *self, int vid, int pid)
{
	g_autofree char *vid_text = g_strdup_printf("%04x", (unsigned)vid & 0xFFFF);
	g_autofree char *pid_text = g_strdup_printf("%04x", (unsigned)pid & 0xFFFF);
	const DeviceKind *best = NULL;
	int best_looseness = 5;

	for (guint i = 0; i < self->kinds->len; i++) {
		const DeviceKind *kind = self->kinds->pdata[i];
		int loose = looseness(kind, vid_text, pid_text);

		if (loose >= 0 && loose < best_looseness) {
			best = kind;
			best_looseness = loose;
		}
	}
	return best;
}
