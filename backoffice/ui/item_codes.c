/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/item_codes.h"

#include <glib/gi18n-lib.h>

/* A row of the list of packs, or of barcodes. */
typedef struct {
	GtkWidget *box; /* borrowed: the row itself */
	GtkEditable *text; /* name of the pack; barcode */
	GtkEditable *factor, *price; /* of a pack */
	GtkDropDown *pack; /* of a barcode: 0 one unit, then the packs */
	int64_t id; /* of a pack; 0: new */
} Row;

struct _OfficeItemCodes {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkBox *codes, *packs;

	GPtrArray *code_rows, *pack_rows; /* owned; of Row */
	OfficeDesk *desk; /* borrowed */
};

G_DEFINE_FINAL_TYPE(OfficeItemCodes, office_item_codes, GTK_TYPE_WIDGET)

static GtkEditable *add_entry(Row *row, const char *title, int width, bool number)
{
	GtkWidget *entry = gtk_entry_new();

	gtk_entry_set_placeholder_text(GTK_ENTRY(entry), title);
	gtk_accessible_update_property(GTK_ACCESSIBLE(entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
				       -1);
	gtk_editable_set_width_chars(GTK_EDITABLE(entry), width);
	gtk_widget_set_hexpand(entry, !number);
	if (number) {
		gtk_entry_set_alignment(GTK_ENTRY(entry), 1);
		gtk_widget_add_css_class(entry, "numeric");
	}
	gtk_box_append(GTK_BOX(row->box), entry);
	return GTK_EDITABLE(entry);
}

/* --- which packs a barcode can be of ------------------------------------------------------- */

static void refresh_choices(OfficeItemCodes *self)
{
	for (guint i = 0; i < self->code_rows->len; i++) {
		Row *row = self->code_rows->pdata[i];
		guint chosen = gtk_drop_down_get_selected(row->pack);
		g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);

		gtk_string_list_append(names, _("one unit"));
		for (guint k = 0; k < self->pack_rows->len; k++) {
			const Row *pack = self->pack_rows->pdata[k];
			const char *name = gtk_editable_get_text(pack->text);

			gtk_string_list_append(names, *name != '\0' ? name : _("pack"));
		}
		gtk_drop_down_set_model(row->pack, G_LIST_MODEL(names));
		gtk_drop_down_set_selected(row->pack, chosen <= self->pack_rows->len ? chosen : 0);
	}
}

/* --- rows ---------------------------------------------------------------------------------- */

static void remove_from(OfficeItemCodes *self, GPtrArray *rows, GtkBox *box, GtkWidget *widget)
{
	for (guint i = 0; i < rows->len; i++) {
		Row *row = rows->pdata[i];

		if (row->box != widget)
			continue;
		gtk_box_remove(box, widget);
		g_ptr_array_remove_index(rows, i);
		return;
	}
}

/* Barcodes of a pack that goes are of one unit again, and those of the packs after it move up. */
static void forget_pack(OfficeItemCodes *self, GtkWidget *box)
{
	guint index = 0;

	while (index < self->pack_rows->len &&
	       ((const Row *)self->pack_rows->pdata[index])->box != box)
		index++;
	for (guint i = 0; i < self->code_rows->len; i++) {
		Row *row = self->code_rows->pdata[i];
		guint chosen = gtk_drop_down_get_selected(row->pack);

		if (chosen == index + 1)
			gtk_drop_down_set_selected(row->pack, 0);
		else if (chosen > index + 1)
			gtk_drop_down_set_selected(row->pack, chosen - 1);
	}
}

static void on_remove(GtkButton *button, OfficeItemCodes *self)
{
	GtkWidget *box = gtk_widget_get_parent(GTK_WIDGET(button));

	if (gtk_widget_get_parent(box) == GTK_WIDGET(self->packs)) {
		forget_pack(self, box);
		remove_from(self, self->pack_rows, self->packs, box);
	} else {
		remove_from(self, self->code_rows, self->codes, box);
	}
	refresh_choices(self);
}

static Row *row_new(OfficeItemCodes *self, GtkBox *list, GPtrArray *rows)
{
	Row *row = g_new0(Row, 1);

	row->box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 4);
	gtk_box_append(list, row->box);
	g_ptr_array_add(rows, row);
	return row;
}

static void add_remove(OfficeItemCodes *self, Row *row, const char *title)
{
	GtkWidget *button = gtk_button_new_from_icon_name("list-remove-symbolic");

	gtk_widget_set_tooltip_text(button, title);
	gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
				       -1);
	gtk_box_append(GTK_BOX(row->box), button);
	g_signal_connect_object(button, "clicked", G_CALLBACK(on_remove), self, 0);
}

static Row *add_pack(OfficeItemCodes *self)
{
	Row *row = row_new(self, self->packs, self->pack_rows);

	row->text = add_entry(row, _("Name of the pack"), 10, false);
	row->factor = add_entry(row, _("How many"), 8, true);
	row->price = add_entry(row, _("Price of the pack"), 10, true);
	gtk_editable_set_editable(row->price, office_desk_may(self->desk, RIGHT_CHANGE_PRICE));
	add_remove(self, row, _("Take the pack out"));
	g_signal_connect_object(row->text, "changed", G_CALLBACK(refresh_choices), self,
				G_CONNECT_SWAPPED);
	refresh_choices(self);
	return row;
}

