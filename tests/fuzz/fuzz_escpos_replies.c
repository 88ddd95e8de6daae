/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/escpos_reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* After any bytes, no more is kept than a block, and a zero and a status later the reader is where
 * it began. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	EscposReader reader = { 0 };
	EscposReply reply;
	PrinterStatus status;

	for (size_t i = 0; i < size; i++) {
		escpos_reader_push(&reader, data[i], &reply);
		if (reply.kind == ESCPOS_REPLY_NONE)
			continue;
		g_assert(reply.len >= 1 && reply.len <= ESCPOS_BLOCK_MAX);
		g_assert(reply.kind != ESCPOS_REPLY_AUTOMATIC || reply.len == 4);
		g_assert(escpos_reply_process_id(&reply) <= 9999);
		if (reply.kind == ESCPOS_REPLY_AUTOMATIC)
			escpos_status_decode_automatic(reply.bytes, &status);
	}
	if (size >= 4) {
		escpos_status_decode(data, &status);
		g_assert(printer_status_fault(&status) <= DEVICE_FAULT_N);
	}
	for (int i = 0; i < 4; i++)
		escpos_reader_push(&reader, 0x00, &reply);
	escpos_reader_push(&reader, 0x12, &reply);
	g_assert(reply.kind == ESCPOS_REPLY_STATUS);
	return 0;
}
