/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/payment/zvt_sim.h"

#include <glib/gi18n-lib.h>

static const char *const kind_names[ZVT_N_KINDS] = { "payment", "refund", "reversal" };

/* One table says which numbers there are, so that none is written and not read. */
typedef struct {
	const char *key;
	size_t offset;
} Number;

static const Number state_numbers[] = {
	{ "receipt", offsetof(ZvtState, receipt) },
	{ "trace", offsetof(ZvtState, trace) },
	{ "batch", offsetof(ZvtState, batch) },
	{ "terminal", offsetof(ZvtState, terminal) },
	{ "clock_offset", offsetof(ZvtState, clock_offset) },
};
static const Number transaction_numbers[] = {
	{ "amount", offsetof(ZvtTransaction, amount) },
	{ "currency", offsetof(ZvtTransaction, currency) },
	{ "receipt", offsetof(ZvtTransaction, receipt) },
	{ "trace", offsetof(ZvtTransaction, trace) },
	{ "original", offsetof(ZvtTransaction, original) },
	{ "at", offsetof(ZvtTransaction, at) },
	{ "batch", offsetof(ZvtTransaction, batch) },
};

void zvt_sim_state_init(ZvtState *self)
{
	/* As a terminal that was used before; the numbers are those of the page's example. */
	*self = (ZvtState){ .receipt = 470, .trace = 470, .batch = 12, .terminal = 52500295 };
	self->transactions = g_array_new(false, true, sizeof(ZvtTransaction));
}

void zvt_sim_state_clear(ZvtState *self)
{
	g_array_unref(self->transactions);
}

static void put_numbers(json_t *object, const void *base, const Number *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		json_object_set_new(
			object, numbers[i].key,
			json_integer(*(const int64_t *)((const char *)base + numbers[i].offset)));
}

static json_t *transaction_json(const ZvtTransaction *self)
{
	json_t *object = json_pack("{s:s,s:b,s:b}", "kind", kind_names[self->kind], "reversed",
				   self->reversed, "undone", self->undone);

	put_numbers(object, self, transaction_numbers, G_N_ELEMENTS(transaction_numbers));
	return object;
}

bool zvt_sim_state_save(const ZvtState *self, const char *path, GError **error)
{
	json_t *root = json_object(), *list = json_array();
	char *text;
	bool done;

	put_numbers(root, self, state_numbers, G_N_ELEMENTS(state_numbers));
	json_object_set_new(root, "end_of_day_due", json_boolean(self->end_of_day_due));
	for (unsigned i = 0; i < self->transactions->len; i++)
		json_array_append_new(list, transaction_json(&g_array_index(self->transactions,
									    ZvtTransaction, i)));
	json_object_set_new(root, "transactions", list);
	text = json_dumps(root, JSON_INDENT(1));
	json_decref(root);
	done = g_file_set_contents_full(
		path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
		error);
	free(text);
	return done;
}

static bool get_numbers(const json_t *object, void *base, const Number *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const json_t *value = json_object_get(object, numbers[i].key);

		if (!json_is_integer(value))
			return false;
		*(int64_t *)((char *)base + numbers[i].offset) = json_integer_value(value);
	}
	return true;
}

static bool get_flag(const json_t *object, const char *key, bool *ret)
{
	const json_t *value = json_object_get(object, key);

	*ret = json_is_true(value);
	return json_is_boolean(value);
}

static bool get_transaction(const json_t *object, ZvtTransaction *ret)
{
	const char *kind = json_string_value(json_object_get(object, "kind"));
	int i = 0;

	while (i < ZVT_N_KINDS && g_strcmp0(kind, kind_names[i]) != 0)
		i++;
	ret->kind = (ZvtKind)i;
	return i < ZVT_N_KINDS && get_flag(object, "reversed", &ret->reversed) &&
	       get_flag(object, "undone", &ret->undone) &&
	       get_numbers(object, ret, transaction_numbers, G_N_ELEMENTS(transaction_numbers));
}

static bool get_state(const json_t *root, ZvtState *ret)
{
	const json_t *list = json_object_get(root, "transactions"), *item;
	size_t i;

	if (!get_numbers(root, ret, state_numbers, G_N_ELEMENTS(state_numbers)) ||
	    !get_flag(root, "end_of_day_due", &ret->end_of_day_due) || !json_is_array(list))
		return false;
	json_array_foreach(list, i, item)
	{
		ZvtTransaction transaction = { 0 };

		if (!get_transaction(item, &transaction))
			return false;
		g_array_append_val(ret->transactions, transaction);
	}
	return true;
}

bool zvt_sim_state_load(ZvtState *self, const char *path, GError **error)
{
	json_error_t where;
	json_t *root;
	bool done;

	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return true; /* as shipped */
	root = json_load_file(path, 0, &where);
	done = root != NULL && get_state(root, self);
	json_decref(root);
	if (!done)
		g_set_error(
			error, SIM_ERROR, SIM_ERROR_STATE,
			_("%s is not the memory of this simulator; move it away to start anew."),
			path);
	return done;
}
