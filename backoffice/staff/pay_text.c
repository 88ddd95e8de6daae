/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/staff/hours.h"
#include "backoffice/staff/pay.h"

#include <glib/gi18n-lib.h>

/* Lines of pay, so that anybody can reckon them after. */

static char *dup_money(int64_t minor, uint16_t currency, const NumberStyle *style)
{
	return number_text_money(style, (Money){ minor, currency }, false);
}

static const char *share_words(PayKind kind)
{
	switch (kind) {
	case PAY_OWN_NET:
		/* Translators: "1.50 % of own sales 1 200 000.00 = 18 000.00" */
		return N_("%s of own sales %s = %s");
	case PAY_OWN_MARGIN:
		return N_("%s of the margin of own sales %s = %s");
	case PAY_BONUS_NET:
		return N_("plan reached: %s of own sales %s = %s");
	case PAY_SHOP_NET:
		/* Translators: the last two are hours: theirs, and of all */
		return N_("%s of the shop's sales %s × %s of %s hours = %s");
	default:
		return N_("%s of the shop's margin %s × %s of %s hours = %s");
	}
}

static char *dup_share(const PayLine *self, const char *base, const char *total,
		       const NumberStyle *style)
{
	g_autofree char *rate = number_text_percent(style, self->price);
	g_autofree char *part = hours_dup_text(self->part), *of = hours_dup_text(self->of);
	const char *words = g_dgettext(GETTEXT_PACKAGE, share_words(self->kind));

	if (self->kind == PAY_SHOP_NET || self->kind == PAY_SHOP_MARGIN)
		return g_strdup_printf(words, rate, base, part, of, total);
	return g_strdup_printf(words, rate, base, total);
}

char *pay_line_dup_text(const PayLine *self, uint16_t currency, const NumberStyle *style)
{
	g_autofree char *base = dup_money(self->base, currency, style);
	g_autofree char *price = dup_money(self->price, currency, style);
	g_autofree char *total = dup_money(self->total, currency, style);
	g_autofree char *hours = hours_dup_text(self->base);
	g_autofree char *reached = number_text_percent(style, self->reached);
	g_autofree char *threshold = number_text_percent(style, self->threshold);

	switch (self->kind) {
	case PAY_HOUR:
		/* Translators: "hours 152:30 × 250.00 = 38 125.00" */
		return g_strdup_printf(_("hours %s × %s = %s"), hours, price, total);
	case PAY_DAY:
		return g_strdup_printf(_("days %d × %s = %s"), (int)self->base, price, total);
	case PAY_MONTH:
		/* Translators: an amount a month, days that count, days of the month, the pay */
		return g_strdup_printf(_("%s a month × %d of %d days = %s"), price, (int)self->part,
				       (int)self->of, total);
	case PAY_BONUS:
		/* Translators: how far the plan is reached, from what on there is a bonus, it */
		return g_strdup_printf(_("plan reached by %s, bonus from %s on = %s"), reached,
				       threshold, total);
	default:
		return dup_share(self, base, total, style);
	}
}
