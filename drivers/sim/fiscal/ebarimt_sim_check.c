/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/ebarimt_sim.h"

#include <string.h>

/* Which fields there are, of which kind (§2). */

#define MAX_AMOUNT INT64_C(1000000000000000) /* mungu; so that sums of all items fit */
enum { MAX_ITEMS = 1000, MAX_TEXT = 1000, MAX_SUFFIX = 20 };

typedef enum {
	OPTIONAL,
	REQUIRED,
} Need;

typedef struct Field Field;
struct Field {
	const char *name;
	Need need;
	bool (*check)(PosApiCheck *self, const char *where, const json_t *value,
		      const Field *field);
	size_t min, max; /* digits, characters or elements */
	const char *words; /* with "|" between */
	const Field *members; /* of an object, or of each element; NULL: any */
};

bool posapi_wrong(PosApiCheck *self, const char *where, const char *format, ...)
{
	g_autofree char *reason = NULL;
	va_list args;

	if (self->why != NULL)
		return false;
	va_start(args, format);
	reason = g_strdup_vprintf(format, args);
	va_end(args);
	self->why = g_strdup_printf("%s: %s", where, reason);
	return false;
}

static bool check_members(PosApiCheck *self, const char *where, const json_t *object,
			  const Field *fields);

static bool check_text(PosApiCheck *self, const char *where, const json_t *value,
		       const Field *field)
{
	size_t len;

	if (!json_is_string(value) || posapi_json_number(value) != NULL)
		return posapi_wrong(self, where, "is no text");
	len = (size_t)g_utf8_strlen(json_string_value(value), -1);
	if (len < field->min || len > field->max)
		return posapi_wrong(self, where, "has %zu characters", len);
	return true;
}

static bool check_digits(PosApiCheck *self, const char *where, const json_t *value,
			 const Field *field)
{
	const char *text = json_string_value(value);

	if (!check_text(self, where, value, field))
		return false;
	if (strspn(text, "0123456789") != strlen(text))
		return posapi_wrong(self, where, "has other characters than digits");
	return true;
}

/* Its length and alphabet are not known (§11). */
static bool check_suffix(PosApiCheck *self, const char *where, const json_t *value,
			 const Field *field)
{
	if (!check_text(self, where, value, field))
		return false;
	for (const char *at = json_string_value(value); *at != '\0'; at++)
		if (!g_ascii_isalnum(*at))
			return posapi_wrong(self, where,
					    "has other characters than letters and digits");
	return true;
}

static bool check_word(PosApiCheck *self, const char *where, const json_t *value,
		       const Field *field)
{
	g_auto(GStrv) words = g_strsplit(field->words, "|", -1);

	if (!json_is_string(value) ||
	    !g_strv_contains((const char *const *)words, json_string_value(value)))
		return posapi_wrong(self, where, "is none of %s", field->words);
	return true;
}

static bool check_tax_type(PosApiCheck *self, const char *where, const json_t *value,
			   const Field *field)
{
	static const char *const words[] = {
		[WORD_NO_VAT] = "VAT_ABLE|VAT_FREE|VAT_ZERO|NO_VAT",
		[WORD_NOT_VAT] = "VAT_ABLE|VAT_FREE|VAT_ZERO|NOT_VAT",
		[WORD_EITHER] = "VAT_ABLE|VAT_FREE|VAT_ZERO|NO_VAT|NOT_VAT",
	};
	int word = sim_faults_setting(self->sim->context->faults, POSAPI_NO_VAT, WORD_NO_VAT);

	return check_word(self, where, value, &(Field){ .words = words[word] });
}

static bool check_flag(PosApiCheck *self, const char *where, const json_t *value,
		       const Field *field)
{
	return json_is_boolean(value) || posapi_wrong(self, where, "is neither true nor false");
}

static bool read_decimal(PosApiCheck *self, const char *where, const json_t *value, int places,
			 int64_t *ret)
{
	const char *text = posapi_json_number(value);

	if (text == NULL)
		return posapi_wrong(self, where, "is no number");
	if (!posapi_decimal(text, places, ret))
		return posapi_wrong(self, where, "%s is no decimal with at most %d places", text,
				    places);
	return true;
}

static bool check_amount(PosApiCheck *self, const char *where, const json_t *value,
			 const Field *field)
{
	int64_t amount;

	if (!read_decimal(self, where, value, 2, &amount))
		return false;
	if (amount < 0 || amount > MAX_AMOUNT)
		return posapi_wrong(self, where, "is below 0 or too large");
	return true;
}

