/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Where refused rows of a list go: a file that keeps all of them with their reasons, else the first
 * ones to the terminal. */
typedef struct {
	FILE *file; /* NULL: the terminal */
	int64_t n;
} Refusals;

/* @path NULL: the terminal. On failure has said why and *ret_status is what to exit with. */
bool refusals_open(Refusals *self, const char *path, int *ret_status);
/* A GoodsRefused; @data is the Refusals. */
void refusals_add(int64_t line, const char *reason, const char *const *cells, void *data);
/* How many more there are. */
void refusals_tell_rest(const Refusals *self);
/* Gives @status, or that the file could not be written. */
int refusals_close(Refusals *self, const char *path, int status);
