/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/datecs_sim.h"

/* What a Bulgarian printer prints. These words are its firmware, not ours to translate. */
const char *const datecs_sim_group_letters[N_GROUPS] = { "А", "Б", "В", "Г", "Д", "Е", "Ж", "З" };
const int datecs_sim_group_rates[N_GROUPS] = { 0, 20, 20, 9, -1, -1, -1, -1 };
/* §5.1, in the order of state.modes. */
const char datecs_sim_mode_letters[] = "PDNCmnopqrIJKLijkl";

static const char *const mode_names[N_MODES] = {
	"В БРОЙ",  "КАРТА",    "КРЕДИТ",  "ЧЕК",     "КУПОНИ",	"ВЪНШНИ КУПОНИ",
	"АМБАЛАЖ", "ВЪТРЕШНО", "ПОВРЕДА", "БАНКА",   "ДРУГО 1", "ДРУГО 2",
	"ДРУГО 3", "ДРУГО 4",  "ДРУГО 5", "ДРУГО 6", "ДРУГО 7", "ДРУГО 8",
};

void datecs_sim_print(DatecsCall *call, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_ptr_array_add(call->paper, g_strdup_vprintf(format, args));
	va_end(args);
}

void datecs_sim_print_pair(DatecsCall *call, const char *left, const char *right)
{
	int blanks = PAPER_WIDTH - (int)g_utf8_strlen(left, -1) - (int)g_utf8_strlen(right, -1);

	datecs_sim_print(call, "%s%*s%s", left, MAX(blanks, 1), "", right);
}

void datecs_sim_print_sum(DatecsCall *call, const char *left, int64_t sum)
{
	g_autofree char *text = datecs_sim_sum_new(sum);

	datecs_sim_print_pair(call, left, text);
}

static void print_centred(DatecsCall *call, const char *text)
{
	int blanks = (PAPER_WIDTH - (int)g_utf8_strlen(text, -1)) / 2;

	datecs_sim_print(call, "%*s%s", MAX(blanks, 0), "", text);
}

void datecs_sim_print_head(DatecsCall *call)
{
	print_centred(call, "УЧЕБЕН МАГАЗИН");
	print_centred(call, "гр. София, ул. Образцова 1");
	datecs_sim_print_pair(call, "ЕИК", "123456789");
}

void datecs_sim_print_item(DatecsCall *call, const DatecsItem *item, int64_t sum, int64_t changed)
{
	g_autofree char *price = datecs_sim_sum_new(item->price);
	g_autofree char *left =
		g_strdup_printf("%" G_GINT64_FORMAT ".%03d x %s", item->quantity / 1000,
				(int)(item->quantity % 1000), price);
	g_autofree char *text = datecs_sim_sum_new(sum);
	g_autofree char *right =
		g_strdup_printf("%s %s", text, datecs_sim_group_letters[item->group]);

	datecs_sim_print(call, "%s", item->name);
	datecs_sim_print_pair(call, left, right);
	if (changed != 0)
		datecs_sim_print_sum(call, changed < 0 ? "  ОТСТЪПКА" : "  НАДБАВКА", changed);
}

static void print_payments(DatecsCall *call)
{
	const DatecsState *state = &call->sim->state;

	for (int i = 0; i < N_MODES; i++)
		if (state->modes[i] != 0)
			datecs_sim_print_sum(call, mode_names[i], state->modes[i]);
	if (state->change != 0)
		datecs_sim_print_sum(call, "РЕСТО", state->change);
}

static void print_numbers(DatecsCall *call, int64_t number)
{
	g_autofree char *when = datecs_sim_time_new(datecs_sim_now(call->sim));
	g_autofree char *serial = datecs_sim_serial_new(call->sim),
			*fm = datecs_sim_fm_new(call->sim);
	g_autofree char *left = g_strdup_printf("%07" G_GINT64_FORMAT, number);

	datecs_sim_print_pair(call, left, when);
	datecs_sim_print_pair(call, serial, fm);
	datecs_sim_print(call, "%s", "");
}

void datecs_sim_print_foot(DatecsCall *call, int64_t number)
{
	const DatecsState *state = &call->sim->state;

	datecs_sim_print_sum(call, "ОБЩА СУМА", state->total);
	print_payments(call);
	datecs_sim_print(call, "%" G_GINT64_FORMAT " АРТИКУЛА", state->items);
	print_centred(call, state->receipt == RECEIPT_STORNO ? "СТОРНО БОН" : "ФИСКАЛЕН БОН");
	print_numbers(call, number);
}

static void print_groups(DatecsCall *call, const char *title, const int64_t sums[N_GROUPS])
{
	datecs_sim_print_sum(call, title, datecs_sim_sum_of(sums, N_GROUPS));
	for (int i = 0; i < N_GROUPS; i++) {
		g_autofree char *left = g_strdup_printf("  %s", datecs_sim_group_letters[i]);

		if (sums[i] != 0)
			datecs_sim_print_sum(call, left, sums[i]);
	}
}

void datecs_sim_print_report(DatecsCall *call, bool closes, int64_t number)
{
	const DatecsState *state = &call->sim->state;

	datecs_sim_print_head(call);
	print_centred(call, closes ? "ДНЕВЕН ФИНАНСОВ ОТЧЕТ С НУЛИРАНЕ"
				   : "ДНЕВЕН ФИНАНСОВ ОТЧЕТ БЕЗ НУЛИРАНЕ");
	datecs_sim_print(call, "Z %04" G_GINT64_FORMAT, state->z_number + 1);
	print_groups(call, "ОБОРОТ", state->sales);
	print_groups(call, "СТОРНО", state->stornos);
	datecs_sim_print_sum(call, "СЛУЖЕБНО ВЪВЕДЕНИ", state->cash_in);
	datecs_sim_print_sum(call, "СЛУЖЕБНО ИЗВЕДЕНИ", state->cash_out);
	datecs_sim_print_sum(call, "КАСОВА НАЛИЧНОСТ", state->cash);
	print_numbers(call, number);
}
