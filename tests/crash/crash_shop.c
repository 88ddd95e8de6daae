/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/crash/crash_shop.h"

#include "drivers/fiscal/fiscal.h"
#include "drivers/sim/sim.h"
#include "tests/session/shop.h"

#include <gio/gio.h>
#include <string.h>

/* Of real time: a till whose seconds are quick has no excuse. */
#define PATIENCE_US (20 * G_USEC_PER_SEC)
#define SETTLE_STEPS 400

/* A service that has not sent for days is not sold with. */
static void send_today(json_t *state)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_local();
	g_autofree char *text = g_date_time_format(now, "%Y-%m-%d 00:00:00");

	json_object_set_new(state, "last_sent", json_string(text));
}

#define NAMES(...)                                                                                 \
	(const char *const[])                                                                      \
	{                                                                                          \
		__VA_ARGS__, NULL                                                                  \
	}

/* Of the simulators' own faults: commands and requests are named by their codes. */
const CrashProtocol crash_protocols[] = {
	{ .title = "shtrih",
	  .name = "shtrih",
	  .sim = "fiscal-shtrih",
	  .cable = CABLE_PTY,
	  .country = "ru",
	  .options = "",
	  .settings = NAMES("print_ms=1", "byte_ms=5"),
	  .lost = NAMES("lost_answer@FF45:1", "lost_answer_power@FF45:1", "die_before@FF45:1"),
	  .lost_return =
		  NAMES("lost_answer@FF45:1", "lost_answer_power@FF45:1", "die_before@FF45:1") },
	{ .title = "atol",
	  .name = "atol",
	  .sim = "fiscal-atol",
	  .cable = CABLE_HTTP,
	  .country = "ru",
	  .options = "",
	  .settings = NAMES("task_ms=1"),
	  .lost = NAMES("close_after@10:1", "half_answer@10:1", "silent_after@10:1",
			"http_500_after@10:1", "close_before@10:1"),
	  .lost_return = NAMES("close_after@11:1", "half_answer@11:1", "close_before@11:1") },
	{ .title = "datecs",
	  .name = "datecs",
	  .sim = "fiscal-datecs",
	  .cable = CABLE_PTY,
	  .country = "bg",
	  .options = "",
	  .settings = NAMES("print_ms=1", "byte_ms=10"),
	  .lost = NAMES("lost_answer@38:1", "lost_answer_link@38:1", "lost_answer_power@38:1",
			"die_before@38:1", "lost_answer@35:1", "lost_answer_link@35:1",
			"lost_answer_power@35:1", "die_before@35:1"),
	  .lost_return = NAMES("lost_answer@38:1", "lost_answer_link@38:1",
			       "lost_answer_power@38:1", "die_before@38:1") },
	{ .title = "ebarimt",
	  .name = "ebarimt",
	  .sim = "fiscal-ebarimt",
	  .cable = CABLE_HTTP,
	  .country = "mn",
	  .options = "merchant_tin=11111111111\ndistrict=3505\nclassification=2349010\n",
	  .settings = NAMES("suffix=refuse"),
	  .lost = NAMES("cut@1:1", "half@1:1", "silent=1@1:1", "html@1:1", "drop@1:1"),
	  .lost_return = NAMES("cut@2:1", "half@2:1", "drop@2:1"),
	  .prepare = send_today,
	  .may_doubt = true },
	/* A service that books a repeated number again: nobody can help it, but the till tells. */
	{ .title = "ebarimt-again",
	  .name = "ebarimt",
	  .sim = "fiscal-ebarimt",
	  .cable = CABLE_HTTP,
	  .country = "mn",
	  .options = "merchant_tin=11111111111\ndistrict=3505\nclassification=2349010\n",
	  .settings = NAMES("suffix=again"),
	  .lost = NAMES("cut@1:1", "half@1:1", "silent=1@1:1", "html@1:1", "drop@1:1"),
	  .lost_return = NAMES("cut@2:1", "half@2:1", "drop@2:1"),
	  .prepare = send_today,
	  .may_doubt = true },
	{ .title = NULL },
};

bool crash_protocol_is_there(const CrashProtocol *self)
{
	return fiscal_driver_find(self->name) != NULL && sim_find(self->sim) != NULL;
}

