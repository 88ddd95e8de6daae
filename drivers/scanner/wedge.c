/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/scanner.h"

/* scanner.md §1 */
#define SHORTEST 6
#define LONGEST 4096
#define MEAN_GAP_US (30 * 1000)
#define LARGEST_GAP_US (80 * 1000)

struct WedgeDetector {
	/* owned */
	GString *burst;
	GString *us; /* the same keys on the US layout, as far as they are known */

	int n;
	int64_t first, last;
	bool unknown; /* a key that has no place on the US layout */
	bool foreign; /* the layout has spoilt the burst */
};

WedgeDetector *wedge_detector_new(void)
{
	WedgeDetector *self = g_new0(WedgeDetector, 1);

	self->burst = g_string_new(NULL);
	self->us = g_string_new(NULL);
	return self;
}

void wedge_detector_free(WedgeDetector *self)
{
	if (self == NULL)
		return;
	g_string_free(self->burst, TRUE);
	g_string_free(self->us, TRUE);
	g_free(self);
}

static void forget(WedgeDetector *self)
{
	g_string_truncate(self->burst, 0);
	g_string_truncate(self->us, 0);
	self->n = 0;
	self->unknown = self->foreign = false;
}

static bool is_fast(const WedgeDetector *self)
{
	return self->n >= SHORTEST && self->last - self->first <= MEAN_GAP_US * (self->n - 1);
}

/* A letter that is not Latin; or a key of the digits that gave none, as on the Mongolian layout,
 * where all of a code's digits may turn into signs that look like nothing special. */
static bool is_foreign(gunichar character, char us)
{
	return us != '\0' &&
	       (character >= 0x80 || (g_ascii_isdigit(us) && character != (guchar)us));
}

static void take(WedgeDetector *self, gunichar character, char us, bool foreign, int64_t now)
{
	if (self->n++ == 0)
		self->first = now;
	self->last = now;
	self->unknown |= us == '\0';
	self->foreign |= foreign || is_foreign(character, us);
	g_string_append_unichar(self->burst, character);
	if (us != '\0')
		g_string_append_c(self->us, us);
}

bool wedge_detector_press(WedgeDetector *self, gunichar character, char us, bool foreign,
			  int64_t now, char **ret_code)
{
	bool scanned;

	if (self->n > 0 &&
	    (now - self->last > LARGEST_GAP_US || now < self->last || self->burst->len >= LONGEST))
		forget(self);
	if (character != '\r' && character != '\n' && character != '\t') {
		take(self, character, us, foreign, now);
		return false;
	}

	scanned = is_fast(self);
	if (scanned)
		*ret_code = g_strdup(self->foreign && !self->unknown ? self->us->str
								     : self->burst->str);
	forget(self);
	return scanned;
}

bool wedge_detector_key(WedgeDetector *self, gunichar character, int64_t now, char **ret_code)
{
	return wedge_detector_press(self, character, '\0', false, now, ret_code);
}
