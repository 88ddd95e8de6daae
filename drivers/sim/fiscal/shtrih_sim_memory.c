/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/shtrih_sim.h"

/* What the registrar remembers, in RAM; shtrih_sim_state.c brings it to disk and back. */
void shtrih_sim_line_free(ShtrihLine *line)
{
	g_free(line->name);
	g_byte_array_unref(line->tags);
	g_byte_array_unref(line->mark);
	g_free(line);
}

static void line_free(void *data)
{
	shtrih_sim_line_free(data);
}

static void mark_free(void *data)
{
	ShtrihMark *mark = data;

	g_byte_array_unref(mark->code);
	g_free(mark);
}

void shtrih_sim_mark_add(ShtrihState *self, const GByteArray *code, int64_t result)
{
	ShtrihMark *mark = g_new(ShtrihMark, 1);

	*mark = (ShtrihMark){ .code = g_byte_array_new(), .result = result };
	g_byte_array_append(mark->code, code->data, code->len);
	g_ptr_array_add(self->marks, mark);
}

void shtrih_sim_document_add(ShtrihState *self, json_t *item)
{
	json_t *brief = json_copy(item);

	json_object_del(brief, "tlv");
	fiscal_list_add(self->document_list, brief);
	fiscal_archive_add(&self->archive, json_incref(json_object_get(item, "tlv")));
	json_array_append_new(self->documents, item);
}

ShtrihLine *shtrih_line_new(void)
{
	ShtrihLine *line = g_new0(ShtrihLine, 1);

	line->tags = g_byte_array_new();
	line->mark = g_byte_array_new();
	return line;
}

void shtrih_state_init(ShtrihState *self)
{
	g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
	g_autoptr(GDateTime) last = g_date_time_new(utc, 2026, 6, 3, 10, 15, 0);

	*self = (ShtrihState){ .pending_date = -1,
			       .shift = 41,
			       .last_fd = 56,
			       .document = 56,
			       .last_at = g_date_time_to_unix(last) };
	self->fn_tags = g_byte_array_new();
	self->tags = g_byte_array_new();
	self->lines = g_ptr_array_new_with_free_func(line_free);
	self->texts = g_ptr_array_new_with_free_func(g_free);
	self->unprinted = g_ptr_array_new_with_free_func(g_free);
	self->last_paper = g_ptr_array_new_with_free_func(g_free);
	self->documents = json_array();
	self->document_list = fiscal_list_new();
	self->book = fiscal_list_new();
	self->mark = g_byte_array_new();
	self->marks = g_ptr_array_new_with_free_func(mark_free);
	fiscal_archive_init(&self->archive);
}

void shtrih_state_clear(ShtrihState *self)
{
	g_byte_array_unref(self->fn_tags);
	g_byte_array_unref(self->tags);
	g_ptr_array_unref(self->lines);
	g_ptr_array_unref(self->texts);
	g_ptr_array_unref(self->unprinted);
	g_ptr_array_unref(self->last_paper);
	json_decref(self->documents);
	fiscal_list_free(self->document_list);
	fiscal_list_free(self->book);
	g_byte_array_unref(self->mark);
	g_ptr_array_unref(self->marks);
	fiscal_archive_clear(&self->archive);
}

void shtrih_state_close_receipt(ShtrihState *self)
{
	self->receipt_open = false;
	g_ptr_array_set_size(self->lines, 0);
	g_ptr_array_set_size(self->texts, 0);
	g_byte_array_set_size(self->tags, 0);
}

void shtrih_sim_state_end_receipt(ShtrihState *self)
{
	shtrih_state_close_receipt(self);
	g_byte_array_set_size(self->mark, 0);
	g_ptr_array_set_size(self->marks, 0);
}
