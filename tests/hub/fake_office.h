/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* An office database of its own in a temporary folder: one shop in Moscow. */
typedef struct {
	char *folder, *dsn; /* owned */
	Store *store; /* owned */
} FakeOffice;

void fake_office_init(FakeOffice *self);
/* Removes the folder. */
void fake_office_clear(FakeOffice *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FakeOffice, fake_office_clear)

/* Returns the enrolment code; own it. The first till has the id 1. */
char *fake_office_add_till(FakeOffice *self, const char *name);
/* Puts @n goods in, each with a price, and a barcode. */
void fake_office_add_goods(FakeOffice *self, int n);
/* The first row's columns as numbers; false if there is no row. Parameters are @n numbers. */
bool fake_office_ask(FakeOffice *self, const char *statement, const int64_t *parameters, int n,
		     int64_t *ret, int n_columns);
/* The same of SQL of the test's own, as of now. */
bool fake_office_ask_sql(FakeOffice *self, const char *sql, int64_t *ret, int n_columns);
/* Every sum that has to hold in an office database holds. */
void fake_office_verify(FakeOffice *self);
