/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/recipes_page.h"

#include "backoffice/goods/item.h"
#include "backoffice/stock/recipe.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/item_picker.h"
#include "backoffice/ui/recipe_form.h"
#include "backoffice/ui/scan_keys.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/unseen.h"
#include "backoffice/ui/words.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>

struct _OfficeRecipesPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkStack *stack;
	GtkLabel *message;
	OfficeTextTable *table;
	OfficeItemPicker *picker;
	OfficeRecipeForm *form;

	GPtrArray *found; /* owned; of Entry; NULL: not read yet */
	OfficeDesk *desk; /* borrowed */
	guint round; /* of the reading whose answer counts */
};

G_DEFINE_FINAL_TYPE(OfficeRecipesPage, office_recipes_page, GTK_TYPE_WIDGET)

static const OfficeColumn columns[] = {
	{ N_("Goods"), 0, false },	 { N_("Kind"), 88, false },
	{ N_("First day"), 112, false }, { N_("Comes out"), 112, true },
	{ N_("Components"), 112, true }, { N_("Can be made now"), 144, true },
};

static bool is_on(const OfficeRecipesPage *self, const char *name)
{
	return g_strcmp0(gtk_stack_get_visible_child_name(self->stack), name) == 0;
}

static void say(OfficeRecipesPage *self, const char *text)
{
	gtk_label_set_label(self->message, text);
	gtk_widget_set_visible(GTK_WIDGET(self->message), *text != '\0');
}

/* --- reading ------------------------------------------------------------------------------- */

typedef struct {
	int64_t id, item_id;
	char *name; /* owned */
	Unit unit;
	bool kit;
	int32_t first_day;
	int64_t yield, available;
	bool in_force; /* else it is still to come, and nothing can be made by it */
	guint n_components;
} Entry;

static void entry_free(void *data)
{
	Entry *self = data;

	g_free(self->name);
	g_free(self);
}

typedef struct {
	int64_t shop_id;
	int32_t today;
	guint round;
	GPtrArray *found; /* owned */
} Listing;

static void listing_free(void *data)
{
	Listing *self = data;

	g_clear_pointer(&self->found, g_ptr_array_unref);
	g_free(self);
}

static bool read_entry(Store *store, Listing *self, const Recipe *recipe, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autoptr(Item) item = item_read(store, recipe->item_id, &failed);
	Entry *entry;

	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	if (item == NULL)
		return true; /* deleted since the list was read */
	entry = g_new0(Entry, 1);
	*entry = (Entry){ .id = recipe->id,
			  .item_id = recipe->item_id,
			  .name = g_strdup(item->name),
			  .unit = item->unit,
			  .kit = item->kind == ITEM_KIT,
			  .first_day = recipe->first_day,
			  .yield = recipe->yield,
			  .in_force = recipe->first_day <= self->today,
			  .n_components = recipe->lines->len };
	g_ptr_array_add(self->found, entry);
	return !entry->in_force ||
	       recipe_available(store, self->shop_id, recipe->item_id, &entry->available, error);
}

static bool list_work(Store *store, void *data, GError **error)
{
	Listing *self = data;
	g_autoptr(GPtrArray) recipes = recipe_list(store, error);

	if (recipes == NULL)
		return false;
	self->found = g_ptr_array_new_with_free_func(entry_free);
	for (guint i = 0; i < recipes->len; i++)
		if (!read_entry(store, self, recipes->pdata[i], error))
			return false;
	return true;
}

static OfficeTextRow *row_of(const OfficeRecipesPage *self, const Entry *entry)
{
	OfficeTextRow *row = office_text_row_new(entry->id);
	const char *unit = language_unit_name(entry->unit);

	row->texts[0] = g_strdup(entry->name);
	row->texts[1] = g_strdup(entry->kit ? _("kit") : _("goods"));
	row->texts[2] = entry->first_day != 0 ? office_day_dup(entry->first_day) : g_strdup("—");
	row->texts[3] = office_quantity_dup(self->desk, entry->yield, unit);
	row->texts[4] = number_text_integer(office_desk_get_style(self->desk), entry->n_components);
	row->texts[5] = entry->in_force ? office_quantity_dup(self->desk, entry->available, unit)
					: g_strdup(_("not yet"));
	return row;
}

static void on_listed(GtkWidget *widget, void *data, const GError *error)
{
	OfficeRecipesPage *self = OFFICE_RECIPES_PAGE(widget);
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;
	Listing *listing = data;
	GPtrArray *rows;

	if (listing->round != self->round)
		return;
	if (text != NULL) {
		say(self, text);
		return;
	}
	g_clear_pointer(&self->found, g_ptr_array_unref);
	self->found = g_steal_pointer(&listing->found);
	rows = g_ptr_array_new();
	for (guint i = 0; i < self->found->len; i++)
		g_ptr_array_add(rows, row_of(self, self->found->pdata[i]));
	office_text_table_take(self->table, rows);
	say(self, self->found->len > 0
			  ? ""
			  : _("There are no recipes yet. Scan what is made, or press Ctrl+N."));
}

static void reload(OfficeRecipesPage *self)
{
	Listing *listing = g_new0(Listing, 1);

	listing->shop_id = office_desk_get_shop(self->desk)->id;
	listing->today = office_today(self->desk);
	listing->round = ++self->round;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), list_work, listing, listing_free,
		   on_listed);
}

static void show_list(OfficeRecipesPage *self)
{
	gtk_stack_set_visible_child_name(self->stack, "list");
	reload(self);
	gtk_widget_grab_focus(GTK_WIDGET(self->table));
}

