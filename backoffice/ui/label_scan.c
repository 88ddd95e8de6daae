/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/label_scan.h"

#include "backoffice/goods/goods.h"

struct _OfficeLabelScan {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkEntry *code;
	GtkRevealer *found_revealer;
	GtkListBox *found;

	GCancellable *cancellable; /* owned */

	OfficeDesk *desk; /* borrowed */
	LabelScanFound tell; /* NULL: nobody listens any more */
	void *data;
};

G_DEFINE_FINAL_TYPE(OfficeLabelScan, office_label_scan, GTK_TYPE_WIDGET)

/* --- several that are called so --- */

static void clear_found(OfficeLabelScan *self)
{
	GtkListBoxRow *row;

	gtk_revealer_set_reveal_child(self->found_revealer, false);
	while ((row = gtk_list_box_get_row_at_index(self->found, 0)) != NULL)
		gtk_list_box_remove(self->found, GTK_WIDGET(row));
}

static void show_found(OfficeLabelScan *self, const GPtrArray *found)
{
	for (guint i = 0; i < found->len; i++) {
		const Goods *goods = found->pdata[i];
		g_autofree char *text =
			g_strdup_printf("%s · %s", goods->name,
					*goods->barcode != '\0' ? goods->barcode : goods->article);
		GtkWidget *label = gtk_label_new(text);
		GtkWidget *row = gtk_list_box_row_new();

		gtk_label_set_xalign(GTK_LABEL(label), 0);
		gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
		gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row), label);
		gtk_accessible_update_property(GTK_ACCESSIBLE(row), GTK_ACCESSIBLE_PROPERTY_LABEL,
					       text, -1);
		g_object_set_data_full(G_OBJECT(row), "item",
				       g_memdup2(&goods->id, sizeof goods->id), g_free);
		gtk_list_box_append(self->found, row);
	}
	gtk_revealer_set_reveal_child(self->found_revealer, true);
	gtk_widget_grab_focus(GTK_WIDGET(gtk_list_box_get_row_at_index(self->found, 0)));
}

/* --- what is looked for --- */

static void show_looked(OfficeLabelScan *self, const LabelLooked *looked)
{
	clear_found(self);
	if (looked->data == NULL && looked->found != NULL && looked->found->len > 0) {
		show_found(self, looked->found);
		return;
	}
	if (looked->data != NULL)
		gtk_editable_set_text(GTK_EDITABLE(self->code), "");
	gtk_widget_grab_focus(GTK_WIDGET(self->code));
	self->tell(looked->data != NULL ? looked : NULL, NULL, self->data);
}

static void on_looked(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeLabelScan) self = data;
	g_autoptr(GError) error = NULL;
	LabelLooked *looked = g_task_propagate_pointer(G_TASK(result), &error);

	if (looked != NULL) {
		if (self->tell != NULL)
			show_looked(self, looked);
		label_looked_free(looked);
	} else if (self->tell != NULL &&
		   !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
		self->tell(NULL, error, self->data);
	}
}

/* Takes @look. */
static void look_up(OfficeLabelScan *self, LabelLook *look)
{
	GTask *task = g_task_new(NULL, self->cancellable, on_looked, g_object_ref(self));

	g_task_set_task_data(task, look, label_look_free);
	office_desk_run(self->desk, OFFICE_QUICK, task, label_look_job);
}

static void on_code(GtkEntry *entry, OfficeLabelScan *self)
{
	LabelLook *look = label_look_new(office_desk_get_shop(self->desk)->id,
					 gtk_editable_get_text(GTK_EDITABLE(entry)));

	if (*look->text == '\0') {
		label_look_free(look);
		return;
	}
	gtk_editable_select_region(GTK_EDITABLE(entry), 0, -1); /* the next scan takes its place */
	look_up(self, look);
}

static void on_found_chosen(GtkListBox *box, GtkListBoxRow *row, OfficeLabelScan *self)
{
	const int64_t *id = g_object_get_data(G_OBJECT(row), "item");

	look_up(self, label_look_new_item(office_desk_get_shop(self->desk)->id, *id));
}

/* --- life --- */

void office_label_scan_set_desk(OfficeLabelScan *self, OfficeDesk *desk, LabelScanFound found,
				void *data)
{
	self->desk = desk;
	self->tell = found;
	self->data = data;
}

static gboolean grab_focus(GtkWidget *widget)
{
	OfficeLabelScan *self = OFFICE_LABEL_SCAN(widget);

	gtk_widget_grab_focus(GTK_WIDGET(self->code));
	gtk_editable_select_region(GTK_EDITABLE(self->code), 0, -1);
	return true;
}

static void dispose(GObject *object)
{
	OfficeLabelScan *self = OFFICE_LABEL_SCAN(object);
	GtkWidget *child;

	g_cancellable_cancel(self->cancellable);
	g_clear_object(&self->cancellable);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_label_scan_parent_class)->dispose(object);
}

static void office_label_scan_class_init(OfficeLabelScanClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/label_scan.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeLabelScan, code);
	gtk_widget_class_bind_template_child(widget_class, OfficeLabelScan, found_revealer);
	gtk_widget_class_bind_template_child(widget_class, OfficeLabelScan, found);
	gtk_widget_class_bind_template_callback(widget_class, on_code);
	gtk_widget_class_bind_template_callback(widget_class, on_found_chosen);
}

static void office_label_scan_init(OfficeLabelScan *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
	self->cancellable = g_cancellable_new();
}
