/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/money/money.h"
#include "backoffice/ui/desk.h"

#include <gtk/gtk.h>

/* One entry of money: what it is, and only the fields that it has. The same form says what cash of
 * a till really was. Signals: "left" when it is done with; "written" before that, with the number
 * of the entry (gint64). */
#define OFFICE_TYPE_MONEY_FORM (office_money_form_get_type())
G_DECLARE_FINAL_TYPE(OfficeMoneyForm, office_money_form, OFFICE, MONEY_FORM, GtkWidget)

void office_money_form_set_desk(OfficeMoneyForm *self, OfficeDesk *desk); /* borrows */
/* A new one, of @account_id at first. */
void office_money_form_open(OfficeMoneyForm *self, MoneyKind kind, int64_t account_id);
/* What the till's entry @number of @amount was; @title says which that is. */
void office_money_form_settle(OfficeMoneyForm *self, int64_t number, int64_t amount,
			      const char *title);
void office_money_form_write(OfficeMoneyForm *self);
void office_money_form_leave(OfficeMoneyForm *self);
