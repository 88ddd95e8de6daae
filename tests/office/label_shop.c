/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/label_shop.h"

#include "core/barcode.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

void label_shop_init(LabelShop *self)
{
	fake_office_init(&self->office);
}

void label_shop_clear(LabelShop *self)
{
	fake_office_clear(&self->office);
}

static sqlite3 *open_file(LabelShop *self)
{
	g_autofree char *path = g_build_filename(self->office.folder, "office.db", NULL);
	sqlite3 *db;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	return db;
}

void label_shop_sql(LabelShop *self, const char *format, ...)
{
	sqlite3 *db = open_file(self);
	va_list args;
	char *sql, *message = NULL;

	va_start(args, format);
	sql = sqlite3_vmprintf(format, args);
	va_end(args);
	if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		g_error("%s: %s", sql, message);
	sqlite3_free(sql);
	sqlite3_close(db);
}

int64_t label_shop_ask(LabelShop *self, const char *sql)
{
	sqlite3 *db = open_file(self);
	sqlite3_stmt *statement;
	int64_t answer;

	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_step(statement), ==, SQLITE_ROW);
	answer = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return answer;
}

void label_shop_add(LabelShop *self, int64_t id, const char *name, const char *unit, int64_t price,
		    const char *code)
{
	g_autofree char *key = barcode_dup_key(code);

	label_shop_sql(self,
		       "INSERT INTO item (id, name, folded, unit, price, tax_group, revision) "
		       "VALUES (%lld, %Q, %Q, %Q, nullif(%lld, -1), 1, 1000 + %lld)",
		       (long long)id, name, name, unit, (long long)price, (long long)id);
	if (*code != '\0')
		label_shop_sql(self,
			       "INSERT INTO barcode (key, code, item_id) VALUES (%Q, %Q, %lld)",
			       key, code, (long long)id);
}

int64_t label_moment(const char *date)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Moscow");
	g_autofree char *full = g_strconcat(date, ":00", NULL);
	g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(full, zone);

	g_assert_nonnull(time);
	return g_date_time_to_unix(time) * G_USEC_PER_SEC;
}

LabelModel *label_shop_model(LabelShop *self, const char *name)
{
	g_autoptr(GError) error = NULL;
	LabelModel *model = label_model_find(self->office.store, name, &error);

	g_assert_no_error(error);
	return model;
}

LabelJob *label_shop_job(LabelShop *self, const char *design, const int64_t *items)
{
	g_autoptr(LabelModel) model = label_shop_model(self, design);
	g_autoptr(GArray) wishes = g_array_new(FALSE, TRUE, sizeof(LabelWish));
	g_autoptr(GError) error = NULL;
	LabelJob *job;

	for (int i = 0; items[i] != 0; i++) {
		LabelWish wish = { .item_id = items[i], .copies = 1 };

		g_array_append_val(wishes, wish);
	}
	job = label_job_new(self->office.store, 1, model, (LabelWish *)wishes->data,
			    (int)wishes->len, &error);
	g_assert_no_error(error);
	return job;
}

void label_shop_hang(LabelShop *self, const char *design, const int64_t *items)
{
	g_autoptr(LabelJob) job = label_shop_job(self, design, items);
	g_autoptr(GError) error = NULL;

	label_job_note_printed(job, self->office.store, label_job_get_total(job), 0, &error);
	g_assert_no_error(error);
}

/* --- devices ------------------------------------------------------------------------------- */

LabelSim *label_sim_new(LabelShop *shop, const char *sim, bool udp, const char *const *faults)
{
	static int n;
	LabelSim *self = g_new0(LabelSim, 1);
	g_autofree char *log = g_strdup_printf("sim-%d.log", ++n);
	g_autoptr(GError) error = NULL;

	self->log = g_build_filename(shop->office.folder, log, NULL);
	self->pictures = g_dir_make_tmp("baraa-labels-XXXXXX", &error);
	g_assert_no_error(error);
	self->sim = sim_start(sim,
			      &(SimOptions){ .log_path = self->log,
					     .udp = udp,
					     .picture_dir = self->pictures,
					     .faults = faults,
					     .control_fd = -1 },
			      &error);
	g_assert_no_error(error);
	return self;
}

void label_sim_end(LabelSim *self)
{
	g_autoptr(GDir) dir = g_dir_open(self->pictures, 0, NULL);
	const char *name;

	if (self->sim != NULL)
		g_assert_true(sim_stop(self->sim, NULL));
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(self->pictures, name, NULL);

		g_unlink(path);
	}
	g_assert_cmpint(g_rmdir(self->pictures), ==, 0);
	g_free(self->log);
	g_free(self->pictures);
	g_free(self);
}

LabelDevice *label_sim_device(LabelShop *shop, const LabelSim *sim, LabelDeviceClass class,
			      const char *driver, const char *options)
{
	LabelDevice *device = g_new0(LabelDevice, 1);
	g_autoptr(GError) error = NULL;

	device->shop_id = 1;
	device->class = class;
	device->name = g_strdup("Device of the test");
	device->device = g_strdup_printf("%s@%s", driver, sim_thread_get_address(sim->sim));
	device->options = g_strdup(options);
	label_device_write(shop->office.store, device, 0, &error);
	g_assert_no_error(error);
	return device;
}
