/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/journal.h"
#include "core/receipt.h"
#include "core/shift.h"

/* A till as the hub sees it: a journal that grows. */

#define FAKE_RUB 643
#define FAKE_DAY 20261123
/* 2026-11-23 21:30 UTC: half past midnight of the 24th in Moscow, so the day is the shift's. */
#define FAKE_NIGHT INT64_C(1795469400000000)

typedef struct {
	GPtrArray *entries; /* owned JournalEntry */
	char hash[JOURNAL_HASH_LEN + 1]; /* of the newest one */
	int64_t at;
	int64_t seq;
	int64_t shift;
	int64_t cashier; /* 2 at first */
	int32_t day; /* of what is told next; FAKE_DAY at first */
} FakeTill;

void fake_till_init(FakeTill *self);
void fake_till_clear(FakeTill *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FakeTill, fake_till_clear)

/* Takes @details. */
void fake_till_note(FakeTill *self, JournalKind kind, json_t *details);
void fake_till_open_shift(FakeTill *self, int64_t cash);
void fake_till_close_shift(FakeTill *self, const ShiftTotals *totals, int64_t counted);
/* Writes @receipt into the journal as the next receipt. */
void fake_till_sell(FakeTill *self, const Receipt *receipt);
/* Makes up a paid receipt of @n_lines lines: pieces and kilograms, discounts, three taxes, cash
 * with change or card. The same @seed makes the same receipt. Items have the ids 1 to 50. */
Receipt *fake_receipt(ReceiptKind kind, int n_lines, guint32 seed);

const JournalEntry *fake_till_get(const FakeTill *self, guint index);
/* Entries @from to @to - 1 as a till posts them. Own it. */
GString *fake_till_dup_body(const FakeTill *self, guint from, guint to);
/* One line of such a body. */
void fake_body_add(GString *body, const char *text, const char *hash);
