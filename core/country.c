/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/country.h"

#include "core/country_file.h"
#include "core/country_texts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const char *const country_tax_names[] = {
	N_("VAT, standard rate"),
	N_("VAT 10 %"),
	N_("VAT 10 % and city tax 2 %"),
	N_("VAT 9 %"),
	N_("VAT 7 %"),
	N_("VAT 5 %"),
	N_("VAT 0 %"),
	N_("Without VAT"),
	N_("Sales tax"),
	N_("Without tax"),
	NULL,
};

/* What is wrong in a file is wrong in every program of this build: tests/core/test_country.c. */
static void *load(void *unused)
{
	GPtrArray *list = g_ptr_array_new();

	for (const struct text_file *file = country_texts; file->name != NULL; file++) {
		g_autoptr(GError) error = NULL;
		Country *country = country_parse(file->name, file->text, &error);

		if (country == NULL)
			g_error("data/countries/%s.json: %s", file->name, error->message);
		g_ptr_array_add(list, country);
	}
	g_ptr_array_add(list, NULL);
	return g_ptr_array_free(list, FALSE);
}

const Country *const *country_list(void)
{
	static GOnce once = G_ONCE_INIT;

	return g_once(&once, load, NULL);
}

const Country *country_by_code(const char *code)
{
	for (const Country *const *at = country_list(); *at != NULL; at++)
		if (g_ascii_strcasecmp((*at)->code, code) == 0)
			return *at;
	return NULL;
}

const CountryTaxGroup *country_tax_group_by_code(const Country *self, const char *code)
{
	for (int i = 0; i < self->n_tax_groups; i++)
		if (g_ascii_strcasecmp(self->tax_groups[i].code, code) == 0)
			return &self->tax_groups[i];
	return NULL;
}

const CountryTaxGroup *country_tax_group_by_rate(const Country *self, int32_t rate, int32_t day)
{
	for (int i = 0; i < self->n_tax_groups; i++) {
		const CountryTaxGroup *group = &self->tax_groups[i];
		TaxGroup on_day = { 0 };
		int64_t sum = 0;

		if (!tax_group_on_day(&on_day, group->rates, group->n_rates, day) ||
		    on_day.n_rates == 0)
			continue;
		for (int k = 0; k < on_day.n_rates; k++)
			sum += on_day.rates[k].rate;
		if (sum == rate)
			return group;
	}
	return NULL;
}

/* How many digits @text has; 0 if it has anything else. */
static size_t count_digits(const char *text)
{
	size_t length = strlen(text);

	return strspn(text, "0123456789") == length ? length : 0;
}

bool country_takes_tin(const Country *self, const char *text)
{
	size_t n = count_digits(text);

	return n > 0 && n < 32 && (self->customer.tin_digits >> n & 1) != 0;
}

bool country_takes_consumer(const Country *self, const char *text)
{
	size_t n = count_digits(text);

	return n > 0 && n == (size_t)self->customer.consumer_digits;
}
