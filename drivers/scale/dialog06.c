/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/dialog06.h"

#include "drivers/scale/line.h"

#include <string.h>

#define STX 0x02
#define ETX 0x03
#define EOT 0x04
#define ENQ 0x05
#define ACK 0x06
#define NAK 0x15
#define ESC 0x1B

struct scale {
	ScaleLine line;
	ScaleLimits limits;
	int digits; /* of a price */
	int64_t price;
};

size_t dialog06_encode_price(int64_t price, int digits, uint8_t ret[static DIALOG06_RECORD_MAX])
{
	char number[32];
	int n = g_snprintf(number, sizeof number, "%0*" G_GINT64_FORMAT, digits, price);

	if (price < 0 || n != digits)
		return 0;
	return (size_t)g_snprintf((char *)ret, DIALOG06_RECORD_MAX, "%c%c01%c%s%c%c", EOT, STX, ESC,
				  number, ESC, ETX);
}

/* The record that ends where @bytes end, between STX and ETX and without the parity bit that an
 * 8-bit port sees; its length, or 0. */
static size_t last_record(const uint8_t *bytes, size_t len, uint8_t ret[static DIALOG06_RECORD_MAX])
{
	if (len < 2 || (bytes[len - 1] & 0x7F) != ETX)
		return 0;
	for (size_t n = 2; n <= MIN(len, DIALOG06_RECORD_MAX); n++) {
		if ((bytes[len - n] & 0x7F) != STX)
			continue;
		for (size_t i = 0; i < n - 2; i++)
			ret[i] = bytes[len - n + 1 + i] & 0x7F;
		return n - 2;
	}
	return 0;
}

static bool is_control(const uint8_t *bytes, size_t len)
{
	uint8_t last = bytes[len - 1] & 0x7F;

	return last == ACK || last == NAK;
}

static bool is_refusal(const uint8_t *bytes, size_t len)
{
	return len == 1 && (bytes[0] & 0x7F) == NAK;
}

bool dialog06_is_whole(const uint8_t *bytes, size_t len)
{
	uint8_t record[DIALOG06_RECORD_MAX];

	return is_refusal(bytes, len) || last_record(bytes, len, record) > 0;
}

/* Record 11: the answer would need the maker's secret polynomial. */
static bool fail_challenge(GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_NEEDS_SERVICE,
		    "the scale asks for a secret check sum: set it up without, or for 8217");
	return false;
}

static bool decode_result(const uint8_t *record, size_t len, int64_t price, int digits,
			  ScaleReading *ret, GError **error)
{
	/* "02" ESC unit ESC weight(5) ESC price ESC amount(6) */
	const uint8_t *weight = record + 5, *told = record + 11;
	size_t n = (size_t)digits;
	int64_t grams, told_price, amount;

	if (len != 18 + n || record[2] != ESC || record[4] != ESC || record[10] != ESC ||
	    record[11 + n] != ESC)
		return scale_bad_answer(error, "a strange result");
	if (record[3] != '3')
		return scale_bad_answer(error, "it weighs in pounds; set it up for kilograms");
	if (!scale_parse_decimal(weight, 5, 0, &grams) ||
	    !scale_parse_decimal(told, n, 0, &told_price) ||
	    !scale_parse_decimal(record + 12 + n, 6, 0, &amount))
		return scale_bad_answer(error, "the weight is no number");
	if (told_price != price)
		return scale_bad_answer(error, "for another price");
	*ret = (ScaleReading){ .net = { .micro = grams * 1000 } };
	ret->state = scale_state_at_rest(ret->net);
	return true;
}

bool dialog06_decode(const uint8_t *bytes, size_t len, int64_t price, int digits, ScaleReading *ret,
		     GError **error)
{
	uint8_t record[DIALOG06_RECORD_MAX];
	size_t n = last_record(bytes, len, record);

	if (n >= 2 && memcmp(record, "11", 2) == 0)
		return fail_challenge(error);
	if (n >= 2 && memcmp(record, "02", 2) == 0)
		return decode_result(record, n, price, digits, ret, error);
	return scale_bad_answer(error, "no result");
}

bool dialog06_decode_status(const uint8_t *bytes, size_t len, int *ret_code, GError **error)
{
	uint8_t record[DIALOG06_RECORD_MAX];
	size_t n = last_record(bytes, len, record);
	int64_t code;

	if (n >= 2 && memcmp(record, "11", 2) == 0)
		return fail_challenge(error);
	if (n != 5 || memcmp(record, "09\x1B", 3) != 0 ||
	    !scale_parse_decimal(record + 3, 2, 0, &code))
		return scale_bad_answer(error, "no status");
	*ret_code = (int)code;
	return true;
}

