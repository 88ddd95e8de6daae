/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/cli/command.h"

/* stock --problems: balances below zero, and what to do about each. @shop NULL: the first one. */
int problems_show(const char *dsn, const char *shop, Format format);
