/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/sim.h"

#include <jansson.h>

/* The till's end of a simulated fiscal web service, in raw HTTP: it knows no task. What does not
 * come within twenty seconds fails the test. */
typedef struct {
	SimThread *sim;
	const char *name; /* of the simulator */
	char *log, *state; /* owned */
	char *address; /* owned; "tcp:127.0.0.1:PORT" */
} WebBench;

/* @faults: NULL, or several with spaces between. */
WebBench web_bench_new(const char *sim, const char *test, const char *faults);
void web_bench_end(WebBench *self);
/* Off, as a process that ends, and on again with the same memory. */
void web_bench_restart(WebBench *self);
void web_bench_say(WebBench *self, const char *line); /* a control line; waits until it is obeyed */

/* One request on a connection of its own. Status 0: closed without a head. @body is what came after
 * the head, as long as it came; own it. */
char *web_say(const WebBench *self, const char *method, const char *path, const char *body,
	      int *status);
size_t web_request_len(const char *method, const char *path, const char *body);
/* The bytes as they are; gives all that comes until the far end closes. Own it. */
char *web_say_raw(const WebBench *self, const char *bytes);
/* Sends a request and hears nothing for a tenth of a second; then it hangs up. */
bool web_is_silent(const WebBench *self, const char *method, const char *path, const char *body);

/* The book in the state file; own it. */
json_t *web_book_new(const WebBench *self);
size_t web_book_len(const WebBench *self);
/* Entry @at, from 0, or from the end if negative. */
void web_book_expect(const WebBench *self, int at, int64_t number, const char *kind, int64_t total,
		     int64_t cash, int64_t card);
void web_expect_flag(const WebBench *self, const char *text); /* a FLAG line with it */
void web_expect_clean(const WebBench *self); /* no FLAG line at all */
