/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/printer/printer.h"

#include <stddef.h>
#include <stdint.h>

/* What a printer says, told apart byte by byte: answers to real-time questions come in between all
 * others, and it may send its status by itself. Protocol page, 4. */
typedef enum {
	ESCPOS_REPLY_NONE, /* more bytes are needed, or this one meant nothing */
	ESCPOS_REPLY_STATUS, /* to DLE EOT: bytes[0] */
	ESCPOS_REPLY_IN_ORDER, /* to GS r: bytes[0] */
	ESCPOS_REPLY_AUTOMATIC, /* four bytes, at each change */
	ESCPOS_REPLY_BLOCK, /* bytes[0] header to the last before the closing zero */
} EscposReplyKind;

#define ESCPOS_BLOCK_MAX 80
typedef struct {
	EscposReplyKind kind;
	size_t len;
	uint8_t bytes[ESCPOS_BLOCK_MAX];
} EscposReply;

typedef struct {
	int n_automatic; /* bytes of an automatic status so far */
	uint8_t automatic[4];
	bool in_block;
	size_t block_len;
	uint8_t block[ESCPOS_BLOCK_MAX];
} EscposReader; /* starts as zeros */

void escpos_reader_push(EscposReader *self, uint8_t byte, EscposReply *ret);

/* The number of a process id's block, or -1. */
int escpos_reply_process_id(const EscposReply *reply);
/* Reads the answers to DLE EOT 1, 2, 3 and 4; of a question not answered pass 0x12, "all is well".
 * Fills all but .speaks. */
void escpos_status_decode(const uint8_t answers[static 4], PrinterStatus *ret);
/* The same of an automatic status. */
void escpos_status_decode_automatic(const uint8_t bytes[static 4], PrinterStatus *ret);
