/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/label/label_job.h"
#include "backoffice/ui/desk.h"

/* What the label pages ask the database, each as a job of the desk. Questions are the task's data
 * and are freed by their functions; answers are pointers with the free function that is named. */

/* --- lists of designs and devices --- */
typedef struct {
	int64_t shop_id;
	GPtrArray *models; /* owned; of LabelModel */
	GPtrArray *devices; /* owned; of LabelDevice */
} LabelLists;
void label_lists_free(void *data); /* LabelLists */
/* Task data: a LabelLists with shop_id alone, answered as another. */
void label_lists_job(GTask *task, Store *store);

/* --- one scan, or a name --- */
typedef struct {
	int64_t shop_id;
	int64_t item_id; /* 0: what text says */
	char *text; /* owned; NULL where the item is known */
} LabelLook;
LabelLook *label_look_new(int64_t shop_id, const char *text);
void label_look_free(void *data);
typedef struct {
	LabelWish wish;
	LabelData *data; /* owned; its words; NULL: several are called so, or none */
	GPtrArray *found; /* owned; of Goods; NULL where it is one */
} LabelLooked;
void label_looked_free(void *data);
void label_look_job(GTask *task, Store *store);
LabelLook *label_look_new_item(int64_t shop_id, int64_t item_id);

/* --- tags to reprint --- */
typedef struct {
	int64_t shop_id, until;
	bool new_goods;
} LabelStaleQuestion;
void label_stale_job(GTask *task, Store *store); /* answers a GPtrArray of LabelStale */
