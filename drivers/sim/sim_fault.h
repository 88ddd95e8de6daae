/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Misbehaviour on order, of two sorts.
 *
 * A device's own: NAME[=VALUE][*COUNT][@[CODE:]N]. It begins with the Nth good frame (from 1,
 * default 1), or with the Nth frame of command CODE (hex, `@FF45:1`) and then for that command
 * only, and happens COUNT times. What VALUE is, and the usual COUNT, stands in the device's table.
 *
 * Of the cable, the same for every device: NAME[=N][*COUNT]. It strikes the Nth byte that comes in
 * or goes out, counted from 1 when the fault was ordered, and the COUNT - 1 bytes after it. The
 * loop does these by itself. */

/* A table ends with a NULL name; a fault's number is its place in it. */
enum { SIM_FOREVER = -1, SIM_COUNT_IS_VALUE = -2 };
typedef struct {
	const char *name;
	int value; /* where none is given */
	int count; /* SIM_FOREVER, SIM_COUNT_IS_VALUE or a number */
	bool hex; /* the value is a hex code */
	const char *help; /* N_() */
	bool any_command; /* it strikes before it is known which command comes: no CODE */
	const char *words; /* names of the values 0, 1, …, with "|" between; NULL: a number */
} SimFaultKind;

typedef struct SimFaults SimFaults;

/* @own: the device's table, borrowed, may be NULL. @specs: NULL or NULL-terminated. */
SimFaults *sim_faults_new(const SimFaultKind *own, const char *const *specs, GError **error);
void sim_faults_free(SimFaults *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SimFaults, sim_faults_free)
/* While it runs. */
bool sim_faults_add(SimFaults *self, const char *spec, GError **error);

/* A good frame has come: what triggers count. */
void sim_faults_count_frame(SimFaults *self, uint16_t code);
/* Does the fault strike now? Uses up one of its count. @value may be NULL. */
bool sim_faults_take(SimFaults *self, int fault, int *value);
/* The same, of those ordered with @value alone. */
bool sim_faults_take_value(SimFaults *self, int fault, int value);
/* The device has got a byte: does its fault @fault swallow it? VALUE is the byte's number from the
 * trigger on. */
bool sim_faults_drop_byte(SimFaults *self, int fault);
/* A setting rather than an event, whatever its trigger: @or_else where it was not given. What was
 * ordered last counts. */
int sim_faults_setting(const SimFaults *self, int fault, int or_else);

/* --- for the loop alone ------------------------------------------------------------------------
 */

typedef enum { SIM_WAY_IN, SIM_WAY_OUT } SimWay;
/* What the cable makes of @data. False: it breaks after *ret. */
bool sim_faults_mangle(SimFaults *self, SimWay way, const uint8_t *data, size_t len,
		       GByteArray *ret);
/* Milliseconds before an answer, and between its bytes; 0 usually. */
int sim_faults_late_ms(const SimFaults *self);
int sim_faults_split_ms(const SimFaults *self);
/* It takes no more bytes. */
bool sim_faults_is_deaf(const SimFaults *self);
/* Ends all faults of the cable. */
void sim_faults_mend(SimFaults *self);
bool sim_faults_refuses_second(const SimFaults *self);

/* Those of @own, a line each, translated; NULL: those of the cable. Own it. */
char *sim_faults_describe(const SimFaultKind *own);
