/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/atol_sim.h"

#include <string.h>

#define MEMBER(name)                                                                               \
	{                                                                                          \
#name, offsetof(AtolState, name)                                                   \
	}
static const WebMember state_numbers[] = {
	MEMBER(clock_offset), MEMBER(shift),	   MEMBER(shift_opened_at),
	MEMBER(receipt),      MEMBER(in_shift),	   MEMBER(last_fd),
	MEMBER(last_at),      MEMBER(sent_fd),	   MEMBER(cash),
	MEMBER(n_in),	      MEMBER(in),	   MEMBER(n_out),
	MEMBER(out),	      MEMBER(task_number), { NULL, 0 },
};
static const WebMember state_flags[] = {
	MEMBER(shift_open), MEMBER(drawer_open), MEMBER(memory_full), MEMBER(ofd_off), { NULL, 0 },
};
#define PAID(i)                                                                                    \
	{                                                                                          \
#i, offsetof(AtolTotals, paid) + (i) * sizeof(int64_t)                             \
	}
static const WebMember totals_numbers[] = {
	{ "count", offsetof(AtolTotals, count) },
	{ "sum", offsetof(AtolTotals, sum) },
	PAID(0),
	PAID(1),
	PAID(2),
	PAID(3),
	PAID(4),
	{ NULL, 0 },
};

void atol_state_init(AtolState *self)
{
	/* The evening before the page's session (§3.3). */
	*self = (AtolState){ .shift = 41,
			     .last_fd = 56,
			     .sent_fd = 56,
			     .last_at = INT64_C(1748895300), /* 2025-06-02 */
			     .fn = g_strdup("9999078900012345"),
			     .blocked = g_strdup(""),
			     .tasks = json_array(),
			     .documents = json_array(),
			     .book = json_array(),
			     .marks = json_array(),
			     .mark = json_object() };
	web_roll_init(&self->roll);
}

void atol_state_clear(AtolState *self)
{
	g_free(self->fn);
	g_free(self->blocked);
	json_decref(self->tasks);
	json_decref(self->documents);
	json_decref(self->book);
	json_decref(self->marks);
	json_decref(self->mark);
	web_roll_clear(&self->roll);
}

bool atol_state_save(const AtolState *self, const char *path, GError **error)
{
	json_t *root = json_object(), *totals = json_array();

	web_numbers_put(root, self, state_numbers);
	web_flags_put(root, self, state_flags);
	for (int i = 0; i < ATOL_N_TOTALS; i++) {
		json_t *item = json_object();

		web_numbers_put(item, &self->totals[i], totals_numbers);
		json_array_append_new(totals, item);
	}
	json_object_set_new(root, "totals", totals);
	json_object_set_new(root, "fn", json_string(self->fn));
	json_object_set_new(root, "blocked", json_string(self->blocked));
	json_object_set(root, "tasks", self->tasks);
	json_object_set(root, "documents", self->documents);
	json_object_set(root, "book", self->book);
	json_object_set(root, "marks", self->marks);
	json_object_set(root, "mark", self->mark);
	json_object_set_new(root, "roll", web_roll_save(&self->roll));
	return web_memory_write(root, path, error);
}

static bool read_totals(const json_t *root, AtolTotals ret[ATOL_N_TOTALS])
{
	const json_t *array = json_object_get(root, "totals");

	if (json_array_size(array) != ATOL_N_TOTALS)
		return false;
	for (size_t i = 0; i < ATOL_N_TOTALS; i++)
		if (!web_numbers_get(json_array_get(array, i), &ret[i], totals_numbers))
			return false;
	return true;
}

static bool read_text(const json_t *root, const char *key, char **ret)
{
	const json_t *value = json_object_get(root, key);

	if (!json_is_string(value))
		return false;
	g_free(*ret);
	*ret = g_strdup(json_string_value(value));
	return true;
}

static bool read_state(AtolState *self, json_t *root)
{
	return web_numbers_get(root, self, state_numbers) &&
	       web_flags_get(root, self, state_flags) && read_totals(root, self->totals) &&
	       read_text(root, "fn", &self->fn) && read_text(root, "blocked", &self->blocked) &&
	       web_part_get(root, "tasks", JSON_ARRAY, &self->tasks) &&
	       atol_queue_is_whole(self->tasks) &&
	       web_part_get(root, "documents", JSON_ARRAY, &self->documents) &&
	       web_part_get(root, "book", JSON_ARRAY, &self->book) &&
	       web_part_get(root, "marks", JSON_ARRAY, &self->marks) &&
	       web_part_get(root, "mark", JSON_OBJECT, &self->mark) &&
	       web_roll_load(&self->roll, json_object_get(root, "roll"));
}

bool atol_state_load(AtolState *self, const char *path, GError **error)
{
	json_t *root;
	bool done;

	if (!web_memory_is_there(path))
		return true; /* as shipped */
	root = web_memory_read(path);
	done = root != NULL && read_state(self, root);
	json_decref(root);
	if (!done)
		web_memory_refuse(path, error);
	return done;
}
