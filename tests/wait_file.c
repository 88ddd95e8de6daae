/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/wait_file.h"

#include <glib.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { PATIENCE_MS = 60000 };

bool file_has(const char *path, const char *text)
{
	g_autofree char *all = NULL;

	return g_file_get_contents(path, &all, NULL, NULL) && strstr(all, text) != NULL;
}

/* The kernel has 128 of these for all programs of a user together: so many at a time in one. */
enum { MAX_WATCHES = 16 };
static GMutex lock;
static GCond given_back;
static int n_watches;

/* Of its folder, as the file may not be there yet. */
int file_watch(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	int fd;

	g_mutex_lock(&lock);
	while (n_watches >= MAX_WATCHES)
		g_cond_wait(&given_back, &lock);
	n_watches++;
	g_mutex_unlock(&lock);
	fd = inotify_init1(IN_CLOEXEC);
	g_assert_cmpint(inotify_add_watch(fd, folder, IN_MODIFY | IN_CREATE | IN_MOVED_TO), >=, 0);
	return fd;
}

void file_unwatch(int fd)
{
	close(fd);
	g_mutex_lock(&lock);
	n_watches--;
	g_cond_signal(&given_back);
	g_mutex_unlock(&lock);
}

void wait_for_file(const char *path, FileTest test, const void *data)
{
	struct pollfd change = { .fd = file_watch(path), .events = POLLIN };
	gint64 until = g_get_monotonic_time() + PATIENCE_MS * INT64_C(1000);
	char events[4096];

	while (!test(path, data)) {
		gint64 left = (until - g_get_monotonic_time()) / 1000;

		if (left <= 0 || poll(&change, 1, (int)left) != 1)
			g_error("%s does not say what it should", path);
		g_assert_cmpint(read(change.fd, events, sizeof events), >, 0);
	}
	file_unwatch(change.fd);
}

static bool has(const char *path, const void *text)
{
	return file_has(path, text);
}

void wait_for_text(const char *path, const char *text)
{
	g_test_message("waiting for %s to say \"%s\"", path, text);
	wait_for_file(path, has, text);
}
