/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/crash/child.h"
#include "tests/crash/crash_round.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* The till under a script with a registrar and a card terminal, and the power, the cables and the
 * answers taken away from it. usage: crash_run CUTS [GTest's options]; --seed repeats all but what
 * hangs on the clock. $BARAA_CRASH_ROUND, as a failed round prints it, is run alone and a hundred
 * times over. */

#define SHOP_ROUNDS 60 /* then a new one: the simulators write all of their memories each time */
#define N_WORKERS_MAX 8

/* So many shops have the program itself, which takes longer to start; the others fork. */
#define PROGRAM_EVERY 8

typedef struct {
	int rounds, cuts, lost, doubled, receipts, documents, card_payments, charges, misbilled;
	int unseen; /* of the doubled: those that nobody was told of */
	int told; /* doubts that the till tells of */
	int verified; /* shops whose whole journal `baraa verify` has proven at their end */
	int restarts, program_restarts, failures;
} Tally;

#define ONE_ROUND_TIMES 100 /* by each worker */

/* In memory shared with the workers. */
static struct {
	Tally tallies[N_WORKERS_MAX];
	/* Of each kind, how far its walk over syncs or bytes has come, and how often it came to the
	 * end. That of the card terminal goes on from protocol to protocol. */
	int n[CRASH_KINDS_MAX], misses[CRASH_KINDS_MAX], visits[CRASH_KINDS_MAX];
	int farthest[CRASH_KINDS_MAX], times_round[CRASH_KINDS_MAX];
} * shared;
static int cuts_of_each, cuts_wanted = 300, n_workers;
static uint32_t seed;

/* --- one worker ----------------------------------------------------------------------------- */

typedef struct {
	const CrashProtocol *protocol;
	int worker;
	Tally *tally;
	GRand *chance;
	CrashShop *shop;
	int shop_rounds, n_shops;
	CrashRound only; /* .kind not NULL: this and no other */
} Worker;

static void add_books(Worker *self, const BookVerdict *verdict)
{
	const CrashBook *book = self->shop->book;

	self->tally->receipts += verdict->receipts;
	self->tally->card_payments += (int)book->charges->len;
	self->tally->documents += verdict->documents;
	self->tally->charges += verdict->charges;
	self->tally->lost += verdict->lost;
	self->tally->doubled += verdict->doubled;
	self->tally->unseen += verdict->unseen;
	self->tally->told += book->n_told;
	self->tally->misbilled += verdict->uncharged + verdict->overcharged;
}

static void report(Worker *self, const char *round)
{
	CrashShop *shop = self->shop;

	self->tally->failures++;
	g_printerr("# FAILED %s: %s\n# after \"%s\"; once more: BARAA_CRASH_ROUND=\"%s %s\"\n"
		   "# kept: %s and %s\n%s\n",
		   shop->protocol->title, shop->failure, round, shop->protocol->title, round,
		   shop->directory, shop->devices, shop->story->str);
}

static void close_shop(Worker *self, const char *round, const BookVerdict *verdict)
{
	add_books(self, verdict);
	self->tally->restarts += self->shop->restarts;
	if (self->shop->till.program != NULL)
		self->tally->program_restarts += self->shop->restarts;
	if (self->shop->failure == NULL)
		self->tally->verified += crash_shop_close(self->shop);
	if (self->shop->failure != NULL)
		report(self, round);
	g_clear_pointer(&self->shop, crash_shop_free);
}

static const CrashKind *choose_kind(GRand *chance)
{
	int all = 0, i = 0, place;

	for (int k = 0; crash_kinds[k].name != NULL; k++)
		all += crash_kinds[k].share;
	place = g_rand_int_range(chance, 0, all);
	for (; place >= crash_kinds[i].share; i++)
		place -= crash_kinds[i].share;
	return &crash_kinds[i];
}

/* The requests of a web service are thousands of bytes: every seventh, and each time round others.
 */
#define HTTP_STRIDE 7

static int place_of_walk(const Worker *self, int kind)
{
	int n = g_atomic_int_add(&shared->n[kind], 1);
	int times = g_atomic_int_get(&shared->times_round[kind]);

	if (crash_kinds[kind].device == FISCAL_BYTE && self->protocol->cable == CABLE_HTTP)
		return n * HTTP_STRIDE + times % HTTP_STRIDE + 1;
	return n + 1;
}

/* Sale or return, paid so or so: by turns. */
static CrashRound choose(Worker *self)
{
	CrashRound round;
	int place;

	if (self->only.kind != NULL)
		return self->only;
	do {
		round = (CrashRound){ .kind = choose_kind(self->chance),
				      .seed = g_rand_int(self->chance) };
		place = (int)(round.kind - crash_kinds);
		round.n = g_atomic_int_add(&shared->visits[place], 1);
		round.payment = (CrashPayment)(round.n % PAID_N);
		round.is_return = round.n / PAID_N % 2 == 1 && self->shop->has_returns;
	} while (!crash_round_makes_sense(&round, self->shop));
	round.n = place_of_walk(self, place);
	return round;
}

/* Behind the end of the longest of them the walk begins anew. */
static void walk_on(const CrashRound *round, bool struck)
{
	int place = (int)(round->kind - crash_kinds);

	if (struck) {
		g_atomic_int_set(&shared->misses[place], 0);
		g_atomic_int_set(&shared->farthest[place],
				 MAX(g_atomic_int_get(&shared->farthest[place]), round->n));
	} else if (g_atomic_int_add(&shared->misses[place], 1) + 1 == 2 * PAID_N) {
		g_atomic_int_set(&shared->n[place], 0);
		g_atomic_int_inc(&shared->times_round[place]);
	}
}

static bool run_round(Worker *self)
{
	CrashResult result = { 0 };
	CrashRound round;
	g_autofree char *name = NULL;
	bool ok;

	if (self->shop == NULL) {
		self->shop =
			crash_shop_new(self->protocol, self->n_shops++ % PROGRAM_EVERY == 0, false);
		self->shop_rounds = 0;
		if (self->shop->failure != NULL) {
			close_shop(self, "the beginning", &result.verdict);
			return false;
		}
	}
	round = choose(self);
	name = crash_round_describe(&round);

	ok = crash_round_run(&round, self->shop, &result);
	walk_on(&round, result.struck);
	self->tally->rounds++;
	self->tally->cuts += result.struck;
	if (!ok || ++self->shop_rounds >= SHOP_ROUNDS)
		close_shop(self, name, &result.verdict);
	return ok;
}

static int sum_cuts(void)
{
	int sum = 0;

	for (int i = 0; i < n_workers; i++)
		sum += shared->tallies[i].cuts;
	return sum;
}

static bool is_enough(const Worker *self)
{
	return self->only.kind != NULL ? self->tally->rounds >= ONE_ROUND_TIMES
				       : sum_cuts() >= cuts_wanted;
}

static void work(Worker *self)
{
	BookVerdict verdict = { 0 };

	self->chance = g_rand_new_with_seed(seed + (uint32_t)self->worker);
	while (!is_enough(self) && self->tally->failures < 3)
		run_round(self);
	if (self->shop == NULL)
		return;
	crash_shop_check(self->shop, &verdict);
	close_shop(self, "the end", &verdict);
}

/* --- all of them ---------------------------------------------------------------------------- */

static bool is_kept(int i)
{
	return shared->tallies[i].failures == 0;
}

static void start_workers(const CrashProtocol *protocol, const CrashRound *only)
{
	pid_t pids[N_WORKERS_MAX];

	memset(shared->tallies, 0, sizeof shared->tallies);
	for (int i = 0; crash_kinds[i].name != NULL; i++)
		if (crash_kinds[i].device != TERMINAL_BYTE)
			shared->n[i] = shared->farthest[i] = shared->times_round[i] = 0;
	for (int i = 0; i < n_workers; i++) {
		pids[i] = child_fork((const int[]){ -1 });
		if (pids[i] == 0) {
			Worker worker = { .protocol = protocol,
					  .worker = i,
					  .tally = &shared->tallies[i],
					  .only = *only };

			signal(SIGPIPE, SIG_IGN);
			work(&worker);
			_exit(0);
		}
	}
	for (int i = 0; i < n_workers; i++) {
		int status = child_reap(pids[i]);

		if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
			shared->tallies[i].failures++;
	}
}

static Tally add_up(void)
{
	Tally all = { 0 };

	for (int i = 0; i < n_workers; i++) {
		const int *row = (const int *)&shared->tallies[i];

		for (size_t j = 0; j < sizeof(Tally) / sizeof(int); j++)
			((int *)&all)[j] += row[j];
	}
	return all;
}

static void tell(const CrashProtocol *protocol, const Tally *all, int64_t took)
{
	g_test_message("TALLY %s: %d rounds, %d cuts, %d restarts of the till (%d of the program "
		       "itself): %d receipts, %d "
		       "documents, %d lost, %d doubled; %d card payments, %d charges, %d wrong; %d "
		       "doubled unseen, %d doubts told; %d journals verified; %.1f rounds a second",
		       protocol->title, all->rounds, all->cuts, all->restarts,
		       all->program_restarts, all->receipts, all->documents, all->lost,
		       all->doubled, all->card_payments, all->charges, all->misbilled, all->unseen,
		       all->told, all->verified,
		       (double)all->rounds * G_USEC_PER_SEC / (double)MAX(took, 1));
}

/* How far the walks came: to which sync or byte, and how often all the way round. */
static void tell_walks(const CrashProtocol *protocol)
{
	static const char *const kinds[] = { "sync-before",   "sync-after",	"sync-torn",
					     "fiscal-cut-in", "fiscal-cut-out", "card-cut-in",
					     "card-cut-out" };
	g_autoptr(GString) text = g_string_new(NULL);

	for (int i = 0; crash_kinds[i].name != NULL; i++)
		for (size_t j = 0; j < G_N_ELEMENTS(kinds); j++)
			if (strcmp(crash_kinds[i].name, kinds[j]) == 0)
				g_string_append_printf(text, " %s %d (%d times)", kinds[j],
						       shared->farthest[i], shared->times_round[i]);
	g_test_message("TALLY %s walked to:%s", protocol->title, text->str);
}

static void run_protocol(const CrashProtocol *protocol, const CrashRound *only)
{
	int64_t began = g_get_monotonic_time();
	Tally all;

	start_workers(protocol, only);
	all = add_up();
	tell(protocol, &all, g_get_monotonic_time() - began);
	tell_walks(protocol);
	for (int i = 0; i < n_workers; i++)
		g_assert_true(is_kept(i));
	g_assert_true(only->kind != NULL || all.cuts >= cuts_wanted);
	g_assert_cmpint(all.verified, >, 0);
	g_assert_cmpint(all.lost + all.misbilled + all.unseen, ==, 0);
	if (!protocol->may_doubt)
		g_assert_cmpint(all.doubled, ==, 0);
	g_assert_cmpint(all.receipts + all.doubled, ==, all.documents);
	g_assert_cmpint(all.card_payments, ==, all.charges);
}

static void test_protocol(gconstpointer data)
{
	const CrashProtocol *tested = data;

	/* The cuts that were asked for are shared by those that can be asked; the others come on
	 * top. */
	cuts_wanted = tested->may_doubt ? (cuts_of_each + 2) / 3 : cuts_of_each;
	run_protocol(data, &(CrashRound){ 0 });
}

/* What is said where the till does not flush: a test that cannot fail proves nothing. */
static void find_pretended_flushes(bool as_program)
{
	g_autoptr(GRand) chance = g_rand_new_with_seed(seed);
	CrashShop *shop = crash_shop_new(&crash_protocols[0], as_program, true);
	CrashResult result;

	g_assert_cmpstr(shop->failure, ==, NULL);
	for (int i = 1; i <= 20 && shop->failure == NULL; i++) {
		CrashRound round = { .kind = &crash_kinds[i % 3],
				     .n = g_rand_int_range(chance, 5, 25),
				     .seed = g_rand_int(chance) };

		crash_round_run(&round, shop, &result);
	}
	g_test_message("%s", shop->failure);
	g_assert_nonnull(shop->failure);
	crash_shop_free(shop);
}

static void test_pretended_flushes_are_found(void)
{
	find_pretended_flushes(false);
	find_pretended_flushes(true);
}

static void test_not_in_this_build(void)
{
	g_test_skip("no driver, or no simulator, in this build");
}

static void test_one_round(void)
{
	const char *text = g_getenv("BARAA_CRASH_ROUND");
	g_auto(GStrv) words = g_strsplit(text, " ", 2);
	CrashRound only;

	g_assert_nonnull(words[1]);
	g_assert_true(crash_round_parse(words[1], &only));
	for (int i = 0; crash_protocols[i].title != NULL; i++)
		if (strcmp(crash_protocols[i].title, words[0]) == 0)
			run_protocol(&crash_protocols[i], &only);
}

static void add_protocols(int cuts)
{
	int n = 0;

	for (int i = 0; crash_protocols[i].title != NULL; i++)
		n += crash_protocol_is_there(&crash_protocols[i]) && !crash_protocols[i].may_doubt;
	cuts_of_each = (cuts + n - 1) / MAX(n, 1);
	g_test_add_func("/crash/pretended-flushes-are-found", test_pretended_flushes_are_found);
	for (int i = 0; crash_protocols[i].title != NULL; i++) {
		g_autofree char *path = g_strconcat("/crash/", crash_protocols[i].title, NULL);

		if (crash_protocol_is_there(&crash_protocols[i]))
			g_test_add_data_func(path, &crash_protocols[i], test_protocol);
		else
			g_test_add_func(path, test_not_in_this_build);
	}
}

int main(int argc, char **argv)
{
	int cuts;

	/* Memory, where there is some to write to: what is flushed is flushed by the disk under
	 * test, and need not wait for a real one. */
	if (g_getenv("TMPDIR") == NULL && access("/dev/shm", W_OK) == 0)
		g_setenv("TMPDIR", "/dev/shm", true);
	g_test_init(&argc, &argv, NULL);
	cuts = argc > 1 ? atoi(argv[1]) : cuts_wanted;
	n_workers = CLAMP((int)g_get_num_processors(), 1, N_WORKERS_MAX);
	seed = (uint32_t)g_test_rand_int();
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	g_assert_true(shared != MAP_FAILED);
	if (g_getenv("BARAA_CRASH_ROUND") == NULL)
		add_protocols(cuts);
	else
		g_test_add_func("/crash/one-round", test_one_round);
	return g_test_run();
}
