/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "datecs_fixture.h"

#include <string.h>

struct fiscal *datecs_open_with(Fixture *fixture, const Talk *talk, const char *family,
				GError **error)
{
	g_autoptr(GHashTable) options = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GError) broken = NULL;

	g_hash_table_insert(options, (void *)"timezone", (void *)"Europe/Sofia");
	if (family != NULL)
		g_hash_table_insert(options, (void *)"family", (void *)family);
	fixture->driver = fiscal_driver_find("datecs");
	g_assert_nonnull(fixture->driver);
	fixture->port = port_new_transcript(talk_get_text(talk), &broken);
	g_assert_no_error(broken);
	fixture->registrar = fixture->driver->open(fixture->port, options, error);
	return fixture->registrar;
}

void datecs_set_up(Fixture *fixture, const Talk *talk, const char *family)
{
	g_autoptr(GError) error = NULL;

	datecs_open_with(fixture, talk, family, &error);
	g_assert_no_error(error);
}

void datecs_tear_down(Fixture *fixture)
{
	g_assert_true(port_transcript_is_done(fixture->port));
	if (fixture->registrar != NULL)
		fixture->driver->close(fixture->registrar);
	port_close(fixture->port);
}

Money eur(int64_t minor)
{
	return (Money){ .minor = minor, .currency = 978 };
}

static const FiscalLine lines[] = {
	{ .name = "Tea",
	  .quantity = { 1234000 },
	  .price = { 8990, 978 },
	  .sum = { 11094, 978 },
	  .discount = { 0, 978 },
	  .tax = FISCAL_TAX_STANDARD,
	  .unit = UNIT_OTHER },
	{ .name = "Rice",
	  .quantity = { 2000000 },
	  .price = { 7500, 978 },
	  .sum = { 13500, 978 },
	  .discount = { 1500, 978 },
	  .tax = FISCAL_TAX_STANDARD,
	  .unit = UNIT_OTHER },
};

const FiscalDocument datecs_sale = {
	.kind = FISCAL_SALE,
	.sale_id = "T1-41-1",
	.id = 1,
	.lines = lines,
	.n_lines = G_N_ELEMENTS(lines),
	.paid = { [TENDER_CASH] = { 20000, 978 }, [TENDER_CARD] = { 10000, 978 } },
	.total = { 24594, 978 },
};

int datecs_run_from(Fixture *fixture, const FiscalDocument *document, int first, int n_steps,
		    FiscalProof *proof)
{
	const struct fiscal_driver *driver = fixture->driver;
	g_autoptr(GError) error = NULL;
	struct fiscal_plan *plan = driver->plan(fixture->registrar, document, &error);
	int end = first + n_steps, fault = -1;

	g_assert_no_error(error);
	g_assert_cmpint(end, <=, driver->plan_n_steps(plan));
	for (int i = first; i < end && fault < 0; i++) {
		if (!driver->step(fixture->registrar, plan, i, proof, &error)) {
			g_test_message("step %d: %s", i, error->message);
			fault = error->code;
		}
	}
	driver->plan_free(plan);
	return fault;
}

void datecs_say_receipt(Talk *talk, const char *answer)
{
	talk_say(talk, 0x4C, strchr(answer, '\t') != NULL ? "" : "T", answer);
}
