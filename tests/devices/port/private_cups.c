/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/port/private_cups.h"

#include <glib/gstdio.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define CUPSD "/usr/sbin/cupsd"
#define START_S 30

/* The printer. CUPS calls it with the job's number, user, title, copies, options and maybe a file.
 */
static const char backend[] =
	"#!/bin/sh\n"
	"[ $# -gt 0 ] || { echo 'direct till \"Unknown\" \"A folder\"'; exit 0; }\n"
	"folder=${DEVICE_URI#till:}\n"
	"[ ! -e \"$folder/broken\" ] || exit 1\n"
	"if [ -e \"$folder/no-paper\" ]; then\n"
	"	echo 'STATE: +media-empty-error' >&2\n"
	"	: >\"$folder/waiting\"\n"
	"	while [ -e \"$folder/no-paper\" ]; do sleep 0.1; done\n"
	"	echo 'STATE: -media-empty-error' >&2\n"
	"fi\n"
	"cat \"${6:--}\" >>\"$folder/printed\"\n";

static void write_file(const PrivateCups *self, const char *name, const char *text, int mode)
{
	g_autofree char *path = g_build_filename(self->folder, name, NULL);
	g_autofree char *parent = g_path_get_dirname(path);
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(g_mkdir_with_parents(parent, 0755), ==, 0);
	g_file_set_contents(path, text, -1, &error);
	g_assert_no_error(error);
	g_assert_cmpint(g_chmod(path, mode), ==, 0);
}

static void write_configuration(const PrivateCups *self)
{
	g_autofree char *daemon = g_strdup_printf("Listen 127.0.0.1:%d\n"
						  "LogLevel warn\nBrowsing No\nWebInterface No\n"
						  "DefaultAuthType None\n"
						  "<Location />\nOrder allow,deny\nAllow all\n"
						  "</Location>\n"
						  "<Policy default>\n<Limit All>\n"
						  "Order deny,allow\n</Limit>\n</Policy>\n",
						  self->port);
	g_autofree char *files = g_strdup_printf(
		"ServerRoot %1$s/root\nServerBin %1$s/bin\nRequestRoot %1$s/spool\n"
		"CacheDir %1$s/cache\nStateDir %1$s/run\nTempDir %1$s/temp\n"
		"AccessLog %1$s/log/access\nErrorLog %1$s/log/error\nPageLog %1$s/log/page\n"
		"SyncOnClose No\n",
		self->folder);
	g_autofree char *daemons = NULL;
	static const char *const folders[] = { "root", "spool", "cache", "run", "temp", "log" };

	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *path = g_build_filename(self->folder, folders[i], NULL);

		g_assert_cmpint(g_mkdir(path, 0755), ==, 0);
	}
	write_file(self, "cupsd.conf", daemon, 0644);
	write_file(self, "cups-files.conf", files, 0644);
	write_file(self, "bin/backend/till", backend, 0700); /* as root, as the folder is its own */
	daemons = g_build_filename(self->folder, "bin", "daemon", NULL); /* cups-exec runs it */
	g_assert_cmpint(symlink("/usr/lib/cups/daemon", daemons), ==, 0);
}

static int free_port(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	g_assert_cmpint(bind(fd, (struct sockaddr *)&address, len), ==, 0);
	g_assert_cmpint(getsockname(fd, (struct sockaddr *)&address, &len), ==, 0);
	close(fd);
	return ntohs(address.sin_port);
}

/* cupsd tells nobody when it listens, so it is asked until it does. */
static bool listens(const PrivateCups *self)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
				       .sin_port = htons((uint16_t)self->port) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	bool ok = connect(fd, (struct sockaddr *)&address, sizeof address) == 0;

	close(fd);
	return ok;
}

/* A test that crashed leaves nothing running. */
static void die_with_parent(void *data)
{
	prctl(PR_SET_PDEATHSIG, SIGTERM);
}

static void spawn(PrivateCups *self)
{
	g_autofree char *daemon = g_build_filename(self->folder, "cupsd.conf", NULL);
	g_autofree char *files = g_build_filename(self->folder, "cups-files.conf", NULL);
	char *argv[] = { (char *)CUPSD, (char *)"-f", (char *)"-c", daemon,
			 (char *)"-s",	files,	      NULL };
	g_autoptr(GError) error = NULL;

	g_spawn_async(self->folder, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, die_with_parent, NULL,
		      &self->pid, &error);
	g_assert_no_error(error);
}

bool private_cups_start(PrivateCups *self)
{
	int64_t until = g_get_monotonic_time() + START_S * G_USEC_PER_SEC;
	g_autoptr(GError) error = NULL;
	g_autofree char *server = NULL;

	*self = (PrivateCups){ .port = free_port() };
	if (geteuid() != 0 || !g_file_test(CUPSD, G_FILE_TEST_IS_EXECUTABLE)) {
		return false;
	}
	self->folder = g_dir_make_tmp("baraa-cups-XXXXXX", &error);
	g_assert_no_error(error);
	write_configuration(self);
	spawn(self);
	while (!listens(self)) {
		g_assert_cmpint(g_get_monotonic_time(), <, until);
		g_assert_cmpint(waitpid(self->pid, NULL, WNOHANG), ==, 0);
		g_usleep(10000);
	}
	server = g_strdup_printf("127.0.0.1:%d", self->port);
	g_setenv("CUPS_SERVER", server, true);
	return true;
}

static void remove_tree(const char *path)
{
	g_autoptr(GDir) dir =
		g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *child = g_build_filename(path, name, NULL);

		remove_tree(child);
	}
	g_assert_cmpint(g_remove(path), ==, 0);
}

void private_cups_stop(PrivateCups *self)
{
	int status;

	g_assert_cmpint(kill(self->pid, SIGTERM), ==, 0);
	g_assert_cmpint(waitpid(self->pid, &status, 0), ==, self->pid);
	g_spawn_close_pid(self->pid);
	remove_tree(self->folder);
	g_free(self->folder);
}

void private_cups_run(const PrivateCups *self, const char *program, const char *arguments)
{
	g_autofree char *line =
		g_strdup_printf("%s -h 127.0.0.1:%d %s", program, self->port, arguments);
	g_autofree char *err = NULL;
	g_autoptr(GError) error = NULL;
	int status;

	g_spawn_command_line_sync(line, NULL, &err, &status, &error);
	g_assert_no_error(error);
	g_test_message("%s: %s", line, err);
	g_assert_true(g_spawn_check_wait_status(status, &error));
}

void private_cups_add(const PrivateCups *self, const char *queue)
{
	g_autofree char *folder = g_build_filename(self->folder, "printers", queue, NULL);
	g_autofree char *arguments = g_strdup_printf("-p %s -E -m raw -v till:%s", queue, folder);

	g_assert_cmpint(g_mkdir_with_parents(folder, 0755), ==, 0);
	private_cups_run(self, "lpadmin", arguments);
}

char *private_cups_dup_path(const PrivateCups *self, const char *queue, const char *name)
{
	return g_build_filename(self->folder, "printers", queue, name, NULL);
}
