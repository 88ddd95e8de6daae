/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

/* The program itself over a data directory, fed with steps through a pipe. $BARAA_TILL is its path.
 */
typedef struct {
	GSubprocess *process;
	GOutputStream *in;
	GDataInputStream *out;
} Running;

Running running_start(const char *directory);
/* Sends one step and waits for its answer. Own it. */
json_t *running_step(Running *self, const char *text);
/* Sends one step and does not wait; running_answer() takes the answers, in order. Own it. */
void running_send(Running *self, const char *text);
json_t *running_answer(Running *self);
/* All of them (NULL ends), and each is done. */
void running_steps(Running *self, const char *const *steps);
/* kill -9 */
void running_kill(Running *self);
/* The script is over: the program ends by itself, well. */
void running_finish(Running *self);
