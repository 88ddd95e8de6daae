/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/country.h"

/* A country's file as data (docs/countries.md), read as core/json_members.h says: what is not
 * there, not known or cannot be is refused. */
/* @code is the file's name. NULL and an @error that says which member is wrong. */
Country *country_parse(const char *code, const char *text, GError **error);
void country_free(Country *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Country, country_free)

/* Names that tax groups may have: those that translators know. NULL ends. */
extern const char *const country_tax_names[];
