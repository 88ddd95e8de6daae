/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
	char *directory, *path, *dsn; /* owned */
} Fixture;

static void set_up(Fixture *f, gconstpointer data)
{
	g_autoptr(GError) error = NULL;

	f->directory = g_dir_make_tmp("baraa-store-XXXXXX", &error);
	g_assert_no_error(error);
	f->path = g_build_filename(f->directory, "Бараа till.db", NULL);
	f->dsn = g_strconcat("sqlite:", f->path, NULL);
}

static void remove_all(const char *directory)
{
	g_autoptr(GDir) dir = g_dir_open(directory, 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(directory, name, NULL);
		g_assert_cmpint(g_unlink(path), ==, 0);
	}
	g_assert_cmpint(g_rmdir(directory), ==, 0);
}

static void tear_down(Fixture *f, gconstpointer data)
{
	remove_all(f->directory);
	g_free(f->directory);
	g_free(f->path);
	g_free(f->dsn);
}

static Store *open_till(Fixture *f, StoreFlags flags)
{
	g_autoptr(GError) error = NULL;
	Store *store = store_open(f->dsn, flags, &error);

	g_assert_no_error(error);
	if ((flags & STORE_READ_ONLY) == 0) {
		store_migrate(store, "till", &error);
		g_assert_no_error(error);
	}
	return store;
}

static void put(Store *store, const char *key, const char *value)
{
	g_autoptr(GError) error = NULL;
	StoreStatement *statement = store_statement(store, "till/setting/put");

	store_bind_text(statement, 1, key);
	store_bind_text(statement, 2, value);
	store_run(statement, &error);
	g_assert_no_error(error);
}

static char *dup_setting(Store *store, const char *key)
{
	g_autoptr(GError) error = NULL;
	StoreStatement *statement = store_statement(store, "till/setting/get");
	char *ret = NULL;

	store_bind_text(statement, 1, key);
	if (store_step(statement, &error) == STORE_ROW)
		ret = g_strdup(store_get_text(statement, 0));
	g_assert_no_error(error);
	store_reset(statement);
	return ret;
}

static void test_what_is_written_is_read(Fixture *f, gconstpointer data)
{
	g_autoptr(Store) store = open_till(f, STORE_CREATE | STORE_DURABLE);
	g_autofree char *value = NULL, *none = dup_setting(store, "name");

	g_assert_null(none);
	put(store, "name", "Касса Ө");
	value = dup_setting(store, "name");
	g_assert_cmpstr(value, ==, "Касса Ө");
}

static void test_rolled_back_leaves_nothing(Fixture *f, gconstpointer data)
{
	g_autoptr(Store) store = open_till(f, STORE_CREATE);
	g_autoptr(GError) error = NULL;
	g_autofree char *value = NULL;

	g_assert_true(store_begin(store, &error));
	put(store, "a", "1");
	store_rollback(store);
	store_rollback(store); /* outside a transaction: nothing */
	value = dup_setting(store, "a");
	g_assert_null(value);
}

