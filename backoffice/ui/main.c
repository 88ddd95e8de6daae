/* SPDX-License-Identifier: GPL-3.0-or-later */
/* baraa-office --db DSN: the manager's and stockroom's window. */
#include "backoffice/ui/window.h"

#include "base/language.h"
#include "base/renderer.h"
#include "base/threads.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

static void on_activate(GtkApplication *app, OfficeDesk *desk)
{
	g_autoptr(GtkCssProvider) css = gtk_css_provider_new();

	gtk_css_provider_load_from_resource(css, "/shop/baraa/office/office.css");
	gtk_style_context_add_provider_for_display(gdk_display_get_default(),
						   GTK_STYLE_PROVIDER(css),
						   GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
	gtk_window_present(GTK_WINDOW(office_window_new(app, desk)));
}

/* What is being saved is finished first. */
static gboolean on_terminate(void *app)
{
	g_application_quit(app);
	return G_SOURCE_CONTINUE;
}

static int run_window(OfficeDesk *desk)
{
	g_autoptr(GtkApplication) app =
		gtk_application_new("shop.baraa.Office", G_APPLICATION_NON_UNIQUE);

	g_signal_connect(app, "activate", G_CALLBACK(on_activate), desk);
	g_unix_signal_add(SIGTERM, on_terminate, app);
	return g_application_run(G_APPLICATION(app), 0, NULL);
}

static int open_failed(const char *dsn, const GError *error)
{
	const char *what = _("The database cannot be opened");

	if (g_error_matches(error, STORE_ERROR, STORE_ERROR_OLDER))
		what = _("The database is of an older version: run `baraa migrate --db DSN` first");
	else if (g_error_matches(error, STORE_ERROR, STORE_ERROR_NEWER))
		what = _("The database is of a newer version: install the newer Baraa");
	else if (g_error_matches(error, STORE_ERROR, STORE_ERROR_MISSING))
		what = _("There is no such database: make one with `baraa init`");
	if (error->domain == PEOPLE_ERROR)
		g_printerr("baraa-office: %s\n", error->message);
	else
		g_printerr("baraa-office: %s: %s (%s)\n", dsn, what, error->message);
	return 1;
}

int main(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *shop = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("The office database: sqlite:PATH"),
		  "DSN" },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &shop,
		  N_("The shop whose office this is; the first one without it"), N_("NAME") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;
	OfficeDesk *desk;
	int status;

	threads_prepare();
	language_init();
	g_option_context_add_main_entries(context, entries, GETTEXT_PACKAGE);
	if (!g_option_context_parse(context, &argc, &argv, &error) || dsn == NULL || argc > 1) {
		g_printerr("baraa-office: %s\n",
			   error != NULL ? error->message : _("usage: baraa-office --db DSN"));
		return 2;
	}
	desk = office_desk_new(dsn, shop, &error);
	if (desk == NULL)
		return open_failed(dsn, error);
	renderer_choose();
	status = run_window(desk);
	office_desk_free(desk);
	return status;
}
