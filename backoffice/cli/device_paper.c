/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/cli/device_test.h"
#include "drivers/label/label.h"
#include "drivers/printer/printer.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define EAN "460123456789" /* the check digit, 3, is the printer's or ours */
#define PATIENCE_S 30

/* --- printer ------------------------------------------------------------------------------- */

/* Three languages, because a wrong code page shows in one of them; codes to be held under a
 * scanner. */
static Paper *page_new(void)
{
	Paper *paper = paper_new();

	paper_add_text(paper, PAPER_CENTRE, PAPER_DOUBLE, "Baraa");
	paper_add_rule(paper);
	paper_add_pair(paper, PAPER_PLAIN, "Milk 3.2%", "89.90");
	paper_add_pair(paper, PAPER_PLAIN, "Молоко, ёлка, щи", "1 234.50");
	paper_add_pair(paper, PAPER_PLAIN, "Сүү, өрөм, үнэ", "12 500");
	paper_add_pair(paper, PAPER_BOLD, "TOTAL / ИТОГО / НИЙТ", "13 824.40");
	paper_add_rule(paper);
	if (!paper_add_ean13(paper, EAN) || !paper_add_qr(paper, "https://example.org/?s=1"))
		g_assert_not_reached();
	paper_add_cut(paper);
	return paper;
}

/* Tells once what the printer waits for. */
typedef struct {
	DeviceFault told;
	int64_t until;
} Patience;

static bool wait_for_person(DeviceFault fault, void *data)
{
	Patience *patience = data;

	if (fault != patience->told)
		printf(_("The printer waits: %s.\n"), device_fault_code(fault));
	fflush(stdout);
	patience->told = fault;
	return g_get_monotonic_time() < patience->until;
}

static bool print_page(const struct printer_driver *driver, struct printer *printer, GError **error)
{
	g_autoptr(Paper) paper = page_new();
	Patience patience = { .told = DEVICE_FAULT_N,
			      .until = g_get_monotonic_time() + PATIENCE_S * G_USEC_PER_SEC };

	switch (driver->print(printer, paper, wait_for_person, &patience, error)) {
	case PRINT_DONE:
		puts(_("Printed."));
		return true;
	case PRINT_SENT:
		puts(_("Sent; this printer does not say whether it is printed."));
		return true;
	case PRINT_NOTHING:
	case PRINT_UNKNOWN:
		break;
	}
	return false;
}

static bool kick(const struct printer_driver *driver, struct printer *printer, GError **error)
{
	if (!driver->open_drawer(printer, error))
		return false;
	puts(_("The drawer got its pulse."));
	return true;
}

static bool with_printer(const DeviceTest *test, bool *ret_known,
			 bool (*act)(const struct printer_driver *, struct printer *, GError **),
			 GError **error)
{
	const struct printer_driver *driver = printer_driver_find(test->protocol);
	struct printer *printer;
	struct port *port;
	bool ok;

	*ret_known = driver != NULL;
	port = driver != NULL ? port_open(test->address, error) : NULL;
	if (port == NULL)
		return false;
	printer = driver->open(port, test->options, error);
	ok = printer != NULL && act(driver, printer, error);
	if (printer != NULL)
		driver->close(printer);
	port_close(port);
	return ok;
}

bool device_test_printer(const DeviceTest *test, bool *ret_known, GError **error)
{
	return with_printer(test, ret_known, print_page, error);
}

bool device_test_drawer(const DeviceTest *test, bool *ret_known, GError **error)
{
	return with_printer(test, ret_known, kick, error);
}

/* --- label --------------------------------------------------------------------------------- */

/* 58 x 40 mm, the commonest roll of a shop. */
static LabelDesign *design_new(void)
{
	static const LabelField fields[] = {
		{ .kind = LABEL_TEXT,
		  .x = 2000,
		  .y = 2000,
		  .width = 54000,
		  .height = 4000,
		  .max_lines = 1,
		  .content = "{name}" },
		{ .kind = LABEL_TEXT,
		  .x = 2000,
		  .y = 8000,
		  .width = 54000,
		  .height = 8000,
		  .bold = true,
		  .max_lines = 1,
		  .content = "{price}" },
		{ .kind = LABEL_EAN13,
		  .x = 4000,
		  .y = 20000,
		  .width = 34000,
		  .height = 12000,
		  .module = 250,
		  .digits_below = true,
		  .content = "{barcode}" },
		{ .kind = LABEL_QR,
		  .x = 41000,
		  .y = 20000,
		  .width = 14000,
		  .height = 14000,
		  .module = 375,
		  .content = "{article}" },
	};
	LabelDesign *design = label_design_new(58000, 40000);

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		label_design_add(design, &fields[i]);
	return design;
}

static LabelData *data_new(void)
{
	LabelData *data = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

	g_hash_table_insert(data, g_strdup("name"), g_strdup("Milk · Молоко · Сүү"));
	g_hash_table_insert(data, g_strdup("price"), g_strdup("89.90"));
	g_hash_table_insert(data, g_strdup("barcode"), g_strdup(EAN "3"));
	g_hash_table_insert(data, g_strdup("article"), g_strdup("BARAA-1"));
	return data;
}

static bool print_label(const struct label_driver *driver, struct label_printer *printer,
			GError **error)
{
	g_autoptr(LabelDesign) design = design_new();
	g_autoptr(GHashTable) data = data_new();
	int printed = 0;

	if (!driver->print(printer, design, &data, 1, 1, &printed, error))
		return false;
	puts(_("Printed."));
	return true;
}

bool device_test_label(const DeviceTest *test, bool *ret_known, GError **error)
{
	const struct label_driver *driver = label_driver_find(test->protocol);
	struct label_printer *printer;
	struct port *port;
	bool ok;

	*ret_known = driver != NULL;
	port = driver != NULL ? port_open_defaults(test->address, "baud=9600&flow=xonxoff", error)
			      : NULL;
	if (port == NULL)
		return false;
	printer = driver->open(port, test->options, error);
	ok = printer != NULL && print_label(driver, printer, error);
	if (printer != NULL)
		driver->close(printer);
	port_close(port);
	return ok;
}
