/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/language.h"
#include "base/threads.h"
#include "pos/data_lock.h"
#include "pos/session/script.h"
#include "pos/session/session.h"
#include "pos/sync/enrol.h"
#include "pos/ui/ui.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

/* baraa-till: enrols a till, plays a script, or opens the window. */

enum { DONE = 0, FAILED = 1, USAGE = 2 };

typedef struct {
	char *data, *enrol, *script;
	gboolean windowed;
	gboolean version;
	char **rest;
} Arguments;

static int complain(int status, const char *sentence)
{
	g_printerr("%s\n", sentence);
	return status;
}

/* One sentence for people; what the layers below said stands behind it in English, for the log. */
static int fail(const char *sentence, const GError *error)
{
	g_debug("%s", error != NULL ? error->message : "");
	return complain(FAILED, sentence);
}

static const char *reason_of_enrolment(const GError *error)
{
	switch ((EnrolError)error->code) {
	case ENROL_ERROR_ALREADY:
		return _("This folder holds a till that is enrolled already.");
	case ENROL_ERROR_URL:
		return _("The address of a hub begins with http:// or https://.");
	case ENROL_ERROR_UNREACHABLE:
		return _("The hub does not answer at this address. Check it and the network.");
	case ENROL_ERROR_CODE:
		return _("The hub does not accept this code. Codes work once: ask the office for a "
			 "new one.");
	case ENROL_ERROR_SAVE:
		return _("The files of the till could not be written. Check the folder and its "
			 "room.");
	default:
		return _("What answers at this address does not speak as a hub of Baraa does.");
	}
}

static int run_enrolment(const Arguments *arguments)
{
	g_autoptr(GError) error = NULL;

	if (!enrol_till(arguments->data, arguments->enrol, arguments->rest[0], &error))
		return fail(reason_of_enrolment(error), error);
	g_print("%s\n", _("The till is enrolled and its goods are loaded."));
	return DONE;
}

static int open_script(const char *name)
{
	return g_str_equal(name, "-") ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
}

static int run_script(const Arguments *arguments)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *reason = NULL;
	int input = open_script(arguments->script);
	int status;

	if (input < 0)
		return complain(FAILED, _("The script cannot be opened. Check its name."));
	status = script_run(arguments->data, input, stdout, &error);
	if (input != STDIN_FILENO)
		close(input);
	if (error == NULL)
		return status;
	reason = session_dup_failure(error);
	return fail(reason, error);
}

/* Everything that touches the files of a till. */
static int run_till(const Arguments *arguments)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(DataLock) lock = NULL;

	if (arguments->enrol != NULL && g_mkdir_with_parents(arguments->data, 0700) != 0)
		return complain(FAILED, _("The folder of the till cannot be made."));
	lock = data_lock_new(arguments->data, &error);
	if (lock == NULL)
		return fail(g_error_matches(error, G_IO_ERROR, G_IO_ERROR_BUSY)
				    ? _("This till is running already. Close it first.")
				    : _("This folder holds no till. Enrol it first: baraa-till "
					"--data DIR --enrol URL CODE"),
			    error);
	if (arguments->enrol != NULL)
		return run_enrolment(arguments);
	if (arguments->script != NULL)
		return run_script(arguments);
	return pos_ui_run(arguments->data, arguments->windowed);
}

static bool check(const Arguments *arguments)
{
	guint n_rest = arguments->rest != NULL ? g_strv_length(arguments->rest) : 0;

	return arguments->data != NULL && n_rest == (arguments->enrol != NULL ? 1 : 0) &&
	       !(arguments->enrol != NULL && arguments->script != NULL);
}

int main(int argc, char **argv)
{
	Arguments arguments = { 0 };
	const GOptionEntry entries[] = {
		{ "data", 0, 0, G_OPTION_ARG_FILENAME, &arguments.data,
		  N_("Folder of the till's files"), N_("DIR") },
		{ "enrol", 0, 0, G_OPTION_ARG_STRING, &arguments.enrol,
		  N_("Enrol this till with a hub, by its one-time CODE"), N_("URL CODE") },
		{ "script", 0, 0, G_OPTION_ARG_FILENAME, &arguments.script,
		  N_("Play a script without a window, - for standard input"), N_("FILE") },
		{ "windowed", 0, 0, G_OPTION_ARG_NONE, &arguments.windowed,
		  N_("Leave room beside the window, as for training"), NULL },
		{ "version", 0, 0, G_OPTION_ARG_NONE, &arguments.version,
		  N_("Print the version and exit"), NULL },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments.rest, NULL,
		  NULL },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = NULL;
	g_autoptr(GError) error = NULL;
	int status;

	threads_prepare();
	language_init();
	context = g_option_context_new(NULL);
	g_option_context_set_summary(context, _("The till of Baraa. Without --script and --enrol "
						"it opens its window."));
	g_option_context_add_main_entries(context, entries, GETTEXT_PACKAGE);
	if (!g_option_context_parse(context, &argc, &argv, &error))
		return complain(USAGE, error->message);
	if (arguments.version) {
		g_print("baraa-till %s\n", BARAA_VERSION);
		return DONE;
	}
	status = check(&arguments)
			 ? run_till(&arguments)
			 : complain(USAGE, _("Usage: baraa-till --data DIR [--enrol URL CODE | "
					     "--script FILE]"));
	g_free(arguments.data);
	g_free(arguments.enrol);
	g_free(arguments.script);
	g_strfreev(arguments.rest);
	return status;
}
