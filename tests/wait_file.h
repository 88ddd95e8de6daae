/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* What another thread or process writes. */
bool file_has(const char *path, const char *text);
/* Waits until the file holds @text; a minute in vain fails the test. */
void wait_for_text(const char *path, const char *text);
