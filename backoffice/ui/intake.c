/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/intake.h"

#include "backoffice/goods/item.h"
#include "backoffice/ui/words.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>

typedef enum { IDLE, AT_WORK, ASKS_DAY, ASKS_SERIAL, UNKNOWN } State;

/* What waits for its turn. */
typedef struct {
	bool scanned; /* by a scanner, or typed */
	char *text; /* owned; NULL: the item */
	int64_t item_id;
	Quantity times; /* zero: not said */
	bool edit; /* nothing is added: @amount is there already */
	int64_t amount;
} Input;

struct OfficeIntake {
	/* borrowed */
	OfficeDesk *desk;
	GtkWidget *widget;
	OfficeScanBar *bar;
	const OfficeIntakeTarget *target;
	void *data;

	/* owned */
	GQueue *inputs; /* of Input */
	Input *current;
	OfficeFound *lit; /* what a typed number speaks of; NULL: nothing */
	GHashTable *days; /* item id → the day last typed for it */

	State state;
	guint round; /* answers to what was asked before a reset are old */
	Quantity times; /* "3*" was typed; zero: not */
	int64_t amount; /* what the last scan added, millionths */
	int n_serials; /* of the line that is lit */
};

static void next(OfficeIntake *self);

/* --- values --- */

OfficeFound *office_found_copy(const OfficeFound *self)
{
	OfficeFound *copy = g_memdup2(self, sizeof(*self));

	copy->name = g_strdup(self->name);
	copy->code = g_strdup(self->code);
	copy->unit = g_strdup(self->unit);
	copy->batch = g_strdup(self->batch);
	copy->serial = g_strdup(self->serial);
	return copy;
}

void office_found_free(void *data)
{
	OfficeFound *self = data;

	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self->code);
	g_free(self->unit);
	g_free(self->batch);
	g_free(self->serial);
	g_free(self);
}

static void addition_free(void *data)
{
	OfficeAddition *self = data;

	office_found_free(self->found);
	g_free(self->serial);
	g_free(self);
}

static void input_free(void *data)
{
	Input *self = data;

	if (self == NULL)
		return;
	g_free(self->text);
	g_free(self);
}

/* --- looking up, on a thread of the desk --- */

typedef struct {
	OfficeIntake *intake; /* borrowed; touched where the widget stands */
	guint round;
	char *text; /* owned; NULL: item_id */
	int64_t item_id;
	int this_year;
	OfficeScanned scanned; /* owned */
	bool readable;
	OfficeFound *found; /* owned; NULL: no such goods */
} Search;

static void search_free(void *data)
{
	Search *self = data;

	g_free(self->text);
	office_scanned_clear(&self->scanned);
	office_found_free(self->found);
	g_free(self);
}

static OfficeFound *found_new(const Item *item, const ItemScan *scan, const char *code,
			      const OfficeScanned *scanned)
{
	OfficeFound *found = g_new0(OfficeFound, 1);

	*found = (OfficeFound){ .item_id = item->id,
				.pack_id = scan->pack_id,
				.quantity = scan->quantity,
				.expires = item->expires,
				.serials = item->serials,
				.has_price = item->has_price,
				.price = item->price,
				.expiry = scanned->expiry };
	found->name = g_strdup(item->name);
	found->code = g_strdup(code);
	found->unit = g_strdup(language_unit_name(item->unit));
	found->batch = g_strdup(scanned->batch != NULL ? scanned->batch : "");
	found->serial = g_strdup(scanned->serial != NULL ? scanned->serial : "");
	return found;
}

static bool find_code(Store *store, Search *self, ItemScan *scan, GError **error)
{
	GError *failed = NULL;
	bool is_there;

	if (self->text == NULL) {
		*scan = (ItemScan){ .item_id = self->item_id, .quantity = QUANTITY_ONE };
		self->scanned = (OfficeScanned){ .times = { QUANTITY_ONE }, .count = 1 };
		self->readable = true;
		return true;
	}
	self->readable = office_scanned_read(self->text, self->this_year, &self->scanned);
	if (!self->readable)
		return false;
	is_there = item_find_scan(store, self->scanned.code, scan, &failed);
	if (failed != NULL)
		g_propagate_error(error, failed);
	return is_there;
}

