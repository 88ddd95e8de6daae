/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rebuild */
#include "backoffice/rollup/rebuild.h"
#include "backoffice/cli/command.h"
#include "backoffice/people/counter.h"
#include "backoffice/people/rights.h"
#include "backoffice/sales/acts.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>

/* All in the caller's transaction. The tables of acts are told anew without a word: nothing is
 * counted in them. */
static GPtrArray *rebuild(Store *store, bool regroup, GError **error)
{
	g_autoptr(GPtrArray) days = NULL;
	g_autofree char *detail = NULL;

	if (!rights_require(store, 0, RIGHT_SETTINGS, error))
		return NULL;
	days = rollup_rebuild(store, regroup, error);
	if (days == NULL || !acts_tell(store, error))
		return NULL;
	detail = g_strdup_printf("%u", days->len);
	if (!audit_add(store, 0, "rebuild", regroup ? "regroup" : "", detail, error))
		return NULL;
	return g_steal_pointer(&days);
}

static GPtrArray *rebuild_at_once(Store *store, bool regroup, GError **error)
{
	g_autoptr(GPtrArray) days = NULL;

	if (!store_begin(store, error))
		return NULL;
	days = rebuild(store, regroup, error);
	if (days == NULL) {
		store_rollback(store);
		return NULL;
	}
	return store_commit(store, error) ? g_steal_pointer(&days) : NULL;
}

static void print_days(const GPtrArray *days)
{
	for (guint i = 0; i < days->len; i++) {
		const RollupDay *day = days->pdata[i];

		printf("%04d-%02d-%02d  %s\n", day->day / 10000, day->day / 100 % 100,
		       day->day % 100, day->shop);
	}
	if (days->len == 0)
		puts(_("Nothing differed."));
	else
		puts(_("The sums of these days were others, and are right now."));
}

int command_rebuild(int argc, char **argv)
{
	g_autofree char *dsn = NULL;
	gboolean regroup = false;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "regroup", 0, 0, G_OPTION_ARG_NONE, &regroup,
		  N_("first put past sales into the groups that their goods are in now"), NULL },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(GPtrArray) days = NULL;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Tells the sums of sales once more from receipts and the stock "
			     "ledger, and says which days were others.")))
		return EXIT_MISUSED;
	store = command_open(dsn, STORE_DURABLE | STORE_LARGE, &status);
	if (store == NULL)
		return status;
	days = rebuild_at_once(store, regroup, &error);
	if (days == NULL)
		return command_fail(error, dsn);
	print_days(days);
	return EXIT_DONE;
}
