/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "datecs_talk.h"

#include "datecs_wire.h"

#include <string.h>

struct Talk {
	GString *text; /* owned */
	bool long_frames;
	uint8_t seq, code;
	GByteArray *frame; /* owned; sent last */
	char status[3 * 8 + 1];
};

static void write_frame(Talk *self, char direction, const GByteArray *frame)
{
	g_string_append_c(self->text, direction);
	for (guint i = 0; i < frame->len; i++)
		g_string_append_printf(self->text, " %02X", frame->data[i]);
	g_string_append_c(self->text, '\n');
}

void talk_set_status(Talk *self, const char *status)
{
	g_assert_cmpuint(strlen(status), ==, self->long_frames ? 23 : 17);
	g_strlcpy(self->status, status, sizeof self->status);
}

void talk_send(Talk *self, uint8_t code, const char *data)
{
	self->seq = self->seq >= (self->long_frames ? 0xFF : 0x7F) ? 0x20 : self->seq + 1;
	self->code = code;
	g_clear_pointer(&self->frame, g_byte_array_unref);
	self->frame = datecs_wire_frame(self->long_frames, self->seq, code, data, NULL);
	write_frame(self, '>', self->frame);
}

void talk_send_again(Talk *self)
{
	write_frame(self, '>', self->frame);
}

void talk_probe(Talk *self)
{
	g_autoptr(GByteArray) frame =
		datecs_wire_frame(self->long_frames, self->seq, 0x4A, "", NULL);

	write_frame(self, '>', frame);
}

void talk_answer_as(Talk *self, uint8_t seq, uint8_t code, const char *answer)
{
	g_autoptr(GByteArray) frame =
		datecs_wire_frame(self->long_frames, seq, code, answer, self->status);

	write_frame(self, '<', frame);
}

void talk_answer(Talk *self, const char *answer)
{
	talk_answer_as(self, self->seq, self->code, answer);
}

void talk_answer_damaged(Talk *self, const char *answer)
{
	g_autoptr(GByteArray) frame =
		datecs_wire_frame(self->long_frames, self->seq, self->code, answer, self->status);

	frame->data[frame->len - 2] ^= 1;
	write_frame(self, '<', frame);
}

void talk_say(Talk *self, uint8_t code, const char *data, const char *answer)
{
	talk_send(self, code, data);
	talk_answer(self, answer);
}

void talk_device(Talk *self, const char *hex)
{
	g_string_append_printf(self->text, "< %s\n", hex);
}

void talk_hang_up(Talk *self)
{
	g_string_append(self->text, "!\n");
}

const char *talk_get_text(const Talk *self)
{
	return self->text->str;
}

uint8_t talk_get_seq(const Talk *self)
{
	return self->seq;
}

Talk *talk_new_empty(char family, uint8_t seq)
{
	Talk *self = g_new0(Talk, 1);

	self->text = g_string_new(NULL);
	self->long_frames = family == 'x';
	self->seq = seq;
	talk_set_status(self, family == 'x' ? "80 80 80 80 86 9A 80 80" : "80 80 80 80 86 9A");
	return self;
}

Talk *talk_new(char family)
{
	Talk *self = talk_new_empty(family, 0x1F);

	/* Once to find it, once more so that our SEQ is not the one it heard last. */
	for (int i = 0; i < 2; i++)
		talk_say(self, 0x4A, "", family == 'x' ? "0\t" : "\x80\x80\x80\x80\x86\x9A");
	if (family == 'x')
		talk_say(self, 0x5A, "1\t",
			 "0\tFP-700X\t1.00BG\t23NOV18\t1000\tABCD\t00000000\tDT279013\t02279013\t");
	else
		talk_say(self, 0x5A, "1",
			 "FP-2000,1.00BG 23NOV18 1000,ABCD,00000000,DT279013,02279013");
	return self;
}

void talk_free(Talk *self)
{
	if (self == NULL)
		return;
	g_string_free(self->text, TRUE);
	g_clear_pointer(&self->frame, g_byte_array_unref);
	g_free(self);
}
