/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/printer/escpos_options.h"
#include "drivers/printer/escpos_raster.h"
#include "drivers/printer/paper.h"

/* A paper as the printer's bytes. */
typedef struct {
	int rows; /* of text, or as much paper */

	/* owned */
	GByteArray *bytes;
	/* Offsets (gsize) after the initialisation and after each further command that leaves
	 * nothing open: between these the printer may be asked how it is. */
	GArray *ends;
} EscposJob;

void escpos_job_free(EscposJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EscposJob, escpos_job_free)

/* Initialisation, the blocks, a cut at the end, and the process id @id (0: none). Where the page
 * can say a row of text it is sent as text; else the whole row is a picture, since a mixed one
 * would not align. NULL with DEVICE_FAULT_REFUSED where a code cannot be printed. */
EscposJob *escpos_encode(const EscposOptions *options, EscposRaster *raster, const Paper *paper,
			 int id, GError **error);
