/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/crash/crash_round.h"

#include "tests/session/shop.h"

#include <string.h>

#define KIND(title, till_fate, device_fate, spec, twice)                                           \
	{                                                                                          \
		.name = title, .till = till_fate, .device = device_fate, .fault = spec,            \
		.again = twice,                                                                    \
	}
#define CABLE(title, device_fate, spec) KIND(title, TILL_LIVES, device_fate, spec, false)
#define BYTE_KINDS(device_fate, who)                                                               \
	CABLE(who "-cut-in", device_fate, "cut_in"),                                               \
		CABLE(who "-cut-out", device_fate, "cut_out"),                                     \
		CABLE(who "-lose-in", device_fate, "lose_in"),                                     \
		CABLE(who "-lose-out", device_fate, "lose_out"),                                   \
		CABLE(who "-flip-in", device_fate, "flip_in"),                                     \
		CABLE(who "-flip-out", device_fate, "flip_out"),                                   \
		CABLE(who "-twice-out", device_fate, "twice_out"),                                 \
		CABLE(who "-mute", device_fate, "mute"), CABLE(who "-deaf", device_fate, "deaf"),  \
		KIND(who "-cut-in-killed", TILL_DIES, device_fate, "cut_in", false),               \
		KIND(who "-cut-out-killed", TILL_DIES, device_fate, "cut_out", false)

const CrashKind crash_kinds[] = {
	KIND("sync-before", TILL_DIES_BEFORE_SYNC, DEVICE_LIVES, NULL, false),
	KIND("sync-after", TILL_DIES_AFTER_SYNC, DEVICE_LIVES, NULL, false),
	KIND("sync-torn", TILL_DIES_IN_SYNC, DEVICE_LIVES, NULL, false),
	KIND("sync-before-twice", TILL_DIES_BEFORE_SYNC, DEVICE_LIVES, NULL, true),
	KIND("sync-after-twice", TILL_DIES_AFTER_SYNC, DEVICE_LIVES, NULL, true),
	KIND("killed", TILL_DIES, DEVICE_LIVES, NULL, false),
	KIND("killed-twice", TILL_DIES, DEVICE_LIVES, NULL, true),
	BYTE_KINDS(FISCAL_BYTE, "fiscal"),
	BYTE_KINDS(TERMINAL_BYTE, "card"),
	KIND("fiscal-power", TILL_LIVES, FISCAL_POWER, NULL, false),
	KIND("card-power", TILL_LIVES, TERMINAL_POWER, NULL, false),
	KIND("fiscal-power-killed", TILL_DIES, FISCAL_POWER, NULL, false),
	KIND("card-power-killed", TILL_DIES, TERMINAL_POWER, NULL, false),
	KIND("fiscal-power-sync", TILL_DIES_AFTER_SYNC, FISCAL_POWER, NULL, false),
	KIND("answer-lost", TILL_LIVES, FISCAL_LOST, NULL, false),
	KIND("answer-lost-killed", TILL_DIES, FISCAL_LOST, NULL, false),
	KIND("answer-lost-killed-twice", TILL_DIES, FISCAL_LOST, NULL, true),
	{ .name = NULL },
};

static const char *const payment_names[PAID_N] = { "cash", "card", "mixed" };

/* --- in words ------------------------------------------------------------------------------- */

char *crash_round_describe(const CrashRound *self)
{
	return g_strdup_printf("%s %s %s %d seed %u", self->kind->name,
			       payment_names[self->payment], self->is_return ? "return" : "sale",
			       self->n, self->seed);
}

bool crash_round_parse(const char *text, CrashRound *ret)
{
	char kind[40], payment[10], what[10];
	int p = 0, k = 0;

	*ret = (CrashRound){ 0 };
	if (sscanf(text, "%39s %9s %9s %d seed %u", kind, payment, what, &ret->n, &ret->seed) != 5)
		return false;
	while (p < PAID_N && strcmp(payment, payment_names[p]) != 0)
		p++;
	while (crash_kinds[k].name != NULL && strcmp(kind, crash_kinds[k].name) != 0)
		k++;
	ret->payment = (CrashPayment)p;
	ret->kind = &crash_kinds[k];
	ret->is_return = strcmp(what, "return") == 0;
	return p < PAID_N && ret->kind->name != NULL;
}

static bool uses_card(const CrashRound *self)
{
	return self->payment != PAID_CASH;
}

