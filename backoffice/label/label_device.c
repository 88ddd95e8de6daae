/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/label/label_private.h"
#include "backoffice/people/counter.h"
#include "drivers/label/label_printer.h"
#include "drivers/scale/plu.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const char *const class_codes[] = {
	[LABEL_DEVICE_LABEL] = "label",
	[LABEL_DEVICE_SHEET] = "sheet",
	[LABEL_DEVICE_PLU] = "plu",
};

const char *label_device_class_code(LabelDeviceClass class)
{
	g_return_val_if_fail((unsigned)class < G_N_ELEMENTS(class_codes), NULL);
	return class_codes[class];
}

void label_device_free(LabelDevice *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self->device);
	g_free(self->options);
	g_free(self);
}

static void free_device(void *data)
{
	label_device_free(data);
}

LabelDevice *label_device_copy(const LabelDevice *self)
{
	LabelDevice *copy = g_new(LabelDevice, 1);

	*copy = *self;
	copy->name = g_strdup(self->name);
	copy->device = g_strdup(self->device);
	copy->options = g_strdup(self->options);
	return copy;
}

static LabelDevice *device_of_row(StoreStatement *row)
{
	LabelDevice *self = g_new0(LabelDevice, 1);
	const char *code = store_get_text(row, 2);

	self->id = store_get_int(row, 0);
	self->shop_id = store_get_int(row, 1);
	for (size_t i = 0; i < G_N_ELEMENTS(class_codes); i++)
		if (strcmp(class_codes[i], code) == 0)
			self->class = (LabelDeviceClass)i;
	self->name = g_strdup(store_get_text(row, 3));
	self->device = g_strdup(store_get_text(row, 4));
	self->options = g_strdup(store_get_text(row, 5));
	return self;
}

GPtrArray *label_device_list(Store *store, int64_t shop_id, GError **error)
{
	g_autoptr(GPtrArray) devices = g_ptr_array_new_with_free_func(free_device);
	StoreStatement *row = store_statement(store, "office/label/devices");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(devices, device_of_row(row));
	return step == STORE_DONE ? g_steal_pointer(&devices) : NULL;
}

/* --- what it is called ----------------------------------------------------------------------- */

bool label_invalid(GError **error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (error != NULL)
		*error = g_error_new_valist(LABEL_ERROR, LABEL_ERROR_INVALID, format, args);
	va_end(args);
	return false;
}

bool label_device_split(const char *device, char **ret_protocol, char **ret_address)
{
	const char *at = strchr(device, '@');

	if (at == NULL || at == device || at[1] == '\0')
		return false;
	*ret_protocol = g_strndup(device, (gsize)(at - device));
	*ret_address = g_strdup(at + 1);
	return true;
}

GHashTable *label_device_dup_options(const LabelDevice *self, GError **error)
{
	g_autoptr(GHashTable) options =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_auto(GStrv) words = NULL;
	g_autofree char *text = g_strstrip(g_strdup(self->options != NULL ? self->options : ""));

	if (*text == '\0')
		return g_steal_pointer(&options);
	if (!g_shell_parse_argv(text, NULL, &words, NULL)) {
		label_invalid(error,
			      _("The options “%s” have a quotation mark that is not closed."),
			      text);
		return NULL;
	}
	for (int i = 0; words[i] != NULL; i++) {
		const char *equals = strchr(words[i], '=');

		if (equals == NULL || equals == words[i]) {
			label_invalid(error, _("An option is written like dpi=203, not “%s”."),
				      words[i]);
			return NULL;
		}
		g_hash_table_insert(options, g_strndup(words[i], (gsize)(equals - words[i])),
				    g_strdup(equals + 1));
	}
	return g_steal_pointer(&options);
}

const char *const *label_device_protocols(LabelDeviceClass class)
{
	static const char *const printers[] = { "zpl", "tspl", "epl", "pdf", NULL };
	static const char *const scales[] = { "cas-cl5000", "digi", "massa-mk", "shtrih-print",
					      NULL };
	static const char *const none[] = { NULL };

	switch (class) {
	case LABEL_DEVICE_LABEL:
		return printers;
	case LABEL_DEVICE_PLU:
		return scales;
	default:
		return none;
	}
}

static bool check_driver(const LabelDevice *self, GHashTable *options, GError **error)
{
	g_autofree char *protocol = NULL, *address = NULL;
	g_autoptr(GError) reason = NULL;
	LabelOptions parsed;

	if (!label_device_split(self->device, &protocol, &address))
		return label_invalid(error,
				     _("A device is written like zpl@tcp:10.0.0.7:9100, not "
				       "“%s”."),
				     self->device);
	if (self->class == LABEL_DEVICE_PLU)
		return plu_driver_find(protocol) != NULL ||
		       label_invalid(error, _("No scale of Baraa speaks “%s”."), protocol);
	if (label_driver_find(protocol) == NULL)
		return label_invalid(error, _("No label printer of Baraa speaks “%s”."), protocol);
	return label_options_parse(options, &parsed, &reason) ||
	       label_invalid(error, _("An option is not known: %s."), reason->message);
}

