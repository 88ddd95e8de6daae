/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/person_rules.h"

#include "backoffice/staff/pay.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/drop_down.h"
#include "backoffice/ui/message.h"
#include "backoffice/ui/text_table.h"
#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _OfficePersonRules {
	GtkWidget parent_instance;

	/* template children, borrowed */
	OfficeTextTable *table;
	GtkWidget *first_box, *second_box, *third_box, *remove;
	GtkDropDown *owner, *kind, *shop;
	GtkEditable *value, *threshold, *from;
	GtkLabel *message;

	OfficeDesk *desk; /* borrowed */
	int64_t person_id; /* 0: nobody */
	Role role;
	bool busy;
};

G_DEFINE_FINAL_TYPE(OfficePersonRules, office_person_rules, GTK_TYPE_WIDGET)

enum { WHOSE, KIND, VALUE, THRESHOLD, SHOP, FROM };
static const OfficeColumn columns[] = {
	[WHOSE] = { N_("Whose"), 104, false },	    [KIND] = { N_("Kind of rule"), 0, false },
	[VALUE] = { N_("Amount or %"), 104, true }, [THRESHOLD] = { N_("Plan from"), 80, true },
	[SHOP] = { N_("Shop"), 80, false },	    [FROM] = { N_("From day"), 96, false },
};

static void say(OfficePersonRules *self, const char *text, bool is_trouble)
{
	office_message_say(self->message, text, is_trouble);
}

/* --- asking -------------------------------------------------------------------------------- */

typedef struct {
	enum { READ, ADD, REMOVE } what;
	int64_t by, id, person_id;
	PayRule rule; /* owns its role */
	GPtrArray *rules; /* owned */
} Order;

static void order_free(void *data)
{
	Order *self = data;

	g_free(self->rule.role);
	g_clear_pointer(&self->rules, g_ptr_array_unref);
	g_free(self);
}

static bool order_work(Store *store, void *data, GError **error)
{
	Order *self = data;

	if (self->what == ADD && !pay_rule_add(store, self->by, &self->rule, &self->id, error))
		return false;
	if (self->what == REMOVE && !pay_rule_remove(store, self->by, self->id, error))
		return false;
	self->rules = pay_rules(store, error);
	return self->rules != NULL;
}

static const char *shop_name(OfficePersonRules *self, int64_t id)
{
	const GPtrArray *shops = office_desk_get_shops(self->desk);

	for (guint i = 0; i < shops->len; i++)
		if (((const Shop *)shops->pdata[i])->id == id)
			return ((const Shop *)shops->pdata[i])->name;
	return _("all shops");
}

static OfficeTextRow *row_of(OfficePersonRules *self, const PayRule *rule)
{
	const NumberStyle *style = office_desk_get_style(self->desk);
	OfficeTextRow *row = office_text_row_new(rule->id);

	row->texts[WHOSE] = g_strdup(rule->person_id != 0 ? rule->person : role_title(self->role));
	row->texts[KIND] = g_strdup(pay_kind_title(rule->kind));
	row->texts[VALUE] = pay_kind_is_amount(rule->kind)
				    ? office_money_dup(self->desk, rule->amount)
				    : number_text_percent(style, rule->rate);
	if (rule->threshold != 0)
		row->texts[THRESHOLD] = number_text_percent(style, rule->threshold);
	row->texts[SHOP] = g_strdup(shop_name(self, rule->shop_id));
	row->texts[FROM] = office_day_dup(rule->first_day);
	return row;
}

static void show(OfficePersonRules *self, const GPtrArray *rules)
{
	GPtrArray *rows = g_ptr_array_new();

	for (guint i = 0; i < rules->len; i++) {
		const PayRule *rule = rules->pdata[i];

		if (rule->person_id == self->person_id ||
		    strcmp(rule->role, role_code(self->role)) == 0)
			g_ptr_array_add(rows, row_of(self, rule));
	}
	gtk_widget_set_sensitive(self->remove, rows->len > 0);
	office_text_table_take(self->table, rows);
}

static void on_done(GtkWidget *widget, void *data, const GError *error)
{
	OfficePersonRules *self = OFFICE_PERSON_RULES(widget);
	Order *order = data;

	self->busy = false;
	if (error != NULL) {
		g_autofree char *text = office_desk_dup_trouble(error);

		say(self, text, true);
		return;
	}
	if (order->person_id != self->person_id)
		return;
	show(self, order->rules);
	if (order->what != READ)
		say(self, order->what == ADD ? _("Written.") : _("The rule is gone."), false);
}

static void run(OfficePersonRules *self, Order *order)
{
	order->by = office_desk_get_person_id(self->desk);
	order->person_id = self->person_id;
	self->busy = order->what != READ;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), order_work, order, order_free,
		   on_done);
}

/* --- what is typed ------------------------------------------------------------------------- */

/* "1.5" are 150 hundredths of a percent. */
static bool parse_percent(const char *text, int32_t *ret)
{
	Money value;

	if (!money_parse_decimal(text, 643, &value) || value.minor < 0 || value.minor > INT32_MAX)
		return false;
	*ret = (int32_t)value.minor;
	return true;
}

static bool refuse(OfficePersonRules *self, GtkEditable *field, const char *text)
{
	say(self, text, true);
	gtk_widget_grab_focus(GTK_WIDGET(field));
	return false;
}

