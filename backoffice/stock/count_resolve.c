/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the findings of one item come to. The rules stand in count.h. */
#include "backoffice/stock/count_sheet.h"

#include "backoffice/stock/ledger_private.h"

#include <glib/gi18n-lib.h>

/* The last pass over one zone. */
typedef struct {
	int64_t zone_id;
	bool sold_from; /* tills may take goods out of it */
	int64_t quantity;
	int64_t first, last; /* scans */
	bool disputed; /* the counters of a double count have to agree */
} Finding;

/* All passes of all zones. */
typedef struct {
	GArray *findings; /* owned */
	bool whole, in_zones, recounted;
} Findings;

static void findings_clear(Findings *self)
{
	g_clear_pointer(&self->findings, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Findings, findings_clear)

static bool refuse_size(GError **error)
{
	g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
		    _("So much cannot be counted: the figures would be too large."));
	return false;
}

/* --- zones --------------------------------------------------------------------------------- */

static bool any_zone_sells(const CountSheet *sheet)
{
	for (guint i = 0; i < sheet->zones->len; i++) {
		const SheetZone *zone = &g_array_index(sheet->zones, SheetZone, i);

		if (zone->sells && !zone->deleted)
			return true;
	}
	return false;
}

/* Where no zone is said to sell, each may. */
static bool is_sold_from(const CountSheet *sheet, int64_t zone_id)
{
	if (zone_id == 0 || !any_zone_sells(sheet))
		return true;
	for (guint i = 0; i < sheet->zones->len; i++) {
		const SheetZone *zone = &g_array_index(sheet->zones, SheetZone, i);

		if (zone->id == zone_id)
			return zone->sells;
	}
	return false;
}

/* When the zones tills sell out of had been walked through; 0: nobody was there. */
static int64_t selling_ended(const CountSheet *sheet)
{
	int64_t ended = 0;

	for (guint i = 0; i < sheet->zones->len; i++) {
		const SheetZone *zone = &g_array_index(sheet->zones, SheetZone, i);

		if (zone->sells)
			ended = MAX(ended, zone->ended);
	}
	return ended;
}

/* --- one zone ------------------------------------------------------------------------------ */

/* What was carried out of or into the zone after @from, up to @to. */
static int64_t moved_between(const SheetWork *work, const Finding *finding, int64_t from,
			     int64_t to)
{
	int64_t sum = 0;

	for (guint i = 0; i < work->n_moves; i++) {
		const SheetMove *move = &work->moves[i];
		bool counts = move->source == MOVE_TILL
				      ? finding->sold_from
				      : move->source == MOVE_DOCUMENT && finding->zone_id == 0;

		if (counts && move->at > from && move->at <= to)
			sum += move->quantity;
	}
	return sum;
}

/* Each alone, and what was sold after one and before the other is missing in the other's figure. */
static void compare_counters(const SheetWork *work, const CountEntry *entries, guint n,
			     Finding *finding)
{
	const CountEntry *last = &entries[0];

	for (guint i = 1; i < n; i++)
		if (entries[i].at > last->at)
			last = &entries[i];
	finding->quantity = last->quantity;
	finding->disputed = n < 2;
	for (guint i = 0; i < n; i++)
		if (entries[i].quantity + moved_between(work, finding, entries[i].at, last->at) !=
		    last->quantity)
			finding->disputed = true;
}

static bool add_counters(const CountEntry *entries, guint n, Finding *finding)
{
	for (guint i = 0; i < n; i++)
		if (__builtin_add_overflow(finding->quantity, entries[i].quantity,
					   &finding->quantity))
			return false;
	return true;
}

/* @entries: those of one zone and of its last pass. */
static bool find_in_zone(const CountSheet *sheet, const SheetWork *work, const CountEntry *entries,
			 guint n, Findings *findings, GError **error)
{
	Finding finding = { .zone_id = entries->zone_id,
			    .sold_from = is_sold_from(sheet, entries->zone_id),
			    .first = entries->at,
			    .last = entries->at };

	for (guint i = 1; i < n; i++) {
		finding.first = MIN(finding.first, entries[i].at);
		finding.last = MAX(finding.last, entries[i].at);
	}
	if (sheet->head.doubled)
		compare_counters(work, entries, n, &finding);
	else if (!add_counters(entries, n, &finding))
		return refuse_size(error);
	findings->whole = findings->whole || finding.zone_id == 0;
	findings->in_zones = findings->in_zones || finding.zone_id != 0;
	findings->recounted = findings->recounted || entries->pass > 1;
	g_array_append_val(findings->findings, finding);
	return true;
}

