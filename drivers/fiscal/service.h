/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"
#include "drivers/port/port.h"

#include <jansson.h>

/* What the drivers of JSON services share (atol, erpnet): one exchange over HTTP, and members of
 * answers as json_amount_loads() gives them, where each number is a string of its digits. */

/* Both return false with a fault. */
bool service_fail(struct port *port, DeviceFault fault, const char *text, GError **error);

/* One request; @body may be NULL. Any status is success: the caller judges. *ret is the caller's to
 * free, and NULL where the answer's body is no JSON. Faults as of port_http(). */
bool service_call(struct port *port, const char *method, const char *path, const char *body,
		  int timeout_ms, guint *ret_status, json_t **ret, GError **error);

/* Strings are lent, and NULL where there is none. All bool ones write *ret only on success. */
const char *service_get_text(const json_t *json, const char *key);
bool service_read_u32(const json_t *json, const char *key, uint32_t *ret);
/* In hundredths. */
bool service_read_amount(const json_t *json, const char *key, int64_t *ret);
/* true and false, or the same as strings: services do both. */
bool service_read_flag(const json_t *json, const char *key, bool *ret);
/* Whether @key is there and says yes. */
bool service_has_flag(const json_t *json, const char *key);

/* Copies one word of ASCII, @text may be NULL. What does not fit is no word of ours, and false. */
bool service_copy_word(char *ret, size_t size, const char *text);
/* Copies a time as FiscalProof.at wants it: "2026-06-03T10:17:00+03:00" without its zone, which is
 * the registrar's own clock. *ret stays where @text is none. */
void service_copy_time(char *ret, size_t size, const char *text);
/* ISO 8601, with a zone of its own or else of @zone. */
bool service_read_time(const json_t *json, const char *key, GTimeZone *zone, int64_t *ret);
/* @at, UTC microseconds, by @format of g_date_time_format() on @zone's wall clock. NULL where there
 * is no such time. Own it. */
char *service_time_dup(int64_t at, GTimeZone *zone, const char *format);
/* The zone that [fiscal] timezone=@name means, or that of the till where it is NULL. NULL where
 * there is none of that name. Own it. */
GTimeZone *service_zone_new(const char *name);

/* Keys of [fiscal]. *ret stays where the key is not there; DEVICE_FAULT_BAD_ADDRESS with the key in
 * its message for what is not known. */
bool service_option_bad(const char *key, const char *value, GError **error);
bool service_option_number(GHashTable *options, const char *key, guint64 min, guint64 max,
			   guint64 *ret, GError **error);
bool service_option_text(GHashTable *options, const char *key, char *ret, size_t size,
			 GError **error);
/* Which of two words it is. */
bool service_option_choice(GHashTable *options, const char *key, const char *no, const char *yes,
			   bool *ret, GError **error);

/* @text with letters and their marks in one, without control characters, a broken byte as '?', cut
 * after @max letters: as the registrar will store it. Own it. */
char *service_text_dup(const char *text, size_t max);
