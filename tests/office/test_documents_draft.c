/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several people at one draft. */
#include "backoffice/people/rights.h"
#include "tests/office/papers.h"

#include <string.h>

#define ITEM 7
#define OTHER 8
#define PEOPLE 3
#define SCANS 60

static Document *open_draft(FakeOffice *office)
{
	Document *draft = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);
	g_autoptr(GError) error = NULL;

	paper_office(office, 20);
	document_create(office->store, draft, 0, &error);
	g_assert_no_error(error);
	return draft;
}

static Document *read_draft(FakeOffice *office, int64_t id)
{
	g_autoptr(GError) error = NULL;
	Document *draft = document_read(office->store, id, &error);

	g_assert_no_error(error);
	return draft;
}

static int scan(FakeOffice *office, int64_t id, int64_t item_id, int64_t n, const char *batch,
		int32_t expiry)
{
	g_autoptr(GError) error = NULL;
	int line = 0;

	document_scan(office->store, id, item_id, 0, units(n), batch, expiry, 0, &line, &error);
	g_assert_no_error(error);
	return line;
}

/* --- scans --------------------------------------------------------------------------------- */

static void test_scans_add_up(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) draft = open_draft(&office);
	g_autoptr(Document) read = NULL;
	g_autoptr(GError) error = NULL;
	int64_t pack = paper_pack(&office, ITEM, "box", 12);
	int line;

	g_assert_cmpint(scan(&office, draft->id, ITEM, 1, "", 0), ==, 1);
	g_assert_cmpint(scan(&office, draft->id, ITEM, 5, NULL, 0), ==, 1);
	g_assert_cmpint(scan(&office, draft->id, ITEM, 1, "A", 0), ==, 2);
	g_assert_cmpint(scan(&office, draft->id, ITEM, 1, "A", 20270131), ==, 3);
	document_scan(office.store, draft->id, ITEM, pack, units(12), "", 0, 0, &line, &error);
	g_assert_cmpint(line, ==, 4);
	/* One was scanned too much; below nothing it does not go. */
	g_assert_cmpint(scan(&office, draft->id, ITEM, -2, "", 0), ==, 1);
	g_assert_false(document_scan(office.store, draft->id, ITEM, 0, units(-5), "", 0, 0, &line,
				     &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID);
	read = read_draft(&office, draft->id);
	g_assert_cmpuint(read->lines->len, ==, 4);
	g_assert_cmpint(((DocumentLine *)read->lines->pdata[0])->quantity, ==, units(4));
	g_assert_cmpint(((DocumentLine *)read->lines->pdata[3])->pack_id, ==, pack);
}

/* What the order expects without knowing the batch takes the first batch that comes. */
static void test_a_scan_finds_the_expected_line(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) draft = open_draft(&office);
	g_autoptr(Document) read = NULL;
	g_autoptr(GError) error = NULL;
	DocumentLine expected = { .item_id = ITEM,
				  .has_expected = true,
				  .expected = units(10),
				  .batch = (char *)"",
				  .reason = (char *)"" };

	g_assert_true(document_put_line(office.store, draft->id, &expected, 0, &error));
	g_assert_cmpint(scan(&office, draft->id, ITEM, 4, "A", 20270131), ==, 1);
	g_assert_cmpint(scan(&office, draft->id, ITEM, 1, "A", 20270131), ==, 1);
	g_assert_cmpint(scan(&office, draft->id, ITEM, 2, "B", 20270228), ==, 2);
	read = read_draft(&office, draft->id);
	g_assert_cmpint(((DocumentLine *)read->lines->pdata[0])->expected, ==, units(10));
	g_assert_cmpstr(((DocumentLine *)read->lines->pdata[0])->batch, ==, "A");
}

/* --- threads ------------------------------------------------------------------------------- */

typedef struct {
	const char *dsn;
	int64_t document, item_id; /* the item that is this person's alone */
} Clerk;

static void must(bool done, GError *error)
{
	if (!done)
		g_error("%s", error->message);
}

