/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/label_check.h"

#include "backoffice/label/label_job.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/label_run.h"
#include "backoffice/ui/label_scan.h"

#include <glib/gi18n-lib.h>

typedef enum { TAG_NONE, TAG_RIGHT, TAG_WRONG } TagTone;

struct _OfficeLabelCheck {
	GtkWidget parent_instance;

	/* template children, borrowed */
	OfficeLabelScan *scan;
	GtkWidget *card, *add;
	GtkLabel *name, *verdict, *added;

	LabelData *data; /* owned; words of the tag that is shown; NULL: none, or it cannot be
			    printed */
	LabelWish wish; /* where there are words */

	/* borrowed */
	OfficeDesk *desk;
	OfficeLabelPrint *print;

	guint round; /* of scans: an answer to an older one is not shown */
};

G_DEFINE_FINAL_TYPE(OfficeLabelCheck, office_label_check, GTK_TYPE_WIDGET)

static void show_tag(OfficeLabelCheck *self, TagTone tone, const char *name, const char *verdict)
{
	static const char *const fills[] = { [TAG_RIGHT] = "green", [TAG_WRONG] = "amber" };
	static const char *const edges[] = {
		[TAG_RIGHT] = "scan-green", [TAG_WRONG] = "scan-amber"
	};

	for (TagTone other = TAG_RIGHT; other <= TAG_WRONG; other++) {
		void (*set)(GtkWidget *, const char *) =
			other == tone ? gtk_widget_add_css_class : gtk_widget_remove_css_class;

		set(self->card, fills[other]);
		set(self->card, edges[other]);
	}
	gtk_label_set_label(self->name, name);
	gtk_label_set_label(self->verdict, verdict);
	gtk_label_set_label(self->added, "");
	gtk_widget_set_sensitive(self->add, self->data != NULL);
}

static void forget(OfficeLabelCheck *self)
{
	self->round++;
	g_clear_pointer(&self->data, g_hash_table_unref);
}

static void show_trouble(OfficeLabelCheck *self, const GError *error)
{
	g_autofree char *text = label_run_dup_trouble(error, "");

	show_tag(self, TAG_WRONG, "", text);
}

/* --- one tag ------------------------------------------------------------------------------- */

typedef struct {
	int64_t shop_id;
	LabelWish wish;
	guint round;
	bool right;
	char *verdict; /* owned; NULL where it is as it should be */
	LabelData *data; /* owned; NULL where it cannot be printed */
} Check;

static void check_free(void *data)
{
	Check *self = data;

	g_free(self->verdict);
	g_clear_pointer(&self->data, g_hash_table_unref);
	g_free(self);
}

/* What cannot be printed any more still has a verdict. */
static bool check_work(Store *store, void *data, GError **error)
{
	Check *self = data;
	GError *failed = NULL;

	self->verdict = label_check_tag(store, self->shop_id, self->wish.item_id, &failed);
	if (failed != NULL) {
		g_propagate_error(error, failed);
		return false;
	}
	self->right = self->verdict == NULL;
	self->data = label_data_new(store, self->shop_id, &self->wish, &failed);
	if (failed != NULL && !g_error_matches(failed, LABEL_ERROR, LABEL_ERROR_GONE)) {
		g_propagate_error(error, failed);
		return false;
	}
	g_clear_error(&failed);
	return true;
}

static void on_checked(GtkWidget *widget, void *data, const GError *error)
{
	OfficeLabelCheck *self = OFFICE_LABEL_CHECK(widget);
	Check *check = data;
	const char *name;

	if (check->round != self->round)
		return;
	if (error != NULL) {
		show_trouble(self, error);
		return;
	}
	self->data = g_steal_pointer(&check->data);
	self->wish = check->wish;
	name = self->data != NULL ? g_hash_table_lookup(self->data, "name") : NULL;
	show_tag(self, check->right ? TAG_RIGHT : TAG_WRONG, name != NULL ? name : "",
		 check->right ? _("● As at the till") : check->verdict);
}

/* Of a pack's barcode too: tags are kept in mind of single ones. */
static void ask_tag(OfficeLabelCheck *self, int64_t item_id)
{
	Check *check = g_new0(Check, 1);

	check->shop_id = office_desk_get_shop(self->desk)->id;
	check->wish = (LabelWish){ .item_id = item_id, .copies = 1 };
	check->round = self->round;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), check_work, check, check_free,
		   on_checked);
}

static void on_found(const LabelLooked *looked, const GError *error, void *data)
{
	OfficeLabelCheck *self = data;

	forget(self);
	if (error != NULL)
		show_trouble(self, error);
	else if (looked != NULL)
		ask_tag(self, looked->wish.item_id);
	else
		show_tag(self, TAG_WRONG, "",
			 _("No goods have this code: take the tag off, or enter the code with its "
			   "goods."));
}

/* --- verbs --------------------------------------------------------------------------------- */

void office_label_check_find(OfficeLabelCheck *self)
{
	gtk_widget_grab_focus(GTK_WIDGET(self->scan));
}

void office_label_check_add(OfficeLabelCheck *self)
{
	if (self->data == NULL)
		return;
	office_label_print_add(self->print, &self->wish, self->data);
	gtk_label_set_label(self->added, _("It is among what is to be printed."));
	office_label_check_find(self);
}

/* --- life ---------------------------------------------------------------------------------- */

void office_label_check_set_desk(OfficeLabelCheck *self, OfficeDesk *desk, OfficeLabelPrint *print)
{
	self->desk = desk;
	self->print = print;
	office_label_scan_set_desk(self->scan, desk, on_found, self);
	office_label_scan_set_words(self->scan, _("Tag to check"),
				    _("Scan the tags on the shelf, one after another (Ctrl+F)"));
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_LABEL_CHECK(widget)->scan));
}

static void dispose(GObject *object)
{
	OfficeLabelCheck *self = OFFICE_LABEL_CHECK(object);
	GtkWidget *child;

	if (self->scan != NULL) /* a look-up under way may outlive us */
		office_label_scan_set_desk(self->scan, NULL, NULL, NULL);
	self->scan = NULL;
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	g_clear_pointer(&self->data, g_hash_table_unref);
	G_OBJECT_CLASS(office_label_check_parent_class)->dispose(object);
}

static void office_label_check_class_init(OfficeLabelCheckClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/label_check.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeLabelCheck, scan);
	gtk_widget_class_bind_template_child(widget_class, OfficeLabelCheck, card);
	gtk_widget_class_bind_template_child(widget_class, OfficeLabelCheck, add);
	gtk_widget_class_bind_template_child(widget_class, OfficeLabelCheck, name);
	gtk_widget_class_bind_template_child(widget_class, OfficeLabelCheck, verdict);
	gtk_widget_class_bind_template_child(widget_class, OfficeLabelCheck, added);
	gtk_widget_class_bind_template_callback(widget_class, office_label_check_add);
}

static void office_label_check_init(OfficeLabelCheck *self)
{
	g_type_ensure(OFFICE_TYPE_LABEL_SCAN);
	gtk_widget_init_template(GTK_WIDGET(self));
}
