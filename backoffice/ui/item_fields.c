/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/item_fields.h"

#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum { FIELD_TEXT, FIELD_MONEY, FIELD_QUANTITY, FIELD_NUMBER, FIELD_FLAG } FieldType;

/* Every member of Item that a person types or ticks. */
typedef struct {
	const char *title;
	FieldType type;
	size_t member;
	size_t has; /* of what may be unknown; 0: is always there */
	Rights see, change; /* 0: everybody */
} Field;

#define BIT(right) (UINT32_C(1) << (right))
#define AT(member) offsetof(Item, member)

#define PLAIN(t, y, m)                                                                             \
	{                                                                                          \
		.title = t, .type = y, .member = AT(m)                                             \
	}
#define MAYBE(t, y, m, ...)                                                                        \
	{                                                                                          \
		.title = t, .type = y, .member = AT(m), .has = AT(has_##m), __VA_ARGS__            \
	}

static const Field fields[] = {
	PLAIN(N_("Name"), FIELD_TEXT, name),
	PLAIN(N_("Article"), FIELD_TEXT, article),
	PLAIN(N_("Group"), FIELD_TEXT, category),
	PLAIN(N_("Brand"), FIELD_TEXT, brand),
	MAYBE(N_("Price"), FIELD_MONEY, price, .change = BIT(RIGHT_CHANGE_PRICE)),
	MAYBE(N_("Cost"), FIELD_MONEY, cost, .see = BIT(RIGHT_SEE_COST)),
	PLAIN(N_("Weighed at the till"), FIELD_FLAG, weighed),
	MAYBE(N_("Number on scales (PLU)"), FIELD_NUMBER, plu, .see = 0),
	MAYBE(N_("Tare, kg"), FIELD_QUANTITY, tare, .see = 0),
	PLAIN(N_("Kept by batch and expiry day"), FIELD_FLAG, expires),
	MAYBE(N_("Shelf life, days"), FIELD_NUMBER, shelf_life, .see = 0),
	PLAIN(N_("Kept by serial number"), FIELD_FLAG, serials),
	PLAIN(N_("Marked (a code on every piece)"), FIELD_FLAG, marked),
	MAYBE(N_("Least on the shelf"), FIELD_QUANTITY, minimum, .see = 0),
	PLAIN(N_("Classification code"), FIELD_TEXT, classification),
	PLAIN(N_("Note"), FIELD_TEXT, note),
};
#define N_FIELDS G_N_ELEMENTS(fields)

struct ItemFields {
	GtkWidget *widgets[N_FIELDS]; /* borrowed; NULL where the person may not see it */
	GtkDropDown *unit, *tax, *kind; /* borrowed */
	GArray *taxes; /* owned; ids of tax groups as listed */
	OfficeDesk *desk; /* borrowed */
};

static void *member(const Item *item, size_t offset)
{
	return (char *)item + offset;
}

static bool may(const ItemFields *self, Rights rights)
{
	for (Right right = 0; right < RIGHT_N; right++)
		if (rights_have(rights, right) && !office_desk_may(self->desk, right))
			return false;
	return true;
}

/* --- building ------------------------------------------------------------------------------ */

static void attach(GtkGrid *grid, int row, const char *title, GtkWidget *widget)
{
	GtkWidget *label = gtk_label_new(g_dgettext(GETTEXT_PACKAGE, title));

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_wrap(GTK_LABEL(label), true);
	gtk_label_set_max_width_chars(GTK_LABEL(label), 24);
	gtk_label_set_mnemonic_widget(GTK_LABEL(label), widget);
	gtk_widget_set_hexpand(widget, true);
	gtk_grid_attach(grid, label, 0, row, 1, 1);
	gtk_grid_attach(grid, widget, 1, row, 1, 1);
}

static GtkWidget *field_new(const ItemFields *self, const Field *field)
{
	GtkWidget *widget;

	if (field->type == FIELD_FLAG)
		return gtk_check_button_new();
	widget = gtk_entry_new();
	gtk_editable_set_editable(GTK_EDITABLE(widget), may(self, field->change));
	if (field->type != FIELD_TEXT) {
		gtk_entry_set_alignment(GTK_ENTRY(widget), 1);
		gtk_widget_add_css_class(widget, "numeric");
		gtk_editable_set_max_width_chars(GTK_EDITABLE(widget), 14);
	}
	return widget;
}

static GtkDropDown *unit_list_new(void)
{
	const char *titles[UNIT_N + 1] = { NULL };

	for (Unit unit = 0; unit < UNIT_N; unit++)
		titles[unit] = language_unit_name(unit);
	return GTK_DROP_DOWN(gtk_drop_down_new_from_strings(titles));
}

static GtkDropDown *kind_list_new(void)
{
	const char *titles[] = { [ITEM_GOODS] = _("goods"),
				 [ITEM_KIT] = _("kit: its parts leave stock"),
				 [ITEM_SERVICE] = _("service: has no stock"),
				 NULL };

	return GTK_DROP_DOWN(gtk_drop_down_new_from_strings(titles));
}

ItemFields *item_fields_new(GtkGrid *grid, int first, OfficeDesk *desk)
{
	ItemFields *self = g_new0(ItemFields, 1);
	int row = first;

	self->desk = desk;
	self->taxes = g_array_new(false, false, sizeof(int32_t));
	self->unit = unit_list_new();
	self->kind = kind_list_new();
	self->tax = GTK_DROP_DOWN(gtk_drop_down_new_from_strings((const char *[]){ NULL }));
	for (size_t i = 0; i < N_FIELDS; i++) {
		if (!may(self, fields[i].see))
			continue;
		self->widgets[i] = field_new(self, &fields[i]);
		attach(grid, row++, fields[i].title, self->widgets[i]);
		if (fields[i].member == AT(brand)) {
			attach(grid, row++, N_("Unit"), GTK_WIDGET(self->unit));
			attach(grid, row++, N_("Tax"), GTK_WIDGET(self->tax));
			attach(grid, row++, N_("Kind"), GTK_WIDGET(self->kind));
		}
	}
	return self;
}

void item_fields_free(ItemFields *self)
{
	if (self == NULL)
		return;
	g_array_unref(self->taxes);
	g_free(self);
}

GtkWidget *item_fields_get_first(ItemFields *self)
{
	return self->widgets[0];
}

void item_fields_set_taxes(ItemFields *self, const TaxNames *taxes)
{
	g_autoptr(GtkStringList) list = gtk_string_list_new(NULL);

	g_array_set_size(self->taxes, 0);
	for (int i = 0; i < tax_names_get_n(taxes); i++) {
		int32_t group;

		gtk_string_list_append(list, tax_names_get(taxes, i, &group));
		g_array_append_val(self->taxes, group);
	}
	gtk_drop_down_set_model(self->tax, G_LIST_MODEL(list));
}

/* --- showing ------------------------------------------------------------------------------- */

/* As it can be typed again; own it. */
static char *dup_text(const ItemFields *self, const Field *field, const Item *item)
{
	int64_t value;

	if (field->type == FIELD_TEXT)
		return g_strdup(*(char **)member(item, field->member));
	if (field->has != 0 && !*(bool *)member(item, field->has))
		return g_strdup("");
	value = *(int64_t *)member(item, field->member);
	if (field->type == FIELD_MONEY)
		return money_dup_decimal(
			(Money){ value, office_desk_get_shop(self->desk)->currency });
	if (field->type == FIELD_QUANTITY)
		return quantity_dup_decimal((Quantity){ value });
	return g_strdup_printf("%" G_GINT64_FORMAT, value);
}

static void show_field(ItemFields *self, size_t i, const Item *item)
{
	g_autofree char *text = NULL;

	if (fields[i].type == FIELD_FLAG) {
		gtk_check_button_set_active(GTK_CHECK_BUTTON(self->widgets[i]),
					    *(bool *)member(item, fields[i].member));
		return;
	}
	text = dup_text(self, &fields[i], item);
	gtk_editable_set_text(GTK_EDITABLE(self->widgets[i]), text);
}

void item_fields_show(ItemFields *self, const Item *item)
{
	for (size_t i = 0; i < N_FIELDS; i++)
		if (self->widgets[i] != NULL)
			show_field(self, i, item);
	gtk_drop_down_set_selected(self->unit, item->unit);
	gtk_drop_down_set_selected(self->kind, item->kind);
	for (guint i = 0; i < self->taxes->len; i++)
		if (g_array_index(self->taxes, int32_t, i) == item->tax_group)
			gtk_drop_down_set_selected(self->tax, i);
}

/* --- reading ------------------------------------------------------------------------------- */

/* People group thousands by blanks. Own it. */
static char *dup_typed(GtkWidget *entry)
{
	const char *text = gtk_editable_get_text(GTK_EDITABLE(entry));
	g_autoptr(GString) bare = g_string_new(NULL);

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
		if (!g_unichar_isspace(g_utf8_get_char(p)))
			g_string_append_len(bare, p, g_utf8_next_char(p) - p);
	return g_string_free(g_steal_pointer(&bare), false);
}

static bool parse(const ItemFields *self, const Field *field, const char *text, int64_t *ret)
{
	Quantity quantity;
	Money money;

	switch (field->type) {
	case FIELD_MONEY:
		if (!money_parse_decimal(text, office_desk_get_shop(self->desk)->currency, &money))
			return false;
		*ret = money.minor;
		return true;
	case FIELD_QUANTITY:
		if (!quantity_parse_decimal(text, &quantity))
			return false;
		*ret = quantity.micro;
		return true;
	default:
		return g_ascii_string_to_signed(text, 10, 0, G_MAXINT32, ret, NULL);
	}
}

static char *read_number(ItemFields *self, size_t i, Item *item)
{
	g_autofree char *text = dup_typed(self->widgets[i]);
	int64_t value = 0;
	bool has = *text != '\0';

	if (has && !parse(self, &fields[i], text, &value))
		/* Translators: %s is a field and what was typed: Price: “12x” is not a number. */
		return g_strdup_printf(_("%s: “%s” is not a number that fits here."),
				       g_dgettext(GETTEXT_PACKAGE, fields[i].title), text);
	*(bool *)member(item, fields[i].has) = has;
	*(int64_t *)member(item, fields[i].member) = value;
	return NULL;
}

static void read_text(ItemFields *self, size_t i, Item *item)
{
	char **text = member(item, fields[i].member);

	g_free(*text);
	*text = g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->widgets[i]))));
}

char *item_fields_read(ItemFields *self, Item *item)
{
	guint tax = gtk_drop_down_get_selected(self->tax);

	for (size_t i = 0; i < N_FIELDS; i++) {
		char *wrong = NULL;

		if (self->widgets[i] == NULL)
			continue;
		if (fields[i].type == FIELD_FLAG)
			*(bool *)member(item, fields[i].member) =
				gtk_check_button_get_active(GTK_CHECK_BUTTON(self->widgets[i]));
		else if (fields[i].type == FIELD_TEXT)
			read_text(self, i, item);
		else
			wrong = read_number(self, i, item);
		if (wrong != NULL) {
			gtk_widget_grab_focus(self->widgets[i]);
			return wrong;
		}
	}
	item->unit = (Unit)gtk_drop_down_get_selected(self->unit);
	item->kind = (ItemKind)gtk_drop_down_get_selected(self->kind);
	if (tax < self->taxes->len)
		item->tax_group = g_array_index(self->taxes, int32_t, tax);
	return NULL;
}
