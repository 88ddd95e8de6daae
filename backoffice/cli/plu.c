/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plu load */
#include "backoffice/cli/command.h"
#include "backoffice/cli/device_fault.h"
#include "backoffice/label/label_job.h"
#include "backoffice/people/shop.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* Each option as a shell would need it. */
static char *dup_options(char **options)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (int i = 0; options != NULL && options[i] != NULL; i++) {
		g_autofree char *quoted = g_shell_quote(options[i]);

		g_string_append_printf(text, "%s%s", i > 0 ? " " : "", quoted);
	}
	return g_string_free(g_steal_pointer(&text), false);
}

/* A scale is known by its address, or by the name it has in the office; a new one is put into the
 * office's list, or nobody would know next time what it holds. */
static LabelDevice *find_scale(Store *store, int64_t shop_id, const char *device, char **options,
			       GError **error)
{
	g_autoptr(GPtrArray) devices = label_device_list(store, shop_id, error);
	g_autoptr(LabelDevice) scale = NULL;

	for (guint i = 0; devices != NULL && scale == NULL && i < devices->len; i++) {
		const LabelDevice *one = g_ptr_array_index(devices, i);

		if (one->class == LABEL_DEVICE_PLU &&
		    (strcmp(one->device, device) == 0 || strcmp(one->name, device) == 0))
			scale = label_device_copy(one);
	}
	if (devices == NULL)
		return NULL;
	if (scale != NULL && options == NULL)
		return g_steal_pointer(&scale);
	if (scale == NULL) {
		scale = g_new0(LabelDevice, 1);
		scale->class = LABEL_DEVICE_PLU;
		scale->shop_id = shop_id;
		scale->name = g_strdup(device);
		scale->device = g_strdup(device);
	}
	g_free(scale->options);
	scale->options = dup_options(options);
	return label_device_write(store, scale, 0, error) ? g_steal_pointer(&scale) : NULL;
}

static int load(Store *store, const LabelDevice *scale, bool all)
{
	g_autoptr(GError) error = NULL;
	PluResult result;
	bool ok = label_load_scale(store, scale, all, 0, &result, &error);
	bool refused = result.n_refused > 0;

	printf(_("sent %d, removed %d, as they were %d, refused %d\n"), result.sent, result.removed,
	       result.same, result.n_refused);
	if (refused)
		fprintf(stderr, "%s\n", result.refused);
	plu_result_clear(&result);
	if (ok)
		return refused ? EXIT_FAILED : EXIT_DONE;
	return error->domain == DEVICE_FAULT ? device_fail(error, scale->device)
					     : command_fail(error, NULL);
}

int command_plu_load(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *shop_name = NULL, *device = NULL;
	g_auto(GStrv) options = NULL;
	gboolean all = false;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &shop_name,
		  N_("the shop; the first one without it"), N_("NAME") },
		{ "device", 0, 0, G_OPTION_ARG_STRING, &device,
		  N_("the scale, cas-cl5000@tcp:10.0.0.8:20304, and its options as key=value; or "
		     "its name in the office"),
		  N_("DEVICE") },
		{ "all", 0, 0, G_OPTION_ARG_NONE, &all,
		  N_("all goods, not only what differs from the last load"), NULL },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options, NULL,
		  N_("[KEY=VALUE…]") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(Shop) shop = NULL;
	g_autoptr(LabelDevice) scale = NULL;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Sends goods that have a PLU to a label-printing scale, and takes out "
			     "those that are not sold any more.")))
		return EXIT_MISUSED;
	if (device == NULL)
		return command_misuse(_("Which scale? Name it with --device."));
	store = command_open(dsn, 0, &status);
	if (store == NULL)
		return status;
	shop = shop_find(store, shop_name, &error);
	if (shop != NULL)
		scale = find_scale(store, shop->id, device, options, &error);
	if (scale == NULL)
		return command_fail(error, dsn);
	return load(store, scale, all);
}
