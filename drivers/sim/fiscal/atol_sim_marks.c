/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/atol_sim.h"

/* The check of marking codes under FFD 1.2, one code at a time. The page names the tasks; members
 * of params and results are those of published clients. */
static const WebField params_fields[] = {
	{ "imcType", WEB_TEXT, false, 16, NULL },
	{ "imc", WEB_TEXT, true, 1024, NULL },
	{ "itemEstimatedStatus", WEB_TEXT, false, 32, NULL },
	{ "imcModeProcessing", WEB_INTEGER, false, 255, NULL },
	{ "imcBarcode", WEB_TEXT, false, 1024, NULL },
	{ "itemQuantity", WEB_QUANTITY, false, 6, NULL },
	{ "itemUnits", WEB_ANY, false, 0, NULL },
	{ "itemFractionalAmount", WEB_TEXT, false, 16, NULL },
	{ "notSendToServer", WEB_BOOL, false, 0, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
const WebField atol_mark_fields[] = {
	{ "params", WEB_OBJECT, true, 0, params_fields },
	{ "timeout", WEB_INTEGER, false, 600000, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
const WebField atol_marks_fields[] = {
	{ "params", WEB_ARRAY, true, 0, NULL },
	{ "timeout", WEB_INTEGER, false, 600000, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};

static int check_code(const AtolCall *call, const json_t *params)
{
	if (!atol_is_base64(web_text(params, "imc")))
		return atol_flag(call, ATOL_MARK_BAD, call->type->name, "imc is not in base64");
	if (json_array_size(call->sim->state.marks) >= ATOL_MAX_MARKS)
		return ATOL_MARK_TOO_MANY;
	return ATOL_OK;
}

static json_t *offline_new(void)
{
	return json_pack("{s:b,s:b,s:s}", "fmCheck", 1, "fmCheckResult", 1, "fmCheckErrorReason",
			 "checked");
}

static json_t *check_result_new(void)
{
	return json_pack("{s:b,s:b,s:b,s:b,s:b}", "ecrStandAloneFlag", 0, "imcCheckFlag", 1,
			 "imcCheckResult", 1, "imcEstimatedStatusCorrect", 1, "imcStatusInfo", 1);
}

static bool in_work(const AtolCall *call)
{
	return json_object_size(call->sim->state.mark) > 0;
}

static void set_mark(const AtolCall *call, json_t *mark)
{
	json_decref(call->sim->state.mark);
	call->sim->state.mark = mark;
}

int atol_mark_begin(AtolCall *call)
{
	json_t *params = json_object_get(call->task, "params");
	int code = check_code(call, params);

	if (code == ATOL_OK && in_work(call))
		return ATOL_MARK_BUSY;
	if (code != ATOL_OK)
		return code;
	set_mark(call, json_incref(params));
	call->result = json_pack("{s:o}", "offlineValidation", offline_new());
	return ATOL_OK;
}

int atol_mark_status(AtolCall *call)
{
	if (!in_work(call))
		return ATOL_MARK_NONE;
	call->result = json_pack("{s:b,s:b,s:{s:o},s:{s:o}}", "ready", 1, "sentImcRequest", 1,
				 "driverError", "code", exact_decimal_new(0, 0), "onlineValidation",
				 "itemInfoCheckResult", check_result_new());
	return ATOL_OK;
}

int atol_mark_accept(AtolCall *call)
{
	if (!in_work(call))
		return ATOL_MARK_NONE;
	json_array_append(call->sim->state.marks, json_object_get(call->sim->state.mark, "imc"));
	set_mark(call, json_object());
	call->result = json_pack("{s:o}", "itemInfoCheckResult", check_result_new());
	return ATOL_OK;
}

int atol_mark_drop(AtolCall *call)
{
	if (!in_work(call))
		return ATOL_MARK_NONE;
	set_mark(call, json_object());
	return ATOL_OK;
}

int atol_mark_clear(AtolCall *call)
{
	json_array_clear(call->sim->state.marks);
	return ATOL_OK;
}

int atol_marks_validate(AtolCall *call)
{
	const json_t *params;
	json_t *results = json_array();
	size_t i;
	int code = ATOL_OK;

	json_array_foreach(json_object_get(call->task, "params"), i, params)
	{
		if (code == ATOL_OK)
			code = atol_fields_check(call, params, "validateMarks.params",
						 params_fields);
		if (code == ATOL_OK)
			code = check_code(call, params);
		if (code != ATOL_OK)
			break;
		json_array_append(call->sim->state.marks, json_object_get(params, "imc"));
		json_array_append_new(results,
				      json_pack("{s:o,s:{s:o}}", "offlineValidation", offline_new(),
						"onlineValidation", "itemInfoCheckResult",
						check_result_new()));
	}
	if (code == ATOL_OK)
		call->result = json_pack("{s:O}", "validateMarksResult", results);
	json_decref(results);
	return code;
}