static bool search_work(Store *store, void *data, GError **error)
{
	Search *self = data;
	GError *failed = NULL;
	ItemScan scan = { 0 };
	g_autoptr(Item) item = NULL;

	if (find_code(store, self, &scan, &failed))
		item = item_read(store, scan.item_id, &failed);
	if (failed != NULL) {
		g_propagate_error(error, failed);
		return false;
	}
	if (item != NULL)
		self->found = found_new(item, &scan,
					self->text != NULL ? self->scanned.code : item->article,
					&self->scanned);
	return true;
}

/* --- what is shown --- */

static void show_lit(OfficeIntake *self)
{
	g_autofree char *amount = NULL;

	if (self->lit == NULL) {
		office_scan_bar_ask(self->bar, OFFICE_PROMPT_CODE, "");
		return;
	}
	amount = quantity_dup_decimal((Quantity){ self->amount });
	office_scan_bar_ask(self->bar, OFFICE_PROMPT_QUANTITY, amount);
}

static void show_waiting(OfficeIntake *self)
{
	guint n = g_queue_get_length(self->inputs);
	g_autofree char *text = NULL;

	if (n == 0 || self->state == IDLE || self->state == AT_WORK)
		return;
	text = g_strdup_printf(g_dngettext(GETTEXT_PACKAGE,
					   "%u scan waits. Answer first, then it is taken.",
					   "%u scans wait. Answer first, then they are taken.", n),
			       n);
	office_scan_bar_say(self->bar, OFFICE_AMBER, text);
}

static void show_trouble(OfficeIntake *self, const GError *error)
{
	g_autofree char *text = office_desk_dup_trouble(error);

	office_scan_bar_say(self->bar, OFFICE_RED, text);
}

/* --- adding --- */

typedef struct {
	OfficeAddition base; /* first: the target's work takes it for this */
	OfficeIntake *intake; /* borrowed */
	guint round;
} Adding;

static bool wants_serials(const OfficeIntake *self)
{
	return self->target->asks_serials && self->lit->serials;
}

/* One number a piece: of what is lit as many as are there. */
static void ask_serial(OfficeIntake *self, const OfficeAddition *addition)
{
	g_autofree char *text = NULL;

	self->n_serials = addition->n_serials;
	if (!wants_serials(self) || (int64_t)self->n_serials * QUANTITY_ONE >= addition->total) {
		self->state = IDLE;
		return;
	}
	self->state = ASKS_SERIAL;
	text = g_strdup_printf(_("%d of %d serial numbers are entered. Scan the next one; Esc goes "
				 "on without."),
			       self->n_serials, (int)(addition->total / QUANTITY_ONE));
	office_scan_bar_say(self->bar, OFFICE_AMBER, text);
	office_scan_bar_ask(self->bar, OFFICE_PROMPT_SERIAL, "");
}

static void on_added(GtkWidget *widget, void *data, const GError *error)
{
	Adding *adding = data;
	OfficeIntake *self = adding->intake;

	if (adding->round != self->round)
		return;
	self->state = IDLE;
	if (error != NULL) {
		show_trouble(self, error);
		show_lit(self);
	} else {
		office_scan_bar_say(self->bar, OFFICE_PLAIN, "");
		self->target->added(&adding->base, self->data);
		show_lit(self);
		ask_serial(self, &adding->base);
	}
	next(self);
}

/* @serial NULL: a quantity. */
static void add(OfficeIntake *self, int64_t quantity, const char *serial)
{
	Adding *adding = g_new0(Adding, 1);

	adding->base.found = office_found_copy(self->lit);
	adding->base.quantity = quantity;
	adding->base.serial = g_strdup(serial);
	adding->intake = self;
	adding->round = self->round;
	self->target->prepare(&adding->base, self->data);
	self->state = AT_WORK;
	office_ask(self->desk, OFFICE_QUICK, self->widget, self->target->add, adding, addition_free,
		   on_added);
}

static void ask_day(OfficeIntake *self)
{
	self->state = ASKS_DAY;
	office_scan_bar_light(self->bar, self->lit->name, self->lit->code, "", "", OFFICE_AMBER);
	office_scan_bar_say(self->bar, OFFICE_AMBER,
			    _("Type the last day it may be sold: 281226, 28.12.26 or 2026-12-28. "
			      "Esc leaves this scan."));
	office_scan_bar_ask(self->bar, OFFICE_PROMPT_DAY, "");
}

/* --- one after the other --- */

