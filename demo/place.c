/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/place.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define GAP 6

static char *dup_path(const Place *self, const char *device, const char *suffix)
{
	g_autofree char *name = g_strconcat(device, suffix, NULL);

	return g_build_filename(self->folder, name, NULL);
}

bool place_has(const Place *self, const char *device)
{
	g_autofree char *path = dup_path(self, device, ".control");

	return g_file_test(path, G_FILE_TEST_EXISTS);
}

char *place_dup_log(const Place *self, const char *device)
{
	return dup_path(self, device, ".log");
}

bool place_say(const Place *self, const char *device, const char *line)
{
	g_autofree char *path = dup_path(self, device, ".control");
	g_autofree char *text = g_strconcat(line, "\n", NULL);
	/* Not blocking: a fifo that nobody reads cannot be opened, and is no reason to wait. */
	int fd = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
	bool said = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (!said)
		g_printerr("%s: %s\n", path, g_strerror(errno));
	if (fd >= 0)
		close(fd);
	return said;
}

GtkWidget *heading_new(const char *text)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_widget_add_css_class(label, "heading");
	gtk_widget_set_halign(label, GTK_ALIGN_START);
	return label;
}

GtkWidget *row_new(void)
{
	GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, GAP);

	gtk_box_set_homogeneous(GTK_BOX(row), true);
	return row;
}

void set_accessible_name(GtkWidget *widget, const char *name)
{
	gtk_accessible_update_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
				       -1);
}

void button_set_text(GtkButton *button, const char *text)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_wrap(GTK_LABEL(label), true);
	gtk_label_set_justify(GTK_LABEL(label), GTK_JUSTIFY_CENTER);
	gtk_button_set_child(button, label);
}

typedef struct {
	const Place *place;
	const char *device, *line;
} Order;

static void on_press(GtkButton *button, const Order *order)
{
	place_say(order->place, order->device, order->line);
}

static void free_order(void *order, GClosure *closure)
{
	g_free(order);
}

GtkWidget *control_button_new(const Place *place, const char *device, const char *line,
			      const char *label)
{
	GtkWidget *button = gtk_button_new();
	Order order = { place, device, line };

	button_set_text(GTK_BUTTON(button), label);
	set_accessible_name(button, label);
	g_signal_connect_data(button, "clicked", G_CALLBACK(on_press),
			      g_memdup2(&order, sizeof order), free_order, 0);
	return button;
}
