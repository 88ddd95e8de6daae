/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: label FOLDER TURNS: makes an office of some goods in FOLDER and prints the milliseconds
 * from the wish for a shelf tag to the tag that is out of the (simulated) ZPL printer, at each
 * turn: read from the database, laid out, drawn, sent, printed, and said so by the printer. */
#include "backoffice/goods/item.h"
#include "backoffice/label/label_job.h"
#include "backoffice/people/shop.h"
#include "drivers/sim/sim.h"

#include <stdio.h>
#include <stdlib.h>

static void check(const GError *error)
{
	if (error == NULL)
		return;
	fprintf(stderr, "label: %s\n", error->message);
	exit(1);
}

static Store *open_office(const char *folder)
{
	g_autofree char *dsn = g_strdup_printf("sqlite:%s/label.db", folder);
	g_autofree char *pin = NULL;
	GError *error = NULL;
	Store *store = store_open(dsn, STORE_CREATE | STORE_DURABLE, &error);

	check(error);
	store_migrate(store, "office", &error);
	check(error);
	shop_init(store, "mn", "Дэлгүүр", &pin, &error);
	check(error);
	return store;
}

static int64_t add_item(Store *store)
{
	g_autoptr(Item) item = item_new(1);
	GError *error = NULL;

	g_free(item->name);
	item->name = g_strdup("Сүү, өрөм, цагаан идээ 3.2 %, 1 л");
	item->has_price = true;
	item->price = 320000;
	item_add_barcode(item, "4601234567893", -1);
	item_write(store, item, 0, &error);
	check(error);
	return item->id;
}

static double print_one(Store *store, int64_t item_id, const LabelDevice *device)
{
	const LabelWish wish = { .item_id = item_id, .copies = 1 };
	int64_t start = g_get_monotonic_time();
	g_autoptr(LabelModel) model = NULL;
	g_autoptr(LabelJob) job = NULL;
	GError *error = NULL;
	int printed;

	model = label_model_find(store, "shelf-58x40", &error);
	check(error);
	job = label_job_new(store, 1, model, &wish, 1, &error);
	check(error);
	label_job_print(job, device, &printed, &error);
	check(error);
	return (double)(g_get_monotonic_time() - start) / 1000.0;
}

int main(int argc, char **argv)
{
	int turns = argc == 3 ? atoi(argv[2]) : 0;
	GError *error = NULL;
	SimThread *sim;
	Store *store;
	int64_t item;

	if (turns < 1) {
		fputs("usage: label FOLDER TURNS\n", stderr);
		return 2;
	}
	store = open_office(argv[1]);
	item = add_item(store);
	sim = sim_start("label-zpl", &(SimOptions){ .control_fd = -1 }, &error);
	check(error);
	for (int i = 0; i < turns; i++) {
		g_autofree char *address = g_strdup_printf("zpl@%s", sim_thread_get_address(sim));
		const LabelDevice device = { .class = LABEL_DEVICE_LABEL,
					     .name = address,
					     .device = address,
					     .options = (char[]){ "" } };

		printf("%.3f\n", print_one(store, item, &device));
	}
	store_close(store);
	return sim_stop(sim, NULL) ? 0 : 1;
}
