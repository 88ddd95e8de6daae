/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/sim_device.h"

/* What all label-printing scales have inside (scales, parts B and C): goods, a label, a memory.
 *
 * Control lines of each of them:
 *   print PLU GRAMS   a label for that mass, or that many pieces of piece goods
 *   put GRAMS         on the platform
 *   unlock            the keeper's key after five wrong passwords
 * Marks in the log:
 *   LABEL|2112345012346|Яблоки Гала|1234 g|110.94
 *   PLU|7|12345|89.90|Яблоки Гала    written · PLU-GONE|7 · PLU-ALL-GONE| */
typedef enum {
	LABEL_FULL,
	LABEL_REFUSE,
	LABEL_LOST_REQUEST,
	LABEL_LOST_ANSWER,
	LABEL_TWICE_ANSWER,
	LABEL_SWAPPED_ANSWER,
	LABEL_BAD_SUM,
	LABEL_OTHER_HOST,
	LABEL_ERASE_MS,
	LABEL_ERASE_FAILS,
	LABEL_PASSWORD,
	LABEL_N_FAULTS,
} LabelFault;
extern const SimFaultKind plu_sim_faults[];
#define PLU_SIM_CONTROLS                                                                                   \
	N_("“print PLU GRAMS” prints a label, “put GRAMS” loads the platform, “unlock” after " \
	   "five "                                                                                         \
	   "wrong passwords")

enum { LABEL_MAX_PRICE = 999999, LABEL_MAX_WRONG_PASSWORDS = 5, LABEL_PREFIX = 21 };

typedef struct {
	int64_t number; /* what is keyed in on the scale */
	int64_t goods; /* where goods have numbers of their own (Massa-K), else 0 */
	int64_t code; /* in the barcode; 0: the number is */
	int64_t price; /* minor units, of a kilogram or a piece */
	int64_t tare; /* g */
	int64_t days; /* shelf life */
	int64_t prefix; /* of its barcode; 0: the scale's */
	bool pieces;
	char *name; /* owned; UTF-8 */
} LabelPlu;

typedef struct {
	SimContext *context; /* borrowed */
	GPtrArray *plus; /* of LabelPlu; owned */
	int64_t prefix, piece_prefix;
	int64_t wrong_passwords; /* in a row; five lock it, over a power cut too */
	int64_t weight; /* g on the platform; forgotten with the power */
	GByteArray *swapped; /* owned; an answer that waits for the next one, or empty */
} LabelScale;

bool plu_sim_init(LabelScale *self, SimContext *context, GError **error);
void plu_sim_clear(LabelScale *self);
void plu_sim_save(LabelScale *self);
void plu_sim_flag(LabelScale *self, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* The control lines of all; @data is a LabelScale. */
bool plu_sim_control(void *data, const char *line);

LabelPlu *plu_sim_find(LabelScale *self, int64_t number);
LabelPlu *plu_sim_find_goods(LabelScale *self, int64_t goods);
bool plu_sim_is_full(LabelScale *self); /* for one more */
/* Takes @name; one of the same number (and of the same goods) is replaced. Saves. */
void plu_sim_put(LabelScale *self, LabelPlu plu);
void plu_sim_remove(LabelScale *self, LabelPlu *plu); /* NULL: it was not there */
void plu_sim_remove_all(LabelScale *self);

/* Through the faults: lost, twice, or behind the next one. */
void plu_sim_answer(LabelScale *self, const uint8_t *data, size_t len);
/* Numbers, low byte first, and text without its padding; NULL for what is no text. Own it. */
int64_t plu_sim_get_low(const uint8_t *data, size_t len);
void plu_sim_put_low(GByteArray *bytes, int64_t value, size_t len);
char *plu_sim_text_dup(const uint8_t *data, size_t len, const char *charset);