static bool find_all(const CountSheet *sheet, const SheetWork *work, Findings *ret, GError **error)
{
	guint start = 0; /* of the pass that is the last so far */

	ret->findings = g_array_new(false, true, sizeof(Finding));
	for (guint i = 0; i < work->n_entries; i++) {
		const CountEntry *entry = &work->entries[i];
		bool last = i + 1 == work->n_entries || entry[1].zone_id != entry->zone_id;

		if (entry->zone_id != work->entries[start].zone_id ||
		    entry->pass != work->entries[start].pass)
			start = i;
		if (last &&
		    !find_in_zone(sheet, work, &work->entries[start], i - start + 1, ret, error))
			return false;
	}
	return true;
}

/* --- all zones ----------------------------------------------------------------------------- */

static int64_t moment_of(const CountSheet *sheet, const Findings *findings)
{
	int64_t sold = 0, anywhere = 0;

	for (guint i = 0; i < findings->findings->len; i++) {
		const Finding *finding = &g_array_index(findings->findings, Finding, i);

		anywhere = MAX(anywhere, finding->last);
		if (finding->sold_from)
			sold = MAX(sold, finding->last);
	}
	if (sold == 0)
		sold = selling_ended(sheet);
	return sold != 0 ? sold : anywhere;
}

static bool moved_within(const SheetWork *work, MoveSource source, int64_t from, int64_t to)
{
	for (guint i = 0; i < work->n_moves; i++)
		if (work->moves[i].source == source && work->moves[i].at > from &&
		    work->moves[i].at <= to)
			return true;
	return false;
}

/* Between the first and the last look at goods that tills may have taken. */
static bool sold_between(const CountSheet *sheet, const SheetWork *work, const Findings *findings)
{
	int64_t first = G_MAXINT64, last = 0;

	for (guint i = 0; i < findings->findings->len; i++) {
		const Finding *finding = &g_array_index(findings->findings, Finding, i);

		if (!finding->sold_from)
			continue;
		first = MIN(first, sheet->head.doubled ? finding->last : finding->first);
		last = MAX(last, finding->last);
	}
	return first < last && moved_within(work, MOVE_TILL, first, last);
}

static bool carried_between(const CountSheet *sheet, const SheetWork *work,
			    const Findings *findings, int64_t moment)
{
	int64_t first = moment, last = moment;

	if (sheet->head.doubled && !findings->in_zones)
		return false; /* reckoned in where counters are compared */
	for (guint i = 0; i < findings->findings->len; i++) {
		const Finding *finding = &g_array_index(findings->findings, Finding, i);

		first = MIN(first, finding->first);
		last = MAX(last, finding->last);
	}
	return moved_within(work, MOVE_DOCUMENT, first, last);
}

static bool counters_differ(const Findings *findings)
{
	for (guint i = 0; i < findings->findings->len; i++)
		if (g_array_index(findings->findings, Finding, i).disputed)
			return true;
	return false;
}

static const char *dispute_of(const CountSheet *sheet, const SheetWork *work,
			      const Findings *findings, int64_t moment)
{
	if (findings->whole && findings->in_zones)
		return _("It was counted in a zone and in the whole shop: take one of them out.");
	if (counters_differ(findings))
		return _("Two people have to count it and find the same: count it once more.");
	if (carried_between(sheet, work, findings, moment))
		return _("Goods came or left by a document between two counts of it: count it once "
			 "more everywhere, and enter zero where there is none.");
	if (sold_between(sheet, work, findings))
		return _("It was sold between two counts of it: count it once more in one go.");
	return NULL;
}

/* --- against the ledger -------------------------------------------------------------------- */

/* Back from now to the moment, and what the ledger will say to the count there. */
static bool compare_with_ledger(const SheetWork *work, CountItem *item, GError **error)
{
	LedgerState state = { work->quantity, work->value, work->average };
	const LedgerFacts facts = { .has_counted = true, .counted = item->counted };
	LedgerEffect effect;

	for (guint i = 0; i < work->n_moves; i++) {
		if (work->moves[i].at <= item->at)
			continue;
		state.quantity -= work->moves[i].quantity;
		state.value -= work->moves[i].value;
	}
	if (!ledger_rule(&state, &facts, &effect))
		return refuse_size(error);
	item->expected = state.quantity;
	item->value = effect.value;
	return true;
}

bool count_resolve(const CountSheet *sheet, const SheetWork *work, CountItem *item, GError **error)
{
	g_auto(Findings) findings = { 0 };
	const char *dispute;

	if (!find_all(sheet, work, &findings, error))
		return false;
	for (guint i = 0; i < findings.findings->len; i++)
		if (__builtin_add_overflow(item->counted,
					   g_array_index(findings.findings, Finding, i).quantity,
					   &item->counted))
			return refuse_size(error);
	item->counted_at_all = true;
	item->recounted = findings.recounted;
	item->at = moment_of(sheet, &findings);
	dispute = dispute_of(sheet, work, &findings, item->at);
	item->disputed = dispute != NULL;
	item->dispute = g_strdup(dispute);
	return compare_with_ledger(work, item, error);
}
