/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "datecs_model.h"

#include "datecs_wire.h"
#include "drivers/port/backend.h"

#include <stdlib.h>
#include <string.h>

const char *const loss_names[LOSS_N] = {
	[LOSS_NONE] = "none",
	[LOSS_REQUEST] = "request lost",
	[LOSS_REQUEST_HALF] = "half request",
	[LOSS_NAK] = "NAK",
	[LOSS_ANSWER] = "answer lost",
	[LOSS_ANSWER_DAMAGED] = "answer damaged",
	[LOSS_ANSWER_HALF] = "half answer",
	[LOSS_NOISE] = "noise",
	[LOSS_POWER_BEFORE] = "power before",
	[LOSS_POWER_AFTER] = "power after",
	[LOSS_CABLE_BEFORE] = "cable before",
	[LOSS_CABLE_AFTER] = "cable after",
	[LOSS_CABLE_HALF] = "cable in a request",
	[LOSS_CABLE_AND_POWER] = "cable and power",
};

void model_init(Model *self, bool long_frames)
{
	*self = (Model){
		.long_frames = long_frames,
		.knows_sale_numbers = true,
		.tells_paid = true,
		.number = 137,
		.n_z = 40,
		.cash = 50000,
		.last_seq = -1,
		.last_answer = g_byte_array_new(),
		.out = g_byte_array_new(),
		.in = g_byte_array_new(),
		.accidents = { { .at = -1 }, { .at = -1 } },
	};
}

void model_clear(Model *self)
{
	g_byte_array_unref(self->last_answer);
	g_byte_array_unref(self->out);
	g_byte_array_unref(self->in);
}

void model_arm(Model *self, Accident first, Accident second)
{
	self->n_frames = 0;
	self->accidents[0] = first;
	self->accidents[1] = second;
}

/* --- commands ------------------------------------------------------------------------------ */

typedef struct {
	Model *model;
	GString *answer; /* owned by the caller; without X's error code */
	char **fields; /* of the request, as the family has them */
	const char *data;
	bool refused;
} Command;

static int64_t amount_of(const char *text)
{
	bool negative = text[0] == '-';
	char *end;
	int64_t whole = g_ascii_strtoll(text + negative, &end, 10) * 100;

	if (end[0] == '.')
		whole += (end[1] - '0') * 10 + (end[2] - '0');
	return negative ? -whole : whole;
}

static void put_amount(GString *to, const char *before, int64_t minor)
{
	g_string_append_printf(to, "%s%d.%02d", before, (int)(minor / 100), (int)(minor % 100));
}

/* quantity in thousandths: three decimals are always sent */
static int64_t gross_of(const char *price, const char *quantity)
{
	int64_t thousandths = g_ascii_strtoll(quantity, NULL, 10) * 1000 +
			      g_ascii_strtoll(strchr(quantity, '.') + 1, NULL, 10);

	return (amount_of(price) * thousandths * 2 + 1000) / 2000;
}

static void do_line(Command *command)
{
	Model *model = command->model;
	char **fields = command->fields;
	int64_t sum;

	command->refused = !model->open || model->paid > 0;
	if (command->refused)
		return;
	if (model->long_frames) {
		sum = gross_of(fields[2], fields[3]);
		if (fields[4][0] != '0')
			sum += fields[4][0] == '4' ? -amount_of(fields[5]) : amount_of(fields[5]);
	} else { /* name TAB letter price * quantity # unit ; change */
		const char *price = strchr(command->data, '\t') + 2;
		const char *change = strchr(price, ';');

		sum = gross_of(price, strchr(price, '*') + 1);
		sum += change != NULL ? amount_of(change + 1) : 0;
	}
	model->items++;
	model->amount += sum;
}

static void do_open(Command *command, bool storno)
{
	Model *model = command->model;

	if (!storno && !model->long_frames && strcmp(command->data, "*") == 0) {
		command->refused = !model->knows_sale_numbers;
		g_string_append_printf(command->answer, "%07u,%s", model->number, model->last_unp);
		return;
	}
	command->refused = model->open;
	if (command->refused)
		return;
	model->open = true;
	model->storno = storno;
	model->items = 0;
	model->amount = model->paid = model->by_card = 0;
	g_strlcpy(model->unp,
		  storno || !model->knows_sale_numbers
			  ? ""
			  : command->fields[model->long_frames ? 2 : 3],
		  sizeof model->unp);
}

