/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/mt8217.h"

#include "drivers/scale/line.h"

#include <string.h>

#define STX 0x02
#define CR 0x0D
#define ANSWER_MAX 10 /* STX, seven of weight, N, CR */
#define TARE_MS 1500

enum {
	STATUS_MOTION = 1 << 0,
	STATUS_OVER = 1 << 1,
	STATUS_UNDER_ZERO = 1 << 2,
	STATUS_OUTSIDE_CAPTURE = 1 << 3, /* too far from zero to be zeroed */
	STATUS_ZERO = 1 << 4,
	STATUS_NET = 1 << 5,
	STATUS_ALWAYS = 1 << 6,
};

struct scale {
	ScaleLine line;
	ScaleLimits limits;
};

/* What stands between STX and CR of the answer that ends where @bytes end, without bit 7: the
 * parity of a 7E1 line as an 8N1 port sees it. */
static bool last_answer(const uint8_t *bytes, size_t len, uint8_t ret[static ANSWER_MAX],
			size_t *ret_len)
{
	if (len == 0 || (bytes[len - 1] & 0x7F) != CR)
		return false;
	for (size_t n = 2; n <= MIN(len, ANSWER_MAX); n++) {
		if ((bytes[len - n] & 0x7F) != STX)
			continue;
		*ret_len = n - 2;
		for (size_t i = 0; i < *ret_len; i++)
			ret[i] = bytes[len - n + 1 + i] & 0x7F;
		return true;
	}
	return false;
}

bool mt8217_is_whole(const uint8_t *bytes, size_t len)
{
	uint8_t answer[ANSWER_MAX];
	size_t n;

	return last_answer(bytes, len, answer, &n);
}

static bool decode_status(const uint8_t *answer, size_t len, uint8_t *ret, GError **error)
{
	if (len == 1 && answer[0] == '?')
		return scale_bad_answer(error, "it does not know the command");
	if (len != 2 || answer[0] != '?' || (answer[1] & STATUS_ALWAYS) == 0)
		return scale_bad_answer(error, "no status");
	*ret = answer[1];
	return true;
}

bool mt8217_decode_status(const uint8_t *bytes, size_t len, uint8_t *ret, GError **error)
{
	uint8_t answer[ANSWER_MAX];
	size_t n;

	if (!last_answer(bytes, len, answer, &n))
		return scale_bad_answer(error, "no frame");
	return decode_status(answer, n, ret, error);
}

/* A status in place of a weight says why there is none. */
static bool decode_reason(uint8_t status, ScaleReading *ret, GError **error)
{
	ScaleReading reading = { .is_net = (status & STATUS_NET) != 0 };

	if (status & STATUS_OVER)
		reading.state = SCALE_OVERLOAD;
	else if (status & STATUS_MOTION)
		reading.state = SCALE_MOVING;
	else if (status & STATUS_UNDER_ZERO)
		reading.state = SCALE_NEGATIVE;
	/* Inferred: it found no zero at power-up, whatever it takes for zero now. */
	else if (status & STATUS_OUTSIDE_CAPTURE)
		reading.state = SCALE_ZERO_ERROR;
	else if (status & STATUS_ZERO)
		reading.state = SCALE_EMPTY;
	else
		return scale_bad_answer(error, "neither a weight nor a reason");
	*ret = reading;
	return true;
}

/* "WW.WWW" kilograms; pounds have two decimals, with or without a zero before them. */
static bool decode_weight(const uint8_t *answer, size_t len, ScaleReading *ret, GError **error)
{
	bool is_net = len > 0 && answer[len - 1] == 'N';
	size_t n = is_net ? len - 1 : len;
	Quantity net;

	if ((n == 5 || n == 6) && answer[n - 3] == '.')
		return scale_bad_answer(error, "it weighs in pounds; set it up for kilograms");
	if (n != 6 || answer[2] != '.' || !scale_parse_decimal(answer, n, 6, &net.micro))
		return scale_bad_answer(error, "the weight is no number");
	*ret = (ScaleReading){
		.state = scale_state_at_rest(net),
		.net = net,
		.is_net = is_net,
	};
	return true;
}

bool mt8217_decode(const uint8_t *bytes, size_t len, ScaleReading *ret, GError **error)
{
	uint8_t answer[ANSWER_MAX], status;
	size_t n;

	if (!last_answer(bytes, len, answer, &n))
		return scale_bad_answer(error, "no frame");
	if (n == 0 || answer[0] != '?')
		return decode_weight(answer, n, ret, error);
	return decode_status(answer, n, &status, error) && decode_reason(status, ret, error);
}

typedef struct {
	struct scale *scale;
	const char *command;
	ScaleHeard heard;
	ScaleReading *ret; /* of W */
	uint8_t status; /* of all others */
} Question;

static bool ask(void *data, GError **error)
{
	Question *question = data;
	ScaleHeard *heard = &question->heard;

	if (!scale_line_ask(&question->scale->line, (const uint8_t *)question->command,
			    strlen(question->command), mt8217_is_whole, SCALE_QUIET_MS, heard,
			    error))
		return false;
	if (question->ret != NULL)
		return mt8217_decode(heard->bytes, heard->len, question->ret, error);
	return mt8217_decode_status(heard->bytes, heard->len, &question->status, error);
}

static bool read_mt8217(struct scale *self, ScaleReading *ret, GError **error)
{
	Question question = { .scale = self, .command = "W", .ret = ret };

	scale_line_begin(&self->line, SCALE_READ_MS);
	if (!scale_line_try(&self->line, ask, &question, error))
		return false;
	scale_limits_apply(&self->limits, ret);
	return true;
}

/* Done where the status afterwards shows it: the scale has no other way to refuse. */
static bool order(struct scale *self, const char *command, uint8_t wanted, GError **error)
{
	Question question = { .scale = self, .command = command };

	scale_line_begin(&self->line, TARE_MS);
	if (!scale_line_try(&self->line, ask, &question, error))
		return false;
	if ((question.status & wanted) == wanted &&
	    (question.status & (STATUS_MOTION | STATUS_OVER)) == 0)
		return true;
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "the scale refuses %c, status %02X",
		    command[0], question.status);
	return false;
}

static bool zero(struct scale *self, GError **error)
{
	return order(self, "Z", STATUS_ZERO, error);
}

static bool set_tare(struct scale *self, Quantity tare, GError **error)
{
	char command[16];

	if (tare.micro == 0)
		return order(self, "T", STATUS_NET, error);
	if (tare.micro < 0 || tare.micro % 1000 != 0 || tare.micro / 1000 > 99999) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED,
			    "a tare is 1 to 99999 whole grams");
		return false;
	}
	g_snprintf(command, sizeof command, "T%05d\r", (int)(tare.micro / 1000));
	return order(self, command, STATUS_NET, error);
}

static void close_mt8217(struct scale *self)
{
	g_free(self);
}

static struct scale *open_mt8217(struct port *port, GHashTable *options, GError **error)
{
	struct scale *self = g_new0(struct scale, 1);
	ScaleReading reading;

	port_set_class(port, "scale");
	scale_line_init(&self->line, port);
	if (scale_limits_parse(options, &self->limits, error) && read_mt8217(self, &reading, error))
		return self;
	close_mt8217(self);
	return NULL;
}

const struct scale_driver mt8217_driver = {
	.name = "mt8217",
	.settings = "baud=9600&bits=7&parity=even",
	.open = open_mt8217,
	.close = close_mt8217,
	.read = read_mt8217,
	.zero = zero,
	.set_tare = set_tare,
};
