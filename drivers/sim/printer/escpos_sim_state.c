/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/printer/escpos_sim.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <string.h>

enum { ROLL_MM = 80000 };

void escpos_new_roll(Escpos *self)
{
	self->memory.paper_dots = (int64_t)ROLL_MM * ESCPOS_DOTS_PER_MM;
	self->paper_out = self->near_end = false;
	self->end_dots = self->near_dots = -1;
	self->dirty = true;
}

static bool read_memory(Escpos *self, const char *text)
{
	json_t *root = json_loads(text, 0, NULL);
	json_int_t mm = 0, pulses = 0, receipts = 0;
	const char *id = NULL;
	bool done = root != NULL &&
		    json_unpack(root, "{s:I,s:I,s:I,s:s}", "paper_mm", &mm, "pulses", &pulses,
				"receipts", &receipts, "process_id", &id) == 0 &&
		    mm >= 0 && pulses >= 0 && receipts >= 0 && strlen(id) < 5;

	if (done) {
		self->memory = (EscposMemory){ .paper_dots = mm * ESCPOS_DOTS_PER_MM,
					       .pulses = pulses,
					       .receipts = receipts };
		g_strlcpy(self->memory.process_id, id, sizeof(self->memory.process_id));
		self->paper_out = mm == 0;
	}
	json_decref(root);
	return done;
}

bool escpos_load(Escpos *self, GError **error)
{
	const char *path = self->context->state_path;
	g_autofree char *text = NULL;

	escpos_new_roll(self);
	self->dirty = false; /* a memory that cannot be read is not written over */
	if (path == NULL || !g_file_test(path, G_FILE_TEST_EXISTS))
		return true;
	if (!g_file_get_contents(path, &text, NULL, error))
		return false;
	if (read_memory(self, text))
		return true;
	g_set_error(error, SIM_ERROR, SIM_ERROR_STATE, _("%s is not the memory of this device."),
		    path);
	return false;
}

void escpos_save(Escpos *self)
{
	const char *path = self->context->state_path;
	const EscposMemory *memory = &self->memory;
	json_t *root;
	char *text;

	if (!self->dirty)
		return;
	self->dirty = false;
	if (path == NULL || self->context->failure != NULL)
		return;
	root = json_pack("{s:I,s:I,s:I,s:s}", "paper_mm",
			 (json_int_t)(memory->paper_dots / ESCPOS_DOTS_PER_MM), "pulses",
			 (json_int_t)memory->pulses, "receipts", (json_int_t)memory->receipts,
			 "process_id", memory->process_id);
	text = json_dumps(root, JSON_INDENT(1));
	json_decref(root);
	/* A new file is synced and takes the old one's place: a power cut leaves one of them. */
	g_file_set_contents_full(path, text, -1,
				 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
				 &self->context->failure);
	free(text);
}
