/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/shtrih_sim.h"

#include <string.h>

/* Questions: nothing here changes or prints anything. */

static void put_bytes(ShtrihCall *call, const char *text, size_t len)
{
	g_byte_array_append(call->answer, (const uint8_t *)text, (unsigned)len);
}

static void put_text(ShtrihCall *call, const char *text, size_t len)
{
	g_autofree char *bytes =
		g_convert_with_fallback(text, -1, "CP1251", "UTF-8", "?", NULL, NULL, NULL);

	put_bytes(call, bytes, len > 0 ? len : strlen(bytes));
}

uint8_t shtrih_short_status(ShtrihCall *call)
{
	Shtrih *self = call->sim;
	unsigned operations = self->state.receipt_open ? self->state.lines->len : 0;
	uint8_t mode = shtrih_mode(self), submode = shtrih_submode(self);

	shtrih_put(call->answer, shtrih_flags(self), 2);
	shtrih_put(call->answer, mode, 1);
	shtrih_put(call->answer, submode, 1);
	shtrih_put(call->answer, operations & 0xFF, 1);
	shtrih_put(call->answer, 0x33, 1); /* battery */
	shtrih_put(call->answer, 0x8A, 1); /* 24 V */
	shtrih_put(call->answer, 0, 2);
	shtrih_put(call->answer, operations >> 8, 1);
	shtrih_put(call->answer, 0, 3);
	shtrih_put(call->answer, submode == 2 ? 1 : 0, 1); /* last print: paper ran out */
	g_string_append_printf(call->words, " mode %X, submode %d, %u operations", mode, submode,
			       operations);
	return E_OK;
}

static void put_day(GByteArray *answer, int64_t at)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at);

	shtrih_put(answer, (uint64_t)g_date_time_get_day_of_month(time), 1);
	shtrih_put(answer, (uint64_t)g_date_time_get_month(time), 1);
	shtrih_put(answer, (uint64_t)g_date_time_get_year(time) % 100, 1);
	shtrih_put(answer, (uint64_t)g_date_time_get_hour(time), 1);
	shtrih_put(answer, (uint64_t)g_date_time_get_minute(time), 1);
	shtrih_put(answer, (uint64_t)g_date_time_get_second(time), 1);
}

uint8_t shtrih_full_status(ShtrihCall *call)
{
	Shtrih *self = call->sim;
	const ShtrihState *state = &self->state;

	put_bytes(call, "C1", 2); /* firmware */
	shtrih_put(call->answer, 33, 2); /* its build */
	put_bytes(call, "\x01\x02\x1A", 3); /* and date */
	shtrih_put(call->answer, 1, 1); /* number in the hall */
	shtrih_put(call->answer, (uint64_t)state->document, 2);
	shtrih_put(call->answer, shtrih_flags(self), 2);
	shtrih_put(call->answer, shtrih_mode(self), 1);
	shtrih_put(call->answer, shtrih_submode(self), 1);
	shtrih_put(call->answer, 0, 1); /* port */
	shtrih_put(call->answer, 0, 7); /* the old fiscal memory: version, build, date */
	put_day(call->answer, shtrih_now(self));
	shtrih_put(call->answer, 0, 1);
	shtrih_put(call->answer, (uint64_t)shtrih_sim_serial(self), 4);
	shtrih_put(call->answer, (uint64_t)state->shift - (state->shift_open ? 1 : 0), 2);
	shtrih_put(call->answer, 2000, 2);
	shtrih_put(call->answer, 1, 1);
	shtrih_put(call->answer, 4, 1);
	shtrih_put(call->answer, g_ascii_strtoull(shtrih_inn, NULL, 10), 6);
	return E_OK;
}

/* 193 to 208: of the shift by payment (the first four) and, within one, by kind of receipt [one
 * source: the vendor's register map, as for 148 to 151]. */
enum { REGISTER_PAID = 193, REGISTER_CASH = 241, REGISTER_CASH_IN, REGISTER_CASH_OUT };

