/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* An HTTP service on loopback, in a thread of its own, that answers what the test says. */
typedef struct ScriptedHttp ScriptedHttp;

typedef struct {
	const char *method, *path, *query, *body; /* query and body "" where there are none */
} ScriptedRequest;

typedef struct {
	guint status; /* 0: the line is cut instead of an answer */
	char *body; /* owned */
} ScriptedAnswer;

/* Called in the service's thread, one request at a time, under a lock that the functions below
 * take too. */
typedef ScriptedAnswer (*ScriptedHandler)(const ScriptedRequest *request, void *data);

ScriptedHttp *scripted_http_new(ScriptedHandler handler, void *data);
/* Nobody listens any more: what was open is cut. Harmless twice. */
void scripted_http_stop(ScriptedHttp *self);
void scripted_http_free(ScriptedHttp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ScriptedHttp, scripted_http_free)

const char *scripted_http_get_address(const ScriptedHttp *self); /* "http://127.0.0.1:40001" */
/* Lines "POST /path?query body" of what came so far. Own it. */
char *scripted_http_dup_log(ScriptedHttp *self);
void scripted_http_clear_log(ScriptedHttp *self);
