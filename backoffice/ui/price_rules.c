/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/price_rules.h"

#include "backoffice/prices/prices.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/drop_down.h"
#include "backoffice/ui/message.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define EVERY_DAY 127
#define DAY_MINUTES 1440
#define LAST_DAY 99991231

/* What the database says. */
typedef struct {
	GPtrArray *kinds, *groups, *shops; /* owned */
	GArray *rules; /* owned; of PriceRule */
} Facts;

struct _OfficePriceRules {
	GtkWidget parent_instance;

	/* template children, borrowed */
	OfficeTextTable *table;
	GtkLabel *message;
	GtkDropDown *kind, *group, *shop;
	GtkEditable *days, *hours, *first, *last, *rank, *group_name;
	GtkWidget *remove;

	Facts facts; /* kinds NULL: not read yet */
	OfficeDesk *desk; /* borrowed */
	int64_t open_id; /* in the form; 0: a new one */
	bool busy;
};

G_DEFINE_FINAL_TYPE(OfficePriceRules, office_price_rules, GTK_TYPE_WIDGET)

static const OfficeColumn columns[] = {
	{ N_("Rank"), 64, true },	{ N_("Kind"), 112, false },
	{ N_("Customers"), 0, false },	{ N_("Shop"), 112, false },
	{ N_("Days"), 80, false },	{ N_("Hours"), 104, false },
	{ N_("First day"), 96, false }, { N_("Last day"), 96, false },
};

static void facts_clear(Facts *self)
{
	g_clear_pointer(&self->kinds, g_ptr_array_unref);
	g_clear_pointer(&self->groups, g_ptr_array_unref);
	g_clear_pointer(&self->shops, g_ptr_array_unref);
	g_clear_pointer(&self->rules, g_array_unref);
}

static void say(OfficePriceRules *self, const char *text, bool is_trouble)
{
	office_message_say(self->message, text, is_trouble);
}

/* --- names --------------------------------------------------------------------------------- */

/* The three lists begin alike; a position in one of them, −1: none. */
static int64_t id_at(const GPtrArray *list, guint i)
{
	return *(const int64_t *)list->pdata[i];
}

G_STATIC_ASSERT(offsetof(PriceKind, id) == 0 && offsetof(CustomerGroup, id) == 0 &&
		offsetof(Shop, id) == 0);

static int position_of(const GPtrArray *list, int64_t id)
{
	for (guint i = 0; i < list->len; i++)
		if (id_at(list, i) == id)
			return (int)i;
	return -1;
}

static const char *kind_name(const Facts *facts, int64_t id)
{
	int i = position_of(facts->kinds, id);

	return i >= 0 ? price_kind_title(facts->kinds->pdata[i]) : "";
}

static const char *group_name(const Facts *facts, int64_t id)
{
	int i = position_of(facts->groups, id);

	return i >= 0 ? ((const CustomerGroup *)facts->groups->pdata[i])->name : _("everybody");
}

static const char *shop_name(const Facts *facts, int64_t id)
{
	int i = position_of(facts->shops, id);

	return i >= 0 ? ((const Shop *)facts->shops->pdata[i])->name : _("all shops");
}

/* "12345": 1 is Monday. Own it. */
static char *dup_days(int weekdays)
{
	GString *text = g_string_new(NULL);

	for (int i = 0; i < 7; i++)
		if ((weekdays & 1 << i) != 0)
			g_string_append_c(text, (char)('1' + i));
	return g_string_free(text, false);
}

static char *dup_hours(const PriceRule *rule)
{
	return g_strdup_printf("%02d:%02d-%02d:%02d", rule->minute / 60, rule->minute % 60,
			       rule->until / 60, rule->until % 60);
}

static char *dup_last(int32_t day)
{
	return day == LAST_DAY ? g_strdup("") : office_day_dup(day);
}

/* --- showing ------------------------------------------------------------------------------- */