static void test_constraint_is_named(Fixture *f, gconstpointer data)
{
	g_autoptr(Store) store = open_till(f, STORE_CREATE);
	g_autoptr(GError) error = NULL;
	StoreStatement *statement = store_statement(store, "till/setting/put");

	store_bind_text(statement, 1, "a");
	store_bind_null(statement, 2);
	g_assert_false(store_run(statement, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_CONSTRAINT);
}

static void test_missing_and_foreign_files(Fixture *f, gconstpointer data)
{
	g_autoptr(GError) missing = NULL, rubbish = NULL, postgres = NULL, nonsense = NULL;

	g_assert_null(store_open(f->dsn, 0, &missing));
	g_assert_error(missing, STORE_ERROR, STORE_ERROR_MISSING);

	g_assert_true(g_file_set_contents(f->path,
					  "PK\3\4 this is no database, it is long enough "
					  "though to look like one to somebody careless",
					  -1, NULL));
	g_assert_null(store_open(f->dsn, STORE_CREATE, &rubbish));
	g_assert_error(rubbish, STORE_ERROR, STORE_ERROR_CORRUPT);

	g_assert_null(store_open("postgresql://host/db", 0, &postgres));
	g_assert_error(postgres, STORE_ERROR, STORE_ERROR_DSN);
	g_assert_null(store_open("/just/a/path", 0, &nonsense));
	g_assert_error(nonsense, STORE_ERROR, STORE_ERROR_DSN);
}

static void test_versions_are_checked(Fixture *f, gconstpointer data)
{
	g_autoptr(Store) store = store_open(f->dsn, STORE_CREATE, NULL);
	g_autoptr(GError) older = NULL, newer = NULL, error = NULL;
	StoreStatement *statement;

	g_assert_false(store_check_version(store, "till", &older));
	g_assert_error(older, STORE_ERROR, STORE_ERROR_OLDER);

	g_assert_true(store_migrate(store, "till", &error));
	g_assert_true(store_migrate(store, "till", &error)); /* again: nothing to do */
	g_assert_true(store_migrate(store, "goods", &error)); /* families share a file */
	g_assert_true(store_check_version(store, "till", &error));

	statement = store_statement(store, "store/version/put");
	store_bind_text(statement, 1, "till");
	store_bind_int(statement, 2, 9999);
	g_assert_true(store_run(statement, &error));
	g_assert_false(store_migrate(store, "till", &newer));
	g_assert_error(newer, STORE_ERROR, STORE_ERROR_NEWER);
	g_clear_error(&newer);
	g_assert_false(store_check_version(store, "till", &newer));
	g_assert_error(newer, STORE_ERROR, STORE_ERROR_NEWER);
}

/* A writer is at work, and its log is not in the main file yet. */
static void test_read_only_beside_a_writer(Fixture *f, gconstpointer data)
{
	g_autoptr(Store) writer = open_till(f, STORE_CREATE | STORE_DURABLE);
	g_autoptr(Store) reader = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *value = NULL;
	StoreStatement *statement;

	put(writer, "a", "1");
	reader = open_till(f, STORE_READ_ONLY);
	g_assert_true(store_check_version(reader, "till", &error));
	value = dup_setting(reader, "a");
	g_assert_cmpstr(value, ==, "1");

	statement = store_statement(reader, "till/setting/put");
	store_bind_text(statement, 1, "a");
	store_bind_text(statement, 2, "2");
	g_assert_false(store_run(statement, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_FAILED);
}

static void test_read_only_of_a_closed_file(Fixture *f, gconstpointer data)
{
	g_autofree char *value = NULL, *again = NULL;
	Store *store = open_till(f, STORE_CREATE | STORE_DURABLE);

	put(store, "a", "1");
	g_clear_pointer(&store, store_close);
	store = open_till(f, STORE_READ_ONLY);
	value = dup_setting(store, "a");
	g_assert_cmpstr(value, ==, "1");
	g_clear_pointer(&store, store_close);

	/* Nobody may write in the folder (root may, and then this is the case above again). */
	g_assert_cmpint(g_chmod(f->path, 0400), ==, 0);
	g_assert_cmpint(g_chmod(f->directory, 0500), ==, 0);
	store = open_till(f, STORE_READ_ONLY);
	again = dup_setting(store, "a");
	g_assert_cmpstr(again, ==, "1");
	g_clear_pointer(&store, store_close);
	g_assert_cmpint(g_chmod(f->directory, 0700), ==, 0);
}

static void test_second_writer_is_told_busy(Fixture *f, gconstpointer data)
{
	g_autoptr(Store) first = open_till(f, STORE_CREATE);
	g_autoptr(Store) second = open_till(f, STORE_CREATE);
	g_autoptr(GError) error = NULL;

	g_assert_true(store_begin(first, &error));
	put(first, "a", "1");
	g_assert_false(store_begin(second, &error)); /* after its patience of five seconds */
	g_assert_error(error, STORE_ERROR, STORE_ERROR_BUSY);
	g_clear_error(&error);
	g_assert_true(store_commit(first, &error));
	g_assert_true(store_begin(second, &error));
	store_rollback(second);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name, function) g_test_add("/store/" name, Fixture, NULL, set_up, function, tear_down)
	ADD("what-is-written-is-read", test_what_is_written_is_read);
	ADD("rolled-back-leaves-nothing", test_rolled_back_leaves_nothing);
	ADD("constraint-is-named", test_constraint_is_named);
	ADD("missing-and-foreign-files", test_missing_and_foreign_files);
	ADD("versions-are-checked", test_versions_are_checked);
	ADD("read-only-beside-a-writer", test_read_only_beside_a_writer);
	ADD("read-only-of-a-closed-file", test_read_only_of_a_closed_file);
	ADD("second-writer-is-told-busy", test_second_writer_is_told_busy);
	return g_test_run();
}
