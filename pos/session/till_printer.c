/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/till_printer.h"

#define LOOK_EVERY (5 * G_TIME_SPAN_SECOND)
/* For the Z report of a till that is closed right after its shift. */
#define LAST_PAPERS (3 * G_TIME_SPAN_SECOND)

struct TillPrinter {
	GThread *thread;
	DeviceLink link;
	TillDb *db; /* borrowed */
	PaperShop shop; /* strings owned */
	NumberStyle style;
	TillPrinterListener listener;
	void *data;

	GMutex mutex;
	GCond changed;
	/* under the mutex */
	bool leaving;
	bool owes; /* the database is to be looked at */
	int pulses; /* the drawer is to be opened so often */
	GQueue papers; /* Paper, owned */
	GHashTable *words; /* seq → PaperOnly, owned; NULL: it has had them */
	bool down; /* nothing comes out before somebody does something */

	/* the thread's own */
	const struct printer_driver *driver;
	struct printer *printer;
	int64_t look_at; /* monotonic: when it is next asked how it is */
	int64_t told_owed;
	int64_t first_seq; /* receipts up to it are from before the start */
};

static void disconnect(TillPrinter *self)
{
	if (self->printer != NULL)
		self->driver->close(g_steal_pointer(&self->printer));
	device_link_close(&self->link);
}

/* The power, or a kill, took the till in the middle of a receipt. */
static void note_torn(TillPrinter *self)
{
	g_auto(TillPaper) owed = { 0 };

	if (till_paper_next(self->db, &owed, NULL) && owed.id != 0 && (owed.begun || owed.copy))
		g_hash_table_insert(self->link.options, g_strdup(PRINTER_OPTION_TORN),
				    g_strdup("yes"));
}

static bool reach(TillPrinter *self, GError **error)
{
	struct port *port;

	if (self->printer != NULL)
		return true;
	self->driver = printer_driver_find(self->link.protocol);
	if (self->driver == NULL) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "no printer '%s'",
			    self->link.protocol);
		return false;
	}
	port = device_link_open(&self->link, NULL, error);
	if (port == NULL)
		return false;
	self->printer = self->driver->open(port, self->link.options, error);
	if (self->printer != NULL)
		g_hash_table_remove(self->link.options, PRINTER_OPTION_TORN);
	return self->printer != NULL;
}

static void set_down(TillPrinter *self, bool down)
{
	g_mutex_lock(&self->mutex);
	self->down = down;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
}

/* What the printer has, for the status bar; a printer that went is opened anew. */
static void tell(TillPrinter *self, const GError *fault)
{
	if (fault != NULL && !g_error_matches(fault, DEVICE_FAULT, DEVICE_FAULT_PAPER_OUT) &&
	    !g_error_matches(fault, DEVICE_FAULT, DEVICE_FAULT_COVER_OPEN) &&
	    !g_error_matches(fault, DEVICE_FAULT, DEVICE_FAULT_MECHANISM))
		disconnect(self);
	device_link_tell(&self->link, fault);
	set_down(self, fault != NULL);
	self->look_at = g_get_monotonic_time() + LOOK_EVERY;
}

static void tell_owed(TillPrinter *self)
{
	int64_t owed = till_paper_count(self->db);

	if (owed == self->told_owed)
		return;
	self->told_owed = owed;
	self->listener.owed(self->data);
}

static bool look(TillPrinter *self)
{
	g_autoptr(GError) fault = NULL;
	PrinterStatus status = { 0 };

	if (reach(self, &fault) && self->driver->observe(self->printer, &status, &fault) &&
	    status.speaks && printer_status_fault(&status) != DEVICE_FAULT_N)
		g_set_error(&fault, DEVICE_FAULT, (int)printer_status_fault(&status),
			    "the printer says so");
	tell(self, fault);
	return fault == NULL;
}

static void open_drawer(TillPrinter *self)
{
	g_autoptr(GError) fault = NULL;

	if (!reach(self, &fault) || !self->driver->open_drawer(self->printer, &fault))
		tell(self, fault);
	self->listener.drawer(fault, self->data);
}

/* --- paper ---------------------------------------------------------------------------------- */

static bool take_pulse(TillPrinter *self);

/* Somebody is putting in a roll meanwhile, and sells on: the light says why, and a drawer that
 * cannot open now does not open later. */
static bool wait_for_person(DeviceFault fault, void *data)
{
	TillPrinter *self = data;
	g_autoptr(GError) error =
		g_error_new_literal(DEVICE_FAULT, (int)fault, "the printer waits for a person");

	device_link_tell(&self->link, error);
	set_down(self, true);
	while (take_pulse(self))
		self->listener.drawer(error, self->data);
	return true;
}

/* What became of its paper is on the disk before the next thing is done. */
static bool settle(TillPrinter *self, const TillPaper *owed, PrintOutcome outcome, GError **error)
{
	switch (outcome) {
	case PRINT_DONE:
	case PRINT_SENT:
		return till_paper_end(self->db, owed->id, error);
	case PRINT_UNKNOWN:
		return till_paper_doubt(self->db, owed->id, error);
	default:
		return till_paper_release(self->db, owed->id, error);
	}
}

