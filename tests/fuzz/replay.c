/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the fuzzer found once, and the seeds it began with: usage: fuzz-NAME CORPUS */
static void replay(const void *path)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *data = NULL;
	gsize len;

	g_file_get_contents(path, &data, &len, &error);
	g_assert_no_error(error);
	LLVMFuzzerTestOneInput((const uint8_t *)data, len);
}

int main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GDir) dir = NULL;
	const char *name;

	g_test_init(&argc, &argv, NULL);
	dir = g_dir_open(argc > 1 ? argv[1] : "", 0, &error);
	g_assert_no_error(error);
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *test = g_strdup_printf("/corpus/%s", name);

		g_test_add_data_func_full(test, g_build_filename(argv[1], name, NULL),
					  (GTestDataFunc)replay, g_free);
	}
	return g_test_run();
}
