/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/data_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

struct DataLock {
	int file;
};

DataLock *data_lock_new(const char *directory, GError **error)
{
	g_autofree char *path = g_build_filename(directory, "till.lock", NULL);
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	DataLock *self;

	if (file < 0 || flock(file, LOCK_EX | LOCK_NB) != 0) {
		int reason = errno;

		g_set_error(error, G_IO_ERROR,
			    file >= 0 && reason == EWOULDBLOCK ? G_IO_ERROR_BUSY
							       : G_IO_ERROR_FAILED,
			    "%s: %s", path, g_strerror(reason));
		if (file >= 0)
			close(file);
		return NULL;
	}
	self = g_new0(DataLock, 1);
	self->file = file;
	return self;
}

void data_lock_free(DataLock *self)
{
	if (self == NULL)
		return;
	close(self->file);
	g_free(self);
}
