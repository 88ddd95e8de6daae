/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/key_button.h"

struct _PosKeyButton {
	GtkButton parent_instance;

	/* template children, borrowed */
	GtkLabel *word_label;
	GtkLabel *key_label;
};

G_DEFINE_FINAL_TYPE(PosKeyButton, pos_key_button, GTK_TYPE_BUTTON)

enum { PROP_WORD = 1, PROP_KEY, N_PROPS };
static GParamSpec *props[N_PROPS];

GtkWidget *pos_key_button_new(const char *word, const char *key)
{
	return g_object_new(POS_TYPE_KEY_BUTTON, "word", word, "key", key, NULL);
}

void pos_key_button_set_word(PosKeyButton *self, const char *word)
{
	if (g_strcmp0(gtk_label_get_label(self->word_label), word) == 0)
		return; /* views come ten a second */
	gtk_label_set_label(self->word_label, word);
	gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL, word,
				       -1);
}

static void set_key(PosKeyButton *self, const char *key)
{
	gtk_label_set_label(self->key_label, key != NULL ? key : "");
	gtk_widget_set_visible(GTK_WIDGET(self->key_label), key != NULL);
	if (key != NULL)
		gtk_accessible_update_property(GTK_ACCESSIBLE(self),
					       GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, key, -1);
}

static void pos_key_button_set_property(GObject *object, guint id, const GValue *value,
					GParamSpec *pspec)
{
	PosKeyButton *self = POS_KEY_BUTTON(object);

	if (id == PROP_WORD)
		pos_key_button_set_word(self, g_value_get_string(value));
	else
		set_key(self, g_value_get_string(value));
}

static void pos_key_button_init(PosKeyButton *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
}

static void pos_key_button_class_init(PosKeyButtonClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);
	GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

	G_OBJECT_CLASS(klass)->set_property = pos_key_button_set_property;
	props[PROP_WORD] = g_param_spec_string("word", NULL, NULL, NULL, flags);
	props[PROP_KEY] = g_param_spec_string("key", NULL, NULL, NULL, flags);
	g_object_class_install_properties(G_OBJECT_CLASS(klass), N_PROPS, props);
	gtk_widget_class_set_template_from_resource(widget_class, "/shop/baraa/till/key_button.ui");
	gtk_widget_class_bind_template_child(widget_class, PosKeyButton, word_label);
	gtk_widget_class_bind_template_child(widget_class, PosKeyButton, key_label);
}
