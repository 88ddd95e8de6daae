/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/sim.h"

#include <jansson.h>

/* A simulated eBarimt service and a till that knows nothing but HTTP in raw bytes. What does not
 * come within twenty seconds fails the test. */
typedef struct {
	SimThread *sim; /* NULL: a process that the test runs by itself */
	const char *address; /* borrowed */
	char *log, *state; /* owned */
} Service;

/* @faults: NULL, or one with spaces between several. Each @name has its own memory. */
Service service_new(const char *name, const char *faults);
void service_end(Service *self);
/* Gone like a killed process, and back with what it had on disk. */
void service_restart(Service *self, const char *faults);
/* A control line that the device obeys; waits until it has. */
void service_tell(Service *self, const char *line);
/* One more fault; waits until it is known. */
void service_fault(Service *self, const char *spec);

/* These bytes alone; the socket, to be closed. */
int service_send_bytes(Service *self, const char *bytes, size_t len);
/* All bytes that answer these, to the end of the connection. Own it. */
GByteArray *service_bytes_new(Service *self, const char *bytes, size_t len);
/* The same of a request with a proper head; @body may be NULL. A text: no NUL may come. */
char *service_call(Service *self, const char *method, const char *path, const char *body);
/* The request alone; the socket, to be closed. */
int service_send(Service *self, const char *method, const char *path, const char *body);
/* Its text, to be freed. */
char *request_new(const char *method, const char *path, const char *body);
/* The JSON of an answer that is whole, with this HTTP status. */
json_t *service_ask(Service *self, int status, const char *method, const char *path,
		    const char *body);
json_t *service_post(Service *self, const char *body); /* 200 and SUCCESS */
void service_refuses(Service *self, const char *body, const char *flag); /* 400 and the flag */
/* The text of a member of an answer, "" where there is none. Numbers of answers are not asked for
 * by this. */
const char *text_of(const json_t *json, const char *key);
const char *body_of(const char *answer); /* what follows the head */

/* What is on disk. */
json_t *service_book(Service *self);
void service_has_booked(Service *self, size_t n);
/* The @i-th document: {"kind":…} and so on, borrowed from @book. */
const char *book_text(const json_t *book, size_t i, const char *key);
int64_t book_count(const json_t *book, size_t i, const char *key);
bool book_flag(const json_t *book, size_t i, const char *key);

/* @body with the first @from made @to. Own it; fails the test where @from is not in it. */
char *with(const char *body, const char *from, const char *to);

/* The bodies of §7, byte by byte: 925, 868 and 71 of them. */
extern const char page_sale[], page_rest[], page_void[];
#define FIRST_ID "011111111111001095330000010012619"
