/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The standard low level of Shtrih-M (protocols/fiscal-shtrih-m.md §2): bytes, no I/O. */
#define SHTRIH_ENQ 0x05
#define SHTRIH_STX 0x02
#define SHTRIH_ACK 0x06
#define SHTRIH_NAK 0x15
#define SHTRIH_STRAY 0xFF /* what a device on TCP adds after our ACK */

#define SHTRIH_BODY_MAX 255
#define SHTRIH_FRAME_MAX (SHTRIH_BODY_MAX + 3)

/* Code and parameters of a command, or code, error and data of an answer. */
typedef struct {
	uint8_t bytes[SHTRIH_BODY_MAX];
	size_t len;
} ShtrihBody;

/* 0x45 or 0xFF45; 0 for an empty body. */
uint16_t shtrih_body_code(const ShtrihBody *body);
/* Returns the frame's length. */
size_t shtrih_frame_encode(const ShtrihBody *body, uint8_t ret[static SHTRIH_FRAME_MAX]);

/* Puts a frame together from bytes as they come, starting zeroed. */
typedef enum {
	SHTRIH_FRAME_NONE, /* what came before an STX: skipped */
	SHTRIH_FRAME_MORE,
	SHTRIH_FRAME_DONE,
	SHTRIH_FRAME_BROKEN, /* length or LRC */
} ShtrihFrameState;

typedef struct {
	ShtrihBody body;
	ShtrihFrameState state;
	size_t expected; /* 0: the length byte has not come */
} ShtrihFrameReader;

/* How many bytes the frame still needs for certain, from 1: what may be read at once. */
size_t shtrih_frame_get_wanted(const ShtrihFrameReader *self);
ShtrihFrameState shtrih_frame_push(ShtrihFrameReader *self, uint8_t byte);
