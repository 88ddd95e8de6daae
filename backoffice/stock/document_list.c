/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/document_private.h"

#include <string.h>

static void free_summary(gpointer data)
{
	DocumentSummary *self = data;

	g_free(self->number);
	g_free(self->supplier);
	g_free(self->other_shop);
	g_free(self->reference);
	g_free(self->person);
	g_free(self);
}

static DocumentState state_of(const char *code)
{
	for (DocumentState state = 0; state < DOCUMENT_N_STATES; state++)
		if (strcmp(code, document_state_code(state)) == 0)
			return state;
	return DOCUMENT_REVERSED; /* the table's CHECK knows no other */
}

/* In the order of office/document/list. */
static DocumentSummary *summary_of_row(StoreStatement *row)
{
	DocumentSummary *self = g_new0(DocumentSummary, 1);

	self->id = store_get_int(row, 0);
	self->at = store_get_int(row, 1);
	self->created_at = store_get_int(row, 2);
	self->posted_at = store_get_int(row, 3);
	if (!document_kind_parse(store_get_text(row, 4), &self->kind))
		self->kind = DOCUMENT_DELIVERY;
	self->state = state_of(store_get_text(row, 5));
	self->number = g_strdup(store_get_text(row, 6));
	self->supplier = g_strdup(store_get_text(row, 7));
	self->other_shop = g_strdup(store_get_text(row, 8));
	self->reference = g_strdup(store_get_text(row, 9));
	self->person = g_strdup(store_get_text(row, 10));
	self->n_lines = (int)store_get_int(row, 11);
	self->value = store_get_int(row, 12);
	return self;
}

/* LIKE's own signs are only signs here. */
char *document_dup_pattern(const char *search)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(search != NULL ? search : ""));
	g_autoptr(GString) pattern = g_string_new("%");

	if (*trimmed == '\0')
		return g_strdup("");
	for (const char *p = trimmed; *p != '\0'; p++) {
		if (*p == '%' || *p == '_' || *p == '\\')
			g_string_append_c(pattern, '\\');
		g_string_append_c(pattern, *p);
	}
	g_string_append_c(pattern, '%');
	return g_string_free(g_steal_pointer(&pattern), false);
}

static void bind_filter(StoreStatement *row, const DocumentFilter *filter)
{
	g_autofree char *pattern = document_dup_pattern(filter->search);
	g_autofree char *lower = g_ascii_strdown(pattern, -1);

	store_bind_int(row, 1, filter->shop_id);
	store_bind_text(row, 2, filter->kind >= 0 ? document_kind_code(filter->kind) : "");
	store_bind_text(row, 3, filter->state >= 0 ? document_state_code(filter->state) : "");
	store_bind_int(row, 4, filter->supplier_id);
	store_bind_text(row, 5, lower);
	store_bind_text(row, 6, pattern);
}

GPtrArray *document_list(Store *store, const DocumentFilter *filter, int offset, int n,
			 GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_summary);
	StoreStatement *row = store_statement(store, "office/document/list");
	StoreStep step;

	bind_filter(row, filter);
	store_bind_int(row, 7, n);
	store_bind_int(row, 8, offset);
	store_bind_int(row, 9, filter->id);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(list, summary_of_row(row));
	return step == STORE_DONE ? g_steal_pointer(&list) : NULL;
}
