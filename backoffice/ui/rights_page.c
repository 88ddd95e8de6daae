/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/rights_page.h"

#include "backoffice/people/till_rights.h"

#include <glib/gi18n-lib.h>

/* Rights in the office, then those at tills, as one list. */
#define RIGHTS_ALL (RIGHT_N + TILL_RIGHT_N)

struct _OfficeRightsPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkLabel *message;
	GtkGrid *grid;

	/* borrowed; NULL for the administrator */
	GtkCheckButton *ticks[ROLE_N][RIGHTS_ALL];
	OfficeDesk *desk; /* borrowed; NULL when the page is gone */
	bool showing; /* ticks are set from the database: nobody pressed them */
};

G_DEFINE_FINAL_TYPE(OfficeRightsPage, office_rights_page, GTK_TYPE_WIDGET)

/* What is to be changed (@change), and what is then in force. */
typedef struct {
	int64_t by;
	bool change, allowed;
	Role role;
	int right; /* in the list of all */
	Rights rights[ROLE_N];
	TillRights till_rights[ROLE_N];
} Order;

static bool change(Store *store, const Order *order, GError **error)
{
	if (order->right < RIGHT_N)
		return rights_set(store, order->by, order->role, (Right)order->right,
				  order->allowed, error);
	return till_rights_set(store, order->by, order->role, (TillRight)(order->right - RIGHT_N),
			       order->allowed, error);
}

static bool read_role(Store *store, Order *order, Role role, GError **error)
{
	return rights_of_role(store, role, &order->rights[role], error) &&
	       till_rights_of_role(store, role, &order->till_rights[role], error);
}

static void order_job(GTask *task, Store *store)
{
	Order *order = g_task_get_task_data(task);
	GError *error = NULL;
	bool ok = !order->change || change(store, order, &error);

	for (Role role = 0; role < ROLE_N; role++) {
		GError *later = NULL;

		if (!read_role(store, order, role, &later) && ok) {
			ok = false;
			error = g_steal_pointer(&later);
		}
		g_clear_error(&later);
	}
	if (ok)
		g_task_return_boolean(task, true);
	else
		g_task_return_error(task, error);
}

static bool have(const Order *order, Role role, int right)
{
	return right < RIGHT_N
		       ? rights_have(order->rights[role], (Right)right)
		       : till_rights_have(order->till_rights[role], (TillRight)(right - RIGHT_N));
}

static void show(OfficeRightsPage *self, const Order *order)
{
	self->showing = true;
	for (Role role = 0; role < ROLE_N; role++)
		for (int right = 0; right < RIGHTS_ALL; right++)
			if (self->ticks[role][right] != NULL)
				gtk_check_button_set_active(self->ticks[role][right],
							    have(order, role, right));
	self->showing = false;
}

static void on_done(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeRightsPage) self = data;
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;

	if (!g_task_propagate_boolean(G_TASK(result), &error))
		text = office_desk_dup_trouble(error);
	if (self->desk == NULL)
		return;
	gtk_label_set_label(self->message, text != NULL ? text : "");
	show(self, g_task_get_task_data(G_TASK(result)));
}

static void run(OfficeRightsPage *self, bool change, Role role, int right, bool allowed)
{
	Order *order = g_new0(Order, 1);
	GTask *task = g_task_new(NULL, NULL, on_done, g_object_ref(self));

	*order = (Order){ .by = office_desk_get_person_id(self->desk),
			  .change = change,
			  .allowed = allowed,
			  .role = role,
			  .right = right };
	g_task_set_task_data(task, order, g_free);
	office_desk_run(self->desk, OFFICE_QUICK, task, order_job);
}

static void on_toggled(GtkCheckButton *tick, OfficeRightsPage *self)
{
	if (self->showing)
		return;
	for (Role role = 0; role < ROLE_N; role++)
		for (int right = 0; right < RIGHTS_ALL; right++)
			if (self->ticks[role][right] == tick)
				run(self, true, role, right, gtk_check_button_get_active(tick));
}

static void reload(GtkWidget *widget, const char *action, GVariant *parameter)
{
	run(OFFICE_RIGHTS_PAGE(widget), false, 0, 0, false);
}

/* --- the grid --- */

static void add_label(OfficeRightsPage *self, const char *text, int column, int row)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_xalign(GTK_LABEL(label), column == 0 ? 0 : 0.5F);
	gtk_label_set_wrap(GTK_LABEL(label), column == 0);
	gtk_grid_attach(self->grid, label, column, row, 1, 1);
}

static const char *title_of(int right)
{
	return right < RIGHT_N ? right_title((Right)right)
			       : till_right_title((TillRight)(right - RIGHT_N));
}

static void add_tick(OfficeRightsPage *self, Role role, int right, int row)
{
	GtkWidget *tick = gtk_check_button_new();
	/* Translators: a role and a right: "Manager: Change prices" */
	g_autofree char *name = g_strdup_printf(_("%s: %s"), role_title(role), title_of(right));

	gtk_widget_set_halign(tick, GTK_ALIGN_CENTER);
	gtk_widget_set_size_request(tick, 32, 32);
	gtk_accessible_update_property(GTK_ACCESSIBLE(tick), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
				       -1);
	gtk_grid_attach(self->grid, tick, 1 + (int)role, row, 1, 1);
	if (role == ROLE_ADMIN) {
		gtk_check_button_set_active(GTK_CHECK_BUTTON(tick), true);
		gtk_widget_set_sensitive(tick, false);
		return;
	}
	self->ticks[role][right] = GTK_CHECK_BUTTON(tick);
	g_signal_connect_object(tick, "toggled", G_CALLBACK(on_toggled), self, 0);
}

/* Rights [first, until) below a head of their own; gives the next row. */
static int fill_group(OfficeRightsPage *self, const char *head, int first, int until, int row)
{
	GtkWidget *label = gtk_label_new(head);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_widget_add_css_class(label, "heading");
	gtk_grid_attach(self->grid, label, 0, row, 1, 1);
	for (Role role = 0; role < ROLE_N; role++)
		add_label(self, role_title(role), 1 + (int)role, row);
	row++;
	for (int right = first; right < until; right++, row++) {
		add_label(self, title_of(right), 0, row);
		for (Role role = 0; role < ROLE_N; role++)
			add_tick(self, role, right, row);
	}
	return row;
}

static void fill_grid(OfficeRightsPage *self)
{
	int row = fill_group(self, _("In the office"), 0, RIGHT_N, 0);

	fill_group(self, _("At the tills"), RIGHT_N, RIGHTS_ALL, row);
}

/* --- life --- */

GtkWidget *office_rights_page_new(OfficeDesk *desk)
{
	OfficeRightsPage *self = g_object_new(OFFICE_TYPE_RIGHTS_PAGE, NULL);

	self->desk = desk;
	return GTK_WIDGET(self);
}

/* Read anew whenever it is looked at. */
static void map(GtkWidget *widget)
{
	GTK_WIDGET_CLASS(office_rights_page_parent_class)->map(widget);
	reload(widget, NULL, NULL);
}

static void dispose(GObject *object)
{
	OfficeRightsPage *self = OFFICE_RIGHTS_PAGE(object);
	GtkWidget *child;

	self->desk = NULL;
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_rights_page_parent_class)->dispose(object);
}

static void office_rights_page_class_init(OfficeRightsPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->map = map;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_install_action(widget_class, "page.reload", NULL, reload);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/rights_page.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeRightsPage, message);
	gtk_widget_class_bind_template_child(widget_class, OfficeRightsPage, grid);
}

static void office_rights_page_init(OfficeRightsPage *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
	fill_grid(self);
}
