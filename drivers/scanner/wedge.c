/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/scanner.h"

/* scanner.md §1 */
#define SHORTEST 6
#define LONGEST 4096
#define MEAN_GAP_US (30 * 1000)
#define LARGEST_GAP_US (80 * 1000)

struct WedgeDetector {
	GString *burst; /* owned */
	int n;
	int64_t first, last;
};

WedgeDetector *wedge_detector_new(void)
{
	WedgeDetector *self = g_new0(WedgeDetector, 1);

	self->burst = g_string_new(NULL);
	return self;
}

void wedge_detector_free(WedgeDetector *self)
{
	if (self == NULL)
		return;
	g_string_free(self->burst, TRUE);
	g_free(self);
}

static void forget(WedgeDetector *self)
{
	g_string_truncate(self->burst, 0);
	self->n = 0;
}

static bool is_fast(const WedgeDetector *self)
{
	return self->n >= SHORTEST && self->last - self->first <= MEAN_GAP_US * (self->n - 1);
}

bool wedge_detector_key(WedgeDetector *self, gunichar character, int64_t now, char **ret_code)
{
	bool scanned;

	if (self->n > 0 &&
	    (now - self->last > LARGEST_GAP_US || now < self->last || self->burst->len >= LONGEST))
		forget(self);
	if (character != '\r' && character != '\n' && character != '\t') {
		if (self->n++ == 0)
			self->first = now;
		self->last = now;
		g_string_append_unichar(self->burst, character);
		return false;
	}

	scanned = is_fast(self);
	if (scanned)
		*ret_code = g_strdup(self->burst->str);
	forget(self);
	return scanned;
}
