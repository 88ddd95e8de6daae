/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

#include <jansson.h>

/* What the commands of `baraa` have in common. CLI.md's exit statuses: */
enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_MISUSED = 2 };

typedef struct {
	const char *name; /* "person add": one word or two */
	const char *summary; /* N_()-marked */
	int (*run)(int argc, char **argv); /* argv[0] is the command's last word */
} Command;

int command_init(int argc, char **argv);
int command_migrate(int argc, char **argv);
int command_import(int argc, char **argv);
int command_changes(int argc, char **argv);
int command_export(int argc, char **argv);
int command_person_add(int argc, char **argv);
int command_person_list(int argc, char **argv);
int command_person_set(int argc, char **argv);
int command_person_leave(int argc, char **argv);
int command_hours(int argc, char **argv);
int command_hours_add(int argc, char **argv);
int command_hours_entries(int argc, char **argv);
int command_hours_remove(int argc, char **argv);
int command_hours_set(int argc, char **argv);
int command_plan_set(int argc, char **argv);
int command_plan_list(int argc, char **argv);
int command_pay(int argc, char **argv);
int command_pay_list(int argc, char **argv);
int command_pay_rule_add(int argc, char **argv);
int command_pay_rule_list(int argc, char **argv);
int command_pay_rule_remove(int argc, char **argv);
int command_shop_set(int argc, char **argv);
int command_till_add(int argc, char **argv);
int command_shop_add(int argc, char **argv);
int command_right_list(int argc, char **argv);
int command_right_set(int argc, char **argv);
int command_audit(int argc, char **argv);
int command_post(int argc, char **argv);
int command_documents(int argc, char **argv);
int command_document(int argc, char **argv);
int command_count(int argc, char **argv);
int command_zone_add(int argc, char **argv);
int command_zone_list(int argc, char **argv);
int command_zone_remove(int argc, char **argv);
int command_report(int argc, char **argv);
int command_report_day(int argc, char **argv);
int command_printer_set(int argc, char **argv);
int command_printer_list(int argc, char **argv);
int command_printer_remove(int argc, char **argv);
int command_printer_jobs(int argc, char **argv);
int command_stock(int argc, char **argv);
int command_journal(int argc, char **argv);
int command_verify(int argc, char **argv);
int command_rebuild(int argc, char **argv);
int command_price_set(int argc, char **argv);
int command_price_cancel(int argc, char **argv);
int command_price_show(int argc, char **argv);
int command_price_import(int argc, char **argv);
int command_price_kind_add(int argc, char **argv);
int command_price_kind_list(int argc, char **argv);
int command_price_rule_add(int argc, char **argv);
int command_price_rule_list(int argc, char **argv);
int command_price_rule_remove(int argc, char **argv);
int command_customer_group_add(int argc, char **argv);
int command_customer_add(int argc, char **argv);
int command_customer_list(int argc, char **argv);
int command_recipe_put(int argc, char **argv);
int command_recipe_list(int argc, char **argv);
int command_recipe_remove(int argc, char **argv);
int command_supplier_add(int argc, char **argv);
int command_supplier_list(int argc, char **argv);
int command_supplier_show(int argc, char **argv);
int command_supplier_set(int argc, char **argv);
int command_supplier_debt(int argc, char **argv);
int command_supplier_prices(int argc, char **argv);
int command_supplier_act(int argc, char **argv);
int command_supplier_order(int argc, char **argv);
int command_propose(int argc, char **argv);
int command_money_enter(int argc, char **argv);
int command_money_settle(int argc, char **argv);
int command_money_list(int argc, char **argv);
int command_money_reverse(int argc, char **argv);
int command_money_close(int argc, char **argv);
int command_money_setting(int argc, char **argv);
int command_account_list(int argc, char **argv);
int command_account_add(int argc, char **argv);
int command_expense_kind_list(int argc, char **argv);
int command_expense_kind_add(int argc, char **argv);
int command_rate_set(int argc, char **argv);
int command_rate_list(int argc, char **argv);
int command_label_print(int argc, char **argv);
int command_label_stale(int argc, char **argv);
int command_label_designs(int argc, char **argv);
int command_label_check(int argc, char **argv);
int command_plu_load(int argc, char **argv);
int command_device_list(int argc, char **argv);
int command_device_probe(int argc, char **argv);
int command_device_test(int argc, char **argv);
int command_sim(int argc, char **argv);

/* Reads options; what is left of @argv are the arguments, of which there have to be @n_arguments.
 * @arguments: how --help names them, or NULL. --help prints and ends the program. On wrong usage
 * says so and returns false. */
bool command_parse(int *argc, char ***argv, const GOptionEntry *entries, const char *arguments,
		   int n_arguments, const char *summary);

/* One sentence to standard error. */
int command_misuse(const char *format, ...) G_GNUC_PRINTF(1, 2); /* EXIT_MISUSED */
int command_fail(const GError *error, const char *dsn); /* EXIT_FAILED; @dsn may be NULL */

/* The JSON in a file, "-" is standard input; a new reference. NULL after saying why. */
json_t *command_read_json(const char *path);
/* One JSON value on standard output; takes @value. Gives the exit status. */
int command_print_json(json_t *value);

/* Opens an office database of this version. @dsn NULL is wrong usage. On failure has said why and
 * *ret_status is what to exit with. */
Store *command_open(const char *dsn, StoreFlags flags, int *ret_status);

/* *ret is 0, the command line, where @name is NULL. */
bool command_find_person(Store *store, const char *name, int64_t *ret, GError **error);

typedef enum {
	FORMAT_TABLE,
	FORMAT_JSON,
	FORMAT_CSV,
	FORMAT_PDF,
	FORMAT_XLSX,
	FORMAT_PAPER, /* as a receipt printer would have it */
	FORMAT_N,
} Format;
/* NULL is a table. @allowed: bits 1 << Format. On failure has said why. */
bool command_format(const char *text, unsigned allowed, Format *ret);
