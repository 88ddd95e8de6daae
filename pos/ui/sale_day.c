/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/sale_day.h"

#include "core/barcode.h"
#include "pos/ui/text.h"

#include <glib/gi18n-lib.h>

static void open_panel(PosSalePage *self, Panel panel)
{
	sale_page_drop_message(self);
	sale_page_choose_nothing(self);
	self->panel = panel;
	sale_page_refresh(self);
}

/* --- receipts put aside --- */

void sale_day_show_held(PosSalePage *self)
{
	GPtrArray *held = self->view->held;

	pos_record_list_set_heading(self->held, _("Receipts put aside"),
				    _("Choose one with the arrows or by a press."),
				    _("No receipt is put aside."));
	if (!pos_record_list_begin(self->held, held))
		return;
	for (guint i = 0; i < held->len; i++) {
		const SessionHeld *one = g_ptr_array_index(held, i);
		g_autofree char *number = text_number(one->id), *time = text_moment(one->at);
		g_autofree char *goods = text_goods(one->n_goods);

		pos_record_list_take_row(self->held, one->id, g_strdup_printf(_("No. %s"), number),
					 text_money(one->total),
					 g_strjoin(" · ", time, goods, one->cashier, NULL));
	}
	pos_record_list_end(self->held);
}

void sale_day_hold(PosSalePage *self, GVariant *target)
{
	sale_page_choose_nothing(self);
	till_link_send(self->link, SESSION_HOLD);
	sale_page_refresh(self);
}

void sale_day_held(PosSalePage *self, GVariant *target)
{
	if (self->panel == PANEL_HELD)
		sale_page_choose_nothing(self);
	else if (self->view->held->len > 0)
		open_panel(self, PANEL_HELD);
	sale_page_refresh(self);
}

static void send_chosen(PosSalePage *self, SessionEventKind kind)
{
	int64_t id;

	if (self->panel == PANEL_HELD && pos_record_list_get_choice(self->held, &id))
		till_link_send_line(self->link, kind, id, NULL);
}

void sale_day_recall(PosSalePage *self, GVariant *target)
{
	send_chosen(self, SESSION_RECALL);
	sale_page_choose_nothing(self);
	sale_page_refresh(self);
}

/* The list stays: there may be more of them to void. */
void sale_day_void_held(PosSalePage *self, GVariant *target)
{
	send_chosen(self, SESSION_VOID_HELD);
}

/* --- goods that come back --- */

void sale_day_return(PosSalePage *self, GVariant *target)
{
	sale_page_choose_ask(self, ASK_RETURN);
}

/* The letter before the number as another layout or a small key gives it: it looks the same. */
static char *dup_number(const char *text)
{
	gunichar letter = g_utf8_get_char(text);
	bool is_t = letter == 't' || letter == 0x0442 || letter == 0x0422; /* т, Т */

	return is_t ? g_strconcat("T", g_utf8_next_char(text), NULL) : g_strdup(text);
}

static void answer_return(PosSalePage *self, const char *text)
{
	g_autofree char *number = dup_number(text);

	sale_page_answer(self, number);
}

void sale_day_give_back(PosSalePage *self, GVariant *target)
{
	sale_page_choose_nothing(self);
	till_link_send(self->link, SESSION_GIVE_BACK);
	sale_page_refresh(self);
}

/* --- who buys --- */

void sale_day_customer(PosSalePage *self, GVariant *target)
{
	sale_page_choose_ask(self, ASK_CUSTOMER);
}

void sale_day_no_customer(PosSalePage *self, GVariant *target)
{
	if (sale_page_get_ask(self) == ASK_CUSTOMER)
		sale_page_answer(self, "");
}

/* Goods are sold whatever is asked; numbers of buyers are shorter than theirs. */
bool sale_day_scan(PosSalePage *self, const char *code)
{
	Ask ask = sale_page_get_ask(self);
	BarcodeKind kind = barcode_kind(code);
	bool is_goods = kind != BARCODE_OTHER && kind != BARCODE_BAD_CHECK && strlen(code) >= 12;

	if (is_goods || (ask != ASK_RETURN && ask != ASK_CUSTOMER))
		return false;
	sale_page_answer(self, code);
	return true;
}

/* --- receipts to look after --- */

static char *dup_heading(const SessionView *view)
{
	g_autofree char *late = text_number(view->late), *owed = text_number(view->papers_owed);
	g_autoptr(GString) text = g_string_new(NULL);

	if (view->late > 0)
		g_string_append_printf(
			text, _("Receipts that the registrar does not know of yet: %s."), late);
	if (view->papers_owed > 0) {
		g_string_append(text, text->len > 0 ? " " : "");
		g_string_append_printf(text, _("Receipts that wait for the printer: %s."), owed);
	}
	return g_string_free(g_steal_pointer(&text), false);
}

static void take_case(PosSalePage *self, int index, const SessionCase *one)
{
	g_autofree char *time = text_moment(one->at);
	g_autofree char *id =
		*one->id != '\0' ? g_strdup_printf(_("Number there: %s."), one->id) : NULL;
	g_autofree char *why = g_strjoin(" ", one->why, id, NULL);

	pos_record_list_take_row(self->cases, index,
				 g_strdup(*one->number != '\0' ? one->number : _("Receipt")),
				 text_money(one->total), g_strjoin(" · ", time, why, NULL));
}

