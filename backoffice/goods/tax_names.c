/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/draft.h"
#include "backoffice/goods/fields.h"
#include "core/fold.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
	int32_t id;
	char *code;
	GArray *rates; /* of any day */
	int64_t now; /* sum of what is in force; −1: outside any tax */
} Name;

struct TaxNames {
	int32_t usual;

	/* owned */
	GPtrArray *names;
	GString *list;
};

static void free_name(gpointer data)
{
	Name *name = data;

	g_free(name->code);
	g_array_unref(name->rates);
	g_free(name);
}

void tax_names_free(TaxNames *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->names);
	g_string_free(self->list, true);
	g_free(self);
}

static int32_t today(void)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_local();

	return g_date_time_get_year(now) * 10000 + g_date_time_get_month(now) * 100 +
	       g_date_time_get_day_of_month(now);
}

static int64_t rate_today(const Name *name)
{
	TaxGroup group = { 0 };
	int64_t sum = 0;

	if (name->rates->len == 0 || !tax_group_on_day(&group, (const TaxRate *)name->rates->data,
						       (int)name->rates->len, today()))
		return -1;
	for (int i = 0; i < group.n_rates; i++)
		sum += group.rates[i].rate;
	return group.n_rates > 0 ? sum : -1;
}

static Name *add_name(TaxNames *self, StoreStatement *row)
{
	Name *name = g_new0(Name, 1);

	name->id = (int32_t)store_get_int(row, 0);
	name->code = g_strdup(store_get_text(row, 1));
	name->rates = g_array_new(false, true, sizeof(TaxRate));
	if (store_get_int(row, 2) != 0)
		self->usual = name->id;
	g_ptr_array_add(self->names, name);
	g_string_append_printf(self->list, "%s%s", self->list->len > 0 ? ", " : "", name->code);
	return name;
}

static void add_rate(Name *name, StoreStatement *row)
{
	TaxRate rate = { .rate = (int32_t)store_get_int(row, 4),
			 .inclusive = store_get_int(row, 5) != 0,
			 .first_day = (int32_t)store_get_int(row, 6) };

	g_strlcpy(rate.code, store_get_text(row, 3), sizeof rate.code);
	g_array_append_val(name->rates, rate);
}

TaxNames *tax_names_read(Store *store, GError **error)
{
	g_autoptr(TaxNames) self = g_new0(TaxNames, 1);
	StoreStatement *row = store_statement(store, "office/goods/taxes");
	Name *name = NULL;
	StoreStep step;

	self->names = g_ptr_array_new_with_free_func(free_name);
	self->list = g_string_new(NULL);
	while ((step = store_step(row, error)) == STORE_ROW) {
		if (name == NULL || name->id != store_get_int(row, 0))
			name = add_name(self, row);
		if (!store_is_null(row, 3))
			add_rate(name, row);
	}
	if (step == STORE_FAILED)
		return NULL;
	for (guint i = 0; i < self->names->len; i++) {
		name = self->names->pdata[i];
		name->now = rate_today(name);
	}
	return g_steal_pointer(&self);
}

int tax_names_get_n(const TaxNames *self)
{
	return (int)self->names->len;
}

const char *tax_names_get(const TaxNames *self, int index, int32_t *ret_group)
{
	const Name *name = self->names->pdata[index];

	*ret_group = name->id;
	return name->code;
}

int32_t tax_names_get_usual(const TaxNames *self)
{
	return self->usual;
}

const char *tax_names_get_list(const TaxNames *self)
{
	return self->list->str;
}

static bool has_had_rate(const Name *name, int64_t rate)
{
	for (guint i = 0; i < name->rates->len; i++)
		if (g_array_index(name->rates, TaxRate, i).rate == rate)
			return true;
	return false;
}

/* What is in force today goes first: a list of last year may still say 20. */
static bool find_rate(const TaxNames *self, int64_t rate, int32_t *ret)
{
	for (int pass = 0; pass < 2; pass++) {
		for (guint i = 0; i < self->names->len; i++) {
			const Name *name = self->names->pdata[i];

			if (pass == 0 ? name->now == rate : has_had_rate(name, rate)) {
				*ret = name->id;
				return true;
			}
		}
	}
	return false;
}

static bool says_without(const char *text)
{
	static const char *const words[] = { "none",	  "no vat",	   "without vat",
					     "без ндс",	  "не облагается", "ноатгуй",
					     "татваргуй", "чөлөөлөгдсөн" };
	g_autofree char *folded = fold_dup(text);

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		g_autofree char *word = fold_dup(words[i]);

		if (strcmp(folded, word) == 0)
			return true;
	}
	return false;
}

static const Name *find_code(const TaxNames *self, const char *code)
{
	for (guint i = 0; i < self->names->len; i++) {
		const Name *name = self->names->pdata[i];

		if (g_ascii_strcasecmp(name->code, code) == 0)
			return name;
	}
	return NULL;
}

static const Name *find_untaxed(const TaxNames *self)
{
	for (guint i = 0; i < self->names->len; i++) {
		const Name *name = self->names->pdata[i];

		if (name->now < 0)
			return name;
	}
	return NULL;
}

/* Words last: to compare them takes longer than all else of a row. */
bool tax_names_parse(const TaxNames *self, const char *text, int32_t *ret_group)
{
	const Name *name = find_code(self, text);
	int64_t rate;

	if (name == NULL && field_parse_percent(text, &rate))
		return rate >= 0 && find_rate(self, rate, ret_group);
	if (name == NULL && says_without(text))
		name = find_untaxed(self);
	if (name != NULL)
		*ret_group = name->id;
	return name != NULL;
}
