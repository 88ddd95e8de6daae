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

#define SHOP_ROUNDS 150 /* then a new one: the simulators' memories grow */
#define N_WORKERS_MAX 8

typedef struct {
	int rounds, cuts, lost, doubled, receipts, documents, card_payments, charges, misbilled;
	int unseen; /* doubts that nobody was told of */
	int told; /* doubts that the till has told of */
	int restarts, failures;
} Tally;

/* In memory shared with the workers, a row each. */
static Tally *tallies;
static int cuts_wanted = 300, n_workers;
static uint32_t seed;

/* --- one worker ----------------------------------------------------------------------------- */

typedef struct {
	const CrashProtocol *protocol;
	int worker;
	Tally *tally;
	GRand *chance;
	CrashShop *shop;
	int shop_rounds;
	int64_t next; /* place in the walk over kinds, payments and sale or return */
	int *n; /* of each of them, the next sync or byte */
	CrashRound only; /* .kind not NULL: this and no other */
} Worker;

static int count_kinds(void)
{
	int n = 0;

	while (crash_kinds[n].name != NULL)
		n++;
	return n;
}

static void add_books(Worker *self, const BookVerdict *verdict)
{
	const CrashBook *book = self->shop->book;

	self->tally->receipts += (int)book->receipts->len;
	self->tally->card_payments += (int)book->charges->len;
	self->tally->documents += verdict->documents;
	self->tally->charges += verdict->charges;
	self->tally->lost += verdict->lost;
	self->tally->doubled += verdict->doubled;
	self->tally->misbilled += verdict->uncharged + verdict->overcharged;
}

static void report(Worker *self, const char *round)
{
	CrashShop *shop = self->shop;

	self->tally->failures++;
	g_printerr("# FAILED %s: %s\n# after \"%s\"; once more: BARAA_CRASH_ROUND=\"%s %s\"\n"
		   "# kept: %s and %s\n%s\n",
		   shop->protocol->name, shop->failure, round, shop->protocol->name, round,
		   shop->directory, shop->devices, shop->story->str);
}

static void close_shop(Worker *self, const char *round, const BookVerdict *verdict)
{
	add_books(self, verdict);
	self->tally->restarts += self->shop->restarts;
	if (self->shop->failure == NULL)
		crash_shop_close(self->shop);
	if (self->shop->failure != NULL)
		report(self, round);
	g_clear_pointer(&self->shop, crash_shop_free);
}

/* The next one that makes sense; its n goes on from worker to worker. */
static CrashRound choose(Worker *self)
{
	int n_kinds = count_kinds(), n_all = n_kinds * PAID_N * 2;
	CrashRound round;
	int place;

	if (self->only.kind != NULL)
		return self->only;
	do {
		place = (int)(self->next++ % n_all);
		round = (CrashRound){ .kind = &crash_kinds[place % n_kinds],
				      .payment = (CrashPayment)(place / n_kinds % PAID_N),
				      .is_return = place / n_kinds >= PAID_N,
				      .seed = g_rand_int(self->chance) };
	} while (!crash_round_makes_sense(&round, self->shop));
	round.n = self->n[place] * n_workers + self->worker + 1;
	self->n[place]++;
	return round;
}

/* At its end the walk begins anew. */
static void walk_on(Worker *self, const CrashRound *round, bool struck)
{
	int n_kinds = count_kinds();
	int place = (int)(round->kind - crash_kinds) +
		    n_kinds * ((int)round->payment + (round->is_return ? PAID_N : 0));

	if (!struck)
		self->n[place] = 0;
}

static bool run_round(Worker *self)
{
	CrashRound round;
	CrashResult result = { 0 };
	g_autofree char *name = NULL;
	bool ok;

	if (self->shop == NULL) {
		self->shop = crash_shop_new(self->protocol, false);
		self->shop_rounds = 0;
	}
	round = choose(self);
	name = crash_round_describe(&round);

	ok = crash_round_run(&round, self->shop, &result);
	walk_on(self, &round, result.struck);
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
		sum += tallies[i].cuts;
	return sum;
}

static void work(Worker *self)
{
	BookVerdict verdict = { 0 };

	self->chance = g_rand_new_with_seed(seed + (uint32_t)self->worker);
	self->n = g_new0(int, count_kinds() * PAID_N * 2);
	/* Workers begin at different places. */
	self->next = (int64_t)count_kinds() * self->worker;
	while (sum_cuts() < cuts_wanted && self->tally->failures < 3)
		run_round(self);
	if (self->shop == NULL)
		return;
	crash_shop_check(self->shop, &verdict);
	close_shop(self, "the end", &verdict);
}

