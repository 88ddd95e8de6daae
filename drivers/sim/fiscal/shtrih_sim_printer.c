/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/shtrih_sim.h"

#include <string.h>

/* The mechanism: lines leave it one by one and take their time, and the roll may end between two.
 */
enum { PRINT_MS = 30 };

static void begin(Shtrih *self)
{
	int ms = sim_faults_setting(self->context->faults, FAULT_PRINT_MS, PRINT_MS);
	unsigned left = self->state.unprinted->len - self->printed;

	self->printing = left > 0;
	self->line_us = left > 0 ? ms * INT64_C(1000) / left : 0;
	self->next_line_at = g_get_monotonic_time() + self->line_us;
}

static void keep_for_copy(ShtrihState *state, const GPtrArray *lines)
{
	g_ptr_array_set_size(state->last_paper, 0);
	for (unsigned i = 0; i < lines->len; i++)
		g_ptr_array_add(state->last_paper, g_strdup(g_ptr_array_index(lines, i)));
}

void shtrih_print(Shtrih *self, GPtrArray *lines, bool is_document)
{
	ShtrihState *state = &self->state;
	bool waits = shtrih_submode(self) == 2 || shtrih_submode(self) == 3;
	int line;

	if (is_document)
		keep_for_copy(state, lines);
	if (sim_faults_take(self->context->faults, FAULT_PAPER_OUT, &line))
		self->paper_ends_at = (int)state->unprinted->len + MAX(line, 1) - 1;
	for (unsigned i = 0; i < lines->len; i++)
		g_ptr_array_add(state->unprinted, g_strdup(g_ptr_array_index(lines, i)));
	g_ptr_array_unref(lines);
	if (!waits && !state->no_paper && !state->cover_open)
		begin(self);
}

/* What is out is forgotten; what is not waits on disk for paper and B0h. */
static void end(Shtrih *self)
{
	self->printing = false;
	g_ptr_array_remove_range(self->state.unprinted, 0, self->printed);
	self->printed = 0;
	shtrih_save(self);
}

static void run_out(Shtrih *self)
{
	self->paper_ends_at = -1;
	self->state.no_paper = true;
	sim_log_words(self->context->log, "paper is out");
	end(self);
}

void shtrih_printer_tick(Shtrih *self, int64_t now)
{
	const GPtrArray *lines = self->state.unprinted;

	while (self->printing && now >= self->next_line_at) {
		if ((int)self->printed == self->paper_ends_at) {
			run_out(self);
			return;
		}
		sim_log_paper(self->context->log, g_ptr_array_index(lines, self->printed++));
		self->next_line_at += self->line_us;
		if (self->printed == lines->len)
			end(self);
	}
}

int64_t shtrih_printer_deadline(const Shtrih *self)
{
	return self->printing ? self->next_line_at : G_MAXINT64;
}

void shtrih_printer_continue(Shtrih *self)
{
	begin(self);
}

/* What was being printed stops, and waits for B0h as after a new roll. */
static void open_cover(Shtrih *self, bool open)
{
	self->state.cover_open = open;
	if (open && self->printing)
		end(self);
}

bool shtrih_printer_control(Shtrih *self, const char *line)
{
	if (strcmp(line, "paper") == 0)
		self->state.no_paper = self->state.low_paper = false;
	else if (strcmp(line, "paper-low") == 0)
		self->state.low_paper = true;
	else if (strcmp(line, "cover-open") == 0 || strcmp(line, "cover") == 0)
		open_cover(self, strcmp(line, "cover-open") == 0);
	else if (strcmp(line, "ofd") == 0)
		self->state.sent = (int64_t)json_array_size(self->state.documents);
	else if (strcmp(line, "paper-out") == 0 && self->printing)
		self->paper_ends_at = (int)self->printed;
	else if (strcmp(line, "paper-out") == 0)
		self->state.no_paper = true;
	else
		return false;
	shtrih_save(self);
	return true;
}

/* ---- commands of the mechanism */

uint8_t shtrih_beep(ShtrihCall *call)
{
	return E_OK;
}

uint8_t shtrih_drawer(ShtrihCall *call)
{
	if (call->data[0] > 1)
		return E_PARAMETERS;
	g_string_append_printf(call->words, " drawer %d opens", call->data[0]);
	sim_log_mark(call->sim->context->log, "DRAWER", "100");
	return E_OK;
}

uint8_t shtrih_cut(ShtrihCall *call)
{
	return call->data[0] <= 1 ? E_OK : E_PARAMETERS;
}

static uint8_t print_text(ShtrihCall *call, size_t at)
{
	char *text = shtrih_text_new(call->data + at, call->len - at, "CP1251");

	g_string_append_printf(call->words, " “%s”", text);
	if (call->sim->state.receipt_open) {
		g_ptr_array_add(call->sim->state.texts, text);
		return E_OK;
	}
	shtrih_print(call->sim, shtrih_paper_lines(text, NULL), false);
	g_free(text);
	return E_OK;
}

uint8_t shtrih_print_text(ShtrihCall *call)
{
	return print_text(call, 1);
}

uint8_t shtrih_sim_print_in_font(ShtrihCall *call)
{
	return print_text(call, 2);
}

uint8_t shtrih_feed(ShtrihCall *call)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);

	for (int i = 0; i < call->data[1]; i++)
		g_ptr_array_add(lines, g_strdup(""));
	shtrih_print(call->sim, lines, false);
	return E_OK;
}

uint8_t shtrih_copy(ShtrihCall *call)
{
	const ShtrihState *state = &call->sim->state;
	GPtrArray *lines;

	if (state->receipt_open)
		return E_RECEIPT_OPEN;
	if (state->last_paper->len == 0)
		return E_NOTHING_TO_REPEAT;
	lines = shtrih_paper_lines("КОПИЯ", NULL);
	for (unsigned i = 0; i < state->last_paper->len; i++)
		g_ptr_array_add(lines, g_strdup(g_ptr_array_index(state->last_paper, i)));
	shtrih_print(call->sim, lines, false);
	return E_OK;
}

uint8_t shtrih_continue(ShtrihCall *call)
{
	switch (shtrih_submode(call->sim)) {
	case 1:
	case 2:
		return E_NO_PAPER;
	case 3:
		shtrih_printer_continue(call->sim);
		return E_OK;
	default: /* nothing waits, or it is printing already */
		return E_OK;
	}
}