typedef enum { OWED_NONE, OWED_PRINTED, OWED_FAILED } Owed;

/* A book that cannot be read or written holds the paper up like a printer that is away. */
static Owed give_up(TillPrinter *self, const GError *error)
{
	g_debug("receipts to print: %s", error->message);
	tell(self, error);
	return OWED_FAILED;
}

/* --- words for paper alone ------------------------------------------------------------------- */

static bool awaits_words(TillPrinter *self, const TillPaper *owed)
{
	bool waits;

	g_mutex_lock(&self->mutex);
	waits = owed->words && owed->seq > self->first_seq &&
		!g_hash_table_contains(self->words, &owed->seq);
	g_mutex_unlock(&self->mutex);
	return waits;
}

/* Only this thread takes them away again. */
static const PaperOnly *lend_words(TillPrinter *self, int64_t seq)
{
	const PaperOnly *words;

	g_mutex_lock(&self->mutex);
	words = g_hash_table_lookup(self->words, &seq);
	g_mutex_unlock(&self->mutex);
	return words;
}

/* They stand on one paper: a second one is a copy, and has none. */
static void forget_words(TillPrinter *self, int64_t seq)
{
	g_mutex_lock(&self->mutex);
	g_hash_table_insert(self->words, g_memdup2(&seq, sizeof seq), NULL);
	g_mutex_unlock(&self->mutex);
}

static void free_words(void *words)
{
	paper_only_free(words);
}

void till_printer_give_words(TillPrinter *self, int64_t seq, PaperOnly *words)
{
	g_mutex_lock(&self->mutex);
	g_hash_table_insert(self->words, g_memdup2(&seq, sizeof seq), words);
	self->owes = true;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
}

/* Where it was begun the till was stopped in the middle of it. */
static Paper *make_paper(TillPrinter *self, const TillPaper *owed, const PaperOnly *words)
{
	bool copy = owed->copy || owed->begun;

	if (!owed->has_proof)
		return receipt_paper_new(&self->shop, owed->receipt, owed->number, owed->cashier,
					 owed->at, copy);
	return receipt_paper_new_fiscal(&self->shop, owed->receipt, owed->number, owed->cashier,
					owed->at, &owed->proof, words, copy);
}

/* The oldest receipt. */
static Owed print_owed(TillPrinter *self)
{
	g_auto(TillPaper) owed = { 0 };
	g_autoptr(Paper) paper = NULL;
	g_autoptr(GError) error = NULL;
	const PaperOnly *words;
	PrintOutcome outcome;

	if (!till_paper_next(self->db, &owed, &error))
		return give_up(self, error);
	if (owed.id == 0 || awaits_words(self, &owed))
		return OWED_NONE;
	words = lend_words(self, owed.seq);
	paper = make_paper(self, &owed, words);
	if (!reach(self, &error) || !till_paper_begin(self->db, owed.id, &error))
		return give_up(self, error);
	outcome = self->driver->print(self->printer, paper, wait_for_person, self, &error);
	tell(self, error);
	g_clear_error(&error);
	if (!settle(self, &owed, outcome, &error))
		return give_up(self, error);
	if (outcome != PRINT_NOTHING)
		forget_words(self, owed.seq);
	tell_owed(self);
	return outcome == PRINT_DONE || outcome == PRINT_SENT ? OWED_PRINTED : OWED_FAILED;
}

static bool print_paper(TillPrinter *self, const Paper *paper)
{
	g_autoptr(GError) fault = NULL;
	bool done = reach(self, &fault) &&
		    self->driver->print(self->printer, paper, wait_for_person, self, &fault) !=
			    PRINT_NOTHING;

	tell(self, fault);
	return done;
}

/* --- the thread ----------------------------------------------------------------------------- */

static Paper *next_paper(TillPrinter *self)
{
	Paper *paper;

	g_mutex_lock(&self->mutex);
	paper = g_queue_peek_head(&self->papers);
	g_mutex_unlock(&self->mutex);
	return paper;
}

static void drop_paper(TillPrinter *self)
{
	g_mutex_lock(&self->mutex);
	paper_free(g_queue_pop_head(&self->papers));
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
}

static bool take_pulse(TillPrinter *self)
{
	bool take;

	g_mutex_lock(&self->mutex);
	take = self->pulses > 0 && !self->leaving;
	self->pulses -= take;
	g_mutex_unlock(&self->mutex);
	return take;
}

static bool take_owed(TillPrinter *self)
{
	bool take;

	g_mutex_lock(&self->mutex);
	take = self->owes && !self->leaving;
	self->owes = false;
	g_mutex_unlock(&self->mutex);
	return take;
}

static void set_owed(TillPrinter *self)
{
	g_mutex_lock(&self->mutex);
	self->owes = true;
	g_mutex_unlock(&self->mutex);
}

