/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/datecs_sim.h"

/* Why not, and what the device says then: status bits (§4) and error codes (§6). */
typedef struct {
	int code; /* 0: the one ordered */
	uint8_t byte, bit;
	const char *text;
} Refusal;

static const Refusal refusals[DATECS_N_ERRORS] = {
	[E_OK] = { 0, 0, 0, "Няма грешка" },
	[E_COMMAND] = { -104003, 0, 1, "Забранена команда" },
	[E_SYNTAX] = { -101004, 0, 0, "Невалидни входни данни" },
	[E_NOT_NOW] = { -111003, 1, 1, "Операцията не може да се извърши" },
	[E_RECEIPT_OPEN] = { -111015, 1, 1, "Бонът е отворен" },
	[E_RECEIPT_CLOSED] = { -111016, 1, 1, "Бонът е затворен" },
	[E_PAYMENT_STARTED] = { -111018, 1, 1, "Плащането е започнало" },
	[E_NOT_PAID] = { -111003, 1, 1, "Операцията не може да се извърши" },
	[E_PAYMENT_NOT_STARTED] = { -111050, 1, 1, "Плащането не е започнало" },
	[E_OVERFLOW] = { -111006, 1, 0, "Препълване: цена по количество" },
	[E_TOTAL_OVERFLOW] = { -111014, 1, 0, "Препълване на сумата на бона" },
	[E_GROUP] = { -111005, 1, 1, "Данъчната група е забранена" },
	[E_DEPARTMENT] = { -111009, 0, 0, "Невалиден департамент" },
	[E_NEGATIVE] = { -111021, 1, 1, "Отрицателен оборот" },
	[E_NO_CASH] = { -111017, 1, 1, "Няма пари в касата" },
	[E_24_HOURS] = { -111024, 1, 1, "Край на 24-часов период" },
	[E_ZERO] = { -111065, 1, 1, "Нулев бон" },
	[E_TOO_MANY] = { -111019, 1, 1, "Твърде много продажби в бона" },
	[E_PASSWORD] = { -102002, 1, 1, "Грешна парола на оператор" },
	[E_LOCKED] = { -101017, 1, 1, "Няма разрешение" },
	[E_CLOCK_UNSET] = { -101008, 1, 1, "Невалидно време" },
	[E_CLOCK_VALUE] = { -101008, 0, 0, "Невалидно време" },
	[E_CLOCK_BACK] = { -102019, 1, 1, "Часовникът е преди последния Z отчет" },
	[E_PAPER] = { -100403, 2, 0, "Край на хартията" },
	[E_COVER] = { -100404, 1, 1, "Отворен капак" },
	[E_MEMORY_FULL] = { -100114, 4, 4, "Фискалната памет е пълна" },
	[E_NOT_FOUND] = { -100004, 1, 1, "Не е намерено" },
	[E_NO_TRANSACTIONS] = { -111020, 1, 1, "Няма продажби" },
	[E_ORDERED] = { 0, 1, 1, "" },
};

int datecs_sim_error_code(const Datecs *self, DatecsError error)
{
	return error == E_ORDERED ? -self->ordered_code : refusals[error].code;
}

const char *datecs_sim_error_text(int code)
{
	for (int i = 0; i < DATECS_N_ERRORS; i++)
		if (refusals[i].code == code && refusals[i].text[0] != '\0')
			return refusals[i].text;
	return "Неизвестна грешка";
}

static void set(uint8_t status[8], int byte, int bit, bool on)
{
	if (on)
		status[byte] = (uint8_t)(status[byte] | 1 << bit);
}

static void set_state(Datecs *self, uint8_t ret[8])
{
	const DatecsState *state = &self->state;
	bool x = datecs_sim_is_x(self);

	set(ret, 0, 2, state->clock_unset != 0);
	set(ret, 0, 6, state->cover_open != 0);
	set(ret, 1, 2, !x && state->ram_reset != 0);
	set(ret, 1, 4, !x && state->receipt == RECEIPT_STORNO);
	set(ret, 2, 0, state->no_paper != 0);
	set(ret, 2, 1, state->low_paper != 0);
	set(ret, 2, 3, datecs_sim_fiscal_is_open(state));
	set(ret, 2, 5, state->receipt == RECEIPT_SERVICE);
	set(ret, 4, 4, datecs_sim_setting(self, DATECS_MEMORY_FULL, -1) >= 0);
	for (int byte = 0; byte < 8; byte++)
		for (int bit = 0; bit < 7; bit++)
			set(ret, byte, bit,
			    sim_faults_take_value(self->context->faults, DATECS_STATUS,
						  byte << 4 | bit));
}

/* "#" bits are gathered in 0.5, "*" bits in 4.5. */
static void gather(const Datecs *self, uint8_t ret[8])
{
	static const uint8_t sharp_p[6] = { 0x13, 0x03, 0x01 }, sharp_x[6] = { 0x43, 0x03, 0x01 };
	static const uint8_t star[6] = { 0, 0, 0, 0, 0x11, 0x05 };
	const uint8_t *sharp = datecs_sim_is_x(self) ? sharp_x : sharp_p;

	for (int i = 0; i < 6; i++) {
		set(ret, 0, 5, (ret[i] & sharp[i]) != 0);
		set(ret, 4, 5, (ret[i] & star[i]) != 0);
	}
}

void datecs_sim_status(Datecs *self, DatecsError error, uint8_t ret[8])
{
	for (int i = 0; i < 8; i++)
		ret[i] = 0x80;
	ret[4] = 0x86; /* numbers are set */
	ret[5] = 0x9A; /* formatted, fiscalised, tax rates are set */
	set_state(self, ret);
	set(ret, refusals[error].byte, refusals[error].bit, error != E_OK);
	set(ret, 1, 1, error == E_OVERFLOW || error == E_TOTAL_OVERFLOW);
	gather(self, ret);
}
