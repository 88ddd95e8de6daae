/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/scale/label_scale.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <string.h>

const SimFaultKind plu_sim_faults[] = {
	[LABEL_FULL] = { "full", 0, SIM_FOREVER, false,
			 N_("setting: there is room for VALUE goods only") },
	[LABEL_REFUSE] = { "refuse", 0x61, 1, true,
			   N_("a command is refused with error VALUE (hex)") },
	[LABEL_LOST_REQUEST] = { "lost_request", 0, 1, false, N_("a message never arrives") },
	[LABEL_LOST_ANSWER] = { "lost_answer", 0, 1, false,
				N_("it is done, and the answer gets lost") },
	[LABEL_TWICE_ANSWER] = { "twice_answer", 0, 1, false, N_("the answer comes twice") },
	[LABEL_SWAPPED_ANSWER] = { "swapped_answer", 0, 1, false,
				   N_("the answer comes behind the next one") },
	[LABEL_BAD_SUM] = { "bad_sum", 1, SIM_COUNT_IS_VALUE, false,
			    N_("the check sum of VALUE answers is spoilt") },
	[LABEL_OTHER_HOST] = { "other_host", 1, SIM_COUNT_IS_VALUE, false,
			       N_("VALUE messages are answered with \"busy with another host\" "
				  "(plu-shtrih over UDP)") },
	[LABEL_ERASE_MS] = { "erase_ms", 200, SIM_FOREVER, false,
			     N_("setting: to erase the goods takes VALUE ms (200; plu-shtrih)") },
	[LABEL_ERASE_FAILS] = { "erase_fails", 0, 1, false,
				N_("the goods are not erased (plu-shtrih)") },
	[LABEL_PASSWORD] = { "password", 30, SIM_FOREVER, false,
			     N_("setting: the password, four digits (0030; plu-shtrih)") },
	[LABEL_N_FAULTS] = { NULL, 0, 0, false, NULL },
};

/* --- the memory ------------------------------------------------------------------------------- */

/* One table says which numbers the file has, so that none is written and not read. */
typedef struct {
	const char *key;
	size_t offset;
} Number;

static const Number plu_numbers[] = {
	{ "number", offsetof(LabelPlu, number) }, { "goods", offsetof(LabelPlu, goods) },
	{ "code", offsetof(LabelPlu, code) },	  { "price", offsetof(LabelPlu, price) },
	{ "tare", offsetof(LabelPlu, tare) },	  { "days", offsetof(LabelPlu, days) },
	{ "prefix", offsetof(LabelPlu, prefix) },
};
static const Number scale_numbers[] = {
	{ "prefix", offsetof(LabelScale, prefix) },
	{ "piece_prefix", offsetof(LabelScale, piece_prefix) },
	{ "wrong_passwords", offsetof(LabelScale, wrong_passwords) },
};

static void put_numbers(json_t *object, const void *base, const Number *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		json_object_set_new(
			object, numbers[i].key,
			json_integer(*(const int64_t *)((const char *)base + numbers[i].offset)));
}

static bool get_numbers(const json_t *object, void *base, const Number *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const json_t *value = json_object_get(object, numbers[i].key);

		if (!json_is_integer(value))
			return false;
		*(int64_t *)((char *)base + numbers[i].offset) = json_integer_value(value);
	}
	return true;
}

static json_t *plu_json(const LabelPlu *self)
{
	json_t *object = json_pack("{s:s,s:b}", "name", self->name, "pieces", self->pieces);

	put_numbers(object, self, plu_numbers, G_N_ELEMENTS(plu_numbers));
	return object;
}

void plu_sim_save(LabelScale *self)
{
	json_t *root = json_object(), *list = json_array();
	char *text;

	put_numbers(root, self, scale_numbers, G_N_ELEMENTS(scale_numbers));
	for (unsigned i = 0; i < self->plus->len; i++)
		json_array_append_new(list, plu_json(g_ptr_array_index(self->plus, i)));
	json_object_set_new(root, "plus", list);
	text = json_dumps(root, JSON_INDENT(1));
	json_decref(root);
	if (self->context->state_path != NULL && self->context->failure == NULL)
		g_file_set_contents_full(self->context->state_path, text, -1,
					 G_FILE_SET_CONTENTS_CONSISTENT, 0644,
					 &self->context->failure);
	free(text);
}

static void plu_free(void *data)
{
	LabelPlu *plu = data;

	g_free(plu->name);
	g_free(plu);
}