static void light(OfficeIntake *self, const OfficeFound *found)
{
	g_autofree char *amount =
		office_quantity_dup(self->desk, self->current->amount, found->unit);

	office_found_free(self->lit);
	self->lit = office_found_copy(found);
	self->amount = self->current->amount;
	office_scan_bar_light(self->bar, found->name, found->code, amount, "", OFFICE_PLAIN);
	show_lit(self);
}

static void take_found(OfficeIntake *self, const Search *search)
{
	Quantity times = search->scanned.times_given ? search->scanned.times : self->current->times;
	int64_t day, amount;

	if (times.micro == 0)
		times.micro = QUANTITY_ONE;
	if (!scale_int64(search->found->quantity, times.micro, QUANTITY_ONE, ROUND_HALF_AWAY,
			 &amount) ||
	    __builtin_mul_overflow(amount, search->scanned.count, &amount)) {
		office_scan_bar_say(self->bar, OFFICE_RED, _("So much cannot be. Scan it again."));
		self->state = IDLE;
		return;
	}
	office_found_free(self->lit);
	self->lit = office_found_copy(search->found);
	self->amount = amount;
	day = GPOINTER_TO_INT(g_hash_table_lookup(self->days, &self->lit->item_id));
	if (self->lit->expiry == 0 && self->lit->expires && self->target->asks_day)
		self->lit->expiry = (int32_t)day;
	if (self->lit->expiry == 0 && self->lit->expires && self->target->asks_day)
		ask_day(self);
	else
		add(self, amount, NULL);
}

static void leave_unknown(OfficeIntake *self, const Search *search)
{
	self->state = UNKNOWN;
	if (!search->readable) {
		office_scan_bar_say(self->bar, OFFICE_RED,
				    _("This code cannot be read. Scan it again."));
		self->state = IDLE;
		return;
	}
	self->target->unknown(search->scanned.code,
			      self->current->scanned || office_scanned_is_code(search->text),
			      self->data);
}

static void on_found(GtkWidget *widget, void *data, const GError *error)
{
	Search *search = data;
	OfficeIntake *self = search->intake;

	if (search->round != self->round)
		return;
	self->state = IDLE;
	if (error != NULL) {
		show_trouble(self, error);
	} else if (search->found != NULL && self->current->edit) {
		light(self, search->found);
	} else if (search->found != NULL) {
		take_found(self, search);
	} else {
		leave_unknown(self, search);
	}
	next(self);
}

static void look_up(OfficeIntake *self, const char *text, int64_t item_id)
{
	Search *search = g_new0(Search, 1);

	*search = (Search){ .intake = self,
			    .round = self->round,
			    .text = g_strdup(text),
			    .item_id = item_id,
			    .this_year = office_today(self->desk) / 10000 };
	self->state = AT_WORK;
	office_ask(self->desk, OFFICE_QUICK, self->widget, search_work, search, search_free,
		   on_found);
}

/* What was typed in place of the last scan's amount. */
static void correct(OfficeIntake *self, int64_t amount)
{
	int64_t by = amount - self->amount;

	self->amount = amount;
	if (by == 0)
		show_lit(self);
	else
		add(self, by, NULL);
}

static bool is_quantity(const OfficeIntake *self, const Input *input, Quantity *ret)
{
	return !input->scanned && input->text != NULL && self->lit != NULL &&
	       !office_scanned_is_code(input->text) && quantity_parse_decimal(input->text, ret) &&
	       ret->micro >= 0;
}

/* In a question for serial numbers every scan is one, but the goods' own barcode. */
static void take_serial(OfficeIntake *self, const char *text)
{
	if (g_str_equal(text, self->lit->code)) {
		office_scan_bar_say(self->bar, OFFICE_AMBER,
				    _("This is the barcode of the goods. Scan the serial number of "
				      "the piece; Esc goes on without."));
		return;
	}
	add(self, 0, text);
}

static void take(OfficeIntake *self, Input *input)
{
	Quantity quantity;

	input_free(self->current);
	self->current = input;
	if (is_quantity(self, input, &quantity))
		correct(self, quantity.micro);
	else
		look_up(self, input->text, input->item_id);
}

static void next(OfficeIntake *self)
{
	while (self->state == IDLE && !g_queue_is_empty(self->inputs))
		take(self, g_queue_pop_head(self->inputs));
	while (self->state == ASKS_SERIAL && !g_queue_is_empty(self->inputs)) {
		Input *input = g_queue_pop_head(self->inputs);

		if (input->text != NULL)
			take_serial(self, input->text);
		input_free(input);
	}
	show_waiting(self);
}

