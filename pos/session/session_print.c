/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

#include <string.h>

/* Paper and drawer of a till whose receipts no registrar prints. The sale is finished when it is in
 * the books; the paper comes after, and never holds up the next shopper. */

static void on_printer(const GError *fault, void *data)
{
	session_send_news(data, SESSION_PRINTER, fault);
}

static void count_owed(Session *self)
{
	self->papers_owed = till_paper_count(self->db);
}

static void take_owed(void *owner, void *data)
{
	Session *self = owner;

	count_owed(self); /* now: more may have been sold since */
	session_emit(self);
}

static void on_owed(void *data)
{
	Session *self = data;

	mailbox_send(self->mailbox, take_owed, NULL, NULL);
}

/* --- the drawer ----------------------------------------------------------------------------- */

typedef struct {
	bool failed;
	DeviceFault fault;
} DrawerNews;

/* A drawer that was asked for without a sale is answered; of a sale only a failure is told. */
static void take_drawer(void *owner, void *data)
{
	Session *self = owner;
	const DrawerNews *news = data;
	g_autoptr(GError) error = NULL;

	if (self->drawer_asked) {
		self->drawer_asked = false;
		session_resume(self);
		if (news->failed)
			error = g_error_new_literal(DEVICE_FAULT, (int)news->fault, "no pulse");
		session_job_end(self,
				!news->failed || session_refuse_fault_of(self, SESSION_PRINTER,
									 error, "drawer-stays"));
	} else if (news->failed && !self->working) {
		session_tell(self, "drawer-failed", NULL, NULL);
		self->answer.sound = SESSION_SOUND_REFUSE;
		session_emit(self);
	}
}

static void on_drawer(const GError *fault, void *data)
{
	Session *self = data;
	DrawerNews *news = g_new0(DrawerNews, 1);

	news->failed = fault != NULL;
	if (fault != NULL)
		news->fault = fault->domain == DEVICE_FAULT ? (DeviceFault)fault->code
							    : DEVICE_FAULT_OFFLINE;
	mailbox_send(self->mailbox, take_drawer, news, g_free);
}

static bool registrar_has_drawer(const Session *self)
{
	return self->engine != NULL &&
	       fiscal_driver_find(self->fiscal_conf.protocol)->open_drawer != NULL;
}

bool session_has_drawer(const Session *self)
{
	return self->drawer != NULL || registrar_has_drawer(self);
}

void session_open_drawer(Session *self)
{
	if (self->drawer != NULL)
		till_printer_open_drawer(self->drawer);
}

static bool moves_cash(const Receipt *receipt)
{
	for (int i = 0; i < receipt_get_n_payments(receipt); i++)
		if (receipt_get_payment(receipt, i)->kind == TENDER_CASH)
			return true;
	return false;
}

/* --- paper ---------------------------------------------------------------------------------- */

static bool prints_receipts(const Session *self)
{
	return self->printer != NULL && (session_fiscal_caps(self) & FISCAL_PRINTS) == 0;
}

PaperShop session_paper_shop(const Session *self)
{
	return (PaperShop){ .shop = self->shop.name,
			    .till = self->till_name,
			    .timezone = self->shop.timezone,
			    .logo = self->paper_logo,
			    .footer = self->paper_footer,
			    .non_fiscal = self->country != NULL ? self->country->non_fiscal : NULL,
			    .style = &self->style };
}

static const char *cashier_name(const Session *self)
{
	return self->cashier != NULL ? self->cashier->name : "";
}

void session_owe_paper(Session *self, TillRequest *request)
{
	const char *name = *cashier_name(self) != '\0' ? cashier_name(self) : self->till_name;
	const char *end;

	if (!prints_receipts(self))
		return;
	g_strlcpy(request->paper, *name != '\0' ? name : "-", sizeof request->paper);
	g_utf8_validate(request->paper, -1, &end); /* cut after a whole letter */
	request->paper[end - request->paper] = '\0';
}

