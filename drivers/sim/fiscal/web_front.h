/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/sim_http.h"

#include <jansson.h>

/* What a fiscal web service does wrong between its socket and its registrar, the same for every
 * such service. A simulator's own faults are numbered from WEB_FAULT_N on. */
typedef enum {
	WEB_FAULT_REFUSE, /* not done, no answer: the connection hangs until the host gives up */
	WEB_FAULT_CLOSE_BEFORE, /* read, not done, closed */
	WEB_FAULT_CLOSE_AFTER, /* done, closed without an answer */
	WEB_FAULT_SILENT_AFTER, /* done, no answer: the connection hangs */
	WEB_FAULT_HALF_ANSWER, /* done, closed in the middle of the answer's body */
	WEB_FAULT_LATE, /* done, answered VALUE ms later */
	WEB_FAULT_HTTP_500, /* not done, answered with a page of HTML */
	WEB_FAULT_HTTP_500_AFTER, /* done, and so answered */
	WEB_FAULT_ERROR_200, /* not done; a good status with an error in the body */
	WEB_FAULT_NONSENSE, /* done; the body is no JSON */
	WEB_FAULT_UNAUTHORIZED, /* VALUE requests get 401 */
	WEB_FAULT_BUSY, /* VALUE requests get 503 */
	WEB_FAULT_CHUNKED, /* the answer's body comes in chunks */
	WEB_FAULT_N,
} WebFault;

/* The lines of a table of faults that belong to the front. */
#define WEB_FAULT_KINDS                                                                            \
	[WEB_FAULT_REFUSE] = { "refuse", 1, 1, false,                                              \
			       N_("do nothing and never answer the request") },                    \
	[WEB_FAULT_CLOSE_BEFORE] = { "close_before", 1, 1, false,                                  \
				     N_("read the request, do nothing, close") },                  \
	[WEB_FAULT_CLOSE_AFTER] = { "close_after", 1, 1, false,                                    \
				    N_("do it, close without an answer") },                        \
	[WEB_FAULT_SILENT_AFTER] = { "silent_after", 1, 1, false, N_("do it, never answer") },     \
	[WEB_FAULT_HALF_ANSWER] = { "half_answer", 1, 1, false,                                    \
				    N_("do it, close in the middle of the answer") },              \
	[WEB_FAULT_LATE] = { "late", 1000, 1, false, N_("do it, answer VALUE ms later") },         \
	[WEB_FAULT_HTTP_500] = { "http_500", 1, 1, false,                                          \
				 N_("do nothing, answer with a page of HTML and status 500") },    \
	[WEB_FAULT_HTTP_500_AFTER] = { "http_500_after", 1, 1, false,                              \
				       N_("do it, answer with HTML and status 500") },             \
	[WEB_FAULT_ERROR_200] = { "error_200", 1, 1, false,                                        \
				  N_("do nothing, answer 200 with an error in the body") },        \
	[WEB_FAULT_NONSENSE] = { "nonsense", 1, 1, false, N_("do it, answer what is no JSON") },   \
	[WEB_FAULT_UNAUTHORIZED] = { "unauthorized", 1, SIM_COUNT_IS_VALUE, false,                 \
				     N_("answer VALUE requests with 401: a wrong password") },     \
	[WEB_FAULT_BUSY] = { "busy", 1, SIM_COUNT_IS_VALUE, false,                                 \
			     N_("answer VALUE requests with 503") },                               \
	[WEB_FAULT_CHUNKED] = { "chunked", 1, 1, false, N_("do it, answer in chunks") }

typedef struct {
	SimContext *context; /* borrowed */
	SimHttp *http; /* owned */
	const char *error_body; /* borrowed; an error as this service words it */
	int64_t due; /* of an answer that is late; G_MAXINT64: none */
	int status; /* of it */
	char *body; /* owned */
} WebFront;

void web_front_init(WebFront *self, SimContext *context, const char *error_body);
void web_front_clear(WebFront *self);
/* True when @ret is a whole request; web_front_admit() and then web_front_answer() must follow. */
bool web_front_receive(WebFront *self, const uint8_t *data, size_t len, SimHttpRequest *ret);
/* False where the request must not be done: it has had what answer it gets. @code is what faults
 * name it by. */
bool web_front_admit(WebFront *self, uint16_t code);
void web_front_answer(WebFront *self, int status, const json_t *body);
void web_front_link_changed(WebFront *self);
int64_t web_front_deadline(const WebFront *self);
void web_front_tick(WebFront *self, int64_t now);
