/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Frames of Datecs registrars (protocols/fiscal-datecs.md §2): bytes, no I/O. The families differ
 * in how they write lengths, command codes and parameters. */
typedef enum {
	DATECS_P, /* one byte of length and command, six of status; parameters by commas */
	DATECS_X, /* four nibbles of each, eight of status; each parameter ends with a TAB */
} DatecsFamily;

#define DATECS_NAK 0x15
#define DATECS_SYN 0x16 /* still working */
#define DATECS_SEQ_MIN 0x20

/* What every device of the family takes; newer ones of X say that they take more. */
#define DATECS_REQUEST_MAX 213
#define DATECS_ANSWER_MAX 512
#define DATECS_STATUS_MAX 8
#define DATECS_FRAME_MAX (DATECS_ANSWER_MAX + DATECS_STATUS_MAX + 32)

typedef struct {
	uint8_t code;
	uint8_t data[DATECS_REQUEST_MAX];
	size_t len;
} DatecsBody;

typedef struct {
	uint8_t seq;
	uint16_t code;
	uint8_t data[DATECS_ANSWER_MAX];
	size_t len;
	uint8_t status[DATECS_STATUS_MAX]; /* six of them in family P, the others zero */
} DatecsAnswer;

/* The highest SEQ of the family; after it comes DATECS_SEQ_MIN again. */
uint8_t datecs_seq_max(DatecsFamily family);
/* Returns the frame's length. */
size_t datecs_frame_encode(DatecsFamily family, uint8_t seq, const DatecsBody *body,
			   uint8_t ret[static DATECS_FRAME_MAX]);

typedef enum {
	DATECS_FRAME_NONE, /* no preamble yet: what comes before one is skipped */
	DATECS_FRAME_MORE,
	DATECS_FRAME_DONE,
	DATECS_FRAME_BROKEN,
} DatecsFrameState;

/* Puts an answer together from bytes as they come, starting zeroed but for the family. */
typedef struct {
	DatecsFamily family;
	DatecsFrameState state;
	uint8_t bytes[DATECS_FRAME_MAX]; /* from LEN on */
	size_t len;
	DatecsAnswer answer; /* when it is done */
} DatecsReader;

/* How many bytes the frame still needs for certain, from 1: what may be read at once. */
size_t datecs_reader_get_wanted(const DatecsReader *self);
DatecsFrameState datecs_reader_push(DatecsReader *self, uint8_t byte);
