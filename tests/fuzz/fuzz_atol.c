/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/atol_answer.h"
#include "drivers/fiscal/json_amount.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char *text, size_t size)
{
	g_assert_nonnull(memchr(text, '\0', size));
	g_assert_true(g_utf8_validate(text, -1, NULL));
}

static void read_documents(const json_t *result)
{
	AtolMade made;
	FiscalRecord record;
	FiscalTotals totals;

	if (atol_read_made(result, &made)) {
		g_assert_cmpuint(made.proof.document_number, !=, 0);
		g_assert_cmpint(made.total, >=, -1);
		check_text(made.proof.sign, sizeof made.proof.sign);
		check_text(made.proof.serial, sizeof made.proof.serial);
		check_text(made.proof.at, sizeof made.proof.at);
	}
	if (atol_read_document(result, 58, 643, &record)) {
		g_assert_cmpuint(record.number, ==, 58);
		g_assert_cmpint(record.total.minor, >=, 0);
		check_text(record.sign, sizeof record.sign);
		check_text(record.at, sizeof record.at);
	}
	(void)!atol_read_totals(result, 643, &totals);
}

static void read_status(const json_t *result, GTimeZone *zone)
{
	FiscalStatus status = { 0 };
	AtolTrouble trouble;

	(void)!atol_read_device(result, zone, &status, &trouble);
	(void)!atol_read_shift(result, &status);
	(void)!atol_read_fn_status(result, &status);
	(void)!atol_read_fn_info(result, &status);
	(void)!atol_read_cash(result, &status);
	(void)!atol_read_ofd(result, zone, &status);
	check_text(status.serial, sizeof status.serial);
	g_assert_cmpint(status.unsent, >=, 0);
}

/* A body as it might come: as results, and as one result that no frame keeps from the decoders. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	json_t *json = json_amount_loads((const char *)data, size, NULL);
	char text[160];
	int code;

	if (json == NULL)
		return 0;
	if (atol_read_error(json, &code, text, sizeof text))
		check_text(text, sizeof text);
	for (size_t i = 0; i < 3; i++) {
		AtolTask task;

		if (!atol_read_task(json, i, &task))
			continue;
		check_text(task.text, sizeof task.text);
		g_assert_true(task.state != ATOL_TASK_READY || task.code == 0);
		read_documents(task.result);
		read_status(task.result, zone);
	}
	read_documents(json);
	read_status(json, zone);
	json_decref(json);
	return 0;
}
