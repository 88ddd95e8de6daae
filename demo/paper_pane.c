/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/paper_pane.h"

#include "demo/follow.h"

#include <glib/gi18n-lib.h>

#define LINES_KEPT 400
#define PICTURES_KEPT 30
#define PICTURE_WIDTH 350

struct PaperPane {
	/* borrowed: the window owns them */
	GtkWidget *box;
	GtkTextView *text; /* of a registrar, or NULL */
	GtkBox *pictures; /* of a receipt printer, or NULL */
	GtkAdjustment *adjustment;

	Follower *follower; /* owned */
	int n_pictures;
};

/* --- what is printed ----------------------------------------------------------------------------
 */

static gboolean scroll_down(void *data)
{
	GtkAdjustment *adjustment = data;

	gtk_adjustment_set_value(adjustment, gtk_adjustment_get_upper(adjustment));
	return G_SOURCE_REMOVE;
}

/* The newest stays in sight. */
static void on_longer(GtkAdjustment *adjustment)
{
	g_idle_add_full(G_PRIORITY_LOW, scroll_down, g_object_ref(adjustment), g_object_unref);
}

static void show_line(PaperPane *self, const char *line)
{
	GtkTextBuffer *buffer = gtk_text_view_get_buffer(self->text);
	GtkTextIter start, end;

	gtk_text_buffer_get_end_iter(buffer, &end);
	gtk_text_buffer_insert(buffer, &end, line, -1);
	gtk_text_buffer_insert(buffer, &end, "\n", 1);
	if (gtk_text_buffer_get_line_count(buffer) > LINES_KEPT) {
		gtk_text_buffer_get_start_iter(buffer, &start);
		gtk_text_buffer_get_iter_at_line(buffer, &end, 1);
		gtk_text_buffer_delete(buffer, &start, &end);
	}
}

static void show_picture(PaperPane *self, const char *path)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GdkPixbuf) pixbuf =
		gdk_pixbuf_new_from_file_at_scale(path, PICTURE_WIDTH, -1, true, &error);
	GtkWidget *picture;

	if (pixbuf == NULL) {
		g_printerr("%s: %s\n", path, error->message);
		return;
	}
	picture = gtk_picture_new_for_pixbuf(pixbuf);
	gtk_picture_set_can_shrink(GTK_PICTURE(picture), false);
	gtk_picture_set_alternative_text(GTK_PICTURE(picture), _("Receipt"));
	gtk_widget_set_halign(picture, GTK_ALIGN_CENTER);
	gtk_box_append(self->pictures, picture);
	if (++self->n_pictures > PICTURES_KEPT)
		gtk_box_remove(self->pictures,
			       gtk_widget_get_first_child(GTK_WIDGET(self->pictures)));
}

static void on_line(const char *line, void *data)
{
	PaperPane *self = data;
	const char *text;

	if (self->text != NULL && (text = log_after(line, "PAPER|")) != NULL)
		show_line(self, text);
	else if (self->pictures != NULL && (text = log_after(line, "PICTURE|")) != NULL)
		show_picture(self, text);
}

/* --- the widgets --------------------------------------------------------------------------------
 */

static GtkWidget *text_new(PaperPane *self, const char *name)
{
	GtkWidget *text = gtk_text_view_new();

	self->text = GTK_TEXT_VIEW(text);
	gtk_text_view_set_editable(self->text, false);
	gtk_text_view_set_cursor_visible(self->text, false);
	gtk_text_view_set_monospace(self->text, true);
	gtk_widget_set_focusable(text, false);
	gtk_widget_add_css_class(text, "paper");
	set_accessible_name(text, name);
	return text;
}

static GtkWidget *pictures_new(PaperPane *self, const char *name)
{
	GtkWidget *pictures = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);

	self->pictures = GTK_BOX(pictures);
	gtk_widget_add_css_class(pictures, "desk");
	set_accessible_name(pictures, name);
	return pictures;
}

static GtkWidget *scrolled_new(PaperPane *self, GtkWidget *child)
{
	GtkWidget *scrolled = gtk_scrolled_window_new();

	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scrolled), child);
	gtk_widget_set_vexpand(scrolled, true);
	self->adjustment = gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(scrolled));
	g_signal_connect(self->adjustment, "changed", G_CALLBACK(on_longer), NULL);
	return scrolled;
}

static GtkWidget *roll_new(const Place *place, const char *device)
{
	GtkWidget *row = row_new();

	gtk_box_append(GTK_BOX(row),
		       control_button_new(place, device, "paper-out", _("Paper out")));
	gtk_box_append(GTK_BOX(row), control_button_new(place, device, "paper", _("New roll")));
	return row;
}

PaperPane *paper_pane_new(const Place *place)
{
	PaperPane *self = g_new0(PaperPane, 1);
	bool prints = place_has(place, "printer");
	const char *device = prints ? "printer" : "registrar";
	const char *name =
		prints ? _("Paper of the receipt printer") : _("Paper of the fiscal registrar");
	g_autofree char *log = place_dup_log(place, device);
	g_autoptr(GError) error = NULL;

	self->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);
	gtk_box_append(GTK_BOX(self->box), heading_new(name));
	gtk_box_append(GTK_BOX(self->box), scrolled_new(self, prints ? pictures_new(self, name)
								     : text_new(self, name)));
	gtk_box_append(GTK_BOX(self->box), roll_new(place, device));
	self->follower = follower_new(log, on_line, self, &error);
	if (self->follower == NULL)
		g_printerr("%s: %s\n", log, error->message);
	return self;
}

void paper_pane_free(PaperPane *self)
{
	if (self == NULL)
		return;
	follower_free(self->follower);
	g_free(self);
}

GtkWidget *paper_pane_get_widget(PaperPane *self)
{
	return self->box;
}
