/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/item_page.h"

#include "backoffice/ui/item_codes.h"
#include "backoffice/ui/item_fields.h"
#include "backoffice/ui/item_jobs.h"

#include <glib/gi18n-lib.h>

struct _OfficeItemPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkLabel *title, *message;
	GtkButton *delete_button, *save_button;
	GtkGrid *grid;
	OfficeItemCodes *codes;
	GtkPicture *picture;
	GtkExpander *variants;
	GtkEntry *first_axis, *firsts, *second_axis, *seconds;

	ItemFields *fields; /* owned */
	Item *item; /* owned; as it was read; NULL while it is being read */
	char *scanned; /* owned; goes into a new item; or NULL */
	OfficeDesk *desk; /* borrowed; NULL when the page is gone */
	bool wrote;
};

G_DEFINE_FINAL_TYPE(OfficeItemPage, office_item_page, GTK_TYPE_WIDGET)

static guint done_signal;

static void say(OfficeItemPage *self, const char *text)
{
	gtk_label_set_label(self->message, text);
}

static void set_busy(OfficeItemPage *self, bool busy)
{
	gtk_widget_set_sensitive(GTK_WIDGET(self->save_button), !busy);
	gtk_widget_set_sensitive(GTK_WIDGET(self->delete_button),
				 !busy && self->item != NULL && self->item->id != 0);
}

static void close_page(OfficeItemPage *self)
{
	g_signal_emit(self, done_signal, 0, self->wrote);
}

/* --- what comes back ----------------------------------------------------------------------- */

static void show_picture(OfficeItemPage *self, GBytes *bytes)
{
	g_autoptr(GdkTexture) texture =
		bytes != NULL ? gdk_texture_new_from_bytes(bytes, NULL) : NULL;

	gtk_picture_set_paintable(self->picture, GDK_PAINTABLE(texture));
	gtk_widget_set_visible(GTK_WIDGET(self->picture), texture != NULL);
}

static void show_loaded(OfficeItemPage *self, ItemOrder *order)
{
	item_free(self->item);
	self->item = g_steal_pointer(&order->item);
	if (self->item->id == 0 && self->scanned != NULL)
		item_add_barcode(self->item, self->scanned, -1);
	g_clear_pointer(&self->scanned, g_free);
	item_fields_set_taxes(self->fields, order->taxes);
	item_fields_show(self->fields, self->item);
	office_item_codes_show(self->codes, self->desk, self->item);
	show_picture(self, order->picture);
	gtk_label_set_label(self->title, self->item->id != 0 ? self->item->name : _("New goods"));
	gtk_widget_grab_focus(item_fields_get_first(self->fields));
}

static void show_made(OfficeItemPage *self, int made)
{
	g_autofree char *number = number_text_integer(office_desk_get_style(self->desk), made);
	g_autofree char *text = g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%s variant was made.",
							    "%s variants were made.", (gulong)made),
						number);

	self->wrote = true;
	say(self, text);
}

static void load(OfficeItemPage *self, int64_t id);

static void take_answer(OfficeItemPage *self, ItemOrder *order)
{
	switch (order->verb) {
	case ITEM_LOAD:
		show_loaded(self, order);
		break;
	case ITEM_SAVE:
	case ITEM_DELETE:
		self->wrote = true;
		close_page(self);
		break;
	case ITEM_GIVE_BARCODE:
		office_item_codes_add(self->codes, order->code);
		break;
	case ITEM_SET_PICTURE:
		show_picture(self, order->picture);
		break;
	case ITEM_MAKE_VARIANTS:
		show_made(self, order->made);
		break;
	}
}

static void on_answer(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeItemPage) self = data;
	ItemOrder *order = g_task_get_task_data(G_TASK(result));
	g_autoptr(GError) error = NULL;
	bool ok = g_task_propagate_boolean(G_TASK(result), &error);

	if (self->desk == NULL)
		return;
	if (ok) {
		take_answer(self, order);
	} else {
		g_autofree char *text = office_desk_dup_trouble(error);

		say(self, text);
	}
	set_busy(self, false);
}

/* Takes @order. */
static void ask(OfficeItemPage *self, ItemOrder *order)
{
	GTask *task = g_task_new(NULL, NULL, on_answer, g_object_ref(self));

	say(self, "");
	set_busy(self, true);
	g_task_set_task_data(task, order, item_order_free);
	office_desk_run(self->desk, OFFICE_QUICK, task, item_order_job);
}

