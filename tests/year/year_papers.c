/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/year/year.h"

#include "backoffice/goods/item.h"
#include "backoffice/stock/count.h"
#include "backoffice/stock/recipe.h"
#include "backoffice/stock/stock.h"

/* The papers: what came, went, was made, thrown away and counted. */

static bool one_in(Year *self, int n)
{
	return g_rand_int_range(self->rand, 0, n) == 0;
}

static void post(Year *self, Document *document)
{
	GError *error = NULL;

	if (document->lines->len == 0 && document->kind != DOCUMENT_COUNT)
		return;
	year_must(document_create(self->store, document, 0, &error), "a draft", error);
	year_must(document_post(self->store, document->id, 0, &error),
		  document_kind_code(document->kind), error);
	self->n_documents++;
}

/* Most papers are entered at once, some days later. */
static void enter(Year *self, Document *document)
{
	YearPaper *paper;

	if (!one_in(self, 8)) {
		post(self, document);
		document_free(document);
		return;
	}
	paper = g_new0(YearPaper, 1);
	*paper = (YearPaper){ .document = document,
			      .day = self->n + g_rand_int_range(self->rand, 1, 4) };
	g_ptr_array_add(self->late, paper);
}

static Document *paper_new(Year *self, DocumentKind kind, int64_t at)
{
	Document *document = document_new(kind, self->shop);

	document->at = at;
	return document;
}

static void add(Document *document, const YearItem *item, int64_t quantity, int64_t unit_cost)
{
	DocumentLine *line = document_add_line(document, item->id, quantity);

	if (unit_cost <= 0)
		return;
	line->has_cost = true;
	if (!scale_int64(unit_cost, quantity, QUANTITY_ONE, ROUND_HALF_AWAY, &line->cost))
		year_must(false, "a cost that fits", NULL);
}

/* --- the first day ------------------------------------------------------------------------- */

static void add_suppliers(Year *self)
{
	self->suppliers = g_new0(int64_t, YEAR_SUPPLIERS);
	for (int i = 0; i < YEAR_SUPPLIERS; i++) {
		g_autofree char *name = g_strdup_printf("Supplier %d", i + 1);
		g_autoptr(Supplier) supplier = supplier_new(name);
		GError *error = NULL;

		year_must(supplier_write(self->store, supplier, 0, &error), name, error);
		self->suppliers[i] = supplier->id;
	}
}

static void write_recipe(Year *self, YearItem *item, int made_of, const int *parts, int n)
{
	g_autoptr(Recipe) recipe = recipe_new(item->id, 10 * QUANTITY_ONE);
	GError *error = NULL;

	item->made_of = made_of;
	if (made_of == 2) {
		g_autoptr(Item) full = item_read(self->store, item->id, &error);

		year_must(full != NULL, "a kit", error);
		full->kind = ITEM_KIT;
		year_must(item_write(self->store, full, 0, &error), "a kit", error);
	}
	for (int i = 0; i < n; i++) {
		RecipeLine line = { .item_id = year_item(self, parts[i])->id,
				    .quantity = (3 + i) * 2500000,
				    .loss = i == 0 ? 1250 : 0 };

		g_array_append_val(recipe->lines, line);
	}
	year_must(recipe_write(self->store, recipe, 0, &error), "a recipe", error);
}

/* Two things that are made in the morning, one of them of the other; two kits, one in the other. */
static void write_recipes(Year *self)
{
	int n = (int)self->items->len;

	write_recipe(self, year_item(self, n - 1), 1, (int[]){ 1, 5, 9 }, 3);
	write_recipe(self, year_item(self, n - 2), 1, (int[]){ n - 1, 2 }, 2);
	write_recipe(self, year_item(self, n - 3), 2, (int[]){ 3, 4 }, 2);
	write_recipe(self, year_item(self, n - 4), 2, (int[]){ n - 3, 7 }, 2);
}

