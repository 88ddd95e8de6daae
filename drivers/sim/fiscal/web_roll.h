/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/sim_device.h"

#include <jansson.h>

/* The printer of a simulated web registrar: a roll that may end in the middle of a document. What
 * is not out yet is kept, and printed when there is paper again. */
enum { WEB_PAPER_WIDTH = 40 };

typedef struct {
	bool no_paper, cover_open;
	GPtrArray *waiting; /* owned; lines that are not out */
	GPtrArray *last; /* owned; the last document, for its copy */
} WebRoll;

void web_roll_init(WebRoll *self);
void web_roll_clear(WebRoll *self);
json_t *web_roll_save(const WebRoll *self);
bool web_roll_load(WebRoll *self, const json_t *object);

bool web_roll_is_ready(const WebRoll *self);
/* Takes @paper. The roll ends before line @ends_at, from 1; 0: it does not. False where something
 * was not printed. */
bool web_roll_print(WebRoll *self, SimLog *log, GPtrArray *paper, bool document, int ends_at);
bool web_roll_continue(WebRoll *self, SimLog *log);
/* paper, paper-out, cover-open, cover-close */
bool web_roll_control(WebRoll *self, const char *line);

/* Lines of a document, forty characters wide. */
GPtrArray *web_paper_new(void);
void web_paper_add(GPtrArray *paper, const char *format, ...) G_GNUC_PRINTF(2, 3);
void web_paper_centre(GPtrArray *paper, const char *text);
void web_paper_pair(GPtrArray *paper, const char *left, const char *right);
void web_paper_sum(GPtrArray *paper, const char *left, int64_t minor); /* "left     =1.00" */
void web_paper_wrap(GPtrArray *paper, const char *text); /* over as many lines as it needs */
