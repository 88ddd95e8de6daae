/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/atol_answer.h"
#include "drivers/fiscal/erpnet_answer.h"
#include "drivers/fiscal/json_amount.h"

#include <string.h>

/* Answers of services, right and wrong, before any of them is believed. */

static json_t *load(const char *text)
{
	g_autoptr(GError) error = NULL;
	json_t *json = json_amount_loads(text, strlen(text), &error);

	g_assert_no_error(error);
	return json;
}

/* --- atol ---------------------------------------------------------------------------------- */

static void test_task_states(void)
{
	static const struct {
		const char *entry;
		AtolTaskState state;
		int code;
	} cases[] = {
		{ "{\"status\":\"ready\"}", ATOL_TASK_READY, 0 },
		{ "{\"status\":\"ready\",\"errorCode\":0}", ATOL_TASK_READY, 0 },
		{ "{\"status\":\"ready\",\"error\":{\"code\":0,\"description\":\"ok\"}}",
		  ATOL_TASK_READY, 0 },
		{ "{\"status\":\"ready\",\"errorCode\":177}", ATOL_TASK_INTERRUPTED, 177 },
		{ "{\"status\":\"error\",\"errorCode\":68}", ATOL_TASK_FAILED, 68 },
		{ "{\"status\":\"error\",\"error\":{\"code\":68}}", ATOL_TASK_FAILED, 68 },
		{ "{\"status\":\"error\",\"error\":null,\"errorCode\":68}", ATOL_TASK_FAILED, 68 },
		{ "{\"status\":\"error\",\"errorCode\":6.8e1}", ATOL_TASK_FAILED, 0 },
		{ "{\"status\":\"error\",\"errorCode\":-1}", ATOL_TASK_FAILED, 0 },
		{ "{\"status\":\"error\"}", ATOL_TASK_FAILED, 0 },
		{ "{\"status\":\"error\",\"errorCode\":502}", ATOL_TASK_INTERRUPTED, 502 },
		{ "{\"status\":\"interrupted\"}", ATOL_TASK_INTERRUPTED, 0 },
		{ "{\"status\":\"blocked\"}", ATOL_TASK_BLOCKED, 0 },
		{ "{\"status\":\"wait\"}", ATOL_TASK_WAITS, 0 },
		{ "{\"status\":\"inProgress\"}", ATOL_TASK_WAITS, 0 },
		{ "{\"status\":\"Ready\"}", ATOL_TASK_WAITS, 0 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = g_strdup_printf("{\"results\":[%s]}", cases[i].entry);
		json_t *json = load(text);
		AtolTask task;

		g_assert_true(atol_read_task(json, 0, &task));
		g_assert_cmpint(task.state, ==, cases[i].state);
		g_assert_cmpint(task.code, ==, cases[i].code);
		g_assert_false(atol_read_task(json, 1, &task));
		json_decref(json);
	}
}

static void test_no_task(void)
{
	static const char *const cases[] = {
		"{}",
		"[]",
		"{\"results\":{}}",
		"{\"results\":[7]}",
		"{\"results\":[{}]}",
		"{\"results\":[{\"status\":true}]}",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		json_t *json = load(cases[i]);
		AtolTask task = { .code = 77 };

		g_assert_false(atol_read_task(json, 0, &task));
		g_assert_cmpint(task.code, ==, 77);
		json_decref(json);
	}
}

static void test_no_proof(void)
{
	static const char *const cases[] = {
		"{}",
		"{\"fiscalParams\":7}",
		"{\"fiscalParams\":{\"fiscalDocumentNumber\":0}}",
		"{\"fiscalParams\":{\"fiscalDocumentNumber\":-58}}",
		"{\"fiscalParams\":{\"fiscalDocumentNumber\":5.8e1}}",
		"{\"fiscalParams\":{\"fiscalDocumentNumber\":58.5}}",
		"{\"fiscalParams\":{\"fiscalDocumentNumber\":4294967296}}",
		"{\"fiscalParams\":{\"fiscalDocumentNumber\":true}}",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		json_t *json = load(cases[i]);
		AtolMade made;

		g_assert_false(atol_read_made(json, &made));
		json_decref(json);
	}
}

/* What is odd in it does not undo a document that has a number. */
static void test_odd_proof(void)
{
	json_t *json = load("{\"fiscalParams\":{\"fiscalDocumentNumber\":\"58\","
			    "\"fiscalDocumentSign\":\"123456789012345678901234567890\","
			    "\"fiscalDocumentDateTime\":\"today\",\"shiftNumber\":-1,"
			    "\"total\":2.4594e2,\"fnNumber\":\"Ю\"},"
			    "\"warnings\":{\"notPrinted\":\"true\"}}");
	AtolMade made;

	g_assert_true(atol_read_made(json, &made));
	g_assert_cmpuint(made.proof.document_number, ==, 58);
	g_assert_cmpstr(made.proof.sign, ==, "");
	g_assert_cmpstr(made.proof.at, ==, "");
	g_assert_cmpstr(made.proof.serial, ==, "");
	g_assert_cmpuint(made.proof.shift_number, ==, 0);
	g_assert_cmpint(made.total, ==, -1);
	g_assert_true(made.not_printed);
	json_decref(json);
}

static void test_documents(void)
{
	static const struct {
		const char *tlv;
		FiscalKind kind; /* -1: no document */
		int64_t total;
	} cases[] = {
		{ "{\"fiscalDocumentType\":\"receipt\",\"1054\":1,\"1020\":245.94}", FISCAL_SALE,
		  24594 },
		{ "{\"fiscalDocumentType\":\"receipt\",\"1054\":\"2\",\"1020\":\"245.94\"}",
		  FISCAL_SALE_RETURN, 24594 },
		{ "{\"fiscalDocumentType\":\"receipt\",\"1054\":3,\"1020\":1}", 0, 0 },
		{ "{\"fiscalDocumentType\":\"receiptCorrection\",\"1054\":1,\"1020\":1}",
		  FISCAL_CORRECTION, 100 },
		{ "{\"1173\":0,\"1054\":2,\"1020\":1.5}", FISCAL_CORRECTION_RETURN, 150 },
		{ "{\"1054\":1,\"1020\":0.07}", FISCAL_SALE, 7 },
		{ "{\"fiscalDocumentType\":\"openShift\"}", FISCAL_SHIFT_OPEN, 0 },
		{ "{\"fiscalDocumentType\":\"closeShift\",\"1040\":58}", FISCAL_SHIFT_CLOSE, 0 },
		{ "{\"fiscalDocumentType\":\"ofdExchangeStatus\"}", 0, 0 },
		{ "{\"fiscalDocumentType\":\"bso\",\"1054\":1,\"1020\":1}", 0, 0 },
		{ "{\"fiscalDocumentType\":\"receipt\",\"1040\":59,\"1054\":1,\"1020\":1}", -1, 0 },
		{ "{\"fiscalDocumentType\":\"receipt\",\"1054\":1}", -1, 0 },
		{ "{\"fiscalDocumentType\":\"receipt\",\"1054\":1,\"1020\":24594e-2}", -1, 0 },
		{ "{}", -1, 0 },
		{ "[]", -1, 0 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = g_strdup_printf("{\"documentTLV\":%s}", cases[i].tlv);
		json_t *json = load(text);
		FiscalRecord record;
		bool is = atol_read_document(json, 58, 643, &record);

		g_assert_cmpint(is, ==, (int)cases[i].kind != -1);
		if (is) {
			g_assert_cmpint(record.kind, ==, cases[i].kind);
			if (record.kind != 0)
				g_assert_cmpint(record.total.minor, ==, cases[i].total);
		}
		json_decref(json);
	}
}

/* The QR text is the same everywhere; a tag may be bytes, or another unit. */
static void test_qr_before_tags(void)
{
	json_t *json = load("{\"documentTLV\":{\"fiscalDocumentType\":\"receipt\",\"1054\":1,"
			    "\"1020\":24594,\"1077\":\"NwSE7Xw=\",\"1012\":1780470960,"
			    "\"qr\":\"t=20260603T101700&s=245.94&fn=9&i=58&fp=1906569744&n=1\"}}");
	FiscalRecord record;

	g_assert_true(atol_read_document(json, 58, 643, &record));
	g_assert_cmpint(record.total.minor, ==, 24594);
	g_assert_cmpstr(record.sign, ==, "1906569744");
	g_assert_cmpstr(record.at, ==, "2026-06-03T10:17");
	json_decref(json);
}

static void test_no_totals(void)
{
	static const char *const cases[] = {
		"{}",
		"{\"shiftTotals\":{\"receipts\":{\"sell\":{\"count\":1,\"sum\":1,\"payments\":"
		"{\"cash\":1,\"electronically\":0}}}}}",
		"{\"shiftTotals\":{\"receipts\":{\"sell\":{\"count\":1.5,\"sum\":1,\"payments\":"
		"{\"cash\":1,\"electronically\":0}},\"sellReturn\":{\"count\":0,\"sum\":0,"
		"\"payments\":{\"cash\":0,\"electronically\":0}}}}}",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		json_t *json = load(cases[i]);
		FiscalTotals totals;

		g_assert_false(atol_read_totals(json, 643, &totals));
		json_decref(json);
	}
}

/* --- erpnet -------------------------------------------------------------------------------- */

static void test_results(void)
{
	static const struct {
		const char *text;
		bool is, ok, unsure;
		DeviceFault fault;
	} cases[] = {
		{ "{\"ok\":true}", true, true, false, 0 },
		{ "{\"ok\":\"true\",\"messages\":[{\"code\":\"W301\"}]}", true, true, false, 0 },
		{ "{\"ok\":false}", true, false, true, DEVICE_FAULT_NEEDS_SERVICE },
		{ "{\"ok\":\"false\",\"messages\":[{\"code\":\"W301\"},{\"code\":\"E407\"}]}", true,
		  false, false, DEVICE_FAULT_REFUSED },
		{ "{\"ok\":false,\"messages\":[7,{},{\"code\":\"E101\"}]}", true, false, true,
		  DEVICE_FAULT_OFFLINE },
		{ "{\"ok\":false,\"messages\":\"E407\"}", true, false, true,
		  DEVICE_FAULT_NEEDS_SERVICE },
		{ "{\"ok\":\"yes\"}", false, false, false, 0 },
		{ "{\"ok\":1}", false, false, false, 0 },
		{ "{}", false, false, false, 0 },
		{ "[]", false, false, false, 0 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		json_t *json = load(cases[i].text);
		ErpnetResult result = { 0 };

		g_assert_cmpint(erpnet_read_result(json, &result), ==, cases[i].is);
		g_assert_cmpint(result.ok, ==, cases[i].ok);
		g_assert_cmpint(result.unsure, ==, cases[i].unsure);
		g_assert_cmpint(result.fault, ==, cases[i].fault);
		json_decref(json);
	}
}

static void test_receipts(void)
{
	static const struct {
		const char *text;
		uint32_t number;
		int64_t amount;
		const char *doubt;
	} cases[] = {
		{ "{\"receiptNumber\":\"0000085\",\"receiptAmount\":20}", 85, 2000, "" },
		{ "{\"receiptNumber\":85,\"receiptAmount\":\"20.00\"}", 85, 2000, "" },
		{ "{\"receiptNumber\":\"85\",\"receiptAmount\":-20.5}", 85, 2050, "" },
		{ "{\"receiptNumber\":\"85\",\"receiptAmount\":2e1}", 85, -1, "" },
		{ "{\"receiptNumber\":\"\"}", 0, -1, "number-unknown" },
		{ "{\"receiptNumber\":\"99999999999\"}", 0, -1, "number-unknown" },
		{ "{}", 0, -1, "number-unknown" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		json_t *json = load(cases[i].text);
		FiscalProof proof;
		int64_t amount;

		erpnet_read_made(json, &proof, &amount);
		g_assert_cmpuint(proof.document_number, ==, cases[i].number);
		g_assert_cmpint(amount, ==, cases[i].amount);
		g_assert_cmpstr(proof.doubt, ==, cases[i].doubt);
		json_decref(json);
	}
}

static void test_printers_own_words(void)
{
	static const char *const bad_last[] = {
		"",
		"0000137",
		"x,DT279013-0001-0000001",
		"137,DT279013-0001-000001",
		"137,DT279013-0001-0000001,x",
		"1,,,",
		"-1,",
	};
	static const char *const bad_closures[] = { "", "P", "F,0041", "P,x", "P,-1,0" };
	ErpnetLast last;
	uint32_t closures;

	g_assert_true(erpnet_read_last("0000137,DT279013-0001-0000001", &last));
	g_assert_cmpuint(last.number, ==, 137);
	g_assert_cmpstr(last.sale, ==, "DT279013-0001-0000001");
	g_assert_cmpstr(last.storno, ==, "");
	g_assert_true(erpnet_read_last("138,,DT279013-0001-0000001", &last));
	g_assert_cmpstr(last.storno, ==, "DT279013-0001-0000001");
	for (size_t i = 0; i < G_N_ELEMENTS(bad_last); i++)
		g_assert_false(erpnet_read_last(bad_last[i], &last));
	g_assert_true(erpnet_read_closures("P,0041,0,0", &closures));
	g_assert_cmpuint(closures, ==, 41);
	for (size_t i = 0; i < G_N_ELEMENTS(bad_closures); i++)
		g_assert_false(erpnet_read_closures(bad_closures[i], &closures));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fiscal/service-answers/task-states", test_task_states);
	g_test_add_func("/fiscal/service-answers/no-task", test_no_task);
	g_test_add_func("/fiscal/service-answers/no-proof", test_no_proof);
	g_test_add_func("/fiscal/service-answers/odd-proof", test_odd_proof);
	g_test_add_func("/fiscal/service-answers/documents", test_documents);
	g_test_add_func("/fiscal/service-answers/qr-before-tags", test_qr_before_tags);
	g_test_add_func("/fiscal/service-answers/no-totals", test_no_totals);
	g_test_add_func("/fiscal/service-answers/results", test_results);
	g_test_add_func("/fiscal/service-answers/receipts", test_receipts);
	g_test_add_func("/fiscal/service-answers/printers-own-words", test_printers_own_words);
	return g_test_run();
}
