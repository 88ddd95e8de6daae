/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/document_private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK(baraa_document_error, document_error)

static const struct {
	const char *code, *title;
	Right right;
} kinds[DOCUMENT_N_KINDS] = {
	[DOCUMENT_ORDER] = { "order", N_("Order"), RIGHT_ORDER },
	[DOCUMENT_DELIVERY] = { "delivery", N_("Delivery"), RIGHT_RECEIVE },
	[DOCUMENT_SUPPLIER_RETURN] = { "supplier-return", N_("Return to supplier"), RIGHT_RECEIVE },
	[DOCUMENT_TRANSFER] = { "transfer", N_("Transfer"), RIGHT_TRANSFER },
	[DOCUMENT_ARRIVAL] = { "arrival", N_("Arrival"), RIGHT_RECEIVE },
	[DOCUMENT_WRITE_OFF] = { "write-off", N_("Write-off"), RIGHT_WRITE_OFF },
	[DOCUMENT_COUNT] = { "count", N_("Stock count"), RIGHT_COUNT },
	[DOCUMENT_REVALUATION] = { "revaluation", N_("Revaluation"), RIGHT_REVALUE },
	[DOCUMENT_OPENING] = { "opening", N_("Opening balance"), RIGHT_REVALUE },
	[DOCUMENT_PRODUCTION] = { "production", N_("Production"), RIGHT_PRODUCE },
};

static const struct {
	const char *code, *title;
} states[DOCUMENT_N_STATES] = {
	[DOCUMENT_DRAFT] = { "draft", N_("Draft") },
	[DOCUMENT_POSTED] = { "posted", N_("Posted") },
	[DOCUMENT_REVERSED] = { "reversed", N_("Reversed") },
};

const char *document_kind_code(DocumentKind kind)
{
	g_return_val_if_fail(kind < DOCUMENT_N_KINDS, NULL);
	return kinds[kind].code;
}

const char *document_kind_title(DocumentKind kind)
{
	g_return_val_if_fail(kind < DOCUMENT_N_KINDS, NULL);
	return _(kinds[kind].title);
}

bool document_kind_parse(const char *text, DocumentKind *ret)
{
	for (DocumentKind kind = 0; kind < DOCUMENT_N_KINDS; kind++)
		if (strcmp(text, kinds[kind].code) == 0) {
			*ret = kind;
			return true;
		}
	return false;
}

Right document_kind_right(DocumentKind kind)
{
	g_return_val_if_fail(kind < DOCUMENT_N_KINDS, RIGHT_POST);
	return kinds[kind].right;
}

const char *document_state_code(DocumentState state)
{
	g_return_val_if_fail(state < DOCUMENT_N_STATES, NULL);
	return states[state].code;
}

const char *document_state_title(DocumentState state)
{
	g_return_val_if_fail(state < DOCUMENT_N_STATES, NULL);
	return _(states[state].title);
}

/* --- errors -------------------------------------------------------------------------------- */

bool document_refuse(GError **error, DocumentError code, const char *format, ...)
{
	g_autofree char *sentence = NULL;
	va_list args;

	va_start(args, format);
	sentence = g_strdup_vprintf(format, args);
	va_end(args);
	g_set_error_literal(error, DOCUMENT_ERROR, (int)code, sentence);
	return false;
}

bool document_refuse_line(GError **error, int line, const char *name, const char *format, ...)
{
	g_autofree char *sentence = NULL;
	va_list args;

	va_start(args, format);
	sentence = g_strdup_vprintf(format, args);
	va_end(args);
	if (line == 0 && name == NULL)
		return document_refuse(error, DOCUMENT_ERROR_INVALID, "%s", sentence);
	if (name == NULL) /* Translators: of a document; %s is a sentence. */
		return document_refuse(error, DOCUMENT_ERROR_INVALID, _("Line %d: %s"), line,
				       sentence);
	if (line == 0) /* Translators: goods, and what is wrong with them. */
		return document_refuse(error, DOCUMENT_ERROR_INVALID, _("“%s”: %s"), name,
				       sentence);
	return document_refuse(error, DOCUMENT_ERROR_INVALID, _("Line %d, “%s”: %s"), line, name,
			       sentence);
}

/* --- the model ----------------------------------------------------------------------------- */

static void free_line(gpointer data)
{
	DocumentLine *self = data;

	g_free(self->batch);
	g_free(self->reason);
	g_strfreev(self->serials);
	g_free(self);
}

Document *document_new(DocumentKind kind, int64_t shop_id)
{
	Document *self = g_new0(Document, 1);

	self->kind = kind;
	self->shop_id = shop_id;
	self->number = g_strdup("");
	self->reference = g_strdup("");
	self->reason = g_strdup("");
	self->scope = g_strdup("");
	self->subject = g_strdup("");
	self->note = g_strdup("");
	self->lines = g_ptr_array_new_with_free_func(free_line);
	return self;
}

void document_free(Document *self)
{
	if (self == NULL)
		return;
	g_free(self->number);
	g_free(self->reference);
	g_free(self->reason);
	g_free(self->scope);
	g_free(self->subject);
	g_free(self->note);
	g_free(self->key);
	g_ptr_array_unref(self->lines);
	g_clear_pointer(&self->found, g_array_unref);
	g_free(self);
}

DocumentLine *document_add_line(Document *self, int64_t item_id, int64_t quantity)
{
	DocumentLine *line = g_new0(DocumentLine, 1);

	line->item_id = item_id;
	line->quantity = quantity;
	line->batch = g_strdup("");
	line->reason = g_strdup("");
	g_ptr_array_add(self->lines, line);
	return line;
}

