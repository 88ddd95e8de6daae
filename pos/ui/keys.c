/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/keys.h"

#include "core/barcode.h"
#include "drivers/scanner/scanner.h"
#include "drivers/scanner/us_keys.h"

/* Scanners leave 2 to 20 ms between characters (protocols/scanner.md §1), hands 60 and more. Held
 * characters are shown when this silence says that the next one is not coming fast. */
#define HOLD_MS 15
/* Slower than this it may be a quick hand: then only a right check digit makes it a scan. */
#define SURE_GAP_US 8000
#define BURST_GAP_US 80000
#define GROUP_SEPARATOR 0x1d
/* Both X11 and Wayland count the kernel's key codes from here. */
#define FIRST_KEYCODE 8
#define KEYCODE_OF_A (30 + FIRST_KEYCODE)

struct Keys {
	/* owned */
	WedgeDetector *detector;
	GString *held; /* characters of the burst that are not in the field yet */

	KeysTarget target;
	void *data;
	guint flush_source;
	int shown; /* characters of the burst that are in the field */
	int n; /* characters of the burst */
	int64_t first, last; /* µs */
	int composing; /* characters that a dead key is waiting for */
};

static void begin_burst(Keys *self)
{
	self->shown = 0;
	self->n = 0;
}

static void flush(Keys *self)
{
	g_autofree char *text = NULL;

	g_clear_handle_id(&self->flush_source, g_source_remove);
	if (self->held->len == 0)
		return;
	text = g_strdup(self->held->str);
	g_string_truncate(self->held, 0);
	self->shown += (int)g_utf8_strlen(text, -1);
	self->target.type(text, self->data);
}

static gboolean flush_after_silence(void *data)
{
	Keys *self = data;

	self->flush_source = 0;
	flush(self);
	return G_SOURCE_REMOVE;
}

/* After the keys that are waiting already, before drawing. */
static void flush_soon(Keys *self)
{
	g_clear_handle_id(&self->flush_source, g_source_remove);
	self->flush_source = g_timeout_add_full(G_PRIORITY_DEFAULT + 10, HOLD_MS,
						flush_after_silence, self, NULL);
}

/* @us: what the key gives on the layout that scanners type by. */
static void take_character(Keys *self, gunichar character, char us, bool foreign, int64_t now)
{
	char *unfinished = NULL;

	if (self->n == 0 || now - self->last > BURST_GAP_US) {
		begin_burst(self);
		self->first = now;
	}
	self->last = now;
	self->n++;
	wedge_detector_press(self->detector, character, us, foreign, now, &unfinished);
	g_free(unfinished);
	if (character != GROUP_SEPARATOR)
		g_string_append_unichar(self->held, character);
	flush_soon(self);
}

static bool is_retail_number(const char *code)
{
	BarcodeKind kind = barcode_kind(code);

	return kind != BARCODE_OTHER && kind != BARCODE_BAD_CHECK;
}

/* Not quite what the detector says: an amount typed by a quick hand must not leave its field. */
static bool was_scanned(const Keys *self, const char *code)
{
	return self->n > 1 &&
	       ((self->last - self->first) / (self->n - 1) < SURE_GAP_US || is_retail_number(code));
}

static bool finish(Keys *self, gunichar suffix, int64_t now)
{
	g_autofree char *code = NULL;
	int shown = self->shown;

	if (!wedge_detector_key(self->detector, suffix, now, &code) || !was_scanned(self, code)) {
		flush(self);
		begin_burst(self);
		return false;
	}
	g_clear_handle_id(&self->flush_source, g_source_remove);
	g_string_truncate(self->held, 0);
	begin_burst(self);
	if (shown > 0)
		self->target.take_back(shown, self->data);
	if (!scan_is_card_track(code))
		self->target.scan(code, self->data);
	return true;
}

/* Some scanners end with a line feed. */
bool keys_is_enter(guint key)
{
	return key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter ||
	       key == GDK_KEY_Linefeed;
}

static bool is_dead(guint key)
{
	return key >= GDK_KEY_dead_grave && key <= GDK_KEY_dead_greek;
}

/* The next characters belong to a dead key or to Compose, which the field's input method knows. */
static bool is_composing(Keys *self, guint key)
{
	if (is_dead(key) || key == GDK_KEY_Multi_key) {
		self->composing = key == GDK_KEY_Multi_key ? 2 : 1;
		return true;
	}
	if (self->composing == 0 || gdk_keyval_to_unicode(key) == 0)
		return false;
	self->composing--;
	return true;
}

static gunichar character_of(guint key, char us, GdkModifierType state)
{
	gunichar character = gdk_keyval_to_unicode(key);

	if ((state & GDK_CONTROL_MASK) != 0)
		return character == ']' || us == ']' ? GROUP_SEPARATOR : 0;
	if ((state & (GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
		return 0;
	return g_unichar_isprint(character) ? character : 0;
}

/* The layout in force has no Latin letters: on its A key there is another. */
static bool is_layout_foreign(GtkEventController *controller)
{
	GdkEvent *event = gtk_event_controller_get_current_event(controller);
	guint key;

	return gdk_display_translate_key(gdk_event_get_display(event), KEYCODE_OF_A, 0,
					 (int)gdk_key_event_get_layout(event), &key, NULL, NULL,
					 NULL) &&
	       gdk_keyval_to_unicode(key) >= 0x80;
}

static char us_character_of(guint code, GdkModifierType state)
{
	if (code < FIRST_KEYCODE)
		return '\0';
	return us_key_character(code - FIRST_KEYCODE, (state & GDK_SHIFT_MASK) != 0);
}

static gboolean on_key(GtkEventControllerKey *controller, guint key, guint code,
		       GdkModifierType state, Keys *self)
{
	int64_t now = INT64_C(1000) *
		      gtk_event_controller_get_current_event_time(GTK_EVENT_CONTROLLER(controller));
	char us = us_character_of(code, state);
	gunichar character = character_of(key, us, state);

	if (is_composing(self, key)) {
		flush(self);
		return false;
	}
	if (character == ' ' && self->held->len == 0 && self->target.wants_space(self->data))
		return false;
	if (character != 0) {
		take_character(self, character, character == GROUP_SEPARATOR ? GROUP_SEPARATOR : us,
			       is_layout_foreign(GTK_EVENT_CONTROLLER(controller)), now);
		return true;
	}
	if ((keys_is_enter(key) && finish(self, '\r', now)) ||
	    (key == GDK_KEY_Tab && finish(self, '\t', now)))
		return true;
	if (gdk_key_event_is_modifier(
		    gtk_event_controller_get_current_event(GTK_EVENT_CONTROLLER(controller))))
		return false; /* a part of the next character */
	flush(self);
	if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
		return false;
	return self->target.press(key, self->data);
}

static void keys_free(void *data, GClosure *closure)
{
	Keys *self = data;

	g_clear_handle_id(&self->flush_source, g_source_remove);
	wedge_detector_free(self->detector);
	g_string_free(self->held, true);
	g_free(self);
}

void keys_capture(GtkWidget *window, const KeysTarget *target, void *data)
{
	GtkEventController *controller = gtk_event_controller_key_new();
	Keys *self = g_new0(Keys, 1);

	self->detector = wedge_detector_new();
	self->held = g_string_new(NULL);
	self->target = *target;
	self->data = data;
	gtk_event_controller_set_propagation_phase(controller, GTK_PHASE_CAPTURE);
	g_signal_connect_data(controller, "key-pressed", G_CALLBACK(on_key), self, keys_free, 0);
	gtk_widget_add_controller(window, controller);
}