void year_open_books(Year *self)
{
	g_autoptr(Document) opening = paper_new(self, DOCUMENT_OPENING, self->midnight + 1);

	add_suppliers(self);
	write_recipes(self);
	for (guint i = 0; i < self->items->len; i++) {
		YearItem *item = year_item(self, (int)i);
		int64_t quantity = g_rand_int_range(self->rand, 20, 200) * QUANTITY_ONE;

		if (item->made_of == 2)
			continue;
		add(opening, item, quantity, item->cost);
		item->there += quantity;
	}
	post(self, opening);
}

/* --- mornings ------------------------------------------------------------------------------ */

static int64_t new_cost(Year *self, YearItem *item)
{
	item->cost = MAX(item->cost * g_rand_int_range(self->rand, 95, 107) / 100, 1);
	return item->cost;
}

static void deliver(Year *self, int supplier)
{
	Document *delivery =
		paper_new(self, DOCUMENT_DELIVERY, self->midnight + 7 * YEAR_HOUR + supplier);

	delivery->supplier_id = self->suppliers[supplier];
	g_free(delivery->reference);
	delivery->reference = g_strdup_printf("N%d-%d", self->n, supplier);
	for (guint i = 0; i < self->items->len; i++) {
		YearItem *item = year_item(self, (int)i);
		int64_t quantity = g_rand_int_range(self->rand, 10, 60) * QUANTITY_ONE;

		if (item->supplier != supplier || item->made_of != 0 ||
		    item->there > g_rand_int_range(self->rand, 20, 80) * QUANTITY_ONE)
			continue;
		add(delivery, item, quantity, new_cost(self, item));
		item->there += quantity;
	}
	enter(self, delivery);
}

static void make(Year *self, YearItem *item)
{
	GError *error = NULL;
	Document *production;

	production = recipe_make_production(
		self->store, self->shop, item->id,
		g_rand_int_range(self->rand, 5, 40) * QUANTITY_ONE,
		self->midnight + 7 * YEAR_HOUR + YEAR_HOUR / 2 + item->id, &error);
	year_must(production != NULL, "a production", error);
	for (guint i = 0; i < production->lines->len; i++) {
		const DocumentLine *line = production->lines->pdata[i];

		year_find(self, line->item_id)->there += line->quantity;
	}
	post(self, production);
	document_free(production);
}

static void enter_late_ones(Year *self)
{
	for (guint i = 0; i < self->late->len; i++) {
		YearPaper *paper = self->late->pdata[i];
		GError *error = NULL;

		if (paper->day > self->n)
			continue;
		if (!paper->reverse)
			post(self, paper->document);
		else
			year_must(document_reverse(self->store, paper->document->id, 0,
						   "typed twice", &error),
				  "a reversal", error);
		self->n_reversed += paper->reverse;
		g_ptr_array_remove_index(self->late, i--);
	}
}

void year_morning(Year *self)
{
	int n = (int)self->items->len;

	enter_late_ones(self);
	if (self->n % 7 < YEAR_SUPPLIERS)
		deliver(self, self->n % 7);
	if (self->n % 7 == 6)
		deliver(self, 7);
	make(self, year_item(self, n - 1));
	if (self->n % 3 == 0)
		make(self, year_item(self, n - 2));
}

/* --- evenings ------------------------------------------------------------------------------ */

static void throw_away(Year *self)
{
	Document *write_off = paper_new(self, DOCUMENT_WRITE_OFF, self->midnight + 21 * YEAR_HOUR);

	g_free(write_off->reason);
	write_off->reason = g_strdup(one_in(self, 2) ? "expired" : "damaged");
	for (int i = 0; i < 5; i++) {
		YearItem *item = year_any_item(self);

		if (item->made_of == 2 || item->there < QUANTITY_ONE)
			continue;
		add(write_off, item, QUANTITY_ONE, 0);
		item->there -= QUANTITY_ONE;
	}
	enter(self, write_off);
}

static void send_back(Year *self)
{
	int supplier = g_rand_int_range(self->rand, 0, YEAR_SUPPLIERS);
	Document *back =
		paper_new(self, DOCUMENT_SUPPLIER_RETURN, self->midnight + 21 * YEAR_HOUR + 1);

	back->supplier_id = self->suppliers[supplier];
	for (guint i = 0; i < self->items->len && back->lines->len < 6; i++) {
		YearItem *item = year_item(self, (int)i);

		if (item->supplier != supplier || item->made_of != 0 ||
		    item->there < 3 * QUANTITY_ONE)
			continue;
		add(back, item, 2 * QUANTITY_ONE, item->cost);
		item->there -= 2 * QUANTITY_ONE;
	}
	enter(self, back);
}

