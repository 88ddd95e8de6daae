/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/datecs_make.h"

#include <string.h>

#define UNP_COUNTER INT64_C(10000000) /* seven digits */
#define UNP_PREFIX_LEN (DATECS_UNP_LEN - 7) /* device and operator */

/* --- sale numbers -------------------------------------------------------------------------- */

bool datecs_numbers_sales(const DatecsTarget *target)
{
	return target->options->numbers_sales && target->identity->serial[0] != '\0';
}

void datecs_make_unp(const DatecsTarget *target, int64_t id, char ret[static DATECS_UNP_LEN + 1])
{
	int64_t counter = (id % UNP_COUNTER + UNP_COUNTER) % UNP_COUNTER;

	g_snprintf(ret, DATECS_UNP_LEN + 1, "%.8s-%04d-%07d", target->identity->serial,
		   (int)g_ascii_strtoll(target->options->operator_number, NULL, 10), (int)counter);
}

bool datecs_unp_is_older(const char *unp, const char *ours)
{
	return strlen(unp) == DATECS_UNP_LEN && strncmp(unp, ours, UNP_PREFIX_LEN) == 0 &&
	       strcmp(unp, ours) != 0;
}

/* --- opening ------------------------------------------------------------------------------- */

static void put_operator(const DatecsMaker *maker, DatecsWriter *writer)
{
	const DatecsOptions *options = maker->target->options;

	if (maker->target->family == DATECS_X) {
		datecs_put_field(writer, options->operator_number);
		datecs_put_field(writer, options->operator_password);
		return;
	}
	datecs_put_text(writer, options->operator_number);
	datecs_put_text(writer, ",");
	datecs_put_text(writer, options->operator_password);
	datecs_put_text(writer, ",");
	datecs_put_text(writer, options->till);
}

bool datecs_open_sale(DatecsMaker *maker, GError **error)
{
	const char *unp = maker->plan->unp;
	g_autofree char *text = g_strdup_printf("open a sale %s", unp);
	DatecsWriter writer;

	datecs_begin(&writer, DATECS_OPEN);
	put_operator(maker, &writer);
	if (maker->target->family == DATECS_X) {
		if (unp[0] != '\0')
			datecs_put_field(&writer, unp);
		datecs_put_field(&writer, maker->target->options->till);
		datecs_put_field(&writer, ""); /* no invoice */
	} else if (unp[0] != '\0') {
		datecs_put_text(&writer, ",");
		datecs_put_text(&writer, unp);
	}
	return datecs_add_step(maker, DATECS_STEP_OPEN, &writer, text, error);
}

/* Of the sale that is taken back. */
typedef struct {
	uint32_t number;
	const char *unp; /* "" where it had none */
	const char *memory;
	char *at; /* owned; as the family writes it */
} Origin;

static void clear_origin(Origin *self)
{
	g_free(self->at);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Origin, clear_origin)

static char *dup_origin_time(const DatecsMaker *maker, const FiscalOrigin *origin)
{
	const char *format =
		maker->target->family == DATECS_P ? "%d%m%y%H%M%S" : "%d-%m-%y %H:%M:%S";
	char *told =
		origin->registrar_at != NULL ? datecs_dup_time(origin->registrar_at, format) : NULL;
	g_autoptr(GDateTime) utc = NULL;
	g_autoptr(GDateTime) local = NULL;

	if (told != NULL || origin->at == 0)
		return told;
	utc = g_date_time_new_from_unix_utc(origin->at / G_USEC_PER_SEC);
	local = utc != NULL ? g_date_time_to_timezone(utc, maker->target->options->zone) : NULL;
	return local != NULL ? g_date_time_format(local, format) : NULL;
}

static bool find_origin(const DatecsMaker *maker, Origin *ret, GError **error)
{
	const FiscalOrigin *origin = maker->document->origin;
	bool has_unp, has_memory;

	if (origin == NULL || origin->document_number == 0)
		return datecs_refuse(error, "a return needs the document of its sale");
	has_unp = origin->id != NULL && strlen(origin->id) == DATECS_UNP_LEN;
	has_memory = origin->sign != NULL && strlen(origin->sign) == 8;
	*ret = (Origin){ .number = origin->document_number,
			 .unp = has_unp ? origin->id : "",
			 .memory = has_memory ? origin->sign : maker->target->identity->memory,
			 .at = dup_origin_time(maker, origin) };
	if (ret->at == NULL)
		return datecs_refuse(error, "a return needs the time of its sale");
	if (ret->memory[0] == '\0')
		return datecs_refuse(error, "a return needs the fiscal memory of its sale");
	return true;
}

/* Of the page's two orders of fields (§7.1) this is the one that was seen at work. */
static void put_origin_p(DatecsWriter *writer, const Origin *origin)
{
	g_autofree char *number = g_strdup_printf(",R%07u", origin->number);
	g_autofree char *of_sale =
		g_strdup_printf(",%s,%s,%s", origin->unp, origin->at, origin->memory);

	datecs_put_text(writer, number);
	if (origin->unp[0] != '\0')
		datecs_put_text(writer, of_sale);
}

static void put_origin_x(const DatecsMaker *maker, DatecsWriter *writer, const Origin *origin)
{
	g_autofree char *number = g_strdup_printf("%u", origin->number);

	datecs_put_field(writer, maker->target->options->till);
	datecs_put_field(writer, "1"); /* refund */
	datecs_put_field(writer, number);
	datecs_put_field(writer, origin->at);
	datecs_put_field(writer, origin->memory);
	for (int i = 0; i < 3; i++)
		datecs_put_field(writer, ""); /* of invoices alone */
	datecs_put_field(writer, origin->unp);
}

bool datecs_open_return(DatecsMaker *maker, GError **error)
{
	bool is_p = maker->target->family == DATECS_P;
	g_auto(Origin) origin = { 0 };
	g_autofree char *text = NULL;
	DatecsWriter writer;

	if (!find_origin(maker, &origin, error))
		return false;
	datecs_begin(&writer, is_p ? DATECS_STORNO_P : DATECS_STORNO_X);
	put_operator(maker, &writer);
	if (is_p)
		put_origin_p(&writer, &origin);
	else
		put_origin_x(maker, &writer, &origin);
	text = g_strdup_printf("open a refund of %u %s", origin.number, origin.unp);
	return datecs_add_step(maker, DATECS_STEP_OPEN, &writer, text, error);
}
