/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/codepage.h"

#include <glib.h>
#include <stdbool.h>

/* What differs from printer to printer: its family's profile, and what till.conf's [printer] group
 * says otherwise:
 *
 *   profile=epson|pos58|kr306|yhd8390|rp326|citizen|th230|tm88iii|star
 *   width=58|80, or dots=384|420|512|546|576 and columns=N
 *   codepage=auto|cp866|cp1251|cp855|ascii|raster   raster: all text as pictures
 *   letters=ӨО,ҮУ     printed instead of letters that the page lacks; without it such rows are
 *                     pictures
 *   qr=native|raster  barcode=native|raster  image=raster|graphics (GS v 0, GS ( L)
 *   cutter=yes|no
 *   drawer-pin=0|1  drawer-on-ms=N  drawer-off-ms=N
 *   process-id=auto|no|N   N: the number of the first receipt */
typedef struct {
	int dots, columns;
	/* The pages in which text is tried, first to last, with their numbers in ESC t. None: all
	 * text as pictures. */
	int n_pages;
	struct {
		CodePage page;
		uint8_t number;
	} pages[3];
	LetterMap letters;
	bool native_qr, native_bars;
	bool graphics;
	bool cutter;
	int drawer_pin, drawer_on_ms, drawer_off_ms;
	bool process_id;
	int first_id; /* 0: any */
} EscposOptions;

/* @options may be NULL. Fails with DEVICE_FAULT_BAD_ADDRESS. */
bool escpos_options_parse(GHashTable *options, EscposOptions *ret, GError **error);
