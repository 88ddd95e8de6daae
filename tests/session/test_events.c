/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/session.h"
#include "tests/session/play.h"
#include "tests/session/shop.h"
#include "tests/store/fault_io.h"

#include <errno.h>

/* Events as a window and scanners send them: at any moment, not only when the till is ready. */

typedef struct {
	GMainContext *context;
	Session *session;
	GPtrArray *views; /* all, in order */
} Till;

static void on_view(SessionView *view, void *data)
{
	Till *self = data;

	g_ptr_array_add(self->views, session_view_ref(view));
}

static void till_start(Till *self, const char *shop)
{
	g_autoptr(GError) error = NULL;

	self->context = g_main_context_new();
	self->views = g_ptr_array_new_with_free_func((GDestroyNotify)session_view_unref);
	self->session = session_new(shop, self->context, on_view, self, &error);
	g_assert_no_error(error);
}

static void till_close(Till *self)
{
	session_free(self->session);
	g_ptr_array_unref(self->views);
	g_main_context_unref(self->context);
}

static void post(Till *self, SessionEventKind kind, const char *text, bool flag)
{
	SessionEvent *event = session_event_new(kind, text);

	event->flag = flag;
	session_post(self->session, event);
}

static const SessionView *newest(Till *self)
{
	while (g_main_context_iteration(self->context, FALSE))
		;
	return g_ptr_array_index(self->views, self->views->len - 1);
}

static void begin(Till *self)
{
	post(self, SESSION_LOGIN, MARY, false);
	post(self, SESSION_OPEN_SHIFT, NULL, false);
}

static void test_scan_while_the_card_is_asked(void)
{
	char *shop = shop_new("ru", NULL);
	Till till;
	const SessionView *view;
	guint n;

	till_start(&till, shop);
	begin(&till);
	post(&till, SESSION_SCAN, BREAD, false);
	post(&till, SESSION_PAY_CARD, NULL, false);
	post(&till, SESSION_SCAN, MILK, false);
	view = newest(&till);
	g_assert_cmpint(view->state, ==, SESSION_CARD_ASKED);
	g_assert_cmpint(view->card_asked.minor, ==, 2500);
	g_assert_cmpstr(view->message_code, ==, "scan-waits");
	n = till.views->len;
	post(&till, SESSION_CARD_RESULT, "RRN 7", true);
	view = newest(&till);
	/* the paid receipt was shown, then the scan began the next one */
	g_assert_cmpint(till.views->len, ==, n + 2);
	g_assert_cmpint(((SessionView *)g_ptr_array_index(till.views, n))->state, ==, SESSION_PAID);
	g_assert_cmpint(view->state, ==, SESSION_SELLING);
	g_assert_cmpuint(view->lines->len, ==, 1);
	g_assert_cmpint(view->totals.total.minor, ==, 8990);
	g_assert_cmpint(view->sound, ==, SESSION_SOUND_SCAN);
	till_close(&till);
	shop_remove(shop);
}

static void test_change_outlives_a_scan_that_waited(void)
{
	char *shop = shop_new("ru", NULL);
	Till till;
	const SessionView *view;

	till_start(&till, shop);
	begin(&till);
	post(&till, SESSION_SCAN, BREAD, false);
	post(&till, SESSION_PAY_CARD, "10", false);
	post(&till, SESSION_SCAN, MILK, false);
	post(&till, SESSION_CARD_RESULT, NULL, true);
	post(&till, SESSION_PAY_CASH, "20", false);
	view = newest(&till);
	g_assert_cmpint(view->state, ==, SESSION_SELLING);
	g_assert_cmpint(view->totals.total.minor, ==, 8990);
	g_assert_cmpstr(view->message_code, ==, "paid-change");
	post(&till, SESSION_SCAN, BREAD, false);
	g_assert_cmpstr(newest(&till)->message_code, ==, "paid-change");
	post(&till, SESSION_QUANTITY, "2", false);
	g_assert_cmpstr(newest(&till)->message_code, ==, "");
	till_close(&till);
	shop_remove(shop);
}

