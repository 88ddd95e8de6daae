/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/device_class.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const DeviceChoice registrars[] = { { "none", N_("None") },
					   { "shtrih", N_("Shtrih-M") },
					   { NULL, NULL } };
static const DeviceChoice printers[] = { { "none", N_("None") },
					 { "escpos", "ESC/POS" },
					 { NULL, NULL } };
static const DeviceChoice widths[] = { { "80", N_("80 mm") },
				       { "58", N_("58 mm") },
				       { NULL, NULL } };
static const DeviceChoice drawers[] = { { "", N_("By itself") },
					{ "printer", N_("On the printer") },
					{ "fiscal", N_("On the registrar") },
					{ "none", N_("None") },
					{ NULL, NULL } };
static const DeviceChoice displays[] = { { "none", N_("None") }, { "cd5220", "CD5220" },
					 { "epson", "Epson" },	 { "dsp800", "DSP-800" },
					 { "firich", "Firich" }, { "utc", "UTC" },
					 { "aedex", "AEDEX" },	 { NULL, NULL } };
static const DeviceChoice code_pages[] = {
	{ "", N_("By itself") }, { "cp866", "CP866" },	   { "wcp1251", "CP1251" },
	{ "tysso", "Tysso" },	 { "ascii", N_("Latin") }, { NULL, NULL },
};
static const DeviceChoice scales[] = { { "none", N_("None") },
				       { "cas", "CAS" },
				       { "massa", N_("Massa-K") },
				       { "pos2", N_("Shtrih POS2") },
				       { "mt8217", "Mettler 8217" },
				       { "dialog06", "Dialog 06" },
				       { NULL, NULL } };
static const DeviceChoice scanners[] = { { "none", N_("Keyboard only") },
					 { "serial", N_("Serial port") },
					 { "usb", "USB" },
					 { NULL, NULL } };
static const DeviceChoice terminals[] = { { "none", N_("None") },
					  { "zvt", "ZVT" },
					  { "standalone", N_("Without a cable") },
					  { NULL, NULL } };

const DeviceClass device_classes[DEVICE_CLASSES] = {
	{ "fiscal", SESSION_FISCAL, N_("Fiscal registrar"),
	  N_("Without one the till makes no fiscal receipts. It is exchanged while the shift is "
	     "closed."),
	  registrars, NULL, NULL, NULL },
	{ "printer", SESSION_PRINTER, N_("Receipt printer"),
	  N_("Without one nothing is printed where no registrar prints. Sales are kept all the "
	     "same."),
	  printers, "width", N_("Paper"), widths },
	{ "drawer", SESSION_PRINTER, N_("Cash drawer"),
	  N_("It hangs on the printer or on the registrar and opens with a sale in cash."), NULL,
	  "via", N_("Where it hangs"), drawers },
	{ "display", SESSION_DISPLAY, N_("Customer display"),
	  N_("Without one the shopper sees the sums on the receipt only."), displays, "codepage",
	  N_("Letters"), code_pages },
	{ "scale", SESSION_SCALE, N_("Scale"),
	  N_("Without one type the weight before the code: 1.234*CODE."), scales, NULL, NULL,
	  NULL },
	{ "scanner", SESSION_SCANNER, N_("Scanner"),
	  N_("A scanner that types like a keyboard works by itself and needs nothing here."),
	  scanners, NULL, NULL, NULL },
	{ "payment", SESSION_PAYMENT, N_("Card terminal"),
	  N_("Without a cable the sum is typed on the terminal and the outcome is told here."),
	  terminals, NULL, NULL, NULL },
};

static char *dup_device(const DeviceClass *self, GKeyFile *setup)
{
	char *device =
		setup != NULL ? g_key_file_get_string(setup, self->group, "device", NULL) : NULL;

	return device != NULL ? g_strstrip(device) : NULL;
}

char *device_class_dup_protocol(const DeviceClass *self, GKeyFile *setup)
{
	g_autofree char *device = dup_device(self, setup);

	if (device == NULL || *device == '\0')
		return g_strdup("none");
	return g_strndup(device, strcspn(device, "@"));
}

char *device_class_dup_address(const DeviceClass *self, GKeyFile *setup)
{
	g_autofree char *device = dup_device(self, setup);
	const char *at = device != NULL ? strchr(device, '@') : NULL;

	return g_strdup(at != NULL ? at + 1 : "");
}

char *device_class_dup_option(const DeviceClass *self, GKeyFile *setup)
{
	g_autofree char *value = NULL;

	if (self->option == NULL)
		return NULL;
	if (setup != NULL)
		value = g_key_file_get_string(setup, self->group, self->option, NULL);
	return value != NULL ? g_steal_pointer(&value) : g_strdup(self->options[0].value);
}

static const char *find_word(const DeviceChoice *choices, const char *value)
{
	for (; choices->value != NULL; choices++)
		if (strcmp(choices->value, value) == 0)
			return _(choices->word);
	return value;
}

char *device_class_dup_chosen(const DeviceClass *self, GKeyFile *setup)
{
	g_autofree char *option = device_class_dup_option(self, setup);
	g_autofree char *protocol = NULL, *address = NULL;

	if (self->protocols == NULL)
		return g_strdup(find_word(self->options, option));
	protocol = device_class_dup_protocol(self, setup);
	address = device_class_dup_address(self, setup);
	return g_strjoin(*address != '\0' ? " · " : "", find_word(self->protocols, protocol),
			 address, NULL);
}

bool device_class_has_protocol(const DeviceClass *self, const char *protocol)
{
	for (const DeviceChoice *at = self->protocols; at != NULL && at->value != NULL; at++)
		if (strcmp(at->value, protocol) == 0)
			return true;
	return false;
}

bool device_class_needs_address(const char *protocol)
{
	return strcmp(protocol, "none") != 0 && strcmp(protocol, "standalone") != 0;
}

char *device_class_dup_setup(const DeviceClass *self, const char *protocol, const char *address,
			     const char *option)
{
	GString *text = g_string_new(self->group);

	if (self->protocols != NULL) {
		g_autofree char *device = device_class_needs_address(protocol)
						  ? g_strconcat(protocol, "@", address, NULL)
						  : g_strdup(protocol);
		g_autofree char *quoted = g_shell_quote(device);

		g_string_append_printf(text, " %s", quoted);
	}
	if (self->option != NULL && option != NULL) {
		g_autofree char *pair = g_strconcat(self->option, "=", option, NULL);
		g_autofree char *quoted = g_shell_quote(pair);

		g_string_append_printf(text, " %s", quoted);
	}
	return g_string_free(text, FALSE);
}
