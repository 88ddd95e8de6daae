/* SPDX-License-Identifier: GPL-3.0-or-later */
/* propose */
#include "backoffice/buying/proposal.h"
#include "backoffice/cli/buying_words.h"
#include "core/money.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)

static json_t *line_to_json(const BuyingWords *words, const ProposalLine *line)
{
	g_autofree char *quantity = quantity_dup_decimal((Quantity){ line->quantity });
	g_autofree char *speed = quantity_dup_decimal((Quantity){ line->speed });
	g_autofree char *there = quantity_dup_decimal((Quantity){ line->on_hand });
	g_autofree char *coming =
		quantity_dup_decimal((Quantity){ line->on_the_way + line->ordered + line->drafts });
	g_autofree char *target = quantity_dup_decimal((Quantity){ line->target });
	g_autofree char *value = buying_words_dup_amount(words, proposal_value(line));
	g_autofree char *why = proposal_dup_why(line, &words->style);

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:s}", "supplier",
			 line->supplier, "code", line->code, "barcode", line->barcode, "name",
			 line->name, "quantity", quantity, "per_day", speed, "there", there,
			 "coming", coming, "target", target, "cover_days", line->cover, "value",
			 value, "why", why);
}

static void print_line(const BuyingWords *words, const ProposalLine *line)
{
	g_autofree char *quantity =
		number_text_quantity(&words->style, (Quantity){ line->quantity });
	g_autofree char *why = proposal_dup_why(line, &words->style);

	printf("  %10s  %-40s  %s\n", quantity, line->name, why);
}

/* Under the last line of each supplier. */
static void print_sum(const BuyingWords *words, int64_t sum)
{
	g_autofree char *text =
		number_text_money(&words->style, (Money){ sum, words->shop->currency }, false);

	printf(_("  together %s\n"), text);
}

static void print_lines(const BuyingWords *words, const GPtrArray *lines)
{
	g_autofree char *warnings = NULL;
	int64_t supplier = 0, sum = 0;

	for (guint i = 0; i < lines->len; i++) {
		const ProposalLine *line = lines->pdata[i];

		if (line->supplier_id != supplier) {
			if (supplier != 0)
				print_sum(words, sum);
			printf("%s\n", line->supplier);
			supplier = line->supplier_id;
			sum = 0;
		}
		print_line(words, line);
		sum += proposal_value(line);
	}
	if (supplier != 0)
		print_sum(words, sum);
	else
		puts(_("Nothing has to be ordered."));
	warnings = proposal_dup_warnings(lines, words->shop->currency, &words->style);
	if (*warnings != '\0')
		puts(warnings);
}

static int show(const BuyingWords *words, const GPtrArray *lines, Format format)
{
	json_t *array;

	if (format == FORMAT_TABLE) {
		print_lines(words, lines);
		return EXIT_DONE;
	}
	array = json_array();
	for (guint i = 0; i < lines->len; i++)
		json_array_append_new(array, line_to_json(words, lines->pdata[i]));
	return command_print_json(array);
}

static int create(BuyingWords *words, const GPtrArray *lines)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) ids = NULL;

	if (!proposal_order(words->store, words->shop->id, lines, words->person_id, &ids, &error))
		return command_fail(error, words->dsn);
	for (guint i = 0; i < ids->len; i++) {
		g_autoptr(Document) order =
			document_read(words->store, g_array_index(ids, int64_t, i), &error);

		if (order == NULL)
			return command_fail(error, words->dsn);
		/* Programs read this line: it is the same in every language. */
		printf("draft %s, %u lines\n", order->number, order->lines->len);
	}
	return EXIT_DONE;
}

int command_propose(int argc, char **argv)
{
	g_auto(BuyingWords) words = { 0 };
	gboolean creates = false;
	int days = 0;
	const GOptionEntry entries[] = {
		ENTRY_DB(words),
		ENTRY_SHOP(words),
		ENTRY_SUPPLIER(words),
		{ "days", 0, 0, G_OPTION_ARG_INT, &days, N_("days of sales to look at; 28"),
		  N_("N") },
		{ "create", 0, 0, G_OPTION_ARG_NONE, &creates,
		  N_("makes a draft of an order for each supplier"), NULL },
		ENTRY_FORMAT(words),
		ENTRY_PERSON(words),
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) lines = NULL;
	ProposalQuery query = { 0 };
	int status = EXIT_FAILED;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Proposes what to order, of how fast it is sold, when it would come, "
			     "and what is there, on the way and ordered.")) ||
	    !command_format(words.format, PLAIN, &format))
		return EXIT_MISUSED;
	if (days < 0 || days > PROPOSAL_DAYS_MAX)
		return command_misuse(_("Sales of 1 to %d days can be looked at."),
				      PROPOSAL_DAYS_MAX);
	if (!buying_words_open(&words, creates ? STORE_DURABLE : STORE_READ_ONLY, false, &status))
		return status;
	query = (ProposalQuery){ .shop_id = words.shop->id,
				 .supplier_id = words.supplier_id,
				 .days = days };
	lines = proposal_make(words.store, &query, false, &error);
	if (lines == NULL)
		return command_fail(error, words.dsn);
	return creates && lines->len > 0 ? create(&words, lines) : show(&words, lines, format);
}
