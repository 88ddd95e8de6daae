/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/people.h"

/* All that the office keeps of one who works here, and how that changes. Who leaves stays in every
 * paper and figure; their PIN and badge open nothing any more. */

typedef struct {
	int64_t id;
	char *name, *phone; /* owned */
	Role role;
	bool has_card, has_left;
	int64_t shop_id; /* where they belong */
	int32_t hired, left_on; /* YYYYMMDD, first and last day; 0: not known, still here */
	GArray *shops; /* owned; int64_t: those they may see beside their rights (sight.h) */
} PersonFile;

void person_file_free(PersonFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PersonFile, person_file_free)

/* PEOPLE_ERROR_NAME where there is none. */
PersonFile *person_read(Store *store, int64_t id, GError **error);
/* Array of PersonFile by name, those who left at the end; frees its elements. */
GPtrArray *person_list(Store *store, bool with_left, GError **error);

/* What is to become other; NULL and 0 are as they were. */
typedef struct {
	const char *name, *phone, *pin;
	const char *card; /* what the badge says; "": none any more */
	const Role *role;
	int64_t shop_id;
	const int32_t *hired;
	const GArray *shops; /* int64_t */
} PersonChange;

/* All three ask for RIGHT_PEOPLE and are audited without PIN and badge; only an administrator makes
 * or changes an administrator. Name, role and PIN are needed to add. */
bool person_add(Store *store, int64_t by, const PersonChange *first, int64_t *ret_id,
		GError **error);
bool person_change(Store *store, int64_t by, int64_t id, const PersonChange *change,
		   GError **error);
/* @day is their last one. */
bool person_leave(Store *store, int64_t by, int64_t id, int32_t day, GError **error);

typedef enum {
	LOGIN_NOBODY, /* no PIN and no badge of anybody */
	LOGIN_DONE,
	LOGIN_PIN_WANTED, /* of the one whose badge it is: the shop wants both */
	LOGIN_CARD_WANTED, /* the same the other way round */
} LoginAnswer;
/* Whose PIN or badge @code is; @badge_of: who showed theirs before and was asked for the PIN, 0
 * nobody. As slow as people_find_pin(). *ret is NULL with LOGIN_NOBODY; own it. */
bool person_log_in(Store *store, int64_t shop_id, const char *code, int64_t badge_of,
		   LoginAnswer *ret_answer, Person **ret, GError **error);

/* Whether a badge of this shop needs a PIN beside it. RIGHT_SETTINGS to change. */
bool person_get_card_pin(Store *store, int64_t shop_id, bool *ret, GError **error);
bool person_set_card_pin(Store *store, int64_t by, int64_t shop_id, bool wanted, GError **error);
