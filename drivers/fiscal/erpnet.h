/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/erpnet_plan.h"

/* ErpNet.FP, a JSON service before Bulgarian printers of many makers (fiscal-datecs.md §9). Each
 * document is a task under an id made of sale_id and id alone. But the service tells a result once
 * and forgets all when it starts anew: then the printer's own last receipt (Datecs P), or the
 * counter of its drawer, has to tell. */
extern const struct fiscal_driver erpnet_driver;

/* Shared by erpnet.c, erpnet_ask.c and erpnet_reconcile.c alone. */
struct fiscal {
	struct port *port; /* borrowed */
	ErpnetOptions options; /* owned */
	ErpnetInfo info;
	FiscalStatus last; /* as observed last */
	ErpnetLast last_sale; /* of a Datecs P */
	bool last_is_fresh; /* no document was made since */
	bool tells_cash, tells_last;
	char unsent[40]; /* id of a document's task of which no byte has left */
	/* owned; the result that was read last, which the service has forgotten since */
	char *finished_id;
	json_t *finished;
};

/* erpnet_ask.c. Those that return bool fail with a fault. */
bool erpnet_fail(struct fiscal *self, DeviceFault fault, const char *text, GError **error);
bool erpnet_fail_result(struct fiscal *self, const ErpnetResult *result, GError **error);
bool erpnet_fail_status(struct fiscal *self, guint status, GError **error);
bool erpnet_is_datecs_p(const struct fiscal *self);
/* GET below /printers; *ret is an object or array, and the caller's. */
bool erpnet_get(struct fiscal *self, const char *path, json_t **ret, GError **error);
/* Finds the printer and what it is. */
bool erpnet_ask_info(struct fiscal *self, GError **error);
/* POST of @request as task @id. *ret_json is the caller's, may be NULL. */
bool erpnet_post(struct fiscal *self, const char *request, const char *id, const char *body,
		 guint *ret_status, json_t **ret_json, GError **error);
/* Asks for task @id till it does not wait, @wait_ms at most. *ret_result, lent by @self, is set
 * where it is finished. */
bool erpnet_poll(struct fiscal *self, const char *id, int wait_ms, ErpnetTaskState *ret,
		 const json_t **ret_result, GError **error);
/* A request that makes no document, to its end. */
bool erpnet_run(struct fiscal *self, const char *request, const char *body, GError **error);
/* A command of the printer's own protocol. *ret_raw is the caller's. */
bool erpnet_raw(struct fiscal *self, const char *command, char **ret_raw, GError **error);
bool erpnet_observe(struct fiscal *self, FiscalStatus *ret, GError **error);

/* erpnet_reconcile.c */
FiscalVerdict erpnet_reconcile(struct fiscal *self, const FiscalIntent *intent,
			       bool (*used_proof)(const char *serial, uint32_t number, void *data),
			       void *data, FiscalProof *ret, GError **error);