/* --- all of them ---------------------------------------------------------------------------- */

static bool is_kept(int i)
{
	return tallies[i].failures == 0;
}

static void start_workers(const CrashProtocol *protocol, const CrashRound *only)
{
	pid_t pids[N_WORKERS_MAX];

	memset(tallies, 0, sizeof(Tally) * (size_t)n_workers);
	for (int i = 0; i < n_workers; i++) {
		pids[i] = child_fork(STDERR_FILENO + 1, STDERR_FILENO + 2);
		if (pids[i] == 0) {
			Worker worker = { .protocol = protocol,
					  .worker = i,
					  .tally = &tallies[i],
					  .only = *only };

			signal(SIGPIPE, SIG_IGN);
			work(&worker);
			_exit(0);
		}
	}
	for (int i = 0; i < n_workers; i++) {
		int status = child_reap(pids[i]);

		if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
			tallies[i].failures++;
	}
}

static Tally add_up(void)
{
	Tally all = { 0 };

	for (int i = 0; i < n_workers; i++) {
		const int *row = (const int *)&tallies[i];

		for (size_t j = 0; j < sizeof(Tally) / sizeof(int); j++)
			((int *)&all)[j] += row[j];
	}
	return all;
}

static void tell(const CrashProtocol *protocol, const Tally *all, int64_t took)
{
	g_test_message("TALLY %s: %d rounds, %d cuts, %d restarts of the till: %d receipts, %d "
		       "documents, %d lost, %d doubled; %d card payments, %d charges, %d wrong; %d "
		       "doubts unseen, %d told; %.1f rounds a second",
		       protocol->name, all->rounds, all->cuts, all->restarts, all->receipts,
		       all->documents, all->lost, all->doubled, all->card_payments, all->charges,
		       all->misbilled, all->unseen, all->told,
		       (double)all->rounds * G_USEC_PER_SEC / (double)MAX(took, 1));
}

static void run_protocol(const CrashProtocol *protocol, const CrashRound *only)
{
	int64_t began = g_get_monotonic_time();
	Tally all;

	start_workers(protocol, only);
	all = add_up();
	tell(protocol, &all, g_get_monotonic_time() - began);
	for (int i = 0; i < n_workers; i++)
		g_assert_true(is_kept(i));
	g_assert_cmpint(all.cuts, >=, cuts_wanted);
	g_assert_cmpint(all.lost + all.doubled + all.misbilled + all.unseen, ==, 0);
	g_assert_cmpint(all.receipts, ==, all.documents);
	g_assert_cmpint(all.card_payments, ==, all.charges);
}

static void test_protocol(gconstpointer data)
{
	run_protocol(data, &(CrashRound){ 0 });
}

static void test_one_round(void)
{
	const char *text = g_getenv("BARAA_CRASH_ROUND");
	g_auto(GStrv) words = g_strsplit(text, " ", 2);
	CrashRound only;

	g_assert_nonnull(words[1]);
	g_assert_true(crash_round_parse(words[1], &only));
	for (int i = 0; crash_protocols[i].name != NULL; i++)
		if (strcmp(crash_protocols[i].name, words[0]) == 0)
			run_protocol(&crash_protocols[i], &only);
}

static void add_protocols(int cuts)
{
	int n = 0;

	for (int i = 0; crash_protocols[i].name != NULL; i++)
		n += crash_protocol_is_there(&crash_protocols[i]);
	cuts_wanted = (cuts + n - 1) / MAX(n, 1);
	for (int i = 0; crash_protocols[i].name != NULL; i++) {
		g_autofree char *path = g_strconcat("/crash/", crash_protocols[i].name, NULL);

		if (crash_protocol_is_there(&crash_protocols[i]))
			g_test_add_data_func(path, &crash_protocols[i], test_protocol);
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
	tallies = mmap(NULL, sizeof(Tally) * N_WORKERS_MAX, PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	g_assert_true(tallies != MAP_FAILED);
	if (g_getenv("BARAA_CRASH_ROUND") == NULL) {
		add_protocols(cuts);
	} else {
		cuts_wanted = 100;
		g_test_add_func("/crash/one-round", test_one_round);
	}
	return g_test_run();
}
