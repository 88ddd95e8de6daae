/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/window.h"

#include "backoffice/ui/audit_page.h"
#include "backoffice/ui/cases_page.h"
#include "backoffice/ui/counts_page.h"
#include "backoffice/ui/documents_page.h"
#include "backoffice/ui/goods_page.h"
#include "backoffice/ui/label_page.h"
#include "backoffice/ui/login_page.h"
#include "backoffice/ui/money_page.h"
#include "backoffice/ui/my_work_page.h"
#include "backoffice/ui/people_page.h"
#include "backoffice/ui/prices_page.h"
#include "backoffice/ui/recipes_page.h"
#include "backoffice/ui/report_page.h"
#include "backoffice/ui/report_printers.h"
#include "backoffice/ui/rights_page.h"
#include "backoffice/ui/stock_page.h"
#include "backoffice/ui/suppliers_page.h"
#include "backoffice/ui/today_page.h"
#include "backoffice/ui/unseen.h"

#include <glib/gi18n-lib.h>

struct _OfficeWindow {
	GtkApplicationWindow parent_instance;

	/* template children, borrowed */
	GtkStack *stack;
	OfficeLoginPage *login;
	GtkStack *pages;
	GtkStackSidebar *sidebar;
	GtkLabel *shop, *person;

	OfficeDesk *desk; /* borrowed */
};

G_DEFINE_FINAL_TYPE(OfficeWindow, office_window, GTK_TYPE_APPLICATION_WINDOW)

/* The sidebar of GTK 4.8 asks pages that are gone already for their handlers: it looks away until
 * the next person's pages are there. */
static void remove_pages(OfficeWindow *self)
{
	GtkWidget *page;

	gtk_stack_sidebar_set_stack(self->sidebar, NULL);
	while ((page = gtk_widget_get_first_child(GTK_WIDGET(self->pages))) != NULL)
		gtk_stack_remove(self->pages, page);
}

/* Seen from whatever page is open. */
static void on_counted(OfficeCasesPage *page, guint n, OfficeWindow *self)
{
	GtkStackPage *entry = gtk_stack_get_page(self->pages, GTK_WIDGET(page));
	g_autofree char *number = number_text_integer(office_desk_get_style(self->desk), n);
	/* Translators: a page's name in the list of pages, and how many things are on it. */
	g_autofree char *title = g_strdup_printf(_("To look after (%s)"), number);

	gtk_stack_page_set_title(entry, n > 0 ? title : _("To look after"));
	gtk_stack_page_set_needs_attention(entry, n > 0);
}

/* The pages in their order, and who sees them: whoever has one of the rights. */
#define BIT(right) (UINT32_C(1) << (right))
#define EVERYBODY (UINT32_C(1) << 31)
G_STATIC_ASSERT(RIGHT_N <= 31);
#define DOCUMENT_RIGHTS                                                                            \
	(BIT(RIGHT_RECEIVE) | BIT(RIGHT_ORDER) | BIT(RIGHT_WRITE_OFF) | BIT(RIGHT_TRANSFER) |      \
	 BIT(RIGHT_REVALUE) | BIT(RIGHT_PRODUCE) | BIT(RIGHT_POST) | BIT(RIGHT_REVERSE))
static const struct {
	const char *name, *title;
	guint key; /* with Alt; VoidSymbol from the first page on that has none */
	Rights rights; /* 0: whoever has any; EVERYBODY: those too who have none */
	GtkWidget *(*new)(OfficeDesk *desk);
} pages[] = {
	{ "today", N_("Today"), GDK_KEY_t, BIT(RIGHT_SEE_REPORTS), office_today_page_new },
	{ "goods", N_("Goods"), GDK_KEY_1, 0, office_goods_page_new },
	{ "receiving", N_("Receiving"), GDK_KEY_4, BIT(RIGHT_RECEIVE), office_receiving_page_new },
	{ "documents", N_("Documents"), GDK_KEY_5, DOCUMENT_RIGHTS, office_documents_page_new },
	{ "stock", N_("Stock"), GDK_KEY_7, 0, office_stock_page_new },
	{ "counts", N_("Counting"), GDK_KEY_6, BIT(RIGHT_COUNT), office_counts_page_new },
	{ "recipes", N_("Recipes"), GDK_KEY_0, BIT(RIGHT_PRODUCE), office_recipes_page_new },
	{ "prices", N_("Prices"), GDK_KEY_8, BIT(RIGHT_CHANGE_PRICE) | BIT(RIGHT_SETTINGS),
	  office_prices_page_new },
	{ "labels", N_("Labels"), GDK_KEY_9, BIT(RIGHT_PRINT_LABELS) | BIT(RIGHT_DESIGN_LABELS),
	  office_label_page_new },
	{ "reports", N_("Reports"), GDK_KEY_2, BIT(RIGHT_SEE_REPORTS), office_report_page_new },
	{ "suppliers", N_("Suppliers"), GDK_KEY_s,
	  BIT(RIGHT_SUPPLIERS) | BIT(RIGHT_ORDER) | BIT(RIGHT_SEE_DEBTS),
	  office_suppliers_page_new },
	{ "cases", N_("To look after"), GDK_KEY_3, BIT(RIGHT_LOOK_AFTER), office_cases_page_new },
	{ "money", N_("Money"), GDK_KEY_m, BIT(RIGHT_SEE_MONEY), office_money_page_new },
	{ "people", N_("People"), GDK_KEY_p,
	  BIT(RIGHT_PEOPLE) | BIT(RIGHT_HOURS) | BIT(RIGHT_PLAN) | BIT(RIGHT_SEE_PAY) |
		  BIT(RIGHT_PAY_RULES),
	  office_people_page_new },
	{ "my-work", N_("My work"), GDK_KEY_w, EVERYBODY, office_my_work_page_new },
	{ "report-printers", N_("Printers of reports"), GDK_KEY_VoidSymbol, BIT(RIGHT_SETTINGS),
	  office_report_printers_new },
	{ "audit", N_("Changes"), GDK_KEY_VoidSymbol, BIT(RIGHT_SEE_AUDIT), office_audit_page_new },
	{ "rights", N_("Rights"), GDK_KEY_VoidSymbol, BIT(RIGHT_PEOPLE), office_rights_page_new },
};

