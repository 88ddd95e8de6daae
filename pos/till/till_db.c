/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/till_private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

G_DEFINE_QUARK(baraa_till_error, till_error)

/* Closing a sale of several hundred lines writes some 300 KiB, a fiscal dialogue of as many steps a
 * few pages a step. */
#define RESERVE_BYTES (4 * 1024 * 1024)

/* --- transactions -------------------------------------------------------------------------- */

bool till_begin(TillDb *self, GError **error)
{
	g_mutex_lock(&self->lock);
	self->ends = self->committed;
	return store_begin(self->store, error);
}

bool till_end(TillDb *self, bool ok, GError **error)
{
	ok = ok && store_commit(self->store, error);
	if (ok) {
		self->committed = self->ends;
	} else {
		store_rollback(self->store);
		g_clear_pointer(&self->paid, receipt_free);
	}
	g_mutex_unlock(&self->lock);
	return ok;
}

bool till_run_with(TillDb *self, const char *name, int64_t value, GError **error)
{
	StoreStatement *statement = store_statement(self->store, name);

	store_bind_int(statement, 1, value);
	return store_run(statement, error);
}

bool till_get_number(TillDb *self, const char *name, int64_t *ret, GError **error)
{
	StoreStatement *statement = store_statement(self->store, name);

	switch (store_step(statement, error)) {
	case STORE_ROW:
		*ret = store_get_int(statement, 0);
		store_reset(statement);
		return true;
	case STORE_DONE:
		g_set_error(error, TILL_ERROR, TILL_ERROR_DATA, "%s gave no row", name);
		return false;
	default:
		return false;
	}
}

/* --- opening ------------------------------------------------------------------------------- */

bool till_setting_load(TillDb *self, const char *key, char **ret, GError **error)
{
	StoreStatement *statement = store_statement(self->store, "till/setting/get");
	StoreStep step;

	*ret = NULL;
	store_bind_text(statement, 1, key);
	step = store_step(statement, error);
	if (step == STORE_ROW) {
		*ret = g_strdup(store_get_text(statement, 0));
		store_reset(statement);
	}
	return step != STORE_FAILED;
}

static bool load_till_id(TillDb *self, GError **error)
{
	g_autofree char *id = NULL;

	if (!till_setting_load(self, TILL_SETTING_ID, &id, error))
		return false;
	self->till = id != NULL ? g_ascii_strtoll(id, NULL, 10) : 0;
	return true;
}

static bool load_chain(TillDb *self, GError **error)
{
	StoreStatement *statement = store_statement(self->store, "till/journal/last");
	StoreStep step = store_step(statement, error);

	g_strlcpy(self->committed.hash, JOURNAL_FIRST_HASH, sizeof self->committed.hash);
	if (step == STORE_ROW) {
		self->committed.number = store_get_int(statement, 0);
		self->committed.at = store_get_int(statement, 1);
		g_strlcpy(self->committed.hash, store_get_text(statement, 2),
			  sizeof self->committed.hash);
		store_reset(statement);
	}
	return step != STORE_FAILED;
}

/* The file holds the token and what was sold: its owner's alone. SQLite gives its log the same
 * mode. */
static bool make_private(const char *path, GError **error)
{
	int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0) {
		g_set_error(error, STORE_ERROR,
			    errno == ENOSPC || errno == EDQUOT ? STORE_ERROR_FULL
							       : STORE_ERROR_FAILED,
			    "%s: %s", path, g_strerror(errno));
		return false;
	}
	close(fd);
	return true;
}

TillDb *till_db_open(const char *path, GError **error)
{
	g_autofree char *dsn = g_strconcat("sqlite:", path, NULL);
	g_autoptr(TillDb) self = NULL;
	Store *store;

	if (!make_private(path, error))
		return NULL;
	store = store_open(dsn, STORE_CREATE | STORE_DURABLE, error);
	if (store == NULL)
		return NULL;
	self = g_new0(TillDb, 1);
	g_mutex_init(&self->lock);
	self->store = store;
	self->reserve_path = g_strconcat(path, ".reserve", NULL);
	if (!store_migrate(store, "till", error) || !load_till_id(self, error) ||
	    !load_chain(self, error) ||
	    !till_get_number(self, "till/journal/get_next", &self->committed.next, error) ||
	    !till_get_number(self, "till/receipt/last_seq", &self->committed.seq, error) ||
	    !till_shift_load(self, error))
		return NULL;
	self->committed.shift = self->ends.shift;
	return g_steal_pointer(&self);
}

void till_db_close(TillDb *self)
{
	if (self == NULL)
		return;
	store_close(self->store);
	receipt_free(self->paid);
	g_mutex_clear(&self->lock);
	g_free(self->reserve_path);
	g_free(self);
}

/* --- room on the disk ---------------------------------------------------------------------- */

static bool reserve_is_there(TillDb *self)
{
	struct stat st;

	return stat(self->reserve_path, &st) == 0 && (int64_t)st.st_blocks * 512 >= RESERVE_BYTES;
}

static bool fail_reserve(TillDb *self, int code, GError **error)
{
	g_set_error(error, STORE_ERROR,
		    code == ENOSPC || code == EDQUOT || code == EFBIG ? STORE_ERROR_FULL
								      : STORE_ERROR_FAILED,
		    "%s: %s", self->reserve_path, g_strerror(code));
	unlink(self->reserve_path);
	return false;
}

static bool make_reserve(TillDb *self, GError **error)
{
	int fd = open(self->reserve_path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	int code;

	if (fd < 0)
		return fail_reserve(self, errno, error);
	code = posix_fallocate(fd, 0, RESERVE_BYTES);
	if (code == 0 && fsync(fd) != 0)
		code = errno;
	close(fd);
	return code == 0 || fail_reserve(self, code, error);
}

bool till_use_reserve(TillDb *self, GError **error)
{
	if (!g_error_matches(*error, STORE_ERROR, STORE_ERROR_FULL) ||
	    unlink(self->reserve_path) != 0)
		return false;
	g_clear_error(error);
	return true;
}

bool till_setting_store(TillDb *self, const char *key, const char *value, GError **error)
{
	StoreStatement *statement = store_statement(self->store, "till/setting/put");

	store_bind_text(statement, 1, key);
	store_bind_text(statement, 2, value);
	return store_run(statement, error);
}

static bool write_probe(TillDb *self, GError **error)
{
	g_autofree char *now = g_strdup_printf("%" G_GINT64_FORMAT, g_get_real_time());

	return till_setting_store(self, "room-checked", now, error);
}

bool till_db_check_room(TillDb *self, GError **error)
{
	bool ok = till_begin(self, error) && write_probe(self, error);

	return till_end(self, ok, error) && (reserve_is_there(self) || make_reserve(self, error));
}

/* --- settings ------------------------------------------------------------------------------ */

bool till_db_dup_setting(TillDb *self, const char *key, char **ret, GError **error)
{
	bool ok;

	g_mutex_lock(&self->lock);
	ok = till_setting_load(self, key, ret, error);
	g_mutex_unlock(&self->lock);
	return ok;
}

bool till_db_put_settings(TillDb *self, const char *const *pairs, GError **error)
{
	bool ok = till_begin(self, error);

	for (; ok && pairs[0] != NULL; pairs += 2) {
		StoreStatement *statement = store_statement(self->store, "till/setting/put");

		store_bind_text(statement, 1, pairs[0]);
		store_bind_text(statement, 2, pairs[1]);
		ok = store_run(statement, error);
	}
	ok = ok && load_till_id(self, error);
	return till_end(self, ok, error);
}