static void test_goods_are_no_pin(void)
{
	char *shop = shop_new("ru", NULL);
	Till till;

	till_start(&till, shop);
	for (int i = 0; i < 7; i++)
		post(&till, SESSION_LOGIN, BREAD, false);
	g_assert_cmpstr(newest(&till)->message_code, ==, "locked");
	post(&till, SESSION_LOGIN, MARY, false);
	g_assert_cmpint(newest(&till)->state, ==, SESSION_SHIFT_CLOSED);
	till_close(&till);
	shop_remove(shop);
}

static void test_card_question_survives_a_restart(void)
{
	char *shop = shop_new("ru", NULL);
	Till till, again;
	const SessionView *view;

	till_start(&till, shop);
	begin(&till);
	post(&till, SESSION_SCAN, MILK, false);
	post(&till, SESSION_PAY_CARD, "50", false);
	g_assert_cmpint(newest(&till)->state, ==, SESSION_CARD_ASKED);
	till_close(&till);

	till_start(&again, shop);
	view = newest(&again);
	g_assert_cmpint(view->state, ==, SESSION_LOCKED);
	post(&again, SESSION_LOGIN, MARY, false);
	view = newest(&again);
	g_assert_cmpint(view->state, ==, SESSION_CARD_ASKED);
	g_assert_cmpint(view->card_asked.minor, ==, 5000);
	g_assert_cmpstr(view->message_code, ==, "card-ask");
	post(&again, SESSION_CARD_RESULT, NULL, true);
	post(&again, SESSION_PAY_CASH, NULL, false);
	g_assert_cmpint(newest(&again)->state, ==, SESSION_PAID);
	till_close(&again);
	shop_remove(shop);
}

static void test_two_presses_pay_once(void)
{
	char *shop = shop_new("ru", NULL);
	Till till;
	json_auto_t *receipts = NULL;
	const SessionView *view;

	till_start(&till, shop);
	begin(&till);
	post(&till, SESSION_SCAN, BREAD, false);
	post(&till, SESSION_PAY_CASH, "30", false);
	post(&till, SESSION_PAY_CASH, "30", false);
	view = newest(&till);
	g_assert_cmpint(view->state, ==, SESSION_PAID);
	g_assert_false(view->ok);
	g_assert_cmpint(view->totals.change.minor, ==, 500);
	g_assert_cmpint(view->sound, ==, SESSION_SOUND_REFUSE);
	till_close(&till);
	receipts = journal_of(shop, "receipt");
	g_assert_cmpuint(json_array_size(receipts), ==, 1);
	shop_remove(shop);
}

static void test_newest_query_wins(void)
{
	char *shop = shop_new("ru", NULL);
	Till till;
	const SessionView *view;
	guint n;

	till_start(&till, shop);
	begin(&till);
	newest(&till);
	n = till.views->len;
	post(&till, SESSION_FIND, "b", false);
	post(&till, SESSION_FIND, "br", false);
	post(&till, SESSION_FIND, "bread", false);
	view = newest(&till);
	g_assert_cmpint(till.views->len, ==, n + 1);
	g_assert_cmpstr(view->found_query, ==, "bread");
	g_assert_cmpuint(view->found->len, ==, 1);
	till_close(&till);
	shop_remove(shop);
}

static void *scan_from_elsewhere(void *data)
{
	for (int i = 0; i < 50; i++)
		session_post(data, session_event_new(SESSION_SCAN, BREAD));
	return NULL;
}

static void test_scans_of_two_scanners_all_arrive(void)
{
	char *shop = shop_new("ru", NULL);
	Till till;
	GThread *one, *two;

	till_start(&till, shop);
	begin(&till);
	one = g_thread_new("one", scan_from_elsewhere, till.session);
	two = g_thread_new("two", scan_from_elsewhere, till.session);
	g_thread_join(one);
	g_thread_join(two);
	g_assert_cmpint(newest(&till)->totals.n_goods, ==, 100);
	till_close(&till);
	shop_remove(shop);
}

/* Devices that are named and not there: said, written down, and the sale goes on, but for the
 * registrar, without which no money is taken. */