/* False where the printer has to be put right first. */
static bool work_on_receipts(TillPrinter *self)
{
	Owed what;

	tell_owed(self);
	what = print_owed(self);
	if (what != OWED_NONE)
		set_owed(self); /* this one again, or the next */
	return what != OWED_FAILED;
}

static bool work_on_papers(TillPrinter *self)
{
	const Paper *paper = next_paper(self);

	if (paper == NULL || !print_paper(self, paper))
		return false;
	drop_paper(self);
	return true;
}

/* Everything that can be done now, the drawer before any paper. */
static void work(TillPrinter *self)
{
	bool goes_on = true;

	while (goes_on) {
		if (take_pulse(self))
			open_drawer(self);
		else if (!device_link_is_due(&self->link))
			goes_on = false;
		else if (take_owed(self))
			goes_on = work_on_receipts(self);
		else
			goes_on = work_on_papers(self);
	}
}

/* Until there is something to do, or it is time to look how the printer is. False to end. */
static bool wait_for_work(TillPrinter *self)
{
	bool stays;

	g_mutex_lock(&self->mutex);
	while (!self->leaving && self->pulses == 0) {
		bool may_print = device_link_is_due(&self->link) &&
				 (self->owes || !g_queue_is_empty(&self->papers));
		int64_t until = self->link.failures > 0 ? self->link.retry_at : self->look_at;

		if (may_print || g_get_monotonic_time() >= until)
			break;
		g_cond_wait_until(&self->changed, &self->mutex, until);
	}
	stays = !self->leaving;
	g_mutex_unlock(&self->mutex);
	return stays;
}

/* The first picture of a letter loads the fonts, which takes longer than a receipt may. */
static void warm_up(TillPrinter *self)
{
	g_autoptr(Paper) paper = paper_new();

	paper_add_text(paper, PAPER_LEFT, PAPER_BOLD, "Өү₮");
	if (self->printer != NULL)
		g_bytes_unref(self->driver->encode(self->printer, paper, NULL));
}

static void *serve(void *data)
{
	TillPrinter *self = data;

	note_torn(self);
	look(self);
	warm_up(self);
	tell_owed(self);
	while (wait_for_work(self)) {
		if (g_get_monotonic_time() >= self->look_at && device_link_is_due(&self->link))
			look(self);
		work(self);
	}
	disconnect(self);
	return NULL;
}

TillPrinter *till_printer_new(const DeviceConf *conf, TillDb *db, const PaperShop *shop,
			      const TillPrinterListener *listener, void *data)
{
	TillPrinter *self = g_new0(TillPrinter, 1);

	device_link_init(&self->link, conf, listener->state, data);
	self->db = db;
	self->style = *shop->style;
	self->shop = (PaperShop){ .shop = g_strdup(shop->shop),
				  .till = g_strdup(shop->till),
				  .timezone = g_strdup(shop->timezone),
				  .logo = g_strdup(shop->logo),
				  .footer = g_strdup(shop->footer),
				  .non_fiscal = shop->non_fiscal, /* of the country: for ever */
				  .style = &self->style };
	self->listener = *listener;
	self->data = data;
	self->owes = true; /* from before the start */
	self->first_seq = till_db_get_last_seq(db);
	self->words = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, free_words);
	g_queue_init(&self->papers);
	g_mutex_init(&self->mutex);
	g_cond_init(&self->changed);
	self->thread = g_thread_new("printer", serve, self);
	return self;
}

static void free_paper(void *paper)
{
	paper_free(paper);
}

/* Reports are in memory alone: those that can come out now do. */
static void let_papers_out(TillPrinter *self)
{
	int64_t until = g_get_monotonic_time() + LAST_PAPERS;

	while (!self->down && !g_queue_is_empty(&self->papers))
		if (!g_cond_wait_until(&self->changed, &self->mutex, until))
			return;
}

void till_printer_free(TillPrinter *self)
{
	if (self == NULL)
		return;
	g_mutex_lock(&self->mutex);
	let_papers_out(self);
	self->leaving = true;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
	device_link_cancel(&self->link);
	g_thread_join(self->thread);
	device_link_clear(&self->link);
	g_queue_clear_full(&self->papers, free_paper);
	g_hash_table_unref(self->words);
	g_free((char *)self->shop.shop);
	g_free((char *)self->shop.till);
	g_free((char *)self->shop.timezone);
	g_free((char *)self->shop.logo);
	g_free((char *)self->shop.footer);
	g_mutex_clear(&self->mutex);
	g_cond_clear(&self->changed);
	g_free(self);
}

void till_printer_wake(TillPrinter *self)
{
	g_mutex_lock(&self->mutex);
	self->owes = true;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
}

void till_printer_open_drawer(TillPrinter *self)
{
	g_mutex_lock(&self->mutex);
	self->pulses++;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
}

void till_printer_print(TillPrinter *self, Paper *paper)
{
	g_mutex_lock(&self->mutex);
	g_queue_push_tail(&self->papers, paper);
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
}