/* --- reading ------------------------------------------------------------------------------- */

static void take_text(StoreStatement *row, int column, char **text)
{
	g_free(*text);
	*text = g_strdup(store_get_text(row, column));
}

static bool parse_state(const char *text, DocumentState *ret)
{
	for (DocumentState state = 0; state < DOCUMENT_N_STATES; state++)
		if (strcmp(text, states[state].code) == 0) {
			*ret = state;
			return true;
		}
	return false;
}

static void read_people(StoreStatement *row, Document *self)
{
	self->revision = store_get_int(row, 16);
	self->head_revision = store_get_int(row, 17);
	self->created_at = store_get_int(row, 18);
	self->created_by = store_get_int(row, 19);
	self->posted_at = store_get_int(row, 20);
	self->posted_by = store_get_int(row, 21);
	self->reversed_at = store_get_int(row, 22);
	self->reversed_by = store_get_int(row, 23);
}

/* In the order of office/document/head. */
static Document *head_of_row(StoreStatement *row)
{
	Document *self;
	DocumentKind kind;

	if (!document_kind_parse(store_get_text(row, 1), &kind))
		return NULL;
	self = document_new(kind, store_get_int(row, 3));
	self->id = store_get_int(row, 0);
	if (!parse_state(store_get_text(row, 2), &self->state))
		self->state = DOCUMENT_REVERSED; /* the table's CHECK knows no other */
	take_text(row, 4, &self->number);
	self->at = store_get_int(row, 5);
	self->supplier_id = store_get_int(row, 6);
	self->other_shop = store_get_int(row, 7);
	self->origin_id = store_get_int(row, 8);
	take_text(row, 9, &self->reference);
	take_text(row, 10, &self->reason);
	take_text(row, 11, &self->scope);
	take_text(row, 12, &self->subject);
	take_text(row, 13, &self->note);
	self->blind = store_get_int(row, 14) != 0;
	take_text(row, 15, &self->key);
	read_people(row, self);
	return self;
}

static Document *read_head(Store *store, int64_t id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/document/head");
	Document *self = NULL;
	StoreStep step;

	store_bind_int(row, 1, id);
	step = store_step(row, error);
	if (step == STORE_ROW)
		self = head_of_row(row);
	store_reset(row);
	if (step != STORE_FAILED && self == NULL)
		document_refuse(error, DOCUMENT_ERROR_GONE,
				_("This document is not there any more: look at the list again."));
	return self;
}

/* In the order of office/document/lines. */
static void add_row(Document *self, StoreStatement *row)
{
	DocumentLine *line = document_add_line(self, store_get_int(row, 1), store_get_int(row, 2));

	line->line = (int)store_get_int(row, 0);
	line->has_expected = !store_is_null(row, 3);
	line->expected = store_get_int(row, 3);
	line->pack_id = store_get_int(row, 4);
	line->has_cost = !store_is_null(row, 5);
	line->cost = store_get_int(row, 5);
	take_text(row, 6, &line->batch);
	line->expiry = (int32_t)store_get_int(row, 7);
	line->instead_of = store_get_int(row, 8);
	take_text(row, 9, &line->reason);
	line->has_price = !store_is_null(row, 10);
	line->price = store_get_int(row, 10);
	line->person_id = store_get_int(row, 11);
	line->at = store_get_int(row, 12);
}

static bool read_lines(Store *store, Document *self, GError **error)
{
	StoreStatement *row = store_statement(store, "office/document/lines");
	StoreStep step;

	store_bind_int(row, 1, self->id);
	while ((step = store_step(row, error)) == STORE_ROW)
		add_row(self, row);
	return step == STORE_DONE;
}

static void end_serials(DocumentLine *line, GPtrArray *serials)
{
	if (serials->len == 0)
		return;
	g_ptr_array_add(serials, NULL);
	line->serials = (char **)g_ptr_array_steal(serials, NULL);
}

/* Lines and serials both come by line. */
static bool read_serials(Store *store, Document *self, GError **error)
{
	StoreStatement *row = store_statement(store, "office/document/serials");
	StoreStep step;
	guint i = 0;

	store_bind_int(row, 1, self->id);
	step = store_step(row, error);
	for (; i < self->lines->len && step == STORE_ROW; i++) {
		DocumentLine *line = self->lines->pdata[i];
		g_autoptr(GPtrArray) serials = g_ptr_array_new_with_free_func(g_free);

		while (step == STORE_ROW && store_get_int(row, 0) == line->line) {
			g_ptr_array_add(serials, g_strdup(store_get_text(row, 1)));
			step = store_step(row, error);
		}
		end_serials(line, serials);
	}
	if (step == STORE_ROW)
		store_reset(row);
	return step != STORE_FAILED;
}

Document *document_read(Store *store, int64_t id, GError **error)
{
	g_autoptr(Document) self = read_head(store, id, error);

	if (self == NULL || !read_lines(store, self, error) || !read_serials(store, self, error))
		return NULL;
	return g_steal_pointer(&self);
}

bool document_find_number(Store *store, const char *number, int64_t *ret_id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/document/find_number");
	StoreStep step;

	store_bind_text(row, 1, number);
	step = store_step(row, error);
	if (step == STORE_ROW)
		*ret_id = store_get_int(row, 0);
	store_reset(row);
	if (step == STORE_DONE)
		return document_refuse(error, DOCUMENT_ERROR_GONE,
				       _("There is no document “%s”: “baraa documents” lists all."),
				       number);
	return step == STORE_ROW;
}
