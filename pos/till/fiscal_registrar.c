/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/fiscal_row_read.h"
#include "pos/till/till_private.h"

#define SETTING_SERIAL "registrar-serial"
#define SETTING_DOCUMENT "registrar-document"

typedef struct {
	char *serial; /* owned; NULL: none is known */
	int64_t document; /* -1: not known */
} Known;

static void known_clear(Known *self)
{
	g_free(self->serial);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Known, known_clear)

static bool load_known(TillDb *db, Known *ret, GError **error)
{
	g_autofree char *document = NULL;

	*ret = (Known){ .document = -1 };
	if (!till_setting_load(db, SETTING_SERIAL, &ret->serial, error) ||
	    !till_setting_load(db, SETTING_DOCUMENT, &document, error))
		return false;
	if (document != NULL)
		ret->document = g_ascii_strtoll(document, NULL, 10);
	return true;
}

static bool store_known(TillDb *db, const char *serial, int64_t document, GError **error)
{
	g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, document);

	return till_setting_store(db, SETTING_SERIAL, serial, error) &&
	       till_setting_store(db, SETTING_DOCUMENT, text, error);
}

bool fiscal_registrar_know(TillDb *db, const FiscalRow *row, const FiscalProof *proof,
			   GError **error)
{
	int64_t document = MAX(proof->document_number, row->intent.before.last_document);

	return *proof->serial == '\0' || store_known(db, proof->serial, document, error);
}

static bool differs(const Known *known, const FiscalStatus *status, bool numbers, GError **error)
{
	if (known->serial == NULL || *known->serial == '\0' || *status->serial == '\0')
		return false;
	if (!g_str_equal(known->serial, status->serial)) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REPLACED,
			    "registrar %s stands where %s stood", status->serial, known->serial);
		return true;
	}
	if (!numbers || known->document < 0 || known->document == status->last_document)
		return false;
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_NUMBER_GAP,
		    "its last document is %u, ours was %" G_GINT64_FORMAT, status->last_document,
		    known->document);
	return true;
}

bool fiscal_registrar_check(TillDb *db, const FiscalStatus *status, bool numbers, GError **error)
{
	g_auto(Known) known = { 0 };
	bool ok;

	g_mutex_lock(&db->lock);
	ok = load_known(db, &known, error);
	g_mutex_unlock(&db->lock);
	return ok && !differs(&known, status, numbers, error);
}

static bool accept(TillDb *db, const FiscalStatus *status, int64_t cashier, GError **error)
{
	g_auto(Known) known = { 0 };
	json_t *details;
	bool ok;

	if (!load_known(db, &known, error))
		return false;
	details = json_pack("{s:s, s:I, s:s, s:I}", "serial", status->serial, "document",
			    (json_int_t)status->last_document, "was_serial",
			    known.serial != NULL ? known.serial : "", "was_document",
			    (json_int_t)known.document);
	ok = till_journal_add(db, JOURNAL_REGISTRAR, cashier, db->ends.shift.number, details, NULL,
			      error);
	json_decref(details);
	return ok && store_known(db, status->serial, status->last_document, error);
}

bool fiscal_registrar_accept(TillDb *db, const FiscalStatus *status, int64_t cashier,
			     GError **error)
{
	bool ok = till_begin(db, error) && accept(db, status, cashier, error);

	return till_end(db, ok, error);
}
