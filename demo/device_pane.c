/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/device_pane.h"

#include "base/language.h"
#include "demo/follow.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_KG 15

/* Whose cable can be pulled; those that the shop has. */
static const struct {
	const char *device, *name;
} cables[] = {
	{ "registrar", N_("Fiscal registrar") }, { "printer", N_("Receipt printer") },
	{ "display", N_("Customer display") },	 { "scale", N_("Scale") },
	{ "terminal", N_("Card terminal") },
};

enum { N_CABLES = G_N_ELEMENTS(cables) };

struct DevicePane {
	const Place *place; /* borrowed */
	GPtrArray *followers; /* owned */

	/* borrowed: the window owns them */
	GtkWidget *box;
	GtkLabel *weight, *card;
	GtkToggleButton *cables[N_CABLES];
};

/* --- the scale ----------------------------------------------------------------------------------
 */

/* "1.234" or "1,234", of kilograms; the scale is told grams. */
static bool parse_kilograms(const char *text, Quantity *ret)
{
	g_autofree char *plain = g_strdelimit(g_strstrip(g_strdup(text)), ",", '.');

	return quantity_parse_decimal(plain, ret) && ret->micro >= 0 &&
	       ret->micro <= MAX_KG * QUANTITY_ONE;
}

static void on_weight_typed(GtkEntry *entry, DevicePane *self)
{
	const char *text = gtk_editable_get_text(GTK_EDITABLE(entry));
	g_autofree char *line = NULL;
	Quantity weight;

	if (!parse_kilograms(text, &weight)) {
		gtk_widget_add_css_class(GTK_WIDGET(entry), "error");
		return;
	}
	gtk_widget_remove_css_class(GTK_WIDGET(entry), "error");
	line = g_strdup_printf("put %" G_GINT64_FORMAT ".%03d", weight.micro / 1000,
			       (int)(weight.micro % 1000));
	place_say(self->place, "scale", line);
}

static void on_put(GtkButton *button, GtkEntry *entry)
{
	g_signal_emit_by_name(entry, "activate");
}

static GtkWidget *free_weight_new(DevicePane *self)
{
	GtkWidget *row = row_new();
	GtkWidget *entry = gtk_entry_new();
	GtkWidget *put = gtk_button_new_with_label(_("Put on the scale"));

	gtk_entry_set_placeholder_text(GTK_ENTRY(entry), language_unit_name(UNIT_KILOGRAM));
	gtk_entry_set_input_purpose(GTK_ENTRY(entry), GTK_INPUT_PURPOSE_NUMBER);
	gtk_editable_set_width_chars(GTK_EDITABLE(entry), 6);
	set_accessible_name(entry, _("Weight in kilograms"));
	g_signal_connect(entry, "activate", G_CALLBACK(on_weight_typed), self);
	g_signal_connect(put, "clicked", G_CALLBACK(on_put), entry);
	gtk_box_append(GTK_BOX(row), entry);
	gtk_box_append(GTK_BOX(row), put);
	return row;
}

static GtkWidget *weights_new(DevicePane *self)
{
	GtkWidget *row = row_new();
	const Place *place = self->place;

	gtk_box_append(GTK_BOX(row), control_button_new(place, "scale", "clear", _("0 kg")));
	gtk_box_append(GTK_BOX(row), control_button_new(place, "scale", "put 350", _("0.350 kg")));
	gtk_box_append(GTK_BOX(row), control_button_new(place, "scale", "put 742", _("0.742 kg")));
	gtk_box_append(GTK_BOX(row), control_button_new(place, "scale", "put 1234", _("1.234 kg")));
	return row;
}

static void on_scale_line(const char *line, void *data)
{
	DevicePane *self = data;
	const char *text = log_after(line, "-- settled at ");
	g_autofree char *label = NULL;
	int64_t mg;

	if (text == NULL)
		return;
	mg = g_ascii_strtoll(text, NULL, 10);
	/* Translators: whole kilograms and grams that lie on the scale */
	label = g_strdup_printf(_("On the scale: %d.%03d kg"), (int)(mg / 1000000),
				(int)(mg / 1000 % 1000));
	gtk_label_set_label(self->weight, label);
}

/* --- the card terminal ---------------------------------------------------------------------------
 */

/* What its log says, and what that means to the shopper. %s is the amount. */
static const struct {
	const char *mark, *sentence;
} card_states[] = {
	{ "ASKED|", N_("A card is awaited for %s") },
	{ "CHARGE|", N_("%s was paid") },
	{ "DECLINED|", N_("%s was declined") },
	{ "CANCELLED|", N_("The shopper walked away: %s was not paid") },
	{ "REVERSED|", N_("%s was given back") },
	{ "control: hold", N_("The shopper takes their time until you press") },
	{ "control: approve", N_("Cards are approved after two seconds") },
	{ "control: decline", N_("The next card is declined") },
	{ "control: cancel", N_("The next shopper walks away") },
};