static bool check_price(PosApiCheck *self, const char *where, const json_t *value,
			const Field *field)
{
	int64_t amount;

	if (!check_amount(self, where, value, field) ||
	    !read_decimal(self, where, value, 2, &amount))
		return false;
	return amount > 0 || posapi_wrong(self, where, "is not above 0");
}

static bool check_quantity(PosApiCheck *self, const char *where, const json_t *value,
			   const Field *field)
{
	int64_t micro;

	if (!read_decimal(self, where, value, 6, &micro))
		return false;
	return micro > 0 || posapi_wrong(self, where, "is not above 0");
}

/* Whether the taxes need it is a rule. */
static bool check_product_code(PosApiCheck *self, const char *where, const json_t *value,
			       const Field *field)
{
	size_t len;

	if (!check_digits(self, where, value, &(Field){ .min = 3, .max = 7 }))
		return false;
	len = json_string_length(value);
	return len == 3 || len == 7 || posapi_wrong(self, where, "has %zu digits", len);
}

/* "411111******1111" */
static bool is_masked_card(const char *text)
{
	static const char digits[] = "0123456789";
	size_t head = strspn(text, digits);
	size_t mask = strcspn(text + head, digits);
	size_t tail = strspn(text + head + mask, digits);

	return head == 6 && mask > 0 && tail == 4 && text[head + mask + tail] == '\0';
}

static bool check_masked_card(PosApiCheck *self, const char *where, const json_t *value,
			      const Field *field)
{
	if (!check_text(self, where, value, &(Field){ .min = 12, .max = 19 }))
		return false;
	return is_masked_card(json_string_value(value)) ||
	       posapi_wrong(self, where, "is not six digits, a mask and four digits");
}

static bool check_object(PosApiCheck *self, const char *where, const json_t *value,
			 const Field *field)
{
	if (!json_is_object(value))
		return posapi_wrong(self, where, "is no object");
	return field->members == NULL || check_members(self, where, value, field->members);
}

static bool check_array(PosApiCheck *self, const char *where, const json_t *value,
			const Field *field)
{
	size_t n = json_array_size(value);

	if (!json_is_array(value))
		return posapi_wrong(self, where, "is no array");
	if (n < field->min || n > field->max)
		return posapi_wrong(self, where, "has %zu elements", n);
	for (size_t i = 0; i < n; i++) {
		g_autofree char *place = g_strdup_printf("%s[%zu]", where, i);

		if (!check_object(self, place, json_array_get(value, i), field))
			return false;
	}
	return true;
}

#define FIELD(field, must, how, ...)                                                               \
	{                                                                                          \
		.name = field, .need = must, .check = how, __VA_ARGS__                             \
	}

static const Field card_fields[] = {
	FIELD("terminalID", REQUIRED, check_text, .min = 1, .max = MAX_TEXT),
	FIELD("rrn", REQUIRED, check_text, .min = 1, .max = MAX_TEXT),
	FIELD("maskedCardNumber", REQUIRED, check_masked_card),
	FIELD("easy", REQUIRED, check_flag),
	FIELD("bankCode", OPTIONAL, check_text, .min = 1, .max = MAX_TEXT),
	{ .name = NULL },
};

static const Field payment_fields[] = {
	FIELD("code", REQUIRED, check_word, .words = "CASH|PAYMENT_CARD"), /* as /rest/info lists */
	FIELD("status", REQUIRED, check_word, .words = "PAID|PAY|REVERSED|ERROR"),
	FIELD("paidAmount", REQUIRED, check_amount),
	FIELD("exchangeCode", OPTIONAL, check_text, .min = 1, .max = MAX_TEXT),
	FIELD("data", OPTIONAL, check_object, .members = card_fields),
	{ .name = NULL },
};

static const Field item_fields[] = {
	FIELD("name", REQUIRED, check_text, .min = 1, .max = MAX_TEXT),
	FIELD("measureUnit", REQUIRED, check_text, .min = 1, .max = MAX_TEXT),
	FIELD("qty", REQUIRED, check_quantity),
	FIELD("unitPrice", REQUIRED, check_price),
	FIELD("totalAmount", REQUIRED, check_amount),
	FIELD("totalVAT", REQUIRED, check_amount),
	FIELD("totalCityTax", REQUIRED, check_amount),
	FIELD("barCode", OPTIONAL, check_text, .min = 0, .max = MAX_TEXT),
	FIELD("barCodeType", REQUIRED, check_word, .words = "UNDEFINED|GS1|ISBN"),
	FIELD("classificationCode", REQUIRED, check_digits, .min = 7, .max = 7),
	FIELD("taxProductCode", OPTIONAL, check_product_code),
	FIELD("data", OPTIONAL, check_object),
	{ .name = NULL },
};

