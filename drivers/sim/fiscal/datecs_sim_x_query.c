/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/datecs_sim.h"

#include <string.h>

/* Family X: questions. Nothing here changes or prints anything. */
static const DatecsDocument *last_receipt(const DatecsState *state)
{
	for (unsigned i = state->documents->len; i > 0; i--) {
		const DatecsDocument *document = g_ptr_array_index(state->documents, i - 1);

		if (document->kind == DOCUMENT_SALE || document->kind == DOCUMENT_STORNO)
			return document;
	}
	return NULL;
}

DatecsError datecs_sim_x_clock(DatecsCall *call)
{
	g_autofree char *time = datecs_sim_time_new(datecs_sim_now(call->sim));

	if (call->len > 0)
		return datecs_sim_bad(call, 0, "there should be no data");
	datecs_sim_put_field(call, "%s", time);
	return E_OK;
}

/* Option 0 (§5.2): what would be in the QR code of the last receipt. */
DatecsError datecs_sim_x_status(DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;
	const DatecsDocument *last = last_receipt(state);
	g_autofree char *time = datecs_sim_time_new(last != NULL ? last->at : state->last_at);
	int64_t option = 1;

	if (call->n_fields > 1 ||
	    (call->n_fields == 1 && !datecs_sim_integer(call->fields[0], 0, 1, &option)))
		return datecs_sim_bad(call, 0, "option");
	if (option != 0)
		return E_OK;
	datecs_sim_put_field(call, "0"); /* nothing waits to be printed */
	datecs_sim_put_field(call, "%" G_GINT64_FORMAT, datecs_sim_x_receipt_kind(state));
	datecs_sim_put_field(call, "%" G_GINT64_FORMAT, state->last_number);
	datecs_sim_put_sum(call, last != NULL ? last->total : 0);
	datecs_sim_put_field(call, "%" G_GINT64_FORMAT, last != NULL ? last->number : 0);
	datecs_sim_put_field(call, "%s", time);
	return E_OK;
}

/* 0 closed, 1 sale, 2 to 4 storno by type, 5 service */
int64_t datecs_sim_x_receipt_kind(const DatecsState *state)
{
	switch (state->receipt) {
	case RECEIPT_SALE:
		return 1;
	case RECEIPT_STORNO:
		return 2 + state->storno_type;
	case RECEIPT_SERVICE:
		return 5;
	default:
		return 0;
	}
}

DatecsError datecs_sim_x_receipt(DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;

	if (call->len > 0)
		return datecs_sim_bad(call, 0, "there should be no data");
	datecs_sim_put_field(call, "%" G_GINT64_FORMAT, datecs_sim_x_receipt_kind(state));
	datecs_sim_put_field(call, "%" G_GINT64_FORMAT,
			     state->last_number + (datecs_sim_fiscal_is_open(state) ? 1 : 0));
	datecs_sim_put_field(call, "%" G_GINT64_FORMAT, state->items);
	datecs_sim_put_sum(call, state->total);
	datecs_sim_put_sum(call, state->paid);
	return E_OK;
}

DatecsError datecs_sim_x_diagnostics(DatecsCall *call)
{
	g_autofree char *serial = datecs_sim_serial_new(call->sim),
			*fm = datecs_sim_fm_new(call->sim);

	if (call->n_fields > 1 || (call->n_fields == 1 && strcmp(call->fields[0], "1") != 0))
		return datecs_sim_bad(call, 0, "option");
	datecs_sim_put_field(call, "FP-700X");
	datecs_sim_put_field(call, "3.00BG");
	datecs_sim_put_field(call, "01Feb26");
	datecs_sim_put_field(call, "1000");
	datecs_sim_put_field(call, "A1B2");
	datecs_sim_put_field(call, "00000000");
	datecs_sim_put_field(call, "%s", serial);
	datecs_sim_put_field(call, "%s", fm);
	return E_OK;
}

DatecsError datecs_sim_x_tax_number(DatecsCall *call)
{
	if (call->len > 0)
		return datecs_sim_bad(call, 0, "there should be no data");
	datecs_sim_put_field(call, "123456789");
	return E_OK;
}

static void put_cp1251(DatecsCall *call, const char *text)
{
	g_autofree char *bytes =
		g_convert_with_fallback(text, -1, "CP1251", "UTF-8", "?", NULL, NULL, NULL);

	datecs_sim_put_field(call, "%s", bytes);
}

DatecsError datecs_sim_x_error_name(DatecsCall *call)
{
	int64_t code;

	if (call->n_fields != 1 || !datecs_sim_integer(call->fields[0], -999999, 0, &code))
		return datecs_sim_bad(call, 0, "code");
	datecs_sim_put_field(call, "%" G_GINT64_FORMAT, code);
	put_cp1251(call, datecs_sim_error_text((int)code));
	return E_OK;
}

