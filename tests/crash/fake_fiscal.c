/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/crash/fake_fiscal.h"

#include "tests/store/fault_io.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SERIAL "FAKE0001"

struct fiscal {
	int unused;
};

struct fiscal_plan {
	FiscalKind kind;
	int64_t total, paid_cash, change;
	int n_lines;
	int64_t sums[FAKE_DOCUMENTS_MAX];
};

static FakeMemory *memory;
static struct {
	FakeFault fault;
	int call, length, count;
} script;

FakeMemory *fake_memory_use(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT, 0600);
	off_t size = lseek(fd, 0, SEEK_END);

	g_assert_cmpint(fd, >=, 0);
	if (memory != NULL)
		munmap(memory, sizeof *memory);
	if (size == 0)
		g_assert_cmpint(ftruncate(fd, sizeof *memory), ==, 0);
	memory = mmap(NULL, sizeof *memory, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	g_assert_true(memory != MAP_FAILED);
	close(fd);
	if (size == 0) {
		memory->shift_open = true;
		memory->shift_number = 7;
		memory->last_document = 1;
		memory->documents[0].kind = FISCAL_SHIFT_OPEN;
	}
	return memory;
}

void fake_arm(FakeFault fault, int call, int length)
{
	script.fault = fault;
	script.call = call;
	script.length = length;
	script.count = 0;
}

int fake_count_calls(void)
{
	return script.count;
}

int fake_count_documents(FiscalKind kind, int64_t total)
{
	int n = 0;

	for (uint32_t i = 0; i < memory->last_document; i++)
		n += memory->documents[i].kind == kind && memory->documents[i].total == total;
	return n;
}

/* --- faults -------------------------------------------------------------------------------- */

static bool fail(DeviceFault fault, GError **error)
{
	g_set_error(error, DEVICE_FAULT, (int)fault, "scripted: %s", device_fault_code(fault));
	return false;
}

/* True if the call is to be executed. */
static bool enter(GError **error)
{
	fault_io_event();
	script.count++;
	if (script.fault == FAKE_GONE && script.count >= script.call &&
	    script.count < script.call + script.length)
		return fail(DEVICE_FAULT_OFFLINE, error);
	if (script.count != script.call)
		return true;
	switch (script.fault) {
	case FAKE_REFUSED:
		return fail(DEVICE_FAULT_PAPER_OUT, error);
	case FAKE_POWER_CUT:
		memory->document_open = false;
		return fail(DEVICE_FAULT_OUTCOME_UNKNOWN, error);
	case FAKE_LOST_BEFORE:
		return fail(DEVICE_FAULT_OUTCOME_UNKNOWN, error);
	default:
		return true;
	}
}

/* True if the answer arrives. */
static bool leave(GError **error)
{
	fault_io_event();
	if (script.fault == FAKE_LOST_AFTER && script.count == script.call)
		return fail(DEVICE_FAULT_OUTCOME_UNKNOWN, error);
	return true;
}

/* --- the driver ---------------------------------------------------------------------------- */

static struct fiscal *open_device(struct port *port, GHashTable *options, GError **error)
{
	return g_new0(struct fiscal, 1);
}

static void close_device(struct fiscal *self)
{
	g_free(self);
}

static bool observe(struct fiscal *self, FiscalStatus *ret, GError **error)
{
	if (!enter(error))
		return false;
	*ret = (FiscalStatus){ .serial = SERIAL,
			       .shift_open = memory->shift_open,
			       .document_open = memory->document_open,
			       .paper_out = memory->paper_out,
			       .last_document = memory->last_document,
			       .shift_number = memory->shift_number,
			       .receipt_number = memory->receipt_number,
			       .open_total = { memory->open_total, FAKE_CURRENCY },
			       .open_lines = memory->open_lines,
			       .cash = { memory->cash, FAKE_CURRENCY } };
	return leave(error);
}

static struct fiscal_plan *plan(struct fiscal *self, const FiscalDocument *document, GError **error)
{
	struct fiscal_plan *ret = g_new0(struct fiscal_plan, 1);
	int64_t paid = 0;

	ret->kind = document->kind;
	ret->total = document->total.minor;
	ret->n_lines = document->n_lines;
	for (int i = 0; i < document->n_lines; i++)
		ret->sums[i] = document->lines[i].sum.minor;
	for (TenderKind kind = 0; kind < TENDER_N; kind++)
		paid += document->paid[kind].minor;
	ret->change = MAX(paid - ret->total, 0);
	ret->paid_cash = document->paid[TENDER_CASH].minor - ret->change;
	return ret;
}

static char *plan_describe(const struct fiscal_plan *self)
{
	return g_strdup_printf("kind %d total %" G_GINT64_FORMAT, (int)self->kind, self->total);
}

/* Receipts: open, a line a step, close. All else: one step. */
static bool is_receipt(FiscalKind kind)
{
	return kind == FISCAL_SALE || kind == FISCAL_SALE_RETURN;
}

static int plan_n_steps(const struct fiscal_plan *self)
{
	return is_receipt(self->kind) ? self->n_lines + 2 : 1;
}

static int plan_commit_step(const struct fiscal_plan *self)
{
	return plan_n_steps(self) - 1;
}

static void plan_free(struct fiscal_plan *self)
{
	g_free(self);
}

static void record(FiscalKind kind, int64_t total)
{
	g_assert_cmpint(memory->last_document, <, FAKE_DOCUMENTS_MAX);
	memory->documents[memory->last_document] = (FakeDocument){ kind, total };
	memory->last_document++;
}

