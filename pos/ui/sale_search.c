/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/sale_page_private.h"

/* The number of times that `3*` stands for is no part of the name. */
static const char *get_query(const char *text)
{
	const char *star = strchr(text, '*');

	return star != NULL ? star + 1 : text;
}

bool sale_search_is_name(const char *text)
{
	for (const char *p = get_query(text); *p != '\0'; p = g_utf8_next_char(p))
		if (g_unichar_isalpha(g_utf8_get_char(p)))
			return true;
	return false;
}

static void add(PosSalePage *self, int64_t item_id, const char *times)
{
	till_link_send_line(self->link, SESSION_ADD_FOUND, item_id, times);
	g_clear_pointer(&self->wanted, g_free);
	pos_input_pane_clear_later(self->input);
}

/* "3" of "3*bread"; NULL of "bread". */
static char *dup_times(const char *text)
{
	const char *star = strchr(text, '*');

	return star != NULL && star > text ? g_strndup(text, (gsize)(star - text)) : NULL;
}

void sale_search_pick(PosSalePage *self, const char *text)
{
	g_autofree char *times = dup_times(text);
	int64_t item_id;

	if (pos_input_pane_get_found(self->input, get_query(text), &item_id)) {
		add(self, item_id, times);
	} else if (strcmp(self->view->found_query, get_query(text)) == 0) {
		till_link_send_text(self->link, SESSION_SCAN, text);
		pos_input_pane_clear_later(self->input);
	} else {
		g_free(self->wanted);
		self->wanted = g_strdup(text);
	}
}

void sale_search_serve(PosSalePage *self)
{
	g_autofree char *text = g_strdup(self->wanted);

	if (text != NULL && strcmp(self->view->found_query, get_query(text)) == 0) {
		g_clear_pointer(&self->wanted, g_free);
		sale_search_pick(self, text);
	}
}

void sale_search_add(PosSalePage *self, int64_t item_id)
{
	g_autofree char *times = dup_times(pos_input_pane_get_text(self->input));

	add(self, item_id, times);
}

void sale_search_typed(PosSalePage *self)
{
	const char *text = pos_input_pane_get_text(self->input);

	g_clear_pointer(&self->wanted, g_free);
	if (pos_input_pane_get_ask(self->input) == ASK_SCAN && sale_search_is_name(text))
		till_link_send_text(self->link, SESSION_FIND, get_query(text));
}
