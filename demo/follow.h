/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Reads the log of a simulator as it grows, and what it has from before. */
typedef struct Follower Follower;

/* @line is lent. */
typedef void (*FollowerHeard)(const char *line, void *data);

/* The file may not be there yet. NULL: it cannot be followed. */
Follower *follower_new(const char *path, FollowerHeard heard, void *data, GError **error);
void follower_free(Follower *self);

/* What stands after @mark in a line of a log, or NULL. */
const char *log_after(const char *line, const char *mark);
