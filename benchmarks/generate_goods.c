/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: generate-goods COUNT: a made-up list of goods as TSV on standard output, the same on every
 * run. Names have a Zipf-like mix of common and rare words, as real lists have. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const kinds[] = {
	"Хлеб",	   "Молоко", "Сыр",   "Шоколад", "Чай",	    "Кофе",	 "Печенье", "Сок",
	"Вода",	   "Пиво",   "Вино",  "Колбаса", "Масло",   "Мыло",	 "Шампунь", "Порошок",
	"Тетрадь", "Ручка",  "Лампа", "Корм",	 "Йогурт",  "Кефир",	 "Творог",  "Макароны",
	"Рис",	   "Гречка", "Сахар", "Соль",	 "Конфеты", "Мороженое", "Талх",    "Сүү",
	"Өндөг",   "Цай",    "Будаа", "Чихэр",	 "Ундаа",   "Саван",	 "Дэвтэр",  "Бал",
};
static const char *const qualities[] = {
	"белый",	"чёрный",   "особый",	"домашний", "детский", "нежный",
	"классический", "новый",    "большой",	"малый",    "свежий",  "сладкий",
	"лёгкий",	"утренний", "вечерний", "северный", "южный",   "золотой",
	"шинэ",		"том",	    "жижиг",	"цагаан",   "хар",     "гоё",
};
static const char *const syllables[] = {
	"ба", "ре", "ни", "то", "ку", "ма", "ле", "ви", "со", "ду",
	"га", "зе", "пи", "ро", "фу", "ха", "це", "ши", "ло", "ну"
};

static uint64_t state = 20261123;

static uint64_t next(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return state * UINT64_C(2685821657736338717);
}

#define PICK(list) list[next() % (sizeof list / sizeof *list)]

/* An EAN-13 of number @n under prefix 299: in-store, so nobody's goods. */
static void print_code(long n)
{
	char digits[13];
	int sum = 0;

	snprintf(digits, sizeof digits, "299%09ld", n);
	for (int i = 0; i < 12; i++)
		sum += (digits[i] - '0') * (i % 2 ? 3 : 1);
	printf("%s%d", digits, (10 - sum % 10) % 10);
}

int main(int argc, char **argv)
{
	long count = argc == 2 ? atol(argv[1]) : 0;

	if (count <= 0 || count > 999999999) {
		fputs("usage: generate-goods COUNT\n", stderr);
		return 2;
	}
	puts("barcode\tname\tcategory\tbrand\tunit\tprice\ttax");
	for (long n = 0; n < count; n++) {
		const char *kind = PICK(kinds);
		const char *a = PICK(syllables), *b = PICK(syllables), *c = PICK(syllables);

		print_code(n);
		printf("\t%s %s %s%s%s %" PRIu64 " г\t%s\t%s%s%s\tшт\t%" PRIu64 ".%02" PRIu64
		       "\t%s\n",
		       kind, PICK(qualities), a, b, c, 50 + next() % 950, kind, a, b, c,
		       1 + next() % 999, next() % 100, next() % 3 ? "22" : "10");
	}
	return ferror(stdout) != 0;
}
