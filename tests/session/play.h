/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>

/* A script played on a real session over @directory, in this process. */
typedef struct {
	int status;
	json_t *answers; /* array of objects, a step each */
} Played;

Played play(const char *directory, const char *script);
void played_clear(Played *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Played, played_clear)

/* The answer of step @n, from 0; -1 is the last. */
const json_t *played_answer(const Played *self, int n);
const char *played_text(const Played *self, int n, const char *field);
/* Entries of the till's journal of that kind, decoded. Own it. */
json_t *journal_of(const char *directory, const char *kind);

/* The script went through to its end, every step as it should be. */
#define play_through(directory, script)                                                            \
	G_STMT_START                                                                               \
	{                                                                                          \
		g_auto(Played) played_ = play(directory, script);                                  \
		if (played_.status != 0)                                                           \
			g_test_message("failed at: %s",                                            \
				       json_dumps(played_answer(&played_, -1), 0));                \
		g_assert_cmpint(played_.status, ==, 0);                                            \
	}                                                                                          \
	G_STMT_END
