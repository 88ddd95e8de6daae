/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/paper_only.h"
#include "pos/till/till_db.h"

#include <gio/gio.h>

/* One sale, one fiscal document (fiscal-model.md §6), for any registrar. Every state is on the disk
 * before the byte it allows; after any doubt the registrar is asked what it did before anything
 * else is done. All work is on the device's own thread; callbacks come on the thread-default
 * context of fiscal_engine_new(). Requests run in the order they were made. */
typedef struct FiscalEngine FiscalEngine;

typedef enum {
	FISCAL_OUTCOME_NOTHING, /* recover, retry: there was nothing to do */
	FISCAL_OUTCOME_DONE, /* made, recorded, printed */
	FISCAL_OUTCOME_NOT_PRINTED, /* made and recorded; retry finishes the paper */
	FISCAL_OUTCOME_NOT_MADE, /* certain; the receipt is open as before. Retry, or leave it */
	FISCAL_OUTCOME_UNKNOWN, /* in doubt; the engine keeps asking by itself. Nothing else is
				   begun */
	FISCAL_OUTCOME_FOREIGN, /* the registrar holds something that is not ours: an administrator
				 */
} FiscalOutcomeKind;

typedef struct {
	FiscalOutcomeKind outcome;
	FiscalKind kind; /* what it was about; 0 in NOTHING */
	FiscalProof proof; /* DONE, NOT_PRINTED; document_number 0 if the registrar makes none */
	/* DONE, NOT_PRINTED: as recorded with the proof. After a restart without the shift's
	 * totals. */
	TillDone done;
	int64_t late; /* seq of the closed receipt that was told; 0 usually */
	bool internal; /* the registrar alone has changed */
	PaperOnly *words; /* owned, may be NULL: for the shopper's paper and nothing else */
	bool cash_differs; /* of an opened shift: the registrar's drawer counter has not its float */
	bool drawer_failed; /* the drawer should have opened and did not */
	GError *error; /* owned; why: DEVICE_FAULT, or STORE_ERROR / TILL_ERROR. NULL in DONE,
			  NOTHING */
} FiscalOutcome;
void fiscal_outcome_clear(FiscalOutcome *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FiscalOutcome, fiscal_outcome_clear)

/* @db is borrowed until fiscal_engine_free(). @address: for port_open(), or NULL for a driver
 * without a cable. @options: till.conf's [fiscal], borrowed, may be NULL. The device is opened when
 * it is first needed, and again after it was lost. */
FiscalEngine *fiscal_engine_new(TillDb *db, const struct fiscal_driver *driver, const char *address,
				GHashTable *options);
/* Breaks off what the device is asked (what is then in doubt is cleared up at the next start) and
 * joins the thread. No callback comes after it. */
void fiscal_engine_free(FiscalEngine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FiscalEngine, fiscal_engine_free)

/* The drawer does not hang on the registrar: the engine opens none. Before anything is asked of it.
 */
void fiscal_engine_leave_drawer(FiscalEngine *self);

/* Call once at start, before anybody may log in: brings what was interrupted to its end. A sale
 * whose payment was agreed is made if the registrar does not have it. NOT_MADE rows are left alone:
 * their receipt is open, with its payments. */
void fiscal_engine_recover_async(FiscalEngine *self, GAsyncReadyCallback callback, void *data);

/* @request and @cashier_name are copied. FISCAL_X needs kind and cashier alone and leaves no row. A
 * sale or return is the receipt last saved with till_db_save_receipt(), which has to be paid. While
 * a document is in doubt the answer is UNKNOWN (or FOREIGN) of that one, and nothing is sent. */
void fiscal_engine_run_async(FiscalEngine *self, const TillRequest *request,
			     const char *cashier_name, GAsyncReadyCallback callback, void *data);

/* The cashier has done something about it: finishes the paper of NOT_PRINTED; clears up UNKNOWN and
 * FOREIGN and, if the document was not made, makes it; makes NOT_MADE anew. */
void fiscal_engine_retry_async(FiscalEngine *self, GAsyncReadyCallback callback, void *data);

/* An administrator has looked: what the registrar holds is not ours and ours was not made. Cancels
 * a receipt that hangs open in it, and ends UNKNOWN or FOREIGN as NOT_MADE; the journal keeps who.
 */
void fiscal_engine_settle_async(FiscalEngine *self, int64_t cashier, GAsyncReadyCallback callback,
				void *data);

/* A person accepts the registrar as it is now, after REPLACED or NUMBER_GAP: DONE, or NOT_MADE
 * where it could not be looked at. */
void fiscal_engine_accept_async(FiscalEngine *self, int64_t cashier, GAsyncReadyCallback callback,
				void *data);

/* Of the five above. Always fills in @ret. */
void fiscal_engine_finish(FiscalEngine *self, GAsyncResult *result, FiscalOutcome *ret);

/* Opens the drawer without a sale. False with DEVICE_FAULT from the finish function. */
void fiscal_engine_open_drawer_async(FiscalEngine *self, GAsyncReadyCallback callback, void *data);
bool fiscal_engine_open_drawer_finish(FiscalEngine *self, GAsyncResult *result, GError **error);

/* Called on the engine's context. */
typedef struct {
	/* The registrar came, went, or says something new; @fault holds where not @ready. */
	void (*device)(bool ready, DeviceFault fault, const FiscalStatus *status, void *data);
	/* What was UNKNOWN has cleared up while the engine kept asking: DONE, NOT_PRINTED, NOT_MADE
	 * or FOREIGN. @outcome is lent; its words may be taken. */
	void (*resolved)(FiscalOutcome *outcome, void *data);
} FiscalListener;
/* Starts the watch: the device is looked at now, then every few seconds while it is down or
 * something is in doubt, and now and then while all is well. @listener is copied. */
void fiscal_engine_watch(FiscalEngine *self, const FiscalListener *listener, void *data);
/* Looks at once and tells the listener in any case. Only after fiscal_engine_watch(). */
void fiscal_engine_look(FiscalEngine *self);