static void do_pay(Command *command)
{
	Model *model = command->model;
	const char *sum = model->long_frames ? command->fields[1] : command->data + 2;
	bool rest = !model->long_frames && command->data[1] == '\0';
	int64_t due, amount;

	command->refused = !model->open || model->items == 0 || model->paid >= model->amount;
	if (command->refused)
		return;
	amount = rest ? model->amount - model->paid : amount_of(sum);
	model->paid += amount;
	if (model->long_frames ? command->fields[0][0] == '1' : command->data[1] == 'D')
		model->by_card += amount;
	due = model->amount - model->paid;
	put_amount(command->answer,
		   model->long_frames ? due > 0 ? "D\t" : "R\t"
		   : due > 0	      ? "D"
				      : "R",
		   ABS(due));
	g_string_append(command->answer, model->long_frames ? "\t" : "");
}

static void forget_sums(Model *model)
{
	if (!model->forgets_sums)
		return;
	model->items = 0;
	model->amount = model->paid = 0;
}

static void do_close(Command *command)
{
	Model *model = command->model;

	command->refused = !model->open || model->items == 0 || model->paid < model->amount;
	if (command->refused)
		return;
	model->open = false;
	model->number++;
	model->sale_number = model->number;
	g_strlcpy(model->last_unp, model->unp, sizeof model->last_unp);
	model->sum += model->storno ? -model->amount : model->amount;
	model->cash += (model->storno ? -1 : 1) * (model->amount - model->by_card);
	model->n_sales += !model->storno;
	model->n_returns += model->storno;
	g_string_append_printf(command->answer, model->long_frames ? "%u\t" : "%07u,0001",
			       model->number);
}

static void do_cancel(Command *command)
{
	Model *model = command->model;

	command->refused = !model->open || model->paid > 0;
	if (command->refused)
		return;
	model->open = false;
	if (!model->numbers_all)
		return;
	model->number++;
	g_strlcpy(model->last_unp, model->unp, sizeof model->last_unp);
}

static void do_cash(Command *command)
{
	Model *model = command->model;
	int64_t sum = amount_of(model->long_frames ? command->fields[1] : command->data);

	if (model->long_frames && command->fields[0][0] == '1')
		sum = -sum;
	model->cash += sum;
	model->n_cash += sum != 0;
	if (model->numbers_all && sum != 0)
		model->number++;
	put_amount(command->answer, model->long_frames ? "" : "P,", model->cash);
	put_amount(command->answer, model->long_frames ? "\t" : ",", model->cash);
	g_string_append(command->answer, model->long_frames ? "\t0.00\t" : ",0");
}

static void do_report(Command *command)
{
	Model *model = command->model;
	bool z = command->data[0] == '\0' || command->data[0] == 'Z';

	command->refused = model->open;
	if (command->refused)
		return;
	g_string_append_printf(command->answer, model->long_frames ? "%u\t0.00\t" : "%04u,0,0",
			       model->n_z + 1);
	model->n_z += z;
	if (model->numbers_all)
		model->number++;
}

static void tell_receipt(Command *command)
{
	Model *model = command->model;
	GString *to = command->answer;

	if (model->long_frames)
		g_string_append_printf(to, "%d\t%u\t%d\t",
				       !model->open    ? 0
				       : model->storno ? 3
						       : 1,
				       model->number + model->open, model->items);
	else
		g_string_append_printf(to, "%d,%04d,", model->open, model->items);
	put_amount(to, "", model->amount);
	if (model->tells_paid)
		put_amount(to, model->long_frames ? "\t" : ",", model->paid);
	g_string_append(to, model->long_frames ? "\t" : "");
}

static void tell_status(Command *command)
{
	Model *model = command->model;

	if (!model->long_frames || command->data[0] != '0')
		return;
	g_string_append_printf(command->answer, "0\t0\t%u\t", model->number);
	put_amount(command->answer, "", ABS(model->sum));
	g_string_append_printf(command->answer, "\t%u\t03-06-26 10:17:12\t", model->sale_number);
}