static bool get_plu(LabelScale *self, const json_t *object)
{
	const char *name = json_string_value(json_object_get(object, "name"));
	const json_t *pieces = json_object_get(object, "pieces");
	LabelPlu *plu = g_new0(LabelPlu, 1);

	g_ptr_array_add(self->plus, plu);
	plu->name = g_strdup(name);
	plu->pieces = json_is_true(pieces);
	return name != NULL && json_is_boolean(pieces) &&
	       get_numbers(object, plu, plu_numbers, G_N_ELEMENTS(plu_numbers));
}

static bool get_scale(LabelScale *self, const json_t *root)
{
	const json_t *list = json_object_get(root, "plus"), *item;
	size_t i;

	if (!get_numbers(root, self, scale_numbers, G_N_ELEMENTS(scale_numbers)) ||
	    !json_is_array(list))
		return false;
	json_array_foreach(list, i, item) if (!get_plu(self, item)) return false;
	return true;
}

static bool load(LabelScale *self, GError **error)
{
	const char *path = self->context->state_path;
	json_error_t where;
	json_t *root;
	bool done;

	if (path == NULL || !g_file_test(path, G_FILE_TEST_EXISTS))
		return true; /* as shipped */
	root = json_load_file(path, 0, &where);
	done = root != NULL && get_scale(self, root);
	json_decref(root);
	if (!done)
		g_set_error(
			error, SIM_ERROR, SIM_ERROR_STATE,
			_("%s is not the memory of this simulator; move it away to start anew."),
			path);
	return done;
}

bool plu_sim_init(LabelScale *self, SimContext *context, GError **error)
{
	self->context = context;
	self->plus = g_ptr_array_new_with_free_func(plu_free);
	self->swapped = g_byte_array_new();
	self->prefix = self->piece_prefix = LABEL_PREFIX;
	return load(self, error);
}

void plu_sim_clear(LabelScale *self)
{
	g_ptr_array_unref(self->plus);
	g_byte_array_unref(self->swapped);
}

void plu_sim_flag(LabelScale *self, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	sim_log_words(self->context->log, "FLAG: %s", text);
}

/* --- goods ------------------------------------------------------------------------------------ */

LabelPlu *plu_sim_find(LabelScale *self, int64_t number)
{
	for (unsigned i = 0; i < self->plus->len; i++) {
		LabelPlu *plu = g_ptr_array_index(self->plus, i);

		if (plu->number == number)
			return plu;
	}
	return NULL;
}

LabelPlu *plu_sim_find_goods(LabelScale *self, int64_t goods)
{
	for (unsigned i = 0; i < self->plus->len; i++) {
		LabelPlu *plu = g_ptr_array_index(self->plus, i);

		if (plu->goods == goods)
			return plu;
	}
	return NULL;
}

bool plu_sim_is_full(LabelScale *self)
{
	int room = sim_faults_setting(self->context->faults, LABEL_FULL, -1);

	return room >= 0 && self->plus->len >= (unsigned)room;
}

static char *money_dup(int64_t minor)
{
	return g_strdup_printf("%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT, minor / 100,
			       minor % 100);
}

void plu_sim_put(LabelScale *self, LabelPlu plu)
{
	LabelPlu *old = plu.goods != 0 ? plu_sim_find_goods(self, plu.goods)
				       : plu_sim_find(self, plu.number);
	g_autofree char *price = money_dup(plu.price);
	g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%s|%s",
						plu.number != 0 ? plu.number : plu.goods, plu.code,
						price, plu.name);

	if (old == NULL) {
		old = g_new0(LabelPlu, 1);
		g_ptr_array_add(self->plus, old);
	}
	g_free(old->name);
	*old = plu;
	plu_sim_save(self);
	sim_log_mark(self->context->log, "PLU", text);
}

void plu_sim_remove(LabelScale *self, LabelPlu *plu)
{
	g_autofree char *text = NULL;

	if (plu == NULL)
		return;
	text = g_strdup_printf("%" G_GINT64_FORMAT, plu->number);
	g_ptr_array_remove(self->plus, plu);
	plu_sim_save(self);
	sim_log_mark(self->context->log, "PLU-GONE", text);
}

void plu_sim_remove_all(LabelScale *self)
{
	g_ptr_array_set_size(self->plus, 0);
	plu_sim_save(self);
	sim_log_mark(self->context->log, "PLU-ALL-GONE", "");
}

