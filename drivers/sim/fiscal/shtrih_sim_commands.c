/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/shtrih_sim.h"

/* The command table (§6.1, §6.2) and what is checked before any command runs. */
enum {
	ASKS = 1, /* changes nothing and prints nothing */
	NO_PASSWORD = 2,
	ADMIN = 4, /* password 29 or 30 */
	SYSTEM = 8, /* password 30 */
	OPERATOR = 16, /* the answer begins with the operator's number */
	PRINTS = 32, /* refused while the paper is busy, out or waiting */
};

typedef struct {
	uint16_t code;
	const char *name;
	size_t min, max; /* N */
	int flags;
	ShtrihRun run;
} Command;

static const Command commands[] = {
	{ 0x10, "short status", 5, 5, ASKS | OPERATOR, shtrih_short_status },
	{ 0x11, "full status", 5, 5, ASKS | OPERATOR, shtrih_full_status },
	{ 0x12, "print bold line", 26, 26, OPERATOR | PRINTS, shtrih_print_text },
	{ 0x13, "beep", 5, 5, OPERATOR, shtrih_beep },
	{ 0x17, "print line", 46, 46, OPERATOR | PRINTS, shtrih_print_text },
	{ 0x1A, "money register", 6, 6, ASKS | OPERATOR, shtrih_money_register },
	{ 0x1B, "operation register", 6, 6, ASKS | OPERATOR, shtrih_operation_register },
	{ 0x1F, "read table", 9, 9, ASKS | SYSTEM, shtrih_read_table },
	{ 0x21, "set time", 8, 8, SYSTEM, shtrih_set_time },
	{ 0x22, "set date", 8, 8, SYSTEM, shtrih_set_date },
	{ 0x23, "confirm date", 8, 8, SYSTEM, shtrih_confirm_date },
	{ 0x25, "cut", 6, 6, OPERATOR | PRINTS, shtrih_cut },
	{ 0x28, "open drawer", 6, 6, OPERATOR, shtrih_drawer },
	{ 0x29, "feed", 7, 7, OPERATOR | PRINTS, shtrih_feed },
	{ 0x2F, "print line in font", 47, 47, OPERATOR | PRINTS, shtrih_sim_print_in_font },
	{ 0x40, "X report", 5, 5, ADMIN | OPERATOR | PRINTS, shtrih_x_report },
	{ 0x41, "Z report", 5, 5, ADMIN | OPERATOR | PRINTS, shtrih_close_shift },
	{ 0x50, "cash in", 10, 10, OPERATOR | PRINTS, shtrih_cash_in },
	{ 0x51, "cash out", 10, 10, OPERATOR | PRINTS, shtrih_cash_out },
	{ 0x6B, "name of error", 2, 2, ASKS | NO_PASSWORD, shtrih_error_name },
	{ 0x80, "sale", 60, 60, OPERATOR, shtrih_classic_line },
	{ 0x81, "buy", 60, 60, OPERATOR, shtrih_classic_line },
	{ 0x82, "return of sale", 60, 60, OPERATOR, shtrih_classic_line },
	{ 0x83, "return of buy", 60, 60, OPERATOR, shtrih_classic_line },
	{ 0x84, "void line", 60, 60, OPERATOR, shtrih_classic_void },
	{ 0x85, "close receipt", 71, 71, OPERATOR | PRINTS, shtrih_classic_close },
	{ 0x86, "discount", 54, 54, OPERATOR, shtrih_classic_discount },
	{ 0x88, "cancel receipt", 5, 5, OPERATOR, shtrih_cancel_receipt },
	{ 0x89, "subtotal", 5, 5, ASKS | OPERATOR, shtrih_subtotal },
	{ 0x8C, "copy of the last document", 5, 5, OPERATOR | PRINTS, shtrih_copy },
	{ 0x8D, "open receipt", 6, 6, OPERATOR | PRINTS, shtrih_open_receipt },
	{ 0xB0, "continue printing", 5, 5, OPERATOR, shtrih_continue },
	{ 0xE0, "open shift", 5, 5, OPERATOR | PRINTS, shtrih_open_shift },
	{ 0xF7, "model", 2, 2, ASKS | NO_PASSWORD, shtrih_model },
	{ 0xFC, "device type", 1, 1, ASKS | NO_PASSWORD, shtrih_device_type },
	{ 0xFF01, "FN status", 6, 6, ASKS | SYSTEM, shtrih_fn_status },
	{ 0xFF02, "FN serial", 6, 6, ASKS | SYSTEM, shtrih_fn_serial },
	{ 0xFF03, "FN expiry", 6, 6, ASKS | SYSTEM, shtrih_fn_expiry },
	{ 0xFF04, "FN version", 6, 6, ASKS | SYSTEM, shtrih_fn_version },
	{ 0xFF08, "cancel FN document", 6, 6, SYSTEM, shtrih_fn_cancel },
	{ 0xFF09, "registration", 6, 6, ASKS | SYSTEM, shtrih_registration },
	{ 0xFF0A, "find document", 10, 10, ASKS | SYSTEM, shtrih_find_document },
	{ 0xFF0B, "open shift", 6, 6, SYSTEM | PRINTS, shtrih_finish_open_shift },
	{ 0xFF0C, "tags of the document", 7, 255, 0, shtrih_document_tags },
	{ 0xFF0D, "line with discount", 254, 254, 0, shtrih_line_with_discount },
	{ 0xFF35, "begin a correction", 6, 6, SYSTEM, shtrih_sim_begin_correction },
	{ 0xFF36, "correction", 12, 12, SYSTEM | PRINTS, shtrih_sim_correction },
	{ 0xFF39, "OFD status", 6, 6, ASKS | SYSTEM, shtrih_ofd_status },
	{ 0xFF3A, "read document", 10, 10, ASKS | SYSTEM, shtrih_read_document },
	{ 0xFF3B, "read block", 6, 6, ASKS | SYSTEM, shtrih_read_block },
	{ 0xFF3F, "unsent documents", 6, 6, ASKS | SYSTEM, shtrih_unsent },
	{ 0xFF40, "shift status", 6, 6, ASKS | SYSTEM, shtrih_shift_status },
	{ 0xFF41, "begin to open the shift", 6, 6, SYSTEM | PRINTS, shtrih_begin_open_shift },
	{ 0xFF42, "begin to close the shift", 6, 6, SYSTEM | PRINTS, shtrih_begin_close_shift },
	{ 0xFF43, "close shift", 6, 6, SYSTEM | PRINTS, shtrih_finish_close_shift },
	{ 0xFF45, "close receipt", 118, 182, PRINTS, shtrih_close_receipt },
	{ 0xFF46, "line", 32, 160, 0, shtrih_line },
	{ 0xFF4A, "correction with payments", 69, 69, SYSTEM | PRINTS, shtrih_sim_correction_v2 },
	{ 0xFF4D, "tags of the line", 7, 255, 0, shtrih_line_tags },
	{ 0xFF61, "check a marking code", 11, 255, 0, shtrih_sim_check_mark },
	{ 0xFF67, "bind a marking code", 8, 255, 0, shtrih_sim_bind_mark },
	{ 0xFF69, "accept a marking code", 7, 7, 0, shtrih_sim_accept_mark },
	{ 0xFF70, "marking status", 6, 6, ASKS, shtrih_sim_mark_status },
};

