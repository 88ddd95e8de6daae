/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/people.h"

#include <jansson.h>

/* What the files of this folder share. */

bool people_check_name(const char *name, GError **error);
bool people_pin_is_sound(const char *pin);
bool people_check_pin(const char *pin, GError **error);
char *people_dup_pin_hash(const char *pin, GError **error); /* own it */
/* people_insert() by somebody: who it was is in the audit. */
bool people_insert_by(Store *store, int64_t by, const char *name, Role role, const char *pin,
		      int64_t *ret_id, GError **error);
char *people_dup_json(const json_t *json); /* compact; own it */
