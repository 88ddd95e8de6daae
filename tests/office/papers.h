/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/document.h"
#include "core/quantity.h"
#include "tests/hub/fake_office.h"

/* Stock documents as tests write them: whole units, amounts in minor units. */

#define PAPER_SHOP 1

/* Units of quantity, millionths. */
static inline int64_t units(int64_t n)
{
	return n * QUANTITY_ONE;
}

/* A line with a cost; below zero: without one. */
DocumentLine *paper_line(Document *document, int64_t item_id, int64_t n, int64_t cost);
/* Creates it and posts it, and both have to succeed. */
void paper_post(FakeOffice *office, Document *document);
/* Either creating or posting fails so, with @says in the sentence, and nothing is left of it. */
void paper_refused(FakeOffice *office, Document *document, GQuark domain, int code,
		   const char *says);
/* A posted delivery of one line. */
int64_t paper_deliver(FakeOffice *office, int64_t item_id, int64_t n, int64_t cost);
/* What stands in a shop, whole units and minor units. */
void paper_stands(FakeOffice *office, int64_t shop_id, int64_t item_id, int64_t n, int64_t value);
/* A second shop in the same town; gives its id. */
int64_t paper_second_shop(FakeOffice *office);
int64_t paper_supplier(FakeOffice *office, const char *name);
/* Σ of the ledger's and of all tables that documents write: the same before and after what failed.
 */
int64_t paper_rows(FakeOffice *office);
