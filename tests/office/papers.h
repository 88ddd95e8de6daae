/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/people.h"
#include "backoffice/stock/document.h"
#include "core/quantity.h"
#include "tests/office/stock_room.h"

/* Stock documents as tests write them: whole units, amounts in minor units, everything by the
 * command line's person unless said otherwise. */

#define PAPER_SHOP 1

static inline int64_t units(int64_t n)
{
	return n * QUANTITY_ONE;
}

/* An office with @n goods, each with a barcode, and a second shop (id 2). */
void paper_office(FakeOffice *office, int n);
/* What goods are kept by. */
void paper_item_expires(FakeOffice *office, int64_t item_id);
void paper_item_has_serials(FakeOffice *office, int64_t item_id);
/* A pack of so many units; gives its id. */
int64_t paper_pack(FakeOffice *office, int64_t item_id, const char *name, int64_t n);
int64_t paper_supplier(FakeOffice *office, const char *name);
int64_t paper_person(FakeOffice *office, const char *name, Role role);

/* A line with a cost; below zero: without one. */
DocumentLine *paper_line(Document *document, int64_t item_id, int64_t n, int64_t cost);
/* A line of pieces, "A B C". */
DocumentLine *paper_pieces(Document *document, int64_t item_id, const char *serials, int64_t cost);
void paper_text(char **field, const char *text);

/* Creates it and posts it; both have to succeed, and the sums of the office to hold. */
void paper_post(FakeOffice *office, Document *document);
void paper_reverse(FakeOffice *office, int64_t id);
/* Creating or posting fails so, with @says in the sentence, and nothing is left of it. */
void paper_refused(FakeOffice *office, Document *document, int64_t person_id, GQuark domain,
		   int code, const char *says);
/* A posted delivery of one line; gives its id. */
int64_t paper_deliver(FakeOffice *office, int64_t item_id, int64_t n, int64_t cost);

/* What stands in a shop: whole units, minor units. */
void paper_stands(FakeOffice *office, int64_t shop_id, int64_t item_id, int64_t n, int64_t value);
/* Rows of all that documents write, and all that counters count: the same before and after what
 * failed. */
int64_t paper_rows(FakeOffice *office);
