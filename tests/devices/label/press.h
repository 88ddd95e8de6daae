/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/sim.h"
#include "tests/sim/wire.h"
#include "tests/wait_file.h"

/* A simulated label printer, its host's side in raw bytes, and readers of what it has printed that
 * know nothing of it. */
typedef struct {
	SimThread *sim;
	Wire *wire;
	char *log, *pictures, *state;
} Press;

Press press_new(const char *sim);
/* @faults: NULL or NULL-terminated. @state: NULL, or a memory that lasts. */
Press press_new_with(const char *sim, const char *const *faults, const char *state);
void press_end(Press *press);

void send_bytes(Press *press, const void *data, size_t len);
void send_text(Press *press, const char *text);
void expect_text(Press *press, const char *text);
void say(Press *press, const char *line); /* a control line: said, and done */

/* The whole output of @reader, a command, for picture @n. Own it. */
char *read_with(const Press *press, const char *const *reader, int n);
/* zbarimg finds @code, "EAN-13:4601234567893", in picture @n. */
void assert_reads(const Press *press, int n, const char *code);
void assert_same_picture(const Press *a, const Press *b); /* the first of each */
void assert_no_flags(const Press *press);

/* Labels with these fields, lines or commands. */
#define ZPL(fields) "^XA^PW400^LL200" fields "^XZ"
#define TSPL(lines) "SIZE 50 mm,25 mm\r\nCLS\r\n" lines "\r\nPRINT 1\r\n"
#define EPL(lines) "\nN\nq400\nQ200,24\n" lines "\nP1\n"
