/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/paper_private.h"
#include "pos/session/receipt_paper.h"

#include <string.h>

/* The receipt of a till whose registrar does not print, and what may stand on it once. */

#define ID "011111111111001095330000010012619"

static const NumberStyle style = { .decimal = ".", .group = " " };
static const PaperShop shop = {
	.shop = "Дэлгүүр", .till = "T1", .timezone = "Asia/Ulaanbaatar", .style = &style
};

static Receipt *one_bread(void)
{
	static const TaxGroup tax = { .code = "NONE" };
	static const ReceiptGoods bread = {
		.name = "Талх", .code = "1", .price = { 250000, 496 }, .tax = &tax
	};
	Receipt *receipt = receipt_new(RECEIPT_SALE, 496, TAX_PER_LINE);
	g_autoptr(GError) error = NULL;

	g_assert_true(receipt_add(receipt, &bread, (Quantity){ QUANTITY_ONE }, NULL, &error));
	g_assert_true(receipt_pay(receipt, TENDER_CASH, (Money){ 250000, 496 }, NULL, &error));
	return receipt;
}

static Paper *print(const FiscalProof *proof, const PaperOnly *words, bool copy)
{
	g_autoptr(Receipt) receipt = one_bread();

	return receipt_paper_new_fiscal(&shop, receipt, "T1-17", "Дорж", 0, proof, words, copy);
}

static const char *find_block(const Paper *paper, BlockKind kind, const char *text)
{
	for (guint i = 0; i < paper_get_n_blocks(paper); i++) {
		const PaperBlock *block = paper_get_block(paper, i);

		if (block->kind == kind && block->text != NULL && strcmp(block->text, text) == 0)
			return block->text;
	}
	return NULL;
}

static void test_words_on_paper(void)
{
	FiscalProof proof = { .serial = "100000001", .at = "2026-06-03 10:15:30", .id = ID };
	g_autoptr(PaperOnly) words = paper_only_new("AB 12345678", "47111");
	g_autoptr(Paper) paper = print(&proof, words, false);
	g_autofree char *text = paper_dup_text(paper, 42);

	g_assert_true(paper_has_secret(paper));
	g_assert_nonnull(find_block(paper, BLOCK_TEXT, "AB 12345678"));
	g_assert_nonnull(find_block(paper, BLOCK_QR, "47111"));
	g_assert_nonnull(strstr(text, ID));
	g_assert_nonnull(strstr(text, "2026-06-03 10:15:30"));
	g_assert_nonnull(strstr(text, "100000001"));
	g_assert_nonnull(strstr(text, "[CODE128 T1-17]"));
	g_assert_null(strstr(text, "12345678"));
	g_assert_null(strstr(text, "47111"));
	g_assert_null(strstr(text, "Not a fiscal receipt"));
}

static void test_words_not_on_copy(void)
{
	FiscalProof proof = { .serial = "100000001", .id = ID };
	g_autoptr(PaperOnly) words = paper_only_new("AB 12345678", "47111");
	g_autoptr(Paper) copy = print(&proof, words, true);
	g_autoptr(Paper) late = print(&proof, NULL, false);
	g_autofree char *text = paper_dup_text(copy, 42);

	g_assert_nonnull(strstr(text, "COPY"));
	g_assert_nonnull(strstr(text, ID));
	g_assert_false(paper_has_secret(copy));
	g_assert_null(find_block(copy, BLOCK_TEXT, "AB 12345678"));
	g_assert_false(paper_has_secret(late));
}

static void test_number_unknown(void)
{
	FiscalProof proof = { .serial = "100000001", .doubt = "number-unknown" };
	g_autoptr(Paper) paper = print(&proof, NULL, false);
	g_autofree char *text = paper_dup_text(paper, 42);

	g_assert_nonnull(strstr(text, "Registered, number not received"));
	g_assert_null(strstr(text, "Fiscal receipt number"));
}

static void test_registrar_numbers(void)
{
	FiscalProof proof = { .document_number = 58, .sign = "1906569744", .serial = "9999" };
	g_autoptr(Paper) paper = print(&proof, NULL, false);
	g_autofree char *text = paper_dup_text(paper, 32);

	g_assert_nonnull(strstr(text, "Fiscal document               58\n"));
	g_assert_nonnull(strstr(text, "Fiscal sign           1906569744\n"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fiscal_paper/words_on_paper", test_words_on_paper);
	g_test_add_func("/fiscal_paper/words_not_on_copy", test_words_not_on_copy);
	g_test_add_func("/fiscal_paper/number_unknown", test_number_unknown);
	g_test_add_func("/fiscal_paper/registrar_numbers", test_registrar_numbers);
	return g_test_run();
}
