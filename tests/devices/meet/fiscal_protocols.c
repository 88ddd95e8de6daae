/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/meet/fiscal_desk.h"

#define NAMES(...)                                                                                 \
	(const char *const[])                                                                      \
	{                                                                                          \
		__VA_ARGS__, NULL                                                                  \
	}

#define RUSSIAN                                                                                    \
	.currency = 643,                                                                           \
	.taxes = { FISCAL_TAX_STANDARD, FISCAL_TAX_REDUCED, FISCAL_TAX_ZERO, FISCAL_TAX_NONE },    \
	.rates = { 2200, 1000, 0, 0 }, .n_taxes = 4, .takes_tin = true

#define BULGARIAN                                                                                  \
	.currency = 978,                                                                           \
	.taxes = { FISCAL_TAX_STANDARD, FISCAL_TAX_REDUCED, FISCAL_TAX_ZERO, FISCAL_TAX_NONE },    \
	.rates = { 2000, 900, 0, 0 }, .n_taxes = 4

#define SHTRIH                                                                                     \
	.driver = "shtrih", .sim = "fiscal-shtrih", .settings = NAMES("print_ms=1"),               \
	.options = NAMES("timezone", "Europe/Moscow"), RUSSIAN

#define EBARIMT                                                                                    \
	.driver = "ebarimt", .sim = "fiscal-ebarimt", .cable = MEET_HTTP,                          \
	.options = NAMES("merchant_tin", "11111111111", "district", "3505", "classification",      \
			 "2349010", "vat_zero_code", "501"),                                       \
	.currency = 496, .taxes = { FISCAL_TAX_REDUCED, FISCAL_TAX_ZERO, FISCAL_TAX_NONE },        \
	.rates = { 1000, 0, 0 }, .n_taxes = 3, .takes_tin = true

const FiscalProtocol fiscal_protocols[] = {
	{ .title = "shtrih", .cable = MEET_PTY, SHTRIH },
	{ .title = "shtrih-tcp", .cable = MEET_TCP, SHTRIH },
	{ .title = "datecs-p",
	  .driver = "datecs",
	  .sim = "fiscal-datecs",
	  .cable = MEET_PTY,
	  .settings = NAMES("print_ms=1"),
	  .options = NAMES("family", "p", "timezone", "Europe/Sofia"),
	  BULGARIAN },
	{ .title = "datecs-x",
	  .driver = "datecs",
	  .sim = "fiscal-datecs",
	  .cable = MEET_PTY,
	  .settings = NAMES("print_ms=1", "family=x"),
	  .options = NAMES("family", "x", "timezone", "Europe/Sofia"),
	  .may_doubt_z = true,
	  .may_say = "FLAG: command 40 is not known\n", /* its manual has it, §5.2 does not */
	  BULGARIAN },
	{ .title = "atol",
	  .driver = "atol",
	  .sim = "fiscal-atol",
	  .cable = MEET_HTTP,
	  .settings = NAMES("task_ms=1"),
	  .options = NAMES("timezone", "Europe/Moscow", "wait", "20"),
	  RUSSIAN },
	{ .title = "erpnet",
	  .driver = "erpnet",
	  .sim = "fiscal-erpnet",
	  .cable = MEET_HTTP,
	  .settings = NAMES("task_ms=1"),
	  .options = NAMES("timezone", "Europe/Sofia", "wait", "20"),
	  BULGARIAN },
	/* What a service does with a repeated number is not known (fiscal-ebarimt.md §8). */
	{ .title = "ebarimt", .settings = NAMES("suffix=refuse"), EBARIMT },
	{ .title = "ebarimt-first", .settings = NAMES("suffix=first"), EBARIMT },
	{ .title = "ebarimt-again", .settings = NAMES("suffix=again"), EBARIMT },
	{ .title = NULL },
};
