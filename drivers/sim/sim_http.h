/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/sim_device.h"

/* The HTTP/1.1 of simulated services, byte by byte over the simulator's own link, so that the cable
 * can be cut at any byte of a request or an answer. One request a connection: it is closed after
 * the answer. What is no HTTP is answered with 400 and flagged in the log. */
typedef struct SimHttp SimHttp;

/* Lent until the answer. */
typedef struct {
	const char *method; /* "POST" */
	const char *path; /* "/rest/receipt?tin=1", as it came */
	const char *type; /* of the body, "" where none was named */
	const char *body; /* ends with a NUL beyond @len */
	size_t len;
} SimHttpRequest;

SimHttp *sim_http_new(SimContext *context);
void sim_http_free(SimHttp *self);
/* From receive(): true when @ret is a whole request, which then has to be answered. */
bool sim_http_receive(SimHttp *self, const uint8_t *data, size_t len, SimHttpRequest *ret);
/* From link_changed(): what had come of a request is forgotten. */
void sim_http_link_changed(SimHttp *self);

/* One of these ends a request. @type and @body may be NULL. */
void sim_http_answer(SimHttp *self, int status, const char *type, const char *body);
/* As it stands, head and all: an answer that is wrong on purpose. The connection is closed. */
void sim_http_answer_raw(SimHttp *self, const char *bytes, size_t len);
/* None: the connection is closed without a word. */
void sim_http_hang_up(SimHttp *self);
/* A member of the request's head, "" where it is missing; @name in lower case. */
const char *sim_http_get_header(const SimHttp *self, const char *name);
