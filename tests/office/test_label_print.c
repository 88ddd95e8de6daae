/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/label_shop.h"

#include "tests/wait_file.h"

#include <string.h>

/* From the database to the label in the hand: what the simulated printer draws is read by programs
 * that know nothing of us. */

#define NBSP "\u00a0"

static char *dup_picture(const LabelSim *sim, int n)
{
	g_autofree char *name = g_strdup_printf("%04d-label.png", n);

	return g_build_filename(sim->pictures, name, NULL);
}

static char *dup_bytes(const LabelSim *sim, int n, gsize *len)
{
	g_autofree char *path = dup_picture(sim, n);
	g_autoptr(GError) error = NULL;
	char *bytes;

	g_file_get_contents(path, &bytes, len, &error);
	g_assert_no_error(error);
	return bytes;
}

static void expect_code(const LabelSim *sim, int n, const char *code)
{
	g_autofree char *path = dup_picture(sim, n), *found = NULL;
	g_autofree char *line = g_strconcat(code, "\n", NULL);
	g_autoptr(GError) error = NULL;

	g_spawn_sync(NULL, (char **)(const char *[]){ "zbarimg", "-q", path, NULL }, NULL,
		     G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &found, NULL,
		     NULL, &error);
	g_assert_no_error(error);
	if (strstr(found, line) == NULL)
		g_error("“%s” is not among what was read:\n%s", code, found);
}

static void expect_no_flags(const LabelSim *sim)
{
	g_assert_false(file_has(sim->log, "FLAG"));
}

static void print(LabelJob *job, const LabelDevice *device, int expected)
{
	g_autoptr(GError) error = NULL;
	int printed = -1;

	label_job_print(job, device, &printed, &error);
	g_assert_no_error(error);
	g_assert_cmpint(printed, ==, expected);
}

/* The label as it should be, with words written by hand, through the driver alone. */
static void print_by_hand(const LabelSim *sim, const LabelDesign *design, const char *const *words)
{
	const struct label_driver *driver = label_driver_find("zpl");
	g_autoptr(GHashTable) data = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GError) error = NULL;
	struct label_printer *printer;
	struct port *port;
	int printed;

	for (int i = 0; words[i] != NULL; i += 2)
		g_hash_table_insert(data, (char *)words[i], (char *)words[i + 1]);
	port = port_open(sim_thread_get_address(sim->sim), &error);
	g_assert_no_error(error);
	printer = driver->open(port, NULL, &error);
	g_assert_true(driver->print(printer, design, &data, 1, 1, &printed, &error));
	g_assert_no_error(error);
	driver->close(printer);
	port_close(port);
}

static void test_tag_says_name_price_and_code(void)
{
	static const char *const words[] = {
		"name",	   "Молоко 3,2 %", "price", "89,90" NBSP "₽", "barcode", "4601234567893",
		"article", "М-1",	   NULL
	};
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelSim) sim = NULL, other = NULL;
	g_autoptr(LabelDevice) device = NULL;
	g_autoptr(LabelModel) model = NULL;
	g_autoptr(LabelDesign) undated = NULL;
	g_autoptr(LabelJob) job = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *ours = NULL, *hand = NULL;
	gsize ours_len, hand_len;

	label_shop_init(&shop);
	label_shop_add(&shop, 1, "Молоко 3,2 %", "pcs", 8990, "4601234567893");
	label_shop_sql(&shop, "UPDATE item SET article = 'М-1'");
	model = label_shop_model(&shop, "shelf-40x25");
	/* Without the day, which is another one tomorrow. */
	undated = label_design_new(label_design_get_width(model->design),
				   label_design_get_height(model->design));
	for (int i = 0; i < label_design_get_n_fields(model->design); i++)
		if (strcmp(label_design_get_field(model->design, i)->content, "{date}") != 0)
			label_design_add(undated, label_design_get_field(model->design, i));
	label_design_free(model->design);
	model->design = g_steal_pointer(&undated);
	sim = label_sim_new(&shop, "label-zpl", false, NULL);
	device = label_sim_device(&shop, sim, LABEL_DEVICE_LABEL, "zpl", "dpi=203");
	job = label_job_new(shop.office.store, 1, model, &(LabelWish){ .item_id = 1, .copies = 1 },
			    1, &error);
	g_assert_no_error(error);
	print(job, device, 1);
	other = label_sim_new(&shop, "label-zpl", false, NULL);
	print_by_hand(other, model->design, words);
	expect_code(sim, 1, "EAN-13:4601234567893");
	ours = dup_bytes(sim, 1, &ours_len);
	hand = dup_bytes(other, 1, &hand_len);
	g_assert_cmpmem(ours, ours_len, hand, hand_len);
	expect_no_flags(sim);
}

