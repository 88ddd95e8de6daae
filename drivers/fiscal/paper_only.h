/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Words that the law lets stand on the shopper's paper and nowhere else: eBarimt's lottery number
 * and QR text (fiscal-ebarimt.md, "Legal rule"). They live in locked memory that no dump contains
 * and that is wiped when it is given back; there is no function that prints, compares, copies or
 * serialises them, and no struct that is stored holds one. The driver makes it, the receipt printer
 * draws it, once. A test of the house counts who includes this header. */
typedef struct paper_only PaperOnly;

/* Copies both, each at most 1 KiB; either may be "". NULL where one is longer or the memory cannot
 * be had. The caller wipes its own. */
PaperOnly *paper_only_new(const char *lottery, const char *qr);
void paper_only_free(PaperOnly *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PaperOnly, paper_only_free)

/* For drivers/printer's paper and pos/session/receipt_paper.c alone: lent until the paper has been
 * printed. */
const char *paper_only_lend_lottery(const PaperOnly *self);
const char *paper_only_lend_qr(const PaperOnly *self);
