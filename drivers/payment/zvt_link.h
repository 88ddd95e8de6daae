/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/payment/zvt_frame.h"
#include "drivers/port/port.h"

/* What the page calls T1 to T4 (§1.2), in milliseconds. */
typedef struct {
	int t1; /* between bytes; some adapters deliver in lumps, so it is taken generously */
	int t2; /* from a block to its ACK */
	int t3; /* from a command to its answer */
	int t4; /* silence in the middle of a payment */
} ZvtTimes;

/* Messages over a cable: bare over TCP, in acknowledged frames over a serial line (§1). */
typedef struct {
	struct port *port; /* borrowed */
	bool serial;
	ZvtTimes times;
	GQueue early; /* of GBytes, owned: what came while we waited for an ACK */
	ZvtReader reader;
	ZvtFrameReader frames;
	ZvtApdu apdu; /* the last that came */
	uint8_t out[ZVT_FRAME_MAX];
} ZvtLink;

void zvt_link_init(ZvtLink *self, struct port *port, bool serial, const ZvtTimes *times);
void zvt_link_clear(ZvtLink *self);
/* On a serial line it has arrived when this returns true. */
bool zvt_link_send(ZvtLink *self, uint16_t code, const uint8_t *data, size_t len, GError **error);
/* 1: it is in self->apdu. 0: silence, without an error; a message that has begun is gone on with
 * by the next call. -1: failed. */
int zvt_link_receive(ZvtLink *self, int timeout_ms, GError **error);
