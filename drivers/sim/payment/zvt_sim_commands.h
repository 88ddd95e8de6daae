/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/payment/zvt_sim.h"

/* What the commands of the till have in common. @data stands behind the length byte, offsets in
 * the log count from the first byte of the APDU. */
enum { PASSWORD_LEN = 3 };

/* What the BMPs of a command said; -1 where there was none. */
typedef struct {
	int64_t amount, currency, receipt, date, time;
	bool text_blocks;
} ZvtFields;

/* zvt_sim_fields.c. All give false where they have refused the command. */
bool zvt_sim_bad(ZvtSim *self, size_t offset, const char *what);
/* From @at to the end there are BMPs, each once and of @allowed. */
bool zvt_sim_read_fields(ZvtSim *self, const uint8_t *data, size_t len, size_t at,
			 const char *allowed, ZvtFields *ret);
bool zvt_sim_read_password(ZvtSim *self, const uint8_t *data, size_t len);
bool zvt_sim_only_password(ZvtSim *self, const uint8_t *data, size_t len); /* and no more */
/* Acknowledged, and at its end. */
void zvt_sim_complete(ZvtSim *self);
void zvt_sim_abort(ZvtSim *self, uint8_t code);

/* zvt_sim_money.c */
void zvt_sim_payment(ZvtSim *self, const uint8_t *data, size_t len);
void zvt_sim_refund(ZvtSim *self, const uint8_t *data, size_t len);
void zvt_sim_reversal(ZvtSim *self, const uint8_t *data, size_t len);
void zvt_sim_repeat(ZvtSim *self, const uint8_t *data, size_t len);
void zvt_sim_totals(ZvtSim *self, const uint8_t *data, size_t len, bool prints, bool closes);
