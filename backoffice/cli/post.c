/* SPDX-License-Identifier: GPL-3.0-or-later */
/* post */
#include "backoffice/cli/command.h"
#include "backoffice/cli/documents.h"
#include "backoffice/people/shop.h"
#include "base/language.h"
#include "core/money.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define PLAIN (1u << FORMAT_TABLE | 1u << FORMAT_JSON)

typedef struct {
	Store *store; /* owned */
	const char *shop; /* borrowed; of documents that name none; may be NULL */
	int64_t person_id;
	bool draft;
	Format format;
	json_t *told; /* owned; array of what was done, for JSON */
} Post;

/* --- telling ------------------------------------------------------------------------------- */

static void print_line(const DocumentSummary *summary, uint16_t currency)
{
	g_autofree char *value =
		money_dup_decimal((Money){ .minor = summary->value, .currency = currency });

	/* Programs read this line: it is the same in every language. */
	printf("%s %s, %d lines, %s\n", document_state_code(summary->state), summary->number,
	       summary->n_lines, value);
}

static bool tell(Post *self, const Document *document, GError **error)
{
	g_autoptr(GPtrArray) list = documents_read_one(self->store, document->id, error);
	uint16_t currency;

	if (list == NULL || !documents_currency(self->store, document->shop_id, &currency, error))
		return false;
	if (self->format == FORMAT_JSON)
		json_array_append_new(self->told, documents_to_json(list->pdata[0], currency));
	else
		print_line(list->pdata[0], currency);
	return true;
}

/* One document is one object, an array of them an array. */
static int end(Post *self, bool one)
{
	json_t *value;

	if (self->format != FORMAT_JSON)
		return EXIT_DONE;
	value = one ? json_incref(json_array_get(self->told, 0)) : json_incref(self->told);
	return command_print_json(value);
}

/* --- posting ------------------------------------------------------------------------------- */

static bool post_one(Post *self, json_t *json, GError **error)
{
	g_autoptr(Document) document = NULL;

	if (self->shop != NULL && json_object_get(json, "shop") == NULL)
		json_object_set_new(json, "shop", json_string(self->shop));
	return document_take_json(self->store, json, self->person_id, self->draft, &document,
				  error) &&
	       tell(self, document, error);
}

/* Each is a transaction of its own: those before the one that fails are done. */
static bool post_all(Post *self, json_t *array, GError **error)
{
	json_t *json;
	size_t i;

	json_array_foreach(array, i, json)
	{
		if (post_one(self, json, error))
			continue;
		g_prefix_error(error,
			       _("Document %d of %d is refused, those before it are posted: "),
			       (int)i + 1, (int)json_array_size(array));
		return false;
	}
	return true;
}

static int post_file(Post *self, const char *dsn, json_t *json)
{
	g_autoptr(GError) error = NULL;

	if (json_is_array(json) ? post_all(self, json, &error) : post_one(self, json, &error))
		return end(self, !json_is_array(json));
	if (json_array_size(self->told) > 0)
		end(self, false);
	return command_fail(error, dsn);
}

static int run(Post *self, const char *dsn, const char *person, const char *path)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;
	json_t *json = command_read_json(path);

	if (json == NULL)
		return EXIT_FAILED;
	self->store = command_open(dsn, STORE_DURABLE, &status);
	if (self->store != NULL)
		status = command_find_person(self->store, person, &self->person_id, &error)
				 ? post_file(self, dsn, json)
				 : command_fail(error, dsn);
	json_decref(json);
	return status;
}

/* --- taking back --------------------------------------------------------------------------- */

/* A number is one document's; whoever names a shop as well means that it is there. */
static bool check_shop(Post *self, int64_t id, GError **error)
{
	g_autoptr(Shop) shop = NULL;
	g_autoptr(Document) document = NULL;

	if (self->shop == NULL)
		return true;
	shop = shop_find(self->store, self->shop, error);
	document = shop != NULL ? document_read(self->store, id, error) : NULL;
	if (document == NULL || document->shop_id == shop->id)
		return document != NULL;
	g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE,
		    _("Document %s is one of another shop than “%s”."), document->number,
		    self->shop);
	return false;
}

