/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `baraa`: the command line. */
#include "backoffice/cli/command.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

static const Command commands[] = {
	{ "init", N_("makes an office database"), command_init },
	{ "migrate", N_("brings a database to this version"), command_migrate },
	{ "import goods", N_("reads a list of goods: CSV, TSV or XLSX"), command_import },
	{ "import", N_("lists imports and changes of many goods, and undoes them"),
	  command_changes },
	{ "export goods", N_("writes the list of goods as CSV or XLSX"), command_export },
	{ "shop add", N_("adds another shop of the same business"), command_shop_add },
	{ "shop set", N_("sets whether a badge alone opens a till"), command_shop_set },
	{ "person add", N_("adds a person with a PIN"), command_person_add },
	{ "person list", N_("names everybody who works here"), command_person_list },
	{ "person set", N_("changes a person: name, role, PIN, badge, shops"), command_person_set },
	{ "person leave", N_("ends somebody's work here"), command_person_leave },
	{ "hours add", N_("writes down hours that no till knows"), command_hours_add },
	{ "hours entries", N_("hours that were written down"), command_hours_entries },
	{ "hours remove", N_("takes back hours that were written down"), command_hours_remove },
	{ "hours set", N_("sets how hours are counted"), command_hours_set },
	{ "hours", N_("who worked how long"), command_hours },
	{ "plan set", N_("sets what is to be sold in a month"), command_plan_set },
	{ "plan list", N_("plans and what came of them"), command_plan_list },
	{ "pay rule add", N_("adds a rule of pay"), command_pay_rule_add },
	{ "pay rule list", N_("names the rules of pay"), command_pay_rule_list },
	{ "pay rule remove", N_("removes a rule of pay"), command_pay_rule_remove },
	{ "pay list", N_("what everybody earned in a month"), command_pay_list },
	{ "pay", N_("what somebody earned in a month"), command_pay },
	{ "till add", N_("adds a till and prints the code that enrols it"), command_till_add },
	{ "right list", N_("what each role may do"), command_right_list },
	{ "right set", N_("gives a right to a role, or takes it away"), command_right_set },
	{ "audit", N_("who changed what"), command_audit },
	{ "report day", N_("the daily report, on the screen, in a file or on paper"),
	  command_report_day },
	{ "printer set", N_("says where the daily report comes out"), command_printer_set },
	{ "printer list", N_("names the printers of reports"), command_printer_list },
	{ "printer remove", N_("takes a printer of reports out"), command_printer_remove },
	{ "printer jobs", N_("daily reports that are still to be printed"), command_printer_jobs },
	{ "report", N_("what was sold and how it was paid, drawers, what to look after"),
	  command_report },
	{ "post", N_("posts stock documents: deliveries, counts, transfers …"), command_post },
	{ "documents", N_("lists stock documents"), command_documents },
	{ "document", N_("one stock document as JSON that can be posted"), command_document },
	{ "count", N_("how far a stock count is, and what was found"), command_count },
	{ "zone add", N_("adds a zone of the shop, for counting"), command_zone_add },
	{ "zone list", N_("names the zones"), command_zone_list },
	{ "zone remove", N_("removes a zone"), command_zone_remove },
	{ "recipe put", N_("writes what goods or a kit are made of"), command_recipe_put },
	{ "recipe list", N_("lists recipes and how many could be made now"), command_recipe_list },
	{ "recipe remove", N_("removes a recipe"), command_recipe_remove },
	{ "stock", N_("what is on the shelf and what it cost"), command_stock },
	{ "journal", N_("prints the journal of a till"), command_journal },
	{ "verify", N_("proves that journals, documents and ledgers are whole"), command_verify },
	{ "rebuild", N_("tells the sums of sales once more, and says which were others"),
	  command_rebuild },
	{ "price set", N_("sets a price, now or from a minute on"), command_price_set },
	{ "price cancel", N_("takes back a price that has not begun"), command_price_cancel },
	{ "price show", N_("what goods cost, why, and what they have cost"), command_price_show },
	{ "price import", N_("sets prices from a list"), command_price_import },
	{ "price kind add", N_("adds a kind of price, such as wholesale"), command_price_kind_add },
	{ "price kind list", N_("names the kinds of price"), command_price_kind_list },
	{ "price rule add", N_("adds a rule: who pays which kind, and when"),
	  command_price_rule_add },
	{ "price rule list", N_("names the rules"), command_price_rule_list },
	{ "price rule remove", N_("removes a rule"), command_price_rule_remove },
	{ "customer group add", N_("adds a group of customers"), command_customer_group_add },
	{ "customer add", N_("adds a customer with a card"), command_customer_add },
	{ "customer list", N_("lists customers"), command_customer_list },
	{ "supplier add", N_("adds a supplier"), command_supplier_add },
	{ "supplier list", N_("names the suppliers, and what each is owed"),
	  command_supplier_list },
	{ "supplier show", N_("one supplier: terms, goods and what they cost"),
	  command_supplier_show },
	{ "supplier set", N_("changes what is said of a supplier"), command_supplier_set },
	{ "supplier debt", N_("puts down what was owed before the office began"),
	  command_supplier_debt },
	{ "supplier prices", N_("reads a supplier's price list, and says what rose"),
	  command_supplier_prices },
	{ "supplier act", N_("the reconciliation act of a period: PDF"), command_supplier_act },
	{ "supplier order", N_("an order for its supplier, with his codes: PDF or XLSX"),
	  command_supplier_order },
	{ "propose", N_("proposes what to order, and makes drafts of orders"), command_propose },
	{ "money enter", N_("enters an expense, income, transfer, payment, pay, opening balance"),
	  command_money_enter },
	{ "money settle", N_("says what cash of a till really was"), command_money_settle },
	{ "money list", N_("the cash book"), command_money_list },
	{ "money reverse", N_("takes an entry back"), command_money_reverse },
	{ "money close", N_("closes a month"), command_money_close },
	{ "money setting", N_("where cash of drawers goes to and comes from"),
	  command_money_setting },
	{ "account list", N_("drawers, safes and bank accounts, and what is in them"),
	  command_account_list },
	{ "account add", N_("adds a safe or bank account"), command_account_add },
	{ "expense-kind list", N_("kinds of expense"), command_expense_kind_list },
	{ "expense-kind add", N_("adds a kind of expense"), command_expense_kind_add },
	{ "rate set", N_("sets what a foreign currency is worth"), command_rate_set },
	{ "rate list", N_("rates of foreign currencies"), command_rate_list },
	{ "label print", N_("prints labels: on a label printer, or as PDF"), command_label_print },
	{ "label stale", N_("shelf tags that do not say what the till says"), command_label_stale },
	{ "label check", N_("whether one shelf tag says what the till says"), command_label_check },
	{ "label designs", N_("names all designs of labels"), command_label_designs },
	{ "plu load", N_("tells a label-printing scale what it weighs, and the prices"),
	  command_plu_load },
	{ "device list", N_("what is connected and what it could be"), command_device_list },
	{ "device probe", N_("asks a device what it is"), command_device_probe },
	{ "device test", N_("tries a device: a page, a reading, a scan"), command_device_test },
	{ "sim", N_("a simulated device"), command_sim },
};

