/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/scan_bar.h"

#include <glib/gi18n-lib.h>

struct _OfficeScanBar {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkWidget *card;
	GtkLabel *name, *detail, *amount, *expected, *prompt, *message;
	GtkEntry *entry;

	OfficePrompt asked;
	bool fresh; /* what stands in the field was put there: typing takes its place */
};

G_DEFINE_FINAL_TYPE(OfficeScanBar, office_scan_bar, GTK_TYPE_WIDGET)

static guint entered_signal;

static const char *const prompts[OFFICE_N_PROMPTS] = {
	[OFFICE_PROMPT_CODE] = N_("Scan, or type a code or a name"),
	[OFFICE_PROMPT_QUANTITY] = N_("How much, or scan the next"),
	[OFFICE_PROMPT_DAY] = N_("Expires on: 281226"),
	[OFFICE_PROMPT_SERIAL] = N_("Scan its serial number"),
};

static const char *const card_classes[] = { NULL, "scan-green", "scan-amber", "scan-red" };
static const char *const note_classes[] = { NULL, "green", "amber", "red" };

static void set_class(GtkWidget *widget, const char *const classes[static 4], OfficeTone tone)
{
	for (int i = OFFICE_GREEN; i <= OFFICE_RED; i++)
		gtk_widget_remove_css_class(widget, classes[i]);
	if (tone != OFFICE_PLAIN)
		gtk_widget_add_css_class(widget, classes[tone]);
}

void office_scan_bar_ask(OfficeScanBar *self, OfficePrompt prompt, const char *preset)
{
	const char *text = g_dgettext(GETTEXT_PACKAGE, prompts[prompt]);

	self->asked = prompt;
	gtk_label_set_label(self->prompt, text);
	gtk_accessible_update_property(GTK_ACCESSIBLE(self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       text, -1);
	gtk_editable_set_text(GTK_EDITABLE(self->entry), preset);
	if (gtk_widget_get_mapped(GTK_WIDGET(self->entry)))
		gtk_widget_grab_focus(GTK_WIDGET(self->entry));
	gtk_editable_select_region(GTK_EDITABLE(self->entry), 0, -1);
	self->fresh = true;
}

/* Under X11 a field forgets what is chosen in it when another claims the primary selection, its own
 * claim of a moment ago included. What was put there is chosen once more before it is typed over.
 */
static gboolean on_key(GtkEventControllerKey *controller, guint key, guint code,
		       GdkModifierType state, OfficeScanBar *self)
{
	bool plain = (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) == 0;

	if (gdk_key_event_is_modifier(
		    gtk_event_controller_get_current_event(GTK_EVENT_CONTROLLER(controller))))
		return false;
	if (self->fresh && plain &&
	    (g_unichar_isprint(gdk_keyval_to_unicode(key)) || key == GDK_KEY_BackSpace ||
	     key == GDK_KEY_Delete))
		gtk_editable_select_region(GTK_EDITABLE(self->entry), 0, -1);
	self->fresh = false;
	return false;
}

static void on_pressed(GtkGestureClick *gesture, int n, double x, double y, OfficeScanBar *self)
{
	self->fresh = false;
}

static void watch_typing(OfficeScanBar *self)
{
	GtkEventController *keys = gtk_event_controller_key_new();
	GtkGesture *click = gtk_gesture_click_new();

	gtk_event_controller_set_propagation_phase(keys, GTK_PHASE_CAPTURE);
	gtk_event_controller_set_propagation_phase(GTK_EVENT_CONTROLLER(click), GTK_PHASE_CAPTURE);
	g_signal_connect(keys, "key-pressed", G_CALLBACK(on_key), self);
	g_signal_connect(click, "pressed", G_CALLBACK(on_pressed), self);
	gtk_widget_add_controller(GTK_WIDGET(self->entry), keys);
	gtk_widget_add_controller(GTK_WIDGET(self->entry), GTK_EVENT_CONTROLLER(click));
}

OfficePrompt office_scan_bar_get_prompt(OfficeScanBar *self)
{
	return self->asked;
}

void office_scan_bar_light(OfficeScanBar *self, const char *name, const char *detail,
			   const char *amount, const char *expected, OfficeTone tone)
{
	gtk_label_set_label(self->name, name);
	gtk_label_set_label(self->detail, detail);
	gtk_label_set_label(self->amount, amount);
	gtk_label_set_label(self->expected, expected);
	set_class(self->card, card_classes, tone);
}

void office_scan_bar_darken(OfficeScanBar *self)
{
	office_scan_bar_light(self, "", "", "", "", OFFICE_PLAIN);
	office_scan_bar_ask(self, OFFICE_PROMPT_CODE, "");
}

void office_scan_bar_show_card(OfficeScanBar *self, bool shown)
{
	gtk_widget_set_visible(self->card, shown);
}

void office_scan_bar_say(OfficeScanBar *self, OfficeTone tone, const char *text)
{
	gtk_label_set_label(self->message, text);
	set_class(GTK_WIDGET(self->message), note_classes, *text != '\0' ? tone : OFFICE_PLAIN);
}

GtkWidget *office_scan_bar_get_field(OfficeScanBar *self)
{
	return GTK_WIDGET(gtk_editable_get_delegate(GTK_EDITABLE(self->entry)));
}

static void on_activate(GtkEntry *entry, OfficeScanBar *self)
{
	g_autofree char *text =
		g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->entry))));

	g_signal_emit(self, entered_signal, 0, text);
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_SCAN_BAR(widget)->entry));
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_scan_bar_parent_class)->dispose(object);
}

static void office_scan_bar_class_init(OfficeScanBarClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	entered_signal = g_signal_new("entered", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0,
				      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class, "/shop/baraa/office/scan_bar.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeScanBar, card);
	gtk_widget_class_bind_template_child(widget_class, OfficeScanBar, name);
	gtk_widget_class_bind_template_child(widget_class, OfficeScanBar, detail);
	gtk_widget_class_bind_template_child(widget_class, OfficeScanBar, amount);
	gtk_widget_class_bind_template_child(widget_class, OfficeScanBar, expected);
	gtk_widget_class_bind_template_child(widget_class, OfficeScanBar, prompt);
	gtk_widget_class_bind_template_child(widget_class, OfficeScanBar, message);
	gtk_widget_class_bind_template_child(widget_class, OfficeScanBar, entry);
	gtk_widget_class_bind_template_callback(widget_class, on_activate);
}

static void office_scan_bar_init(OfficeScanBar *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
	watch_typing(self);
	office_scan_bar_ask(self, OFFICE_PROMPT_CODE, "");
}
