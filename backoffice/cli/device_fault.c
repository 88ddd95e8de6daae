/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/cli/device_fault.h"

#include "backoffice/cli/command.h"
#include "drivers/discovery/discovery.h"

#include <glib/gi18n-lib.h>
#include <grp.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file that is opened for @address, or NULL: own it. */
static char *dup_node(const char *address)
{
	g_autoptr(DeviceTable) table = device_table_new_empty();
	g_autoptr(GPtrArray) found = NULL;
	g_autofree char *bare = g_strndup(address, strcspn(address, "?"));

	if (g_str_has_prefix(bare, "serial:") || g_str_has_prefix(bare, "pty:"))
		return realpath(strchr(bare, ':') + 1, NULL);
	if (g_str_has_prefix(bare, "evdev:/"))
		return realpath(bare + strlen("evdev:"), NULL);
	found = device_scan(table);
	for (guint i = 0; i < found->len; i++) {
		const DeviceFound *one = found->pdata[i];

		/* "usb:04b8:0202" is the first of those with a serial number too. */
		if (one->address != NULL && g_str_has_prefix(one->address, bare))
			return g_strdup(one->node);
	}
	return NULL;
}

/* --- who holds it -------------------------------------------------------------------------- */

static bool holds(const char *process, const char *node)
{
	g_autofree char *folder = g_build_filename("/proc", process, "fd", NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL); /* of others only root may */
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		char target[PATH_MAX];
		ssize_t n = readlink(path, target, sizeof target - 1);

		if (n > 0 && (size_t)n == strlen(node) && memcmp(target, node, (size_t)n) == 0)
			return true;
	}
	return false;
}

static char *dup_holder(const char *node)
{
	g_autoptr(GDir) dir = g_dir_open("/proc", 0, NULL);
	const char *process;

	while (dir != NULL && (process = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = NULL, *name = NULL;

		if (!g_ascii_isdigit(process[0]) || strtol(process, NULL, 10) == getpid() ||
		    !holds(process, node))
			continue;
		path = g_build_filename("/proc", process, "comm", NULL);
		if (!g_file_get_contents(path, &name, NULL, NULL))
			continue;
		return g_strdup_printf(_("%s (process %s)"), g_strstrip(name), process);
	}
	return NULL;
}

static char *dup_in_use(const char *address)
{
	g_autofree char *node = dup_node(address);
	g_autofree char *holder = node != NULL ? dup_holder(node) : NULL;

	if (holder != NULL)
		return g_strdup_printf(_("“%s” is in use by %s: close that program."), address,
				       holder);
	return g_strdup_printf(_("Another program holds “%s”: close it. A printer that the till "
				 "uses must not be a queue of CUPS too."),
			       address);
}

static char *dup_no_permission(const char *address)
{
	g_autofree char *node = dup_node(address);
	struct stat about;
	struct group *group = NULL;

	if (node != NULL && stat(node, &about) == 0 && (about.st_mode & S_IWGRP) != 0 &&
	    about.st_gid != 0)
		group = getgrgid(about.st_gid);
	if (group != NULL)
		return g_strdup_printf(_("This user may not open “%s”: add the user to the group "
					 "“%s” and log in again."),
				       address, group->gr_name);
	return g_strdup_printf(_("This user may not open “%s”: install Baraa's udev rules "
				 "(70-baraa-devices.rules), then unplug the device and plug it in "
				 "again."),
			       address);
}

/* --- what to do ---------------------------------------------------------------------------- */

static const char *const sentences[DEVICE_FAULT_N] = {
	[DEVICE_FAULT_OFFLINE] = N_("“%s” does not answer: is it switched on, is its cable in, are "
				    "speed and protocol right?"),
	[DEVICE_FAULT_PAPER_OUT] = N_("“%s” has no paper: put in a new roll."),
	[DEVICE_FAULT_PAPER_NEAR_END] = N_("“%s” has little paper left: have a new roll ready."),
	[DEVICE_FAULT_COVER_OPEN] = N_("The cover of “%s” is open: close it."),
	[DEVICE_FAULT_RIBBON_OUT] = N_("“%s” has no ribbon, or is set for one and should not be."),
	[DEVICE_FAULT_PAUSED] = N_("“%s” is paused: press its pause key, or let its queue go on."),
	[DEVICE_FAULT_BUSY] = N_("“%s” is busy: wait, then try again."),
	[DEVICE_FAULT_PROTOCOL] = N_("“%s” answers, but not in this protocol: another device, "
				     "another mode of it, or a wrong speed."),
	[DEVICE_FAULT_WRONG_PASSWORD] = N_("“%s” refuses the password."),
	[DEVICE_FAULT_SHIFT_TOO_LONG] = N_("The shift of “%s” is older than 24 hours: close it."),
	[DEVICE_FAULT_SHIFT_CLOSED] = N_("The shift of “%s” is closed: open it."),
	[DEVICE_FAULT_SHIFT_OPEN] = N_("The shift of “%s” is open: close it first."),
	[DEVICE_FAULT_DOCUMENT_OPEN] = N_("A receipt hangs open in “%s”: cancel it."),
	[DEVICE_FAULT_CLOCK] = N_("The clock of “%s” is wrong: set it."),
	[DEVICE_FAULT_MEMORY_FULL] = N_("The memory of “%s” is full: call its service."),
	[DEVICE_FAULT_NO_CASH] = N_("“%s” counts less cash in the drawer than is paid out."),
	[DEVICE_FAULT_MECHANISM] = N_("The mechanism of “%s” is stuck or too hot: look at cutter "
				      "and head."),
	[DEVICE_FAULT_NEEDS_SERVICE] = N_("“%s” is broken: call its service."),
	[DEVICE_FAULT_REFUSED] = N_("“%s” refuses this."),
	[DEVICE_FAULT_OUTCOME_UNKNOWN] = N_("It is not known whether “%s” has done it: look at the "
					    "device before anything is repeated."),
	[DEVICE_FAULT_NUMBER_GAP] = N_("“%s” has made documents that nobody here knows of."),
	[DEVICE_FAULT_REPLACED] = N_("“%s” is another device than before."),
	[DEVICE_FAULT_CANCELLED] = N_("“%s” was given up."),
	[DEVICE_FAULT_BAD_ADDRESS] = N_("“%s” is no address of a device."),
};

char *device_fault_dup_sentence(const GError *error, const char *address)
{
	g_autofree char *sentence = NULL;

	if (error->domain != DEVICE_FAULT)
		return g_strdup(error->message);
	if (error->code == DEVICE_FAULT_IN_USE)
		return dup_in_use(address);
	if (error->code == DEVICE_FAULT_NO_PERMISSION)
		return dup_no_permission(address);
	g_return_val_if_fail((unsigned)error->code < DEVICE_FAULT_N, NULL);
	sentence = g_strdup_printf(_(sentences[error->code]), address);
	/* The log's words say which setting or byte it was. */
	return g_strdup_printf("%s (%s)", sentence, error->message);
}

int device_fail(const GError *error, const char *address)
{
	g_autofree char *sentence = device_fault_dup_sentence(error, address);
	g_autoptr(GError) told = g_error_new_literal(error->domain, error->code, sentence);
	int status = command_fail(told, NULL);

	return g_error_matches(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS) ? EXIT_MISUSED
									      : status;
}
