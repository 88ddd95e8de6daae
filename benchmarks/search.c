/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: search GOODS.DB <NAMES: types each name letter by letter into the till's search and prints
 * the milliseconds of each answer, a line a key. */
#include "pos/till/goods.h"

#include <stdio.h>

#define SHOWN 50 /* as many as the till's window asks for */

static bool type(Goods *goods, const char *name, const GoodsMoment *now)
{
	for (const char *end = g_utf8_next_char(name);; end = g_utf8_next_char(end)) {
		g_autofree char *text = g_strndup(name, (gsize)(end - name));
		g_autoptr(GPtrArray) found = NULL;
		g_autoptr(GError) error = NULL;
		int64_t start = g_get_monotonic_time();

		if (!goods_search(goods, text, SHOWN, now, &found, &error)) {
			fprintf(stderr, "search: %s: %s\n", text, error->message);
			return false;
		}
		printf("%.3f\n", (double)(g_get_monotonic_time() - start) / 1000.0);
		if (*end == '\0')
			return true;
	}
}

int main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Goods) goods = argc == 2 ? goods_open(argv[1], &error) : NULL;
	GoodsMoment now = goods_moment(g_get_real_time(), "UTC", 20261123, 0);
	char name[1024];

	if (goods == NULL) {
		fprintf(stderr, "search: %s\n",
			error != NULL ? error->message : "name a goods file");
		return 1;
	}
	while (fgets(name, sizeof name, stdin) != NULL) {
		name[strcspn(name, "\n")] = '\0';
		if (*name != '\0' && !type(goods, name, &now))
			return 1;
	}
	return 0;
}