bool dialog06_judge_status(int code, ScaleReading *ret, GError **error)
{
	static const struct {
		int code;
		ScaleState state;
	} states[] = {
		{ 20, SCALE_MOVING },	     { 21, SCALE_MOVING }, /* what was sold still lies
								      there: nothing to sell yet */
		{ 30, SCALE_BELOW_MINIMUM }, { 31, SCALE_NEGATIVE }, { 32, SCALE_OVERLOAD },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
		if (states[i].code != code)
			continue;
		*ret = (ScaleReading){ .state = states[i].state };
		return true;
	}
	g_set_error(error, DEVICE_FAULT,
		    code == 22	 ? DEVICE_FAULT_BUSY
		    : code == 11 ? DEVICE_FAULT_REFUSED
				 : DEVICE_FAULT_PROTOCOL,
		    "the scale says status %02d", code);
	return false;
}

typedef struct {
	struct scale *scale;
	ScaleReading *ret;
} Question;

static bool ask_status(struct scale *self, int *ret_code, GError **error)
{
	static const uint8_t request[] = { EOT, STX, '0', '8', ETX };
	ScaleHeard heard;

	return scale_line_ask(&self->line, request, sizeof request, dialog06_is_whole,
			      SCALE_QUIET_MS, &heard, error) &&
	       dialog06_decode_status(heard.bytes, heard.len, ret_code, error);
}

static bool ask_reason(Question *question, GError **error)
{
	int code;

	return ask_status(question->scale, &code, error) &&
	       dialog06_judge_status(code, question->ret, error);
}

static bool ask_result(Question *question, GError **error)
{
	static const uint8_t request[] = { EOT, ENQ };
	struct scale *self = question->scale;
	ScaleHeard heard;

	if (!scale_line_ask(&self->line, request, sizeof request, dialog06_is_whole, SCALE_QUIET_MS,
			    &heard, error))
		return false;
	if (is_refusal(heard.bytes, heard.len))
		return ask_reason(question, error);
	return dialog06_decode(heard.bytes, heard.len, self->price, self->digits, question->ret,
			       error);
}

/* A result that came damaged is asked for again: with a new price the scale would only say that
 * nothing has moved. */
static bool ask(void *data, GError **error)
{
	Question *question = data;
	struct scale *self = question->scale;
	uint8_t price[DIALOG06_RECORD_MAX];
	size_t len = dialog06_encode_price(self->price, self->digits, price);
	g_autoptr(GError) reason = NULL;
	ScaleHeard heard;

	if (!scale_line_ask(&self->line, price, len, is_control, 0, &heard, error))
		return false;
	if ((heard.bytes[heard.len - 1] & 0x7F) == NAK)
		return ask_reason(question, error);
	if (ask_result(question, &reason))
		return true;
	if (g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL))
		return ask_result(question, error);
	g_propagate_error(error, g_steal_pointer(&reason));
	return false;
}

static bool read_dialog06(struct scale *self, ScaleReading *ret, GError **error)
{
	Question question = { self, ret };

	scale_line_begin(&self->line, SCALE_READ_MS);
	if (!scale_line_try(&self->line, ask, &question, error))
		return false;
	scale_limits_apply(&self->limits, ret);
	return true;
}

static bool set_price(struct scale *self, int64_t price, GError **error)
{
	uint8_t record[DIALOG06_RECORD_MAX];

	if (price <= 0 || dialog06_encode_price(price, self->digits, record) == 0) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED,
			    "the scale takes no such price");
		return false;
	}
	self->price = price;
	return true;
}

static void close_dialog06(struct scale *self)
{
	g_free(self);
}

static bool parse_options(struct scale *self, GHashTable *options, GError **error)
{
	const char *digits = options == NULL ? NULL : g_hash_table_lookup(options, "price_digits");

	if (digits != NULL && strcmp(digits, "5") != 0 && strcmp(digits, "6") != 0)
		return scale_bad_option("price_digits", digits, error);
	self->digits = digits == NULL ? 6 : digits[0] - '0';
	return scale_limits_parse(options, &self->limits, error);
}

/* Asked for its status alone: a weight it gives only once. */
static bool greet(void *data, GError **error)
{
	int code;

	return ask_status(data, &code, error);
}

static struct scale *open_dialog06(struct port *port, GHashTable *options, GError **error)
{
	struct scale *self = g_new0(struct scale, 1);

	port_set_class(port, "scale");
	scale_line_init(&self->line, port);
	self->price = 1; /* the least that is a price, until the till says which */
	scale_line_begin(&self->line, SCALE_READ_MS);
	if (parse_options(self, options, error) && scale_line_try(&self->line, greet, self, error))
		return self;
	close_dialog06(self);
	return NULL;
}

const struct scale_driver dialog06_driver = {
	.name = "dialog06",
	.settings = "baud=9600&bits=7&parity=odd",
	.open = open_dialog06,
	.close = close_dialog06,
	.read = read_dialog06,
	.set_price = set_price,
};