void sale_day_show_cases(PosSalePage *self)
{
	GPtrArray *cases = self->view->cases;
	g_autofree char *heading = dup_heading(self->view);

	pos_record_list_set_heading(self->cases, _("To look after"), heading,
				    _("Nothing waits for anybody."));
	if (!pos_record_list_begin(self->cases, cases))
		return;
	for (guint i = 0; i < cases->len; i++)
		take_case(self, (int)i, g_ptr_array_index(cases, i));
	pos_record_list_end(self->cases);
}

void sale_day_cases(PosSalePage *self, GVariant *target)
{
	open_panel(self, PANEL_CASES);
}

void sale_day_tell_late(PosSalePage *self, GVariant *target)
{
	if (self->view->late_needs_reason) {
		sale_page_choose_ask(self, ASK_REASON);
		return;
	}
	till_link_send(self->link, SESSION_TELL_LATE);
}

void sale_day_reason(PosSalePage *self, GVariant *target)
{
	if (sale_page_get_ask(self) == ASK_REASON)
		sale_page_answer(self, _(g_variant_get_string(target, NULL)));
}

/* --- the drawer --- */

/* Where its notes are not known, the sum is typed. */
void sale_day_count(PosSalePage *self, GVariant *target)
{
	if (!pos_count_pane_begin(self->count, self->view)) {
		sale_page_choose_ask(self, ASK_COUNT);
		return;
	}
	sale_page_choose_ask(self, ASK_NOTES);
	self->panel = PANEL_COUNT;
	sale_page_refresh(self);
}

/* As the country knows buyers. */
static const char *get_customer_question(const CountryCustomer *buyer)
{
	if (buyer->contact && buyer->tin_digits != 0)
		return _("Phone, mail, or number of a business");
	if (buyer->contact)
		return _("Phone or mail of the buyer");
	if (buyer->tin_digits != 0 && buyer->consumer_digits != 0)
		return _("Number of the buyer, or of a business");
	return _("Number of the buyer");
}

void sale_day_show_question(PosSalePage *self)
{
	g_autofree char *question = NULL;

	if (sale_page_get_ask(self) == ASK_CUSTOMER)
		pos_input_pane_set_caption(self->input, get_customer_question(&self->view->buyer));
	if (sale_page_get_ask(self) != ASK_NOTES)
		return;
	question = pos_count_pane_dup_question(self->count);
	pos_input_pane_set_caption(self->input, question);
}

void sale_day_count_sum(PosSalePage *self, GVariant *target)
{
	sale_page_choose_ask(self, ASK_COUNT);
}

/* What is no number stays in the field, marked, to be typed again. */
static bool take_count(PosSalePage *self)
{
	g_autofree char *text = g_strstrip(g_strdup(pos_input_pane_get_text(self->input)));
	bool ok = pos_count_pane_take(self->count, text);

	if (ok)
		pos_input_pane_clear(self->input);
	else
		gtk_editable_select_region(pos_input_pane_get_field(self->input), 0, -1);
	return ok;
}

void sale_day_count_next(PosSalePage *self, GVariant *target)
{
	take_count(self);
}

/* The last kind need not be left by Enter. A key that was pressed twice must not close the shift:
 * where nothing was counted the sum is asked for. */
void sale_day_count_done(PosSalePage *self, GVariant *target)
{
	g_autofree char *sum = NULL;

	if (self->panel != PANEL_COUNT || !take_count(self))
		return;
	if (pos_count_pane_get_sum(self->count).minor == 0) {
		sale_page_choose_ask(self, ASK_COUNT);
		return;
	}
	sum = money_dup_decimal(pos_count_pane_get_sum(self->count));
	till_link_send_text(self->link, SESSION_CLOSE_SHIFT, sum);
	sale_page_choose_nothing(self);
	sale_page_refresh(self);
}

/* --- keys in the lists --- */

bool sale_day_enter(PosSalePage *self, const char *text)
{
	Ask ask = sale_page_get_ask(self);

	if (ask == ASK_RETURN && *text != '\0')
		answer_return(self, text);
	else if (self->panel == PANEL_COUNT && ask == ASK_NOTES)
		sale_day_count_next(self, NULL);
	else if (*text == '\0' && ask == ASK_SCAN && self->panel == PANEL_HELD)
		sale_day_recall(self, NULL);
	else if (*text == '\0' && ask == ASK_SCAN && self->panel == PANEL_CASES &&
		 (self->view->actions & SESSION_CAN_TELL_LATE) != 0)
		sale_day_tell_late(self, NULL);
	else
		return false;
	return true;
}

bool sale_day_move(PosSalePage *self, int by)
{
	switch (self->panel) {
	case PANEL_HELD:
		pos_record_list_move_choice(self->held, by);
		return true;
	case PANEL_CASES:
		pos_record_list_move_choice(self->cases, by);
		return true;
	case PANEL_COUNT:
		pos_count_pane_move(self->count, by);
		return true;
	default:
		return false;
	}
}

void sale_day_check(PosSalePage *self)
{
	if (self->panel == PANEL_HELD && self->view->held->len == 0)
		self->panel = PANEL_NONE;
}
