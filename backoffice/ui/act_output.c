/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/act_output.h"

#include "backoffice/report/act.h"
#include "backoffice/ui/sheet_output.h"

#include <glib/gi18n-lib.h>

typedef struct {
	int64_t document_id;
	bool with_costs;
} Ask;

static Ask *ask_new(OfficeDesk *desk, int64_t document_id)
{
	Ask *self = g_new0(Ask, 1);

	self->document_id = document_id;
	self->with_costs = office_desk_may(desk, RIGHT_SEE_COST);
	return self;
}

static Sheet *make(Store *store, const void *data, const NumberStyle *style, GError **error)
{
	const Ask *ask = data;
	g_autoptr(Act) act = act_new(store, ask->document_id, ask->with_costs, error);

	return act != NULL ? act_to_sheet(act, style) : NULL;
}

static const char *save_title(void)
{
	return _("Save the act");
}

static const struct office_sheet act_kind = { make, g_free, save_title };

void office_act_save(GtkWidget *page, OfficeDesk *desk, int64_t document_id, const char *number,
		     OfficeSay say)
{
	g_autofree char *name = g_strdup_printf("act-%s.pdf", number);

	office_sheet_save(page, desk, &act_kind, ask_new(desk, document_id), name, say);
}

void office_act_print(GtkWidget *page, OfficeDesk *desk, int64_t document_id, const char *number,
		      OfficeSay say)
{
	office_sheet_print(page, desk, &act_kind, ask_new(desk, document_id), number, say);
}
