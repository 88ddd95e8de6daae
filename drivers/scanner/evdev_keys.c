/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/evdev_keys.h"

#include "drivers/scanner/us_keys.h"

#define SHIFTS (EVDEV_LSHIFT | EVDEV_RSHIFT)
#define CTRLS (EVDEV_LCTRL | EVDEV_RCTRL)
#define ALTS (EVDEV_LALT | EVDEV_RALT)
#define GS 0x1D
#define NO_ALT_CODE (-1)
#define ALT_CODE_MAX 9999

enum { KEY_RELEASED, KEY_PRESSED, KEY_REPEATED };

static const struct {
	unsigned code, bit;
} modifiers[] = {
	{ KEY_LEFTSHIFT, EVDEV_LSHIFT }, { KEY_RIGHTSHIFT, EVDEV_RSHIFT },
	{ KEY_LEFTCTRL, EVDEV_LCTRL },	 { KEY_RIGHTCTRL, EVDEV_RCTRL },
	{ KEY_LEFTALT, EVDEV_LALT },	 { KEY_RIGHTALT, EVDEV_RALT },
};

void evdev_keys_init(EvdevKeys *self, bool follow_caps)
{
	*self = (EvdevKeys){ .follow_caps = follow_caps, .alt_code = NO_ALT_CODE };
}

static unsigned modifier_of(unsigned code)
{
	for (size_t i = 0; i < G_N_ELEMENTS(modifiers); i++)
		if (modifiers[i].code == code)
			return modifiers[i].bit;
	return 0;
}

static void push(ScanCollector *collector, char character, int64_t now)
{
	scan_collector_push(collector, (const uint8_t *)&character, 1, now);
}

/* Alt was let go: the keypad's digits were one character. Beyond ASCII it depends on a code page
 * that we cannot know, so the code is refused rather than guessed. */
static void end_alt_code(EvdevKeys *self, int64_t now, ScanCollector *collector)
{
	int code = self->alt_code;

	self->alt_code = NO_ALT_CODE;
	if (code == NO_ALT_CODE)
		return;
	if (code > 0 && code < 0x80)
		push(collector, (char)code, now);
	else
		scan_collector_spoil(collector, now);
}

static void press_with_alt(EvdevKeys *self, unsigned code)
{
	char digit = code >= KEY_KP7 && code <= KEY_KP0 ? us_key_character(code, false) : '\0';

	if (!g_ascii_isdigit(digit))
		return;
	self->alt_code = MAX(self->alt_code, 0) * 10 + (digit - '0');
	self->alt_code = MIN(self->alt_code, ALT_CODE_MAX);
}

/* Ctrl with @ to _ is a control sign, as on any terminal: Ctrl+] the separator, Ctrl+B STX. */
static char with_ctrl(char character)
{
	char upper = g_ascii_toupper(character);

	return upper > '@' && upper <= '_' ? (char)(upper & 0x1F) : '\0';
}

static char character_of(const EvdevKeys *self, unsigned code)
{
	char character = us_key_character(code, (self->held & SHIFTS) != 0);

	if (code == KEY_ENTER || code == KEY_KPENTER || code == KEY_TAB)
		return '\r';
	if (code == KEY_F8)
		return GS;
	if ((self->held & CTRLS) != 0)
		return with_ctrl(character);
	if (self->caps && g_ascii_isalpha(character))
		return character ^ 0x20;
	return character;
}

static void press(EvdevKeys *self, unsigned code, int64_t now, ScanCollector *collector)
{
	char character;

	if ((self->held & ALTS) != 0) {
		press_with_alt(self, code);
		return;
	}
	if (code == KEY_CAPSLOCK)
		self->caps = self->follow_caps && !self->caps;
	character = character_of(self, code);
	if (character != '\0')
		push(collector, character, now);
}

static void take_key(EvdevKeys *self, unsigned code, int value, int64_t now,
		     ScanCollector *collector)
{
	unsigned bit = modifier_of(code);

	if (bit == 0 && value == KEY_PRESSED)
		press(self, code, now, collector);
	else if (bit != 0 && value == KEY_PRESSED)
		self->held |= bit;
	else if (bit != 0 && value == KEY_RELEASED)
		self->held &= ~bit;
	if ((self->held & ALTS) == 0)
		end_alt_code(self, now, collector);
}

static void take_report(EvdevKeys *self, unsigned code, int64_t now, ScanCollector *collector)
{
	if (code == SYN_DROPPED) {
		self->dropped = true;
		self->alt_code = NO_ALT_CODE;
		scan_collector_spoil(collector, now);
	} else if (code == SYN_REPORT && self->dropped) {
		self->dropped = false;
		self->wants_state = true;
	}
}

void evdev_keys_take(EvdevKeys *self, const struct input_event *event, int64_t now,
		     ScanCollector *collector)
{
	if (event->type == EV_SYN)
		take_report(self, event->code, now, collector);
	else if (event->type == EV_KEY && !self->dropped)
		take_key(self, event->code, event->value, now, collector);
}

void evdev_keys_set_state(EvdevKeys *self, const uint8_t *bits, size_t len)
{
	self->wants_state = false;
	self->held = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(modifiers); i++) {
		unsigned code = modifiers[i].code;

		if (code / 8 < len && (bits[code / 8] >> code % 8 & 1) != 0)
			self->held |= modifiers[i].bit;
	}
}