DatecsError datecs_sim_x_receipt_sums(DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;

	if (call->len > 0)
		return datecs_sim_bad(call, 0, "there should be no data");
	for (int i = 0; i < N_GROUPS; i++)
		datecs_sim_put_sum(call, state->groups[i]);
	datecs_sim_put_field(call, "0");
	datecs_sim_put_field(call, "0");
	datecs_sim_put_field(call, "%d", state->receipt == RECEIPT_STORNO);
	return E_OK;
}

/* Option 1 alone; the others are not on the page. */
DatecsError datecs_sim_x_device(DatecsCall *call)
{
	g_autofree char *serial = datecs_sim_serial_new(call->sim),
			*fm = datecs_sim_fm_new(call->sim);

	if (call->n_fields != 1 || strcmp(call->fields[0], "1") != 0)
		return datecs_sim_bad(call, 0, "option");
	datecs_sim_put_field(call, "%s", serial);
	datecs_sim_put_field(call, "%s", fm);
	return E_OK;
}

/* ---- the journal */

static bool is_wanted(const DatecsDocument *document, int64_t start, int64_t end, int64_t kind)
{
	return document->at >= start && document->at <= end &&
	       (kind == DOCUMENT_ANY || document->kind == kind);
}

DatecsError datecs_sim_x_find(DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;
	int64_t start, end, kind = DOCUMENT_ANY, first = 0, last = 0;

	if (call->n_fields < 2 || call->n_fields > 3 || !datecs_sim_time(call->fields[0], &start) ||
	    !datecs_sim_time(call->fields[1], &end) ||
	    (call->n_fields == 3 && call->fields[2][0] != '\0' &&
	     !datecs_sim_integer(call->fields[2], 0, 10, &kind)))
		return datecs_sim_bad(call, 0, "start, end and type");
	for (unsigned i = 0; i < state->documents->len; i++) {
		const DatecsDocument *document = g_ptr_array_index(state->documents, i);

		if (!is_wanted(document, start, end, kind))
			continue;
		first = first == 0 ? document->number : first;
		last = document->number;
	}
	if (first == 0)
		return E_NOT_FOUND;
	datecs_sim_put_field(call, "%s", call->fields[0]);
	datecs_sim_put_field(call, "%s", call->fields[1]);
	datecs_sim_put_field(call, "%" G_GINT64_FORMAT, first);
	datecs_sim_put_field(call, "%" G_GINT64_FORMAT, last);
	return E_OK;
}

/* Option 0 sets the document and tells of it, 1 gives its next line of paper. The page names no
 * options, these are [inferred]: number, record, time, type, Z number. */
static DatecsError set_document(DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;
	int64_t number;

	if (call->n_fields < 2 || !datecs_sim_integer(call->fields[1], 1, 99999999, &number))
		return datecs_sim_bad(call, 0, "document");
	for (unsigned i = 0; i < state->documents->len; i++) {
		const DatecsDocument *document = g_ptr_array_index(state->documents, i);
		g_autofree char *time = datecs_sim_time_new(document->at);

		if (document->number != number)
			continue;
		call->sim->reading = i;
		call->sim->read_line = 0;
		datecs_sim_put_field(call, "%" G_GINT64_FORMAT, number);
		datecs_sim_put_field(call, "%u", i + 1);
		datecs_sim_put_field(call, "%s", time);
		datecs_sim_put_field(call, "%" G_GINT64_FORMAT, document->kind);
		datecs_sim_put_field(call, "%" G_GINT64_FORMAT, document->z);
		return E_OK;
	}
	return E_NOT_FOUND;
}

static DatecsError next_line(DatecsCall *call)
{
	Datecs *self = call->sim;
	const DatecsDocument *document;
	g_auto(GStrv) lines = NULL;

	if (self->reading < 0 || self->reading >= (int64_t)self->state.documents->len)
		return E_NOT_FOUND;
	document = g_ptr_array_index(self->state.documents, (unsigned)self->reading);
	lines = g_strsplit(document->text, "\n", -1);
	if (self->read_line >= g_strv_length(lines))
		return E_NOT_FOUND;
	put_cp1251(call, lines[self->read_line++]);
	return E_OK;
}

DatecsError datecs_sim_x_journal(DatecsCall *call)
{
	int64_t option;

	if (call->n_fields < 1 || !datecs_sim_integer(call->fields[0], 0, 1, &option))
		return datecs_sim_bad(call, 0, "option");
	return option == 0 ? set_document(call) : next_line(call);
}
