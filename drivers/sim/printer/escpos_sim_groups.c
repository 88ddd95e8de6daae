/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/printer/escpos_sim.h"

#include <string.h>

enum { MAX_QR = 7089 };

static void refuse(Escpos *self, uint8_t group, const uint8_t *data, size_t len)
{
	g_autoptr(GString) hex = g_string_new(NULL);

	for (size_t i = 0; i < MIN(len, 4); i++)
		g_string_append_printf(hex, " %02X", data[i]);
	escpos_flag(self, "1D 28 %02X does not know%s (%zu bytes)", group, hex->str, len);
}

/* §2.5; @data from cn on. */
static bool obey_qr(Escpos *self, const uint8_t *data, size_t len)
{
	switch (data[1]) {
	case 0x41:
		if (len != 4 || data[3] != 0 || (data[2] != 0x31 && data[2] != 0x32))
			return false;
		if (data[2] == 0x31)
			escpos_flag(self, "QR model 1 is read by few");
		return true;
	case 0x43:
		if (len != 3 || data[2] < 1 || data[2] > 16)
			return false;
		self->qr.module = data[2];
		return true;
	case 0x45:
		if (len != 3 || data[2] < 0x30 || data[2] > 0x33)
			return false;
		self->qr.level = data[2] - 0x30 + 1;
		return true;
	case 0x50:
		if (len < 4 || data[2] != 0x30 || len - 3 > MAX_QR)
			return false;
		g_byte_array_set_size(self->qr.data, 0);
		g_byte_array_append(self->qr.data, data + 3, (guint)(len - 3));
		return true;
	case 0x51:
		if (len != 3 || data[2] != 0x30)
			return false;
		escpos_print_qr(self);
		return true;
	case 0x52:
		if (len != 3 || data[2] != 0x30)
			return false;
		escpos_send_qr_size(self);
		return true;
	default:
		return false;
	}
}

static bool obey_matrix(Escpos *self, const uint8_t *data, size_t len)
{
	switch (data[1]) {
	case 0x42: /* shape: square is all we draw */
		return len == 5;
	case 0x43:
		if (len != 3 || data[2] < 2 || data[2] > 16)
			return false;
		self->qr.module = data[2];
		return true;
	case 0x50:
		if (len < 4 || data[2] != 0x30)
			return false;
		g_byte_array_set_size(self->matrix, 0);
		g_byte_array_append(self->matrix, data + 3, (guint)(len - 3));
		return true;
	case 0x51:
		if (len != 3 || data[2] != 0x30)
			return false;
		escpos_print_matrix(self);
		return true;
	default:
		return false;
	}
}

static bool obey_symbol(Escpos *self, const uint8_t *data, size_t len)
{
	if (len < 3)
		return false;
	if (data[0] == 0x31)
		return obey_qr(self, data, len);
	return data[0] == 0x36 && obey_matrix(self, data, len);
}

static bool obey_graphics(Escpos *self, const uint8_t *data, size_t len)
{
	if (len < 2 || data[0] != 0x30)
		return false;
	if (data[1] == 0x70) {
		escpos_store_graphics(self, data, len);
		return true;
	}
	if (len != 2 || (data[1] != 0x32 && data[1] != 0x02))
		return false;
	escpos_print_graphics(self);
	return true;
}

/* Real-time commands on and off (§2.6): pairs of which and whether. */
static bool obey_switch(Escpos *self, const uint8_t *data, size_t len)
{
	if (len < 3 || data[0] != 0x14 || len % 2 != 1)
		return false;
	for (size_t i = 1; i < len; i += 2)
		if (data[i] == 1)
			self->no_pulse_now = data[i + 1] == 0 || data[i + 1] == 0x30;
	return true;
}

static bool obey_one(Escpos *self, uint8_t group, const uint8_t *data, size_t len)
{
	switch (group) {
	case 0x6B:
		return obey_symbol(self, data, len);
	case 0x4C:
		return obey_graphics(self, data, len);
	case 0x44:
		return obey_switch(self, data, len);
	case 0x48:
		if (len != 6 || data[0] != 0x30 || data[1] != 0x30)
			return false;
		escpos_process_id(self, data + 2);
		return true;
	default:
		return false;
	}
}

void escpos_group(Escpos *self, uint8_t group, const uint8_t *data, size_t len)
{
	if (!obey_one(self, group, data, len))
		refuse(self, group, data, len);
}