static const Field sub_fields[] = {
	FIELD("totalAmount", REQUIRED, check_amount),
	FIELD("taxType", REQUIRED, check_tax_type),
	FIELD("merchantTin", REQUIRED, check_digits, .min = 11, .max = 14),
	FIELD("totalVAT", REQUIRED, check_amount),
	FIELD("totalCityTax", REQUIRED, check_amount),
	FIELD("customerTin", OPTIONAL, check_digits, .min = 11, .max = 14),
	FIELD("bankAccountNo", OPTIONAL, check_text, .min = 1, .max = MAX_TEXT),
	FIELD("iBan", OPTIONAL, check_text, .min = 1, .max = MAX_TEXT),
	FIELD("invoiceId", OPTIONAL, check_digits, .min = 33, .max = 33),
	FIELD("data", OPTIONAL, check_object),
	FIELD("items", REQUIRED, check_array, .min = 1, .max = MAX_ITEMS, .members = item_fields),
	{ .name = NULL },
};

static const Field request_fields[] = {
	FIELD("branchNo", REQUIRED, check_digits, .min = 2, .max = 3),
	FIELD("posNo", REQUIRED, check_digits, .min = 3, .max = 8),
	FIELD("merchantTin", REQUIRED, check_digits, .min = 11, .max = 14),
	FIELD("districtCode", REQUIRED, check_digits, .min = 4, .max = 4),
	FIELD("type", REQUIRED, check_word,
	      .words = "B2C_RECEIPT|B2B_RECEIPT|B2C_INVOICE|B2B_INVOICE"),
	FIELD("billIdSuffix", REQUIRED, check_suffix, .min = 1, .max = MAX_SUFFIX),
	FIELD("totalAmount", REQUIRED, check_amount),
	FIELD("totalVAT", REQUIRED, check_amount),
	FIELD("totalCityTax", REQUIRED, check_amount),
	FIELD("customerTin", OPTIONAL, check_digits, .min = 11, .max = 14),
	FIELD("consumerNo", OPTIONAL, check_digits, .min = 8, .max = 8),
	FIELD("inactiveId", OPTIONAL, check_digits, .min = 33, .max = 33),
	FIELD("invoiceId", OPTIONAL, check_digits, .min = 33, .max = 33),
	FIELD("reportMonth", OPTIONAL, check_text, .min = 10, .max = 10),
	FIELD("data", OPTIONAL, check_object),
	/* One of each tax type and merchant, and one digit of the id to number them. */
	FIELD("receipts", REQUIRED, check_array, .min = 1, .max = 9, .members = sub_fields),
	FIELD("payments", OPTIONAL, check_array, .min = 0, .max = 100, .members = payment_fields),
	{ .name = NULL },
};

static const Field void_fields[] = {
	FIELD("id", REQUIRED, check_digits, .min = 33, .max = 33),
	FIELD("date", REQUIRED, check_text, .min = 19, .max = 19),
	{ .name = NULL },
};

static const Field *find(const Field *fields, const char *name)
{
	for (const Field *field = fields; field->name != NULL; field++)
		if (g_str_equal(field->name, name))
			return field;
	return NULL;
}

static char *place_new(const char *where, const char *name)
{
	return *where == '\0' ? g_strdup(name) : g_strconcat(where, ".", name, NULL);
}

/* An optional field that is null is not there (§2, customerTin). */
static bool check_member(PosApiCheck *self, const char *where, const json_t *object,
			 const Field *field)
{
	const json_t *value = json_object_get(object, field->name);
	g_autofree char *place = place_new(where, field->name);

	if (value == NULL || (field->need == OPTIONAL && json_is_null(value)))
		return field->need == OPTIONAL || posapi_wrong(self, place, "is missing");
	return field->check(self, place, value, field);
}

static bool check_members(PosApiCheck *self, const char *where, const json_t *object,
			  const Field *fields)
{
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)object, name, value)
	{
		g_autofree char *place = place_new(where, name);

		if (find(fields, name) == NULL)
			return posapi_wrong(self, place, "is no field");
	}
	for (const Field *field = fields; field->name != NULL; field++)
		if (!check_member(self, where, object, field))
			return false;
	return true;
}

bool posapi_check_fields(PosApiCheck *self, const json_t *request)
{
	if (!json_is_object(request))
		return posapi_wrong(self, "body", "is no object");
	return check_members(self, "", request, request_fields);
}

bool posapi_check_void(PosApiCheck *self, const json_t *request)
{
	if (!json_is_object(request))
		return posapi_wrong(self, "body", "is no object");
	return check_members(self, "", request, void_fields);
}