static void push(OfficeIntake *self, bool scanned, const char *text, int64_t item_id)
{
	Input *input = g_new0(Input, 1);

	*input = (Input){
		.scanned = scanned, .text = g_strdup(text), .item_id = item_id, .times = self->times
	};
	self->times.micro = 0;
	g_queue_push_tail(self->inputs, input);
	next(self);
}

/* --- from outside --- */

void office_intake_scan(OfficeIntake *self, const char *code, const char *before)
{
	if (before != NULL)
		office_scanned_is_times(before, &self->times);
	push(self, true, code, 0);
}

static void enter_day(OfficeIntake *self, const char *text)
{
	int64_t *key;
	int32_t day;

	if (!office_day_parse(text, &day)) {
		office_scan_bar_say(self->bar, OFFICE_AMBER,
				    _("There is no such day. Type day, month, year: 281226, "
				      "28.12.26 or 2026-12-28."));
		return;
	}
	key = g_memdup2(&self->lit->item_id, sizeof(*key));
	g_hash_table_replace(self->days, key, GINT_TO_POINTER(day));
	self->lit->expiry = day;
	add(self, self->amount, NULL);
}

void office_intake_enter(OfficeIntake *self, const char *text)
{
	if (*text == '\0')
		return;
	if (self->state == ASKS_DAY)
		enter_day(self, text);
	else if (self->state == ASKS_SERIAL)
		take_serial(self, text);
	else if (office_scanned_is_times(text, &self->times))
		office_scan_bar_ask(self->bar, OFFICE_PROMPT_CODE, "");
	else
		push(self, false, text, 0);
}

void office_intake_resume(OfficeIntake *self, const char *text)
{
	if (self->state != UNKNOWN)
		return;
	self->state = IDLE;
	show_lit(self);
	if (text != NULL)
		look_up(self, text, 0);
	else
		next(self);
}

void office_intake_resume_item(OfficeIntake *self, int64_t item_id)
{
	if (self->state != UNKNOWN)
		return;
	self->state = IDLE;
	look_up(self, NULL, item_id);
}

void office_intake_edit(OfficeIntake *self, int64_t item_id, int64_t amount)
{
	Input *input = g_new0(Input, 1);

	*input = (Input){ .item_id = item_id, .edit = true, .amount = amount };
	g_queue_push_tail(self->inputs, input);
	next(self);
}

void office_intake_find(OfficeIntake *self)
{
	if (!office_intake_is_idle(self))
		return;
	self->state = UNKNOWN;
	self->target->unknown("", false, self->data);
}

bool office_intake_leave_question(OfficeIntake *self)
{
	if (self->state != ASKS_DAY && self->state != ASKS_SERIAL)
		return false;
	if (self->state == ASKS_DAY)
		g_clear_pointer(&self->lit, office_found_free);
	self->state = IDLE;
	office_scan_bar_say(self->bar, OFFICE_PLAIN, "");
	if (self->lit == NULL)
		office_scan_bar_darken(self->bar);
	else
		show_lit(self);
	next(self);
	return true;
}

bool office_intake_is_idle(const OfficeIntake *self)
{
	return self->state == IDLE && g_queue_is_empty(self->inputs);
}

void office_intake_reset(OfficeIntake *self)
{
	self->round++;
	self->state = IDLE;
	self->times.micro = 0;
	g_queue_clear_full(self->inputs, input_free);
	g_clear_pointer(&self->current, input_free);
	g_clear_pointer(&self->lit, office_found_free);
	g_hash_table_remove_all(self->days);
	office_scan_bar_say(self->bar, OFFICE_PLAIN, "");
	office_scan_bar_darken(self->bar);
}

OfficeIntake *office_intake_new(OfficeDesk *desk, GtkWidget *widget, OfficeScanBar *bar,
				const OfficeIntakeTarget *target, void *data)
{
	OfficeIntake *self = g_new0(OfficeIntake, 1);

	self->desk = desk;
	self->widget = widget;
	self->bar = bar;
	self->target = target;
	self->data = data;
	self->inputs = g_queue_new();
	self->days = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	return self;
}

void office_intake_free(OfficeIntake *self)
{
	if (self == NULL)
		return;
	g_queue_free_full(self->inputs, input_free);
	input_free(self->current);
	office_found_free(self->lit);
	g_hash_table_unref(self->days);
	g_free(self);
}
