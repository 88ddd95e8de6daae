/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Misbehaviour on order: NAME[=VALUE][*COUNT][@[CODE:]N]. It begins with the Nth good frame (from
 * 1, default 1), or with the Nth frame of command CODE (hex, `@FF45:1`) and then for that command
 * only, and happens COUNT times. What VALUE is, and the usual COUNT, is in the table of
 * sim_fault.c. */
typedef enum {
	FAULT_DROP_RX, /* the VALUE-th byte received from the trigger on is swallowed */
	FAULT_DROP_TX, /* the VALUE-th byte of the answer is not sent */
	FAULT_BAD_LRC, /* the check sum of VALUE answers is spoilt */
	FAULT_NAK, /* VALUE good frames are refused */
	FAULT_SLOW, /* VALUE ms before the answer */
	FAULT_SLOW_ACK, /* VALUE ms before the ACK */
	FAULT_LOST_ANSWER, /* done, link lost; ENQ gives the answer */
	FAULT_LOST_ANSWER_POWER, /* done, link and answer lost */
	FAULT_DIE_BEFORE, /* link lost after the ACK, nothing done */
	FAULT_PAPER_OUT, /* before line VALUE of the document */
	FAULT_SHIFT_24H, /* mode 3, 4E for sales, 16 from the FN */
	FAULT_WRONG_PASSWORD, /* 4F for everything */
	FAULT_BUSY, /* 50h for VALUE commands; questions are answered */
	FAULT_FN_ERROR, /* VALUE (hex) where a document is made */
	FAULT_FF_BYTE, /* after the ACK of the host */
	FAULT_GARBAGE, /* VALUE bytes before STX */
	FAULT_TWO_TCP, /* a second connection is refused; else it waits */
	FAULT_EXTENDED, /* setting: answers of documents end with a date */
	FAULT_PRINT_MS, /* setting: of a document */
	FAULT_BYTE_MS, /* setting: byte time-out */
	FAULT_N,
} SimFault;

typedef struct SimFaults SimFaults;

SimFaults *sim_faults_new(const char *const *specs, GError **error); /* NULL: none */
void sim_faults_free(SimFaults *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SimFaults, sim_faults_free)

/* A good frame has come: what triggers count. */
void sim_faults_count_frame(SimFaults *self, uint16_t code);
/* Does the fault strike now? Uses up one of its count. @value may be NULL. */
bool sim_faults_take(SimFaults *self, SimFault fault, int *value);
/* A byte has come in: is it the one to swallow? */
bool sim_faults_drop_byte(SimFaults *self);
/* A setting rather than an event, whatever its trigger: @or_else where it was not given. */
int sim_faults_setting(const SimFaults *self, SimFault fault, int or_else);
