/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/port/private_cups.h"
#include "tests/office/label_shop.h"

#include <string.h>

/* Sheets through a print queue: a real CUPS whose printer is a folder. */

static PrivateCups cups;

static LabelJob *job_of(LabelShop *shop, int copies)
{
	g_autoptr(LabelModel) model = label_shop_model(shop, "sheet-70x37");
	const LabelWish wish = { .item_id = 1, .copies = copies };
	g_autoptr(GError) error = NULL;
	LabelJob *job;

	label_shop_add(shop, 1, "Молоко", "pcs", 8990, "4601234567893");
	job = label_job_new(shop->office.store, 1, model, &wish, 1, &error);
	g_assert_no_error(error);
	return job;
}

static LabelDevice queue(const char *device)
{
	return (LabelDevice){ .class = LABEL_DEVICE_SHEET,
			      .name = (char *)device,
			      .device = (char *)device,
			      .options = (char *)"sheet=3x8" };
}

static void test_sheets_come_out_of_the_queue(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelJob) job = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL, *printed = NULL, *all = NULL;
	LabelDevice device = queue("cups:labels");
	gsize len;
	int n = -1;

	label_shop_init(&shop);
	private_cups_add(&cups, "labels");
	job = job_of(&shop, 30);
	label_job_print(job, &device, &n, &error);
	g_assert_no_error(error);
	g_assert_cmpint(n, ==, 30);
	path = private_cups_dup_path(&cups, "labels", "printed");
	g_file_get_contents(path, &printed, &len, &error);
	g_assert_no_error(error);
	g_assert_cmpint((int)len, >, 1000);
	g_assert_true(memcmp(printed, "%PDF", 4) == 0);
	/* "/Type /Pages … /Count 2": thirty labels of twenty-four a sheet. */
	all = g_utf8_make_valid(printed, (gssize)len);
	g_assert_nonnull(strstr(all, "/Count 2"));
}

static void test_queue_that_is_not_there(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelJob) job = NULL;
	g_autoptr(GError) error = NULL;
	LabelDevice device = queue("cups:nowhere");
	int n = -1;

	label_shop_init(&shop);
	job = job_of(&shop, 1);
	g_assert_false(label_job_print(job, &device, &n, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	g_assert_cmpint(n, ==, 0);
}

int main(int argc, char **argv)
{
	int status;

	g_test_init(&argc, &argv, NULL);
	if (!private_cups_start(&cups)) {
		g_print("1..0 # SKIP no cupsd for this user\n");
		return 0;
	}
	g_test_add_func("/label-cups/sheets", test_sheets_come_out_of_the_queue);
	g_test_add_func("/label-cups/nowhere", test_queue_that_is_not_there);
	status = g_test_run();
	private_cups_stop(&cups);
	return status;
}