static bool find_register(const ShtrihState *state, int number, int64_t *ret)
{
	int paid = number - REGISTER_PAID;

	if (number == REGISTER_CASH)
		*ret = state->cash;
	else if (number == REGISTER_CASH_IN)
		*ret = state->cash_in;
	else if (number == REGISTER_CASH_OUT)
		*ret = state->cash_out;
	else if (paid >= 0 && paid < 4 * N_RECEIPT_TYPES)
		*ret = state->totals[paid % N_RECEIPT_TYPES].paid[paid / N_RECEIPT_TYPES];
	else /* a wrong zero would be worse than a refusal */
		return false;
	return true;
}

uint8_t shtrih_money_register(ShtrihCall *call)
{
	int number = call->data[0];
	int64_t value;

	if (!find_register(&call->sim->state, number, &value))
		return E_PARAMETERS;
	g_string_append_printf(call->words, " register %d = %" G_GINT64_FORMAT, number, value);
	shtrih_put(call->answer, (uint64_t)value, 6);
	return E_OK;
}

uint8_t shtrih_operation_register(ShtrihCall *call)
{
	int type = call->data[0] - 148;

	if (type < 0 || type >= N_RECEIPT_TYPES)
		return E_PARAMETERS;
	shtrih_put(call->answer, (uint64_t)call->sim->state.totals[type].count, 2);
	return E_OK;
}

typedef struct {
	int table, row, field;
	size_t size;
	const char *text;
} Cell;

/* A few cells of the tables: header lines, registration. Table 6 is VAT, computed. */
static const Cell cells[] = {
	{ 4, 1, 1, 40, shtrih_user },	{ 4, 2, 1, 40, shtrih_address },
	{ 18, 1, 2, 12, shtrih_inn },	{ 18, 1, 3, 20, shtrih_rnm },
	{ 18, 1, 7, 128, shtrih_user }, { 18, 1, 9, 128, shtrih_address },
};

static void put_cell(ShtrihCall *call, const char *text, size_t size)
{
	put_text(call, text, 0);
	while (call->answer->len < size)
		shtrih_put(call->answer, 0, 1);
}

uint8_t shtrih_read_table(ShtrihCall *call)
{
	int table = call->data[0], row = (int)shtrih_unsigned(call->data + 1, 2);
	int field = call->data[3];

	if (table == 6 && row >= 1 && row <= N_VAT && field == 1) {
		const ShtrihVat *vat = shtrih_vat(call->sim, row - 1);

		shtrih_put(call->answer, vat->rate > 0 ? (uint64_t)vat->rate * 100 : 0, 2);
		return E_OK;
	}
	if (table == 18 && row == 1 && (field == 1 || field == 4)) {
		g_autofree char *number = field == 1 ? shtrih_sim_serial_new(call->sim)
						     : shtrih_sim_fn_number_new(call->sim);

		put_cell(call, number, 16);
		return E_OK;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(cells); i++) {
		if (cells[i].table != table || cells[i].row != row || cells[i].field != field)
			continue;
		put_cell(call, cells[i].text, cells[i].size);
		return E_OK;
	}
	return E_NO_TABLE;
}

typedef struct {
	uint8_t code;
	const char *text;
} ErrorName;