static void commit(const struct fiscal_plan *p)
{
	switch (p->kind) {
	case FISCAL_SALE:
	case FISCAL_SALE_RETURN:
		g_assert_true(memory->document_open);
		g_assert_cmpint(memory->open_total, ==, p->total);
		memory->document_open = false;
		memory->receipt_number++;
		memory->cash += p->kind == FISCAL_SALE ? p->paid_cash : -p->paid_cash;
		record(p->kind, p->total);
		break;
	case FISCAL_SHIFT_OPEN:
		memory->shift_open = true;
		memory->shift_number++;
		record(p->kind, 0);
		break;
	case FISCAL_SHIFT_CLOSE:
		memory->shift_open = false;
		record(p->kind, 0);
		break;
	case FISCAL_CASH_IN:
		memory->cash += p->total;
		break;
	case FISCAL_CASH_OUT:
		memory->cash -= p->total;
		break;
	case FISCAL_X:
		break;
	case FISCAL_CORRECTION:
	case FISCAL_CORRECTION_RETURN:
		g_assert_not_reached(); /* FISCAL_CORRECTS is not among its caps */
	}
}

static void execute(const struct fiscal_plan *p, int n)
{
	if (n == plan_commit_step(p)) {
		commit(p);
	} else if (n == 0) {
		g_assert_false(memory->document_open);
		memory->document_open = true;
		memory->open_kind = p->kind;
		memory->open_total = 0;
		memory->open_lines = 0;
	} else {
		memory->open_total += p->sums[n - 1];
		memory->open_lines++;
	}
}

static void prove(uint32_t number, FiscalKind kind, FiscalProof *ret)
{
	bool numbered = kind != FISCAL_CASH_IN && kind != FISCAL_CASH_OUT && kind != FISCAL_X;

	*ret = (FiscalProof){ .document_number = numbered ? number : 0,
			      .shift_number = memory->shift_number,
			      .receipt_number = memory->receipt_number,
			      .serial = SERIAL,
			      .sign = "1906569744",
			      .at = "2026-06-03T10:17" };
}

static bool step(struct fiscal *self, struct fiscal_plan *p, int n, FiscalProof *proof,
		 GError **error)
{
	if (!enter(error))
		return false;
	if (is_receipt(p->kind) && n > 0 && !memory->document_open)
		return fail(DEVICE_FAULT_REFUSED, error); /* it has lost its receipt */
	execute(p, n);
	if (n == plan_commit_step(p))
		prove(memory->last_document, p->kind, proof);
	return leave(error);
}

static FiscalVerdict find_made(const FiscalIntent *intent,
			       bool (*used)(const char *, uint32_t, void *), void *data,
			       FiscalProof *ret)
{
	for (uint32_t n = intent->before.last_document + 1; n <= memory->last_document; n++) {
		const FakeDocument *document = &memory->documents[n - 1];

		if (document->kind != intent->kind ||
		    (is_receipt(intent->kind) && document->total != intent->total.minor) ||
		    used(SERIAL, n, data))
			continue;
		prove(n, intent->kind, ret);
		return FISCAL_MADE;
	}
	return FISCAL_FOREIGN;
}

static FiscalVerdict judge_cash(const FiscalIntent *intent, FiscalProof *ret)
{
	int64_t change = memory->cash - intent->before.cash.minor;

	prove(0, intent->kind, ret);
	if (change == 0)
		return FISCAL_NOT_MADE;
	return change == (intent->kind == FISCAL_CASH_IN ? 1 : -1) * intent->total.minor
		       ? FISCAL_MADE
		       : FISCAL_FOREIGN;
}

static FiscalVerdict judge(const FiscalIntent *intent, bool (*used)(const char *, uint32_t, void *),
			   void *data, FiscalProof *ret)
{
	if (memory->document_open)
		return memory->open_kind == intent->kind &&
				       memory->open_total <= intent->total.minor
			       ? FISCAL_OPEN_OURS
			       : FISCAL_FOREIGN;
	if (intent->kind == FISCAL_CASH_IN || intent->kind == FISCAL_CASH_OUT)
		return judge_cash(intent, ret);
	if (memory->last_document == intent->before.last_document)
		return FISCAL_NOT_MADE;
	if (memory->last_document < intent->before.last_document)
		return FISCAL_FOREIGN;
	return find_made(intent, used, data, ret);
}

static FiscalVerdict reconcile(struct fiscal *self, const FiscalIntent *intent,
			       bool (*used)(const char *, uint32_t, void *), void *data,
			       FiscalProof *ret, GError **error)
{
	if (!enter(error))
		return FISCAL_CANNOT_TELL;
	if (!g_str_equal(intent->before.serial, SERIAL)) {
		fail(DEVICE_FAULT_REPLACED, error);
		return FISCAL_CANNOT_TELL;
	}
	if (!leave(error))
		return FISCAL_CANNOT_TELL;
	return judge(intent, used, data, ret);
}

static bool cancel_open(struct fiscal *self, GError **error)
{
	if (!enter(error))
		return false;
	memory->document_open = false;
	memory->cancelled++;
	return leave(error);
}

static bool finish_print(struct fiscal *self, GError **error)
{
	if (!enter(error))
		return false;
	return memory->paper_out ? fail(DEVICE_FAULT_PAPER_OUT, error) : leave(error);
}

static bool open_drawer(struct fiscal *self, GError **error)
{
	if (!enter(error))
		return false;
	memory->drawer_opened++;
	return leave(error);
}

const struct fiscal_driver fake_driver = {
	.name = "fake",
	.open = open_device,
	.close = close_device,
	.observe = observe,
	.plan = plan,
	.plan_describe = plan_describe,
	.plan_n_steps = plan_n_steps,
	.plan_commit_step = plan_commit_step,
	.plan_free = plan_free,
	.step = step,
	.reconcile = reconcile,
	.cancel_open = cancel_open,
	.finish_print = finish_print,
	.open_drawer = open_drawer,
};
