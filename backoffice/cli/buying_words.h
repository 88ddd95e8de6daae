/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/cli/command.h"
#include "backoffice/people/shop.h"
#include "backoffice/stock/stock.h"
#include "core/number_text.h"

/* What the commands about buying have in common. */
typedef struct {
	/* owned */
	char *dsn, *shop_name, *supplier_name, *person_name, *format, *from, *to, *output;
	Store *store;
	Shop *shop;

	bool all_shops; /* nobody has named one */
	int64_t supplier_id; /* 0: none named */
	int64_t person_id;
	NumberStyle style;
} BuyingWords;
void buying_words_clear(BuyingWords *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(BuyingWords, buying_words_clear)

#define ENTRY_DB(words)                                                                            \
	{                                                                                          \
		"db", 0, 0, G_OPTION_ARG_STRING, &(words).dsn, N_("the office's database"), "DSN"  \
	}
#define ENTRY_SHOP(words)                                                                          \
	{                                                                                          \
		"shop", 0, 0, G_OPTION_ARG_STRING, &(words).shop_name,                             \
			N_("the shop; the first one without it"), N_("NAME")                       \
	}
#define ENTRY_SUPPLIER(words)                                                                      \
	{                                                                                          \
		"supplier", 0, 0, G_OPTION_ARG_STRING, &(words).supplier_name, N_("the supplier"), \
			N_("NAME")                                                                 \
	}
#define ENTRY_PERSON(words)                                                                        \
	{                                                                                          \
		"person", 0, 0, G_OPTION_ARG_STRING, &(words).person_name,                         \
			N_("in whose name, by whose rights; without: the command line, which may " \
			   "all"),                                                                 \
			N_("NAME")                                                                 \
	}
#define ENTRY_FORMAT(words)                                                                        \
	{                                                                                          \
		"format", 0, 0, G_OPTION_ARG_STRING, &(words).format, "table|json", N_("FORMAT")   \
	}
#define ENTRY_FROM(words)                                                                          \
	{                                                                                          \
		"from", 0, 0, G_OPTION_ARG_STRING, &(words).from, N_("first day, 2026-11-01"),     \
			N_("DATE")                                                                 \
	}
#define ENTRY_TO(words)                                                                            \
	{                                                                                          \
		"to", 0, 0, G_OPTION_ARG_STRING, &(words).to, N_("last day"), N_("DATE")           \
	}
#define ENTRY_OUTPUT(words)                                                                        \
	{                                                                                          \
		"output", 0, 0, G_OPTION_ARG_FILENAME, &(words).output, N_("writes to a file"),    \
			N_("FILE")                                                                 \
	}

/* Opens the database and finds what was named. @needs_supplier: that has to be. False: has said
 * why, and *ret_status is what to exit with. */
bool buying_words_open(BuyingWords *self, StoreFlags flags, bool needs_supplier, int *ret_status);
/* As programs read it: "1234.00". Own it. */
char *buying_words_dup_amount(const BuyingWords *self, int64_t minor);
