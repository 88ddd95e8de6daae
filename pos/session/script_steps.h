/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

/* A line of a script, read without running it. */
typedef enum {
	STEP_EVENTS, /* events to post, one after the other is settled */
	STEP_WAIT,
	STEP_EXPECT,
	STEP_AWAIT, /* until what is expected is so, for half a minute */
	STEP_LATER_VERSION, /* known, but not in this version */
	STEP_WRONG, /* no such step, or wrong words */
	STEP_NOTHING, /* blank or comment */
} StepKind;

typedef struct {
	StepKind kind;
	bool may_fail;
	char *text; /* the step as written, without the "-" */
	SessionEvent *events[2];
	/* Card steps: the outcome is sent once the session has asked for it. */
	bool card;
	int64_t wait_ms;
	char *field, *value; /* of expect and await */
} ScriptStep;

void script_step_parse(const char *line, ScriptStep *ret);
void script_step_clear(ScriptStep *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ScriptStep, script_step_clear)
