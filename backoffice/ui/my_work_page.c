/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/my_work_page.h"

#include "backoffice/ui/work_view.h"

struct _OfficeMyWorkPage {
	GtkWidget parent_instance;

	OfficeWorkView *view; /* child, borrowed */
	OfficeDesk *desk; /* borrowed */
};

G_DEFINE_FINAL_TYPE(OfficeMyWorkPage, office_my_work_page, GTK_TYPE_WIDGET)

static void reload(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeMyWorkPage *self = OFFICE_MY_WORK_PAGE(widget);

	office_work_view_show(self->view, office_desk_get_person_id(self->desk));
}

GtkWidget *office_my_work_page_new(OfficeDesk *desk)
{
	OfficeMyWorkPage *self = g_object_new(OFFICE_TYPE_MY_WORK_PAGE, NULL);

	self->desk = desk;
	office_work_view_set_desk(self->view, desk);
	return GTK_WIDGET(self);
}

/* Read anew whenever it is looked at. */
static void map(GtkWidget *widget)
{
	GTK_WIDGET_CLASS(office_my_work_page_parent_class)->map(widget);
	reload(widget, NULL, NULL);
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_my_work_page_parent_class)->dispose(object);
}

static void office_my_work_page_class_init(OfficeMyWorkPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->map = map;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_install_action(widget_class, "page.reload", NULL, reload);
}

static void office_my_work_page_init(OfficeMyWorkPage *self)
{
	self->view = g_object_new(OFFICE_TYPE_WORK_VIEW, NULL);
	gtk_widget_set_parent(GTK_WIDGET(self->view), GTK_WIDGET(self));
}
