/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/label/label_press.h"

#include <glib/gi18n-lib.h>

const SimFaultKind label_sim_faults[] = {
	[LABEL_FAULT_PAPER_OUT] = { "paper_out", 1, 1, false,
				    N_("the roll ends within the VALUE-th label from then on") },
	[LABEL_FAULT_RIBBON_OUT] = { "ribbon_out", 1, 1, false,
				     N_("the ribbon ends within the VALUE-th label") },
	[LABEL_FAULT_HEAD_OPEN] = { "head_open", 1, 1, false,
				    N_("the head is opened within the VALUE-th label") },
	[LABEL_FAULT_PAUSE] = { "pause", 1, 1, false,
				N_("the PAUSE key is pressed before the VALUE-th label") },
	[LABEL_FAULT_PEEL] = { "peel", 0, SIM_FOREVER, false,
			       N_("setting: every label hangs in the peeler until “take”") },
	[LABEL_FAULT_BUFFER_FULL] = { "buffer_full", 1, SIM_COUNT_IS_VALUE, false,
				      N_("VALUE status answers say that the buffer is full") },
	[LABEL_FAULT_SILENT_ERROR] = { "silent_error", 0, SIM_FOREVER, false,
				       N_("setting: no answer while it wants attention") },
	[LABEL_FAULT_LEFTOVER] = { "leftover", 0, 1, false,
				   N_("an answer to an earlier question comes first") },
	[LABEL_FAULT_LANGUAGE] = { "language", 0, SIM_FOREVER, false,
				   N_("setting: it speaks another language and prints the source "
				      "as text") },
	[LABEL_FAULT_DROPS_CRLF] = { "drops_crlf", 0, SIM_FOREVER, false,
				     N_("setting: the cable loses 0D 0A within binary data") },
	[LABEL_FAULT_RESET_MID_GRAPHIC] = { "reset_mid_graphic", 1, 1, false,
					    N_("the link is reset in the middle of the VALUE-th "
					       "graphic") },
	[LABEL_FAULT_FONTS] = { "fonts", 1, SIM_FOREVER, false,
				N_("setting: 1, it has a font with Russian letters (0)") },
	[LABEL_FAULT_DPI] = { "dpi", 203, SIM_FOREVER, false,
			      N_("setting: 203, 300 or 600 dots per inch (203)") },
	[LABEL_FAULT_ROLL] = { "roll", LABEL_DEFAULT_ROLL, SIM_FOREVER, false,
			       N_("setting: VALUE labels are on a roll (1000)") },
	[LABEL_FAULT_LABEL_MS] = { "label_ms", 20, SIM_FOREVER, false,
				   N_("setting: a label takes VALUE ms (20)") },
	[LABEL_FAULT_N] = { NULL, 0, 0, false, NULL },
};
