/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/label/label_job.h"
#include "drivers/sim/sim.h"
#include "tests/hub/fake_office.h"

/* A shop whose goods, prices and tags a test sets as it likes. Its shop has the id 1. */
typedef struct {
	FakeOffice office;
} LabelShop;

void label_shop_init(LabelShop *self);
void label_shop_clear(LabelShop *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LabelShop, label_shop_clear)

/* Past all rights and rules; @format as sqlite3_mprintf() reads it. */
void label_shop_sql(LabelShop *self, const char *format, ...);
/* One number of the first row. */
int64_t label_shop_ask(LabelShop *self, const char *sql);
/* An item with a price in kopecks (−1: none) and, where @code is not "", a barcode. */
void label_shop_add(LabelShop *self, int64_t id, const char *name, const char *unit, int64_t price,
		    const char *code);
/* @date: "2026-11-27T08:00" in Moscow, in microseconds. */
int64_t label_moment(const char *date);
/* One of the designs that come with the program; own it. */
LabelModel *label_shop_model(LabelShop *self, const char *name);
/* A job of one label each of these items (0 ends); own it. */
LabelJob *label_shop_job(LabelShop *self, const char *design, const int64_t *items);
/* Prints nothing and says that all was printed. */
void label_shop_hang(LabelShop *self, const char *design, const int64_t *items);

/* A simulated device of the shop. */
typedef struct {
	SimThread *sim;
	char *log, *pictures; /* owned */
} LabelSim;
LabelSim *label_sim_new(LabelShop *shop, const char *sim, bool udp, const char *const *faults);
void label_sim_end(LabelSim *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LabelSim, label_sim_end)
/* "zpl@tcp:127.0.0.1:40123" as a device of the shop's table, written; own it. */
LabelDevice *label_sim_device(LabelShop *shop, const LabelSim *sim, LabelDeviceClass class,
			      const char *driver, const char *options);
