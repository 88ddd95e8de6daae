/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/meet/fiscal_desk.h"
#include "tests/devices/meet/sweep.h"

#include "tests/crash/quick_time.h"

#include <string.h>

/* Sale, return, cash out and Z over a bad cable, as the till's engine makes them: where a step
 * fails it asks, over the same cable, and over a good one where that was in vain. What it then says
 * is what the book has, and a till that goes on from there makes each of them once. usage: PROTOCOL
 * … */

enum { N_THREADS = 96, ASKED_TIMES = 4, HTTP_QUICK = 6 };

typedef struct {
	const FiscalProtocol *protocol;
	FiscalKind kind;
	SweepRun *run; /* NULL: not begun, or over */
} Case;

static GPtrArray *cases; /* of Case, owned: all that will be run */

/* eBarimt cannot be asked (§8): a document may be there twice, and then the proof says so. */
static char *check_book(const FiscalDesk *desk, const FiscalPapers *papers, FiscalVerdict verdict,
			const FiscalProof *proof)
{
	int64_t total, number = 0;
	const char *kind = fiscal_papers_kind(papers, desk, &total);
	int n = fiscal_desk_count(desk, kind, total, &number);
	int most = strcmp(proof->doubt, "possibly-twice") == 0 ? 2 : 1;

	if (verdict == FISCAL_MADE ? n < 1 || n > most : n != 0)
		return g_strdup_printf("verdict %d %s, and the book has it %d times: %s", verdict,
				       proof->doubt, n,
				       desk->why != NULL ? desk->why->message : "");
	if (verdict == FISCAL_MADE && proof->document_number != 0 &&
	    number != proof->document_number)
		return g_strdup_printf("proof %u, in the book it is %" G_GINT64_FORMAT,
				       proof->document_number, number);
	return NULL;
}

/* Closes it, and the device has seen it: nothing is on its way to us any more. */
static void leave(FiscalDesk *desk)
{
	fiscal_desk_let_go(desk);
	meet_leave(desk->meet);
}

/* Till it knows; the cable is good by now. */
static FiscalVerdict ask_on(FiscalDesk *desk, const FiscalPapers *papers, FiscalProof *proof)
{
	FiscalVerdict verdict = FISCAL_CANNOT_TELL;

	for (int i = 0; i < ASKED_TIMES && verdict == FISCAL_CANNOT_TELL; i++) {
		leave(desk);
		verdict = fiscal_desk_resolve(desk, &papers->document, proof);
	}
	return verdict;
}

/* The sale again, as the engine makes it of a shopper who has paid. */
static char *make_again(FiscalDesk *desk, FiscalPapers *papers, FiscalProof *proof)
{
	FiscalVerdict verdict;

	leave(desk);
	verdict = fiscal_desk_make(desk, &papers->document, proof);
	/* What came late or slowly may be in work for a while. */
	for (int i = 0; i < ASKED_TIMES && verdict != FISCAL_MADE; i++) {
		leave(desk);
		verdict = verdict == FISCAL_CANNOT_TELL
				  ? ask_on(desk, papers, proof)
				  : fiscal_desk_make(desk, &papers->document, proof);
	}
	if (verdict != FISCAL_MADE)
		return g_strdup_printf("it is not made over a good cable: verdict %d: %s", verdict,
				       desk->why != NULL ? desk->why->message : "");
	return check_book(desk, papers, verdict, proof);
}

static char *make_badly(FiscalDesk *desk, FiscalPapers *papers)
{
	FiscalProof proof;
	FiscalVerdict verdict = fiscal_desk_make(desk, &papers->document, &proof);
	char *wrong;

	/* A doubt that stays may turn out so or so; what is said for sure is so. */
	wrong = verdict != FISCAL_CANNOT_TELL ? check_book(desk, papers, verdict, &proof) : NULL;
	meet_say(desk->meet, "hear");
	if (wrong == NULL && verdict == FISCAL_CANNOT_TELL) {
		verdict = ask_on(desk, papers, &proof);
		/* The service refuses a repeated number, and there is no hint: a person decides. */
		if (verdict == FISCAL_CANNOT_TELL && desk->protocol->may_doubt_z &&
		    papers->document.kind == FISCAL_SHIFT_CLOSE)
			return NULL;
		if (verdict == FISCAL_CANNOT_TELL && strcmp(desk->protocol->driver, "ebarimt") == 0)
			return NULL;
		if (verdict == FISCAL_CANNOT_TELL)
			wrong = g_strdup_printf("it cannot tell over a good cable: %s",
						desk->why->message);
		else
			wrong = check_book(desk, papers, verdict, &proof);
	}
	if (wrong == NULL && verdict == FISCAL_FOREIGN)
		wrong = g_strdup_printf("it takes ours for another's: %s",
					desk->why != NULL ? desk->why->message : "");
	if (wrong == NULL && verdict == FISCAL_NOT_MADE)
		wrong = make_again(desk, papers, &proof);
	return wrong;
}

static FiscalPapers *basket(FiscalDesk *desk)
{
	FiscalPapers *papers = fiscal_papers_sale(desk);

	fiscal_papers_add(papers, desk, 0, 5001, 3 * QUANTITY_ONE, 14);
	fiscal_papers_add(papers, desk, 1, 8990, 742000, 0);
	fiscal_papers_pay(papers, 4000, 321);
	return papers;
}

