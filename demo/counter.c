/* SPDX-License-Identifier: GPL-3.0-or-later */
/* baraa-counter: what stands around a till in a training shop. Shows the glass of the simulated
 * customer display and the paper of the simulated fiscal registrar, as the simulators write them to
 * their logs. */
#include "base/language.h"

#include <gdk/x11/gdkx.h>
#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

#define GLASS_ROWS 2
#define WIDTH 380
#define HEIGHT 760
#define PAPER_LINES_KEPT 400

typedef struct {
	/* borrowed: the window owns them */
	GtkLabel *glass;
	GtkTextView *paper;
	GtkAdjustment *adjustment;
	char **logs;

	/* owned */
	char *rows[GLASS_ROWS];
	GPtrArray *followers; /* GSubprocess and their streams */
} Counter;

/* What stands after @mark in a log line, or NULL. */
static const char *after(const char *line, const char *mark)
{
	const char *found = strstr(line, mark);

	return found != NULL ? found + strlen(mark) : NULL;
}

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

static gboolean scroll_down(void *data)
{
	GtkAdjustment *adjustment = data;

	gtk_adjustment_set_value(adjustment, gtk_adjustment_get_upper(adjustment));
	return G_SOURCE_REMOVE;
}

static void show_paper(Counter *self, const char *line)
{
	GtkTextBuffer *buffer = gtk_text_view_get_buffer(self->paper);
	GtkTextIter start, end;

	gtk_text_buffer_get_end_iter(buffer, &end);
	gtk_text_buffer_insert(buffer, &end, line, -1);
	gtk_text_buffer_insert(buffer, &end, "\n", 1);
	if (gtk_text_buffer_get_line_count(buffer) > PAPER_LINES_KEPT) {
		gtk_text_buffer_get_start_iter(buffer, &start);
		gtk_text_buffer_get_iter_at_line(buffer, &end, 1);
		gtk_text_buffer_delete(buffer, &start, &end);
	}
	g_idle_add_full(G_PRIORITY_LOW, scroll_down, g_object_ref(self->adjustment),
			g_object_unref);
}

static void on_line(GObject *stream, GAsyncResult *result, void *data)
{
	GDataInputStream *lines = G_DATA_INPUT_STREAM(stream);
	Counter *self = data;
	g_autofree char *line = g_data_input_stream_read_line_finish(lines, result, NULL, NULL);
	const char *text;

	if (line == NULL)
		return; /* the follower was ended with us */
	if ((text = after(line, "GLASS|")) != NULL)
		show_glass(self, text);
	else if ((text = after(line, "PAPER|")) != NULL)
		show_paper(self, text);
	g_data_input_stream_read_line_async(lines, G_PRIORITY_DEFAULT, NULL, on_line, self);
}

/* Follows a log that may not be there yet. */
static void follow(Counter *self, const char *log)
{
	g_autoptr(GError) error = NULL;
	GSubprocess *tail =
		g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
				 &error, "tail", "-n", "2000", "-F", log, NULL);
	GDataInputStream *lines;

	if (tail == NULL) {
		show_paper(self, error->message);
		return;
	}
	lines = g_data_input_stream_new(g_subprocess_get_stdout_pipe(tail));
	g_data_input_stream_read_line_async(lines, G_PRIORITY_DEFAULT, NULL, on_line, self);
	g_ptr_array_add(self->followers, lines);
	g_ptr_array_add(self->followers, tail);
}

static void end_follower(void *object, void *data)
{
	if (G_IS_SUBPROCESS(object))
		g_subprocess_force_exit(object);
}

static GtkWidget *heading_new(const char *text)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_widget_add_css_class(label, "heading");
	gtk_widget_set_halign(label, GTK_ALIGN_START);
	return label;
}

static GtkWidget *paper_new(Counter *self)
{
	GtkWidget *scrolled = gtk_scrolled_window_new();
	GtkWidget *paper = gtk_text_view_new();

	self->paper = GTK_TEXT_VIEW(paper);
	gtk_text_view_set_editable(self->paper, false);
	gtk_text_view_set_cursor_visible(self->paper, false);
	gtk_text_view_set_monospace(self->paper, true);
	gtk_widget_set_focusable(paper, false);
	gtk_widget_add_css_class(paper, "paper");
	gtk_accessible_update_property(GTK_ACCESSIBLE(paper), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Paper of the fiscal registrar"), -1);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scrolled), paper);
	gtk_widget_set_vexpand(scrolled, true);
	self->adjustment = gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(scrolled));
	return scrolled;
}

static void set_looks(void)
{
	g_autoptr(GtkCssProvider) css = gtk_css_provider_new();

	gtk_css_provider_load_from_data(
		css,
		".glass { background: #10201c; color: #5dffc8; padding: 12px;"
		" font-family: monospace; font-size: 15pt; }"
		".paper, .paper text { background: #fffef8; color: #202020;"
		" font-size: 9pt; }",
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

	if (!GDK_IS_X11_SURFACE(surface))
		return;
	gdk_monitor_get_geometry(gdk_display_get_monitor_at_surface(display, surface), &area);
	XMoveWindow(gdk_x11_display_get_xdisplay(display), gdk_x11_surface_get_xid(surface),
		    area.x + MAX(area.width - WIDTH, 0), area.y);
}

static void activate(GtkApplication *app, Counter *self)
{
	GtkWidget *window = gtk_application_window_new(app);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);
	GtkWidget *glass = gtk_label_new("\n");

	set_looks();
	self->glass = GTK_LABEL(glass);
	gtk_widget_add_css_class(glass, "glass");
	gtk_label_set_width_chars(self->glass, 20);
	gtk_accessible_update_property(GTK_ACCESSIBLE(glass), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Customer display"), -1);
	gtk_box_append(GTK_BOX(box), heading_new(_("Customer display")));
	gtk_box_append(GTK_BOX(box), glass);
	gtk_box_append(GTK_BOX(box), heading_new(_("Paper of the fiscal registrar")));
	gtk_box_append(GTK_BOX(box), paper_new(self));
	gtk_widget_set_margin_start(box, 8);
	gtk_widget_set_margin_end(box, 8);
	gtk_widget_set_margin_top(box, 8);
	gtk_widget_set_margin_bottom(box, 8);
	gtk_window_set_title(GTK_WINDOW(window), _("Baraa: training counter"));
	gtk_window_set_child(GTK_WINDOW(window), box);
	gtk_window_set_default_size(GTK_WINDOW(window), WIDTH, HEIGHT);
	g_signal_connect(window, "map", G_CALLBACK(step_aside), NULL);
	for (char **log = self->logs; *log != NULL; log++)
		follow(self, *log);
	/* Not presented: the keys belong to the till. */
	gtk_widget_set_visible(window, true);
}

int main(int argc, char **argv)
{
	Counter counter = { .logs = argv + 1 };
	g_autoptr(GtkApplication) app = NULL;
	int status;

	language_init();
	if (argc < 2) {
		g_printerr("%s\n", _("usage: baraa-counter LOG… (the logs of the simulators)"));
		return 2;
	}
	counter.followers = g_ptr_array_new_with_free_func(g_object_unref);
	app = gtk_application_new("shop.baraa.Counter", G_APPLICATION_NON_UNIQUE);
	g_signal_connect(app, "activate", G_CALLBACK(activate), &counter);
	status = g_application_run(G_APPLICATION(app), 1, argv);

	g_ptr_array_foreach(counter.followers, end_follower, NULL);
	g_ptr_array_unref(counter.followers);
	for (int i = 0; i < GLASS_ROWS; i++)
		g_free(counter.rows[i]);
	return status;
}
