/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/shtrih_sim.h"

#include <string.h>

/* One table says which numbers the file has, so that none is written and not read. */
typedef struct {
	const char *key;
	size_t offset;
} Number;

#define STATE_NUMBER(name)                                                                         \
	{                                                                                          \
#name, offsetof(ShtrihState, name)                                                 \
	}
static const Number state_numbers[] = {
	STATE_NUMBER(clock_offset), STATE_NUMBER(pending_date), STATE_NUMBER(shift_opened_at),
	STATE_NUMBER(shift),	    STATE_NUMBER(receipt),	STATE_NUMBER(last_fd),
	STATE_NUMBER(document),	    STATE_NUMBER(last_at),	STATE_NUMBER(cash),
	STATE_NUMBER(sent),	    STATE_NUMBER(mark_result),	STATE_NUMBER(cash_in),
	STATE_NUMBER(cash_out),	    STATE_NUMBER(n_cash_in),	STATE_NUMBER(n_cash_out),
	STATE_NUMBER(fn_document),  STATE_NUMBER(receipt_type),
};
#define STATE_FLAG(name)                                                                           \
	{                                                                                          \
#name, offsetof(ShtrihState, name)                                                 \
	}
static const Number state_flags[] = {
	STATE_FLAG(shift_open), STATE_FLAG(receipt_open), STATE_FLAG(no_paper),
	STATE_FLAG(low_paper),	STATE_FLAG(cover_open),
};

static int64_t *number_at(const ShtrihState *self, const Number *number)
{
	return (int64_t *)((char *)self + number->offset);
}

static bool *flag_at(const ShtrihState *self, const Number *flag)
{
	return (bool *)((char *)self + flag->offset);
}

/* ---- writing */

static json_t *hex_new(const GByteArray *bytes)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (unsigned i = 0; i < bytes->len; i++)
		g_string_append_printf(text, "%02X", bytes->data[i]);
	return json_string(text->str);
}

static json_t *strings_new(const GPtrArray *strings)
{
	json_t *array = json_array();

	for (unsigned i = 0; i < strings->len; i++)
		json_array_append_new(array, json_string(g_ptr_array_index(strings, i)));
	return array;
}

static json_t *numbers_new(const int64_t *numbers, size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, json_integer(numbers[i]));
	return array;
}

static json_t *lines_new(const GPtrArray *lines)
{
	json_t *array = json_array();

	for (unsigned i = 0; i < lines->len; i++) {
		const ShtrihLine *line = g_ptr_array_index(lines, i);

		json_array_append_new(
			array, json_pack("{s:s,s:I,s:I,s:I,s:i,s:i,s:i,s:i,s:o,s:o}", "name",
					 line->name, "price", (json_int_t)line->price, "quantity",
					 (json_int_t)line->quantity, "sum", (json_int_t)line->sum,
					 "vat", line->vat, "department", line->department, "method",
					 line->method, "subject", line->subject, "tags",
					 hex_new(line->tags), "mark", hex_new(line->mark)));
	}
	return array;
}

static json_t *totals_new(const ShtrihTotals totals[N_RECEIPT_TYPES])
{
	json_t *array = json_array();

	for (int i = 0; i < N_RECEIPT_TYPES; i++)
		json_array_append_new(array, json_pack("{s:o,s:o,s:I,s:I}", "paid",
						       numbers_new(totals[i].paid, N_PAYMENTS),
						       "vat", numbers_new(totals[i].vat, N_VAT),
						       "total", (json_int_t)totals[i].total,
						       "count", (json_int_t)totals[i].count));
	return array;
}

static json_t *marks_new(const GPtrArray *marks)
{
	json_t *array = json_array();

	for (unsigned i = 0; i < marks->len; i++) {
		const ShtrihMark *mark = g_ptr_array_index(marks, i);

		json_array_append_new(array, json_pack("{s:o,s:I}", "code", hex_new(mark->code),
						       "result", (json_int_t)mark->result));
	}
	return array;
}

