/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/rights.h"
#include "backoffice/stock/count.h"
#include "tests/office/stock_room.h"

/* Counts as tests make them. */

/* Two zones of the shop: tills sell out of the hall. */
enum { HALL = 1, STORE = 2 };

/* 23.11.2026 06:00 UTC */
#define MORNING INT64_C(1795413600000000)
#define AT(minutes) (MORNING + (minutes)*MINUTE)

int64_t count_room_person(FakeOffice *office, const char *name, Role role, const char *pin);
/* An office with ten items, and the two zones if @zones. */
void count_room_init(FakeOffice *office, bool zones);
/* What somebody typed. */
void count_room_found(FakeOffice *office, int64_t document, int64_t zone, int64_t item, int pass,
		      int64_t person, int64_t quantity, int64_t at);
int64_t count_room_begin(FakeOffice *office, const char *scope, const char *subject,
			 const char *reason);
void count_room_post(FakeOffice *office, int64_t document);
/* DOCUMENT_ERROR_INVALID with @words in it, and nothing is posted of anything. */
void count_room_post_refused(FakeOffice *office, int64_t document, const char *words);
/* The same where the office has posted counts. */
void count_room_part_refused(FakeOffice *office, int64_t document, const char *words);
/* Whole units, minor units. */
void count_room_stands(FakeOffice *office, int64_t item, int64_t quantity, int64_t value);
/* NULL where it is not among them. */
CountItem *count_room_item(GPtrArray *items, int64_t item_id);
GPtrArray *count_room_review(FakeOffice *office, int64_t document);
GPtrArray *count_room_to_recount(FakeOffice *office, int64_t document);
