/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/atol_plan.h"

#include "drivers/fiscal/atol_receipt.h"
#include "drivers/fiscal/name_uuid.h"
#include "drivers/fiscal/service.h"

#include "core/json_text.h"
#include "drivers/fiscal/json_amount.h"

char *atol_body_dup(const char *uuid, const char *tasks)
{
	return uuid != NULL ? g_strdup_printf("{\"uuid\":\"%s\",\"request\":[%s]}", uuid, tasks)
			    : g_strdup_printf("{\"request\":[%s]}", tasks);
}

static void plan_plain(const AtolMaker *maker, const char *type)
{
	json_text_string(maker->to, "type", type);
	atol_write_operator(maker);
}

static bool plan_cash(const AtolMaker *maker, const char *type, GError **error)
{
	if (!atol_check_total(maker, error))
		return false;
	plan_plain(maker, type);
	json_amount_write(maker->to, "cashSum", maker->document->total.minor, 2);
	return true;
}

static bool plan_any(const AtolMaker *maker, GError **error)
{
	switch (maker->document->kind) {
	case FISCAL_SALE:
		return atol_write_receipt(maker, "sell", error);
	case FISCAL_SALE_RETURN:
		return atol_write_receipt(maker, "sellReturn", error);
	case FISCAL_CORRECTION:
		return atol_write_receipt(maker, "sellCorrection", error);
	case FISCAL_CORRECTION_RETURN:
		return atol_write_receipt(maker, "sellReturnCorrection", error);
	case FISCAL_SHIFT_OPEN:
		plan_plain(maker, "openShift");
		return true;
	case FISCAL_SHIFT_CLOSE:
		plan_plain(maker, "closeShift");
		return true;
	case FISCAL_X:
		plan_plain(maker, "reportX");
		return true;
	case FISCAL_CASH_IN:
		return plan_cash(maker, "cashIn", error);
	case FISCAL_CASH_OUT:
		return plan_cash(maker, "cashOut", error);
	}
	return atol_refuse(error, "a document of unknown kind %d", maker->document->kind);
}

static Money change_of(const FiscalDocument *document)
{
	Money change = { .currency = document->total.currency };

	if (document->kind == FISCAL_SALE || document->kind == FISCAL_CORRECTION)
		change.minor = document->paid[TENDER_CASH].minor +
			       document->paid[TENDER_CARD].minor - document->total.minor;
	return change;
}

struct fiscal_plan *atol_plan_new(const AtolOptions *options, const FiscalDocument *document,
				  GError **error)
{
	GString *task = g_string_new(NULL);
	AtolMaker maker = { .options = options, .document = document, .to = task };
	struct fiscal_plan *plan;

	json_text_open(task, NULL, '{');
	if (!plan_any(&maker, error)) {
		g_string_free(task, TRUE);
		return NULL;
	}
	json_text_close(task, '}');
	plan = g_new0(struct fiscal_plan, 1);
	plan->kind = document->kind;
	plan->total = document->total;
	plan->change = change_of(document);
	if (document->kind != FISCAL_X)
		plan->uuid = name_uuid_dup_attempt(document->sale_id, document->id);
	plan->task = g_string_free(task, FALSE);
	return plan;
}

char *atol_plan_describe(const struct fiscal_plan *plan)
{
	return atol_body_dup(plan->uuid, plan->task);
}

void atol_plan_free(struct fiscal_plan *plan)
{
	if (plan == NULL)
		return;
	g_free(plan->uuid);
	g_free(plan->task);
	g_free(plan);
}
