/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_page_private.h"

#include <glib/gi18n-lib.h>

/* Deeper, from a row to what stands behind it, and back. */

void report_page_show_receipt(OfficeReportPage *self)
{
	const ReceiptKey *key = &g_array_index(self->receipts, ReceiptKey, self->receipts->len - 1);

	office_receipt_view_open(self->receipt, key->shop_id, key->till_id, key->seq);
	gtk_stack_set_visible_child_name(self->stack, "receipt");
	gtk_widget_set_visible(self->choices, false);
	gtk_widget_set_visible(self->notes, false);
	report_page_show_title(self);
}

void report_page_open_receipt(OfficeReportPage *self, ReceiptKey key)
{
	g_array_append_val(self->receipts, key);
	report_page_show_receipt(self);
}

/* Its last row: a receipt, or a paper of the stockroom. */
static void open_thing(OfficeReportPage *self, const Report *report, int row)
{
	ReportRowKey key;

	if (!report_get_key(report, row, &key))
		return;
	if (report_get_kind(report)->key == REPORT_KEY_RECEIPT)
		report_page_open_receipt(self, (ReceiptKey){ key.shop_id, key.till_id, key.id });
	else if (report_get_kind(report)->key == REPORT_KEY_DOCUMENT)
		gtk_widget_activate_action(GTK_WIDGET(self), "office.open-document", "x",
					   (gint64)key.id);
}

void report_page_open_row(OfficeReportPage *self, int row)
{
	const Report *report = office_report_table_get(self->table);
	ReportPlace *place;

	if (report == NULL || row < 0 || row >= report_get_n_rows(report))
		return;
	place = report_place_open(self->place, report, row, office_desk_get_style(self->desk));
	if (place == NULL) {
		open_thing(self, report, row);
		return;
	}
	g_ptr_array_add(self->way, report_place_copy(self->place));
	report_page_take_place(self, place);
}

static void leave_receipt(OfficeReportPage *self)
{
	g_array_set_size(self->receipts, self->receipts->len - 1);
	if (self->receipts->len > 0) {
		report_page_show_receipt(self);
		return;
	}
	gtk_stack_set_visible_child_name(self->stack, "report");
	gtk_widget_set_visible(self->choices, true);
	gtk_widget_set_visible(self->notes, *gtk_label_get_label(self->notes_text) != '\0');
	report_page_show_title(self);
	gtk_widget_grab_focus(GTK_WIDGET(self->table));
}

void report_page_go_up(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);

	if (self->receipts->len > 0)
		leave_receipt(self);
	else if (self->way->len > 0)
		report_page_take_place(self,
				       g_ptr_array_steal_index(self->way, self->way->len - 1));
}

void report_page_go_back(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);

	if (!gtk_spinner_get_spinning(self->spinner)) {
		report_page_go_up(widget, action, parameter);
		return;
	}
	report_page_stop(self);
	report_page_say(widget,
			_("Stopped. Choose fewer days or another report; F5 counts again."));
}