/* Scans what all scan and what nobody else does, and types what the latter costs in between. */
static void *receive(void *data)
{
	const Clerk *self = data;
	GError *error = NULL;
	g_autoptr(Store) store = store_open(self->dsn, 0, &error);
	int own = 0;

	must(store != NULL, error);
	for (int i = 0; i < SCANS; i++) {
		must(document_scan(store, self->document, ITEM, 0, units(1), "", 0, 0, NULL,
				   &error),
		     error);
		must(document_scan(store, self->document, self->item_id, 0, units(1), "", 0, 0,
				   &own, &error),
		     error);
		if (i % 10 == 9) {
			DocumentLine line = { .line = own,
					      .item_id = self->item_id,
					      .quantity = units(i + 1),
					      .has_cost = true,
					      .cost = 100 * (i + 1),
					      .batch = (char *)"",
					      .reason = (char *)"" };

			must(document_put_line(store, self->document, &line, 0, &error), error);
		}
	}
	return NULL;
}

static void test_people_at_one_delivery_lose_nothing(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) draft = open_draft(&office);
	g_autoptr(Document) read = NULL;
	g_autoptr(GError) error = NULL;
	Clerk clerks[PEOPLE];
	GThread *threads[PEOPLE];

	for (int i = 0; i < PEOPLE; i++) {
		clerks[i] = (Clerk){ office.dsn, draft->id, 10 + i };
		threads[i] = g_thread_new("clerk", receive, &clerks[i]);
	}
	/* Meanwhile somebody writes the head again and again. */
	for (int i = 0; i < 20; i++) {
		g_autofree char *note = g_strdup_printf("note %d", i);

		paper_text(&draft->note, note);
		document_write_head(office.store, draft, 0, &error);
		g_assert_no_error(error);
	}
	for (int i = 0; i < PEOPLE; i++)
		g_thread_join(threads[i]);

	read = read_draft(&office, draft->id);
	g_assert_cmpuint(read->lines->len, ==, PEOPLE + 1);
	for (guint i = 0; i < read->lines->len; i++) {
		const DocumentLine *line = read->lines->pdata[i];

		g_assert_cmpint(line->quantity, ==,
				units(line->item_id == ITEM ? PEOPLE * SCANS : SCANS));
		g_assert_cmpint(line->cost, ==, line->item_id == ITEM ? 0 : 100 * SCANS);
	}
	g_assert_cmpstr(read->note, ==, "note 19");
	document_post(office.store, draft->id, 0, &error);
	g_assert_no_error(error);
	fake_office_verify(&office);
}

typedef struct {
	const char *dsn;
	int64_t document;
	bool done;
	int code;
} Poster;

static void *post(void *data)
{
	Poster *self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = store_open(self->dsn, 0, NULL);

	self->done = document_post(store, self->document, 0, &error);
	self->code = error != NULL && error->domain == DOCUMENT_ERROR ? error->code : -1;
	return NULL;
}

static void test_two_post_at_once(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) draft = open_draft(&office);
	GThread *threads[2];
	Poster posters[2];

	scan(&office, draft->id, ITEM, 10, "", 0);
	for (int i = 0; i < 2; i++) {
		posters[i] = (Poster){ office.dsn, draft->id, false, -1 };
		threads[i] = g_thread_new("poster", post, &posters[i]);
	}
	for (int i = 0; i < 2; i++)
		g_thread_join(threads[i]);
	g_assert_true(posters[0].done != posters[1].done);
	g_assert_cmpint(posters[posters[0].done ? 1 : 0].code, ==, DOCUMENT_ERROR_STATE);
	paper_stands(&office, PAPER_SHOP, ITEM, 10, 0);
}

/* --- head and lines ------------------------------------------------------------------------ */

static void test_two_change_the_head(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) mine = open_draft(&office);
	g_autoptr(Document) yours = read_draft(&office, mine->id);
	g_autoptr(Document) read = NULL;
	g_autoptr(GError) error = NULL;

	scan(&office, mine->id, ITEM, 1, "", 0); /* lines are no matter of the head */
	paper_text(&mine->reference, "4711");
	g_assert_true(document_write_head(office.store, mine, 0, &error));
	paper_text(&yours->note, "look at the boxes");
	g_assert_false(document_write_head(office.store, yours, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_STATE);
	g_assert_nonnull(strstr(error->message, "look again"));
	read = read_draft(&office, mine->id);
	g_assert_cmpstr(read->reference, ==, "4711");
	g_assert_cmpstr(read->note, ==, "");
	g_assert_cmpint(read->revision, ==, mine->revision);
	g_assert_cmpint(read->revision, >, read->head_revision);
}

