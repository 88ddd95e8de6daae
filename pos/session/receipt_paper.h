/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/number_text.h"
#include "core/receipt.h"
#include "core/shift.h"
#include "drivers/fiscal/fiscal.h"
#include "drivers/fiscal/paper_only.h"
#include "drivers/printer/paper.h"

/* What the till's own printer prints, in the language of the till. Every amount comes from the
 * stored lines, never from a second calculation (fiscal-escpos-nonfiscal.md). */

typedef struct {
	const char *shop, *till;
	const char *timezone; /* of the shop, "Asia/Ulaanbaatar" */
	const char *logo; /* a PNG file, or NULL */
	const char *non_fiscal; /* what the law there wants on paper that is no fiscal document;
				   NULL or "": the till's own words */
	const char *footer; /* lines under the receipt, or NULL */
	const NumberStyle *style;
} PaperShop;

/* @at: UTC microseconds. @copy: says so on top. */
Paper *receipt_paper_new(const PaperShop *shop, const Receipt *receipt, const char *number,
			 const char *cashier, int64_t at, bool copy);
/* The same of a sale that a registrar or a service has, which does not print itself: with what
 * @proof says instead of "not a fiscal receipt". @words: what came with it for paper alone, or
 * NULL: a copy, or it was lost on the way. A copy never has them. */
Paper *receipt_paper_new_fiscal(const PaperShop *shop, const Receipt *receipt, const char *number,
				const char *cashier, int64_t at, const FiscalProof *proof,
				const PaperOnly *words, bool copy);
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
