/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/datecs_sim.h"

#include <string.h>

/* What is done with every command of either family, before and after it runs. */
enum { PAPER_BEFORE, PAPER_MIDDLE, PAPER_AFTER };

static const DatecsCommand *find(const Datecs *self, int code)
{
	const DatecsCommand *commands =
		datecs_sim_is_x(self) ? datecs_sim_x_commands : datecs_sim_p_commands;

	for (; commands->name != NULL; commands++)
		if (commands->code == code)
			return commands;
	return NULL;
}

DatecsError datecs_sim_bad(DatecsCall *call, size_t at, const char *what)
{
	datecs_sim_flag(call->sim, "%02X, from byte %zu of %zu of the data: %s", call->code,
			MIN(at, call->len), call->len, what);
	return E_SYNTAX;
}

/* §2.1: below 20h only TAB and LF, and 10h before an escaped byte. */
static char *text_of(Datecs *self, const uint8_t *data, size_t len)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < len; i++) {
		uint8_t byte = data[i];

		if (byte == 0x10 && i + 1 < len && data[i + 1] >= 0x41 && data[i + 1] < 0x60)
			byte = (uint8_t)(data[++i] - 0x40);
		else if (byte < 0x20 && byte != '\t' && byte != '\n') {
			datecs_sim_flag(self, "byte %02X at %zu of the data", byte, i);
			g_string_free(text, true);
			return NULL;
		}
		g_string_append_c(text, (char)byte);
	}
	return g_string_free(text, false);
}

/* X: every field ends with a TAB, also the last (§2.2). */
static DatecsError split_fields(DatecsCall *call, const DatecsCommand *command)
{
	if (call->len == 0 || !datecs_sim_is_x(call->sim)) {
		call->fields = g_new0(char *, 1);
		return E_OK;
	}
	if (call->data[call->len - 1] != '\t') {
		datecs_sim_flag(call->sim, "%s: no TAB after the last field", command->name);
		return E_SYNTAX;
	}
	call->fields = g_strsplit(call->data, "\t", -1);
	call->n_fields = g_strv_length(call->fields) - 1;
	return E_OK;
}

/* Some commands ask when nothing is said: 30h of family P, 46h of both. */
static bool asks_only(const DatecsCall *call)
{
	const char *amount = datecs_sim_is_x(call->sim)
				     ? (call->n_fields == 2 ? call->fields[1] : "0")
				     : call->data;

	if (call->code == 0x30 && !datecs_sim_is_x(call->sim))
		return call->len == 0 || strcmp(call->data, "*") == 0;
	return call->code == 0x46 && amount[strspn(amount, "+-0.")] == '\0';
}

static DatecsError check(DatecsCall *call, const DatecsCommand *command)
{
	const DatecsState *state = &call->sim->state;

	if (datecs_sim_fault(call->sim, DATECS_ERROR, &call->sim->ordered_code))
		return E_ORDERED;
	if (!(command->flags & PRINTS) || asks_only(call))
		return E_OK;
	if (state->cover_open)
		return E_COVER;
	return state->no_paper ? E_PAPER : E_OK;
}

static bool strikes(Datecs *self, DatecsFault fault, int *value)
{
	bool ret = datecs_sim_fault(self, fault, value);

	self->changed = self->changed || ret;
	return ret;
}

static void reset_ram(DatecsState *state)
{
	datecs_sim_forget_receipt(state);
	memset(state->sales, 0, sizeof(state->sales));
	memset(state->stornos, 0, sizeof(state->stornos));
	state->cash = state->cash_in = state->cash_out = state->day_open = 0;
	state->n_all = state->n_fiscal = state->n_storno = 0;
	state->ram_reset = 1;
}

/* What befalls the device before the command, whatever the command is. */
static void befall(Datecs *self)
{
	DatecsState *state = &self->state;
	int value;

	if (strikes(self, DATECS_CLOCK_UNSET, NULL))
		state->clock_unset = 1;
	if (strikes(self, DATECS_PAPER_LOW, NULL))
		state->low_paper = 1;
	if (strikes(self, DATECS_COVER, NULL))
		state->cover_open = 1;
	if (strikes(self, DATECS_JUMP, &value))
		state->last_number += value;
	if (strikes(self, DATECS_FOREIGN, &value))
		datecs_sim_strangers_receipt(self, value);
	if (strikes(self, DATECS_RAM_RESET, NULL))
		reset_ram(state);
}

static void put_out(DatecsCall *call, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		sim_log_paper(call->sim->context->log, g_ptr_array_index(call->paper, i));
}