static char *card_sentence_new(const char *sentence, const char *amount)
{
	g_autofree char *sum = g_strndup(amount, strcspn(amount, "|"));
	g_auto(GStrv) parts = g_strsplit(_(sentence), "%s", 2);

	return g_strjoinv(sum, parts);
}

static void on_terminal_line(const char *line, void *data)
{
	DevicePane *self = data;

	for (size_t i = 0; i < G_N_ELEMENTS(card_states); i++) {
		const char *amount = log_after(line, card_states[i].mark);

		if (amount != NULL) {
			g_autofree char *text = card_sentence_new(card_states[i].sentence, amount);

			gtk_label_set_label(self->card, text);
			return;
		}
	}
}

static GtkWidget *card_row_new(const Place *place)
{
	GtkWidget *row = row_new();

	gtk_box_append(GTK_BOX(row), control_button_new(place, "terminal", "hold", _("Wait")));
	gtk_box_append(GTK_BOX(row),
		       control_button_new(place, "terminal", "approve", _("Approve")));
	gtk_box_append(GTK_BOX(row),
		       control_button_new(place, "terminal", "decline", _("Decline")));
	gtk_box_append(GTK_BOX(row),
		       control_button_new(place, "terminal", "cancel", _("Walk away")));
	return row;
}

/* --- the cables ----------------------------------------------------------------------------------
 */

static int find_cable(const DevicePane *self, GtkToggleButton *button)
{
	for (int i = 0; i < N_CABLES; i++)
		if (self->cables[i] == button)
			return i;
	g_assert_not_reached();
}

static void on_cable(GtkToggleButton *button, DevicePane *self)
{
	int i = find_cable(self, button);
	bool pulled = gtk_toggle_button_get_active(button);
	g_autofree char *label = g_strconcat(pulled ? "✕ " : "● ", _(cables[i].name), NULL);

	button_set_text(GTK_BUTTON(button), label);
	place_say(self->place, cables[i].device, pulled ? "unplug" : "plug");
}

static GtkWidget *cable_new(DevicePane *self, int i)
{
	g_autofree char *label = g_strconcat("● ", _(cables[i].name), NULL);
	g_autofree char *name = g_strdup_printf(_("Cable: %s"), _(cables[i].name));
	GtkWidget *button = gtk_toggle_button_new();

	button_set_text(GTK_BUTTON(button), label);
	self->cables[i] = GTK_TOGGLE_BUTTON(button);
	set_accessible_name(button, name);
	gtk_widget_set_hexpand(button, true);
	g_signal_connect(button, "toggled", G_CALLBACK(on_cable), self);
	return button;
}

static GtkWidget *cables_new(DevicePane *self)
{
	GtkWidget *grid = gtk_grid_new();
	int n = 0;

	gtk_grid_set_row_spacing(GTK_GRID(grid), 6);
	gtk_grid_set_column_spacing(GTK_GRID(grid), 6);
	gtk_grid_set_column_homogeneous(GTK_GRID(grid), true);
	for (int i = 0; i < N_CABLES; i++)
		if (place_has(self->place, cables[i].device)) {
			gtk_grid_attach(GTK_GRID(grid), cable_new(self, i), n % 2, n / 2, 1, 1);
			n++;
		}
	return grid;
}

/* --- all of them ---------------------------------------------------------------------------------
 */

static GtkLabel *state_new(DevicePane *self, const char *text)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_wrap(GTK_LABEL(label), true);
	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_box_append(GTK_BOX(self->box), label);
	return GTK_LABEL(label);
}

static void follow(DevicePane *self, const char *device, FollowerHeard heard)
{
	g_autofree char *log = place_dup_log(self->place, device);
	g_autoptr(GError) error = NULL;
	Follower *follower = follower_new(log, heard, self, &error);

	if (follower == NULL)
		g_printerr("%s: %s\n", log, error->message);
	else
		g_ptr_array_add(self->followers, follower);
}

static void free_follower(void *follower)
{
	follower_free(follower);
}

DevicePane *device_pane_new(const Place *place)
{
	DevicePane *self = g_new0(DevicePane, 1);
	GtkBox *box = GTK_BOX(gtk_box_new(GTK_ORIENTATION_VERTICAL, 8));

	self->place = place;
	self->box = GTK_WIDGET(box);
	self->followers = g_ptr_array_new_with_free_func(free_follower);
	gtk_box_append(box, heading_new(_("Scale")));
	self->weight = state_new(self, _("Nothing lies on the scale"));
	gtk_box_append(box, weights_new(self));
	gtk_box_append(box, free_weight_new(self));
	gtk_box_append(box, heading_new(_("Card terminal")));
	self->card = state_new(self, _("Cards are approved after two seconds"));
	gtk_box_append(box, card_row_new(place));
	gtk_box_append(box, heading_new(_("Cables: press to pull one, and to put it back")));
	gtk_box_append(box, cables_new(self));
	follow(self, "scale", on_scale_line);
	follow(self, "terminal", on_terminal_line);
	return self;
}

void device_pane_free(DevicePane *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->followers);
	g_free(self);
}

GtkWidget *device_pane_get_widget(DevicePane *self)
{
	return self->box;
}
