/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* 7 8 9 / 4 5 6 / 1 2 3 / 0 . ⌫: types into the page's field by the window's actions. */
#define POS_TYPE_NUMBER_PAD (pos_number_pad_get_type())
G_DECLARE_FINAL_TYPE(PosNumberPad, pos_number_pad, POS, NUMBER_PAD, GtkGrid)