static Row *add_code(OfficeItemCodes *self, const char *code)
{
	Row *row = row_new(self, self->codes, self->code_rows);

	row->text = add_entry(row, _("Barcode"), 16, false);
	gtk_editable_set_text(row->text, code);
	row->pack = GTK_DROP_DOWN(gtk_drop_down_new_from_strings((const char *[]){ NULL }));
	gtk_accessible_update_property(GTK_ACCESSIBLE(row->pack), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("What it is the barcode of"), -1);
	gtk_box_append(GTK_BOX(row->box), GTK_WIDGET(row->pack));
	add_remove(self, row, _("Take the barcode out"));
	refresh_choices(self);
	return row;
}

static void on_add_code(OfficeItemCodes *self)
{
	gtk_widget_grab_focus(GTK_WIDGET(add_code(self, "")->text));
}

static void on_add_pack(OfficeItemCodes *self)
{
	gtk_widget_grab_focus(GTK_WIDGET(add_pack(self)->text));
}

void office_item_codes_add(OfficeItemCodes *self, const char *code)
{
	add_code(self, code);
}

/* --- showing, reading ---------------------------------------------------------------------- */

static void clear(GtkBox *box, GPtrArray *rows)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(box))) != NULL)
		gtk_box_remove(box, child);
	g_ptr_array_set_size(rows, 0);
}

static void show_pack(OfficeItemCodes *self, const ItemPack *pack)
{
	Row *row = add_pack(self);
	g_autofree char *factor = quantity_dup_decimal((Quantity){ pack->factor });

	row->id = pack->id;
	gtk_editable_set_text(row->text, pack->name);
	gtk_editable_set_text(row->factor, factor);
	if (pack->has_price) {
		g_autofree char *price = money_dup_decimal(
			(Money){ pack->price, office_desk_get_shop(self->desk)->currency });

		gtk_editable_set_text(row->price, price);
	}
}

void office_item_codes_show(OfficeItemCodes *self, OfficeDesk *desk, const Item *item)
{
	self->desk = desk;
	clear(self->codes, self->code_rows);
	clear(self->packs, self->pack_rows);
	for (guint i = 0; i < item->packs->len; i++)
		show_pack(self, &g_array_index(item->packs, ItemPack, i));
	for (guint i = 0; i < item->barcodes->len; i++) {
		const ItemBarcode *barcode = &g_array_index(item->barcodes, ItemBarcode, i);

		gtk_drop_down_set_selected(add_code(self, barcode->code)->pack,
					   (guint)(barcode->pack + 1));
	}
}

static char *read_pack(OfficeItemCodes *self, const Row *row, Item *item)
{
	const char *name = gtk_editable_get_text(row->text);
	const char *price_text = gtk_editable_get_text(row->price);
	Quantity factor;
	Money price;
	int index;

	if (!quantity_parse_decimal(gtk_editable_get_text(row->factor), &factor) ||
	    factor.micro <= 0) {
		gtk_widget_grab_focus(GTK_WIDGET(row->factor));
		return g_strdup_printf(_("How many are in the pack “%s”? Type a number."), name);
	}
	if (*price_text != '\0' &&
	    !money_parse_decimal(price_text, office_desk_get_shop(self->desk)->currency, &price)) {
		gtk_widget_grab_focus(GTK_WIDGET(row->price));
		return g_strdup_printf(_("The price of the pack “%s” is not an amount."), name);
	}
	index = item_add_pack(item, name, factor.micro, *price_text != '\0' ? &price.minor : NULL);
	g_array_index(item->packs, ItemPack, index).id = row->id;
	return NULL;
}

char *office_item_codes_read(OfficeItemCodes *self, Item *item)
{
	g_array_set_size(item->packs, 0);
	g_array_set_size(item->barcodes, 0);
	for (guint i = 0; i < self->pack_rows->len; i++) {
		char *wrong = read_pack(self, self->pack_rows->pdata[i], item);

		if (wrong != NULL)
			return wrong;
	}
	for (guint i = 0; i < self->code_rows->len; i++) {
		const Row *row = self->code_rows->pdata[i];
		g_autofree char *code = g_strstrip(g_strdup(gtk_editable_get_text(row->text)));

		if (*code != '\0')
			item_add_barcode(item, code,
					 (int)gtk_drop_down_get_selected(row->pack) - 1);
	}
	return NULL;
}

/* --- life ---------------------------------------------------------------------------------- */

static void dispose(GObject *object)
{
	OfficeItemCodes *self = OFFICE_ITEM_CODES(object);
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	g_clear_pointer(&self->code_rows, g_ptr_array_unref);
	g_clear_pointer(&self->pack_rows, g_ptr_array_unref);
	G_OBJECT_CLASS(office_item_codes_parent_class)->dispose(object);
}

static void office_item_codes_class_init(OfficeItemCodesClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/item_codes.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeItemCodes, codes);
	gtk_widget_class_bind_template_child(widget_class, OfficeItemCodes, packs);
	gtk_widget_class_bind_template_callback(widget_class, on_add_code);
	gtk_widget_class_bind_template_callback(widget_class, on_add_pack);
}

static void office_item_codes_init(OfficeItemCodes *self)
{
	self->code_rows = g_ptr_array_new_with_free_func(g_free);
	self->pack_rows = g_ptr_array_new_with_free_func(g_free);
	gtk_widget_init_template(GTK_WIDGET(self));
}
