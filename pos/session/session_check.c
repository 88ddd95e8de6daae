/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

/* What keeps goods from being sold although they are listed. */

/* DD.MM.YYYY is read the same everywhere we sell. */
static char *dup_day(int32_t day)
{
	return g_strdup_printf("%02d.%02d.%04d", day % 100, day / 100 % 100, day / 10000);
}

/* The last day of sale: what the piece itself says, else what the office knows of the shelf. */
static int32_t last_day_of(const Session *self, const TillItem *item)
{
	if (self->piece.expiry != 0)
		return self->piece.expiry;
	return item->expires ? item->sell_until : 0;
}

/* Nobody sells them by the way: even who may types a PIN, and the line keeps the day. */
static bool check_expiry(Session *self, const SessionEvent *event, const TillItem *item)
{
	int32_t last = last_day_of(self, item);
	g_autofree char *day = NULL, *what = NULL;

	if (last == 0 || session_moment(self).day <= last)
		return true;
	day = dup_day(last);
	what = g_strdup_printf("%s (%s)", item->name, day);
	if (!session_may_if_asked(self, event, TILL_RIGHT_EXPIRED, "expired", what))
		return false;
	self->piece.expiry = last;
	return true;
}

/* A piece that the state follows is sold by its own code, never by the one of its kind. */
static bool check_mark(Session *self, const TillItem *item)
{
	bool follows = self->country != NULL && self->country->marking;

	return !item->marked || !follows || self->piece.mark != NULL ||
	       session_refuse(self, "mark-wanted", item->name, NULL);
}

bool session_check_goods(Session *self, const SessionEvent *event, const TillItem *item)
{
	return check_mark(self, item) && check_expiry(self, event, item);
}

bool session_refuse_pending(Session *self)
{
	const char *code = self->pending.weighed    ? "weight-wanted-first"
			   : self->pending.numbered ? "serial-wanted-first"
						    : "price-wanted-first";

	return session_refuse(self, code, self->pending.item->name, NULL);
}
