/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/ebarimt_answer.h"
#include "drivers/fiscal/ebarimt_json.h"
#include "drivers/fiscal/ebarimt_plan.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void decode_receipt(guint status, const char *text, size_t len)
{
	EbarimtAnswer answer;
	PaperOnly *paper;

	ebarimt_decode_receipt(status, text, len, 24594, &answer, &paper);
	g_assert(g_utf8_validate(answer.message, -1, NULL));
	g_assert(answer.date[0] == '\0' || strlen(answer.date) == 19);
	g_assert(answer.result != EBARIMT_BOOKED || strlen(answer.id) == 33);
	g_assert(paper == NULL || answer.result == EBARIMT_BOOKED);
	paper_only_free(paper);
	ebarimt_decode_void(status, text, len, &answer);
	g_assert(answer.result != EBARIMT_STRANGE);
}

static void decode_info(guint status, const char *text, size_t len)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	g_autoptr(GError) error = NULL;
	FiscalStatus info;

	if (ebarimt_decode_info(status, text, len, zone, 0, &info, &error))
		g_assert(info.lotteries >= -1 && info.serial[0] != '\0');
	else
		g_assert(error != NULL);
}

/* A text as the name of goods: whatever it is, the body stays one whole object. */
static void sell(const char *name)
{
	EbarimtOptions options = { .merchant_tin = "11111111111", .no_vat_word = "NO_VAT" };
	FiscalLine line = { .name = name,
			    .quantity = { QUANTITY_ONE },
			    .sum = { 1000, 496 },
			    .mark = g_utf8_validate(name, -1, NULL) ? name : NULL };
	FiscalDocument document = { .kind = FISCAL_SALE,
				    .id = 1,
				    .lines = &line,
				    .n_lines = 1,
				    .paid = { [TENDER_CASH] = { 1000, 496 } },
				    .total = { 1000, 496 } };
	struct fiscal_plan *plan = ebarimt_plan_new(&options, &document, NULL);
	int64_t total;

	if (plan == NULL) {
		g_assert(name[0] == '\0');
		return;
	}
	g_assert(ebarimt_decode_total(plan->body, &total) && total == 1000);
	g_assert(!ebarimt_plan_draws_lottery(plan));
	ebarimt_plan_free(plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const guint statuses[] = { 200, 204, 302, 400, 500 };
	guint status = size > 0 ? statuses[data[0] % G_N_ELEMENTS(statuses)] : 200;
	const char *text = size > 0 ? (const char *)data + 1 : "";
	size_t len = size > 0 ? size - 1 : 0;
	/* Exactly as long as it is, so that a byte too far is seen. */
	g_autofree char *exact = g_memdup2(text, len);
	g_autofree char *name = g_strndup(text, len);

	decode_receipt(status, exact != NULL ? exact : "", len);
	decode_info(status, exact != NULL ? exact : "", len);
	ebarimt_plan_free(ebarimt_plan_parse(name));
	sell(name);
	return 0;
}
