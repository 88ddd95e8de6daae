/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/datecs_make.h"

#include "drivers/fiscal/line_split.h"

/* X's is in its manual (2.02); P's is what drivers cut names to, its manual is not at hand. */
#define NAME_MAX_P 36
#define NAME_MAX_X 72
#define LETTER_A 0xC0 /* cp1251: А, and the other groups after it */
#define QUANTITY_STEP 1000 /* three decimals */

/* In cp1251 in the registrars' own language: бр, кг, г, л, мл, м, кв.м, ч. */
static const char *const units[UNIT_N] = {
	[UNIT_PIECE] = "\xE1\xF0",
	[UNIT_KILOGRAM] = "\xEA\xE3",
	[UNIT_GRAM] = "\xE3",
	[UNIT_LITRE] = "\xEB",
	[UNIT_MILLILITRE] = "\xEC\xEB",
	[UNIT_METRE] = "\xEC",
	[UNIT_SQUARE_METRE] = "\xEA\xE2.\xEC",
	[UNIT_HOUR] = "\xF7",
	[UNIT_OTHER] = "",
};

/* A line as 31h has it: the registrar multiplies, then takes @change off or adds it. */
typedef struct {
	uint8_t name[NAME_MAX_X];
	size_t name_len;
	int group; /* from 1 */
	int64_t price;
	int64_t quantity; /* thousandths */
	int64_t change;
	const char *unit;
} Sale;

static void put_amount(DatecsWriter *writer, int64_t minor)
{
	g_autofree char *text = datecs_dup_amount(minor);

	datecs_put_text(writer, text);
}

static char *dup_quantity(int64_t thousandths)
{
	return g_strdup_printf("%" G_GINT64_FORMAT ".%03d", thousandths / 1000,
			       (int)(thousandths % 1000));
}

static void put_sale_p(DatecsWriter *writer, const Sale *sale)
{
	uint8_t letter = (uint8_t)(LETTER_A + sale->group - 1);
	g_autofree char *quantity = dup_quantity(sale->quantity);

	datecs_put(writer, sale->name, sale->name_len);
	datecs_put_text(writer, "\t");
	datecs_put(writer, &letter, 1);
	put_amount(writer, sale->price);
	datecs_put_text(writer, "*");
	datecs_put_text(writer, quantity);
	if (sale->unit[0] != '\0') {
		datecs_put_text(writer, "#");
		datecs_put_text(writer, sale->unit);
	}
	if (sale->change == 0)
		return;
	datecs_put_text(writer, sale->change < 0 ? ";-" : ";");
	put_amount(writer, ABS(sale->change));
}

static void put_sale_x(const DatecsMaker *maker, DatecsWriter *writer, const Sale *sale)
{
	g_autofree char *group = g_strdup_printf("%d", sale->group);
	g_autofree char *price = datecs_dup_amount(sale->price);
	g_autofree char *quantity = dup_quantity(sale->quantity);
	g_autofree char *change = datecs_dup_amount(ABS(sale->change));
	g_autofree char *department = g_strdup_printf("%d", maker->target->options->department);

	datecs_put(writer, sale->name, sale->name_len);
	datecs_put_text(writer, "\t");
	datecs_put_field(writer, group);
	datecs_put_field(writer, price);
	datecs_put_field(writer, quantity);
	datecs_put_field(writer, sale->change == 0 ? "0" : sale->change < 0 ? "4" : "3");
	datecs_put_field(writer, sale->change == 0 ? "" : change);
	datecs_put_field(writer, department);
	if (sale->unit[0] != '\0')
		datecs_put_field(writer, sale->unit);
}

static char *describe(const Sale *sale)
{
	g_autofree char *name = codepage_decode(CODEPAGE_CP1251, sale->name, sale->name_len);
	g_autofree char *quantity = dup_quantity(sale->quantity);
	g_autofree char *price = datecs_dup_amount(sale->price);
	g_autofree char *change = datecs_dup_amount(ABS(sale->change));

	return g_strdup_printf("%s x %s%s%s group %c \"%s\"", quantity, price,
			       sale->change == 0  ? ""
			       : sale->change < 0 ? " - "
						  : " + ",
			       sale->change == 0 ? "" : change, 'A' + sale->group - 1, name);
}

