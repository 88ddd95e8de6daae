/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A till of a small shop in a folder of its own, as enrolment would have left it. */

/* What it sells (kopecks, mongo: minor units of the country's currency). */
#define BREAD "4600000000015" /* 25.00 */
#define MILK "4600000000022" /* 89.90 */
#define MILK_SHORT "96385074" /* the same milk */
#define APPLES_1234 "2200010012347" /* label: 1.234 kg at 120.50 = 148.70 */
#define NO_PRICE "4600000000046"
#define ODD "4600000000059" /* 1.00; its check digit is wrong, and listed so */
#define GOLD "4600000000060" /* dear */
#define CHEESE "4600000000077" /* weighed, 500.00 a kilogram */

/* Who works there, by PIN. */
#define MARY "1111" /* cashier */
#define ANN "2222" /* senior */
#define OLIVER "3333" /* manager */
#define PETE "4444" /* stock: no rights at a till */

/* @hub may be NULL. Own it: shop_remove(). */
char *shop_new(const char *country, const char *hub);
/* goods.db alone, as the hub sends it. */
void shop_make_goods(const char *directory, const char *country);
void shop_configure(const char *directory, const char *till_conf);
void shop_remove(char *directory);