/* Before the fault; a machine that has much to do may be late all the same. */
static FiscalProof arrange(FiscalDesk *desk, FiscalPapers *papers)
{
	FiscalProof proof;
	FiscalVerdict verdict = fiscal_desk_make(desk, &papers->document, &proof);
	g_autofree char *wrong = verdict != FISCAL_MADE ? make_again(desk, papers, &proof) : NULL;

	if (wrong != NULL)
		g_error("%s: %s", desk->protocol->title, wrong);
	return proof;
}

/* Another one, so that the one in question is not the first of its shift. */
static void begin(FiscalDesk *desk)
{
	g_autoptr(FiscalPapers) opening = fiscal_papers_plain(desk, FISCAL_SHIFT_OPEN, 0);
	g_autoptr(FiscalPapers) first = NULL;

	if ((desk->driver->caps & FISCAL_SHIFTS) != 0)
		arrange(desk, opening);
	first = fiscal_papers_sale(desk);
	fiscal_papers_add(first, desk, 0, 99, QUANTITY_ONE, 0);
	fiscal_papers_pay(first, 0, 0);
	arrange(desk, first);
}

static FiscalPapers *prepare(FiscalDesk *desk, FiscalKind kind)
{
	g_autoptr(FiscalPapers) sale = basket(desk);
	FiscalProof proof;

	if (kind == FISCAL_SALE)
		return g_steal_pointer(&sale);
	proof = arrange(desk, sale);
	if (kind != FISCAL_SALE_RETURN)
		return fiscal_papers_plain(desk, kind, kind == FISCAL_CASH_OUT ? 5000 : 0);
	return fiscal_papers_return(desk, sale, &proof, 0, QUANTITY_ONE);
}

static char *talk(Meet *meet, const SweepFault *fault, const void *data)
{
	const Case *one = data;
	g_autoptr(FiscalPapers) papers = NULL;
	FiscalDesk desk;
	char *wrong;

	fiscal_desk_init(&desk, one->protocol, meet);
	begin(&desk);
	papers = prepare(&desk, one->kind);
	if (fault->fault != NULL) {
		g_autofree char *line = g_strdup_printf("fault %s=%d", fault->fault, fault->at);

		meet_say(meet, line);
	} else {
		meet_say(meet, "hear"); /* marks where it begins */
	}
	wrong = make_badly(&desk, papers);
	fiscal_desk_clear(&desk);
	return wrong;
}

static SweepRun *sweep_of(const Case *one)
{
	bool is_http = one->protocol->cable == MEET_HTTP;

	return sweep_new(&(Sweep){ .sim = one->protocol->sim,
				   .cable = one->protocol->cable,
				   .settings = one->protocol->settings,
				   .talk = talk,
				   .data = one,
				   .remembers = true,
				   .later = true,
				   .from = "control: hear",
				   .good_stream = one->protocol->cable != MEET_PTY,
				   .stride = sweep_is_long() ? 1
					     : is_http	     ? 127
							     : 37,
				   .n_threads = N_THREADS });
}

/* One document of a registrar waits while the others do: all its kinds are begun with the first.
 * Another registrar has another time. */
static void begin_with(const Case *first)
{
	quick_time_set(first->protocol->cable == MEET_HTTP ? HTTP_QUICK : 1); /* long silences */
	for (guint i = 0; i < cases->len; i++) {
		Case *one = g_ptr_array_index(cases, i);

		if (sweep_is_picked() ? one == first : one->protocol == first->protocol)
			one->run = sweep_of(one);
	}
	for (guint i = 0; i < cases->len; i++) {
		Case *one = g_ptr_array_index(cases, i);

		if (one->run != NULL)
			sweep_start(one->run);
	}
}

static void test_bad_cable(const void *data)
{
	Case *one = (Case *)data;

	if (one->run == NULL)
		begin_with(one);
	sweep_end(g_steal_pointer(&one->run));
}

static void add(const FiscalProtocol *protocol, FiscalKind kind, const char *what)
{
	g_autofree char *path =
		g_strdup_printf("/meet/fiscal/%s/%s over a bad cable", protocol->title, what);
	Case *one = g_new(Case, 1);

	*one = (Case){ protocol, kind, NULL };
	g_ptr_array_add(cases, one);
	g_test_add_data_func(path, one, test_bad_cable);
}

static bool is_asked_for(char **titles, const char *title)
{
	return *titles == NULL || g_strv_contains((const char *const *)titles, title);
}

int main(int argc, char **argv)
{
	g_autofree const char **titles = g_new0(const char *, (gsize)argc + 1);
	int n = 0, code;

	sweep_init(&argc, &argv);
	cases = g_ptr_array_new_with_free_func(g_free);
	for (int i = 1; i < argc; i++)
		if (argv[i][0] != '-')
			titles[n++] = argv[i];
	for (const FiscalProtocol *p = fiscal_protocols; p->title != NULL; p++) {
		if (!is_asked_for((char **)titles, p->title))
			continue;
		add(p, FISCAL_SALE, "sale");
		add(p, FISCAL_SALE_RETURN, "return");
		if ((fiscal_driver_find(p->driver)->caps & FISCAL_KEEPS_CASH) == 0)
			continue;
		add(p, FISCAL_CASH_OUT, "cash out");
		add(p, FISCAL_SHIFT_CLOSE, "Z");
	}
	code = g_test_run();
	g_ptr_array_unref(cases);
	return code;
}