/* Paper that ends in the middle of a command cancels it: some of it is on paper, and all else is as
 * before (§4, 2.0). */
static DatecsError cancel_half_way(DatecsCall *call, DatecsSnapshot *before)
{
	datecs_sim_state_restore(&call->sim->state, before);
	call->sim->state.no_paper = 1;
	put_out(call, (call->paper->len + 1) / 2);
	return E_PAPER;
}

static DatecsError run_with_paper(DatecsCall *call, const DatecsCommand *command)
{
	DatecsSnapshot before;
	DatecsError error;
	int when = -1;

	if ((command->flags & PRINTS) && !asks_only(call) &&
	    datecs_sim_fault(call->sim, DATECS_PAPER_OUT, &when) && when == PAPER_BEFORE) {
		call->sim->state.no_paper = 1;
		return E_PAPER;
	}
	if (when == PAPER_MIDDLE)
		before = datecs_sim_state_snapshot(&call->sim->state);
	error = command->run(call);
	if (when == PAPER_MIDDLE && error == E_OK)
		return cancel_half_way(call, &before);
	if (when == PAPER_MIDDLE)
		datecs_sim_snapshot_clear(&before);
	if (error == E_OK)
		put_out(call, call->paper->len);
	/* Seen by the next command: this one is done. */
	if (when == PAPER_AFTER && error == E_OK)
		call->print_ms = -call->print_ms - 1;
	return error;
}

static DatecsError run(DatecsCall *call)
{
	const DatecsCommand *command = find(call->sim, call->code);
	DatecsError error;

	befall(call->sim);
	if (command == NULL) {
		datecs_sim_flag(call->sim, "command %02X is not known", call->code);
		return E_COMMAND;
	}
	g_string_append(call->words, command->name);
	if (!(command->flags & ASKS))
		call->sim->changed = true;
	if (call->data == NULL)
		return E_SYNTAX;
	error = split_fields(call, command);
	if (error == E_OK)
		error = check(call, command);
	if (error != E_OK)
		return error;
	if ((command->flags & DOCUMENT) && !asks_only(call))
		call->print_ms = datecs_sim_setting(call->sim, DATECS_PRINT_MS, 30);
	return run_with_paper(call, command);
}

static void put_answer(DatecsCall *call, DatecsError error, GByteArray *ret)
{
	g_autofree char *code = g_strdup_printf("%d\t", datecs_sim_error_code(call->sim, error));
	bool bare = call->code == 0x4A && error == E_OK &&
		    datecs_sim_setting(call->sim, DATECS_BARE_STATUS, -1) >= 0;
	int kind;

	if (datecs_sim_is_x(call->sim) && !bare)
		g_byte_array_append(ret, (const uint8_t *)code, (unsigned)strlen(code));
	if (error == E_OK || !datecs_sim_is_x(call->sim))
		g_byte_array_append(ret, (const uint8_t *)call->answer->str,
				    (unsigned)call->answer->len);
	if (!datecs_sim_fault(call->sim, DATECS_NONSENSE, &kind))
		return;
	g_byte_array_set_size(ret, 0);
	if (kind == 0)
		g_byte_array_append(ret, (const uint8_t *)"-\t\t,,;;9e9\xFF\n.", 13);
	for (int i = 0; kind == 2 && i < 200; i++)
		g_byte_array_append(ret, (const uint8_t *)"9", 1);
}

void datecs_sim_execute(Datecs *self, int code, const uint8_t *data, size_t len,
			GByteArray *ret_data, uint8_t ret_status[8], int *ret_ms)
{
	g_autoptr(GString) answer = g_string_new(NULL), words = g_string_new(NULL);
	g_autoptr(GPtrArray) paper = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *text = text_of(self, data, len);
	DatecsCall call = { .sim = self,
			    .code = code,
			    .data = text,
			    .len = text != NULL ? strlen(text) : 0,
			    .answer = answer,
			    .paper = paper,
			    .words = words };
	DatecsError error = run(&call);
	bool paper_ends = call.print_ms < 0;

	put_answer(&call, error, ret_data);
	datecs_sim_status(self, error, ret_status);
	if (paper_ends)
		self->state.no_paper = 1;
	*ret_ms = error != E_OK ? 0 : paper_ends ? -call.print_ms - 1 : call.print_ms;
	if (error == E_OK)
		sim_log_words(self->context->log, "%02X %s, ok", code, words->str);
	else
		sim_log_words(self->context->log, "%02X %s, refused with %d", code, words->str,
			      datecs_sim_error_code(self, error));
	g_strfreev(call.fields);
}
