/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/command_line.h"

#include <glib/gstdio.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>

void desk_init(Desk *self)
{
	g_autoptr(GError) error = NULL;

	self->folder = g_dir_make_tmp("baraa-cli-XXXXXX", &error);
	g_assert_no_error(error);
}

void desk_clear(Desk *self)
{
	g_autoptr(GDir) dir = g_dir_open(self->folder, 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(self->folder, name, NULL);

		g_unlink(path);
	}
	g_assert_cmpint(g_rmdir(self->folder), ==, 0);
	g_free(self->folder);
}

void said_clear(Said *self)
{
	g_free(self->out);
	g_free(self->err);
}

Said desk_run(const Desk *self, const char *line)
{
	g_auto(GStrv) environment = g_get_environ();
	g_autoptr(GError) error = NULL;
	g_autofree char *all = g_strconcat(g_getenv("BARAA"), " ", line, NULL);
	g_auto(GStrv) argv = NULL;
	Said said = { 0 };
	int status;

	/* Sentences are looked at below: in English, and where no locale is set. */
	environment = g_environ_setenv(environment, "LC_ALL", "C", true);
	g_shell_parse_argv(all, NULL, &argv, &error);
	g_assert_no_error(error);
	g_spawn_sync(self->folder, argv, environment, G_SPAWN_DEFAULT, NULL, NULL, &said.out,
		     &said.err, &status, &error);
	g_assert_no_error(error);
	g_assert_true(WIFEXITED(status));
	said.status = WEXITSTATUS(status);
	return said;
}

char *desk_do(const Desk *self, const char *line)
{
	g_auto(Said) said = desk_run(self, line);

	if (said.status != 0)
		g_error("baraa %s: %d %s", line, said.status, said.err);
	return g_steal_pointer(&said.out);
}

void desk_refuses(const Desk *self, const char *line, int status, const char *says)
{
	g_auto(Said) said = desk_run(self, line);
	char *end = strchr(said.err, '\n');

	g_test_message("baraa %s: %d %s", line, said.status, said.err);
	g_assert_cmpint(said.status, ==, status);
	g_assert_nonnull(end);
	g_assert_cmpstr(end, ==, "\n");
	g_assert_cmpstr(said.out, ==, "");
	if (strstr(said.err, says) == NULL)
		g_error("baraa %s: “%s” is not in “%s”", line, says, said.err);
}

char *desk_dup_path(const Desk *self, const char *name)
{
	return g_build_filename(self->folder, name, NULL);
}

void desk_write(const Desk *self, const char *name, const char *text)
{
	g_autofree char *path = desk_dup_path(self, name);
	g_autoptr(GError) error = NULL;

	g_file_set_contents(path, text, -1, &error);
	g_assert_no_error(error);
}
