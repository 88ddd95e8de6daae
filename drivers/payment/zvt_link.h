/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/payment/zvt_frame.h"
#include "drivers/port/port.h"

/* Messages over a cable: bare over TCP, in acknowledged frames over a serial line (§1). */
typedef struct {
	struct port *port; /* borrowed */
	bool serial;
	GQueue early; /* of GBytes, owned: what came while we waited for an ACK */
	ZvtReader reader;
	ZvtFrameReader frames;
	ZvtApdu apdu; /* the last that came */
	uint8_t out[ZVT_FRAME_MAX];
} ZvtLink;

void zvt_link_init(ZvtLink *self, struct port *port, bool serial);
void zvt_link_clear(ZvtLink *self);
/* On a serial line it has arrived when this returns true. */
bool zvt_link_send(ZvtLink *self, uint16_t code, const uint8_t *data, size_t len, GError **error);
/* 1: it is in self->apdu. 0: silence, without an error; a message that has begun is gone on with
 * by the next call. -1: failed. */
int zvt_link_receive(ZvtLink *self, int timeout_ms, GError **error);