bool crash_shop_fail(CrashShop *self, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	if (self->failure == NULL)
		self->failure = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	return false;
}

/* --- steps ---------------------------------------------------------------------------------- */

static const char *text_of(const json_t *answer, const char *key)
{
	const char *text = json_string_value(json_object_get(answer, key));

	return text != NULL ? text : "";
}

static void tell(CrashShop *self, const char *step, TillHeard heard, const json_t *answer)
{
	if (heard == TILL_ANSWERED)
		g_string_append_printf(self->story, "%s -> %s %s %s %s\n", step,
				       json_is_true(json_object_get(answer, "ok")) ? "ok" : "no",
				       text_of(answer, "state"), text_of(answer, "code"),
				       text_of(answer, "message"));
	else
		g_string_append_printf(self->story, "%s -> %s\n", step,
				       heard == TILL_SILENT ? "silent" : "died");
}

bool crash_shop_step(CrashShop *self, const char *step, json_t **ret)
{
	json_auto_t *answer = NULL;
	TillHeard heard;

	till_process_send(&self->till, step);
	heard = till_process_hear(&self->till, PATIENCE_US, &answer);
	tell(self, step, heard, answer);
	if (heard == TILL_SILENT)
		crash_shop_fail(self, "no answer to '%s'", step);
	if (heard == TILL_ENDED)
		crash_shop_fail(self, "the till ended by itself after '%s'", step);
	if (ret != NULL)
		*ret = json_incref(answer);
	return heard == TILL_ANSWERED && json_is_true(json_object_get(answer, "ok"));
}

/* --- the cashier ---------------------------------------------------------------------------- */

/* What a cashier presses who sees this; NULL: nothing is open. */
static const char *press(const json_t *view)
{
	static const struct {
		const char *state, *step;
	} steps[] = {
		{ "locked", "-login " MARY },	{ "shift-closed", "-open-shift" },
		{ "tendering", "-pay cash" },	{ "needs-attention", "-retry" },
		{ "card-working", "wait 100" }, { "card-asked", "wait 100" },
		{ "fiscalising", "wait 100" },	{ "reporting", "wait 100" },
	};
	const char *state = text_of(view, "state");

	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++)
		if (strcmp(steps[i].state, state) == 0)
			return steps[i].step;
	if (strcmp(state, "selling") == 0 && json_integer_value(json_object_get(view, "lines")) > 0)
		return "-pay cash";
	return NULL;
}

static void restart(CrashShop *self)
{
	till_process_start(&self->till);
	self->restarts++;
}

bool crash_shop_settle(CrashShop *self)
{
	const char *step = "wait 0";

	for (int i = 0; i < SETTLE_STEPS; i++) {
		json_auto_t *view = NULL;

		if (self->till.pid == 0)
			restart(self);
		crash_shop_step(self, step, &view);
		if (self->failure != NULL)
			return false;
		step = view != NULL ? press(view) : "wait 0";
		if (step == NULL)
			return true;
	}
	return crash_shop_fail(self, "it does not settle");
}

/* --- the books ------------------------------------------------------------------------------ */

/* A disk that lies has all of it on it only when the till has ended. */
static bool read_journal(CrashShop *self, GError **error)
{
	bool ok;

	if (self->till.power->lies == 0)
		return crash_book_read(self->book, self->directory, error);
	till_process_finish(&self->till);
	ok = crash_book_read(self->book, self->directory, error);
	till_process_start(&self->till);
	return ok && crash_shop_step(self, "wait 0", NULL) &&
	       crash_shop_step(self, "login " MARY, NULL);
}

bool crash_shop_check(CrashShop *self, BookVerdict *ret)
{
	json_auto_t *fiscal = sim_process_dup_state(&self->fiscal);
	json_auto_t *terminal = sim_process_dup_state(&self->terminal);
	g_autoptr(GError) error = NULL;

	if (!read_journal(self, &error))
		return crash_shop_fail(self, "journal: %s", error != NULL ? error->message : "");
	*ret = crash_book_compare(self->book, fiscal, terminal);
	if (ret->lost + ret->unseen + ret->uncharged + ret->overcharged == 0 &&
	    (ret->doubled == 0 || self->protocol->may_doubt))
		return true;
	return crash_shop_fail(self,
			       "%d receipts, %d documents: %d lost, %d doubled, %d unseen; %d "
			       "charges: %d missing, %d too many",
			       ret->receipts, ret->documents, ret->lost, ret->doubled, ret->unseen,
			       ret->charges, ret->uncharged, ret->overcharged);
}

