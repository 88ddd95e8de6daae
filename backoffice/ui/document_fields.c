/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/document_fields.h"

#include <glib/gi18n-lib.h>

static const struct {
	unsigned fields;
	const char *title, *question;
} kinds[DOCUMENT_N_KINDS] = {
	[DOCUMENT_ORDER] = { FIELD_SUPPLIER | FIELD_NOTE | FIELD_COST, N_("New order"),
			     N_("The order is posted: from then on its goods are expected. Nothing "
				"moves in stock.") },
	[DOCUMENT_DELIVERY] = { FIELD_SUPPLIER | FIELD_REFERENCE | FIELD_NOTE | FIELD_BLIND |
					FIELD_EXPECTED | FIELD_COST | FIELD_PRICE | FIELD_BATCH |
					FIELD_SERIALS | FIELD_INSTEAD | FIELD_ACT | FIELD_LABELS,
				N_("New delivery"),
				N_("Posting puts these goods into stock, with their costs and new "
				   "prices. It cannot be taken back but by reversing it.") },
	[DOCUMENT_SUPPLIER_RETURN] = { FIELD_SUPPLIER | FIELD_REFERENCE | FIELD_NOTE | FIELD_BATCH |
					       FIELD_SERIALS,
				       N_("New return to a supplier"),
				       N_("Posting takes these goods out of stock. It cannot be "
					  "taken back but by reversing it.") },
	[DOCUMENT_TRANSFER] = { FIELD_OTHER_SHOP | FIELD_NOTE | FIELD_BATCH | FIELD_SERIALS,
				N_("New transfer"),
				N_("Posting takes these goods out of this shop; they are on the "
				   "way until the other shop enters their arrival. It cannot be "
				   "taken back but by reversing it.") },
	[DOCUMENT_ARRIVAL] = { FIELD_NOTE | FIELD_EXPECTED | FIELD_BATCH | FIELD_SERIALS |
				       FIELD_ACT | FIELD_LABELS,
			       N_("New arrival"),
			       N_("Posting puts these goods into stock. It cannot be taken back "
				  "but by reversing it.") },
	[DOCUMENT_WRITE_OFF] = { FIELD_REASON | FIELD_NOTE | FIELD_BATCH | FIELD_SERIALS,
				 N_("New write-off"),
				 N_("Posting takes these goods out of stock as lost. It cannot be "
				    "taken back but by reversing it.") },
	[DOCUMENT_COUNT] = { FIELD_NOTE | FIELD_BLIND, N_("New count"),
			     N_("Posting brings stock to what was counted. It cannot be taken back "
				"but by reversing it.") },
	[DOCUMENT_REVALUATION] = { FIELD_NOTE | FIELD_COST | FIELD_UNIT_COST, N_("New revaluation"),
				   N_("Posting gives these goods another cost. It cannot be taken "
				      "back but by reversing it.") },
	[DOCUMENT_OPENING] = { FIELD_NOTE | FIELD_COST | FIELD_BATCH, N_("New opening balance"),
			       N_("Posting puts these goods into stock. It cannot be taken back "
				  "but by reversing it.") },
	[DOCUMENT_PRODUCTION] = { FIELD_NOTE | FIELD_RECIPE, N_("New production"),
				  N_("Posting takes the components out of stock and puts in what "
				     "was made of them. It cannot be taken back but by reversing "
				     "it.") },
};

static const struct {
	const char *code, *title;
} reasons[OFFICE_N_REASONS] = {
	{ "damaged", N_("Damaged") },	     { "expired", N_("Expired") },
	{ "stolen", N_("Stolen, missing") }, { "own-use", N_("Used by the shop itself") },
	{ "other", N_("Another reason") },
};

unsigned office_document_fields(DocumentKind kind)
{
	return kinds[kind].fields;
}

const char *office_document_new_title(DocumentKind kind)
{
	return g_dgettext(GETTEXT_PACKAGE, kinds[kind].title);
}

const char *office_document_question(DocumentKind kind)
{
	return g_dgettext(GETTEXT_PACKAGE, kinds[kind].question);
}

const char *office_reason_code(int i)
{
	return reasons[i].code;
}

const char *office_reason_title(const char *code)
{
	for (int i = 0; i < OFFICE_N_REASONS; i++)
		if (g_strcmp0(code, reasons[i].code) == 0)
			return g_dgettext(GETTEXT_PACKAGE, reasons[i].title);
	return "";
}
