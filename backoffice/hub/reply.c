/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/reply.h"

#include "store/store.h"

#include <string.h>

static void set(Reply *self, guint status, const char *type, GBytes *body)
{
	reply_clear(self);
	*self = (Reply){ .status = status, .type = type, .body = body };
}

void reply_clear(Reply *self)
{
	g_clear_pointer(&self->body, g_bytes_unref);
}

void reply_json(Reply *self, guint status, json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT);

	json_decref(json);
	g_assert(text != NULL);
	set(self, status, "application/json",
	    g_bytes_new_with_free_func(text, strlen(text), free, text));
}

void reply_error(Reply *self, guint status, const char *code, const char *message)
{
	reply_json(self, status, json_pack("{s:s, s:s}", "error", code, "message", message));
}

void reply_failed(Reply *self, const GError *error)
{
	bool passes = g_error_matches(error, STORE_ERROR, STORE_ERROR_BUSY) ||
		      g_error_matches(error, STORE_ERROR, STORE_ERROR_FULL);

	g_warning("%s", error->message);
	reply_error(self, passes ? 503 : 500, passes ? "busy" : "failed",
		    passes ? "The database cannot take this now: try again."
			   : "Something broke in the hub: its log says what.");
}

void reply_text(Reply *self, const char *type, const char *text)
{
	set(self, 200, type, g_bytes_new(text, strlen(text)));
}
