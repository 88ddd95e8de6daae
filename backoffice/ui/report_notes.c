/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_notes.h"

#include <glib/gi18n-lib.h>

/* A till with an open shift speaks every few seconds. */
#define SILENT_MINUTES 5

static GDateTime *seen_at(const ReportSource *source, GDateTime *now)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(source->seen_at / G_USEC_PER_SEC);

	return g_date_time_to_timezone(utc, g_date_time_get_timezone(now));
}

static bool is_today(GDateTime *at, GDateTime *now)
{
	return g_date_time_get_year(at) == g_date_time_get_year(now) &&
	       g_date_time_get_day_of_year(at) == g_date_time_get_day_of_year(now);
}

static char *dup_time(GDateTime *at, GDateTime *now)
{
	return g_date_time_format(at, is_today(at, now) ? "%H:%M" : "%x %H:%M");
}

static void add(GString *text, const char *between, const char *more)
{
	g_string_append_printf(text, "%s%s", text->len > 0 ? between : "", more);
}

static void warn_of_silence(GString *text, const ReportSource *source, GDateTime *now)
{
	g_autoptr(GDateTime) at = seen_at(source, now);
	g_autofree char *time = dup_time(at, now);
	g_autofree char *said = g_strdup_printf(
		_("%1$s is silent since %2$s: what it sold later is not in the figures."),
		source->till, time);

	add(text, " ", said);
}

char *report_notes_dup_warning(const ReportHealth *health, const NumberStyle *style, GDateTime *now)
{
	g_autoptr(GString) text = g_string_new(NULL);

	if (health->not_understood > 0) {
		g_autofree char *n = number_text_integer(style, health->not_understood);
		g_autofree char *said = g_strdup_printf(
			g_dngettext(GETTEXT_PACKAGE,
				    "%s receipt could not be understood and is not in the "
				    "figures. Tell your administrator.",
				    "%s receipts could not be understood and are not in the "
				    "figures. Tell your administrator.",
				    (gulong)health->not_understood),
			n);

		add(text, " ", said);
	}
	for (guint i = 0; i < health->sources->len; i++) {
		const ReportSource *source = &g_array_index(health->sources, ReportSource, i);
		g_autoptr(GDateTime) at = seen_at(source, now);

		if (source->open &&
		    g_date_time_difference(now, at) > SILENT_MINUTES * G_TIME_SPAN_MINUTE)
			warn_of_silence(text, source, now);
	}
	return text->len > 0 ? g_string_free(g_steal_pointer(&text), false) : NULL;
}

char *report_notes_dup_sources(const ReportHealth *health, GDateTime *now)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < health->sources->len; i++) {
		const ReportSource *source = &g_array_index(health->sources, ReportSource, i);
		g_autoptr(GDateTime) at = seen_at(source, now);
		g_autofree char *time = dup_time(at, now);
		/* Translators: a time and the name of a till. */
		g_autofree char *said = g_strdup_printf(_("%1$s from %2$s"), time, source->till);

		add(text, ", ", said);
	}
	if (text->len == 0)
		return g_strdup("");
	return g_strdup_printf(_("Figures up to %s"), text->str);
}
