/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/printer/bitmap.h"
#include "drivers/printer/code128.h"
#include "drivers/printer/paper.h"

/* The bytes of single ESC/POS commands. Numbers are those of the protocol page
 * receipt-printer-escpos. */

#define ESCPOS_MODULE 2 /* dots of a bar's unit, EAN-13 and Code 128 */
#define ESCPOS_BAR_HEIGHT 80 /* dots */

typedef enum {
	ESCPOS_UPC_A = 0x41,
	ESCPOS_EAN13 = 0x43,
	ESCPOS_CODE128 = 0x49,
} EscposBarcode;

typedef enum { ESCPOS_QR_L = 0x30, ESCPOS_QR_M = 0x31 } EscposQrLevel;

/* 2.1: initialise, leave double-byte mode, USA, and the code page of number @page. The page and the
 * mode fall back to the memory switch's with every initialisation. */
void escpos_append_init(GByteArray *ret, uint8_t page);
void escpos_append_page(GByteArray *ret, uint8_t page);
void escpos_append_align(GByteArray *ret, PaperAlign align);
void escpos_append_bold(GByteArray *ret, bool bold);
void escpos_append_double(GByteArray *ret, bool doubled);
void escpos_append_feed(GByteArray *ret, int lines); /* 1..255 */
void escpos_append_cut(GByteArray *ret); /* fed to the cutter, partial */

/* 2.4: how all following bars look: height, module, digits below in font A. */
void escpos_append_bars(GByteArray *ret);
/* At most 255 bytes of @data. */
void escpos_append_barcode(GByteArray *ret, EscposBarcode kind, const uint8_t *data, size_t len);
void escpos_append_code128(GByteArray *ret, const Code128 *code);

/* 2.5, model 2. @module in dots, 1..16. */
void escpos_append_qr(GByteArray *ret, const char *text, uint8_t module, EscposQrLevel level);
/* Modules of a side for @len bytes at level M, as small as the standard allows; 0 if too long. */
int escpos_qr_side(size_t len);

/* 2.6: a picture at the left edge by GS v 0, or by GS ( L. */
void escpos_append_raster(GByteArray *ret, const Bitmap *bitmap);
void escpos_append_graphics(GByteArray *ret, const Bitmap *bitmap);

/* 2.3. Times in ms; the pulse never makes a real-time command. */
void escpos_append_pulse(GByteArray *ret, int pin, int on_ms, int off_ms);
/* 4.5: answered when all before it is on paper. @id 1..9999. */
void escpos_append_process_id(GByteArray *ret, int id);
/* 4.2: reports of on-line, errors and paper at each change; of the drawer nobody wants to know. */
void escpos_append_reports(GByteArray *ret, bool on);
/* 4.3: answered when it is reached in the buffer. */
void escpos_append_paper_question(GByteArray *ret);

/* The first place of a real-time command in @data, or -1. */
gssize escpos_find_trap(const uint8_t *data, size_t len);
