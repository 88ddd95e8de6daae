/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document of each kind to look at and to change. The goods are those of the demo shop: white
 * bread, rye bread, milk, butter, sugar buns, cheese by weight. */
#include "backoffice/stock/document.h"

static const char *const examples[DOCUMENT_N_KINDS] = {
	[DOCUMENT_ORDER] =
		"{'kind': 'order', 'supplier': 'Dairy 1', 'lines': ["
		"{'barcode': '2000000000114', 'quantity': '24', 'unit_cost': '60.00'},"
		"{'barcode': '2000000000169', 'quantity': '12', 'unit_cost': '150.00'}]}",
	[DOCUMENT_DELIVERY] =
		"{'kind': 'delivery', 'supplier': 'Dairy 1', 'reference': '4711', 'date': "
		"'2026-11-23', 'key': 'dairy-1-4711', 'lines': ["
		"{'barcode': '2000000000114', 'quantity': '24', 'cost': '1440.00'},"
		"{'barcode': '2000000000169', 'quantity': '12', 'unit_cost': '150.00', 'price': "
		"'219.00'},"
		"{'article': '00001', 'quantity': '7.350', 'cost': '4042.50', 'batch': 'K-118', "
		"'expiry': '2027-03-31'}]}",
	[DOCUMENT_SUPPLIER_RETURN] =
		"{'kind': 'supplier-return', 'supplier': 'Dairy 1', 'reference': '4711', 'reason': "
		"'damaged', 'lines': [{'barcode': '2000000000114', 'quantity': '2'}]}",
	[DOCUMENT_TRANSFER] = "{'kind': 'transfer', 'to': 'Shop 2', 'lines': ["
			      "{'barcode': '2000000000114', 'quantity': '6'},"
			      "{'barcode': '2000000000015', 'quantity': '10'}]}",
	[DOCUMENT_ARRIVAL] = "{'kind': 'arrival', 'from': 'D-000001', 'lines': ["
			     "{'barcode': '2000000000114', 'quantity': '6'},"
			     "{'barcode': '2000000000015', 'quantity': '9', 'expected': '10'}]}",
	[DOCUMENT_WRITE_OFF] =
		"{'kind': 'write-off', 'reason': 'expired', 'lines': ["
		"{'barcode': '2000000000114', 'quantity': '1'},"
		"{'barcode': '2000000000015', 'quantity': '3', 'reason': 'damaged'}]}",
	[DOCUMENT_COUNT] = "{'kind': 'count', 'note': 'the shelf by the door', 'lines': ["
			   "{'barcode': '2000000000015', 'quantity': '14'},"
			   "{'barcode': '2000000000022', 'quantity': '9'},"
			   "{'article': '00001', 'quantity': '5.210'}]}",
	[DOCUMENT_REVALUATION] = "{'kind': 'revaluation', 'lines': ["
				 "{'barcode': '2000000000022', 'unit_cost': '31.50'}]}",
	[DOCUMENT_OPENING] = "{'kind': 'opening', 'lines': ["
			     "{'barcode': '2000000000015', 'quantity': '40', 'unit_cost': '38.00'},"
			     "{'barcode': '2000000000022', 'quantity': '25', 'cost': '850.00'}]}",
	[DOCUMENT_PRODUCTION] =
		"{'kind': 'production', 'lines': [{'barcode': '2000000000060', 'quantity': '50'}],"
		"'components': [{'barcode': '2000000000114', 'quantity': '4.5'},"
		"{'barcode': '2000000000169', 'quantity': '2'}]}",
};

json_t *document_example(DocumentKind kind)
{
	g_autofree char *text = NULL;
	json_t *example;

	g_return_val_if_fail(kind < DOCUMENT_N_KINDS, NULL);
	text = g_strdelimit(g_strdup(examples[kind]), "'", '"');
	example = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	g_assert(example != NULL);
	return example;
}