static void test_a_line_that_is_gone(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) draft = open_draft(&office);
	g_autoptr(Document) read = NULL;
	g_autoptr(GError) error = NULL;
	DocumentLine *line;

	scan(&office, draft->id, ITEM, 1, "", 0);
	scan(&office, draft->id, OTHER, 1, "", 0);
	read = read_draft(&office, draft->id);
	line = read->lines->pdata[0];
	g_assert_true(document_remove_line(office.store, draft->id, line->line, 0, &error));
	g_assert_false(document_put_line(office.store, draft->id, line, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE);
	/* A number that was taken out is not given out again while a later one stands. */
	g_assert_cmpint(scan(&office, draft->id, ITEM, 1, "", 0), ==, 3);
}

static void test_what_is_posted_changes_no_more(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) draft = open_draft(&office);
	g_autoptr(GError) error = NULL;
	DocumentLine line = {
		.item_id = OTHER, .quantity = units(1), .batch = (char *)"", .reason = (char *)""
	};

	scan(&office, draft->id, ITEM, 1, "", 0);
	g_assert_true(document_post(office.store, draft->id, 0, &error));
	g_assert_false(document_put_line(office.store, draft->id, &line, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_STATE);
	g_assert_cmpint(line.line, ==, 0);
	g_clear_error(&error);
	g_assert_false(document_remove_line(office.store, draft->id, 1, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_STATE);
	g_clear_error(&error);
	g_assert_false(document_discard(office.store, draft->id, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_STATE);
	g_clear_error(&error);
	g_assert_false(document_write_head(office.store, draft, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_STATE);
}

static void test_pieces_are_scanned_one_by_one(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) draft = open_draft(&office);
	g_autoptr(Document) read = NULL;
	g_autoptr(GError) error = NULL;
	const DocumentLine *line;

	scan(&office, draft->id, ITEM, 2, "", 0);
	g_assert_true(document_add_serial(office.store, draft->id, 1, "A1", 0, &error));
	g_assert_true(document_add_serial(office.store, draft->id, 1, "A2", 0, &error));
	g_assert_false(document_add_serial(office.store, draft->id, 1, "A1", 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID);
	g_clear_error(&error);
	g_assert_false(document_add_serial(office.store, draft->id, 2, "A3", 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE);
	read = read_draft(&office, draft->id);
	line = read->lines->pdata[0];
	g_assert_cmpuint(g_strv_length(line->serials), ==, 2);
	g_assert_cmpint(line->quantity, ==, units(2));
}

static const struct {
	DocumentLine line;
	const char *says;
} wrong_lines[] = {
	{ { .item_id = 99 }, "not in the list" },
	{ { .item_id = ITEM, .quantity = -1 }, "below zero" },
	{ { .item_id = ITEM, .quantity = INT64_MAX }, "too large" },
	{ { .item_id = ITEM, .quantity = 1, .pack_id = 5 }, "pack" },
	{ { .item_id = ITEM, .quantity = 1, .has_cost = true, .cost = -1 }, "cost" },
	{ { .item_id = ITEM, .quantity = 1, .has_price = true, .price = -1 }, "price" },
	{ { .item_id = ITEM, .quantity = 1, .expiry = 20270231 }, "expiry" },
	{ { .item_id = ITEM, .quantity = 1, .batch = (char *)"a\nb" }, "batch" },
	{ { .item_id = ITEM, .quantity = 1, .serials = (char *[]){ (char *)"", NULL } }, "serial" },
	{ { .item_id = ITEM,
	    .quantity = 2000000,
	    .serials = (char *[]){ (char *)"A", (char *)"A", NULL } },
	  "twice" },
};

static void test_lines_that_cannot_be(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) draft = open_draft(&office);

	for (size_t i = 0; i < G_N_ELEMENTS(wrong_lines); i++) {
		DocumentLine line = wrong_lines[i].line;
		g_autoptr(GError) error = NULL;
		int64_t before = paper_rows(&office);

		line.reason = (char *)"";
		if (line.batch == NULL)
			line.batch = (char *)"";
		g_assert_false(document_put_line(office.store, draft->id, &line, 0, &error));
		g_test_message("%s", error->message);
		g_assert_cmpint(error->domain, ==, DOCUMENT_ERROR);
		g_assert_nonnull(strstr(error->message, wrong_lines[i].says));
		g_assert_cmpint(paper_rows(&office), ==, before);
	}
}

static void test_a_draft_is_thrown_away(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) draft = open_draft(&office);
	g_autoptr(GError) error = NULL;
	int64_t cashier = paper_person(&office, "Лена", ROLE_CASHIER);

	scan(&office, draft->id, ITEM, 1, "", 0);
	g_assert_false(document_discard(office.store, draft->id, cashier, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	g_assert_false(document_scan(office.store, draft->id, ITEM, 0, units(1), "", 0, cashier,
				     NULL, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	g_assert_true(document_discard(office.store, draft->id, 0, &error));
	g_assert_null(document_read(office.store, draft->id, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE);
	g_assert_cmpint(room_ask(&office, "SELECT count(*) FROM document_line"), ==, 0);
}

/* --- lists --------------------------------------------------------------------------------- */

static guint found(FakeOffice *office, const char *search, int kind, int state)
{
	const DocumentFilter filter = {
		.shop_id = PAPER_SHOP, .kind = kind, .state = state, .search = search
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) list = document_list(office->store, &filter, 0, 100, &error);

	g_assert_no_error(error);
	return list->len;
}

static void test_lists(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) draft = open_draft(&office);
	g_autoptr(Document) posted = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);
	const DocumentFilter filter = { .kind = -1, .state = DOCUMENT_POSTED };
	g_autoptr(GPtrArray) list = NULL;
	const DocumentSummary *summary;

	posted->supplier_id = paper_supplier(&office, "Молокозавод_1");
	paper_text(&posted->reference, "ТН-4711");
	paper_line(posted, ITEM, 2, 150);
	paper_line(posted, OTHER, 2, 250);
	paper_post(&office, posted);
	g_assert_cmpuint(found(&office, NULL, -1, -1), ==, 2);
	g_assert_cmpuint(found(&office, NULL, DOCUMENT_ORDER, -1), ==, 0);
	g_assert_cmpuint(found(&office, NULL, -1, DOCUMENT_DRAFT), ==, 1);
	g_assert_cmpuint(found(&office, " d-000002 ", -1, -1), ==, 1);
	g_assert_cmpuint(found(&office, "4711", -1, -1), ==, 1);
	g_assert_cmpuint(found(&office, "завод", -1, -1), ==, 1);
	g_assert_cmpuint(found(&office, "_1", -1, -1), ==, 1);
	g_assert_cmpuint(found(&office, "%", -1, -1), ==, 0);
	list = document_list(office.store, &filter, 0, 10, NULL);
	g_assert_cmpuint(list->len, ==, 1);
	summary = list->pdata[0];
	g_assert_cmpint(summary->value, ==, 400);
	g_assert_cmpint(summary->n_lines, ==, 2);
	g_assert_cmpstr(summary->supplier, ==, "Молокозавод_1");
	g_assert_cmpint(draft->id, !=, summary->id);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/draft/scans", test_scans_add_up);
	g_test_add_func("/draft/expected", test_a_scan_finds_the_expected_line);
	g_test_add_func("/draft/people", test_people_at_one_delivery_lose_nothing);
	g_test_add_func("/draft/two_post", test_two_post_at_once);
	g_test_add_func("/draft/head", test_two_change_the_head);
	g_test_add_func("/draft/line_gone", test_a_line_that_is_gone);
	g_test_add_func("/draft/posted", test_what_is_posted_changes_no_more);
	g_test_add_func("/draft/wrong_lines", test_lines_that_cannot_be);
	g_test_add_func("/draft/serials", test_pieces_are_scanned_one_by_one);
	g_test_add_func("/draft/discard", test_a_draft_is_thrown_away);
	g_test_add_func("/draft/lists", test_lists);
	return g_test_run();
}
