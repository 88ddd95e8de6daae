/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A service on a socket that does what a script says, byte for byte: what a real one does on a bad
 * day. It takes any number of connections at a time. */
typedef struct ScriptedService ScriptedService;

typedef enum {
	SCRIPT_ANSWER, /* and close */
	SCRIPT_KEEP, /* answer, and wait for another request on the connection */
	SCRIPT_DRIP, /* a byte a packet, and close */
	SCRIPT_HANG_UP, /* close without a word */
	SCRIPT_RESET, /* the same, rudely */
} ScriptAct;

/* The requests that are expected, in their order. */
typedef struct {
	const char *request; /* "POST /rest/receipt" */
	ScriptAct act;
	int status; /* of HTTP; 0: @answer is all there is, head too */
	const char *answer; /* body */
} ScriptStep;

ScriptedService *scripted_service_new(const ScriptStep *steps, int n);
/* Asserts that each step was taken and nothing else was asked. */
void scripted_service_free(ScriptedService *self);
const char *scripted_service_get_address(const ScriptedService *self); /* "http://…" */
/* Body of the request of step @n, which has been taken. */
const char *scripted_service_get_body(ScriptedService *self, int n);
