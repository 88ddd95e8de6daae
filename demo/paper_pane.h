/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo/place.h"

/* What comes out of the registrar or the receipt printer, with its roll to take out and put in.
 * The printer's paper is shown in pictures: that is how Ө, Ү and ₮ look on it. */
typedef struct PaperPane PaperPane;

/* Borrows @place. */
PaperPane *paper_pane_new(const Place *place);
void paper_pane_free(PaperPane *self);
GtkWidget *paper_pane_get_widget(PaperPane *self);