static void execute(Command *command, uint8_t code)
{
	Model *model = command->model;
	bool x = model->long_frames;

	switch (code) {
	case 0x30:
		do_open(command, false);
		break;
	case 0x2B:
	case 0x2E:
		do_open(command, true);
		break;
	case 0x31:
		do_line(command);
		break;
	case 0x35:
		do_pay(command);
		break;
	case 0x38:
		do_close(command);
		if (!command->refused)
			forget_sums(model);
		break;
	case 0x3C:
		do_cancel(command);
		if (!command->refused)
			forget_sums(model);
		break;
	case 0x3E:
		g_string_append(command->answer, x ? "03-06-26 10:15:00\t" : "03-06-26 10:15:00");
		break;
	case 0x40:
		g_string_append_printf(command->answer, x ? "%u\t0.00\t" : "P,%04u,0", model->n_z);
		break;
	case 0x45:
		do_report(command);
		break;
	case 0x46:
		do_cash(command);
		break;
	case 0x4A:
		tell_status(command);
		break;
	case 0x4C:
		tell_receipt(command);
		break;
	case 0x5A:
		g_string_append(command->answer, x ? "A\tB\tC\tD\tE\tF\tDT279013\t02279013\t"
						   : "A,B,DT279013,02279013");
		break;
	case 0x71:
		g_string_append_printf(command->answer, "%07u", model->number);
		break;
	default:
		command->refused = true;
	}
}

/* --- frames -------------------------------------------------------------------------------- */

static const char *status_of(const Model *self, bool refused)
{
	if (self->long_frames)
		return self->open ? "80 80 88 80 86 9A 80 80" : "80 80 80 80 86 9A 80 80";
	if (refused)
		return self->open ? "A0 82 88 80 86 9A" : "A0 82 80 80 86 9A";
	return self->open ? "80 80 88 80 86 9A" : "80 80 80 80 86 9A";
}

/* Puts the answer into last_answer. */
static void answer(Model *self, uint8_t seq, uint8_t code, const char *data)
{
	g_auto(GStrv) fields = g_strsplit(data, self->long_frames ? "\t" : ",", -1);
	GString *text = g_string_new(self->long_frames ? "0\t" : "");
	Command command = { .model = self, .answer = text, .fields = fields, .data = data };

	execute(&command, code);
	if (command.refused)
		g_string_assign(text, self->long_frames ? "-111003\t" : "");
	g_byte_array_unref(self->last_answer);
	self->last_answer = datecs_wire_frame(self->long_frames, seq, code, text->str,
					      status_of(self, command.refused));
	g_string_free(text, TRUE);
}

static void receive(Model *self, const uint8_t *frame, size_t len)
{
	size_t word = self->long_frames ? 4 : 1;
	uint8_t seq = frame[1 + word], code = frame[2 + word];
	g_autofree char *data = NULL;

	if (self->long_frames)
		code = (uint8_t)((frame[4 + word] & 15) << 4 | (frame[5 + word] & 15));
	if (seq == self->last_seq)
		return;
	self->last_seq = seq;
	data = g_strndup((const char *)frame + 2 + 2 * word, len - (2 + 2 * word) - 6);
	answer(self, seq, code, data);
}

static void put_out(Model *self, size_t len)
{
	g_byte_array_append(self->out, self->last_answer->data, (guint)len);
}

static void lose(Model *self, Loss loss, const uint8_t *frame, size_t len)
{
	static const uint8_t nak = 0x15, noise[] = { 0x16, 0x01, 0x30, 0x15, 0xFF };
	bool arrives = loss != LOSS_REQUEST && loss != LOSS_NAK && loss != LOSS_POWER_BEFORE &&
		       loss != LOSS_CABLE_BEFORE;

	if (arrives)
		receive(self, frame, len);
	if (loss == LOSS_POWER_BEFORE || loss == LOSS_POWER_AFTER || loss == LOSS_CABLE_AND_POWER)
		self->last_seq = -1;
	self->dead = loss == LOSS_CABLE_BEFORE || loss == LOSS_CABLE_AFTER ||
		     loss == LOSS_CABLE_AND_POWER;
	if (loss == LOSS_NAK)
		g_byte_array_append(self->out, &nak, 1);
	if (loss == LOSS_NOISE)
		g_byte_array_append(self->out, noise, sizeof noise);
	if (loss == LOSS_NONE || loss == LOSS_NOISE || loss == LOSS_ANSWER_DAMAGED)
		put_out(self, self->last_answer->len);
	if (loss == LOSS_ANSWER_HALF)
		put_out(self, self->last_answer->len / 2);
	if (loss == LOSS_ANSWER_DAMAGED)
		self->out->data[self->out->len - 2] ^= 1;
}

