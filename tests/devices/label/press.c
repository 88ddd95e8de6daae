/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/label/press.h"

#include <string.h>

Press press_new_with(const char *sim, const char *const *faults, const char *state)
{
	static int n;
	g_autoptr(GError) error = NULL;
	g_autofree char *log = g_strdup_printf("%d.log", ++n);
	g_autofree char *pictures = g_strdup_printf("%d.png", n);
	Press press = { .log = scratch_new(log),
			.pictures = scratch_new(pictures),
			.state = g_strdup(state) };

	g_assert_cmpint(g_mkdir_with_parents(press.pictures, 0700), ==, 0);
	press.sim = sim_start(sim,
			      &(SimOptions){ .log_path = press.log,
					     .picture_dir = press.pictures,
					     .state_path = press.state,
					     .faults = faults,
					     .control_fd = -1 },
			      &error);
	g_assert_no_error(error);
	press.wire = wire_new(sim_thread_get_address(press.sim));
	return press;
}

Press press_new(const char *sim)
{
	return press_new_with(sim, NULL, NULL);
}

void press_end(Press *press)
{
	g_autoptr(GError) error = NULL;

	wire_free(press->wire);
	g_assert_true(sim_stop(press->sim, &error));
	g_free(press->log);
	g_free(press->pictures);
	g_free(press->state);
}

static char *hex_new(const void *data, size_t len)
{
	GString *hex = g_string_new(NULL);

	for (size_t i = 0; i < len; i++)
		g_string_append_printf(hex, "%02X", ((const uint8_t *)data)[i]);
	return g_string_free(hex, FALSE);
}

void send_bytes(Press *press, const void *data, size_t len)
{
	g_autofree char *hex = hex_new(data, len);

	wire_send(press->wire, hex);
}

void send_text(Press *press, const char *text)
{
	send_bytes(press, text, strlen(text));
}

void expect_text(Press *press, const char *text)
{
	g_autofree char *hex = hex_new(text, strlen(text));

	wire_expect(press->wire, hex);
}

void say(Press *press, const char *line)
{
	g_autofree char *logged = g_strdup_printf("control: %s\n", line);

	sim_say(press->sim, line);
	wait_for_text(press->log, logged);
}

static char *picture_path(const Press *press, int n)
{
	return g_strdup_printf("%s/%04d-label.png", press->pictures, n);
}

static char *picture_new(const Press *press, int n, gsize *len)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = picture_path(press, n);
	char *bytes;

	g_file_get_contents(path, &bytes, len, &error);
	g_assert_no_error(error);
	return bytes;
}

void assert_same_picture(const Press *a, const Press *b)
{
	gsize a_len, b_len;
	g_autofree char *a_bytes = picture_new(a, 1, &a_len);
	g_autofree char *b_bytes = picture_new(b, 1, &b_len);

	g_assert_cmpmem(a_bytes, a_len, b_bytes, b_len);
}

char *read_with(const Press *press, const char *const *reader, int n)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = picture_path(press, n);
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	char *found;

	for (int i = 0; reader[i] != NULL; i++)
		g_ptr_array_add(argv, (char *)reader[i]);
	g_ptr_array_add(argv, path);
	g_ptr_array_add(argv, NULL);
	g_spawn_sync(NULL, (char **)argv->pdata, NULL,
		     G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &found, NULL,
		     NULL, &error);
	g_assert_no_error(error);
	return found;
}

void assert_reads(const Press *press, int n, const char *code)
{
	static const char *const zbar[] = { "zbarimg", "-q", NULL };
	g_autofree char *found = read_with(press, zbar, n);
	g_autofree char *line = g_strdup_printf("%s\n", code);

	if (strstr(found, line) == NULL)
		g_error("“%s” is not among what was read:\n%s", code, found);
}

void assert_no_flags(const Press *press)
{
	if (file_has(press->log, "FLAG")) {
		g_autofree char *log = NULL;

		g_file_get_contents(press->log, &log, NULL, NULL);
		g_error("flags:\n%s", log);
	}
}
