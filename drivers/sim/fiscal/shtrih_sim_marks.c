/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/shtrih_sim.h"

#include <string.h>

/* Marked goods (§6.2, FFD 1.2): FF61 checks a code, FF69 accepts or rejects it, FF67 binds it to
 * the last line. Values that the page does not give are [inferred]. */
enum {
	MAX_MARKS = 128,
	LOCAL_GOOD = 0x03, /* tag 2004: checked, and good */
	LOCAL_BAD = 0x01,
	RESULT_GOOD = 0x0F, /* tag 2106: both checks were made, and both are good */
	RESULT_BAD = 0x05,
	KIND_SHORT = 0x03, /* tag 2100 */
	FN_ANSWERED = 0x20,
};

bool shtrih_sim_is_marked(const ShtrihLine *line)
{
	return line->subject == 31 || line->subject == 33;
}

/* By FF67, or, before FFD 1.2, as a tag of the line. */
static bool has_code(const ShtrihLine *line)
{
	size_t len;

	return line->mark->len > 0 || shtrih_sim_tags_find(line->tags, 0, 1162, &len) != NULL ||
	       shtrih_sim_tags_find(line->tags, 0, 1163, &len) != NULL;
}

uint8_t shtrih_sim_marks_check(ShtrihCall *call)
{
	const GPtrArray *lines = call->sim->state.lines;

	for (unsigned i = 0; i < lines->len; i++) {
		const ShtrihLine *line = g_ptr_array_index(lines, i);

		if (shtrih_sim_is_marked(line) && !has_code(line))
			return shtrih_sim_tag_missing(call, 1163);
	}
	return E_OK;
}

/* "01", fourteen digits of the article, "21" and a serial: nothing that was scanned with a prefix
 * in front. */
static bool is_code(const uint8_t *code, size_t len)
{
	if (len < 20 || memcmp(code, "01", 2) != 0 || memcmp(code + 16, "21", 2) != 0)
		return false;
	for (size_t i = 0; i < len; i++)
		if (i < 16 ? !g_ascii_isdigit(code[i]) : code[i] != 0x1D && code[i] < 0x21)
			return false;
	return true;
}

static uint8_t check_check(ShtrihCall *call)
{
	const ShtrihState *state = &call->sim->state;
	const uint8_t *data = call->data;

	if (!state->shift_open)
		return E_SHIFT_CLOSED;
	if (call->len != 4u + data[2] + data[3])
		return E_LENGTH;
	if (data[0] < 1 || data[0] > 4 || data[1] != 0 || !is_code(data + 4, data[2]))
		return E_FN_PARAMETER;
	if (state->marks->len >= MAX_MARKS)
		return E_MARKS_FULL;
	if (data[3] == 0)
		return E_OK;
	return shtrih_tags_check(data + 4 + data[2], data[3], TAGS_OF_LINE, call->words);
}

uint8_t shtrih_sim_check_mark(ShtrihCall *call)
{
	ShtrihState *state = &call->sim->state;
	uint8_t error = call->len >= 4 ? check_check(call) : E_LENGTH;
	bool bad;

	if (error != E_OK)
		return error;
	bad = sim_faults_take(call->sim->context->faults, FAULT_MARK_BAD, NULL);
	if (state->mark->len > 0)
		g_string_append(call->words, ", the code before it is forgotten");
	g_byte_array_set_size(state->mark, 0);
	g_byte_array_append(state->mark, call->data + 4, call->data[2]);
	state->mark_result = bad ? RESULT_BAD : RESULT_GOOD;
	shtrih_put(call->answer, bad ? LOCAL_BAD : LOCAL_GOOD, 1);
	shtrih_put(call->answer, 0, 1);
	shtrih_put(call->answer, KIND_SHORT, 1);
	shtrih_put(call->answer, 2, 1);
	shtrih_put(call->answer, FN_ANSWERED, 1);
	shtrih_put(call->answer, (uint64_t)state->mark_result, 1);
	return E_OK;
}

uint8_t shtrih_sim_accept_mark(ShtrihCall *call)
{
	ShtrihState *state = &call->sim->state;

	if (call->data[0] > 1)
		return E_PARAMETERS;
	if (state->mark->len == 0)
		return E_MARK_ORDER;
	if (call->data[0] == 1)
		shtrih_sim_mark_add(state, state->mark, state->mark_result);
	g_byte_array_set_size(state->mark, 0);
	shtrih_put(call->answer, (uint64_t)state->mark_result, 1);
	return E_OK;
}

static const ShtrihMark *find_mark(const ShtrihState *state, const uint8_t *code, size_t len)
{
	for (unsigned i = 0; i < state->marks->len; i++) {
		const ShtrihMark *mark = g_ptr_array_index(state->marks, i);

		if (mark->code->len == len && memcmp(mark->code->data, code, len) == 0)
			return mark;
	}
	return NULL;
}

static bool is_bound(const ShtrihState *state, const uint8_t *code, size_t len)
{
	for (unsigned i = 0; i < state->lines->len; i++) {
		const ShtrihLine *line = g_ptr_array_index(state->lines, i);

		if (line->mark->len == len && memcmp(line->mark->data, code, len) == 0)
			return true;
	}
	return false;
}

static uint8_t check_bind(ShtrihCall *call, const ShtrihLine *line)
{
	const ShtrihState *state = &call->sim->state;
	const uint8_t *code = call->data + 1;
	size_t len = call->data[0];

	if (call->len != 1 + len)
		return E_LENGTH;
	if (line == NULL || line->mark->len > 0)
		return E_MARK_ORDER;
	if (!is_code(code, len) || !shtrih_sim_is_marked(line) || is_bound(state, code, len))
		return E_FN_PARAMETER;
	return find_mark(state, code, len) == NULL ? E_MARK_UNCHECKED : E_OK;
}

uint8_t shtrih_sim_bind_mark(ShtrihCall *call)
{
	ShtrihState *state = &call->sim->state;
	ShtrihLine *line = state->lines->len > 0
				   ? g_ptr_array_index(state->lines, state->lines->len - 1)
				   : NULL;
	uint8_t error;

	if (!state->receipt_open)
		return E_RECEIPT_CLOSED;
	error = check_bind(call, line);
	if (error != E_OK)
		return error;
	g_byte_array_append(line->mark, call->data + 1, call->data[0]);
	shtrih_put(call->answer, 0x4D44, 2); /* 44 4D: marked goods (fiscal model, 1162) */
	shtrih_put(call->answer, 0, 1);
	shtrih_put(call->answer, (uint64_t)find_mark(state, call->data + 1, call->data[0])->result,
		   1);
	return E_OK;
}

/* Eight bytes, of which the page tells nothing: is one in work, and how many are accepted. */
uint8_t shtrih_sim_mark_status(ShtrihCall *call)
{
	const ShtrihState *state = &call->sim->state;

	shtrih_put(call->answer, state->mark->len > 0, 1);
	shtrih_put(call->answer, state->marks->len, 1);
	shtrih_put(call->answer, 0, 6);
	return E_OK;
}
