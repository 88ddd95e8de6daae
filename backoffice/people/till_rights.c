/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/till_rights.h"

#include "backoffice/people/counter.h"
#include "backoffice/people/rights.h"

#include <glib/gi18n-lib.h>

#define BIT(right) (UINT32_C(1) << (right))

static const char *const titles[TILL_RIGHT_N] = {
	[TILL_RIGHT_SELL] = N_("Sell, open and close shifts"),
	[TILL_RIGHT_PRICE] = N_("Type prices"),
	[TILL_RIGHT_DISCOUNT] = N_("Give discounts over 10 %"),
	[TILL_RIGHT_VOID_RECEIPT] = N_("Void whole receipts"),
	[TILL_RIGHT_NO_SALE] = N_("Open the drawer without a sale"),
	[TILL_RIGHT_WEIGHT] = N_("Type weights"),
	[TILL_RIGHT_DROP_PAPER] = N_("Leave out receipts that wait for the printer"),
	[TILL_RIGHT_DEVICES] = N_("Set up the till's devices"),
	[TILL_RIGHT_EXPIRED] = N_("Sell goods past their last day"),
	[TILL_RIGHT_RETURN] = N_("Give money back"),
	[TILL_RIGHT_SETTLE] = N_("Say what became of a doubtful receipt or card payment"),
};

const char *till_right_title(TillRight right)
{
	g_return_val_if_fail(right < TILL_RIGHT_N, NULL);
	return g_dgettext(GETTEXT_PACKAGE, titles[right]);
}

static TillRights usual(Role role)
{
	TillRights ret = 0;

	for (TillRight right = 0; right < TILL_RIGHT_N; right++)
		if (till_right_is_usual(role_code(role), right))
			ret |= BIT(right);
	return ret;
}

bool till_rights_of_role(Store *store, Role role, TillRights *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/people/role_rights");
	TillRights have = usual(role);
	StoreStep step;
	TillRight right;

	store_bind_text(row, 1, role_code(role));
	while ((step = store_step(row, error)) == STORE_ROW)
		if (!till_right_is_fixed(role_code(role)) &&
		    till_right_parse(store_get_text(row, 0), &right))
			have = store_get_int(row, 1) != 0 ? have | BIT(right) : have & ~BIT(right);
	if (step == STORE_DONE)
		*ret = have;
	return step == STORE_DONE;
}

static bool write_right(Store *store, int64_t by, Role role, TillRight right, bool allowed,
			GError **error)
{
	g_autofree char *subject =
		g_strdup_printf("%s %s", role_code(role), till_right_code(right));
	StoreStatement *put;
	int64_t revision;
	TillRights before;

	if (!rights_require(store, by, RIGHT_PEOPLE, error) ||
	    !till_rights_of_role(store, role, &before, error))
		return false;
	if (till_rights_have(before, right) == allowed)
		return true;
	if (!counter_take(store, "revision", &revision, error))
		return false;
	put = store_statement(store, "office/people/put_till_right");
	store_bind_text(put, 1, role_code(role));
	store_bind_text(put, 2, till_right_code(right));
	store_bind_int(put, 3, allowed);
	store_bind_int(put, 4, revision);
	return store_run(put, error) &&
	       audit_change(store, by, "right-change", subject,
			    allowed ? "{\"allowed\":false}" : "{\"allowed\":true}",
			    allowed ? "{\"allowed\":true}" : "{\"allowed\":false}", error);
}

bool till_rights_set(Store *store, int64_t by, Role role, TillRight right, bool allowed,
		     GError **error)
{
	if (role == ROLE_ADMIN && !allowed) {
		g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT,
			    _("The administrator keeps every right."));
		return false;
	}
	if (!store_begin(store, error))
		return false;
	if (!write_right(store, by, role, right, allowed, error)) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, error);
}
