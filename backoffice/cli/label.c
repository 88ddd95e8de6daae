/* SPDX-License-Identifier: GPL-3.0-or-later */
/* label print, label stale, label designs */
#include "backoffice/cli/command.h"
#include "backoffice/cli/device_fault.h"
#include "backoffice/label/label_job.h"
#include "backoffice/people/shop.h"
#include "core/money.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)
#define STALE_MAX 100000

/* --- what is to be printed ----------------------------------------------------------------- */

/* --barcode and --copies, in the order in which they stand: a number belongs to the code before it.
 * GOption hands such pairs to a function that knows nothing else. */
typedef struct {
	char *code; /* owned */
	int copies;
} Want;
static GArray *wants; /* owned; of Want; while a command line is read and obeyed */

static void clear_want(void *data)
{
	g_free(((Want *)data)->code);
}

static gboolean on_barcode(const char *option, const char *value, void *data, GError **error)
{
	Want want = { .code = g_strdup(value), .copies = 1 };

	g_array_append_val(wants, want);
	return true;
}

static gboolean on_copies(const char *option, const char *value, void *data, GError **error)
{
	guint64 n;

	if (wants->len == 0) {
		g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
			    _("--copies stands behind the --barcode that it is for."));
		return false;
	}
	if (!g_ascii_string_to_unsigned(value, 10, 1, 100000, &n, NULL)) {
		g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
			    _("How many copies? A number from 1 on, not “%s”."), value);
		return false;
	}
	g_array_index(wants, Want, wants->len - 1).copies = (int)n;
	return true;
}

/* "2026-11-28" is the whole day, "2026-11-28T08:00" that minute, both on the shop's clock. */
static bool parse_until(const char *text, const Shop *shop, int64_t *ret)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(shop->timezone);
	g_autofree char *full = strchr(text, 'T') == NULL
					? g_strconcat(text, "T23:59:59", NULL)
					: g_strconcat(text, strlen(text) == 16 ? ":00" : "", NULL);
	g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(full, zone);

	if (time == NULL) {
		command_misuse(_("A moment is written like 2026-11-28T08:00, not “%s”."), text);
		return false;
	}
	*ret = g_date_time_to_unix(time) * G_USEC_PER_SEC;
	return true;
}

static GArray *wishes_of_codes(Store *store, GError **error)
{
	g_autoptr(GArray) wishes = g_array_new(FALSE, TRUE, sizeof(LabelWish));

	for (guint i = 0; i < wants->len; i++) {
		const Want *want = &g_array_index(wants, Want, i);
		LabelWish wish = { .copies = want->copies };

		if (!label_wish_find(store, want->code, &wish, error))
			return NULL;
		g_array_append_val(wishes, wish);
	}
	return g_steal_pointer(&wishes);
}

static GArray *wishes_of_stale(Store *store, int64_t shop_id, int64_t until, GError **error)
{
	g_autoptr(GArray) wishes = NULL;
	g_autoptr(GPtrArray) tags =
		label_to_reprint(store, shop_id, until, false, STALE_MAX, error);

	if (tags == NULL)
		return NULL;
	wishes = g_array_new(FALSE, TRUE, sizeof(LabelWish));
	for (guint i = 0; i < tags->len; i++) {
		const LabelStale *tag = g_ptr_array_index(tags, i);
		LabelWish wish = { .item_id = tag->item_id, .copies = 1, .at = until };

		g_array_append_val(wishes, wish);
	}
	return g_steal_pointer(&wishes);
}

/* --- label print --------------------------------------------------------------------------- */

typedef struct {
	char *dsn, *shop, *design, *until, *device, *pdf, *sheet; /* owned */
	char **options; /* owned; key=value */
	gboolean stale;
} PrintOrder;

static void print_order_clear(PrintOrder *self)
{
	g_free(self->dsn);
	g_free(self->shop);
	g_free(self->design);
	g_free(self->until);
	g_free(self->device);
	g_free(self->pdf);
	g_free(self->sheet);
	g_strfreev(self->options);
	g_clear_pointer(&wants, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PrintOrder, print_order_clear)

static bool check_order(const PrintOrder *order, LabelSheet *ret_sheet)
{
	if (order->design == NULL)
		command_misuse(_("Which design? Name it with --design; “baraa label designs” "
				 "names them all."));
	else if (order->stale == (wants->len > 0))
		command_misuse(_("Of what? Either --barcode for each of the goods, or --stale."));
	else if ((order->device == NULL) == (order->pdf == NULL))
		command_misuse(_("Where to? Either --device, or --pdf with the name of a file."));
	else if (order->until != NULL && !order->stale)
		command_misuse(_("--until goes with --stale."));
	else if (order->sheet != NULL && !label_sheet_find(order->sheet, ret_sheet))
		command_misuse(_("There is no sheet “%s”."), order->sheet);
	else
		return true;
	return false;
}

/* Each option as a shell would need it. */
static char *dup_options(char **options)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (int i = 0; options != NULL && options[i] != NULL; i++) {
		g_autofree char *quoted = g_shell_quote(options[i]);

		g_string_append_printf(text, "%s%s", i > 0 ? " " : "", quoted);
	}
	return g_string_free(g_steal_pointer(&text), false);
}