/* --- opening ------------------------------------------------------------------------------- */

static void open_recipe(OfficeRecipesPage *self, int64_t item_id, int32_t day)
{
	gtk_stack_set_visible_child_name(self->stack, "form");
	office_recipe_form_open(self->form, item_id, day);
}

static void on_activated(OfficeTextTable *table, gint64 id, OfficeRecipesPage *self)
{
	for (guint i = 0; self->found != NULL && i < self->found->len; i++) {
		const Entry *entry = self->found->pdata[i];

		if (entry->id == id) {
			open_recipe(self, entry->item_id, entry->first_day);
			return;
		}
	}
}

/* Of goods that have a recipe already it is opened. */
static void on_picked(OfficeItemPicker *picker, gint64 id, const char *name,
		      OfficeRecipesPage *self)
{
	open_recipe(self, id, office_today(self->desk));
}

static void find_item(OfficeRecipesPage *self)
{
	gtk_stack_set_visible_child_name(self->stack, "item");
	office_item_picker_search(self->picker, "");
}

/* --- keys ---------------------------------------------------------------------------------- */

static void do_new(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeRecipesPage *self = OFFICE_RECIPES_PAGE(widget);

	if (is_on(self, "list"))
		find_item(self);
}

static void do_find(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeRecipesPage *self = OFFICE_RECIPES_PAGE(widget);

	if (is_on(self, "form"))
		office_recipe_form_find(self->form);
	else
		find_item(self);
}

static void do_save(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeRecipesPage *self = OFFICE_RECIPES_PAGE(widget);

	if (is_on(self, "form"))
		office_recipe_form_save(self->form);
}

static void do_reload(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeRecipesPage *self = OFFICE_RECIPES_PAGE(widget);

	if (is_on(self, "list"))
		reload(self);
}

static void do_back(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeRecipesPage *self = OFFICE_RECIPES_PAGE(widget);

	if (is_on(self, "form"))
		office_recipe_form_leave(self->form);
	else if (is_on(self, "item"))
		show_list(self);
}

static OfficeScanAnswer on_scan(const char *code, const char *before, void *data)
{
	OfficeRecipesPage *self = data;

	if (is_on(self, "form")) {
		office_recipe_form_scan(self->form, code);
		return OFFICE_SCAN_TAKEN;
	}
	gtk_stack_set_visible_child_name(self->stack, "item");
	office_item_picker_pick(self->picker, code);
	return OFFICE_SCAN_TAKEN;
}

static GtkWidget *get_field(void *data)
{
	return NULL;
}

static const OfficeScanTarget scan_target = { .scan = on_scan, .field = get_field };

/* --- life ---------------------------------------------------------------------------------- */

GtkWidget *office_recipes_page_new(OfficeDesk *desk)
{
	OfficeRecipesPage *self = g_object_new(OFFICE_TYPE_RECIPES_PAGE, NULL);

	self->desk = desk;
	office_item_picker_set_desk(self->picker, desk);
	office_recipe_form_set_desk(self->form, desk);
	office_scan_keys_capture(GTK_WIDGET(self), &scan_target, self);
	say(self, "");
	return GTK_WIDGET(self);
}

static void on_mapped(GtkWidget *widget)
{
	OfficeRecipesPage *self = OFFICE_RECIPES_PAGE(widget);

	GTK_WIDGET_CLASS(office_recipes_page_parent_class)->map(widget);
	if (is_on(self, "list"))
		reload(self); /* stock has moved since */
}

static gboolean grab_focus(GtkWidget *widget)
{
	OfficeRecipesPage *self = OFFICE_RECIPES_PAGE(widget);

	return gtk_widget_grab_focus(is_on(self, "list")
					     ? GTK_WIDGET(self->table)
					     : gtk_stack_get_visible_child(self->stack));
}

static void dispose(GObject *object)
{
	OfficeRecipesPage *self = OFFICE_RECIPES_PAGE(object);
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	g_clear_pointer(&self->found, g_ptr_array_unref);
	G_OBJECT_CLASS(office_recipes_page_parent_class)->dispose(object);
}

static void install_actions(GtkWidgetClass *klass)
{
	gtk_widget_class_install_action(klass, "page.new", NULL, do_new);
	gtk_widget_class_install_action(klass, "page.find", NULL, do_find);
	gtk_widget_class_install_action(klass, "page.save", "s", do_save);
	gtk_widget_class_install_action(klass, "page.reload", NULL, do_reload);
	gtk_widget_class_install_action(klass, "page.back", NULL, do_back);
}

static void office_recipes_page_class_init(OfficeRecipesPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->map = on_mapped;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	install_actions(widget_class);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/recipes_page.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeRecipesPage, stack);
	gtk_widget_class_bind_template_child(widget_class, OfficeRecipesPage, message);
	gtk_widget_class_bind_template_child(widget_class, OfficeRecipesPage, table);
	gtk_widget_class_bind_template_child(widget_class, OfficeRecipesPage, picker);
	gtk_widget_class_bind_template_child(widget_class, OfficeRecipesPage, form);
	gtk_widget_class_bind_template_callback(widget_class, on_activated);
	gtk_widget_class_bind_template_callback(widget_class, on_picked);
	gtk_widget_class_bind_template_callback(widget_class, show_list);
}

static void office_recipes_page_init(OfficeRecipesPage *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	g_type_ensure(OFFICE_TYPE_ITEM_PICKER);
	g_type_ensure(OFFICE_TYPE_RECIPE_FORM);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_unseen_leave_out(self->stack);
	office_text_table_set_columns(self->table, _("Recipes"), columns, G_N_ELEMENTS(columns));
}