static const ErrorName error_names[] = {
	{ E_OK, "Ошибок нет" },
	{ 0x01, "ФН: Неизвестная команда" },
	{ E_FN_STATE, "ФН: Неверное состояние" },
	{ 0x03, "ФН: Отказ ФН" },
	{ 0x04, "ФН: Отказ КС" },
	{ E_FN_NO_DATA, "ФН: Нет запрошенных данных" },
	{ E_FN_PARAMETER, "ФН: Некорректное значение параметра" },
	{ E_FN_TLV_SIZE, "ФН: Превышение размеров TLV данных" },
	{ E_FN_FULL, "ФН: Архив ФН переполнен" },
	{ E_FN_24_HOURS, "ФН: Продолжительность смены более 24 часов" },
	{ E_PARAMETERS, "Некорректные параметры в команде" },
	{ E_UNKNOWN_COMMAND, "Команда не поддерживается" },
	{ E_SHIFT_OPEN, "Смена открыта - операция невозможна" },
	{ E_SHIFT_CLOSED, "Смена не открыта - операция невозможна" },
	{ E_PAYMENTS_SHORT, "Сумма всех типов оплаты меньше итога чека" },
	{ E_NO_CASH, "Не хватает наличности в кассе" },
	{ E_RECEIPT_TYPE, "Операция невозможна в открытом чеке данного типа" },
	{ E_RECEIPT_OPEN, "Открыт чек - операция невозможна" },
	{ E_RECEIPT_FULL, "Буфер чека переполнен" },
	{ E_NONCASH_TOO_MUCH, "Вносимая безналичной оплатой сумма больше суммы чека" },
	{ E_24_HOURS, "Смена превысила 24 часа" },
	{ E_PASSWORD, "Неверный пароль" },
	{ E_PRINTING, "Идет печать результатов выполнения предыдущей команды" },
	{ E_RECEIPT_CLOSED, "Чек закрыт - операция невозможна" },
	{ E_NOTHING_TO_REPEAT, "Нет документа для повтора" },
	{ E_CONTINUE_PRINT, "Ожидание команды продолжения печати" },
	{ E_NO_TABLE, "Таблица не определена" },
	{ E_WRONG_OPERATION, "Некорректная операция" },
	{ E_NEGATIVE_TOTAL, "Отрицательный итог чека" },
	{ E_MULTIPLY, "Переполнение при умножении" },
	{ E_PRICE, "Переполнение диапазона цены" },
	{ E_QUANTITY, "Переполнение диапазона количества" },
	{ E_DEPARTMENT, "Переполнение диапазона отдела" },
	{ E_NO_PAPER, "Нет чековой ленты" },
	{ E_MODE, "Команда не поддерживается в данном режиме" },
	{ E_DATE_MISMATCH, "Не совпадает дата" },
	{ E_DATE, "Неверный формат даты" },
	{ E_LENGTH, "Неверное значение в поле длины" },
	{ E_ZERO_TOTAL, "Нулевой итог чека" },
	{ E_MARK_ORDER, "Нарушен порядок команд маркировки" },
	{ E_MARKS_FULL, "Таблица проверки кодов маркировки заполнена" },
	{ E_TAG_MISSING, "Нет обязательных реквизитов" },
	{ E_MARK_UNCHECKED, "Код маркировки не проверялся" },
};

uint8_t shtrih_error_name(ShtrihCall *call)
{
	for (size_t i = 0; i < G_N_ELEMENTS(error_names); i++)
		if (error_names[i].code == call->data[0]) {
			put_text(call, error_names[i].text, 0);
			return E_OK;
		}
	put_text(call, "Неизвестная ошибка", 0);
	return E_OK;
}

uint8_t shtrih_model(ShtrihCall *call)
{
	/* Cutter, last print result in 10h, command 6B; bit 50: extended answers exist. */
	uint64_t flags =
		UINT64_C(1) << 13 | UINT64_C(1) << 34 | UINT64_C(1) << 36 | UINT64_C(1) << 50;

	if (call->data[0] != 1)
		return E_PARAMETERS;
	shtrih_put(call->answer, flags, 8);
	put_bytes(call, "\x28\x14\x01\x0C\x14\x14\x10", 7); /* widths, graphics, digits */
	shtrih_put(call->answer, 0, 4);
	shtrih_put(call->answer, PASSWORD_SYSTEM, 4);
	shtrih_put(call->answer, 0, 1); /* no Bluetooth table */
	shtrih_put(call->answer, 14, 1); /* field of the tax mode */
	shtrih_put(call->answer, 255, 2); /* longest command */
	shtrih_put(call->answer, PAPER_WIDTH, 1);
	return E_OK;
}

uint8_t shtrih_device_type(ShtrihCall *call)
{
	put_bytes(call, "\x00\x00\x01\x0E\xFA\x00", 6); /* KKT, protocol 1.14, model, Russian */
	put_text(call, "ШТРИХ-М-02Ф", 0);
	return E_OK;
}