static void load(OfficeItemPage *self, int64_t id)
{
	ask(self, item_order_new(ITEM_LOAD, id, self->desk));
}

/* --- verbs --------------------------------------------------------------------------------- */

/* As it stands in the form; NULL after saying what is wrong. Own it. */
static Item *read_form(OfficeItemPage *self)
{
	g_autoptr(Item) item = item_copy(self->item);
	g_autofree char *wrong = item_fields_read(self->fields, item);

	if (wrong == NULL)
		wrong = office_item_codes_read(self->codes, item);
	if (wrong == NULL)
		wrong = item_check(item, office_desk_get_shop(self->desk)->currency);
	if (wrong == NULL)
		return g_steal_pointer(&item);
	say(self, wrong);
	return NULL;
}

static void save(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeItemPage *self = OFFICE_ITEM_PAGE(widget);
	g_autoptr(Item) item = NULL;
	ItemOrder *order;

	if (self->item == NULL || !gtk_widget_get_sensitive(GTK_WIDGET(self->save_button)))
		return;
	item = read_form(self);
	if (item == NULL)
		return;
	order = item_order_new(ITEM_SAVE, item->id, self->desk);
	order->item = g_steal_pointer(&item);
	ask(self, order);
}

static void delete_item(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeItemPage *self = OFFICE_ITEM_PAGE(widget);
	ItemOrder *order;

	if (self->item == NULL || self->item->id == 0)
		return;
	order = item_order_new(ITEM_DELETE, self->item->id, self->desk);
	order->revision = self->item->revision;
	ask(self, order);
}

static void give_barcode(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeItemPage *self = OFFICE_ITEM_PAGE(widget);

	ask(self, item_order_new(ITEM_GIVE_BARCODE, 0, self->desk));
}

/* "S, M, L" to its parts, trimmed; own it. */
static char **dup_values(GtkEntry *entry)
{
	g_auto(GStrv) parts = g_strsplit(gtk_editable_get_text(GTK_EDITABLE(entry)), ",", -1);
	g_autoptr(GStrvBuilder) values = g_strv_builder_new();

	for (char **part = parts; *part != NULL; part++)
		if (*g_strstrip(*part) != '\0')
			g_strv_builder_add(values, *part);
	return g_strv_builder_end(values);
}

static void make_variants(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeItemPage *self = OFFICE_ITEM_PAGE(widget);
	g_autoptr(Item) item = self->item != NULL ? read_form(self) : NULL;
	ItemOrder *order;

	if (item == NULL)
		return;
	order = item_order_new(ITEM_MAKE_VARIANTS, item->id, self->desk);
	order->item = g_steal_pointer(&item);
	order->axes[0] = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->first_axis)));
	order->axes[1] = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->second_axis)));
	order->values[0] = dup_values(self->firsts);
	order->values[1] = dup_values(self->seconds);
	ask(self, order);
}

/* --- the picture --------------------------------------------------------------------------- */

static void set_picture(OfficeItemPage *self, GBytes *bytes)
{
	ItemOrder *order;

	if (self->item == NULL || self->item->id == 0) {
		say(self, _("Save the goods first, then give them a picture."));
		return;
	}
	order = item_order_new(ITEM_SET_PICTURE, self->item->id, self->desk);
	order->picture = bytes != NULL ? g_bytes_ref(bytes) : NULL;
	ask(self, order);
}

static void on_picture_read(GObject *file, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeItemPage) self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = g_file_load_bytes_finish(G_FILE(file), result, NULL, &error);

	if (self->desk == NULL)
		return;
	if (bytes == NULL)
		say(self, error->message);
	else
		set_picture(self, bytes);
}

static void on_picture_chosen(GtkNativeDialog *dialog, int response, OfficeItemPage *self)
{
	g_autoptr(GFile) file = NULL;

	if (response == GTK_RESPONSE_ACCEPT)
		file = gtk_file_chooser_get_file(GTK_FILE_CHOOSER(dialog));
	if (file != NULL)
		g_file_load_bytes_async(file, NULL, on_picture_read, g_object_ref(self));
	g_object_unref(dialog);
}

