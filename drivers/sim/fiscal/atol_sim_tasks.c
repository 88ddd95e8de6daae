/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/atol_sim.h"

#include <string.h>

/* §3: every task that a till can send. */
static const WebField none[] = { { NULL, WEB_ANY, false, 0, NULL } };
static const WebField shift_fields[] = {
	{ "operator", WEB_OBJECT, true, 0, atol_operator_fields },
	{ "electronically", WEB_BOOL, false, 0, NULL },
	{ "preItems", WEB_ARRAY, false, 0, NULL },
	{ "postItems", WEB_ARRAY, false, 0, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField operator_only[] = {
	{ "operator", WEB_OBJECT, true, 0, atol_operator_fields },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField operator_perhaps[] = {
	{ "operator", WEB_OBJECT, false, 0, atol_operator_fields },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField cash_fields[] = {
	{ "operator", WEB_OBJECT, true, 0, atol_operator_fields },
	{ "cashSum", WEB_SUM, true, 0, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField text_fields[] = {
	{ "items", WEB_ARRAY, true, 0, NULL },
	{ "printFooter", WEB_BOOL, false, 0, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField print_document_fields[] = {
	{ "fiscalDocumentNumber", WEB_INTEGER, true, G_MAXINT, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField document_fields[] = {
	{ "fiscalDocumentNumber", WEB_INTEGER, true, G_MAXINT, NULL },
	{ "withRawData", WEB_BOOL, false, 0, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField clock_fields[] = {
	{ "dateTime", WEB_TEXT, true, 40, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};

static const AtolType types[] = {
	{ "sell", 0x10, atol_receipt_fields, atol_receipt, ATOL_SELL, false, true },
	{ "sellReturn", 0x11, atol_receipt_fields, atol_receipt, ATOL_SELL_RETURN, false, true },
	{ "buy", 0x12, atol_receipt_fields, atol_receipt, ATOL_BUY, false, true },
	{ "buyReturn", 0x13, atol_receipt_fields, atol_receipt, ATOL_BUY_RETURN, false, true },
	{ "sellCorrection", 0x14, atol_correction_fields, atol_receipt, ATOL_SELL, true, true },
	{ "sellReturnCorrection", 0x15, atol_correction_fields, atol_receipt, ATOL_SELL_RETURN,
	  true, true },
	{ "buyCorrection", 0x16, atol_correction_fields, atol_receipt, ATOL_BUY, true, true },
	{ "buyReturnCorrection", 0x17, atol_correction_fields, atol_receipt, ATOL_BUY_RETURN, true,
	  true },
	{ "openShift", 0x20, shift_fields, atol_open_shift, 0, false, true },
	{ "closeShift", 0x21, shift_fields, atol_close_shift, 0, false, true },
	{ "cashIn", 0x22, cash_fields, atol_cash_in, 0, false, true },
	{ "cashOut", 0x23, cash_fields, atol_cash_out, 0, false, true },
	{ "reportX", 0x24, operator_only, atol_report_x, 0, false, true },
	{ "reportOfdExchangeStatus", 0x25, operator_perhaps, atol_report_ofd, 0, false, true },
	{ "nonFiscal", 0x30, text_fields, atol_non_fiscal, 0, false, true },
	{ "continuePrint", 0x31, none, atol_continue_print, 0, false, true },
	{ "printLastReceiptCopy", 0x32, operator_only, atol_print_copy, 0, false, true },
	{ "printFnDocument", 0x33, print_document_fields, atol_print_document, 0, false, true },
	{ "openCashDrawer", 0x34, none, atol_open_drawer, 0, false, true },
	{ "setDateTime", 0x35, clock_fields, atol_set_clock, 0, false, true },
	{ "getFnDocument", 0x40, document_fields, atol_get_document, 0, false, false },
	{ "getDeviceStatus", 0x41, none, atol_device_status, 0, false, false },
	{ "getDeviceInfo", 0x42, none, atol_device_info, 0, false, false },
	{ "getShiftStatus", 0x43, none, atol_shift_status, 0, false, false },
	{ "getFnInfo", 0x44, none, atol_fn_info, 0, false, false },
	{ "getFnStatus", 0x45, none, atol_fn_status, 0, false, false },
	{ "ofdExchangeStatus", 0x46, none, atol_ofd_status, 0, false, false },
	{ "getShiftTotals", 0x47, none, atol_shift_totals, 0, false, false },
	{ "getCashDrawerStatus", 0x48, none, atol_drawer_status, 0, false, false },
	{ "getRegistrationInfo", 0x49, none, atol_registration, 0, false, false },
	{ "beginMarkingCodeValidation", 0x50, atol_mark_fields, atol_mark_begin, 0, false, true },
	{ "getMarkingCodeValidationStatus", 0x51, none, atol_mark_status, 0, false, false },
	{ "acceptMarkingCode", 0x52, none, atol_mark_accept, 0, false, true },
	{ "declineMarkingCode", 0x53, none, atol_mark_drop, 0, false, true },
	{ "cancelMarkingCodeValidation", 0x54, none, atol_mark_drop, 0, false, true },
	{ "clearMarkingCodeValidationResult", 0x55, none, atol_mark_clear, 0, false, true },
	{ "validateMarks", 0x56, atol_marks_fields, atol_marks_validate, 0, false, true },
};

const AtolType *atol_type_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		if (g_strcmp0(types[i].name, name) == 0)
			return &types[i];
	return NULL;
}

int atol_task_run(AtolCall *call)
{
	const char *name = exact_string(json_object_get(call->task, "type"));
	int code;

	call->type = atol_type_find(name);
	if (call->type == NULL) {
		sim_log_words(call->sim->context->log, "FLAG: task “%s” is not known", name);
		return ATOL_NOT_SUPPORTED;
	}
	code = atol_fields_check(call, call->task, name, call->type->fields);
	if (code == ATOL_OK)
		code = call->type->run(call);
	sim_log_words(call->sim->context->log, "%s: %d %s", name, code, atol_error_text(code));
	return code;
}

const char *atol_error_text(int code)
{
	static const struct {
		int code;
		const char *text;
	} texts[] = {
		{ ATOL_OK, "Ошибок нет" },
		{ ATOL_NO_LINK, "Нет связи" },
		{ ATOL_MISSING, "Не хватает параметра" },
		{ ATOL_NOT_SUPPORTED, "Не поддерживается" },
		{ ATOL_MODE, "Неверный режим" },
		{ ATOL_BAD_PARAMETER, "Неверный параметр" },
		{ ATOL_BAD_SUM, "Неверная сумма" },
		{ ATOL_BAD_QUANTITY, "Неверное количество" },
		{ ATOL_NO_PAPER, "Нет бумаги" },
		{ ATOL_COVER_OPEN, "Открыта крышка" },
		{ ATOL_NONCASH_TOO_MUCH, "Безналичных оплат больше итога" },
		{ ATOL_PAYMENTS_OVERFLOW, "Переполнение оплат" },
		{ ATOL_DEPARTMENT, "Неверный отдел" },
		{ ATOL_PAYMENT_TYPE, "Неверный вид оплаты" },
		{ ATOL_TOTAL_OVERFLOW, "Переполнение итога" },
		{ ATOL_NOT_PAID, "Чек оплачен не полностью" },
		{ ATOL_SHIFT_EXPIRED, "Смена длится более 24 часов" },
		{ ATOL_SHIFT_CLOSED, "Смена закрыта" },
		{ ATOL_CLOCK, "Проверьте дату и время" },
		{ ATOL_NO_CASH, "Не хватает денег в ящике" },
		{ ATOL_SHIFT_OPEN, "Смена открыта" },
		{ ATOL_NO_DOCUMENT, "Нет такого документа в ФН" },
		{ ATOL_MEMORY_FULL, "Память ФН переполнена" },
		{ ATOL_TAX_SYSTEM, "Неверная система налогообложения" },
		{ ATOL_TAX, "Неверный налог" },
		{ ATOL_PAYMENT_METHOD, "Неверный признак способа расчета" },
		{ ATOL_TAG_REQUIRED, "Нет обязательного реквизита" },
		{ ATOL_INTERRUPTED_CLOSING, "Закрытие чека было прервано" },
		{ ATOL_WRONG_TOTAL, "Неверный итог" },
		{ ATOL_MARK_BUSY, "Проверка кода маркировки уже идет" },
		{ ATOL_MARK_NONE, "Проверка кода маркировки не идет" },
		{ ATOL_MARK_TOO_MANY, "Слишком много кодов маркировки" },
		{ ATOL_MARK_BAD, "Неверный код маркировки" },
		{ ATOL_PARSE, "Ошибка разбора задания" },
		{ ATOL_INTERRUPTED, "Прервано из-за предыдущих ошибок" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		if (texts[i].code == code)
			return texts[i].text;
	return "Ошибка";
}