static OfficeTextRow *row_of(const Facts *facts, const PriceRule *rule)
{
	OfficeTextRow *row = office_text_row_new(rule->id);

	row->texts[0] = g_strdup_printf("%d", rule->rank);
	row->texts[1] = g_strdup(kind_name(facts, rule->kind_id));
	row->texts[2] = g_strdup(group_name(facts, rule->group_id));
	row->texts[3] = g_strdup(shop_name(facts, rule->shop_id));
	row->texts[4] = dup_days(rule->weekdays);
	row->texts[5] = dup_hours(rule);
	row->texts[6] = office_day_dup(rule->first_day);
	row->texts[7] = dup_last(rule->last_day);
	return row;
}

static const PriceRule *find(const OfficePriceRules *self, int64_t id)
{
	for (guint i = 0; self->facts.rules != NULL && i < self->facts.rules->len; i++)
		if (g_array_index(self->facts.rules, PriceRule, i).id == id)
			return &g_array_index(self->facts.rules, PriceRule, i);
	return NULL;
}

static void fill_form(OfficePriceRules *self, const PriceRule *rule)
{
	g_autofree char *days = dup_days(rule->weekdays), *hours = dup_hours(rule);
	g_autofree char *first = office_day_dup(rule->first_day), *last = dup_last(rule->last_day);
	g_autofree char *rank = g_strdup_printf("%d", rule->rank);

	self->open_id = rule->id;
	gtk_drop_down_set_selected(self->kind,
				   (guint)MAX(position_of(self->facts.kinds, rule->kind_id), 0));
	gtk_drop_down_set_selected(self->group,
				   (guint)(position_of(self->facts.groups, rule->group_id) + 1));
	gtk_drop_down_set_selected(self->shop,
				   (guint)(position_of(self->facts.shops, rule->shop_id) + 1));
	gtk_editable_set_text(self->days, days);
	gtk_editable_set_text(self->hours, hours);
	gtk_editable_set_text(self->first, first);
	gtk_editable_set_text(self->last, last);
	gtk_editable_set_text(self->rank, rank);
	gtk_widget_set_sensitive(self->remove, rule->id != 0);
}

static const PriceRule new_rule = { .weekdays = EVERY_DAY,
				    .until = DAY_MINUTES,
				    .last_day = LAST_DAY };

static void begin_new(OfficePriceRules *self)
{
	if (self->facts.kinds == NULL)
		return;
	office_text_table_choose(self->table, 0);
	fill_form(self, &new_rule);
	gtk_widget_grab_focus(GTK_WIDGET(self->kind));
}

static void fill_names(GtkDropDown *drop, const char *all, const GPtrArray *list,
		       const char *(*name)(const void *thing))
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);

	if (all != NULL)
		gtk_string_list_append(names, all);
	for (guint i = 0; i < list->len; i++)
		gtk_string_list_append(names, name(list->pdata[i]));
	gtk_drop_down_set_model(drop, G_LIST_MODEL(names));
}

static const char *title_of_kind(const void *kind)
{
	return price_kind_title(kind);
}

static const char *name_of_group(const void *group)
{
	return ((const CustomerGroup *)group)->name;
}

static const char *name_of_shop(const void *shop)
{
	return ((const Shop *)shop)->name;
}

static void show(OfficePriceRules *self)
{
	GPtrArray *rows = g_ptr_array_new();
	const PriceRule *open = find(self, self->open_id);

	for (guint i = 0; i < self->facts.rules->len; i++)
		g_ptr_array_add(rows, row_of(&self->facts,
					     &g_array_index(self->facts.rules, PriceRule, i)));
	office_text_table_take(self->table, rows);
	fill_names(self->kind, NULL, self->facts.kinds, title_of_kind);
	fill_names(self->group, _("everybody"), self->facts.groups, name_of_group);
	fill_names(self->shop, _("all shops"), self->facts.shops, name_of_shop);
	fill_form(self, open != NULL ? open : &new_rule);
}

