/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: printer TURNS: encodes a receipt of forty Mongolian rows, all pictures, for an 80 mm
 * printer, as print() does before its first byte, and prints the milliseconds of each turn. Each
 * turn opens the printer anew, so that it loads its fonts; only the process is warm from the second
 * on. Then the same on one open printer. */
#include "drivers/printer/printer.h"
#include "drivers/port/transcript.h"

#include <stdio.h>
#include <stdlib.h>

#define ROWS 40
#define INIT "> 1B 40 1C 2E 1B 52 00 1B 74 11\n"

static Paper *receipt_new(void)
{
	Paper *paper = paper_new();

	for (int i = 0; i < ROWS; i++) {
		g_autofree char *name = g_strdup_printf("Сүү, өндөг, үхрийн мах №%d", i);

		paper_add_pair(paper, i % 8 == 0 ? PAPER_BOLD : PAPER_PLAIN, name, "13 200 ₮");
	}
	return paper;
}

static void fail(const GError *error)
{
	fprintf(stderr, "printer: %s\n", error->message);
	exit(1);
}

static struct printer *open_printer(struct port **ret_port)
{
	g_autoptr(GError) error = NULL;
	struct printer *printer;

	*ret_port = port_new_transcript(INIT, &error);
	if (*ret_port == NULL)
		fail(error);
	printer = printer_driver_find("escpos")->open(*ret_port, NULL, &error);
	if (printer == NULL)
		fail(error);
	return printer;
}

static void encode(struct printer *printer, const Paper *paper, int64_t start)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = printer_driver_find("escpos")->encode(printer, paper, &error);

	if (bytes == NULL)
		fail(error);
	printf("%.3f\n", (double)(g_get_monotonic_time() - start) / 1000.0);
}

int main(int argc, char **argv)
{
	int turns = argc == 2 ? atoi(argv[1]) : 0;
	g_autoptr(Paper) paper = receipt_new();
	struct port *port;
	struct printer *printer;

	for (int i = 0; i < turns; i++) {
		int64_t start = g_get_monotonic_time();

		printer = open_printer(&port);
		encode(printer, paper, start);
		printer_driver_find("escpos")->close(printer);
		port_close(port);
	}
	printer = open_printer(&port);
	encode(printer, paper, g_get_monotonic_time());
	for (int i = 0; i < turns; i++)
		encode(printer, paper, g_get_monotonic_time());
	printer_driver_find("escpos")->close(printer);
	port_close(port);
	return 0;
}
