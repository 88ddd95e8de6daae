/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/label_page.h"

#include "backoffice/ui/label_check.h"
#include "backoffice/ui/label_designer.h"
#include "backoffice/ui/label_devices.h"
#include "backoffice/ui/label_print.h"

struct _OfficeLabelPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkStack *stack;
	OfficeLabelPrint *print;
	OfficeLabelCheck *check;
	OfficeLabelDesigner *designer;
	OfficeLabelDevices *devices;

	OfficeDesk *desk; /* borrowed; NULL while the template is being built */
};

G_DEFINE_FINAL_TYPE(OfficeLabelPage, office_label_page, GTK_TYPE_WIDGET)

static void show_part(GtkWidget *part)
{
	if (OFFICE_IS_LABEL_PRINT(part))
		office_label_print_reload(OFFICE_LABEL_PRINT(part));
	else if (OFFICE_IS_LABEL_DESIGNER(part))
		office_label_designer_reload(OFFICE_LABEL_DESIGNER(part));
	else if (OFFICE_IS_LABEL_DEVICES(part))
		office_label_devices_reload(OFFICE_LABEL_DEVICES(part));
}

/* What one part has changed, another may be showing. */
static void on_turned(OfficeLabelPage *self)
{
	if (self->desk == NULL || !gtk_widget_get_mapped(GTK_WIDGET(self)))
		return;
	show_part(gtk_stack_get_visible_child(self->stack));
	gtk_widget_grab_focus(gtk_stack_get_visible_child(self->stack));
}

static void reload(GtkWidget *widget, const char *action, GVariant *parameter)
{
	show_part(gtk_stack_get_visible_child(OFFICE_LABEL_PAGE(widget)->stack));
}

static void find(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeLabelPage *self = OFFICE_LABEL_PAGE(widget);

	if (gtk_stack_get_visible_child(self->stack) == GTK_WIDGET(self->check)) {
		office_label_check_find(self->check);
		return;
	}
	gtk_stack_set_visible_child(self->stack, GTK_WIDGET(self->print));
	office_label_print_find(self->print);
}

static void add_checked(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeLabelPage *self = OFFICE_LABEL_PAGE(widget);

	if (gtk_stack_get_visible_child(self->stack) == GTK_WIDGET(self->check))
		office_label_check_add(self->check);
}

static void print(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeLabelPage *self = OFFICE_LABEL_PAGE(widget);

	if (gtk_stack_get_visible_child(self->stack) == GTK_WIDGET(self->print))
		office_label_print_start(self->print);
}

static void on_map(OfficeLabelPage *self)
{
	show_part(gtk_stack_get_visible_child(self->stack));
}

/* What a right does not allow is not shown. */
static void hide_parts(OfficeLabelPage *self, const OfficeDesk *desk)
{
	bool print = office_desk_may(desk, RIGHT_PRINT_LABELS);
	bool design = office_desk_may(desk, RIGHT_DESIGN_LABELS);
	const struct {
		void *part;
		bool shown;
	} parts[] = { { self->print, print },
		      { self->check, print },
		      { self->designer, design },
		      { self->devices, print } };

	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
		gtk_stack_page_set_visible(gtk_stack_get_page(self->stack, parts[i].part),
					   parts[i].shown);
	if (!print)
		gtk_stack_set_visible_child(self->stack, GTK_WIDGET(self->designer));
}

GtkWidget *office_label_page_new(OfficeDesk *desk)
{
	OfficeLabelPage *self = g_object_new(OFFICE_TYPE_LABEL_PAGE, NULL);

	office_label_print_set_desk(self->print, desk);
	office_label_check_set_desk(self->check, desk, self->print);
	office_label_designer_set_desk(self->designer, desk);
	office_label_devices_set_desk(self->devices, desk);
	hide_parts(self, desk);
	self->desk = desk;
	g_signal_connect(self, "map", G_CALLBACK(on_map), NULL);
	return GTK_WIDGET(self);
}

static gboolean grab_focus(GtkWidget *widget)
{
	OfficeLabelPage *self = OFFICE_LABEL_PAGE(widget);

	return gtk_widget_grab_focus(gtk_stack_get_visible_child(self->stack));
}

static void dispose(GObject *object)
{
	OfficeLabelPage *self = OFFICE_LABEL_PAGE(object);
	GtkWidget *child;

	self->desk = NULL;
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_label_page_parent_class)->dispose(object);
}

static void office_label_page_class_init(OfficeLabelPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_install_action(widget_class, "page.reload", NULL, reload);
	gtk_widget_class_install_action(widget_class, "page.find", NULL, find);
	gtk_widget_class_install_action(widget_class, "page.labels", NULL, add_checked);
	gtk_widget_class_install_action(widget_class, "page.print", NULL, print);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/label_page.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeLabelPage, stack);
	gtk_widget_class_bind_template_child(widget_class, OfficeLabelPage, print);
	gtk_widget_class_bind_template_child(widget_class, OfficeLabelPage, check);
	gtk_widget_class_bind_template_child(widget_class, OfficeLabelPage, designer);
	gtk_widget_class_bind_template_child(widget_class, OfficeLabelPage, devices);
	gtk_widget_class_bind_template_callback(widget_class, on_turned);
}

static void office_label_page_init(OfficeLabelPage *self)
{
	g_type_ensure(OFFICE_TYPE_LABEL_PRINT);
	g_type_ensure(OFFICE_TYPE_LABEL_CHECK);
	g_type_ensure(OFFICE_TYPE_LABEL_DESIGNER);
	g_type_ensure(OFFICE_TYPE_LABEL_DEVICES);
	gtk_widget_init_template(GTK_WIDGET(self));
}