static void test_other_codes_are_read_too(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelSim) sim = NULL;
	g_autoptr(LabelDevice) device = NULL;
	g_autoptr(LabelJob) job = NULL;

	label_shop_init(&shop);
	label_shop_add(&shop, 1, "Атлас", "pcs", 8990, "96385074");
	label_shop_add(&shop, 2, "Бочка", "pcs", 8990, "4601234567893");
	label_shop_add(&shop, 3, "Ваза", "pcs", 8990, "VASE-77");
	label_shop_add(&shop, 4, "Гиря", "pcs", 8990, "");
	sim = label_sim_new(&shop, "label-zpl", false, NULL);
	device = label_sim_device(&shop, sim, LABEL_DEVICE_LABEL, "zpl", "");
	job = label_shop_job(&shop, "goods-58x30", (int64_t[]){ 1, 2, 3, 4, 0 });
	print(job, device, 4);
	expect_code(sim, 1, "CODE-128:96385074");
	expect_code(sim, 2, "EAN-13:4601234567893");
	expect_code(sim, 3, "CODE-128:VASE-77");
	expect_no_flags(sim);
}

/* --- many ---------------------------------------------------------------------------------- */

typedef struct {
	int calls, last, total;
} Heard;

static void on_progress(int printed, int total, void *data)
{
	Heard *heard = data;

	g_assert_cmpint(printed, >=, heard->last);
	*heard = (Heard){ heard->calls + 1, printed, total };
}

static LabelJob *job_of_copies(LabelShop *shop, const int *copies, int n)
{
	g_autoptr(LabelModel) model = label_shop_model(shop, "shelf-40x25");
	g_autofree LabelWish *wishes = g_new0(LabelWish, (gsize)n);
	g_autoptr(GError) error = NULL;
	LabelJob *job;

	for (int i = 0; i < n; i++) {
		g_autofree char *name = g_strdup_printf("Товар %d", i + 1);

		label_shop_add(shop, i + 1, name, "pcs", 100 * (i + 1), "");
		wishes[i] = (LabelWish){ .item_id = i + 1, .copies = copies[i] };
	}
	job = label_job_new(shop->office.store, 1, model, wishes, n, &error);
	g_assert_no_error(error);
	return job;
}

static void test_copies_come_out_in_order_and_are_told(void)
{
	static const int copies[] = { 1, 1, 3, 60, 1 };
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelSim) sim = NULL;
	g_autoptr(LabelDevice) device = NULL;
	g_autoptr(LabelJob) job = NULL;
	Heard heard = { 0 };

	label_shop_init(&shop);
	sim = label_sim_new(&shop, "label-zpl", false, (const char *[]){ "label_ms=1", NULL });
	device = label_sim_device(&shop, sim, LABEL_DEVICE_LABEL, "zpl", "");
	job = job_of_copies(&shop, copies, G_N_ELEMENTS(copies));
	g_assert_cmpint(label_job_get_total(job), ==, 66);
	label_job_set_progress(job, on_progress, &heard);
	print(job, device, 66);
	g_assert_cmpint(heard.calls, >=, 3);
	g_assert_cmpint(heard.last, ==, 66);
	g_assert_cmpint(heard.total, ==, 66);
	g_assert_true(file_has(sim->log, "66 in all"));
	g_assert_false(file_has(sim->log, "67 in all"));
	expect_no_flags(sim);
}

static void test_stopped_before_it_began(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelSim) sim = NULL;
	g_autoptr(LabelDevice) device = NULL;
	g_autoptr(LabelJob) job = NULL;
	g_autoptr(GError) error = NULL;
	int printed = -1;

	label_shop_init(&shop);
	sim = label_sim_new(&shop, "label-zpl", false, NULL);
	device = label_sim_device(&shop, sim, LABEL_DEVICE_LABEL, "zpl", "");
	job = job_of_copies(&shop, (int[]){ 5 }, 1);
	label_job_cancel(job);
	g_assert_false(label_job_print(job, device, &printed, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED);
	g_assert_cmpint(printed, ==, 0);
}

/* --- trouble ------------------------------------------------------------------------------- */

static void test_empty_roll_is_told_and_what_is_left_printed_later(void)
{
	static const int copies[] = { 60, 60 };
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelSim) sim = NULL;
	g_autoptr(LabelDevice) device = NULL;
	g_autoptr(LabelJob) job = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *words = NULL;
	int printed = -1, first;

	label_shop_init(&shop);
	sim = label_sim_new(&shop, "label-zpl", false,
			    (const char *[]){ "label_ms=1", "roll=70", NULL });
	device = label_sim_device(&shop, sim, LABEL_DEVICE_LABEL, "zpl", "");
	job = job_of_copies(&shop, copies, G_N_ELEMENTS(copies));
	g_assert_false(label_job_print(job, device, &printed, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PAPER_OUT);
	words = label_trouble_dup(error, device->name);
	g_assert_true(g_str_has_prefix(words, "“Device of the test” has no labels left"));
	first = printed;
	g_assert_cmpint(first, >=, 50);
	g_assert_cmpint(first, <, 120);
	g_assert_true(label_job_note_printed(job, shop.office.store, first, 0, NULL));
	sim_say(sim->sim, "paper");
	print(job, device, 120);
	expect_no_flags(sim);
}

