/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/crash/power_vfs.h"

#include <glib.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define SECTOR 512

/* A write, or the file cut to @offset where @data is NULL. */
typedef struct {
	int64_t offset;
	uint8_t *data; /* owned */
	size_t len;
} Write;

/* What is not on the disk yet of one file; shared by all that have it open in this process. */
typedef struct {
	char *path; /* owned; NULL of a temporary file */
	int references;
	GPtrArray *writes; /* Write, in order */
	int64_t size; /* as the process sees the file */
} Memory;

typedef struct {
	sqlite3_file base;
	Memory *memory;
	sqlite3_file *disk; /* behind this struct */
} PowerFile;

static sqlite3_vfs power_vfs;
static sqlite3_vfs *disk_vfs; /* the one below */
static PowerSwitch *power; /* borrowed */
static GHashTable *memories; /* by path */
static GMutex lock; /* over all memories */

static void write_free(void *data)
{
	Write *self = data;

	g_free(self->data);
	g_free(self);
}

static Memory *memory_ref(const char *path)
{
	Memory *self = path != NULL ? g_hash_table_lookup(memories, path) : NULL;

	if (self == NULL) {
		self = g_new0(Memory, 1);
		self->path = g_strdup(path);
		self->writes = g_ptr_array_new_with_free_func(write_free);
		self->size = -1;
		if (path != NULL)
			g_hash_table_insert(memories, self->path, self);
	}
	self->references++;
	return self;
}

static void memory_unref(Memory *self)
{
	if (--self->references > 0)
		return;
	if (self->path != NULL)
		g_hash_table_remove(memories, self->path);
	g_ptr_array_unref(self->writes);
	g_free(self->path);
	g_free(self);
}

/* --- to the disk ---------------------------------------------------------------------------- */

static int put(sqlite3_file *disk, const Write *write, size_t len)
{
	if (write->data == NULL)
		return disk->pMethods->xTruncate(disk, write->offset);
	return disk->pMethods->xWrite(disk, write->data, (int)len, write->offset);
}

static int put_all(PowerFile *self)
{
	GPtrArray *writes = self->memory->writes;

	for (guint i = 0; i < writes->len; i++) {
		const Write *write = g_ptr_array_index(writes, i);
		int code = put(self->disk, write, write->len);

		if (code != SQLITE_OK)
			return code;
	}
	g_ptr_array_set_size(writes, 0);
	return SQLITE_OK;
}

/* Of two writes to one place the older never replaces the newer, so the order stays: what is lost
 * out of it makes all other orders. */
static void put_some(PowerFile *self)
{
	g_autoptr(GRand) chance = g_rand_new_with_seed(power->seed);
	GPtrArray *writes = self->memory->writes;

	for (guint i = 0; i < writes->len; i++) {
		const Write *write = g_ptr_array_index(writes, i);
		size_t len = write->len;

		if (g_rand_boolean(chance))
			continue;
		if (len > SECTOR && g_rand_boolean(chance))
			len = (size_t)g_rand_int_range(chance, 1, (int)(len / SECTOR)) * SECTOR;
		put(self->disk, write, len);
	}
}

static void die(void)
{
	kill(getpid(), SIGKILL);
	for (;;)
		pause();
}

static int sync_file(sqlite3_file *file, int flags)
{
	PowerFile *self = (PowerFile *)file;
	int code = SQLITE_OK;
	PowerCut cut;

	g_mutex_lock(&lock);
	cut = g_atomic_int_add(&power->count, 1) + 1 == g_atomic_int_get(&power->at)
		      ? (PowerCut)g_atomic_int_get(&power->cut)
		      : POWER_STAYS;
	if (cut == POWER_CUT_BEFORE)
		die();
	if (cut == POWER_CUT_TORN) {
		put_some(self);
		die();
	}
	if (g_atomic_int_get(&power->lies) == 0)
		code = put_all(self);
	if (cut == POWER_CUT_AFTER)
		die();
	g_mutex_unlock(&lock);
	return code;
}

