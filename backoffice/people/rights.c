/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/rights.h"

#include "backoffice/people/counter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BIT(right) (UINT32_C(1) << (right))
#define EVERYTHING (BIT(RIGHT_N) - 1)

static const struct {
	const char *code, *title;
} rights[RIGHT_N] = {
	[RIGHT_EDIT_GOODS] = { "edit-goods", N_("Change goods, import lists") },
	[RIGHT_CHANGE_PRICE] = { "change-price", N_("Change prices") },
	[RIGHT_SEE_COST] = { "see-cost", N_("See costs and margins") },
	[RIGHT_RECEIVE] = { "receive", N_("Receive goods") },
	[RIGHT_POST] = { "post", N_("Post documents") },
	[RIGHT_REVERSE] = { "reverse", N_("Reverse posted documents") },
	[RIGHT_WRITE_OFF] = { "write-off", N_("Write goods off") },
	[RIGHT_TRANSFER] = { "transfer", N_("Send goods to another shop") },
	[RIGHT_COUNT] = { "count", N_("Count stock") },
	[RIGHT_REVALUE] = { "revalue", N_("Set opening balances and values") },
	[RIGHT_PRODUCE] = { "produce", N_("Produce, change recipes") },
	[RIGHT_PRINT_LABELS] = { "print-labels", N_("Print labels, load scales") },
	[RIGHT_DESIGN_LABELS] = { "design-labels", N_("Design labels") },
	[RIGHT_SUPPLIERS] = { "suppliers", N_("Change suppliers") },
	[RIGHT_SEE_REPORTS] = { "see-reports", N_("See sales and reports") },
	[RIGHT_LOOK_AFTER] = { "look-after", N_("See what has to be looked after") },
	[RIGHT_SEE_AUDIT] = { "see-audit", N_("See who changed what") },
	[RIGHT_PEOPLE] = { "people", N_("Change people and their rights") },
	[RIGHT_SETTINGS] = { "settings", N_("Change settings, kinds of price, zones, devices") },
	[RIGHT_ALL_SHOPS] = { "all-shops", N_("See all shops") },
	[RIGHT_SEE_ACTS] = { "see-acts", N_("See voids and drawer openings of cashiers") },
	[RIGHT_ORDER] = { "order", N_("Order goods, change suppliers' price lists") },
	[RIGHT_SEE_DEBTS] = { "see-debts", N_("See what suppliers are owed") },
	[RIGHT_PAY_SUPPLIERS] = { "pay-suppliers", N_("Enter payments to suppliers") },
	[RIGHT_SEE_MONEY] = { "see-money", N_("See cash book, expenses and profit") },
	[RIGHT_MOVE_MONEY] = { "move-money", N_("Enter money moves and expenses") },
	[RIGHT_PLAN] = { "plan", N_("Make plans of sales") },
	[RIGHT_HOURS] = { "hours", N_("Correct hours worked") },
	[RIGHT_SEE_PAY] = { "see-pay", N_("See what others earn") },
	[RIGHT_PAY_RULES] = { "pay-rules", N_("Change rules of pay") },
};

static const Rights usual[ROLE_N] = {
	[ROLE_SENIOR] = BIT(RIGHT_PRINT_LABELS) | BIT(RIGHT_COUNT),
	[ROLE_STOCK] = BIT(RIGHT_EDIT_GOODS) | BIT(RIGHT_RECEIVE) | BIT(RIGHT_POST) |
		       BIT(RIGHT_WRITE_OFF) | BIT(RIGHT_TRANSFER) | BIT(RIGHT_COUNT) |
		       BIT(RIGHT_PRODUCE) | BIT(RIGHT_PRINT_LABELS) | BIT(RIGHT_SUPPLIERS) |
		       BIT(RIGHT_ORDER),
	[ROLE_MANAGER] =
		EVERYTHING & ~(BIT(RIGHT_PEOPLE) | BIT(RIGHT_SETTINGS) | BIT(RIGHT_ALL_SHOPS) |
			       BIT(RIGHT_SEE_PAY) | BIT(RIGHT_PAY_RULES)),
	[ROLE_ADMIN] = EVERYTHING,
};

const char *right_code(Right right)
{
	g_return_val_if_fail(right < RIGHT_N, NULL);
	return rights[right].code;
}

const char *right_title(Right right)
{
	g_return_val_if_fail(right < RIGHT_N, NULL);
	return g_dgettext(GETTEXT_PACKAGE, rights[right].title);
}

bool right_parse(const char *text, Right *ret)
{
	for (Right right = 0; right < RIGHT_N; right++)
		if (strcmp(text, rights[right].code) == 0) {
			*ret = right;
			return true;
		}
	return false;
}

Rights rights_usual(Role role)
{
	g_return_val_if_fail(role < ROLE_N, 0);
	return usual[role];
}

/* A right that an older or newer version of Baraa wrote is nobody's. */
bool rights_of_role(Store *store, Role role, Rights *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/people/role_rights");
	Rights rights_there = rights_usual(role);
	StoreStep step;
	Right right;

	store_bind_text(row, 1, role_code(role));
	while ((step = store_step(row, error)) == STORE_ROW)
		if (role != ROLE_ADMIN && right_parse(store_get_text(row, 0), &right))
			rights_there = store_get_int(row, 1) != 0 ? rights_there | BIT(right)
								  : rights_there & ~BIT(right);
	if (step == STORE_DONE)
		*ret = rights_there;
	return step == STORE_DONE;
}

bool rights_of_person(Store *store, int64_t person_id, Rights *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/people/role_of");
	StoreStep step;
	Role role;

	*ret = person_id == 0 ? EVERYTHING : 0;
	if (person_id == 0)
		return true;
	store_bind_int(row, 1, person_id);
	step = store_step(row, error);
	if (step != STORE_ROW)
		return step == STORE_DONE; /* nobody any more: nothing */
	if (!role_parse(store_get_text(row, 0), &role)) {
		store_reset(row);
		return true;
	}
	store_reset(row);
	return rights_of_role(store, role, ret, error);
}

bool rights_require(Store *store, int64_t person_id, Right right, GError **error)
{
	Rights have;

	if (!rights_of_person(store, person_id, &have, error))
		return false;
	if (rights_have(have, right))
		return true;
	g_set_error(
		error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT,
		/* Translators: %s is a right: "Change prices". */
		_("You may not do this: “%s” is not among your rights. A manager can do it, or the "
		  "administrator gives you the right."),
		right_title(right));
	return false;
}

static bool write_right(Store *store, int64_t by, Role role, Right right, bool allowed,
			GError **error)
{
	StoreStatement *put = store_statement(store, "office/people/put_right");
	g_autofree char *subject = g_strdup_printf("%s %s", role_code(role), right_code(right));
	Rights before;

	if (!rights_require(store, by, RIGHT_PEOPLE, error) ||
	    !rights_of_role(store, role, &before, error))
		return false;
	if (rights_have(before, right) == allowed)
		return true;
	store_bind_text(put, 1, role_code(role));
	store_bind_text(put, 2, right_code(right));
	store_bind_int(put, 3, allowed);
	return store_run(put, error) &&
	       audit_change(store, by, "right-change", subject,
			    allowed ? "{\"allowed\":false}" : "{\"allowed\":true}",
			    allowed ? "{\"allowed\":true}" : "{\"allowed\":false}", error);
}

bool rights_set(Store *store, int64_t by, Role role, Right right, bool allowed, GError **error)
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