static void test_printer_that_is_not_there(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(LabelJob) job = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *words = NULL;
	const LabelDevice device = { .class = LABEL_DEVICE_LABEL,
				     .name = (char[]){ "Zebra" },
				     .device = (char[]){ "zpl@tcp:127.0.0.1:1" },
				     .options = (char[]){ "" } };
	int printed = -1;

	label_shop_init(&shop);
	job = job_of_copies(&shop, (int[]){ 1 }, 1);
	g_assert_false(label_job_print(job, &device, &printed, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	g_assert_cmpint(printed, ==, 0);
	words = label_trouble_dup(error, device.name);
	g_assert_true(g_str_has_prefix(words, "“Zebra” does not answer"));
}

static void test_device_that_cannot_be_is_not_written(void)
{
	static const struct {
		LabelDeviceClass class;
		const char *name, *device, *options;
	} bad[] = {
		{ LABEL_DEVICE_LABEL, "", "zpl@tcp:a:1", "" },
		{ LABEL_DEVICE_LABEL, "A", "tcp:a:1", "" },
		{ LABEL_DEVICE_LABEL, "A", "xyz@tcp:a:1", "" },
		{ LABEL_DEVICE_LABEL, "A", "zpl@tcp:a:1", "dpi" },
		{ LABEL_DEVICE_LABEL, "A", "zpl@tcp:a:1", "dpi=204" },
		{ LABEL_DEVICE_LABEL, "A", "zpl@tcp:a:1", "font='x" },
		{ LABEL_DEVICE_SHEET, "A", "zpl@tcp:a:1", "" },
		{ LABEL_DEVICE_SHEET, "A", "cups:q", "sheet=9x9" },
		{ LABEL_DEVICE_PLU, "A", "zpl@tcp:a:1", "" },
	};
	g_auto(LabelShop) shop = { 0 };

	label_shop_init(&shop);
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;
		LabelDevice device = { .shop_id = 1,
				       .class = bad[i].class,
				       .name = (char *)bad[i].name,
				       .device = (char *)bad[i].device,
				       .options = (char *)bad[i].options };

		g_test_message("%zu", i);
		g_assert_false(label_device_write(shop.office.store, &device, 0, &error));
		g_assert_error(error, LABEL_ERROR, LABEL_ERROR_INVALID);
		g_assert_cmpint(device.id, ==, 0);
	}
}

static void test_device_is_written_changed_and_deleted(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) one = NULL, none = NULL;
	LabelDevice device = { .shop_id = 1,
			       .class = LABEL_DEVICE_LABEL,
			       .name = (char[]){ "Zebra" },
			       .device = (char[]){ "zpl@tcp:10.0.0.7:9100" },
			       .options = (char[]){ "dpi=203 font='DejaVu Sans'" } };
	const LabelDevice *read;

	label_shop_init(&shop);
	g_assert_true(label_device_write(shop.office.store, &device, 0, &error));
	device.device = (char[]){ "tspl@tcp:10.0.0.7:9100" };
	g_assert_true(label_device_write(shop.office.store, &device, 0, &error));
	one = label_device_list(shop.office.store, 1, &error);
	g_assert_cmpint(one->len, ==, 1);
	read = g_ptr_array_index(one, 0);
	g_assert_cmpstr(read->device, ==, device.device);
	g_assert_cmpstr(read->options, ==, device.options);
	g_assert_true(label_device_delete(shop.office.store, device.id, 0, &error));
	none = label_device_list(shop.office.store, 1, &error);
	g_assert_cmpint(none->len, ==, 0);
	g_assert_false(label_device_write(shop.office.store, &device, 0, &error));
	g_assert_error(error, LABEL_ERROR, LABEL_ERROR_GONE);
	g_assert_cmpint(
		label_shop_ask(&shop, "SELECT count(*) FROM audit WHERE action = 'label-device'"),
		==, 3);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/print/tag", test_tag_says_name_price_and_code);
	g_test_add_func("/print/codes", test_other_codes_are_read_too);
	g_test_add_func("/print/copies", test_copies_come_out_in_order_and_are_told);
	g_test_add_func("/print/stopped", test_stopped_before_it_began);
	g_test_add_func("/print/roll", test_empty_roll_is_told_and_what_is_left_printed_later);
	g_test_add_func("/print/offline", test_printer_that_is_not_there);
	g_test_add_func("/print/bad-device", test_device_that_cannot_be_is_not_written);
	g_test_add_func("/print/device", test_device_is_written_changed_and_deleted);
	return g_test_run();
}
