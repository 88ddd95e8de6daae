/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/number_text.h"
#include "core/receipt.h"
#include "core/shift.h"
#include "drivers/printer/paper.h"

/* What a till without a registrar prints, in the language of the till. Every amount comes from the
 * stored lines, never from a second calculation (fiscal-escpos-nonfiscal.md). */

typedef struct {
	const char *shop, *till;
	const char *timezone; /* of the shop, "Asia/Ulaanbaatar" */
	const char *logo; /* a PNG file, or NULL */
	const char *footer; /* lines under the receipt, or NULL */
	const NumberStyle *style;
} PaperShop;

/* @at: UTC microseconds. @copy: says so on top. */
Paper *receipt_paper_new(const PaperShop *shop, const Receipt *receipt, const char *number,
			 const char *cashier, int64_t at, bool copy);
typedef enum { SHIFT_PAPER_X, SHIFT_PAPER_Z } ShiftPaperKind;
/* @counted NULL: it was not. */
Paper *shift_paper_new(const PaperShop *shop, ShiftPaperKind kind, int64_t shift,
		       const ShiftTotals *totals, const Money *counted, const char *cashier,
		       int64_t at);
/* A slip of cash that moves without a sale. @number: of the slip. */
Paper *cash_paper_new(const PaperShop *shop, bool in, Money amount, int64_t number,
		      const char *cashier, int64_t at);
/* To be looked at: letters, both edges, codes. @device: "escpos@usb:…"; @columns: of plain text. */
Paper *trial_paper_new(const PaperShop *shop, const char *device, int columns, int64_t at);
/* What the card terminal wants printed. */
Paper *slip_paper_new(char *const *slip);