static void choose_picture(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeItemPage *self = OFFICE_ITEM_PAGE(widget);
	GtkFileChooserNative *dialog = gtk_file_chooser_native_new(
		_("A picture of the goods: PNG or JPEG"), GTK_WINDOW(gtk_widget_get_root(widget)),
		GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

	g_signal_connect_object(dialog, "response", G_CALLBACK(on_picture_chosen), self, 0);
	gtk_native_dialog_show(GTK_NATIVE_DIALOG(dialog));
}

static void remove_picture(GtkWidget *widget, const char *action, GVariant *parameter)
{
	set_picture(OFFICE_ITEM_PAGE(widget), NULL);
}

static void leave(GtkWidget *widget, const char *action, GVariant *parameter)
{
	close_page(OFFICE_ITEM_PAGE(widget));
}

/* --- life ---------------------------------------------------------------------------------- */

GtkWidget *office_item_page_new(OfficeDesk *desk)
{
	OfficeItemPage *self = g_object_new(OFFICE_TYPE_ITEM_PAGE, NULL);
	bool may = office_desk_may(desk, RIGHT_EDIT_GOODS);

	self->desk = desk;
	self->fields = item_fields_new(self->grid, 0, desk);
	gtk_widget_set_visible(GTK_WIDGET(self->save_button),
			       may || office_desk_may(desk, RIGHT_CHANGE_PRICE));
	gtk_widget_set_visible(GTK_WIDGET(self->delete_button), may);
	gtk_widget_set_visible(GTK_WIDGET(self->variants), may);
	return GTK_WIDGET(self);
}

void office_item_page_open(OfficeItemPage *self, int64_t id, const char *code)
{
	g_clear_pointer(&self->item, item_free);
	g_free(self->scanned);
	self->scanned = g_strdup(code);
	self->wrote = false;
	gtk_label_set_label(self->title, "");
	load(self, id);
}

static void dispose(GObject *object)
{
	OfficeItemPage *self = OFFICE_ITEM_PAGE(object);
	GtkWidget *child;

	self->desk = NULL;
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	g_clear_pointer(&self->fields, item_fields_free);
	g_clear_pointer(&self->item, item_free);
	g_clear_pointer(&self->scanned, g_free);
	G_OBJECT_CLASS(office_item_page_parent_class)->dispose(object);
}

static void install_actions(GtkWidgetClass *klass)
{
	gtk_widget_class_install_action(klass, "item.save", NULL, save);
	gtk_widget_class_install_action(klass, "item.delete", NULL, delete_item);
	gtk_widget_class_install_action(klass, "item.close", NULL, leave);
	gtk_widget_class_install_action(klass, "item.give-barcode", NULL, give_barcode);
	gtk_widget_class_install_action(klass, "item.make-variants", NULL, make_variants);
	gtk_widget_class_install_action(klass, "item.choose-picture", NULL, choose_picture);
	gtk_widget_class_install_action(klass, "item.remove-picture", NULL, remove_picture);
	gtk_widget_class_add_binding_action(klass, GDK_KEY_s, GDK_CONTROL_MASK, "item.save", NULL);
	gtk_widget_class_add_binding_action(klass, GDK_KEY_Escape, 0, "item.close", NULL);
}

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass, "/shop/baraa/office/item_page.ui");
	gtk_widget_class_bind_template_child(klass, OfficeItemPage, title);
	gtk_widget_class_bind_template_child(klass, OfficeItemPage, message);
	gtk_widget_class_bind_template_child(klass, OfficeItemPage, delete_button);
	gtk_widget_class_bind_template_child(klass, OfficeItemPage, save_button);
	gtk_widget_class_bind_template_child(klass, OfficeItemPage, grid);
	gtk_widget_class_bind_template_child(klass, OfficeItemPage, codes);
	gtk_widget_class_bind_template_child(klass, OfficeItemPage, picture);
	gtk_widget_class_bind_template_child(klass, OfficeItemPage, variants);
	gtk_widget_class_bind_template_child(klass, OfficeItemPage, first_axis);
	gtk_widget_class_bind_template_child(klass, OfficeItemPage, firsts);
	gtk_widget_class_bind_template_child(klass, OfficeItemPage, second_axis);
	gtk_widget_class_bind_template_child(klass, OfficeItemPage, seconds);
}

static void office_item_page_class_init(OfficeItemPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	done_signal = g_signal_new("done", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0, NULL,
				   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	install_actions(widget_class);
	bind_template(widget_class);
}

static void office_item_page_init(OfficeItemPage *self)
{
	g_type_ensure(OFFICE_TYPE_ITEM_CODES);
	gtk_widget_init_template(GTK_WIDGET(self));
}