static bool take_back(Post *self, const char *number, const char *reason, GError **error)
{
	g_autoptr(Document) document = NULL;
	int64_t id;

	if (!document_find_number(self->store, number, &id, error) ||
	    !check_shop(self, id, error) ||
	    !document_reverse(self->store, id, self->person_id, reason, error))
		return false;
	document = document_read(self->store, id, error);
	return document != NULL && tell(self, document, error);
}

static int reverse(Post *self, const char *dsn, const char *person, const char *number,
		   const char *reason)
{
	g_autoptr(GError) error = NULL;
	int status = EXIT_FAILED;

	self->store = command_open(dsn, STORE_DURABLE, &status);
	if (self->store == NULL)
		return status;
	if (command_find_person(self->store, person, &self->person_id, &error) &&
	    take_back(self, number, reason, &error))
		return end(self, true);
	return command_fail(error, dsn);
}

/* --- an example ---------------------------------------------------------------------------- */

static int print_example(const char *name)
{
	g_autoptr(GString) known = g_string_new(NULL);
	DocumentKind kind;
	json_t *example;
	int failed;

	if (!document_kind_parse(name, &kind)) {
		for (kind = 0; kind < DOCUMENT_N_KINDS; kind++)
			g_string_append_printf(known, "%s%s", kind > 0 ? ", " : "",
					       document_kind_code(kind));
		return command_misuse(_("There is no kind of document “%s”, only %s."), name,
				      known->str);
	}
	example = document_example(kind);
	failed = json_dumpf(example, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(example);
	return failed == 0 ? EXIT_DONE : EXIT_FAILED;
}

/* Whether @name stands among the words, with its value behind it or not. */
static bool has_option(int argc, char **argv, const char *name)
{
	for (int i = 1; i < argc; i++)
		if (g_str_has_prefix(argv[i], name) &&
		    (argv[i][strlen(name)] == '\0' || argv[i][strlen(name)] == '='))
			return true;
	return false;
}

int command_post(int argc, char **argv)
{
	g_autofree char *dsn = NULL, *person = NULL, *example = NULL, *number = NULL,
			*reason = NULL, *shop = NULL, *format_name = NULL;
	gboolean draft = false;
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &dsn, N_("the office's database"), "DSN" },
		{ "person", 0, 0, G_OPTION_ARG_STRING, &person,
		  N_("in whose name, and with whose rights"), N_("NAME") },
		{ "shop", 0, 0, G_OPTION_ARG_STRING, &shop,
		  N_("of documents that name none; the first one without it"), N_("NAME") },
		{ "draft", 0, 0, G_OPTION_ARG_NONE, &draft,
		  N_("writes it down and does not post it"), NULL },
		{ "example", 0, 0, G_OPTION_ARG_STRING, &example,
		  N_("prints a document of this kind"), N_("KIND") },
		{ "reverse", 0, 0, G_OPTION_ARG_STRING, &number, N_("takes a posted document back"),
		  N_("NUMBER") },
		{ "reason", 0, 0, G_OPTION_ARG_STRING, &reason, N_("why it is taken back"),
		  N_("TEXT") },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "table|json", N_("FORMAT") },
		G_OPTION_ENTRY_NULL,
	};
	bool no_file = has_option(argc, argv, "--example") || has_option(argc, argv, "--reverse");
	Post self = { 0 };
	int status;

	if (!command_parse(&argc, &argv, entries, _("FILE.json"), no_file ? 0 : 1,
			   _("Posts a stock document that is given as JSON, or an array of them: "
			     "order, delivery, supplier-return, transfer, arrival, write-off, "
			     "count, revaluation, opening, production. The file “-” is standard "
			     "input.")) ||
	    !command_format(format_name, PLAIN, &self.format))
		return EXIT_MISUSED;
	if (example != NULL)
		return print_example(example);
	self.draft = draft;
	self.shop = shop;
	self.told = json_array();
	status = number != NULL ? reverse(&self, dsn, person, number, reason)
				: run(&self, dsn, person, argv[1]);
	store_close(self.store);
	json_decref(self.told);
	return status;
}
