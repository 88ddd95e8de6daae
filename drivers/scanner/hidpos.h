/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/scanner/scan.h"

/* Reports of a USB HID point-of-sale scanner (usage page 8C; protocols/scanner.md §3): no I/O. */

/* Where things stand in the report that carries a scan, in bytes from its beginning, the report's
 * id included. -1: the report does not have it. */
typedef struct {
	uint8_t report_id; /* 0: reports carry none */
	int len;
	int count_at; /* how many of the data bytes count; else they are padded with zeros */
	int aim_at[3];
	int data_at, data_len;
	int more_at; /* byte of the flag "goes on in the next report" */
	uint8_t more_mask;
} HidPosLayout;

/* What a report descriptor says. False: no scanner is described, or the data is not in bytes. */
bool hidpos_layout_parse(const uint8_t *descriptor, size_t len, HidPosLayout *ret);
/* Top-level usage 02 of page 8C: the interface is a scanner's, whatever else is understood. */
bool hidpos_is_scanner(const uint8_t *descriptor, size_t len);
/* Where the descriptor says nothing useful, the layout that is known for that report id; NULL where
 * none is. */
const HidPosLayout *hidpos_layout_guess(uint8_t report_id);

/* Joins reports into scans and pushes them to a collector. */
typedef struct HidPosJoiner HidPosJoiner;
/* @layout is copied; NULL: guess by report id. */
HidPosJoiner *hidpos_joiner_new(const HidPosLayout *layout);
void hidpos_joiner_free(HidPosJoiner *self);
void hidpos_joiner_take(HidPosJoiner *self, const uint8_t *report, size_t len, int64_t now,
			ScanCollector *collector);
