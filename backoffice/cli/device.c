/* SPDX-License-Identifier: GPL-3.0-or-later */
/* device list, device probe, device test */
#include "backoffice/cli/command.h"
#include "backoffice/cli/device_fault.h"
#include "backoffice/cli/device_test.h"
#include "drivers/discovery/discovery.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)

/* --- device list --------------------------------------------------------------------------- */

static json_t *text_or_null(const char *text)
{
	return text != NULL && g_utf8_validate(text, -1, NULL) ? json_string(text) : json_null();
}

static json_t *hex_or_null(int id)
{
	g_autofree char *text = id >= 0 ? g_strdup_printf("%04x", (unsigned)id) : NULL;

	return text_or_null(text);
}

static json_t *found_json(const DeviceFound *found)
{
	json_t *protocols = json_array();

	for (int i = 0; found->protocols[i] != NULL; i++)
		json_array_append_new(protocols, json_string(found->protocols[i]));
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b}", "address",
			 text_or_null(found->address), "class", text_or_null(found->device_class),
			 "protocols", protocols, "text", text_or_null(found->text), "vid",
			 hex_or_null(found->vid), "pid", hex_or_null(found->pid), "serial",
			 text_or_null(found->serial), "path", text_or_null(found->path), "may_open",
			 (int)found->may_open);
}

static int print_json(const GPtrArray *found)
{
	json_t *list = json_array();
	int failed;

	for (guint i = 0; i < found->len; i++)
		json_array_append_new(list, found_json(found->pdata[i]));
	failed = json_dumpf(list, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(list);
	return failed == 0 ? EXIT_DONE : EXIT_FAILED;
}

/* What stands before the @ in till.conf: "printer:escpos". */
static char *dup_kind(const DeviceFound *found)
{
	const char *device_class = found->device_class != NULL ? found->device_class : "?";

	return found->protocols[0] != NULL
		       ? g_strdup_printf("%s:%s", device_class, found->protocols[0])
		       : g_strdup(device_class);
}

static int print_table(const GPtrArray *found)
{
	if (found->len == 0)
		puts(_("Nothing was found."));
	for (guint i = 0; i < found->len; i++) {
		const DeviceFound *one = found->pdata[i];
		g_autofree char *kind = dup_kind(one);

		printf("%-18s %-44s %s%s\n", kind, one->address != NULL ? one->address : "-",
		       one->text,
		       one->may_open || one->address == NULL ? ""
							     : _(" — this user may not open it"));
	}
	return EXIT_DONE;
}

int command_device_list(int argc, char **argv)
{
	g_autofree char *format_name = NULL;
	const GOptionEntry entries[] = {
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, N_("table or json"),
		  N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(DeviceTable) table = NULL;
	g_autoptr(GPtrArray) found = NULL;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Shows what is connected, what it could be, and its address. Nothing "
			     "is written to any device.")) ||
	    !command_format(format_name, PLAIN, &format))
		return EXIT_MISUSED;
	table = device_table_new(DEVICE_TABLE_OF_SHOP, &error);
	if (table == NULL)
		return command_fail(error, NULL);
	found = device_scan(table);
	return format == FORMAT_JSON ? print_json(found) : print_table(found);
}

/* --- device probe -------------------------------------------------------------------------- */

int command_device_probe(int argc, char **argv)
{
	g_autofree char *device_class = NULL;
	const GOptionEntry entries[] = {
		{ "class", 0, 0, G_OPTION_ARG_STRING, &device_class,
		  N_("only as a printer, label, scale or payment"), N_("CLASS") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_auto(DeviceProbed) probed = { 0 };

	if (!command_parse(&argc, &argv, entries, _("ADDRESS"), 1,
			   _("Asks the device at an address what it is, in words that move neither "
			     "paper nor money. Only for a port of which you know that no modem or "
			     "fiscal device is behind it.")))
		return EXIT_MISUSED;
	if (!device_probe(argv[1], device_class, &probed, &error))
		return device_fail(error, argv[1]);
	printf("%s:%s@%s%s%s", probed.device_class, probed.protocol, argv[1],
	       probed.settings != NULL ? "?" : "", probed.settings != NULL ? probed.settings : "");
	if (probed.text != NULL && probed.text[0] != '\0')
		printf("  %s", probed.text);
	putchar('\n');
	return EXIT_DONE;
}

/* --- device test --------------------------------------------------------------------------- */

/* "CLASS:PROTOCOL@TRANSPORT" in three; own it. NULL where it is none. */
static char **split(const char *spec)
{
	const char *colon = strchr(spec, ':'), *at = strchr(spec, '@');
	char **parts;

	if (colon == NULL || at == NULL || colon == spec || at <= colon + 1 || at[1] == '\0')
		return NULL;
	parts = g_new0(char *, 4);
	parts[0] = g_strndup(spec, (size_t)(colon - spec));
	parts[1] = g_strndup(colon + 1, (size_t)(at - colon - 1));
	parts[2] = g_strdup(at + 1);
	return parts;
}

static GHashTable *options_new(char **settings)
{
	GHashTable *options = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

	for (; settings != NULL && *settings != NULL; settings++) {
		const char *equals = strchr(*settings, '=');

		if (equals == NULL) {
			command_misuse(_("--option “%s”: write NAME=VALUE."), *settings);
			g_hash_table_unref(options);
			return NULL;
		}
		g_hash_table_insert(options, g_strndup(*settings, (size_t)(equals - *settings)),
				    g_strdup(equals + 1));
	}
	return options;
}

int command_device_test(int argc, char **argv)
{
	g_auto(GStrv) settings = NULL;
	const GOptionEntry entries[] = {
		{ "option", 0, 0, G_OPTION_ARG_STRING_ARRAY, &settings,
		  N_("a key of the device's group in till.conf"), N_("NAME=VALUE") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GHashTable) options = NULL;
	g_auto(GStrv) parts = NULL;

	if (!command_parse(&argc, &argv, entries, _("CLASS:PROTOCOL@TRANSPORT"), 1,
			   _("Tries a device: a page of a printer, a label, three screens of a "
			     "display, one reading of a scale, the drawer, the state of a card "
			     "terminal, or the next five scans. Takes no money and opens no "
			     "shift.")))
		return EXIT_MISUSED;
	parts = split(argv[1]);
	if (parts == NULL)
		return command_misuse(_("“%s” is no device: write CLASS:PROTOCOL@TRANSPORT, as in "
					"printer:escpos@usb:04b8:0202."),
				      argv[1]);
	options = options_new(settings);
	if (options == NULL)
		return EXIT_MISUSED;
	return device_test(parts[0], parts[1], parts[2], options);
}
