/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/display/glass.h"

enum { SELECT_DEVICE = 0x3D };

/* What triggers count: a command's two first bytes, or a character. */
static uint16_t code_of(const uint8_t *command, size_t len)
{
	return (uint16_t)(len > 1 ? command[0] << 8 | command[1] : command[0]);
}

/* A printer's bytes go past us, whatever they are: only our name wakes us. */
static size_t length_asleep(const uint8_t *command, size_t len)
{
	if (command[0] != GLASS_ESC)
		return 1;
	if (len < 2)
		return GLASS_MORE;
	return command[1] == SELECT_DEVICE ? 3 : 1;
}

static bool is_lost(Glass *self)
{
	int every = sim_faults_setting(self->context->faults, GLASS_FAULT_LOSE_EVERY, 0);

	if (every <= 0 || ++self->n_bytes % (unsigned)every != 0)
		return false;
	sim_log_words(self->context->log, "a byte is lost");
	return true;
}

static void go_cold(Glass *self, const GlassLanguage *language, void *device)
{
	language->reset(device);
	self->asleep = false;
	self->cold = true;
	sim_log_words(self->context->log, "power blinks: blank until it is initialised");
}

/* A display that is set to other commands knows none of these: their bytes are letters. */
static void show_as_text(Glass *self, const uint8_t *command, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (command[i] >= 0x20)
			glass_put(self, command[i]);
}

static void take(Glass *self, const GlassLanguage *language, void *device, const uint8_t *command,
		 size_t len)
{
	SimFaults *faults = self->context->faults;

	sim_faults_count_frame(faults, code_of(command, len));
	if (sim_faults_take(faults, GLASS_FAULT_COLD_RESET, NULL))
		go_cold(self, language, device);
	if (self->cold && !language->is_init(command, len))
		return;
	self->cold = false;
	if (sim_faults_take(faults, GLASS_FAULT_WRONG_SET, NULL))
		show_as_text(self, command, len);
	else
		language->obey(device, command, len);
	/* A run of characters is one picture; a command is one each. */
	if (command[0] < 0x20)
		glass_show(self);
}

static size_t whole_length(const Glass *self, const GlassLanguage *language)
{
	const GByteArray *command = self->command;

	return self->asleep ? length_asleep(command->data, command->len)
			    : language->length_of(command->data, command->len);
}

void glass_receive(Glass *self, const GlassLanguage *language, void *device, const uint8_t *bytes,
		   size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (is_lost(self))
			continue;
		g_byte_array_append(self->command, bytes + i, 1);
		while (self->command->len > 0) {
			size_t whole = whole_length(self, language);

			if (whole == GLASS_MORE || self->command->len < whole)
				break;
			take(self, language, device, self->command->data, whole);
			g_byte_array_remove_range(self->command, 0, (guint)whole);
		}
	}
	glass_show(self);
}