static void add_page(OfficeWindow *self, size_t i)
{
	GtkWidget *page = pages[i].new(self->desk);

	gtk_stack_add_titled(self->pages, page, pages[i].name,
			     g_dgettext(GETTEXT_PACKAGE, pages[i].title));
	if (!OFFICE_IS_CASES_PAGE(page))
		return;
	g_signal_connect_object(page, "counted", G_CALLBACK(on_counted), self, 0);
	office_cases_page_start(OFFICE_CASES_PAGE(page));
}

static bool may_any(const OfficeWindow *self, Rights needed)
{
	for (Right right = 0; right < RIGHT_N; right++)
		if (rights_have(needed, right) && office_desk_may(self->desk, right))
			return true;
	return false;
}

static bool may_see(const OfficeWindow *self, size_t i)
{
	return pages[i].rights == EVERYBODY ||
	       may_any(self, pages[i].rights != 0 ? pages[i].rights : ~EVERYBODY);
}

/* What a page wants the focus on may not be there yet, or instead of it stands why not; keys have
 * to go somewhere that is seen. */
static void focus_page(OfficeWindow *self)
{
	GtkWidget *focus;

	gtk_widget_grab_focus(gtk_stack_get_visible_child(self->pages));
	focus = gtk_window_get_focus(GTK_WINDOW(self));
	if (focus == NULL || !gtk_widget_get_mapped(focus))
		gtk_widget_child_focus(GTK_WIDGET(self->sidebar), GTK_DIR_TAB_FORWARD);
}

static void on_logged_in(OfficeLoginPage *login, OfficeWindow *self)
{
	remove_pages(self);
	gtk_label_set_label(self->person, office_desk_get_person_name(self->desk));
	gtk_label_set_label(self->shop, office_desk_get_shop(self->desk)->name);
	for (size_t i = 0; i < G_N_ELEMENTS(pages); i++)
		if (may_see(self, i))
			add_page(self, i);
	gtk_stack_sidebar_set_stack(self->sidebar, self->pages);
	office_unseen_leave_out(self->pages);
	gtk_stack_set_visible_child_name(self->stack, "office");
	focus_page(self);
}

static void log_out(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeWindow *self = OFFICE_WINDOW(widget);

	gtk_stack_set_visible_child_name(self->stack, "login");
	remove_pages(self);
	gtk_widget_grab_focus(GTK_WIDGET(self->login));
}

static void show_page(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeWindow *self = OFFICE_WINDOW(widget);
	const char *name = g_variant_get_string(parameter, NULL);

	if (gtk_stack_get_child_by_name(self->pages, name) == NULL)
		return;
	gtk_stack_set_visible_child_name(self->pages, name);
	focus_page(self);
}

/* A kind of report, its first and its last day. */
static void show_report(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeWindow *self = OFFICE_WINDOW(widget);
	GtkWidget *page = gtk_stack_get_child_by_name(self->pages, "reports");
	int from, to;
	const char *kind;

	if (page == NULL)
		return;
	g_variant_get(parameter, "(&sii)", &kind, &from, &to);
	office_report_page_show(OFFICE_REPORT_PAGE(page), kind, from, to);
	gtk_widget_activate_action(widget, "office.show", "s", "reports");
}

static void open_document(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeWindow *self = OFFICE_WINDOW(widget);
	GtkWidget *page = gtk_stack_get_child_by_name(self->pages, "documents");

	if (page == NULL)
		return;
	gtk_widget_activate_action(widget, "office.show", "s", "documents");
	office_documents_page_open(OFFICE_DOCUMENTS_PAGE(page), g_variant_get_int64(parameter));
}

/* --- keys --- */