static void on_chosen(OfficeTextTable *table, gint64 id, OfficePriceRules *self)
{
	const PriceRule *rule = find(self, id);

	if (rule != NULL)
		fill_form(self, rule);
}

/* --- reading and writing ------------------------------------------------------------------- */

typedef struct {
	PriceRule rule;
	CustomerGroup group; /* owns its name; NULL: none is to be made */
	bool write;
	int64_t person_id;
	Facts facts;
} Order;

static void order_free(void *data)
{
	Order *self = data;

	facts_clear(&self->facts);
	g_free(self->group.name);
	g_free(self);
}

static bool read_facts(Store *store, Facts *facts, GError **error)
{
	facts->kinds = price_kind_list(store, error);
	facts->groups = facts->kinds != NULL ? customer_group_list(store, error) : NULL;
	facts->shops = facts->groups != NULL ? shop_list(store, error) : NULL;
	facts->rules = facts->shops != NULL ? price_rule_list(store, error) : NULL;
	return facts->rules != NULL;
}

static bool order_work(Store *store, void *data, GError **error)
{
	Order *self = data;

	if (self->write && !price_rule_write(store, &self->rule, self->person_id, error))
		return false;
	if (self->group.name != NULL &&
	    !customer_group_write(store, &self->group, self->person_id, error))
		return false;
	return read_facts(store, &self->facts, error);
}

static void on_done(GtkWidget *widget, void *data, const GError *error)
{
	OfficePriceRules *self = OFFICE_PRICE_RULES(widget);
	g_autofree char *text = error != NULL ? office_desk_dup_trouble(error) : NULL;
	Order *order = data;

	self->busy = false;
	if (text != NULL) {
		say(self, text, true);
		return;
	}
	facts_clear(&self->facts);
	self->facts = order->facts;
	order->facts = (Facts){ 0 };
	if (order->write) {
		self->open_id = order->rule.deleted ? 0 : order->rule.id;
		say(self, order->rule.deleted ? _("The rule is gone.") : _("Written."), false);
	}
	if (order->group.name != NULL) {
		gtk_editable_set_text(self->group_name, "");
		say(self, _("The group is there: choose it in a rule."), false);
	}
	show(self);
}

static void run(OfficePriceRules *self, const PriceRule *rule, const char *group)
{
	Order *order = g_new0(Order, 1);

	if (rule != NULL)
		order->rule = *rule;
	order->write = rule != NULL;
	order->group.name = g_strdup(group);
	order->person_id = office_desk_get_person_id(self->desk);
	self->busy = rule != NULL || group != NULL;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), order_work, order, order_free,
		   on_done);
}

static bool refuse(OfficePriceRules *self, GtkEditable *field, const char *text)
{
	say(self, text, true);
	gtk_widget_grab_focus(GTK_WIDGET(field));
	return false;
}

static bool parse_days(const char *text, int *ret)
{
	*ret = 0;
	for (; *text != '\0'; text++) {
		if (*text < '1' || *text > '7')
			return false;
		*ret |= 1 << (*text - '1');
	}
	return true;
}

static bool parse_hours(const char *text, PriceRule *ret)
{
	int from, from_minute, until, until_minute, end = 0;

	if (sscanf(text, "%2d:%2d-%2d:%2d%n", &from, &from_minute, &until, &until_minute, &end) !=
		    4 ||
	    text[end] != '\0' || from_minute > 59 || until_minute > 59)
		return false;
	ret->minute = from * 60 + from_minute;
	ret->until = until * 60 + until_minute;
	return true;
}

static bool parse_day(const char *text, int32_t empty, int32_t *ret)
{
	*ret = empty;
	return *text == '\0' || office_day_parse(text, ret);
}