/* --- in memory ------------------------------------------------------------------------------ */

static void note(Memory *self, const void *data, size_t len, int64_t offset)
{
	Write *write = g_new(Write, 1);

	*write = (Write){ offset, data != NULL ? g_memdup2(data, len) : NULL, len };
	g_ptr_array_add(self->writes, write);
}

static int write_file(sqlite3_file *file, const void *data, int len, sqlite3_int64 offset)
{
	Memory *memory = ((PowerFile *)file)->memory;

	g_mutex_lock(&lock);
	note(memory, data, (size_t)len, offset);
	memory->size = MAX(memory->size, offset + len);
	g_mutex_unlock(&lock);
	return SQLITE_OK;
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size)
{
	Memory *memory = ((PowerFile *)file)->memory;

	g_mutex_lock(&lock);
	note(memory, NULL, 0, size);
	memory->size = size;
	g_mutex_unlock(&lock);
	return SQLITE_OK;
}

/* Lays @write over what was read from @offset on. */
static void lay(const Write *write, uint8_t *data, int64_t offset, int64_t len)
{
	int64_t from = MAX(write->offset, offset);
	int64_t to = MIN(write->offset + (int64_t)write->len, offset + len);

	if (write->data == NULL)
		to = offset + len;
	if (from >= to)
		return;
	if (write->data != NULL)
		memcpy(data + (from - offset), write->data + (from - write->offset),
		       (size_t)(to - from));
	else
		memset(data + (from - offset), 0, (size_t)(to - from));
}

static int read_file(sqlite3_file *file, void *data, int len, sqlite3_int64 offset)
{
	PowerFile *self = (PowerFile *)file;
	Memory *memory = self->memory;
	int code;

	g_mutex_lock(&lock);
	/* Zeros behind its end. */
	code = self->disk->pMethods->xRead(self->disk, data, len, offset);
	if (code == SQLITE_OK || code == SQLITE_IOERR_SHORT_READ) {
		for (guint i = 0; i < memory->writes->len; i++)
			lay(g_ptr_array_index(memory->writes, i), data, offset, len);
		code = offset + len <= memory->size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
	}
	g_mutex_unlock(&lock);
	return code;
}

static int get_size(sqlite3_file *file, sqlite3_int64 *ret)
{
	*ret = ((PowerFile *)file)->memory->size;
	return SQLITE_OK;
}

/* Whoever ends in peace leaves it to the system, which writes it sooner or later. */
static int close_file(sqlite3_file *file)
{
	PowerFile *self = (PowerFile *)file;
	int code;

	g_mutex_lock(&lock);
	if (self->memory->references == 1)
		put_all(self);
	code = self->disk->pMethods->xClose(self->disk);
	memory_unref(self->memory);
	g_mutex_unlock(&lock);
	return code;
}

/* --- as it is below ------------------------------------------------------------------------- */

#define BELOW(file) (((PowerFile *)(file))->disk)

static int lock_file(sqlite3_file *file, int level)
{
	return BELOW(file)->pMethods->xLock(BELOW(file), level);
}

static int unlock_file(sqlite3_file *file, int level)
{
	return BELOW(file)->pMethods->xUnlock(BELOW(file), level);
}

static int check_reserved(sqlite3_file *file, int *ret)
{
	return BELOW(file)->pMethods->xCheckReservedLock(BELOW(file), ret);
}

static int control(sqlite3_file *file, int what, void *argument)
{
	/* The file grows when it is written to, and not before. */
	if (what == SQLITE_FCNTL_SIZE_HINT || what == SQLITE_FCNTL_CHUNK_SIZE)
		return SQLITE_OK;
	return BELOW(file)->pMethods->xFileControl(BELOW(file), what, argument);
}

