/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/crash/crash_round.h"

#include "tests/session/shop.h"

#include <string.h>

#define KIND(title, of_all, till_fate, device_fate)                                                \
	{                                                                                          \
		.name = title, .share = of_all, .till = till_fate, .device = device_fate,          \
		.fault = NULL, .again = false,                                                     \
	}
#define TWICE(title, of_all, till_fate, device_fate)                                               \
	{                                                                                          \
		.name = title, .share = of_all, .till = till_fate, .device = device_fate,          \
		.fault = NULL, .again = true,                                                      \
	}
#define CABLE(title, of_all, till_fate, device_fate, spec)                                         \
	{                                                                                          \
		.name = title, .share = of_all, .till = till_fate, .device = device_fate,          \
		.fault = spec, .again = false,                                                     \
	}

/* Shares are as there are instants to be tried: of a serial dialogue each byte either way is cut
 * within two thousand rounds. */
const CrashKind crash_kinds[] = {
	KIND("sync-before", 8, TILL_DIES_BEFORE_SYNC, DEVICE_LIVES),
	KIND("sync-after", 8, TILL_DIES_AFTER_SYNC, DEVICE_LIVES),
	KIND("sync-torn", 8, TILL_DIES_IN_SYNC, DEVICE_LIVES),
	TWICE("sync-before-twice", 4, TILL_DIES_BEFORE_SYNC, DEVICE_LIVES),
	TWICE("sync-after-twice", 4, TILL_DIES_AFTER_SYNC, DEVICE_LIVES),
	KIND("killed", 8, TILL_DIES, DEVICE_LIVES),
	TWICE("killed-twice", 4, TILL_DIES, DEVICE_LIVES),

	CABLE("fiscal-cut-in", 50, TILL_LIVES, FISCAL_BYTE, "cut_in"),
	CABLE("fiscal-cut-out", 32, TILL_LIVES, FISCAL_BYTE, "cut_out"),
	CABLE("fiscal-lose-in", 4, TILL_LIVES, FISCAL_BYTE, "lose_in"),
	CABLE("fiscal-lose-out", 4, TILL_LIVES, FISCAL_BYTE, "lose_out"),
	CABLE("fiscal-flip-in", 3, TILL_LIVES, FISCAL_BYTE, "flip_in"),
	CABLE("fiscal-flip-out", 3, TILL_LIVES, FISCAL_BYTE, "flip_out"),
	CABLE("fiscal-twice-out", 3, TILL_LIVES, FISCAL_BYTE, "twice_out"),
	CABLE("fiscal-mute", 2, TILL_LIVES, FISCAL_BYTE, "mute"),
	CABLE("fiscal-deaf", 2, TILL_LIVES, FISCAL_BYTE, "deaf"),
	CABLE("fiscal-late", 3, TILL_LIVES, FISCAL_BYTE, "late_out"),
	CABLE("card-cut-in", 4, TILL_LIVES, TERMINAL_BYTE, "cut_in"),
	CABLE("card-cut-out", 16, TILL_LIVES, TERMINAL_BYTE, "cut_out"),
	CABLE("card-lose-in", 1, TILL_LIVES, TERMINAL_BYTE, "lose_in"),
	CABLE("card-lose-out", 1, TILL_LIVES, TERMINAL_BYTE, "lose_out"),
	CABLE("card-mute", 1, TILL_LIVES, TERMINAL_BYTE, "mute"),
	CABLE("card-deaf", 1, TILL_LIVES, TERMINAL_BYTE, "deaf"),

	KIND("fiscal-power", 4, TILL_LIVES, FISCAL_POWER),
	KIND("card-power", 4, TILL_LIVES, TERMINAL_POWER),
	KIND("answer-lost", 4, TILL_LIVES, FISCAL_LOST),

	CABLE("fiscal-cut-in-killed", 6, TILL_DIES, FISCAL_BYTE, "cut_in"),
	CABLE("fiscal-cut-out-killed", 6, TILL_DIES, FISCAL_BYTE, "cut_out"),
	CABLE("fiscal-cut-out-sync", 6, TILL_DIES_AFTER_SYNC, FISCAL_BYTE, "cut_out"),
	CABLE("card-cut-out-killed", 6, TILL_DIES, TERMINAL_BYTE, "cut_out"),
	KIND("fiscal-power-killed", 4, TILL_DIES, FISCAL_POWER),
	KIND("fiscal-power-sync", 4, TILL_DIES_AFTER_SYNC, FISCAL_POWER),
	KIND("card-power-killed", 4, TILL_DIES, TERMINAL_POWER),
	KIND("all-power", 6, TILL_DIES, ALL_POWER),
	TWICE("all-power-twice", 4, TILL_DIES, ALL_POWER),
	KIND("answer-lost-killed", 4, TILL_DIES, FISCAL_LOST),
	TWICE("answer-lost-killed-twice", 4, TILL_DIES, FISCAL_LOST),
	KIND("answer-lost-sync", 4, TILL_DIES_BEFORE_SYNC, FISCAL_LOST),
	{ .name = NULL },
};
G_STATIC_ASSERT(G_N_ELEMENTS(crash_kinds) <= CRASH_KINDS_MAX);

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

