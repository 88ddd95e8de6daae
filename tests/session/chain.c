/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/session/chain.h"

#include "tests/session/shop.h"

#include <signal.h>
#include <stdbool.h>
#include <string.h>

char *chain_run(const char *const *arguments)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GSubprocess) process = g_subprocess_newv(
		arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
		&error);
	char *said = NULL;

	g_assert_no_error(error);
	g_subprocess_communicate_utf8(process, NULL, NULL, &said, NULL, &error);
	g_assert_no_error(error);
	if (g_subprocess_get_exit_status(process) != 0)
		g_test_message("%s: %s", arguments[1], said);
	g_assert_cmpint(g_subprocess_get_exit_status(process), ==, 0);
	return said;
}

void chain_import_bread(Chain *self, const char *price)
{
	g_autofree char *list =
		g_strdup_printf("barcode\tname\ttax\tprice\n" BREAD "\tBread\tVAT10\t%s\n" MILK
				"\tMilk\tVAT10\t89.90\n",
				price);

	g_assert_true(g_file_set_contents(self->goods, list, -1, NULL));
	g_free(CHAIN_BARAA("import", "goods", self->goods, "--db", self->dsn));
}

char *chain_start_hub(Chain *self, const char *where)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GDataInputStream) out = NULL;
	g_autofree char *line = NULL;

	self->hub = g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv("BARAA_HUB"),
				     "--db", self->dsn, "--listen", where, NULL);
	g_assert_no_error(error);
	out = g_data_input_stream_new(g_subprocess_get_stdout_pipe(self->hub));
	line = g_data_input_stream_read_line(out, NULL, NULL, &error);
	g_assert_no_error(error);
	g_assert_nonnull(line);
	g_assert_nonnull(strstr(line, "http://"));
	return g_strdup(strstr(line, "http://"));
}

char *chain_enrol(Chain *self, const char *name)
{
	char *directory = g_dir_make_tmp("baraa-till-XXXXXX", NULL);
	g_autofree char *code =
		CHAIN_BARAA("till", "add", "--db", self->dsn, "--shop", "Corner", "--name", name);

	g_free(chain_run((const char *const[]){ g_getenv("BARAA_TILL"), "--data", directory,
						"--enrol", self->url, g_strstrip(code), NULL }));
	return directory;
}

Chain chain_new(void)
{
	Chain self = { .directory = g_dir_make_tmp("baraa-chain-XXXXXX", NULL) };

	self.dsn = g_strdup_printf("sqlite:%s/office.db", self.directory);
	self.goods = g_build_filename(self.directory, "goods.tsv", NULL);
	g_free(CHAIN_BARAA("init", "--db", self.dsn, "--country", "ru", "--shop", "Corner"));
	chain_import_bread(&self, "25");
	g_free(CHAIN_BARAA("person", "add", "--db", self.dsn, "--name", "Mary", "--role", "cashier",
			   "--pin", MARY));
	g_free(CHAIN_BARAA("person", "add", "--db", self.dsn, "--name", "Ann", "--role", "senior",
			   "--pin", ANN));
	self.url = chain_start_hub(&self, "127.0.0.1:0");
	self.till = chain_enrol(&self, "Till 1");
	return self;
}

void chain_stop_hub(Chain *self)
{
	if (self->hub == NULL)
		return;
	g_subprocess_send_signal(self->hub, SIGTERM);
	g_assert_true(g_subprocess_wait(self->hub, NULL, NULL));
	g_clear_object(&self->hub);
}

void chain_free(Chain *self)
{
	chain_stop_hub(self);
	shop_remove(self->till);
	shop_remove(self->directory);
	g_free(self->dsn);
	g_free(self->goods);
	g_free(self->url);
}
