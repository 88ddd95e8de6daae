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
	FAULT_DROP_RX,
	FAULT_DROP_TX,
	FAULT_BAD_LRC,
	FAULT_NAK,
	FAULT_SLOW,
	FAULT_SLOW_ACK,
	FAULT_LOST_ANSWER,
	FAULT_LOST_ANSWER_POWER,
	FAULT_DIE_BEFORE,
	FAULT_PAPER_OUT,
	FAULT_SHIFT_24H,
	FAULT_WRONG_PASSWORD,
	FAULT_BUSY,
	FAULT_FN_ERROR,
	FAULT_FF_BYTE,
	FAULT_GARBAGE,
	FAULT_TWO_TCP,
	FAULT_EXTENDED,
	FAULT_PRINT_MS,
	FAULT_BYTE_MS,
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