static bool print_job(LabelJob *job, const PrintOrder *order, const LabelSheet *sheet,
		      int *ret_printed, GError **error)
{
	g_autofree char *options = dup_options(order->options);
	const LabelDevice device = { .class = g_str_has_prefix(order->device, "cups:")
						      ? LABEL_DEVICE_SHEET
						      : LABEL_DEVICE_LABEL,
				     .name = order->device,
				     .device = order->device,
				     .options = options };

	if (order->sheet != NULL)
		label_job_set_sheet(job, sheet);
	return label_job_print(job, &device, ret_printed, error);
}

static bool put_out(LabelJob *job, const PrintOrder *order, const LabelSheet *sheet,
		    int *ret_printed, GError **error)
{
	if (order->pdf == NULL)
		return print_job(job, order, sheet, ret_printed, error);
	*ret_printed = 0;
	if (!label_job_write_pdf(job, order->sheet != NULL ? sheet : NULL, order->pdf, error))
		return false;
	*ret_printed = label_job_get_total(job);
	return true;
}

static int run_job(LabelJob *job, Store *store, const PrintOrder *order, const LabelSheet *sheet)
{
	g_autoptr(GError) error = NULL, lost = NULL;
	int printed = 0;
	bool ok = put_out(job, order, sheet, &printed, &error);

	if (!label_job_note_printed(job, store, printed, 0, &lost))
		command_fail(lost, order->dsn);
	if (ok || printed > 0)
		printf(_("Labels: %d of %d.\n"), printed, label_job_get_total(job));
	if (ok)
		return lost == NULL ? EXIT_DONE : EXIT_FAILED;
	return error->domain == DEVICE_FAULT ? device_fail(error, order->device)
					     : command_fail(error, NULL);
}

static int print_labels(const PrintOrder *order, const LabelSheet *sheet)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	g_autoptr(Store) store = command_open(order->dsn, 0, &status);
	g_autoptr(Shop) shop = NULL;
	g_autoptr(LabelModel) model = NULL;
	g_autoptr(GArray) wishes = NULL;
	g_autoptr(LabelJob) job = NULL;
	int64_t until = 0;

	if (store == NULL)
		return status;
	shop = shop_find(store, order->shop, &error);
	if (shop != NULL && order->until != NULL && !parse_until(order->until, shop, &until))
		return EXIT_MISUSED;
	if (shop != NULL)
		model = label_model_find(store, order->design, &error);
	if (model != NULL)
		wishes = order->stale ? wishes_of_stale(store, shop->id, until, &error)
				      : wishes_of_codes(store, &error);
	if (wishes != NULL && order->stale && wishes->len == 0) {
		puts(_("All tags are as they should be."));
		return EXIT_DONE;
	}
	if (wishes != NULL)
		job = label_job_new(store, shop->id, model, (LabelWish *)wishes->data,
				    (int)wishes->len, &error);
	return job != NULL ? run_job(job, store, order, sheet) : command_fail(error, order->dsn);
}

int command_label_print(int argc, char **argv)
{
	g_auto(PrintOrder) order = { 0 };
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &order.dsn, N_("the office's database"), "DSN" },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &order.shop,
		  N_("the shop; the first one without it"), N_("NAME") },
		{ "design", 0, 0, G_OPTION_ARG_STRING, &order.design, N_("of the labels"),
		  N_("NAME") },
		{ "barcode", 0, 0, G_OPTION_ARG_CALLBACK, on_barcode,
		  N_("of goods; as often as there are goods"), N_("CODE") },
		{ "copies", 0, 0, G_OPTION_ARG_CALLBACK, on_copies,
		  N_("of the labels of the barcode before"), "N" },
		{ "stale", 0, 0, G_OPTION_ARG_NONE, &order.stale,
		  N_("all shelf tags that do not say what the till says"), NULL },
		{ "until", 0, 0, G_OPTION_ARG_STRING, &order.until,
		  N_("with the prices of that moment, 2026-11-28T08:00"), N_("TIME") },
		{ "device", 0, 0, G_OPTION_ARG_STRING, &order.device,
		  N_("the printer, zpl@tcp:10.0.0.7:9100, and its options as key=value; "
		     "cups:QUEUE for sheets"),
		  N_("DEVICE") },
		{ "pdf", 0, 0, G_OPTION_ARG_FILENAME, &order.pdf, N_("writes to a file"),
		  N_("FILE") },
		{ "sheet", 0, 0, G_OPTION_ARG_STRING, &order.sheet,
		  N_("many on a sheet of A4: 3x8, 2x7 …"), "3x8" },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &order.options, NULL,
		  N_("[KEY=VALUE…]") },
		G_OPTION_ENTRY_NULL,
	};
	LabelSheet sheet = { 0 };

	wants = g_array_new(FALSE, FALSE, sizeof(Want));
	g_array_set_clear_func(wants, clear_want);
	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Prints labels of goods, or all shelf tags that are out of date.")) ||
	    !check_order(&order, &sheet))
		return EXIT_MISUSED;
	return print_labels(&order, &sheet);
}