static bool read_times(OfficePriceRules *self, PriceRule *ret)
{
	gint64 rank;

	if (!parse_days(gtk_editable_get_text(self->days), &ret->weekdays))
		return refuse(self, self->days,
			      _("Days of the week are digits, 1 is Monday: 12345."));
	if (!parse_hours(gtk_editable_get_text(self->hours), ret))
		return refuse(self, self->hours, _("Hours are written like 18:00-21:30."));
	if (!parse_day(gtk_editable_get_text(self->first), 0, &ret->first_day))
		return refuse(self, self->first,
			      _("There is no such day: type it like "
				"2026-12-31."));
	if (!parse_day(gtk_editable_get_text(self->last), LAST_DAY, &ret->last_day))
		return refuse(self, self->last,
			      _("There is no such day: type it like "
				"2026-12-31."));
	if (!g_ascii_string_to_signed(gtk_editable_get_text(self->rank), 10, -1000, 1000, &rank,
				      NULL))
		return refuse(self, self->rank,
			      _("The rank is a number: of several rules that "
				"fit, the highest counts."));
	ret->rank = (int)rank;
	return true;
}

/* The id that is chosen in a list that begins with "all". */
static int64_t chosen_id(GtkDropDown *drop, const GPtrArray *list)
{
	guint i = gtk_drop_down_get_selected(drop);

	return i > 0 && i <= list->len ? id_at(list, i - 1) : 0;
}

void office_price_rules_write(OfficePriceRules *self)
{
	PriceRule rule = { .id = self->open_id };
	guint kind = gtk_drop_down_get_selected(self->kind);

	if (self->busy || self->facts.kinds == NULL || kind >= self->facts.kinds->len)
		return;
	rule.kind_id = id_at(self->facts.kinds, kind);
	rule.group_id = chosen_id(self->group, self->facts.groups);
	rule.shop_id = chosen_id(self->shop, self->facts.shops);
	if (read_times(self, &rule))
		run(self, &rule, NULL);
}

static void remove_open(OfficePriceRules *self)
{
	const PriceRule *old = find(self, self->open_id);
	PriceRule rule;

	if (self->busy || old == NULL)
		return;
	rule = *old;
	rule.deleted = true;
	run(self, &rule, NULL);
}

static void add_group(OfficePriceRules *self)
{
	if (!self->busy)
		run(self, NULL, gtk_editable_get_text(self->group_name));
}

void office_price_rules_reload(OfficePriceRules *self)
{
	run(self, NULL, NULL);
}

/* --- life ---------------------------------------------------------------------------------- */

void office_price_rules_set_desk(OfficePriceRules *self, OfficeDesk *desk)
{
	self->desk = desk;
}

static void dispose(GObject *object)
{
	OfficePriceRules *self = OFFICE_PRICE_RULES(object);
	GtkWidget *child;

	facts_clear(&self->facts);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_price_rules_parent_class)->dispose(object);
}

static void office_price_rules_class_init(OfficePriceRulesClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/price_rules.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficePriceRules, table);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceRules, message);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceRules, kind);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceRules, group);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceRules, shop);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceRules, days);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceRules, hours);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceRules, first);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceRules, last);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceRules, rank);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceRules, group_name);
	gtk_widget_class_bind_template_child(widget_class, OfficePriceRules, remove);
	gtk_widget_class_bind_template_callback(widget_class, on_chosen);
	gtk_widget_class_bind_template_callback(widget_class, begin_new);
	gtk_widget_class_bind_template_callback(widget_class, remove_open);
	gtk_widget_class_bind_template_callback(widget_class, add_group);
	gtk_widget_class_bind_template_callback(widget_class, office_price_rules_write);
}

static void office_price_rules_init(OfficePriceRules *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_drop_down_name(self->kind, _("Kind that is paid"));
	office_drop_down_name(self->group, _("By which customers"));
	office_drop_down_name(self->shop, _("In which shop"));
	office_text_table_set_columns(self->table, _("Rules of prices"), columns,
				      G_N_ELEMENTS(columns));
}