static bool read_rule(OfficePersonRules *self, PayRule *rule)
{
	const char *value = gtk_editable_get_text(self->value);
	const char *threshold = gtk_editable_get_text(self->threshold);
	const GPtrArray *shops = office_desk_get_shops(self->desk);
	guint shop = gtk_drop_down_get_selected(self->shop);

	rule->kind = (PayKind)gtk_drop_down_get_selected(self->kind);
	if (shop > 0 && shop <= shops->len)
		rule->shop_id = ((const Shop *)shops->pdata[shop - 1])->id;
	if (pay_kind_is_amount(rule->kind) ? !office_money_parse(self->desk, value, &rule->amount)
					   : !parse_percent(value, &rule->rate))
		return refuse(self, self->value,
			      _("Such a rule has an amount, or a share up to 100 %."));
	if (*threshold != '\0' && !parse_percent(threshold, &rule->threshold))
		return refuse(self, self->threshold,
			      _("Only a bonus has a threshold, up to ten times the plan."));
	if (!office_day_parse(gtk_editable_get_text(self->from), &rule->first_day))
		return refuse(self, self->from,
			      _("There is no such day: type it like 2026-12-31."));
	return true;
}

static void add_rule(OfficePersonRules *self)
{
	bool own = gtk_drop_down_get_selected(self->owner) == 0;
	Order *order;

	if (self->busy || self->person_id == 0)
		return;
	order = g_new0(Order, 1);
	order->what = ADD;
	order->rule.person_id = own ? self->person_id : 0;
	order->rule.role = g_strdup(own ? "" : role_code(self->role));
	if (read_rule(self, &order->rule))
		run(self, order);
	else
		order_free(order);
}

static void remove_rule(OfficePersonRules *self)
{
	int64_t id = office_text_table_get_chosen(self->table);
	Order *order;

	if (self->busy || id == 0)
		return;
	order = g_new0(Order, 1);
	order->what = REMOVE;
	order->id = id;
	run(self, order);
}

/* --- life ---------------------------------------------------------------------------------- */

static void fill_owner(OfficePersonRules *self, const PersonFile *person)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);

	gtk_string_list_append(names, person->name);
	gtk_string_list_append(names, role_title(person->role));
	gtk_drop_down_set_model(self->owner, G_LIST_MODEL(names));
}

void office_person_rules_show(OfficePersonRules *self, const PersonFile *person)
{
	self->person_id = person != NULL ? person->id : 0;
	say(self, "", false);
	if (person == NULL)
		return;
	self->role = person->role;
	fill_owner(self, person);
	run(self, g_new0(Order, 1));
}

void office_person_rules_set_desk(OfficePersonRules *self, OfficeDesk *desk)
{
	const GPtrArray *shops = office_desk_get_shops(desk);
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);
	g_autofree char *today = NULL;
	bool may = office_desk_may(desk, RIGHT_PAY_RULES);

	self->desk = desk;
	gtk_string_list_append(names, _("all shops"));
	for (guint i = 0; i < shops->len; i++)
		gtk_string_list_append(names, ((const Shop *)shops->pdata[i])->name);
	gtk_drop_down_set_model(self->shop, G_LIST_MODEL(names));
	today = office_day_dup(office_today(desk) / 100 * 100 + 1);
	gtk_editable_set_text(self->from, today);
	office_text_table_show_column(self->table, SHOP, shops->len > 1);
	gtk_widget_set_visible(self->first_box, may);
	gtk_widget_set_visible(self->second_box, may);
	gtk_widget_set_visible(self->third_box, may);
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_person_rules_parent_class)->dispose(object);
}

static void office_person_rules_class_init(OfficePersonRulesClass *klass)
{
	static const struct {
		const char *name;
		gsize offset;
	} children[] = {
		{ "table", offsetof(OfficePersonRules, table) },
		{ "first_box", offsetof(OfficePersonRules, first_box) },
		{ "second_box", offsetof(OfficePersonRules, second_box) },
		{ "third_box", offsetof(OfficePersonRules, third_box) },
		{ "remove", offsetof(OfficePersonRules, remove) },
		{ "owner", offsetof(OfficePersonRules, owner) },
		{ "kind", offsetof(OfficePersonRules, kind) },
		{ "shop", offsetof(OfficePersonRules, shop) },
		{ "value", offsetof(OfficePersonRules, value) },
		{ "threshold", offsetof(OfficePersonRules, threshold) },
		{ "from", offsetof(OfficePersonRules, from) },
		{ "message", offsetof(OfficePersonRules, message) },
	};
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/person_rules.ui");
	for (size_t i = 0; i < G_N_ELEMENTS(children); i++)
		gtk_widget_class_bind_template_child_full(widget_class, children[i].name, false,
							  (gssize)children[i].offset);
	gtk_widget_class_bind_template_callback(widget_class, add_rule);
	gtk_widget_class_bind_template_callback(widget_class, remove_rule);
}

static void fill_kinds(OfficePersonRules *self)
{
	g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);

	for (PayKind kind = 0; kind < PAY_N_KINDS; kind++)
		gtk_string_list_append(names, pay_kind_title(kind));
	gtk_drop_down_set_model(self->kind, G_LIST_MODEL(names));
}

static void office_person_rules_init(OfficePersonRules *self)
{
	g_type_ensure(OFFICE_TYPE_TEXT_TABLE);
	gtk_widget_init_template(GTK_WIDGET(self));
	office_drop_down_name(self->owner, _("Whose rule it is"));
	office_drop_down_name(self->kind, _("Kind of rule of pay"));
	office_drop_down_name(self->shop, _("Shop of the rule"));
	fill_kinds(self);
	office_text_table_set_columns(self->table, _("Rules of pay"), columns,
				      G_N_ELEMENTS(columns));
}
