/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/document_private.h"

/* A stock document as JSON while it is being read. */
typedef struct {
	Store *store; /* borrowed */
	Document *document; /* borrowed; NULL until its kind and shop are known */
	GTimeZone *zone; /* owned; the shop's */
	int64_t person_id;
	int64_t now;
	DocumentKind kind;
	uint16_t currency;
	int line; /* that is being read, from 1; 0: the head */
} JsonIn;

#define KIND_BIT(kind) (1u << (kind))
#define EVERY_KIND (KIND_BIT(DOCUMENT_N_KINDS) - 1)

/* JSON of a recipe is read by the same functions; it is no document. */
#define KIND_RECIPE DOCUMENT_N_KINDS

/* A member and the kinds of document that have it. */
typedef struct {
	const char *name;
	unsigned kinds;
} JsonInMember;

/* Sets @error, naming the line, and is false. */
bool json_in_refuse(const JsonIn *self, GError **error, const char *format, ...)
	G_GNUC_PRINTF(3, 4);
/* That @json is an object of no other members than these; a NULL name ends them. */
bool json_in_members(const JsonIn *self, const json_t *json, const JsonInMember *members,
		     GError **error);

/* Each reads a member of @json that need not be there: then *ret is NULL, 0 or false, and *ret_has
 * false. False with an error where it is something else. Texts are lent by @json. */
bool json_in_text(const JsonIn *self, const json_t *json, const char *name, const char **ret,
		  GError **error);
/* Replaces the owned *text where there is one, without blanks around it. */
bool json_in_take_text(const JsonIn *self, const json_t *json, const char *name, char **text,
		       GError **error);
bool json_in_flag(const JsonIn *self, const json_t *json, const char *name, bool *ret,
		  GError **error);
/* A whole number from 1 on. */
bool json_in_whole(const JsonIn *self, const json_t *json, const char *name, int *ret,
		   GError **error);
/* Not below zero. */
bool json_in_quantity(const JsonIn *self, const json_t *json, const char *name, bool *ret_has,
		      int64_t *ret, GError **error);
bool json_in_amount(const JsonIn *self, const json_t *json, const char *name, bool *ret_has,
		    int64_t *ret, GError **error);
bool json_in_day(const JsonIn *self, const json_t *json, const char *name, int32_t *ret,
		 GError **error);
/* A day means its beginning in the shop; not in the future. */
bool json_in_moment(const JsonIn *self, const json_t *json, const char *name, int64_t *ret,
		    GError **error);

/* --- lines (document_json_line.c) --- */

/* Reads an array of lines into the document; @sign −1: what goes into a production. */
bool json_in_lines(JsonIn *self, const json_t *lines, int sign, GError **error);
/* The goods of "barcode" or "article" in @json; *ret_pack 0: not one of their packs. */
bool json_in_goods(JsonIn *self, const json_t *json, int64_t *ret_item, int64_t *ret_pack,
		   GError **error);
/* The goods of a text that is a barcode or else an article. */
bool json_in_code(JsonIn *self, const char *code, int64_t *ret_item, GError **error);
