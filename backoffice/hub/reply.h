/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>

/* What the hub answers: made on a lane, sent by the main loop. */
typedef struct {
	guint status;
	const char *type; /* static */
	GBytes *body; /* owned */
} Reply;

void reply_clear(Reply *self);

/* Takes @json. */
void reply_json(Reply *self, guint status, json_t *json);
/* {"error":CODE,"message":…}: the code is for programs, the message is English for the log. */
void reply_error(Reply *self, guint status, const char *code, const char *message);
/* Something broke here: the client gets 500 (503 where trying again helps), the log the reason. */
void reply_failed(Reply *self, const GError *error);
void reply_text(Reply *self, const char *type, const char *text);