static Loss next_loss(Model *self)
{
	int n = self->n_frames++;

	for (size_t i = 0; i < G_N_ELEMENTS(self->accidents); i++)
		if (self->accidents[i].at == n)
			return self->accidents[i].loss;
	return LOSS_NONE;
}

/* Of the frame at the start of `in`: all of it; 0: not known yet; -1: it is none. */
static int frame_len(const Model *self)
{
	const uint8_t *at = self->in->data + 1;
	guint n = self->in->len;
	int counted;

	if (n < 1 || (self->in->data[0] == 0x01 && n < (self->long_frames ? 5 : 2)))
		return 0;
	if (self->in->data[0] != 0x01)
		return -1;
	counted = self->long_frames ? (at[0] & 15) << 12 | (at[1] & 15) << 8 | (at[2] & 15) << 4 |
					      (at[3] & 15)
				    : at[0];
	counted -= 0x20;
	return counted < 4 || counted > 230 ? -1 : 1 + counted + 5;
}

static bool is_whole(const uint8_t *frame, int len)
{
	unsigned int sum = 0, bcc = 0;

	for (int i = 1; i < len - 5; i++)
		sum += frame[i];
	for (int i = len - 5; i < len - 1; i++)
		bcc = bcc << 4 | (frame[i] & 15);
	return frame[len - 1] == 0x03 && frame[len - 6] == 0x05 && sum == bcc;
}

static void take_frames(Model *self, Loss loss)
{
	static const uint8_t nak = 0x15;
	int len;

	while ((len = frame_len(self)) != 0) {
		if (len > (int)self->in->len)
			return;
		if (len < 0)
			len = 1; /* noise */
		else if (is_whole(self->in->data, len))
			lose(self, loss, self->in->data, (size_t)len);
		else
			g_byte_array_append(self->out, &nak, 1);
		g_byte_array_remove_range(self->in, 0, (guint)len);
	}
}

/* --- the port ------------------------------------------------------------------------------ */

static Model *opening; /* port_new() has no other way to hand it over */

static bool open_model(struct port *port, const char *rest, GError **error)
{
	port->extra = opening;
	return true;
}

static void close_model(struct port *port)
{
}

static bool write_model(struct port *port, const uint8_t *data, size_t len, int timeout_ms,
			GError **error)
{
	Model *self = port->extra;
	Loss loss;
	bool half;

	if (self->dead)
		return port_fail_offline(port, "hung up", error);
	loss = next_loss(self);
	half = loss == LOSS_REQUEST_HALF || loss == LOSS_CABLE_HALF;
	g_byte_array_append(self->in, data, (guint)(half ? len / 2 : len));
	take_frames(self, loss);
	self->dead |= loss == LOSS_CABLE_HALF;
	return true;
}

static gssize read_model(struct port *port, uint8_t *data, size_t len, int timeout_ms,
			 GError **error)
{
	Model *self = port->extra;
	size_t n = MIN(len, self->out->len);

	if (self->dead) {
		port_fail_offline(port, "hung up", error);
		return -1;
	}
	if (n > 0) {
		memcpy(data, self->out->data, n);
		g_byte_array_remove_range(self->out, 0, (guint)n);
	}
	return (gssize)n;
}

static void discard_model(struct port *port)
{
	Model *self = port->extra;

	g_byte_array_set_size(self->out, 0);
}

static const struct port_backend model_backend = {
	.scheme = "model",
	.takes_no_time = true,
	.open = open_model,
	.close = close_model,
	.write = write_model,
	.read = read_model,
	.discard = discard_model,
};

struct port *model_open(Model *self)
{
	g_autoptr(GError) error = NULL;
	struct port *port;

	self->dead = false; /* half a frame stays in it */
	g_byte_array_set_size(self->out, 0);
	opening = self;
	port = port_new(&model_backend, "model:", "", NULL, &error);
	g_assert_no_error(error);
	return port;
}