static bool verify(CrashShop *self)
{
	g_autofree char *path = g_build_filename(self->directory, "till.db", NULL);
	const char *argv[] = { g_getenv("BARAA"), "verify", path, NULL };
	g_autofree char *out = NULL, *err = NULL;
	g_autoptr(GError) error = NULL;
	int status;

	if (argv[0] == NULL)
		return crash_shop_fail(self, "$BARAA is not set: nothing verifies the journal");
	if (g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err,
			 &status, &error) &&
	    status == 0)
		return true;
	return crash_shop_fail(self, "baraa verify: %s%s", out, err);
}

bool crash_shop_close(CrashShop *self)
{
	if (self->till.pid != 0 && !till_process_finish(&self->till))
		return crash_shop_fail(self, "the till did not end well");
	return verify(self);
}

/* --- opening and shutting ------------------------------------------------------------------- */

static void configure(CrashShop *self)
{
	g_autofree char *conf = g_strdup_printf("[fiscal]\ndevice=%s@%s\n%s[payment]\n"
						"device=zvt@%s\ntimeout=10\n",
						self->protocol->name, self->fiscal.address,
						self->protocol->options, self->terminal.address);

	shop_configure(self->directory, conf);
}

static void begin_day(CrashShop *self)
{
	static const char *const steps[] = { "wait 0",	    "login " MARY, "open-shift",
					     "scan " BREAD, "pay card",	   NULL };
	json_auto_t *answer = NULL;
	g_autoptr(GError) error = NULL;

	/* On a busy machine its quick seconds pass quicker than its devices answer: then the
	 * cashier presses retry here too. */
	for (int i = 0; steps[i] != NULL; i++)
		if (!crash_shop_step(self, steps[i], NULL) && !crash_shop_settle(self)) {
			crash_shop_fail(self, "a new shop cannot sell");
			return;
		}
	if (!read_journal(self, &error))
		crash_shop_fail(self, "journal: %s", error->message);
	crash_shop_step(self, "-return T9-000009", &answer);
	self->has_returns = strcmp(text_of(answer, "code"), "no-such-receipt") == 0;
	g_string_truncate(self->story, 0);
}

CrashShop *crash_shop_new(const CrashProtocol *protocol, bool as_program, bool lies)
{
	static const char *const quick[] = { "card_ms=1", "t3_ms=250", "t2_ms=250", NULL };
	CrashShop *self = g_new0(CrashShop, 1);

	self->protocol = protocol;
	self->keeps = !lies;
	self->story = g_string_new(NULL);
	self->book = crash_book_new();
	self->directory = shop_new(protocol->country, NULL);
	self->devices = g_dir_make_tmp("baraa-devices-XXXXXX", NULL);
	sim_process_start(&self->fiscal, self->devices, protocol->sim, protocol->cable,
			  protocol->settings);
	sim_process_start(&self->terminal, self->devices, "payment-zvt", CABLE_TCP, quick);
	if (protocol->prepare != NULL)
		sim_process_edit(&self->fiscal, protocol->prepare);
	configure(self);
	till_process_init(&self->till, self->directory, self->devices, as_program);
	self->till.power->lies = lies;
	till_process_start(&self->till);
	begin_day(self);
	return self;
}

void crash_shop_free(CrashShop *self)
{

	till_process_clear(&self->till);
	sim_process_stop(&self->fiscal);
	sim_process_stop(&self->terminal);
	if (self->failure != NULL && self->keeps) {
		g_free(self->directory);
		g_free(self->devices);
	} else {
		shop_remove(self->directory);
		shop_remove(self->devices);
	}
	crash_book_free(self->book);
	g_string_free(self->story, true);
	g_free(self->failure);
	g_free(self);
}