static json_t *members_new(const ShtrihState *self)
{
	json_t *root = json_object();

	for (size_t i = 0; i < G_N_ELEMENTS(state_numbers); i++)
		json_object_set_new(root, state_numbers[i].key,
				    json_integer(*number_at(self, &state_numbers[i])));
	for (size_t i = 0; i < G_N_ELEMENTS(state_flags); i++)
		json_object_set_new(root, state_flags[i].key,
				    json_boolean(*flag_at(self, &state_flags[i])));
	json_object_set_new(root, "totals", totals_new(self->totals));
	json_object_set_new(root, "fn_tags", hex_new(self->fn_tags));
	json_object_set_new(root, "tags", hex_new(self->tags));
	json_object_set_new(root, "lines", lines_new(self->lines));
	json_object_set_new(root, "texts", strings_new(self->texts));
	json_object_set_new(root, "unprinted", strings_new(self->unprinted));
	json_object_set_new(root, "last_paper", strings_new(self->last_paper));
	json_object_set_new(root, "mark", hex_new(self->mark));
	json_object_set_new(root, "marks", marks_new(self->marks));
	return root;
}

bool shtrih_state_save(ShtrihState *self, const char *path, GError **error)
{
	const FiscalMember members[] = { { "documents", self->document_list },
					 { "book", self->book },
					 { "recent", self->archive.recent },
					 { NULL, NULL } };
	json_t *root;

	if (!fiscal_archive_flush(&self->archive, path, error))
		return false;
	root = members_new(self);
	json_object_set_new(root, "archive", json_integer(self->archive.len));
	return fiscal_state_save(path, root, members, error);
}

/* ---- reading: bad data is refused, a registrar with half a memory is broken */

static bool read_number(const json_t *object, const char *key, int64_t *ret)
{
	const json_t *value = json_object_get(object, key);

	if (!json_is_integer(value))
		return false;
	*ret = json_integer_value(value);
	return true;
}

static bool read_int(const json_t *object, const char *key, int max, int *ret)
{
	int64_t value;

	if (!read_number(object, key, &value) || value < 0 || value > max)
		return false;
	*ret = (int)value;
	return true;
}

static bool read_hex(const json_t *object, const char *key, GByteArray *ret)
{
	const char *text = json_string_value(json_object_get(object, key));

	if (text == NULL || strlen(text) % 2 != 0)
		return false;
	for (; *text != '\0'; text += 2) {
		int high = g_ascii_xdigit_value(text[0]), low = g_ascii_xdigit_value(text[1]);

		if (high < 0 || low < 0)
			return false;
		g_byte_array_append(ret, &(uint8_t){ (uint8_t)(high << 4 | low) }, 1);
	}
	return true;
}

static bool read_strings(const json_t *object, const char *key, GPtrArray *ret)
{
	const json_t *array = json_object_get(object, key), *item;
	size_t i;

	if (!json_is_array(array))
		return false;
	json_array_foreach(array, i, item)
	{
		if (!json_is_string(item))
			return false;
		g_ptr_array_add(ret, g_strdup(json_string_value(item)));
	}
	return true;
}

static bool read_numbers(const json_t *object, const char *key, int64_t *ret, size_t n)
{
	const json_t *array = json_object_get(object, key);

	if (json_array_size(array) != n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!json_is_integer(json_array_get(array, i)))
			return false;
		ret[i] = json_integer_value(json_array_get(array, i));
	}
	return true;
}

static bool read_line(const json_t *item, GPtrArray *ret)
{
	ShtrihLine *line = shtrih_line_new();

	g_ptr_array_add(ret, line);
	line->name = g_strdup(json_string_value(json_object_get(item, "name")));
	return line->name != NULL && read_number(item, "price", &line->price) &&
	       read_number(item, "quantity", &line->quantity) &&
	       read_number(item, "sum", &line->sum) &&
	       read_int(item, "vat", N_VAT - 1, &line->vat) &&
	       read_int(item, "department", 16, &line->department) &&
	       read_int(item, "method", 255, &line->method) &&
	       read_int(item, "subject", 255, &line->subject) &&
	       read_hex(item, "tags", line->tags) && read_hex(item, "mark", line->mark);
}

