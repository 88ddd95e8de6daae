/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/erpnet_sim.h"

#define MEMBER(name)                                                                               \
	{                                                                                          \
#name, offsetof(ErpnetState, name)                                                 \
	}
static const WebMember state_numbers[] = {
	MEMBER(clock_offset), MEMBER(day_opened_at), MEMBER(day),	MEMBER(last_document),
	MEMBER(last_receipt), MEMBER(last_at),	     MEMBER(items),	MEMBER(amount),
	MEMBER(tendered),     MEMBER(cash),	     MEMBER(in),	MEMBER(out),
	MEMBER(sales),	      MEMBER(returns),	     MEMBER(n_sales),	MEMBER(n_returns),
	MEMBER(groups[0]),    MEMBER(groups[1]),     MEMBER(groups[2]), MEMBER(groups[3]),
	MEMBER(groups[4]),    MEMBER(groups[5]),     MEMBER(groups[6]), MEMBER(groups[7]),
	MEMBER(last_z[0]),    MEMBER(last_z[1]),     MEMBER(last_z[2]), MEMBER(last_z[3]),
	MEMBER(last_z[4]),    MEMBER(last_z[5]),     MEMBER(last_z[6]), MEMBER(last_z[7]),
	MEMBER(last_z_at),    { NULL, 0 },
};
static const WebMember state_flags[] = {
	MEMBER(day_open), MEMBER(memory_full), MEMBER(unplugged), MEMBER(copied), { NULL, 0 },
};

void erpnet_state_init(ErpnetState *self)
{
	/* Before the page's session (fiscal-datecs.md §7.1). */
	*self = (ErpnetState){ .day = 41,
			       .last_document = 136,
			       .last_at = INT64_C(1748895300), /* 2025-06-02 */
			       .last_z_at = INT64_C(1748895300),
			       .fm = g_strdup("02279013"),
			       .unp = g_strdup(""),
			       .book = json_array() };
	web_roll_init(&self->roll);
}

void erpnet_state_clear(ErpnetState *self)
{
	g_free(self->fm);
	g_free(self->unp);
	json_decref(self->book);
	web_roll_clear(&self->roll);
}

bool erpnet_state_save(const ErpnetState *self, const char *path, GError **error)
{
	json_t *root = json_object();

	web_numbers_put(root, self, state_numbers);
	web_flags_put(root, self, state_flags);
	json_object_set_new(root, "fm", json_string(self->fm));
	json_object_set_new(root, "unp", json_string(self->unp));
	json_object_set(root, "book", self->book);
	json_object_set_new(root, "roll", web_roll_save(&self->roll));
	return web_memory_write(root, path, error);
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

static bool read_state(ErpnetState *self, json_t *root)
{
	return web_numbers_get(root, self, state_numbers) &&
	       web_flags_get(root, self, state_flags) && read_text(root, "fm", &self->fm) &&
	       read_text(root, "unp", &self->unp) &&
	       web_part_get(root, "book", JSON_ARRAY, &self->book) &&
	       web_roll_load(&self->roll, json_object_get(root, "roll"));
}

bool erpnet_state_load(ErpnetState *self, const char *path, GError **error)
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
