/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/scan_keys.h"

#include "core/barcode.h"
#include "drivers/scanner/scanner.h"
#include "drivers/scanner/us_keys.h"

#include <string.h>

/* Slower than this it may be a quick hand: then only a right check digit makes it a scan. */
#define SURE_GAP_US 8000
#define BURST_GAP_US 80000
#define GROUP_SEPARATOR 0x1d
/* Both X11 and Wayland count the kernel's key codes from here. */
#define FIRST_KEYCODE 8
#define KEYCODE_OF_A (30 + FIRST_KEYCODE)

typedef struct {
	WedgeDetector *detector; /* owned */
	OfficeScanTarget target;
	void *data;
	GtkWidget *page; /* borrowed */
	/* Of the burst under way. */
	int n;
	int64_t first, last; /* µs */
	GtkWidget *field; /* borrowed, only compared; NULL: no field has the focus */
	char *before; /* owned: what stood in it */
	int cursor, bound; /* its selection */
} ScanKeys;

static void scan_keys_free(void *data, GClosure *closure)
{
	ScanKeys *self = data;

	wedge_detector_free(self->detector);
	g_free(self->before);
	g_free(self);
}

static GtkWidget *focused_field(const ScanKeys *self)
{
	GtkRoot *root = gtk_widget_get_root(self->page);
	GtkWidget *focus = root != NULL ? gtk_root_get_focus(root) : NULL;

	return focus != NULL && GTK_IS_TEXT(focus) ? focus : NULL;
}

static void note_field(ScanKeys *self)
{
	self->field = focused_field(self);
	g_clear_pointer(&self->before, g_free);
	if (self->field == NULL)
		return;
	self->before = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->field)));
	gtk_editable_get_selection_bounds(GTK_EDITABLE(self->field), &self->cursor, &self->bound);
}

static bool is_retail_number(const char *code)
{
	BarcodeKind kind = barcode_kind(code);

	return kind != BARCODE_OTHER && kind != BARCODE_BAD_CHECK;
}

static bool was_scanned(const ScanKeys *self, const char *code)
{
	return self->n > 1 &&
	       ((self->last - self->first) / (self->n - 1) < SURE_GAP_US || is_retail_number(code));
}

/* A machine that is busy may be late with the first characters of a scan: they stand in the field
 * then. NULL where the code is whole. Own it. */
static char *dup_joined(const char *before, const char *code)
{
	g_autofree char *joined = g_strconcat(before, code, NULL);

	return !is_retail_number(code) && is_retail_number(joined) ? g_steal_pointer(&joined)
								   : NULL;
}

static void put_text(GtkWidget *field, const char *text, int from, int to)
{
	gtk_editable_set_text(GTK_EDITABLE(field), text);
	gtk_editable_select_region(GTK_EDITABLE(field), from, to);
}

/* The field as it was, and the scan where it belongs. */
static void give_scan(ScanKeys *self, const char *code)
{
	GtkWidget *field =
		self->field != NULL && focused_field(self) == self->field ? self->field : NULL;
	g_autofree char *before = g_steal_pointer(&self->before);
	g_autofree char *joined = field != NULL ? dup_joined(before, code) : NULL;
	g_autofree char *typed =
		field != NULL ? g_strdup(gtk_editable_get_text(GTK_EDITABLE(field))) : NULL;
	OfficeScanAnswer answer;

	if (field != NULL)
		put_text(field, before, self->cursor, self->bound);
	if (scan_is_card_track(code))
		return;
	answer = self->target.scan(joined != NULL ? joined : code,
				   field != NULL && joined == NULL ? before : NULL, self->data);
	if (field == NULL || focused_field(self) != field ||
	    strcmp(gtk_editable_get_text(GTK_EDITABLE(field)), before) != 0)
		return; /* something else stands there by now */
	if (answer == OFFICE_SCAN_TYPED)
		put_text(field, typed, -1, -1);
	else if (answer == OFFICE_SCAN_TAKEN_WITH_BEFORE || joined != NULL)
		put_text(field, "", 0, 0);
}

static bool finish(ScanKeys *self, gunichar suffix, int64_t now)
{
	g_autofree char *code = NULL;
	bool scanned =
		wedge_detector_key(self->detector, suffix, now, &code) && was_scanned(self, code);

	self->n = 0;
	if (scanned)
		give_scan(self, code);
	return scanned;
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

static void take_character(ScanKeys *self, gunichar character, char us, bool foreign, int64_t now)
{
	char *unfinished = NULL;

	if (self->n == 0 || now - self->last > BURST_GAP_US)
		self->n = 0;
	if (self->n == 0) {
		self->first = now;
		note_field(self);
	}
	self->last = now;
	self->n++;
	wedge_detector_press(self->detector, character, us, foreign, now, &unfinished);
	g_free(unfinished);
}

/* Where no field has the focus, the page's own takes the character in place of what it selects. */
static bool type_into_page(ScanKeys *self, gunichar character, GdkModifierType state)
{
	GtkWidget *field = self->field == NULL ? self->target.field(self->data) : NULL;
	char text[7] = "";
	int at;

	if (field == NULL || character == ' ' ||
	    (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
		return false;
	gtk_widget_grab_focus(field);
	note_field(self);
	g_unichar_to_utf8(character, text);
	gtk_editable_delete_selection(GTK_EDITABLE(field));
	at = gtk_editable_get_position(GTK_EDITABLE(field));
	gtk_editable_insert_text(GTK_EDITABLE(field), text, -1, &at);
	gtk_editable_set_position(GTK_EDITABLE(field), at);
	return true;
}

static bool is_enter(guint key)
{
	return key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter ||
	       key == GDK_KEY_Linefeed;
}

static gboolean on_key(GtkEventControllerKey *controller, guint key, guint code,
		       GdkModifierType state, ScanKeys *self)
{
	GtkEventController *base = GTK_EVENT_CONTROLLER(controller);
	int64_t now = INT64_C(1000) * gtk_event_controller_get_current_event_time(base);
	char us = code < FIRST_KEYCODE
			  ? '\0'
			  : us_key_character(code - FIRST_KEYCODE, (state & GDK_SHIFT_MASK) != 0);
	gunichar character = character_of(key, us, state);

	if (character != 0) {
		take_character(self, character, character == GROUP_SEPARATOR ? GROUP_SEPARATOR : us,
			       is_layout_foreign(base), now);
		return character == GROUP_SEPARATOR || type_into_page(self, character, state);
	}
	if (is_enter(key))
		return finish(self, '\r', now);
	if (key == GDK_KEY_Tab)
		return finish(self, '\t', now);
	return false;
}

void office_scan_keys_capture(GtkWidget *page, const OfficeScanTarget *target, void *data)
{
	GtkEventController *controller = gtk_event_controller_key_new();
	ScanKeys *self = g_new0(ScanKeys, 1);

	self->detector = wedge_detector_new();
	self->target = *target;
	self->data = data;
	self->page = page;
	gtk_event_controller_set_propagation_phase(controller, GTK_PHASE_CAPTURE);
	g_signal_connect_data(controller, "key-pressed", G_CALLBACK(on_key), self, scan_keys_free,
			      0);
	gtk_widget_add_controller(page, controller);
}