static bool read_lines(const json_t *root, GPtrArray *ret)
{
	const json_t *array = json_object_get(root, "lines"), *item;
	size_t i;

	if (!json_is_array(array))
		return false;
	json_array_foreach(array, i, item) if (!read_line(item, ret)) return false;
	return true;
}

static bool read_totals(const json_t *root, ShtrihTotals ret[N_RECEIPT_TYPES])
{
	const json_t *array = json_object_get(root, "totals");

	if (json_array_size(array) != N_RECEIPT_TYPES)
		return false;
	for (int i = 0; i < N_RECEIPT_TYPES; i++) {
		const json_t *item = json_array_get(array, (size_t)i);

		if (!read_numbers(item, "paid", ret[i].paid, N_PAYMENTS) ||
		    !read_numbers(item, "vat", ret[i].vat, N_VAT) ||
		    !read_number(item, "total", &ret[i].total) ||
		    !read_number(item, "count", &ret[i].count))
			return false;
	}
	return true;
}

static bool read_marks(const json_t *root, ShtrihState *ret)
{
	const json_t *array = json_object_get(root, "marks"), *item;
	size_t i;

	json_array_foreach(array, i, item)
	{
		g_autoptr(GByteArray) code = g_byte_array_new();
		int64_t result;

		if (!read_hex(item, "code", code) || !read_number(item, "result", &result))
			return false;
		shtrih_sim_mark_add(ret, code, result);
	}
	return json_is_array(array) && read_hex(root, "mark", ret->mark);
}

/* Their numbers are in the state, what they say is in the archive. */
static bool read_documents(ShtrihState *self, json_t *root, const char *path)
{
	json_t *array = json_object_get(root, "documents"), *item, *all;
	size_t i;

	all = fiscal_archive_read(&self->archive, path, root);
	if (all == NULL || json_array_size(all) != json_array_size(array)) {
		json_decref(all);
		return false;
	}
	json_array_foreach(array, i, item)
	{
		json_t *whole = json_copy(item);

		json_object_set(whole, "tlv", json_array_get(all, i));
		json_array_append_new(self->documents, whole);
	}
	json_decref(all);
	return fiscal_list_load(self->document_list, root, "documents") &&
	       fiscal_list_load(self->book, root, "book");
}

static bool read_state(ShtrihState *self, json_t *root, const char *path)
{
	for (size_t i = 0; i < G_N_ELEMENTS(state_numbers); i++)
		if (!read_number(root, state_numbers[i].key, number_at(self, &state_numbers[i])))
			return false;
	for (size_t i = 0; i < G_N_ELEMENTS(state_flags); i++) {
		const json_t *flag = json_object_get(root, state_flags[i].key);

		if (!json_is_boolean(flag))
			return false;
		*flag_at(self, &state_flags[i]) = json_is_true(flag);
	}
	return self->receipt_type >= 0 && self->receipt_type < N_RECEIPT_TYPES &&
	       read_totals(root, self->totals) && read_hex(root, "fn_tags", self->fn_tags) &&
	       read_hex(root, "tags", self->tags) && read_lines(root, self->lines) &&
	       read_strings(root, "texts", self->texts) &&
	       read_strings(root, "unprinted", self->unprinted) &&
	       read_strings(root, "last_paper", self->last_paper) && read_marks(root, self) &&
	       read_documents(self, root, path);
}

bool shtrih_state_load(ShtrihState *self, const char *path, GError **error)
{
	json_t *root;
	bool done;

	if (!fiscal_state_load(path, &root, error))
		return false;
	if (root == NULL)
		return true;
	done = read_state(self, root, path);
	json_decref(root);
	return done || fiscal_state_refuse(path, error);
}