/* --- the label: part C, 2p PPPPP WWWWW C -------------------------------------------------------
 */

static char check_digit(const char *twelve)
{
	int sum = 0;

	for (int i = 0; i < 12; i++)
		sum += (twelve[i] - '0') * (i % 2 == 0 ? 1 : 3);
	return (char)('0' + (10 - sum % 10) % 10);
}

static void print_label(LabelScale *self, const LabelPlu *plu, int64_t amount)
{
	int64_t code = plu->code != 0 ? plu->code : plu->number;
	int64_t prefix = plu->prefix != 0 ? plu->prefix
			 : plu->pieces	  ? self->piece_prefix
					  : self->prefix;
	int64_t total = plu->pieces ? plu->price * amount : (plu->price * amount + 500) / 1000;
	g_autofree char *money = money_dup(total);
	g_autofree char *digits =
		g_strdup_printf("%02" G_GINT64_FORMAT "%05" G_GINT64_FORMAT "%05" G_GINT64_FORMAT,
				prefix % 100, code % 100000, amount % 100000);
	g_autofree char *text =
		g_strdup_printf("%s%c|%s|%" G_GINT64_FORMAT " %s|%s", digits, check_digit(digits),
				plu->name, amount, plu->pieces ? "pcs" : "g", money);

	sim_log_mark(self->context->log, "LABEL", text);
}

static bool print_line(LabelScale *self, const char *line)
{
	g_auto(GStrv) words = g_strsplit(line, " ", -1);
	guint64 number, amount;
	LabelPlu *plu;

	if (g_strv_length(words) != 2 ||
	    !g_ascii_string_to_unsigned(words[0], 10, 1, G_MAXINT32, &number, NULL) ||
	    !g_ascii_string_to_unsigned(words[1], 10, 1, 99999, &amount, NULL))
		return false;
	plu = plu_sim_find(self, (int64_t)number);
	if (plu == NULL)
		plu = plu_sim_find_goods(self, (int64_t)number);
	if (plu == NULL)
		sim_log_words(self->context->log, "there is no PLU %s", words[0]);
	else
		print_label(self, plu, (int64_t)amount);
	return true;
}

bool plu_sim_control(void *data, const char *line)
{
	LabelScale *self = data;

	if (g_str_has_prefix(line, "print "))
		return print_line(self, line + 6);
	if (g_str_has_prefix(line, "put "))
		return g_ascii_string_to_signed(line + 4, 10, -9999, 15000, &self->weight, NULL);
	if (strcmp(line, "unlock") != 0)
		return false;
	self->wrong_passwords = 0;
	plu_sim_save(self);
	return true;
}

/* --- bytes ------------------------------------------------------------------------------------ */

void plu_sim_answer(LabelScale *self, const uint8_t *data, size_t len)
{
	if (sim_faults_take(self->context->faults, LABEL_LOST_ANSWER, NULL)) {
		sim_log_words(self->context->log, "the answer gets lost");
		return;
	}
	if (sim_faults_take(self->context->faults, LABEL_SWAPPED_ANSWER, NULL)) {
		g_byte_array_append(self->swapped, data, (guint)len);
		return;
	}
	sim_send(self->context, data, len);
	if (sim_faults_take(self->context->faults, LABEL_TWICE_ANSWER, NULL))
		sim_send(self->context, data, len);
	if (self->swapped->len > 0)
		sim_send(self->context, self->swapped->data, self->swapped->len);
	g_byte_array_set_size(self->swapped, 0);
}

int64_t plu_sim_get_low(const uint8_t *data, size_t len)
{
	int64_t value = 0;

	for (size_t i = len; i > 0; i--)
		value = value << 8 | data[i - 1];
	return value;
}

void plu_sim_put_low(GByteArray *bytes, int64_t value, size_t len)
{
	for (size_t i = 0; i < len; i++)
		g_byte_array_append(bytes, &(uint8_t){ (uint8_t)(value >> (8 * i)) }, 1);
}

/* Padding is blanks or zeros, and nothing stands behind a zero. */
char *plu_sim_text_dup(const uint8_t *data, size_t len, const char *charset)
{
	char *text;

	while (len > 0 && data[len - 1] == 0)
		len--;
	for (size_t i = 0; i < len; i++)
		if (data[i] < 0x20)
			return NULL;
	text = g_convert((const char *)data, (gssize)len, "UTF-8", charset, NULL, NULL, NULL);
	return text != NULL ? g_strchomp(text) : NULL;
}
