/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/message_bar.h"

#include "pos/ui/text.h"

#include <glib/gi18n-lib.h>

struct _PosMessageBar {
	GtkBox parent_instance;

	/* template children, borrowed */
	GtkLabel *shape;
	GtkLabel *sentence;
	GtkLabel *detail;
	GtkWidget *accept;

	SessionTone tone;
};

G_DEFINE_FINAL_TYPE(PosMessageBar, pos_message_bar, GTK_TYPE_BOX)

static const struct {
	const char *shape;
	const char *classes[3];
} tones[] = {
	[SESSION_TONE_NONE] = { "", { "message" } },
	[SESSION_TONE_INFO] = { "●", { "message", "info" } },
	[SESSION_TONE_WARNING] = { "▲", { "message", "warning" } },
	[SESSION_TONE_STOP] = { "■", { "message", "stop" } },
};

/* Empty is a screen too: what to do next. */
static const char *next_sentence(const SessionView *view, bool paying)
{
	switch (paying ? SESSION_TENDERING : view->state) {
	case SESSION_LOCKED:
		return _("Type your PIN and press Enter.");
	case SESSION_SHIFT_CLOSED:
		return _("Count the cash in the drawer, type it and open the shift.");
	case SESSION_SELLING:
		if (view->is_return)
			return _("Leave out what stays with the shopper, then press Give back.");
		return view->totals.n_goods == 0
			       ? _("Scan the first goods, or type a code or a name.")
			       : _("Scan the next goods, or press Pay.");
	case SESSION_TENDERING:
		if (view->is_return)
			return _("A part is given back. Press Give back for the rest.");
		return _("Press the note the shopper gives, type an amount, or choose the card.");
	case SESSION_FISCALISING:
	case SESSION_REPORTING:
		return view->devices[SESSION_FISCAL].state != DEVICE_ABSENT
			       ? _("The registrar is printing. Scans wait until it is done.")
			       : _("The till is at work. Scans wait until it is done.");
	case SESSION_CARD_WORKING:
		return _("The card terminal is at work. Scans wait until it is done.");
	case SESSION_PAID:
		if (view->is_return)
			return _("The money goes back. The next scan begins the next receipt.");
		return view->totals.change.minor == 0
			       ? _("Paid. The next scan begins the next receipt.")
			       : _("Give the change. The next scan begins the next receipt.");
	default:
		return "";
	}
}

static char *dup_next_step(const SessionView *view, bool paying)
{
	g_autofree char *sum = NULL;

	if (view->state == SESSION_SELLING && view->weighing && !paying)
		return g_strdup_printf(_("Put %s on the scale."), view->weighing_name);
	if (view->state != SESSION_CARD_ASKED)
		return g_strdup(next_sentence(view, paying));
	sum = text_money(view->card_asked);
	if (view->card_unknown)
		return g_strdup_printf(
			_("It is not known whether the card was charged %s. Keep the "
			  "goods here."),
			sum);
	if (view->card_back)
		return g_strdup_printf(
			_("Give %s back on the card terminal and say here how it went."), sum);
	return g_strdup_printf(_("Type %s on the card terminal and say here how it went."), sum);
}

/* The notice below keeps what needs a person; a scan that it refused is told here. */
static char *dup_said(const SessionView *view)
{
	bool is_note = view->state == SESSION_NEEDS_ATTENTION && *view->message_detail != '\0';

	return g_strdup(is_note ? view->message_detail : view->message);
}

/* The registrar waits for a manager, and nothing else is to be told. */
static bool tells_of_registrar(const SessionView *view)
{
	return (view->actions & SESSION_CAN_ACCEPT) != 0 && view->tone == SESSION_TONE_NONE &&
	       view->devices[SESSION_FISCAL].state == DEVICE_DOWN;
}

static void show_accept(PosMessageBar *self, const SessionView *view)
{
	bool shown =
		view->state != SESSION_NEEDS_ATTENTION && (view->actions & SESSION_CAN_ACCEPT) != 0;

	if (gtk_widget_get_visible(self->accept) != shown)
		gtk_widget_set_visible(self->accept, shown);
}

static void set_tone(PosMessageBar *self, SessionTone tone)
{
	if (tone == self->tone)
		return;
	self->tone = tone;
	gtk_widget_set_css_classes(GTK_WIDGET(self), (const char **)tones[tone].classes);
	gtk_label_set_label(self->shape, tones[tone].shape);
	gtk_widget_set_visible(GTK_WIDGET(self->shape), tone != SESSION_TONE_NONE);
}

void pos_message_bar_show_view(PosMessageBar *self, const SessionView *view, bool paying)
{
	bool speaks = view->tone != SESSION_TONE_NONE && *view->message != '\0';
	g_autofree char *sentence = speaks ? dup_said(view) : dup_next_step(view, paying);
	SessionTone tone = speaks ? view->tone : SESSION_TONE_NONE;
	bool repeats = strstr(sentence, view->message_detail) != NULL;

	show_accept(self, view);
	if (tells_of_registrar(view)) {
		g_free(sentence);
		sentence = session_dup_device_fault(SESSION_FISCAL,
						    view->devices[SESSION_FISCAL].fault);
		tone = SESSION_TONE_WARNING;
	}
	set_tone(self, tone);
	gtk_label_set_label(self->sentence, sentence);
	gtk_label_set_label(self->detail, speaks && !repeats ? view->message_detail : "");
}

void pos_message_bar_show_step(PosMessageBar *self, const char *step)
{
	set_tone(self, SESSION_TONE_NONE);
	gtk_label_set_label(self->sentence, step);
	gtk_label_set_label(self->detail, "");
}

static void pos_message_bar_init(PosMessageBar *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
}

static void pos_message_bar_class_init(PosMessageBarClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/till/message_bar.ui");
	gtk_widget_class_bind_template_child(widget_class, PosMessageBar, shape);
	gtk_widget_class_bind_template_child(widget_class, PosMessageBar, sentence);
	gtk_widget_class_bind_template_child(widget_class, PosMessageBar, detail);
	gtk_widget_class_bind_template_child(widget_class, PosMessageBar, accept);
}
