/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

/* Receipts put aside for a shopper who comes back. */

static void held_free(void *data)
{
	SessionHeld *held = data;

	g_free(held->cashier);
	g_free(held);
}

static char *dup_name(Session *self, int64_t person)
{
	g_autoptr(TillPerson) found = NULL;

	if (!goods_find_person(self->goods, person, &found, NULL) || found == NULL)
		return g_strdup("");
	return g_strdup(found->name);
}

void session_load_held(Session *self)
{
	g_autoptr(GArray) list = NULL;
	g_autoptr(GError) error = NULL;
	GPtrArray *held;

	if (!till_db_list_held(self->db, self->shop.currency, &list, &error)) {
		session_refuse_store(self, error);
		return;
	}
	held = g_ptr_array_new_with_free_func(held_free);
	for (guint i = 0; i < list->len; i++) {
		const TillHeld *row = &g_array_index(list, TillHeld, i);
		SessionHeld *one = g_new0(SessionHeld, 1);

		*one = (SessionHeld){ .id = row->id,
				      .at = row->at,
				      .total = row->total,
				      .n_goods = row->n_goods,
				      .cashier = dup_name(self, row->cashier) };
		g_ptr_array_add(held, one);
	}
	g_clear_pointer(&self->held_list, g_ptr_array_unref);
	self->held_list = held;
}

bool session_on_hold(Session *self, const SessionEvent *event)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	int64_t id;

	if (self->pending.item != NULL)
		return session_refuse_pending(self);
	if (self->receipt == NULL || receipt_get_totals(self->receipt)->n_goods == 0)
		return session_refuse(self, "nothing-to-hold", NULL, NULL);
	if (session_is_return(self))
		return session_refuse(self, "return-not-held", NULL, NULL);
	if (!till_db_hold(self->db, self->cashier->id, &id, &error))
		return session_refuse_store(self, error);
	session_forget_receipt(self);
	session_load_held(self);
	session_display_idle(self);
	text = g_strdup_printf("%" G_GINT64_FORMAT, id);
	session_tell(self, "held", text, NULL);
	return true;
}

/* The one that is meant: 0 stands for the only one. */
static bool find_held(Session *self, int64_t number, int64_t *ret)
{
	g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, number);
	guint n = self->held_list != NULL ? self->held_list->len : 0;

	if (n == 0)
		return session_refuse(self, "none-held", NULL, NULL);
	if (number == 0 && n > 1)
		return session_refuse(self, "which-held", NULL, NULL);
	for (guint i = 0; i < n; i++) {
		const SessionHeld *held = g_ptr_array_index(self->held_list, i);

		if (number == 0 || held->id == number) {
			*ret = held->id;
			return true;
		}
	}
	return session_refuse(self, "not-held", text, NULL);
}

bool session_on_recall(Session *self, const SessionEvent *event)
{
	g_autoptr(GError) error = NULL;
	int64_t id;

	if (!find_held(self, event->number, &id))
		return false;
	if (self->state == SESSION_PAID) {
		session_forget_receipt(self);
		session_enter(self, SESSION_SELLING);
	}
	if (self->receipt != NULL && receipt_get_totals(self->receipt)->n_goods > 0)
		return session_refuse(self, "receipt-open", NULL, NULL);
	if (!till_db_recall(self->db, id, self->cashier->id, &error) ||
	    !session_load_receipt(self, &error))
		return session_refuse_store(self, error);
	session_load_held(self);
	session_resume(self);
	session_display_total(self);
	return true;
}

bool session_on_void_held(Session *self, const SessionEvent *event)
{
	g_autoptr(GError) error = NULL;
	int64_t id;

	if (!find_held(self, event->number, &id) ||
	    !session_may(self, event, TILL_RIGHT_VOID_RECEIPT, "void-right", NULL))
		return false;
	if (!till_db_void_held(self->db, id, self->cashier->id, &error))
		return session_refuse_store(self, error);
	till_db_get_shift(self->db, &self->shift);
	session_load_held(self);
	session_tell(self, "receipt-voided", NULL, NULL);
	return true;
}
