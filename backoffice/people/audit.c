/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/audit.h"

#include <glib/gi18n-lib.h>
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
		{ "init", N_("Shop made") },	      { "shop-add", N_("Shop added") },
		{ "person-add", N_("Person added") }, { "till-add", N_("Till added") },
		{ "import", N_("List imported") },    { "right-change", N_("Right changed") },
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

GPtrArray *audit_list(Store *store, const char *search, int skip, int max, GError **error)
{
	g_autoptr(GPtrArray) entries =
		g_ptr_array_new_with_free_func((GDestroyNotify)audit_entry_free);
	StoreStatement *row = store_statement(store, "office/people/audit_list");
	StoreStep step;

	store_bind_text(row, 1, search != NULL ? search : "");
	store_bind_int(row, 2, max);
	store_bind_int(row, 3, skip);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(entries, entry_of_row(row));
	return step == STORE_DONE ? g_steal_pointer(&entries) : NULL;
}