static bool add_sale(DatecsMaker *maker, Sale *sale, const LinePart *part, GError **error)
{
	int64_t gross;
	g_autofree char *text = NULL;
	DatecsWriter writer;
	DatecsStep *step;

	sale->price = part->price;
	sale->quantity = part->quantity / QUANTITY_STEP;
	if (!scale_int64(part->price, part->quantity, QUANTITY_ONE, ROUND_HALF_AWAY, &gross) ||
	    gross > DATECS_AMOUNT_MAX)
		return datecs_refuse(error, "price times quantity is too large");
	sale->change = part->sum - gross;

	datecs_begin(&writer, DATECS_LINE);
	if (maker->target->family == DATECS_P)
		put_sale_p(&writer, sale);
	else
		put_sale_x(maker, &writer, sale);
	text = describe(sale);
	if (!datecs_add_step(maker, DATECS_STEP_LINE, &writer, text, error))
		return false;
	maker->sum += part->sum;
	step = &g_array_index(maker->plan->steps, DatecsStep, maker->plan->steps->len - 1);
	step->after = maker->sum;
	return true;
}

static bool find_group(const DatecsMaker *maker, const FiscalLine *line, int *ret, GError **error)
{
	*ret = (size_t)line->tax < G_N_ELEMENTS(maker->target->options->groups)
		       ? maker->target->options->groups[line->tax]
		       : 0;
	return *ret != 0 ||
	       datecs_refuse(error, "no tax group is set for a tax of %d", line->tax_rate);
}

static bool fill_sale(const DatecsMaker *maker, const FiscalLine *line, Sale *ret, GError **error)
{
	bool is_p = maker->target->family == DATECS_P;

	*ret = (Sale){ .unit = line->unit < UNIT_N ? units[line->unit] : "" };
	if (is_p && line->unit == UNIT_PIECE)
		ret->unit = ""; /* as the page has it: pieces need no word */
	if (!find_group(maker, line, &ret->group, error))
		return false;
	ret->name_len = codepage_encode(CODEPAGE_CP1251, &maker->target->options->letters,
					line->name, ret->name, is_p ? NAME_MAX_P : NAME_MAX_X);
	return ret->name_len > 0 || datecs_refuse(error, "a line without a name");
}

/* A discount is told as one. Where a line costs more than its price says, since a tax came on top
 * of it, the price has to be another. */
static int split(const FiscalLine *line, LinePart ret[static 2])
{
	int64_t gross;

	if (line->quantity.micro <= 0 || !scale_int64(line->price.minor, line->quantity.micro,
						      QUANTITY_ONE, ROUND_HALF_AWAY, &gross))
		return 0;
	if (line->sum.minor > gross)
		return line_split(line->quantity.micro, line->price.minor, line->sum.minor, ret);
	ret[0] = (LinePart){ .quantity = line->quantity.micro,
			     .price = line->price.minor,
			     .sum = line->sum.minor };
	return 1;
}

bool datecs_add_line(DatecsMaker *maker, const FiscalLine *line, GError **error)
{
	int64_t price_max =
		maker->target->family == DATECS_P ? DATECS_PRICE_MAX_P : DATECS_AMOUNT_MAX;
	LinePart parts[2];
	Sale sale;
	int n;

	if (!datecs_check_amount(maker, line->sum, "a line", error) ||
	    !datecs_check_amount(maker, line->price, "a price", error) ||
	    !fill_sale(maker, line, &sale, error))
		return false;
	n = split(line, parts);
	if (n == 0 || line->quantity.micro % QUANTITY_STEP != 0 || parts[0].price >= price_max)
		return datecs_refuse(error, "a quantity of %" G_GINT64_FORMAT " is out of range",
				     line->quantity.micro);
	for (int i = 0; i < n; i++)
		if (!add_sale(maker, &sale, &parts[i], error))
			return false;
	return true;
}
