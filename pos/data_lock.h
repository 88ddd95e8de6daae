/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* One process a till: a lock on DIR/till.lock that the kernel drops when its holder ends, however
 * it ends. */
typedef struct DataLock DataLock;

/* G_IO_ERROR_BUSY where another process has it; another error where the file cannot be made. */
DataLock *data_lock_new(const char *directory, GError **error);
void data_lock_free(DataLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DataLock, data_lock_free)
