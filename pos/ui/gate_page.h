/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A field and a number pad, before selling: the PIN that unlocks the till, the cash that a shift
 * begins with. What was typed leaves by the window's action "field.enter". */
#define POS_TYPE_GATE_PAGE (pos_gate_page_get_type())
G_DECLARE_FINAL_TYPE(PosGatePage, pos_gate_page, POS, GATE_PAGE, GtkBox)

typedef enum { GATE_PIN, GATE_SHIFT } GateKind;

GtkWidget *pos_gate_page_new(GateKind kind);
/* The gate of the shift asks for the PIN of one who may, and back. */
void pos_gate_page_ask_pin(PosGatePage *self, bool asks);
GtkEditable *pos_gate_page_get_field(PosGatePage *self);