static int sector_size(sqlite3_file *file)
{
	return BELOW(file)->pMethods->xSectorSize(BELOW(file));
}

static int characteristics(sqlite3_file *file)
{
	return BELOW(file)->pMethods->xDeviceCharacteristics(BELOW(file));
}

static int shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **ret)
{
	return BELOW(file)->pMethods->xShmMap(BELOW(file), page, size, extend, ret);
}

static int shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
	return BELOW(file)->pMethods->xShmLock(BELOW(file), offset, n, flags);
}

static void shm_barrier(sqlite3_file *file)
{
	BELOW(file)->pMethods->xShmBarrier(BELOW(file));
}

static int shm_unmap(sqlite3_file *file, int removes)
{
	return BELOW(file)->pMethods->xShmUnmap(BELOW(file), removes);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2, /* no mapping of the database: its writes would not be seen here */
	.xClose = close_file,
	.xRead = read_file,
	.xWrite = write_file,
	.xTruncate = truncate_file,
	.xSync = sync_file,
	.xFileSize = get_size,
	.xLock = lock_file,
	.xUnlock = unlock_file,
	.xCheckReservedLock = check_reserved,
	.xFileControl = control,
	.xSectorSize = sector_size,
	.xDeviceCharacteristics = characteristics,
	.xShmMap = shm_map,
	.xShmLock = shm_lock,
	.xShmBarrier = shm_barrier,
	.xShmUnmap = shm_unmap,
};

/* --- files ---------------------------------------------------------------------------------- */

static int open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *ret)
{
	PowerFile *self = (PowerFile *)file;
	sqlite3_int64 size = 0;
	int code;

	*self = (PowerFile){ .disk = (sqlite3_file *)(self + 1) };
	memset(self->disk, 0, (size_t)disk_vfs->szOsFile);
	code = disk_vfs->xOpen(disk_vfs, path, self->disk, flags, ret);
	if (code != SQLITE_OK)
		return code;
	g_mutex_lock(&lock);
	self->memory = memory_ref(path);
	if (self->memory->size < 0) {
		code = self->disk->pMethods->xFileSize(self->disk, &size);
		self->memory->size = size;
	}
	g_mutex_unlock(&lock);
	self->base.pMethods = &methods;
	return code;
}

static int delete_file(sqlite3_vfs *vfs, const char *path, int syncs)
{
	Memory *memory;

	g_mutex_lock(&lock);
	memory = g_hash_table_lookup(memories, path);
	if (memory != NULL) {
		g_ptr_array_set_size(memory->writes, 0);
		memory->size = 0;
	}
	g_mutex_unlock(&lock);
	return disk_vfs->xDelete(disk_vfs, path, syncs);
}

/* The VFS below takes an empty file for none. */
static int has_access(sqlite3_vfs *vfs, const char *path, int flags, int *ret)
{
	const Memory *memory;
	int code = disk_vfs->xAccess(disk_vfs, path, flags, ret);

	g_mutex_lock(&lock);
	memory = g_hash_table_lookup(memories, path);
	if (code == SQLITE_OK && flags == SQLITE_ACCESS_EXISTS && memory != NULL)
		*ret = memory->size > 0;
	g_mutex_unlock(&lock);
	return code;
}

void power_vfs_register(PowerSwitch *with)
{
	power = with;
	if (disk_vfs != NULL)
		return;
	disk_vfs = sqlite3_vfs_find(NULL);
	memories = g_hash_table_new(g_str_hash, g_str_equal);
	power_vfs = *disk_vfs;
	power_vfs.zName = "power";
	power_vfs.szOsFile = (int)sizeof(PowerFile) + disk_vfs->szOsFile;
	power_vfs.xOpen = open_file;
	power_vfs.xDelete = delete_file;
	power_vfs.xAccess = has_access;
	if (sqlite3_vfs_register(&power_vfs, 1) != SQLITE_OK)
		g_error("the disk that forgets was not taken");
}