enum { WARNING_FULL = 0x04 }; /* of FF01: the archive is nearly full */

uint8_t shtrih_fn_status(ShtrihCall *call)
{
	const ShtrihState *state = &call->sim->state;
	g_autofree char *fn_number = shtrih_sim_fn_number_new(call->sim);
	bool full = sim_faults_setting(call->sim->context->faults, FAULT_MEMORY_FULL, -1) >= 0;

	shtrih_put(call->answer, 3, 1); /* fiscal */
	shtrih_put(call->answer, (uint64_t)state->fn_document, 1);
	shtrih_put(call->answer, state->fn_tags->len > 0, 1);
	shtrih_put(call->answer, state->shift_open, 1);
	shtrih_put(call->answer, full ? WARNING_FULL : 0, 1);
	shtrih_put_time(call->answer, state->last_at, true);
	put_bytes(call, fn_number, 16);
	shtrih_put(call->answer, (uint64_t)state->last_fd, 4);
	g_string_append_printf(call->words, " last document %" G_GINT64_FORMAT ", shift %s",
			       state->last_fd, state->shift_open ? "open" : "closed");
	return E_OK;
}

uint8_t shtrih_fn_serial(ShtrihCall *call)
{
	g_autofree char *fn_number = shtrih_sim_fn_number_new(call->sim);

	put_bytes(call, fn_number, 16);
	return E_OK;
}

uint8_t shtrih_fn_expiry(ShtrihCall *call)
{
	put_bytes(call, "\x1D\x06\x01", 3);
	return E_OK;
}

uint8_t shtrih_fn_version(ShtrihCall *call)
{
	put_bytes(call, "fn_v_1_2        ", 16);
	shtrih_put(call->answer, 1, 1);
	return E_OK;
}

uint8_t shtrih_registration(ShtrihCall *call)
{
	put_bytes(call, "\x19\x06\x01\x0A\x00", 5);
	put_bytes(call, "7701234567  ", 12);
	put_bytes(call, "0000000012034567    ", 20);
	shtrih_put(call->answer, 0x3F, 1); /* every tax system */
	shtrih_put(call->answer, 0, 1);
	shtrih_put(call->answer, 1, 4);
	shtrih_put(call->answer, 1906569744, 4);
	return E_OK;
}

/* The simulator has no line to the tax office; what is sent is sent by the control line "ofd". */
static size_t n_unsent(const ShtrihState *state)
{
	return json_array_size(state->documents) - (size_t)state->sent;
}

uint8_t shtrih_unsent(ShtrihCall *call)
{
	shtrih_put(call->answer, n_unsent(&call->sim->state), 2);
	return E_OK;
}

uint8_t shtrih_ofd_status(ShtrihCall *call)
{
	const ShtrihState *state = &call->sim->state;
	const json_t *first = json_array_get(state->documents, (size_t)state->sent);
	int64_t fd = json_integer_value(json_object_get(first, "fd"));

	shtrih_put(call->answer, first != NULL ? 0x02 : 0x00, 1); /* there is a message to send */
	shtrih_put(call->answer, 0, 1);
	shtrih_put(call->answer, n_unsent(state), 2);
	shtrih_put(call->answer, (uint64_t)fd, 4);
	if (first == NULL)
		shtrih_put(call->answer, 0, 5);
	else
		shtrih_put_time(call->answer, json_integer_value(json_object_get(first, "at")),
				true);
	return E_OK;
}

uint8_t shtrih_shift_status(ShtrihCall *call)
{
	const ShtrihState *state = &call->sim->state;

	shtrih_put(call->answer, state->shift_open, 1);
	shtrih_put(call->answer, (uint64_t)state->shift, 2);
	shtrih_put(call->answer, (uint64_t)state->receipt, 2);
	g_string_append_printf(call->words,
			       " shift %" G_GINT64_FORMAT " %s, %" G_GINT64_FORMAT " receipts",
			       state->shift, state->shift_open ? "open" : "closed", state->receipt);
	return E_OK;
}