/* Goods go to the other shop, and most of them arrive there three days later. */
static void send_on(Year *self)
{
	g_autoptr(Document) transfer =
		paper_new(self, DOCUMENT_TRANSFER, self->midnight + 21 * YEAR_HOUR + 2);
	Document *arrival = document_new(DOCUMENT_ARRIVAL, self->other_shop);
	YearPaper *paper = g_new0(YearPaper, 1);

	transfer->other_shop = self->other_shop;
	for (int i = 0; i < 10; i++) {
		YearItem *item = year_item(self, 20 + i * 3);

		add(transfer, item, 2 * QUANTITY_ONE, 0);
		item->there -= 2 * QUANTITY_ONE;
		add(arrival, item, i == 0 ? QUANTITY_ONE : 2 * QUANTITY_ONE, 0);
	}
	post(self, transfer);
	arrival->origin_id = transfer->id;
	arrival->other_shop = self->shop;
	arrival->at = transfer->at + 2 * YEAR_DAY;
	*paper = (YearPaper){ .document = arrival, .day = self->n + 3 };
	g_ptr_array_add(self->late, paper);
}

/* A delivery that was entered twice, found out days later. */
static void enter_twice(Year *self)
{
	Document *twice = paper_new(self, DOCUMENT_DELIVERY, self->midnight + 20 * YEAR_HOUR);
	YearPaper *paper = g_new0(YearPaper, 1);

	twice->supplier_id = self->suppliers[0];
	for (int i = 0; i < 8; i++) {
		YearItem *item = year_item(self, 30 + i);

		add(twice, item, 12 * QUANTITY_ONE, item->cost * 3);
	}
	post(self, twice);
	*paper = (YearPaper){ .document = twice,
			      .day = self->n + g_rand_int_range(self->rand, 2, 9),
			      .reverse = true };
	g_ptr_array_add(self->late, paper);
}

static void revalue(Year *self)
{
	Document *revaluation =
		paper_new(self, DOCUMENT_REVALUATION, self->midnight + 22 * YEAR_HOUR + 1);

	for (int i = 0; i < 5; i++) {
		YearItem *item = year_item(self, 40 + i);
		DocumentLine *line = document_add_line(revaluation, item->id, 0);

		line->has_cost = true;
		line->cost = MAX(item->cost * 9 / 10, 1);
	}
	enter(self, revaluation);
}

/* A tenth of the goods, shelf by shelf; a few are not where the books have them. */
static void count(Year *self)
{
	g_autoptr(Document) document = paper_new(self, DOCUMENT_COUNT, 0);
	GError *error = NULL;

	year_must(document_create(self->store, document, 0, &error), "a count", error);
	for (guint i = (guint)(self->n / 30) % 10; i < self->items->len; i += 10) {
		YearItem *item = year_item(self, (int)i);
		CountEntry entry = { .item_id = item->id,
				     .pass = 1,
				     .at = self->midnight + 22 * YEAR_HOUR + 1000 + i };

		if (item->made_of == 2)
			continue;
		if (one_in(self, 5))
			item->there -= QUANTITY_ONE; /* stolen */
		item->there = MAX(item->there, 0);
		entry.quantity = item->there;
		year_must(count_set(self->store, document->id, &entry, &error), "a shelf", error);
	}
	year_must(document_post(self->store, document->id, 0, &error), "a count", error);
	self->n_documents++;
}

void year_evening(Year *self)
{
	if (self->n % 7 == 5)
		throw_away(self);
	if (self->n % 30 == 11)
		send_back(self);
	if (self->n % 30 == 17)
		send_on(self);
	if (self->n % 40 == 21)
		enter_twice(self);
	if (self->n % 45 == 33)
		revalue(self);
	if (self->n % 30 == 29)
		count(self);
}