bool crash_round_makes_sense(const CrashRound *self, const CrashShop *shop)
{
	DeviceFate device = self->kind->device;

	if (self->is_return && !shop->has_returns)
		return false;
	if (device == FISCAL_LOST && shop->protocol->lost == NULL)
		return false;
	return uses_card(self) || (device != TERMINAL_BYTE && device != TERMINAL_POWER);
}

/* --- the misfortune ------------------------------------------------------------------------- */

typedef struct {
	const CrashRound *round;
	CrashShop *shop;
	GRand *chance; /* owned */
	int64_t instant; /* monotonic µs: when what comes at any instant comes; 0: it has come */
	bool struck;
	bool till_died;
	int n_lines; /* that the till has acknowledged */
	char *said; /* owned: number of the receipt it said was paid, or NULL */
	guint n_receipts; /* in the journal before */
} Run;

static SimProcess *device_of(const Run *self)
{
	DeviceFate device = self->round->kind->device;

	return device == TERMINAL_BYTE || device == TERMINAL_POWER ? &self->shop->terminal
								   : &self->shop->fiscal;
}

static PowerCut power_cut(TillFate fate)
{
	switch (fate) {
	case TILL_DIES_BEFORE_SYNC:
		return POWER_CUT_BEFORE;
	case TILL_DIES_AFTER_SYNC:
		return POWER_CUT_AFTER;
	case TILL_DIES_IN_SYNC:
		return POWER_CUT_TORN;
	default:
		return POWER_STAYS;
	}
}

static void order_device(Run *self)
{
	const CrashRound *round = self->round;
	g_autofree char *line = NULL;
	const char *const *lost = self->shop->protocol->lost;

	if (round->kind->fault != NULL) {
		line = g_strdup_printf("fault %s=%d", round->kind->fault, round->n);
		sim_process_say(device_of(self), line);
	} else if (round->kind->device == FISCAL_LOST) {
		guint n = g_strv_length((char **)lost);

		sim_process_say(device_of(self), lost[(guint)(round->n - 1) % n]);
	}
}

static void order(Run *self)
{
	const CrashKind *kind = self->round->kind;

	sim_process_listen(device_of(self));
	order_device(self);
	till_process_order(&self->shop->till, power_cut(kind->till), self->round->n,
			   self->round->seed);
}

/* Once, at its instant. */
static void strike(Run *self)
{
	const CrashKind *kind = self->round->kind;
	CrashShop *shop = self->shop;

	self->instant = 0;
	if (kind->device == FISCAL_POWER || kind->device == TERMINAL_POWER)
		sim_process_switch_off(device_of(self));
	if (kind->till == TILL_DIES) {
		till_process_kill(&shop->till);
		self->till_died = true;
	}
	g_string_append(shop->story, "now\n");
	if (device_of(self)->pid == 0)
		sim_process_switch_on(device_of(self));
	self->struck = true;
}

static bool waits_for_instant(const CrashKind *kind)
{
	return kind->till == TILL_DIES || kind->device == FISCAL_POWER ||
	       kind->device == TERMINAL_POWER;
}

/* --- the sale ------------------------------------------------------------------------------- */

#define PATIENCE_US (20 * G_USEC_PER_SEC)

static void take_answer(Run *self, const char *step, const json_t *answer)
{
	const char *receipt = json_string_value(json_object_get(answer, "receipt"));

	if (json_is_true(json_object_get(answer, "ok")) && g_str_has_prefix(step, "scan"))
		self->n_lines++;
	if (receipt != NULL && self->said == NULL)
		self->said = g_strdup(receipt);
}

static TillHeard hear(Run *self, json_t **answer)
{
	TillProcess *till = &self->shop->till;
	TillHeard heard = TILL_SILENT;

	if (self->instant != 0) {
		int64_t left = self->instant - g_get_monotonic_time();

		heard = till_process_hear(till, MAX(left, 0), answer);
		if (heard != TILL_SILENT)
			return heard;
		strike(self);
	}
	return till->pid != 0 ? till_process_hear(till, PATIENCE_US, answer) : TILL_DIED;
}

