/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/hidpos.h"

#include <string.h>

#define LONGEST 4096 /* no symbol holds more */
/* Reports of one code follow each other at once; what comes later belongs to another. */
#define TOGETHER_US (500 * 1000)

/* Honeywell and Access-IS, two makers' manuals; Microscan from one source only [1]. */
static const HidPosLayout known[] = {
	{ .report_id = 2,
	  .len = 64,
	  .count_at = 1,
	  .aim_at = { 2, 3, 4 },
	  .data_at = 5,
	  .data_len = 56,
	  .more_at = 63,
	  .more_mask = 1 },
	{ .report_id = 1,
	  .len = 64,
	  .count_at = 1,
	  .aim_at = { -1, -1, -1 },
	  .data_at = 2,
	  .data_len = 62,
	  .more_at = -1 },
};

struct HidPosJoiner {
	bool guesses;
	HidPosLayout layout;
	GString *text; /* owned; AIM identifier and data so far */
	bool open; /* the next report goes on */
	bool spoilt; /* one of them was bad */
	int64_t last;
};

const HidPosLayout *hidpos_layout_guess(uint8_t report_id)
{
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
		if (known[i].report_id == report_id)
			return &known[i];
	return NULL;
}

HidPosJoiner *hidpos_joiner_new(const HidPosLayout *layout)
{
	HidPosJoiner *self = g_new0(HidPosJoiner, 1);

	self->guesses = layout == NULL;
	if (layout != NULL)
		self->layout = *layout;
	self->text = g_string_new(NULL);
	return self;
}

void hidpos_joiner_free(HidPosJoiner *self)
{
	if (self == NULL)
		return;
	explicit_bzero(self->text->str, self->text->allocated_len); /* a card's track, perhaps */
	g_string_free(self->text, TRUE);
	g_free(self);
}

/* NULL: it is a report of something else, as of the trigger. */
static const HidPosLayout *layout_for(const HidPosJoiner *self, const uint8_t *report, size_t len)
{
	if (len == 0)
		return NULL;
	if (self->guesses)
		return hidpos_layout_guess(report[0]);
	return self->layout.report_id == 0 || report[0] == self->layout.report_id ? &self->layout
										  : NULL;
}

/* -1: the report cannot be. Some scanners do not send the padding. */
static int count_data(const HidPosLayout *layout, const uint8_t *report, size_t len)
{
	int room = MIN((int)len - layout->data_at, layout->data_len);

	if (room < 0 || layout->count_at >= (int)len)
		return -1;
	if (layout->count_at >= 0)
		return report[layout->count_at] <= room ? report[layout->count_at] : -1;
	while (room > 0 && report[layout->data_at + room - 1] == 0)
		room--;
	return room;
}

/* Three characters, or none where the scanner sends none. */
static void read_aim(const HidPosLayout *layout, const uint8_t *report, size_t len,
		     char ret[static 4])
{
	memset(ret, 0, 4);
	for (int i = 0; i < 3; i++)
		if (layout->aim_at[i] >= 0 && (size_t)layout->aim_at[i] < len)
			ret[i] = (char)report[layout->aim_at[i]];
	if (ret[0] != ']')
		memset(ret, 0, 4);
}

static bool goes_on(const HidPosLayout *layout, const uint8_t *report, size_t len)
{
	return layout->more_at >= 0 && (size_t)layout->more_at < len &&
	       (report[layout->more_at] & layout->more_mask) != 0;
}

/* A code whose next report never came is half a code. */
static void begin(HidPosJoiner *self, const char aim[static 4])
{
	g_string_assign(self->text, aim);
	self->spoilt = false;
}

static bool belongs(const HidPosJoiner *self, const char aim[static 4], int64_t now)
{
	return self->open && now - self->last <= TOGETHER_US &&
	       (aim[0] == '\0' || strncmp(self->text->str, aim, 3) == 0);
}

void hidpos_joiner_take(HidPosJoiner *self, const uint8_t *report, size_t len, int64_t now,
			ScanCollector *collector)
{
	const HidPosLayout *layout = layout_for(self, report, len);
	char aim[4];
	int n;

	if (layout == NULL)
		return;
	n = count_data(layout, report, len);
	read_aim(layout, report, len, aim);
	if (!belongs(self, aim, now))
		begin(self, aim);
	if (n >= 0 && self->text->len + (size_t)n <= LONGEST)
		g_string_append_len(self->text, (const char *)report + layout->data_at, n);
	else
		self->spoilt = true;
	self->last = now;
	self->open = goes_on(layout, report, len);
	if (!self->open && !self->spoilt)
		scan_collector_push_whole(collector, self->text->str, self->text->len, now);
}