/* Of real time: up to two of a byte's time-outs of a till whose seconds are quick. */
#define LATE_MS_MAX 50

static void order_device(Run *self)
{
	const CrashRound *round = self->round;
	const CrashProtocol *protocol = self->shop->protocol;
	const char *const *lost = round->is_return ? protocol->lost_return : protocol->lost;
	g_autofree char *line = NULL;

	if (g_strcmp0(round->kind->fault, "late_out") == 0)
		line = g_strdup_printf("fault late_out=%d", round->n % LATE_MS_MAX + 1);
	else if (round->kind->fault != NULL)
		line = g_strdup_printf("fault %s=%d", round->kind->fault, round->n);
	else if (round->kind->device == FISCAL_LOST)
		line = g_strdup_printf("fault %s",
				       lost[(round->n - 1) % (int)g_strv_length((char **)lost)]);
	if (line != NULL)
		sim_process_say(device_of(self), line);
}

/* Where it is the cable that is walked along, the sync is any. */
#define SYNCS_OF_A_SALE 24

static void order(Run *self)
{
	const CrashRound *round = self->round;
	bool walks_cable = round->kind->fault != NULL || round->kind->device == FISCAL_LOST;
	int sync = walks_cable ? g_rand_int_range(self->chance, 1, SYNCS_OF_A_SALE) : round->n;

	sim_process_listen(device_of(self));
	order_device(self);
	till_process_order(&self->shop->till, power_cut(round->kind->till), sync, round->seed);
}

/* Once, at its instant. */
static void strike(Run *self)
{
	const CrashKind *kind = self->round->kind;
	CrashShop *shop = self->shop;

	self->instant = 0;
	if (kind->device == FISCAL_POWER || kind->device == ALL_POWER)
		sim_process_switch_off(&shop->fiscal);
	if (kind->device == TERMINAL_POWER || kind->device == ALL_POWER)
		sim_process_switch_off(&shop->terminal);
	if (kind->till == TILL_DIES && shop->till.pid != 0) {
		till_process_kill(&shop->till);
		self->till_died = true;
	}
	g_string_append(shop->story, "now\n");
	if (shop->fiscal.pid == 0)
		sim_process_switch_on(&shop->fiscal);
	if (shop->terminal.pid == 0)
		sim_process_switch_on(&shop->terminal);
	self->struck = true;
}

static bool waits_for_instant(const CrashKind *kind)
{
	return kind->till == TILL_DIES || kind->device == FISCAL_POWER ||
	       kind->device == TERMINAL_POWER || kind->device == ALL_POWER;
}

/* --- the sale ------------------------------------------------------------------------------- */

#define PATIENCE_US (20 * G_USEC_PER_SEC)

static void take_answer(Run *self, const char *step, const json_t *answer)
{
	const char *receipt = json_string_value(json_object_get(answer, "receipt"));

	if (json_is_true(json_object_get(answer, "ok")) && g_str_has_prefix(step, "-scan"))
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
		: heard == TILL_SILENT ? "silent"
				       : "died",
		answer != NULL ? json_string_value(json_object_get(answer, "state")) : "",
		answer != NULL && !json_is_true(json_object_get(answer, "ok")) ? ", not done" : "");
	if (heard == TILL_DIED && !self->till_died)
		self->till_died = self->struck = true;
	if (heard == TILL_ENDED)
		return crash_shop_fail(self->shop, "the till ended by itself after '%s'", text);
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
		[PAID_CASH] = { "-pay cash 10000" },
		[PAID_CARD] = { "-pay card" },
		[PAID_MIXED] = { "-pay card 10.50", "-pay cash" },
	};
	g_autofree char *bread =
		g_strdup_printf("-scan %d*" BREAD, g_rand_int_range(self->chance, 1, 90));
	const char *const *payment = payments[self->round->payment];

	if (!step(self, bread) || !step(self, "-scan " MILK))
		return;
	while (*payment != NULL && step(self, *payment))
		payment++;
}

/* The last sale that was paid so; the first time there is none yet. */
static const char *find_sale(const Run *self)
{
	CrashPayment payment = self->round->payment;

	if (!self->round->is_return)
		return NULL;
	return crash_book_find_sale(self->shop->book, payment != PAID_CARD, payment != PAID_CASH);
}

static void act(Run *self)
{
	const char *sale = find_sale(self);
	g_autofree char *give_back = sale != NULL ? g_strconcat("-return ", sale, NULL) : NULL;

	if (give_back != NULL)
		step(self, give_back);
	else
		sell(self);
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
	if (strcmp(fault, "late_out") == 0)
		return true;
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

	if (self->said != NULL && !crash_book_has(shop->book, self->said))
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
	act(self);
	if (shop->failure != NULL)
		return false;
	ret->struck = has_struck(self);
	if (!ret->struck)
		typical_us[self->round->payment] =
			(typical_us[self->round->payment] * 7 + g_get_monotonic_time() - began) / 8;
	mend(self);
	if (!crash_shop_settle(shop))
		return false;
	/* A second cut that the recovery had no use for. */
	till_process_order(&shop->till, POWER_STAYS, 0, 0);
	return crash_shop_check(shop, &ret->verdict) && check_said(self);
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