/* How many of the words @argv[1…] the command's name takes; 0 where it is another. */
static int words_taken(const Command *command, int argc, char **argv)
{
	g_auto(GStrv) words = g_strsplit(command->name, " ", -1);
	int n = (int)g_strv_length(words);

	if (argc <= n)
		return 0;
	for (int i = 0; i < n; i++)
		if (strcmp(words[i], argv[i + 1]) != 0)
			return 0;
	return n;
}

static int print_help(void)
{
	puts(_("Usage: baraa COMMAND [OPTION…]"));
	putchar('\n');
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		printf("  %-18s %s\n", commands[i].name, _(commands[i].summary));
	putchar('\n');
	puts(_("“baraa COMMAND --help” tells more."));
	return EXIT_DONE;
}

/* Where nothing is set, the terminal is taken to speak UTF-8, as all of this century do. */
static void speak_utf8(void)
{
	if (!g_get_charset(NULL))
		setlocale(LC_CTYPE, "C.UTF-8");
}

int main(int argc, char **argv)
{
	language_init();
	speak_utf8();
	g_set_prgname("baraa");
	if (argc < 2)
		return command_misuse(_("What should be done? See baraa --help."));
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
		return print_help();
	if (strcmp(argv[1], "--version") == 0)
		return printf("baraa %s\n", BARAA_VERSION) < 0 ? EXIT_FAILED : EXIT_DONE;
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
		int n = words_taken(&commands[i], argc, argv);
		g_autofree char *name = NULL;

		if (n == 0)
			continue;
		name = g_strdup_printf("baraa %s", commands[i].name);
		g_set_prgname(name);
		return commands[i].run(argc - n, argv + n);
	}
	return command_misuse(_("There is no command “%s”: see baraa --help."), argv[1]);
}