static const Command *find(uint16_t code)
{
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		if (commands[i].code == code)
			return &commands[i];
	return NULL;
}

static uint8_t check_password(ShtrihCall *call, const Command *command, uint32_t password)
{
	uint32_t lowest = command->flags & SYSTEM  ? PASSWORD_SYSTEM
			  : command->flags & ADMIN ? PASSWORD_SYSTEM - 1
						   : 1;

	if (sim_faults_take(call->sim->context->faults, FAULT_WRONG_PASSWORD, NULL) ||
	    password < lowest || password > PASSWORD_SYSTEM)
		return E_PASSWORD;
	call->operator=(int) password;
	return E_OK;
}

/* Buffered receipt lines pass; what needs the paper does not. */
static uint8_t check_paper(const Shtrih *self, const Command *command)
{
	if (!(command->flags & ASKS) && sim_faults_take(self->context->faults, FAULT_BUSY, NULL))
		return E_PRINTING;
	if (!(command->flags & PRINTS))
		return E_OK;
	switch (shtrih_submode(self)) {
	case 0:
		return E_OK;
	case 3:
		return E_CONTINUE_PRINT;
	case 5:
		return E_PRINTING;
	default:
		return E_NO_PAPER;
	}
}

static uint8_t run(ShtrihCall *call, const uint8_t *body, size_t len)
{
	const Command *command = find(call->code);
	size_t head = call->code > 0xFF ? 2 : 1;
	uint8_t error;

	if (command == NULL) {
		g_string_append(call->words, "unknown command");
		return E_UNKNOWN_COMMAND;
	}
	g_string_append(call->words, command->name);
	if (len < command->min || len > command->max)
		return E_LENGTH;
	if (!(command->flags & NO_PASSWORD)) {
		error = check_password(call, command, (uint32_t)shtrih_unsigned(body + head, 4));
		if (error != E_OK)
			return error;
		head += 4;
		g_string_append_printf(call->words, " (operator %d)", call->operator);
	}
	error = check_paper(call->sim, command);
	if (error != E_OK)
		return error;
	call->data = body + head;
	call->len = len - head;
	if (command->flags & OPERATOR)
		shtrih_put(call->answer, (uint64_t)call->operator, 1);
	error = command->run(call);
	if (error == E_OK && !(command->flags & ASKS))
		shtrih_save(call->sim);
	return error;
}

/* What befalls the registrar before the command, whatever the command is. */
static void befall(Shtrih *self)
{
	int value;

	if (sim_faults_take(self->context->faults, FAULT_JUMP, &value)) {
		self->state.last_fd += value;
		shtrih_save(self);
	}
	if (sim_faults_take(self->context->faults, FAULT_FOREIGN, &value)) {
		shtrih_sim_strangers_receipt(self, value);
		shtrih_save(self);
	}
}

void shtrih_save(Shtrih *self)
{
	if (self->context->state_path != NULL && self->context->failure == NULL)
		shtrih_state_save(&self->state, self->context->state_path, &self->context->failure);
}

GByteArray *shtrih_execute(Shtrih *self, const uint8_t *body, size_t len)
{
	g_autoptr(GByteArray) answer = g_byte_array_new();
	g_autoptr(GString) words = g_string_new(NULL);
	ShtrihCall call = { .sim = self, .code = body[0], .answer = answer, .words = words };
	GByteArray *ret = g_byte_array_new();
	uint8_t error;

	if (body[0] == 0xFF && len > 1)
		call.code = (uint16_t)(0xFF00 | body[1]);
	befall(self);
	error = run(&call, body, len);
	g_byte_array_append(ret, body, call.code > 0xFF ? 2 : 1);
	g_byte_array_append(ret, &error, 1);
	if (error == E_OK || error == E_TAG_MISSING)
		g_byte_array_append(ret, answer->data, answer->len);
	if (error == E_OK)
		sim_log_words(self->context->log, "%02X %s, ok", call.code, words->str);
	else
		sim_log_words(self->context->log, "%02X %s, refused with %02X", call.code,
			      words->str, error);
	return ret;
}
