/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/label/label_scale.h"

#include <glib/gi18n-lib.h>

#define REFUSALS_TOLD 10

void label_scale_refuse(ScaleLoad *self, const char *name, const char *reason)
{
	PluResult *result = self->result;
	g_autofree char *before = g_steal_pointer(&result->refused);

	if (result->n_refused++ < REFUSALS_TOLD)
		result->refused = g_strdup_printf("%s%s%s: %s", before != NULL ? before : "",
						  before != NULL ? "\n" : "", name, reason);
	else
		result->refused = g_steal_pointer(&before);
}

static ScaleItem *item_at(const GArray *items, guint i)
{
	return &g_array_index(items, ScaleItem, i);
}

static Plu *plus_of(const GArray *items)
{
	Plu *plus = g_new(Plu, MAX(items->len, 1));

	for (guint i = 0; i < items->len; i++)
		plus[i] = item_at(items, i)->plu;
	return plus;
}

static bool is_refusal(const GError *error)
{
	return g_error_matches(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
}

/* Items that the scale could never take are told and left out before anything is sent. */
static bool sort_out(ScaleLoad *self, GError **error)
{
	for (guint i = 0; i < self->send->len;) {
		const ScaleItem *item = item_at(self->send, i);
		g_autoptr(GError) reason = NULL;

		if (self->driver->check(self->options, &item->plu, &reason)) {
			i++;
			continue;
		}
		if (!is_refusal(reason)) {
			g_propagate_error(error, g_steal_pointer(&reason));
			return false;
		}
		label_scale_refuse(self, item->name, reason->message);
		g_array_remove_index(self->send, i);
	}
	return true;
}

static void mark(const GArray *items, guint first, int n)
{
	for (int i = 0; i < n; i++)
		item_at(items, first + (guint)i)->done = true;
}

static bool send_all(ScaleLoad *self, struct port *port, GError **error)
{
	g_autofree Plu *plus = plus_of(self->send);
	guint at = 0;

	if (self->send->len == 0 && !self->empties)
		return true;
	do {
		g_autoptr(GError) reason = NULL;
		int accepted = 0;
		bool ok = self->driver->send(port, self->options, plus + at,
					     (int)(self->send->len - at), &accepted, &reason);

		mark(self->send, at, accepted);
		self->result->sent += accepted;
		at += (guint)accepted;
		if (ok)
			return true;
		if (!is_refusal(reason) || self->whole || at >= self->send->len) {
			g_propagate_error(error, g_steal_pointer(&reason));
			return false;
		}
		label_scale_refuse(self, item_at(self->send, at)->name, reason->message);
		at++;
	} while (at < self->send->len);
	return true;
}

/* One that is not in the scale any more is as good as removed. */
static bool remove_all(ScaleLoad *self, struct port *port, GError **error)
{
	g_autofree Plu *plus = plus_of(self->remove);
	guint at = 0;

	while (at < self->remove->len) {
		g_autoptr(GError) reason = NULL;
		int removed = 0;
		bool ok = self->driver->remove(port, self->options, plus + at,
					       (int)(self->remove->len - at), &removed, &reason);

		mark(self->remove, at, removed);
		self->result->removed += removed;
		at += (guint)removed;
		if (ok)
			return true;
		if (!is_refusal(reason) || at >= self->remove->len) {
			g_propagate_error(error, g_steal_pointer(&reason));
			return false;
		}
		item_at(self->remove, at++)->done = true;
	}
	return true;
}

/* Goods that are not sold any more, in a scale that cannot be told so. */
static void tell_what_stays(ScaleLoad *self)
{
	for (guint i = 0; i < self->remove->len; i++) {
		g_autofree char *name =
			g_strdup_printf("PLU %u", item_at(self->remove, i)->plu.number);

		label_scale_refuse(self, name,
				   _("it is not sold any more and stays in this scale: load it "
				     "once with the option load=full"));
	}
}

static bool take_out(ScaleLoad *self, struct port *port, GError **error)
{
	if (self->empties) {
		mark(self->remove, 0, (int)self->remove->len);
		self->result->removed += (int)self->remove->len;
	} else if (self->driver->remove == NULL) {
		tell_what_stays(self);
	} else {
		return remove_all(self, port, error);
	}
	return true;
}

bool label_scale_talk(ScaleLoad *self, GError **error)
{
	struct port *port;
	bool ok;

	if (!sort_out(self, error))
		return false;
	if (self->send->len == 0 && self->remove->len == 0)
		return true;
	port = port_open_defaults(self->address, self->driver->settings, error);
	if (port == NULL)
		return false;
	/* Removal comes last, so that a scale is never half empty. */
	ok = send_all(self, port, error) && take_out(self, port, error);
	port_close(port);
	return ok;
}