/* --- label stale --------------------------------------------------------------------------- */

static json_t *price_json(bool has, int64_t minor, uint16_t currency)
{
	Money money = { .minor = minor, .currency = currency };
	g_autofree char *text = has ? money_dup_decimal(money) : NULL;

	return has ? json_string(text) : json_null();
}

static json_t *moment_json(int64_t at)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autofree char *text = g_date_time_format_iso8601(time);

	return at != 0 ? json_string(text) : json_null();
}

static int print_json(const GPtrArray *tags, uint16_t currency)
{
	json_t *list = json_array();
	int failed;

	for (guint i = 0; i < tags->len; i++) {
		const LabelStale *tag = g_ptr_array_index(tags, i);

		json_array_append_new(
			list,
			json_pack("{s:I, s:s, s:s, s:o, s:o, s:o}", "item",
				  (json_int_t)tag->item_id, "code", tag->code, "name", tag->name,
				  "old_price", price_json(tag->has_old, tag->old_price, currency),
				  "new_price", price_json(tag->has_new, tag->new_price, currency),
				  "from", moment_json(tag->from)));
	}
	failed = json_dumpf(list, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(list);
	return failed == 0 ? EXIT_DONE : EXIT_FAILED;
}

static void print_price(bool has, int64_t minor, uint16_t currency)
{
	g_autofree char *text = has ? money_dup_decimal((Money){ minor, currency }) : NULL;

	printf("%12s  ", has ? text : "-");
}

static int print_table(const GPtrArray *tags, uint16_t currency)
{
	for (guint i = 0; i < tags->len; i++) {
		const LabelStale *tag = g_ptr_array_index(tags, i);

		printf("%-14s", tag->code);
		print_price(tag->has_old, tag->old_price, currency);
		print_price(tag->has_new, tag->new_price, currency);
		printf("%s\n", tag->name);
	}
	return EXIT_DONE;
}

int command_label_stale(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *shop_name = NULL, *until_text = NULL, *format_name = NULL;
	gboolean new_goods = false;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &shop_name,
		  N_("the shop; the first one without it"), N_("NAME") },
		{ "until", 0, 0, G_OPTION_ARG_STRING, &until_text,
		  N_("with the prices of that moment, 2026-11-28T08:00"), N_("TIME") },
		{ "new", 0, 0, G_OPTION_ARG_NONE, &new_goods,
		  N_("and goods in stock that never had a tag"), NULL },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, N_("table or json"),
		  N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(Shop) shop = NULL;
	g_autoptr(GPtrArray) tags = NULL;
	int status = EXIT_FAILED;
	int64_t until = 0;
	Format format;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Shelf tags whose price or name is not what the till says.")) ||
	    !command_format(format_name, PLAIN, &format))
		return EXIT_MISUSED;
	store = command_open(dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	shop = shop_find(store, shop_name, &error);
	if (shop != NULL && until_text != NULL && !parse_until(until_text, shop, &until))
		return EXIT_MISUSED;
	if (shop != NULL)
		tags = label_to_reprint(store, shop->id, until, new_goods, STALE_MAX, &error);
	if (tags == NULL)
		return command_fail(error, dsn);
	return format == FORMAT_JSON ? print_json(tags, shop->currency)
				     : print_table(tags, shop->currency);
}

/* --- label designs ------------------------------------------------------------------------- */

int command_label_designs(int argc, char **argv)
{
	g_autofree char *dsn = NULL;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	g_autoptr(GPtrArray) models = NULL;
	int status = EXIT_FAILED;

	if (!command_parse(&argc, &argv, entries, NULL, 0,
			   _("Names all designs, the shop's own first.")))
		return EXIT_MISUSED;
	store = command_open(dsn, STORE_READ_ONLY, &status);
	if (store == NULL)
		return status;
	models = label_model_list(store, &error);
	if (models == NULL)
		return command_fail(error, dsn);
	for (guint i = 0; i < models->len; i++)
		puts(((const LabelModel *)g_ptr_array_index(models, i))->name);
	return EXIT_DONE;
}