static bool check_sheet(const LabelDevice *self, GHashTable *options, GError **error)
{
	const char *name = g_hash_table_lookup(options, "sheet");
	LabelSheet sheet;

	if (!g_str_has_prefix(self->device, "cups:") || self->device[strlen("cups:")] == '\0')
		return label_invalid(error, _("A printer of sheets is a print queue, written like "
					      "cups:QUEUE."));
	return name == NULL || label_sheet_find(name, &sheet) ||
	       label_invalid(error, _("There is no sheet “%s”."), name);
}

static bool check(const LabelDevice *self, GError **error)
{
	g_autofree char *name = g_strstrip(g_strdup(self->name != NULL ? self->name : ""));
	g_autoptr(GHashTable) options = NULL;

	if (*name == '\0')
		return label_invalid(error, _("The device needs a name by which people know it."));
	options = label_device_dup_options(self, error);
	if (options == NULL)
		return false;
	return self->class == LABEL_DEVICE_SHEET ? check_sheet(self, options, error)
						 : check_driver(self, options, error);
}

/* --- changing ------------------------------------------------------------------------------ */

static char *dup_record(const LabelDevice *self)
{
	json_t *root = json_pack("{s:s, s:s, s:s, s:s}", "name", self->name, "class",
				 label_device_class_code(self->class), "device", self->device,
				 "options", self->options);
	char *text = json_dumps(root, JSON_COMPACT), *copy = g_strdup(text);

	free(text);
	json_decref(root);
	return copy;
}

static LabelDevice *read_device(Store *store, int64_t id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/label/device");
	LabelDevice *self = NULL;
	StoreStep step;

	store_bind_int(row, 1, id);
	step = store_step(row, error);
	if (step == STORE_ROW)
		self = device_of_row(row);
	store_reset(row);
	if (step == STORE_DONE)
		g_set_error(error, LABEL_ERROR, LABEL_ERROR_GONE,
			    _("This device is not in the list any more."));
	return self;
}

static bool write_row(Store *store, const LabelDevice *self, GError **error)
{
	StoreStatement *put = store_statement(store, "office/label/put_device");

	store_bind_int(put, 1, self->id);
	store_bind_int(put, 2, self->shop_id);
	store_bind_text(put, 3, self->name);
	store_bind_text(put, 4, label_device_class_code(self->class));
	store_bind_text(put, 5, self->device);
	store_bind_text(put, 6, self->options);
	return store_run(put, error);
}

static bool write_in(Store *store, LabelDevice *self, int64_t person_id, GError **error)
{
	g_autoptr(LabelDevice) before = NULL;
	g_autofree char *was = NULL, *is = dup_record(self), *subject = NULL;

	if (!rights_require(store, person_id, RIGHT_SETTINGS, error))
		return false;
	if (self->id > 0) {
		before = read_device(store, self->id, error);
		if (before == NULL)
			return false;
		was = dup_record(before);
	} else if (!counter_take(store, "label-device", &self->id, error)) {
		return false;
	}
	subject = g_strdup_printf("%" G_GINT64_FORMAT, self->id);
	return write_row(store, self, error) &&
	       audit_change(store, person_id, "label-device", subject, was, is, error);
}

bool label_device_write(Store *store, LabelDevice *device, int64_t person_id, GError **error)
{
	int64_t id = device->id;

	if (!check(device, error))
		return false;
	if (store_begin(store, error)) {
		if (write_in(store, device, person_id, error) && store_commit(store, error))
			return true;
		store_rollback(store);
	}
	device->id = id;
	return false;
}

static bool delete_in(Store *store, int64_t id, int64_t person_id, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/label/delete_device");
	g_autofree char *was = NULL, *subject = g_strdup_printf("%" G_GINT64_FORMAT, id);
	g_autoptr(LabelDevice) before = NULL;

	if (!rights_require(store, person_id, RIGHT_SETTINGS, error))
		return false;
	before = read_device(store, id, error);
	if (before == NULL)
		return false;
	was = dup_record(before);
	store_bind_int(statement, 1, id);
	return store_run(statement, error) &&
	       audit_change(store, person_id, "label-device", subject, was, NULL, error);
}

bool label_device_delete(Store *store, int64_t id, int64_t person_id, GError **error)
{
	if (!store_begin(store, error))
		return false;
	if (delete_in(store, id, person_id, error) && store_commit(store, error))
		return true;
	store_rollback(store);
	return false;
}
