/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define ENROL_ERROR (enrol_error_quark())
GQuark enrol_error_quark(void);
typedef enum {
	ENROL_ERROR_ALREADY, /* this till is enrolled */
	ENROL_ERROR_URL, /* not http:// or https:// */
	ENROL_ERROR_UNREACHABLE,
	ENROL_ERROR_CODE, /* the hub does not know the code, or it was used */
	ENROL_ERROR_HUB, /* the hub answers, but not as agreed */
	ENROL_ERROR_SAVE, /* the till's files could not be written */
} EnrolError;

/* Makes @directory (which is there) the data directory of a till of the hub at @url: proves itself
 * with the one-time @code, writes down who it is, and loads the goods. Blocks. A till that was cut
 * off after its code was used goes on from there when this is called again. */
bool enrol_till(const char *directory, const char *url, const char *code, GError **error);
