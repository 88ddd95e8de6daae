/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/atol_sim.h"

#include <string.h>

/* Fiscal documents: numbers, signs, and the memory they are read out of. */
static const char fns_url[] = "www.nalog.gov.ru";

int64_t atol_now(const Atol *self)
{
	return g_get_real_time() / G_USEC_PER_SEC + self->state.clock_offset;
}

char *atol_time_text(int64_t at)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(at);

	return g_date_time_format(time, "%Y-%m-%dT%H:%M:%S%:z");
}

/* Ten digits that a reader cannot guess, the same for the same document. */
static void sign(const Atol *self, AtolDocument *document)
{
	g_autofree char *text =
		g_strdup_printf("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
				self->state.fn, document->number, document->at, document->total);

	g_snprintf(document->sign, sizeof(document->sign), "%010u", g_str_hash(text));
}

char *atol_document_qr(const Atol *self, const AtolDocument *document)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(document->at);
	g_autofree char *when = g_date_time_format(time, "%Y%m%dT%H%M");
	g_autofree char *sum = exact_decimal_text(document->total, 2);

	return g_strdup_printf("t=%s&s=%s&fn=%s&i=%" G_GINT64_FORMAT "&fp=%s&n=%d", when, sum,
			       self->state.fn, document->number, document->sign,
			       document->operation);
}

static void put_head(const Atol *self, const AtolDocument *document, json_t *tlv)
{
	g_autofree char *when = atol_time_text(document->at);
	g_autofree char *qr = atol_document_qr(self, document);

	json_object_set_new(tlv, "fiscalDocumentType", json_string(document->type));
	json_object_set_new(tlv, "short", json_false());
	json_object_set_new(tlv, "1012", json_string(when));
	json_object_set_new(tlv, "1018", json_string(atol_inn));
	json_object_set_new(tlv, "1037", json_string(atol_registration_number));
	json_object_set_new(tlv, "1038", exact_decimal_new(document->shift, 0));
	json_object_set_new(tlv, "1040", exact_decimal_new(document->number, 0));
	json_object_set_new(tlv, "1041", json_string(self->state.fn));
	json_object_set_new(tlv, "1077", json_string(document->sign));
	if (document->operation == 0)
		return;
	json_object_set_new(tlv, "1020", exact_decimal_new(document->total, 2));
	json_object_set_new(tlv, "1042", exact_decimal_new(document->receipt, 0));
	json_object_set_new(tlv, "1054", exact_decimal_new(document->operation, 0));
	/* In the TLV in one source, beside it on the page: it stands in both. */
	json_object_set_new(tlv, "qr", json_string(qr));
}

void atol_document_make(Atol *self, AtolDocument *document, json_t *tlv)
{
	AtolState *state = &self->state;

	document->number = ++state->last_fd;
	document->at = atol_now(self);
	document->shift = state->shift;
	sign(self, document);
	put_head(self, document, tlv);
	json_array_append_new(
		state->documents,
		json_pack("{s:I,s:o}", "number", (json_int_t)document->number, "tlv", tlv));
	state->last_at = document->at;
	state->in_shift++;
	if (!state->ofd_off)
		state->sent_fd = state->last_fd;
}

void atol_document_result(AtolCall *call, const AtolDocument *document)
{
	g_autofree char *when = atol_time_text(document->at);
	json_t *params =
		json_pack("{s:o,s:s,s:s,s:o,s:s,s:s,s:s}", "fiscalDocumentNumber",
			  exact_decimal_new(document->number, 0), "fiscalDocumentSign",
			  document->sign, "fiscalDocumentDateTime", when, "shiftNumber",
			  exact_decimal_new(document->shift, 0), "fnNumber", call->sim->state.fn,
			  "registrationNumber", atol_registration_number, "fnsUrl", fns_url);

	if (document->operation != 0) {
		json_object_set_new(params, "fiscalReceiptNumber",
				    exact_decimal_new(document->receipt, 0));
		json_object_set_new(params, "total", exact_decimal_new(document->total, 2));
	}
	if (call->result == NULL)
		call->result = json_object();
	json_object_set_new(call->result, "fiscalParams", params);
	json_object_set_new(call->result, "warnings",
			    json_pack("{s:b}", "notPrinted", call->not_printed));
}

static json_t *find_document(const AtolCall *call)
{
	int64_t wanted = 0;
	json_t *document;
	size_t i;

	if (!exact_decimal(json_object_get(call->task, "fiscalDocumentNumber"), 0, &wanted))
		return NULL;
	json_array_foreach(call->sim->state.documents, i, document)
	{
		if (json_integer_value(json_object_get(document, "number")) == wanted)
			return document;
	}
	return NULL;
}

int atol_get_document(AtolCall *call)
{
	json_t *document = find_document(call), *tlv = json_object_get(document, "tlv"), *qr;

	if (document == NULL)
		return ATOL_NO_DOCUMENT;
	if (web_is_true(call->task, "withRawData"))
		return ATOL_NOT_SUPPORTED;
	call->result = json_pack("{s:O}", "documentTLV", tlv);
	qr = json_object_get(tlv, "qr");
	if (qr != NULL)
		json_object_set(call->result, "qr", qr);
	return ATOL_OK;
}

int atol_print_document(AtolCall *call)
{
	const json_t *document = find_document(call);
	GPtrArray *paper;
	int code = atol_device_check(call, true);

	if (document == NULL)
		return ATOL_NO_DOCUMENT;
	if (code != ATOL_OK)
		return code;
	paper = web_paper_new();
	web_paper_add(paper, "ДОКУМЕНТ ИЗ ФН %" JSON_INTEGER_FORMAT,
		      json_integer_value(json_object_get(document, "number")));
	atol_print(call, paper, false);
	return call->not_printed ? ATOL_NO_PAPER : ATOL_OK;
}
