/* SPDX-License-Identifier: GPL-3.0-or-later */
/* label check */
#include "backoffice/cli/command.h"
#include "backoffice/label/label_job.h"
#include "backoffice/people/shop.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

/* The verdict is an answer, on standard output; what could not be asked is on standard error. */
static int check_tag(Store *store, int64_t shop_id, const char *code, const char *dsn)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *verdict = NULL;
	LabelWish wish = { .copies = 1 };

	if (!label_wish_find(store, code, &wish, &error))
		return command_fail(error, dsn);
	verdict = label_check_tag(store, shop_id, wish.item_id, &error);
	if (error != NULL)
		return command_fail(error, dsn);
	puts(verdict != NULL ? verdict : _("The tag says what the till says."));
	return verdict == NULL ? EXIT_DONE : EXIT_FAILED;
}

int command_label_check(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *shop_name = NULL, *code = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &shop_name,
		  N_("the shop; the first one without it"), N_("NAME") },
		{ "barcode", 0, 0, G_OPTION_ARG_STRING, &code, N_("that stands on the tag"),
		  N_("CODE") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(Shop) shop = NULL;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Tells whether a shelf tag says what the till says: 0 it does, 1 it "
			     "does not.")))
		return EXIT_MISUSED;
	if (code == NULL)
		return command_misuse(_("Which tag? Give its code with --barcode."));
	store = command_open(dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	shop = shop_find(store, shop_name, &error);
	return shop != NULL ? check_tag(store, shop->id, code, dsn) : command_fail(error, dsn);
}
