/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/crash/child.h"
#include "tests/crash/power_vfs.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* The disk that forgets, by itself: what SQLite has synced is there after a kill, what it has only
 * written is not. */

/* Shared with the child. */
static struct {
	PowerSwitch power;
	int acknowledged; /* rows whose commit has returned */
} * shared;

typedef struct {
	char *directory, *path; /* owned */
} Disk;

static Disk disk_new(void)
{
	Disk self = { .directory = g_dir_make_tmp("baraa-power-XXXXXX", NULL) };

	self.path = g_build_filename(self.directory, "test.db", NULL);
	shared->power = (PowerSwitch){ 0 };
	shared->acknowledged = 0;
	return self;
}

static void disk_free(Disk *self)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };

	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *path = g_strconcat(self->path, ends[i], NULL);

		g_unlink(path);
	}
	g_assert_cmpint(g_rmdir(self->directory), ==, 0);
	g_free(self->directory);
	g_free(self->path);
}

static void run(sqlite3 *db, const char *sql)
{
	char *message = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		g_error("%s: %s", sql, message);
}

static sqlite3 *open_db(const char *path, const char *vfs)
{
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs),
			==, SQLITE_OK);
	return db;
}

#define ROWS 12

/* A commit each, of a page and more; dies at the end if not before. */
static void write_rows(const char *path, const char *pragmas)
{
	sqlite3 *db = open_db(path, "power");

	run(db, pragmas);
	run(db, "CREATE TABLE t (n INTEGER PRIMARY KEY, x BLOB)");
	for (int i = 0; i < ROWS; i++) {
		run(db, "INSERT INTO t (x) VALUES (randomblob (5000))");
		shared->acknowledged++;
	}
	kill(getpid(), SIGKILL);
}

/* How many rows are there after the kill; the database must be whole. */
static int count_rows(const char *path)
{
	sqlite3 *db = open_db(path, "unix");
	sqlite3_stmt *row;
	int n = 0;

	g_assert_cmpint(sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &row, NULL), ==,
			SQLITE_OK);
	g_assert_cmpint(sqlite3_step(row), ==, SQLITE_ROW);
	g_assert_cmpstr((const char *)sqlite3_column_text(row, 0), ==, "ok");
	sqlite3_finalize(row);
	if (sqlite3_prepare_v2(db, "SELECT count (*) FROM t", -1, &row, NULL) == SQLITE_OK &&
	    sqlite3_step(row) == SQLITE_ROW)
		n = sqlite3_column_int(row, 0);
	sqlite3_finalize(row);
	sqlite3_close(db);
	return n;
}

static int rows_after(const Disk *disk, const char *pragmas)
{
	pid_t child = child_fork((const int[]){ -1 });
	int status;

	if (child == 0) {
		power_vfs_register(&shared->power);
		write_rows(disk->path, pragmas);
	}
	status = child_reap(child);
	g_assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	return count_rows(disk->path);
}

/* Checkpoints often, so that the database itself is written too. */
#define WAL "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 6; "
#define ROLLBACK "PRAGMA journal_mode = DELETE; "

static const char *const durable[] = { WAL "PRAGMA synchronous = FULL",
				       ROLLBACK "PRAGMA synchronous = FULL" };

static void test_synced_is_there(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(durable); i++) {
		Disk disk = disk_new();

		g_assert_cmpint(rows_after(&disk, durable[i]), ==, ROWS);
		disk_free(&disk);
	}
}

static void test_written_is_lost(void)
{
	static const char *const careless[] = {
		"PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF",
		"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL"
	};

	for (size_t i = 0; i < G_N_ELEMENTS(careless); i++) {
		Disk disk = disk_new();
		int n = rows_after(&disk, careless[i]);

		g_assert_cmpint(shared->acknowledged, ==, ROWS);
		g_assert_cmpint(n, <, ROWS);
		disk_free(&disk);
	}
}

static void test_pretended_syncs(void)
{
	Disk disk = disk_new();

	shared->power.lies = 1;
	g_assert_cmpint(rows_after(&disk, durable[0]), <, shared->acknowledged);
	disk_free(&disk);
}

/* The power goes at each sync of a dozen commits, in each way: what was acknowledged is there, and
 * of what was not at most the one under way. */
static void test_cut_at_every_sync(void)
{
	int n_cuts = 0, n_torn = 0;

	for (PowerCut cut = POWER_CUT_BEFORE; cut < POWER_N_CUTS; cut++) {
		for (size_t i = 0; i < G_N_ELEMENTS(durable); i++) {
			bool died = true;

			for (int at = 1; died; at++) {
				Disk disk = disk_new();
				int n;

				shared->power.cut = (int)cut;
				shared->power.at = at;
				shared->power.seed = (uint32_t)g_test_rand_int();
				n = rows_after(&disk, durable[i]);
				g_assert_cmpint(n, >=, shared->acknowledged);
				g_assert_cmpint(n, <=, shared->acknowledged + 1);
				died = shared->power.count >= at;
				n_cuts += died;
				n_torn += died && cut == POWER_CUT_TORN;
				disk_free(&disk);
			}
		}
	}
	g_test_message("%d cuts, %d of them torn", n_cuts, n_torn);
	g_assert_cmpint(n_cuts, >, 100);
}

int main(int argc, char **argv)
{
	if (g_getenv("TMPDIR") == NULL && access("/dev/shm", W_OK) == 0)
		g_setenv("TMPDIR", "/dev/shm", true);
	g_test_init(&argc, &argv, NULL);
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	g_assert_true(shared != MAP_FAILED);
	g_test_add_func("/power/synced-is-there", test_synced_is_there);
	g_test_add_func("/power/written-is-lost", test_written_is_lost);
	g_test_add_func("/power/pretended-syncs", test_pretended_syncs);
	g_test_add_func("/power/cut-at-every-sync", test_cut_at_every_sync);
	return g_test_run();
}
