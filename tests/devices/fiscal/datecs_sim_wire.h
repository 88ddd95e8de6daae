/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/sim/wire.h"

/* The till's end of a Datecs line, for tests of the simulator alone: frames, their numbers and
 * check sums, and no command. What does not come within ten seconds fails the test. Data are
 * written as they are, with "\t" between fields; a letter of the Cyrillic goes as UTF-8 and travels
 * in CP1251. */
typedef struct {
	char *data; /* owned; UTF-8 */
	uint8_t status[8];
	int n_syn; /* that came before */
} DatecsAnswer;
void datecs_answer_clear(DatecsAnswer *self);

typedef struct {
	Wire *wire; /* owned */
	bool x;
	uint8_t seq; /* of the last frame */
} DatecsTalk;

void datecs_talk_init(DatecsTalk *self, const char *address, bool x);
void datecs_talk_clear(DatecsTalk *self);
/* A frame with the next number, or with @seq. */
void datecs_send(DatecsTalk *self, int code, const char *data);
void datecs_send_as(DatecsTalk *self, uint8_t seq, int code, const char *data);
/* Reads an answer to @code with the number sent last. */
DatecsAnswer datecs_hear(DatecsTalk *self, int code);
/* Both; gives the data. Own it. */
char *datecs_ask(DatecsTalk *self, int code, const char *data);
/* Both, and the data are @expected; family X: without the error code, which is 0. */
void datecs_ok(DatecsTalk *self, int code, const char *data, const char *expected);
/* Family P: a status bit is set, 0x11 is 1.1. Family X: the error code. */
void datecs_refused(DatecsTalk *self, int code, const char *data, int error);

/* Lines "H> …" and "D> …" of a page, byte by byte; "??" is any byte; SYN are skipped. */
void datecs_play(DatecsTalk *self, const char *transcript);
