/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/paper_only.h"

#include <sodium.h>
#include <string.h>

enum { TEXT_MAX = 1024 };

struct paper_only {
	char lottery[TEXT_MAX + 1];
	char qr[TEXT_MAX + 1];
};

PaperOnly *paper_only_new(const char *lottery, const char *qr)
{
	PaperOnly *self;

	if (strlen(lottery) > TEXT_MAX || strlen(qr) > TEXT_MAX || sodium_init() < 0)
		return NULL;
	/* Locked, left out of core dumps, between guard pages, wiped by sodium_free(). */
	self = sodium_malloc(sizeof *self);
	if (self == NULL)
		return NULL;
	g_strlcpy(self->lottery, lottery, sizeof self->lottery);
	g_strlcpy(self->qr, qr, sizeof self->qr);
	return self;
}

void paper_only_free(PaperOnly *self)
{
	sodium_free(self);
}

const char *paper_only_lend_lottery(const PaperOnly *self)
{
	return self->lottery;
}

const char *paper_only_lend_qr(const PaperOnly *self)
{
	return self->qr;
}
