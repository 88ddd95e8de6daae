/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/text.h"

#include "base/language.h"
#include "core/currency.h"
#include "core/number_text.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>

#define MINUS "\u2212"
#define NO_WEIGHT "\u2013"
#define NO_BREAK_SPACE "\u00a0"

/* Of the main thread. */
static const NumberStyle *style(void)
{
	static NumberStyle style;
	static bool known;

	if (!known)
		style = language_number_style();
	known = true;
	return &style;
}

char *text_money(Money amount)
{
	return number_text_money(style(), amount, true);
}

char *text_amount(Money amount)
{
	return number_text_money(style(), amount, false);
}

char *text_minus(Money amount)
{
	g_autofree char *text = NULL;

	if (amount.minor == 0)
		return g_strdup("");
	text = text_amount(amount);
	return g_strconcat(MINUS, text, NULL);
}

char *text_quantity(Quantity quantity, Unit unit)
{
	g_autofree char *number = number_text_quantity(style(), quantity);
	const char *name = language_unit_name(unit);

	if (unit == UNIT_PIECE || *name == '\0') /* pieces are not named */
		return g_steal_pointer(&number);
	return g_strconcat(number, NO_BREAK_SPACE, name, NULL);
}

char *text_weight(const SessionView *view)
{
	bool says = view->scale_state == SCALE_STABLE || view->scale_state == SCALE_MOVING;

	if (view->devices[SESSION_SCALE].state == DEVICE_DOWN || !says || view->weight.micro == 0)
		return g_strdup(NO_WEIGHT);
	return text_quantity(view->weight, UNIT_KILOGRAM);
}

char *text_discount(Discount discount, uint16_t currency)
{
	g_autofree char *number = NULL;

	if (discount.kind == DISCOUNT_NONE)
		return g_strdup("");
	if (discount.kind == DISCOUNT_PERCENT)
		number = number_text_percent(style(), discount.value);
	else
		number = text_money((Money){ .minor = discount.value, .currency = currency });
	return g_strconcat(MINUS, number, NULL);
}

char *text_tax(const ReceiptTax *tax)
{
	g_autofree char *rate = number_text_percent(style(), tax->rate);
	g_autofree char *amount = text_amount(tax->amount);

	return g_strdup_printf("%s" NO_BREAK_SPACE "%s" NO_BREAK_SPACE "%s",
			       language_tax_name(tax->code), rate, amount);
}

char *text_number(int64_t value)
{
	return number_text_integer(style(), value);
}

char *text_clock(GDateTime *now)
{
	bool by_halves = *nl_langinfo(AM_STR) != '\0';

	return g_date_time_format(now, by_halves ? "%-I:%M %p" : "%H:%M");
}

char *text_moment(int64_t at)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local(utc) : NULL;
	g_autoptr(GDateTime) now = g_date_time_new_now_local();
	g_autofree char *clock = NULL, *day = NULL;

	if (local == NULL)
		return g_strdup("");
	clock = text_clock(local);
	if (g_date_time_get_year(local) == g_date_time_get_year(now) &&
	    g_date_time_get_day_of_year(local) == g_date_time_get_day_of_year(now))
		return g_steal_pointer(&clock);
	day = g_date_time_format(local, "%x");
	return g_strconcat(day, " ", clock, NULL);
}

char *text_goods(int n)
{
	return g_strdup_printf(ngettext("%d item", "%d items", (gulong)n), n);
}

const char *text_decimal_sign(void)
{
	return style()->decimal;
}

const char *text_device(SessionDevice device)
{
	static const char *const words[SESSION_N_DEVICES] = {
		[SESSION_FISCAL] = N_("registrar"), [SESSION_PRINTER] = N_("printer"),
		[SESSION_PAYMENT] = N_("terminal"), [SESSION_SCALE] = N_("scale"),
		[SESSION_DISPLAY] = N_("display"),  [SESSION_SCANNER] = N_("scanner"),
		[SESSION_HUB] = N_("hub"),
	};

	return _(words[device]);
}

const char *text_scale_state(ScaleState state)
{
	static const char *const words[SCALE_N_STATES] = {
		[SCALE_STABLE] = N_("sold already: clear the scale"),
		[SCALE_MOVING] = N_("moving"),
		[SCALE_EMPTY] = N_("empty"),
		[SCALE_BELOW_MINIMUM] = N_("too light"),
		[SCALE_NEGATIVE] = N_("below zero: clear it, press zero"),
		[SCALE_OVERLOAD] = N_("too heavy"),
		[SCALE_ZERO_ERROR] = N_("clear it, switch it off and on"),
	};

	return _(words[state]);
}

/* A shape beside every colour. */
static const struct {
	const char *shape, *class;
} looks[] = {
	[DEVICE_ABSENT] = { "○", "absent" },
	[DEVICE_READY] = { "●", "ready" },
	[DEVICE_WORKING] = { "◐", "working" },
	[DEVICE_DOWN] = { "✕", "down" },
};

const char *text_device_shape(SessionDeviceState state)
{
	return looks[state].shape;
}

const char *text_device_class(SessionDeviceState state)
{
	return looks[state].class;
}

static const char *fault_words(DeviceFault fault)
{
	switch (fault) {
	case DEVICE_FAULT_PAPER_OUT:
		return _("no paper");
	case DEVICE_FAULT_PAPER_NEAR_END:
		return _("little paper left");
	case DEVICE_FAULT_COVER_OPEN:
		return _("cover open");
	case DEVICE_FAULT_BUSY:
		return _("busy");
	case DEVICE_FAULT_NO_PERMISSION:
	case DEVICE_FAULT_IN_USE:
	case DEVICE_FAULT_BAD_ADDRESS:
	case DEVICE_FAULT_WRONG_PASSWORD:
		return _("settings are wrong");
	case DEVICE_FAULT_NEEDS_SERVICE:
	case DEVICE_FAULT_MECHANISM:
	case DEVICE_FAULT_MEMORY_FULL:
		return _("needs service");
	default:
		return _("no answer");
	}
}

const char *text_device_state(SessionDeviceState state, DeviceFault fault)
{
	switch (state) {
	case DEVICE_READY:
		return _("ready");
	case DEVICE_WORKING:
		return _("working");
	case DEVICE_DOWN:
		return fault_words(fault);
	default:
		return _("none");
	}
}
