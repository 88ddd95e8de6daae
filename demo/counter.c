/* SPDX-License-Identifier: GPL-3.0-or-later */
/* baraa-counter: what stands around a till in a training shop. Shows the glass of the simulated
 * customer display and the paper as the simulators write them to their logs, and lets people put
 * goods on the scale, hold a card to the terminal, pull cables and change rolls through their
 * control lines. */
#include "base/language.h"
#include "demo/device_pane.h"
#include "demo/follow.h"
#include "demo/paper_pane.h"

#include <gdk/x11/gdkx.h>
#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

#define GLASS_ROWS 2
#define WIDTH 400
#define HEIGHT 760

typedef struct {
	GtkLabel *glass; /* borrowed: the window owns it */
	Place place;

	/* owned */
	char *rows[GLASS_ROWS];
	Follower *display;
	PaperPane *paper;
	DevicePane *devices;
} Counter;

/* @row: "1|" or "2|" and what the row shows; the second completes the picture. */
static void show_glass(Counter *self, const char *row)
{
	int at = row[0] - '1';
	g_autofree char *text = NULL;

	if (at < 0 || at >= GLASS_ROWS || row[1] != '|')
		return;
	g_free(self->rows[at]);
	self->rows[at] = g_strdup(row + 2);
	if (at != GLASS_ROWS - 1 || self->rows[0] == NULL)
		return;
	text = g_strdup_printf("%s\n%s", self->rows[0], self->rows[1]);
	gtk_label_set_label(self->glass, text);
}

static void on_display_line(const char *line, void *data)
{
	const char *text = log_after(line, "GLASS|");

	if (text != NULL)
		show_glass(data, text);
}

static GtkWidget *glass_new(Counter *self)
{
	GtkWidget *glass = gtk_label_new("\n");
	g_autofree char *log = place_dup_log(&self->place, "display");
	g_autoptr(GError) error = NULL;

	self->glass = GTK_LABEL(glass);
	gtk_widget_add_css_class(glass, "glass");
	gtk_label_set_width_chars(self->glass, 20);
	set_accessible_name(glass, _("Customer display"));
	self->display = follower_new(log, on_display_line, self, &error);
	if (self->display == NULL)
		g_printerr("%s: %s\n", log, error->message);
	return glass;
}

static void set_looks(void)
{
	g_autoptr(GtkCssProvider) css = gtk_css_provider_new();

	gtk_css_provider_load_from_data(
		css,
		".glass { background: #10201c; color: #5dffc8; padding: 12px;"
		" font-family: monospace; font-size: 15pt; }"
		".paper, .paper text { background: #fffef8; color: #202020;"
		" font-size: 9pt; }"
		".desk { background: #d8d8d8; padding: 8px; }"
		"button, entry { min-height: 56px; padding: 0 4px; }"
		"button label { font-size: 10pt; }"
		"button:checked { background: #f6d5d5; color: #7a0000; }"
		"stackswitcher button:checked { background: #d5e4f6; color: inherit; }",
		-1);
	gtk_style_context_add_provider_for_display(gdk_display_get_default(),
						   GTK_STYLE_PROVIDER(css),
						   GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* To the right edge, beside the till: only X lets a window say where it stands. */
static void step_aside(GtkWidget *window)
{
	GdkSurface *surface = gtk_native_get_surface(GTK_NATIVE(window));
	GdkDisplay *display = gtk_widget_get_display(window);
	GdkRectangle area;
	int width;

	if (!GDK_IS_X11_SURFACE(surface))
		return;
	gtk_widget_measure(window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
	width = MAX(width, WIDTH);
	gdk_monitor_get_geometry(gdk_display_get_monitor_at_surface(display, surface), &area);
	XMoveWindow(gdk_x11_display_get_xdisplay(display), gdk_x11_surface_get_xid(surface),
		    area.x + MAX(area.width - width, 0), area.y);
}

/* Devices have a page of their own, or the paper would be too short to read. */
static void add_pages(Counter *self, GtkBox *box)
{
	GtkWidget *stack = gtk_stack_new();
	GtkWidget *switcher = gtk_stack_switcher_new();

	self->paper = paper_pane_new(&self->place);
	self->devices = device_pane_new(&self->place);
	gtk_stack_add_titled(GTK_STACK(stack), paper_pane_get_widget(self->paper), "paper",
			     _("Paper"));
	gtk_stack_add_titled(GTK_STACK(stack), device_pane_get_widget(self->devices), "devices",
			     _("Scale, card, cables"));
	gtk_stack_switcher_set_stack(GTK_STACK_SWITCHER(switcher), GTK_STACK(stack));
	gtk_box_append(box, switcher);
	gtk_box_append(box, stack);
}

static void activate(GtkApplication *app, Counter *self)
{
	GtkWidget *window = gtk_application_window_new(app);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);

	set_looks();
	gtk_box_append(GTK_BOX(box), glass_new(self));
	add_pages(self, GTK_BOX(box));
	gtk_widget_set_margin_start(box, 8);
	gtk_widget_set_margin_end(box, 8);
	gtk_widget_set_margin_top(box, 8);
	gtk_widget_set_margin_bottom(box, 8);
	gtk_window_set_title(GTK_WINDOW(window), _("Baraa: training counter"));
	gtk_window_set_child(GTK_WINDOW(window), box);
	gtk_window_set_default_size(GTK_WINDOW(window), WIDTH, HEIGHT);
	g_signal_connect(window, "map", G_CALLBACK(step_aside), NULL);
	/* Not presented: the keys belong to the till. */
	gtk_widget_set_visible(window, true);
}

int main(int argc, char **argv)
{
	Counter counter = { 0 };
	g_autoptr(GtkApplication) app = NULL;
	int status;

	language_init();
	if (argc != 2) {
		g_printerr("%s\n", _("usage: baraa-counter FOLDER (of the training shop)"));
		return 2;
	}
	counter.place.folder = argv[1];
	app = gtk_application_new("shop.baraa.Counter", G_APPLICATION_NON_UNIQUE);
	g_signal_connect(app, "activate", G_CALLBACK(activate), &counter);
	status = g_application_run(G_APPLICATION(app), 1, argv);

	follower_free(counter.display);
	paper_pane_free(counter.paper);
	device_pane_free(counter.devices);
	for (int i = 0; i < GLASS_ROWS; i++)
		g_free(counter.rows[i]);
	return status;
}