static void test_dead_devices(void)
{
	char *shop = shop_new("ru", NULL);
	Till till;
	json_auto_t *faults = NULL;
	const SessionView *view;

	shop_configure(shop,
		       "[display]\ndevice=cd5220@pty:/nowhere/display\n"
		       "[scanner]\ndevice=serial@pty:/nowhere/scanner\n"
		       "[fiscal]\ndevice=nosuch@pty:/nowhere/registrar\n[drawer]\ndevice=x\n");
	till_start(&till, shop);
	post(&till, SESSION_LOGIN, MARY, false);
	do
		g_main_context_iteration(till.context, TRUE);
	while (newest(&till)->devices[SESSION_DISPLAY].state != DEVICE_DOWN ||
	       newest(&till)->devices[SESSION_SCANNER].state != DEVICE_DOWN);
	view = newest(&till);
	g_assert_cmpint(view->devices[SESSION_FISCAL].state, ==, DEVICE_DOWN);
	g_assert_cmpint(view->devices[SESSION_FISCAL].fault, ==, DEVICE_FAULT_BAD_ADDRESS);
	g_assert_cmpint(view->devices[SESSION_HUB].state, ==, DEVICE_ABSENT);
	post(&till, SESSION_OPEN_SHIFT, NULL, false);
	view = newest(&till);
	g_assert_false(view->ok);
	g_assert_cmpstr(view->message_code, ==, device_fault_code(DEVICE_FAULT_BAD_ADDRESS));
	till_close(&till);
	faults = journal_of(shop, "device");
	g_assert_cmpuint(json_array_size(faults), ==, 3);
	shop_remove(shop);
}

/* Every write fails from the moment of payment on: no money is taken, and the receipt is whole. */
static void test_full_disk_takes_no_money(void)
{
	char *shop = shop_new("ru", NULL);
	Till till;
	const SessionView *view;

	till_start(&till, shop);
	begin(&till);
	post(&till, SESSION_SCAN, MILK, false);
	newest(&till);
	fault_io_arm(FAULT_IO_FAIL_FROM, 1, ENOSPC);
	post(&till, SESSION_PAY_CASH, NULL, false);
	view = newest(&till);
	fault_io_arm(FAULT_IO_NONE, 0, 0);
	g_assert_cmpint(view->state, ==, SESSION_SELLING);
	g_assert_cmpstr(view->message_code, ==, "no-room");
	g_assert_cmpint(view->totals.due.minor, ==, 8990);
	post(&till, SESSION_PAY_CASH, NULL, false);
	g_assert_cmpint(newest(&till)->state, ==, SESSION_PAID);
	till_close(&till);
	shop_remove(shop);
}

/* A write fails at each place in turn: what the screen shows is what a restart finds. */
static void test_screen_is_never_ahead_of_the_disk(void)
{
	bool failing = true;

	for (int nth = 1; failing; nth++) {
		char *shop = shop_new("ru", NULL);
		Till till, again;
		int64_t shown;

		till_start(&till, shop);
		begin(&till);
		post(&till, SESSION_SCAN, BREAD, false);
		newest(&till);
		fault_io_arm(FAULT_IO_FAIL_ONCE, nth, EIO);
		post(&till, SESSION_SCAN, MILK, false);
		shown = newest(&till)->totals.total.minor;
		failing = fault_io_was_hit();
		fault_io_arm(FAULT_IO_NONE, 0, 0);
		till_close(&till);
		till_start(&again, shop);
		post(&again, SESSION_LOGIN, MARY, false);
		g_assert_cmpint(newest(&again)->totals.total.minor, ==, shown);
		till_close(&again);
		shop_remove(shop);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/events/scan-while-the-card-is-asked", test_scan_while_the_card_is_asked);
	g_test_add_func("/events/change-outlives-a-scan-that-waited",
			test_change_outlives_a_scan_that_waited);
	g_test_add_func("/events/goods-are-no-pin", test_goods_are_no_pin);
	g_test_add_func("/events/card-question-survives-a-restart",
			test_card_question_survives_a_restart);
	g_test_add_func("/events/two-presses-pay-once", test_two_presses_pay_once);
	g_test_add_func("/events/newest-query-wins", test_newest_query_wins);
	g_test_add_func("/events/scans-of-two-scanners-all-arrive",
			test_scans_of_two_scanners_all_arrive);
	g_test_add_func("/events/dead-devices", test_dead_devices);
	g_test_add_func("/events/full-disk-takes-no-money", test_full_disk_takes_no_money);
	g_test_add_func("/events/screen-is-never-ahead-of-the-disk",
			test_screen_is_never_ahead_of_the_disk);
	return g_test_run();
}