/* False where the script cannot go on. */
static bool step(Run *self, const char *text)
{
	json_auto_t *answer = NULL;
	TillHeard heard;

	till_process_send(&self->shop->till, text);
	heard = hear(self, &answer);
	g_string_append_printf(
		self->shop->story, "%s -> %s%s%s\n", text,
		heard == TILL_ANSWERED ? ""
		: heard == TILL_DIED   ? "died"
				       : "silent",
		answer != NULL ? json_string_value(json_object_get(answer, "state")) : "",
		answer != NULL && !json_is_true(json_object_get(answer, "ok")) ? ", not done" : "");
	if (heard == TILL_DIED && !self->till_died)
		self->till_died = self->struck = true;
	if (heard == TILL_SILENT)
		return crash_shop_fail(self->shop, "no answer to '%s'", text);
	if (heard == TILL_DIED)
		return false;
	take_answer(self, text, answer);
	return json_is_true(json_object_get(answer, "ok"));
}

/* Sums differ from round to round, or one sale lost and another made twice would look right. */
static void sell(Run *self)
{
	static const char *const payments[PAID_N][3] = {
		[PAID_CASH] = { "pay cash 10000" },
		[PAID_CARD] = { "pay card" },
		[PAID_MIXED] = { "pay card 10.50", "pay cash" },
	};
	g_autofree char *bread =
		g_strdup_printf("scan %d*" BREAD, g_rand_int_range(self->chance, 1, 90));
	const char *const *payment = payments[self->round->payment];

	if (!step(self, bread) || !step(self, "scan " MILK))
		return;
	while (*payment != NULL && step(self, *payment))
		payment++;
}

/* How long such a sale takes when nothing happens; learned as they go by. */
static int64_t typical_us[PAID_N] = { 30000, 30000, 50000 };

static void set_instant(Run *self)
{
	int64_t typical = typical_us[self->round->payment];

	if (waits_for_instant(self->round->kind))
		self->instant = g_get_monotonic_time() +
				g_rand_int_range(self->chance, 0, (int)(typical * 5 / 4));
}

/* --- after it ------------------------------------------------------------------------------- */

/* The byte itself is in the simulator's log, but for one that was never sent. */
static bool has_struck(Run *self)
{
	const CrashRound *round = self->round;
	const char *fault = round->kind->fault;
	SimTraffic traffic = sim_process_listen(device_of(self));

	if (self->struck || round->kind->device == FISCAL_LOST)
		return true;
	if (fault == NULL)
		return false;
	if (strcmp(fault, "mute") == 0)
		return traffic.out + 1 >= round->n;
	if (g_str_has_suffix(fault, "_in") || strcmp(fault, "deaf") == 0)
		return traffic.in >= round->n;
	return traffic.breaks > 0 || traffic.out >= round->n;
}

static void mend(Run *self)
{
	sim_process_say(&self->shop->fiscal, "hear");
	sim_process_say(&self->shop->terminal, "hear");
	till_process_order(&self->shop->till, POWER_STAYS, 0, 0);
	if (self->round->kind->again && self->till_died)
		till_process_order(
			&self->shop->till,
			(PowerCut)g_rand_int_range(self->chance, POWER_CUT_BEFORE, POWER_N_CUTS),
			g_rand_int_range(self->chance, 1, 12), self->round->seed);
}

/* What the till acknowledged is there, and nothing was sold that nobody asked for. */
static bool check_said(Run *self)
{
	CrashShop *shop = self->shop;
	guint n_new = shop->book->receipts->len - self->n_receipts;

	if (self->said != NULL && !g_hash_table_contains(shop->book->numbers, self->said))
		return crash_shop_fail(shop, "%s was paid and is not in the journal", self->said);
	if (n_new > 1 || (n_new == 0 && self->n_lines > 0))
		return crash_shop_fail(shop, "%u receipts of one sale", n_new);
	return true;
}

static bool run(Run *self, CrashResult *ret)
{
	CrashShop *shop = self->shop;
	int64_t began = g_get_monotonic_time();

	order(self);
	set_instant(self);
	sell(self);
	if (shop->failure != NULL)
		return false;
	ret->struck = has_struck(self);
	if (!ret->struck)
		typical_us[self->round->payment] =
			(typical_us[self->round->payment] * 7 + g_get_monotonic_time() - began) / 8;
	mend(self);
	return crash_shop_settle(shop) && crash_shop_check(shop, &ret->verdict) && check_said(self);
}

bool crash_round_run(const CrashRound *self, CrashShop *shop, CrashResult *ret)
{
	Run state = { .round = self,
		      .shop = shop,
		      .chance = g_rand_new_with_seed(self->seed),
		      .n_receipts = shop->book->receipts->len };
	bool ok;

	*ret = (CrashResult){ 0 };
	g_string_truncate(shop->story, 0);
	ok = run(&state, ret);
	g_rand_free(state.chance);
	g_free(state.said);
	return ok;
}
