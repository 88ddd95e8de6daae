/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/erpnet_plan.h"
#include "drivers/fiscal/json_amount.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char *text, size_t size)
{
	g_assert_nonnull(memchr(text, '\0', size));
	g_assert_true(g_utf8_validate(text, -1, NULL));
}

static void read_raw(const char *raw)
{
	ErpnetLast last;
	ErpnetTrace trace;
	uint32_t closures;

	if (erpnet_read_last(raw, &last)) {
		g_assert_true(last.sale[0] == '\0' || erpnet_is_sale_number(last.sale));
		g_assert_true(last.storno[0] == '\0' || erpnet_is_sale_number(last.storno));
	}
	(void)!erpnet_read_closures(raw, &closures);
	if (erpnet_trace_read(raw, &trace))
		g_assert_nonnull(memchr(trace.sale, '\0', sizeof trace.sale));
}

static void read_result(const json_t *json)
{
	ErpnetResult result;
	FiscalProof proof;
	int64_t amount;

	if (erpnet_read_result(json, &result))
		check_text(result.text, sizeof result.text);
	erpnet_read_made(json, &proof, &amount);
	g_assert_cmpint(amount, >=, -1);
	check_text(proof.serial, sizeof proof.serial);
	check_text(proof.at, sizeof proof.at);
}

/* A body as it might come, and the bytes as a printer's own answer. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *raw = g_strndup((const char *)data, size);
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	json_t *json = json_amount_loads((const char *)data, size, NULL);
	const json_t *result = NULL;
	FiscalStatus status = { 0 };
	ErpnetTaskState state;
	ErpnetResult why;
	ErpnetInfo info;

	read_raw(raw);
	if (json == NULL)
		return 0;
	(void)erpnet_find_only_printer(json);
	if (erpnet_read_info(json, &info))
		g_assert_cmpuint(info.text_max, >, 0);
	if (erpnet_read_task(json, &state, &result) && state == ERPNET_TASK_FINISHED)
		read_result(result);
	if (!erpnet_read_status(json, zone, &status, &why))
		check_text(why.text, sizeof why.text);
	read_result(json);
	json_decref(json);
	return 0;
}