/* What the page that is seen does, wherever the focus is. */
static const struct {
	guint key;
	GdkModifierType modifiers;
	const char *action; /* as g_action_parse_detailed_name() reads it */
} keys[] = {
	{ GDK_KEY_F5, 0, "page.reload" },
	{ GDK_KEY_f, GDK_CONTROL_MASK, "page.find" },
	{ GDK_KEY_Left, GDK_ALT_MASK, "page.move-day(-1)" },
	{ GDK_KEY_Right, GDK_ALT_MASK, "page.move-day(1)" },
	{ GDK_KEY_Up, GDK_ALT_MASK, "page.up" },
	{ GDK_KEY_Home, GDK_ALT_MASK, "page.today" },
	{ GDK_KEY_d, GDK_CONTROL_MASK, "page.period" },
	{ GDK_KEY_e, GDK_CONTROL_MASK, "page.narrow" },
	{ GDK_KEY_l, GDK_CONTROL_MASK, "page.list" },
	{ GDK_KEY_s, GDK_CONTROL_MASK, "page.save::pdf" },
	{ GDK_KEY_p, GDK_CONTROL_MASK, "page.print" },
	{ GDK_KEY_n, GDK_CONTROL_MASK, "page.new" },
	{ GDK_KEY_F4, 0, "page.edit" },
	{ GDK_KEY_F6, 0, "page.head" },
	{ GDK_KEY_F7, 0, "page.labels" },
	{ GDK_KEY_F8, 0, "page.note" },
	{ GDK_KEY_F11, 0, "page.print-day" },
	{ GDK_KEY_F12, 0, "page.post" },
	{ GDK_KEY_Escape, 0, "page.back" },
};

static gboolean on_key(GtkWidget *widget, GVariant *args, void *data)
{
	OfficeWindow *self = OFFICE_WINDOW(widget);
	GtkWidget *page = gtk_stack_get_visible_child(self->pages);
	g_autoptr(GVariant) target = NULL;
	g_autofree char *name = NULL;
	const char *action;

	g_variant_get(args, "(&s)", &action);
	if (page == NULL || !gtk_widget_get_mapped(page) ||
	    !g_action_parse_detailed_name(action, &name, &target, NULL))
		return false;
	return gtk_widget_activate_action_variant(page, name, target);
}

static void add_keys(GtkWidgetClass *klass)
{
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		gtk_widget_class_add_binding(klass, keys[i].key, keys[i].modifiers, on_key, "(s)",
					     keys[i].action);
	for (size_t i = 0; i < G_N_ELEMENTS(pages) && pages[i].key != GDK_KEY_VoidSymbol; i++)
		gtk_widget_class_add_binding_action(klass, pages[i].key, GDK_ALT_MASK,
						    "office.show", "s", pages[i].name);
	gtk_widget_class_add_binding_action(klass, GDK_KEY_F9, 0, "office.log-out", NULL);
}

/* A small screen is used up; on a large one the window can be made smaller. */
static void fill_screen(GtkWindow *self)
{
	GListModel *monitors = gdk_display_get_monitors(gdk_display_get_default());
	g_autoptr(GdkMonitor) monitor = g_list_model_get_item(monitors, 0);
	GdkRectangle area = { .width = 1024, .height = 768 };

	if (monitor != NULL)
		gdk_monitor_get_geometry(monitor, &area);
	gtk_window_set_default_size(self, area.width, area.height);
	gtk_window_maximize(self);
}

GtkWidget *office_window_new(GtkApplication *app, OfficeDesk *desk)
{
	OfficeWindow *self = g_object_new(OFFICE_TYPE_WINDOW, "application", app, NULL);

	self->desk = desk;
	fill_screen(GTK_WINDOW(self));
	office_login_page_set_desk(self->login, desk);
	gtk_label_set_label(self->shop, office_desk_get_shop(desk)->name);
	gtk_widget_grab_focus(GTK_WIDGET(self->login));
	return GTK_WIDGET(self);
}

static void office_window_class_init(OfficeWindowClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	gtk_widget_class_install_action(widget_class, "office.log-out", NULL, log_out);
	gtk_widget_class_install_action(widget_class, "office.show", "s", show_page);
	gtk_widget_class_install_action(widget_class, "office.report", "(sii)", show_report);
	gtk_widget_class_install_action(widget_class, "office.open-document", "x", open_document);
	add_keys(widget_class);
	gtk_widget_class_set_template_from_resource(widget_class, "/shop/baraa/office/window.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeWindow, stack);
	gtk_widget_class_bind_template_child(widget_class, OfficeWindow, login);
	gtk_widget_class_bind_template_child(widget_class, OfficeWindow, pages);
	gtk_widget_class_bind_template_child(widget_class, OfficeWindow, sidebar);
	gtk_widget_class_bind_template_child(widget_class, OfficeWindow, shop);
	gtk_widget_class_bind_template_child(widget_class, OfficeWindow, person);
	gtk_widget_class_bind_template_callback(widget_class, on_logged_in);
}

static void office_window_init(OfficeWindow *self)
{
	g_type_ensure(OFFICE_TYPE_LOGIN_PAGE);
	gtk_widget_init_template(GTK_WIDGET(self));
}
