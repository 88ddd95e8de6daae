/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/sold.h"

/* What a row of sales is called. */
typedef struct {
	char *title; /* owned */
	char *barcode; /* owned; of goods: a barcode or else the article; may be empty */
	char *order; /* owned; rows that are in the order of names stand by this */
} SoldName;

void sold_name_clear(SoldName *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SoldName, sold_name_clear)

/* @all_shops: tills are told apart by their shop's name. */
bool sold_name_init(SoldName *self, Store *store, SoldBy by, const Sold *sold, bool all_shops,
		    GError **error);
