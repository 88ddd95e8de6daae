/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What happened, for people and for a window that follows the file. UTF-8, every line is flushed:
 *   2026-06-03T10:17:00.123456 H> 05      bytes from the host
 *   2026-06-03T10:17:00.123456 D> 15      bytes of the device
 *   2026-06-03T10:17:00.123456 -- words   what they meant
 *   PAPER|text                            a printed line; "PAPER|" alone is an empty one
 *   GLASS|1|twenty cells                  the display's rows, both after every change
 *   PICTURE|path                          a receipt or label as people see it, a PNG
 *   DRAWER|ms                             the drawer got a pulse of that length */
typedef struct SimLog SimLog;

SimLog *sim_log_new(const char *path, GError **error); /* NULL path: nothing is written */
void sim_log_free(SimLog *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SimLog, sim_log_free)

void sim_log_bytes(SimLog *self, bool from_host, const uint8_t *data, size_t len);
void sim_log_words(SimLog *self, const char *format, ...) G_GNUC_PRINTF(2, 3);
void sim_log_paper(SimLog *self, const char *line);
/* "@mark|@text": any other of the lines above. */
void sim_log_mark(SimLog *self, const char *mark, const char *text);
void sim_log_glass(SimLog *self, int row, const char *cells);
