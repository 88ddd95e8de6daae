/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/ebarimt_plan.h"

#include "core/json_text.h"

#include <string.h>

#define RECEIPT_PATH "/rest/receipt"

static bool refuse(const char *why, GError **error)
{
	g_set_error_literal(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, why);
	return false;
}

static bool plan_receipt(struct fiscal_plan *plan, const EbarimtOptions *options,
			 const FiscalDocument *document, GError **error)
{
	plan->method = "POST";
	plan->body = ebarimt_body_new(options, document, error);
	return plan->body != NULL;
}

/* §5: a citizen's receipt alone can be deleted, by its number and date. */
static bool plan_void(struct fiscal_plan *plan, const FiscalDocument *document, GError **error)
{
	const FiscalOrigin *origin = document->origin;
	GString *body;

	if (document->customer_tin != NULL)
		return refuse("the service deletes no receipt of a business", error);
	if (origin->id == NULL || !ebarimt_is_digits(origin->id, 33, 33) ||
	    origin->registrar_at == NULL || origin->registrar_at[0] == '\0')
		return refuse("number or date of the receipt that is returned is not known", error);
	body = g_string_new(NULL);
	json_text_open(body, NULL, '{');
	json_text_string(body, "id", origin->id);
	json_text_string(body, "date", origin->registrar_at);
	json_text_close(body, '}');
	plan->method = "DELETE";
	plan->body = g_string_free(body, FALSE);
	plan->replaced = g_strdup(origin->id);
	return true;
}

/* Lines that cost nothing are not told, so they do not keep a receipt alive. */
static bool leaves_nothing(const FiscalOrigin *origin)
{
	for (int i = 0; i < origin->n_rest; i++)
		if (origin->rest[i].sum.minor != 0)
			return false;
	return true;
}

static bool plan_return(struct fiscal_plan *plan, const EbarimtOptions *options,
			const FiscalDocument *document, GError **error)
{
	if (document->origin == NULL)
		return refuse("the service takes back no goods without their receipt", error);
	return leaves_nothing(document->origin) ? plan_void(plan, document, error)
						: plan_receipt(plan, options, document, error);
}

static bool plan_any(struct fiscal_plan *plan, const EbarimtOptions *options,
		     const FiscalDocument *document, GError **error)
{
	switch (document->kind) {
	case FISCAL_SALE:
		return plan_receipt(plan, options, document, error);
	case FISCAL_SALE_RETURN:
		return plan_return(plan, options, document, error);
	case FISCAL_SHIFT_OPEN: /* both are the till's alone */
	case FISCAL_SHIFT_CLOSE:
	case FISCAL_X:
		return true;
	case FISCAL_CASH_IN:
	case FISCAL_CASH_OUT:
		return refuse("the service keeps no drawer", error);
	case FISCAL_CORRECTION:
	case FISCAL_CORRECTION_RETURN:
		return refuse("the service has no corrections: a late sale is a sale", error);
	}
	return refuse("a document of unknown kind", error);
}

struct fiscal_plan *ebarimt_plan_new(const EbarimtOptions *options, const FiscalDocument *document,
				     GError **error)
{
	struct fiscal_plan *plan = g_new0(struct fiscal_plan, 1);

	plan->kind = document->kind;
	plan->id = document->id;
	if (plan_any(plan, options, document, error))
		return plan;
	ebarimt_plan_free(plan);
	return NULL;
}

char *ebarimt_plan_describe(const struct fiscal_plan *plan)
{
	if (plan->body != NULL)
		return g_strdup_printf("%s " RECEIPT_PATH " %s", plan->method, plan->body);
	if (plan->kind == FISCAL_SHIFT_CLOSE)
		return g_strdup("GET /rest/sendData\nGET /rest/info\n");
	return g_strdup("nothing\n");
}

/* The id of {"id":"…", …}, whose 33 digits plan_void() checked. */
static char *dup_replaced(const char *body)
{
	static const char before[] = "{\"id\":\"";

	return g_str_has_prefix(body, before) ? g_strndup(body + strlen(before), 33) : NULL;
}

struct fiscal_plan *ebarimt_plan_parse(const char *text)
{
	static const char *const methods[] = { "POST", "DELETE" };

	for (size_t i = 0; text != NULL && i < G_N_ELEMENTS(methods); i++) {
		g_autofree char *before = g_strconcat(methods[i], " " RECEIPT_PATH " ", NULL);
		struct fiscal_plan *plan;

		if (!g_str_has_prefix(text, before))
			continue;
		plan = g_new0(struct fiscal_plan, 1);
		plan->method = methods[i];
		plan->body = g_strdup(text + strlen(before));
		plan->replaced = i == 1 ? dup_replaced(plan->body) : NULL;
		return plan;
	}
	return NULL;
}

int ebarimt_plan_n_steps(const struct fiscal_plan *plan)
{
	if (plan->kind == FISCAL_SHIFT_CLOSE)
		return 2; /* sendData, info */
	return plan->body != NULL ? 1 : 0;
}

int ebarimt_plan_commit_step(const struct fiscal_plan *plan)
{
	return MAX(ebarimt_plan_n_steps(plan) - 1, 0);
}

void ebarimt_plan_free(struct fiscal_plan *plan)
{
	if (plan == NULL)
		return;
	g_free(plan->body);
	g_free(plan->replaced);
	g_free(plan);
}

/* A quote inside a text has a backslash before it: what is found so is the member itself. */
static bool has_member(const struct fiscal_plan *plan, const char *member)
{
	return plan->body != NULL && strstr(plan->body, member) != NULL;
}

bool ebarimt_plan_replaces(const struct fiscal_plan *plan)
{
	return plan->replaced != NULL || has_member(plan, "\"inactiveId\":\"");
}

bool ebarimt_plan_draws_lottery(const struct fiscal_plan *plan)
{
	return !ebarimt_plan_replaces(plan) && has_member(plan, "\"type\":\"B2C_RECEIPT\"") &&
	       has_member(plan, "\"taxType\":\"VAT_");
}
