/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* What another thread or process writes. */
bool file_has(const char *path, const char *text);
/* A descriptor that is readable after a change in the file's folder, for poll() and read(). */
int file_watch(const char *path);
void file_unwatch(int fd);
/* Asks again at every change, until it is true; a minute in vain fails the test. */
typedef bool (*FileTest)(const char *path, const void *data);
void wait_for_file(const char *path, FileTest test, const void *data);
/* Waits until the file holds @text; a minute in vain fails the test. */
void wait_for_text(const char *path, const char *text);
