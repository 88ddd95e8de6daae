/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/audit.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <string.h>

void audit_entry_free(AuditEntry *self)
{
	if (self == NULL)
		return;
	g_free(self->person);
	g_free(self->action);
	g_free(self->subject);
	g_free(self->detail);
	g_free(self->before);
	g_free(self->after);
	g_free(self);
}

const char *audit_action_title(const char *action)
{
	static const struct {
		const char *code, *title;
	} titles[] = {
		{ "init", N_("Shop made") },
		{ "shop-add", N_("Shop added") },
		{ "person-add", N_("Person added") },
		{ "person-change", N_("Person changed") },
		{ "person-leave", N_("Person left") },
		{ "shop-change", N_("Shop changed") },
		{ "work-entry", N_("Hours corrected") },
		{ "hours-setting", N_("Counting of hours changed") },
		{ "plan", N_("Plan changed") },
		{ "pay-rule", N_("Rule of pay changed") },
		{ "till-add", N_("Till added") },
		{ "import", N_("List imported") },
		{ "right-change", N_("Right changed") },
		{ "document-post", N_("Document posted") },
		{ "document-reverse", N_("Document reversed") },
		{ "document-discard", N_("Draft thrown away") },
		{ "rebuild", N_("Sums of sales told once more") },
		{ "item-cost", N_("Cost changed by a delivery") },
		{ "supplier", N_("Supplier changed") },
		{ "supplier-goods", N_("Goods of a supplier changed") },
		{ "supplier-debt", N_("Debt to a supplier entered") },
		{ "price-list", N_("Supplier's price list imported") },
		{ "price-set", N_("Price set") },
		{ "price-cancel", N_("Price to come taken back") },
		{ "price-kind", N_("Kind of price changed") },
		{ "price-rule", N_("Rule of prices changed") },
		{ "customer-group", N_("Group of customers changed") },
		{ "customer", N_("Customer changed") },
		{ "money-enter", N_("Money entered") },
		{ "money-reverse", N_("Money entry taken back") },
		{ "money-settle", N_("Cash of a till settled") },
		{ "money-account", N_("Account added") },
		{ "money-setting", N_("Ways of cash changed") },
		{ "money-close", N_("Months closed or opened") },
		{ "expense-kind", N_("Kind of expense added") },
		{ "currency-rate", N_("Rate of a currency set") },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(titles); i++)
		if (strcmp(titles[i].code, action) == 0)
			return g_dgettext(GETTEXT_PACKAGE, titles[i].title);
	return action;
}

static AuditEntry *entry_of_row(StoreStatement *row)
{
	AuditEntry *self = g_new0(AuditEntry, 1);

	self->id = store_get_int(row, 0);
	self->at = store_get_int(row, 1);
	self->person_id = store_get_int(row, 2);
	self->person = g_strdup(store_get_text(row, 3));
	self->action = g_strdup(store_get_text(row, 4));
	self->subject = g_strdup(store_get_text(row, 5));
	self->detail = g_strdup(store_get_text(row, 6));
	self->before = g_strdup(store_get_text(row, 7));
	self->after = g_strdup(store_get_text(row, 8));
	return self;
}

GPtrArray *audit_find(Store *store, const AuditFilter *filter, int skip, int max, GError **error)
{
	g_autoptr(GPtrArray) entries =
		g_ptr_array_new_with_free_func((GDestroyNotify)audit_entry_free);
	StoreStatement *row = store_statement(store, "office/people/audit_list");
	StoreStep step;

	store_bind_text(row, 1, filter->search != NULL ? filter->search : "");
	store_bind_int(row, 2, max);
	store_bind_int(row, 3, skip);
	store_bind_text(row, 4, filter->action != NULL ? filter->action : "");
	store_bind_int(row, 5, filter->person_set ? filter->person_id : -1);
	store_bind_int(row, 6, filter->from);
	store_bind_int(row, 7, filter->until != 0 ? filter->until : INT64_MAX);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(entries, entry_of_row(row));
	return step == STORE_DONE ? g_steal_pointer(&entries) : NULL;
}

GPtrArray *audit_list(Store *store, const char *search, int skip, int max, GError **error)
{
	return audit_find(store, &(AuditFilter){ .search = search }, skip, max, error);
}

GPtrArray *audit_actions(Store *store, GError **error)
{
	g_autoptr(GPtrArray) actions = g_ptr_array_new_with_free_func(g_free);
	StoreStatement *row = store_statement(store, "office/people/audit_actions");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(actions, g_strdup(store_get_text(row, 0)));
	return step == STORE_DONE ? g_steal_pointer(&actions) : NULL;
}

/* --- as people read it --------------------------------------------------------------------- */

/* Own it. */
static char *dup_value(const json_t *value)
{
	g_autofree char *text = NULL;

	if (value == NULL || json_is_null(value))
		return g_strdup("—");
	if (json_is_string(value))
		return g_strdup(json_string_value(value));
	if (json_is_boolean(value))
		return g_strdup(json_is_true(value) ? _("yes") : _("no"));
	text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	return g_strdup(text);
}

static void append_change(GString *text, const char *name, const json_t *before,
			  const json_t *after)
{
	g_autofree char *was = dup_value(before), *is = dup_value(after);

	if (text->len > 0)
		g_string_append(text, "; ");
	g_string_append_printf(text, "%s: %s → %s", name, was, is);
}

char *audit_dup_change(const AuditEntry *self)
{
	json_auto_t *before = self->before != NULL ? json_loads(self->before, 0, NULL) : NULL;
	json_auto_t *after = self->after != NULL ? json_loads(self->after, 0, NULL) : NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	const char *name;
	json_t *value;

	json_object_foreach(before, name, value)
		append_change(text, name, value, json_object_get(after, name));
	json_object_foreach(after, name, value)
	{
		if (json_object_get(before, name) == NULL)
			append_change(text, name, NULL, value);
	}
	if (*self->detail != '\0')
		g_string_prepend(text, text->len > 0 ? "; " : "");
	g_string_prepend(text, self->detail);
	return g_string_free(g_steal_pointer(&text), false);
}