void session_print_sale(Session *self, const Receipt *receipt)
{
	if (receipt != NULL && moves_cash(receipt))
		session_open_drawer(self);
	if (!prints_receipts(self))
		return;
	count_owed(self);
	till_printer_wake(self->printer);
}

void session_print_shift(Session *self, ShiftPaperKind kind, int64_t shift,
			 const ShiftTotals *totals, const Money *counted)
{
	PaperShop shop = session_paper_shop(self);

	if (prints_receipts(self))
		till_printer_print(self->printer,
				   shift_paper_new(&shop, kind, shift, totals, counted,
						   cashier_name(self), g_get_real_time()));
}

void session_print_cash(Session *self, bool in, Money amount, int64_t slip)
{
	PaperShop shop = session_paper_shop(self);

	session_open_drawer(self);
	if (prints_receipts(self))
		till_printer_print(self->printer,
				   cash_paper_new(&shop, in, amount, slip, cashier_name(self),
						  g_get_real_time()));
}

void session_print_slip(Session *self, char *const *slip)
{
	if (self->printer != NULL && slip != NULL && slip[0] != NULL)
		till_printer_print(self->printer, slip_paper_new(slip));
}

bool session_on_reprint(Session *self, const SessionEvent *event)
{
	g_autoptr(GError) error = NULL;

	if (!prints_receipts(self))
		return session_refuse(self, "no-printer", NULL, NULL);
	if (!till_paper_again(self->db, cashier_name(self), &error))
		return g_error_matches(error, TILL_ERROR, TILL_ERROR_NO_RECEIPT)
			       ? session_refuse(self, "nothing-to-print", NULL, NULL)
			       : session_refuse_store(self, error);
	count_owed(self);
	till_printer_wake(self->printer);
	session_tell(self, "reprinting", NULL, NULL);
	return true;
}

bool session_on_drop_paper(Session *self, const SessionEvent *event)
{
	g_autoptr(GError) error = NULL;

	if (!prints_receipts(self))
		return session_refuse(self, "no-printer", NULL, NULL);
	if (!session_may(self, event, TILL_RIGHT_DROP_PAPER, "drop-paper-right", NULL))
		return false;
	if (!till_paper_drop_all(self->db, self->cashier->id, &error))
		return session_refuse_store(self, error);
	count_owed(self);
	till_printer_wake(self->printer);
	session_tell(self, "papers-dropped", NULL, NULL);
	return true;
}

/* --- starting ------------------------------------------------------------------------------- */

void session_start_printer(Session *self, GKeyFile *conf)
{
	static const TillPrinterListener listener = { .state = on_printer,
						      .owed = on_owed,
						      .drawer = on_drawer };
	PaperShop shop = session_paper_shop(self);
	g_auto(DeviceConf) device = { 0 };

	if (!session_read_conf(self, conf, SESSION_PRINTER, &device))
		return;
	self->devices[SESSION_PRINTER].state = DEVICE_WORKING;
	g_free(self->paper_logo);
	g_free(self->paper_footer);
	self->paper_logo = g_strdup(g_hash_table_lookup(device.options, "logo"));
	self->paper_footer = g_strdup(g_hash_table_lookup(device.options, "footer"));
	shop = session_paper_shop(self);
	count_owed(self);
	self->printer = till_printer_new(&device, self->db, &shop, &listener, self);
}

/* Where the drawer hangs: [drawer] via=printer or via=fiscal; else on the registrar, if it has a
 * place for one. */
void session_start_drawer(Session *self, GKeyFile *conf)
{
	g_autofree char *via = g_key_file_get_string(conf, "drawer", "via", NULL);

	self->drawer = NULL;
	if (via != NULL ? strcmp(via, "printer") == 0 : !registrar_has_drawer(self))
		self->drawer = self->printer;
	if (self->engine != NULL && (self->drawer != NULL || !registrar_has_drawer(self)))
		fiscal_engine_leave_drawer(self->engine);
}

void session_stop_printer(Session *self)
{
	self->drawer = NULL;
	g_clear_pointer(&self->printer, till_printer_free);
}
