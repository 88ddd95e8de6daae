/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/port/transcript.h"

/* Writes a transcript of a conversation with a Datecs registrar, with frames, check sums and SEQ
 * of its own: nothing of the driver is in it. Texts are bytes of cp1251. */
typedef struct Talk Talk;

/* @family: 'p' or 'x'. It begins with the driver's opening of a device with serial DT279013 and
 * fiscal memory 02279013. */
Talk *talk_new(char family);
/* It begins with nothing. */
Talk *talk_new_empty(char family, uint8_t seq);
void talk_free(Talk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Talk, talk_free)

/* The status of all answers from now on: six or eight bytes in hex, "80 80 88 80 86 9A". */
void talk_set_status(Talk *self, const char *status);
/* A command with the next SEQ and its answer. */
void talk_say(Talk *self, uint8_t code, const char *data, const char *answer);
/* The halves of it; again: the same frame with the same SEQ. */
void talk_send(Talk *self, uint8_t code, const char *data);
void talk_send_again(Talk *self);
/* A status question under the SEQ of the command before it, which is answered again. */
void talk_probe(Talk *self);
void talk_answer(Talk *self, const char *answer);
/* An answer that is not as it should be, or what is no answer: "15", "16 16 16". */
void talk_answer_as(Talk *self, uint8_t seq, uint8_t code, const char *answer);
void talk_answer_damaged(Talk *self, const char *answer);
void talk_device(Talk *self, const char *hex);
void talk_hang_up(Talk *self);

const char *talk_get_text(const Talk *self);
uint8_t talk_get_seq(const Talk *self);
