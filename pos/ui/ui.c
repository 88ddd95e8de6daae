/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/ui.h"

#include "base/renderer.h"
#include "pos/ui/window.h"

#include <glib-unix.h>

/* What the command line asked for. */
typedef struct {
	const char *directory;
	bool windowed;
} Request;

/* A till has its looks from a small sheet of ours, and nothing on it moves by itself: each frame of
 * a blink or a fade would make the next total wait for its turn. */
static void prepare_display(GtkApplication *app, void *data)
{
	GdkDisplay *display = gdk_display_get_default();
	g_autoptr(GtkCssProvider) looks = gtk_css_provider_new();

	gtk_css_provider_load_from_resource(looks, "/shop/baraa/till/till.css");
	gtk_style_context_add_provider_for_display(display, GTK_STYLE_PROVIDER(looks),
						   GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
	g_object_set(gtk_settings_get_for_display(display), "gtk-enable-animations", false,
		     "gtk-cursor-blink", false, NULL);
}

/* As if the window was closed: the session ends in order. */
static gboolean close_window(void *window)
{
	gtk_window_destroy(window);
	return G_SOURCE_REMOVE;
}

static void activate(GtkApplication *app, const Request *request)
{
	GtkWidget *window = pos_window_new(app, request->directory, request->windowed);

	g_unix_signal_add(SIGTERM, close_window, window);
	g_unix_signal_add(SIGINT, close_window, window);
	gtk_window_present(GTK_WINDOW(window));
}

int pos_ui_run(const char *directory, bool windowed)
{
	Request request = { directory, windowed };
	g_autoptr(GtkApplication) app = NULL;

	renderer_choose();
	app = gtk_application_new("shop.baraa.Till", G_APPLICATION_NON_UNIQUE);
	g_signal_connect(app, "startup", G_CALLBACK(prepare_display), NULL);
	g_signal_connect(app, "activate", G_CALLBACK(activate), &request);
	return g_application_run(G_APPLICATION(app), 0, NULL);
}
