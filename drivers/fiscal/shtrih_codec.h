/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/shtrih_frame.h"

/* Commands to bytes and answers to values (§6): no I/O. All sums are kopecks. */

typedef enum {
	SHTRIH_STATUS = 0x10,
	SHTRIH_FULL_STATUS = 0x11,
	SHTRIH_PRINT_LINE = 0x17,
	SHTRIH_REGISTER = 0x1A,
	SHTRIH_COUNTER = 0x1B, /* operation register */
	SHTRIH_SET_TIME = 0x21,
	SHTRIH_SET_DATE = 0x22,
	SHTRIH_CONFIRM_DATE = 0x23,
	SHTRIH_CUT = 0x25,
	SHTRIH_DRAWER = 0x28,
	SHTRIH_FEED = 0x29,
	SHTRIH_X_REPORT = 0x40,
	SHTRIH_CASH_IN = 0x50,
	SHTRIH_CASH_OUT = 0x51,
	SHTRIH_CANCEL = 0x88,
	SHTRIH_SUBTOTAL = 0x89,
	SHTRIH_COPY = 0x8C,
	SHTRIH_OPEN = 0x8D,
	SHTRIH_CONTINUE = 0xB0,
	SHTRIH_FN_STATUS = 0xFF01,
	SHTRIH_FN_CANCEL = 0xFF08,
	SHTRIH_FIND_DOCUMENT = 0xFF0A,
	SHTRIH_SHIFT_OPEN_FINISH = 0xFF0B,
	SHTRIH_TLV = 0xFF0C,
	SHTRIH_CORRECTION_BEGIN = 0xFF35,
	SHTRIH_EXCHANGE = 0xFF39,
	SHTRIH_SHIFT = 0xFF40,
	SHTRIH_SHIFT_OPEN_BEGIN = 0xFF41,
	SHTRIH_SHIFT_CLOSE_BEGIN = 0xFF42,
	SHTRIH_SHIFT_CLOSE_FINISH = 0xFF43,
	SHTRIH_CLOSE = 0xFF45,
	SHTRIH_LINE = 0xFF46,
	SHTRIH_CORRECTION = 0xFF4A,
	SHTRIH_LINE_TLV = 0xFF4D,
	SHTRIH_MARK_CHECK = 0xFF61,
	SHTRIH_MARK_BIND = 0xFF67,
	SHTRIH_MARK_ACCEPT = 0xFF69,
} ShtrihCode;

#define SHTRIH_REGISTER_CASH 241 /* of 1Ah: cash in the drawer */
#define SHTRIH_AMOUNT_MAX INT64_C(0xFFFFFFFFFE) /* five bytes; all FF means "not given" */
#define SHTRIH_QUANTITY_MAX INT64_C(0xFFFFFFFFFFFF)
#define SHTRIH_NAME_MAX 128
#define SHTRIH_TLV_MAX 249
#define SHTRIH_MARK_MAX 192 /* of FF61 and FF67: longer than any code in use */
#define SHTRIH_ROW_MAX 40 /* of 17h */

enum { SHTRIH_RECEIPT_SALE = 0, SHTRIH_RECEIPT_SALE_RETURN = 2 }; /* of 8Dh, mode 8's nibble */
enum { SHTRIH_OPERATION_SALE = 1, SHTRIH_OPERATION_SALE_RETURN = 2 }; /* of FF46, FF0A */
enum {
	SHTRIH_DOCUMENT_SHIFT_OPEN = 2,
	SHTRIH_DOCUMENT_RECEIPT = 3,
	SHTRIH_DOCUMENT_BSO = 4,
	SHTRIH_DOCUMENT_SHIFT_CLOSE = 5,
	SHTRIH_DOCUMENT_CORRECTION = 31
}; /* of FF0A */

/* Questions: they change and print nothing, and may be asked again (§8). */
bool shtrih_code_is_question(uint16_t code);
bool shtrih_code_forms_document(uint16_t code);
int shtrih_answer_timeout_ms(uint16_t code);

void shtrih_command(ShtrihBody *ret, uint16_t code, uint32_t password);
void shtrih_command_byte(ShtrihBody *ret, uint16_t code, uint32_t password, uint8_t value);
void shtrih_command_cash(ShtrihBody *ret, uint16_t code, uint32_t password, int64_t sum);
void shtrih_command_find(ShtrihBody *ret, uint32_t password, uint32_t document);
/* @code: SHTRIH_TLV or SHTRIH_LINE_TLV. */
void shtrih_command_tlv(ShtrihBody *ret, uint16_t code, uint32_t password, uint16_t tag,
			const uint8_t *value, size_t len);

typedef struct {
	uint8_t operation;
	int64_t quantity; /* millionths */
	int64_t price; /* after discount */
	int64_t sum;
	uint8_t vat;
	uint8_t subject; /* tag 1212; 0 for 1, goods */
	uint8_t name[SHTRIH_NAME_MAX]; /* cp1251 */
	size_t name_len;
} ShtrihLine;
void shtrih_command_line(ShtrihBody *ret, uint32_t password, const ShtrihLine *line);
void shtrih_command_close(ShtrihBody *ret, uint32_t password, int64_t cash, int64_t electronic,
			  uint8_t tax_system);

/* FF4A. Sums of taxes in the order of FF45: at the general and the reduced rate; turnover at 0 %
 * and without VAT. */
typedef struct {
	uint8_t operation; /* as of FF46 */
	int64_t total, cash, electronic;
	int64_t taxes[4];
	uint8_t tax_system;
} ShtrihCorrection;
void shtrih_command_correction(ShtrihBody *ret, uint32_t password,
			       const ShtrihCorrection *correction);

/* @plan: tag 2003, what the code's goods are about to become. At most SHTRIH_MARK_MAX bytes. */
void shtrih_command_mark_check(ShtrihBody *ret, uint32_t password, uint8_t plan, const char *mark);
void shtrih_command_mark_bind(ShtrihBody *ret, uint32_t password, const char *mark);
/* Three bytes: of a time or a date. */
void shtrih_command_clock(ShtrihBody *ret, uint16_t code, uint32_t password,
			  const uint8_t part[static 3]);
/* 17h on the receipt roll: at most SHTRIH_ROW_MAX bytes of cp1251. */
void shtrih_command_print(ShtrihBody *ret, uint32_t password, const uint8_t *text, size_t len);
/* 29h, likewise. */
void shtrih_command_feed(ShtrihBody *ret, uint32_t password, uint8_t rows);

/* Splits an answer to @code: its error byte and what follows it. False for another answer. */
bool shtrih_answer(const ShtrihBody *body, uint16_t code, uint8_t *ret_error,
		   const uint8_t **ret_data, size_t *ret_len);

typedef enum {
	SHTRIH_SUBMODE_IDLE,
	SHTRIH_SUBMODE_NO_PAPER,
	SHTRIH_SUBMODE_PAPER_ENDED, /* while printing */
	SHTRIH_SUBMODE_AWAITS_CONTINUE,
	SHTRIH_SUBMODE_PRINTING_REPORT,
	SHTRIH_SUBMODE_PRINTING,
} ShtrihSubmode;

enum {
	SHTRIH_MODE_SHIFT_OPEN = 2,
	SHTRIH_MODE_SHIFT_TOO_LONG = 3,
	SHTRIH_MODE_SHIFT_CLOSED = 4,
	SHTRIH_MODE_DOCUMENT = 8
};

#define SHTRIH_FLAG_COVER_OPEN (1 << 10) /* of 10h; no bit tells that paper is near its end */

/* Bits of FF01's warnings (format order): the memory is full or wears out in 3 days; in 30 days, or
 * 90 % of it is used. */
#define SHTRIH_WARNING_REPLACE_NOW 0x01
#define SHTRIH_WARNING_NEAR_FULL 0x06

typedef struct {
	uint16_t flags;
	uint8_t mode; /* low nibble */
	uint8_t detail; /* high nibble: of mode 8, the receipt's kind */
	uint8_t submode;
	int operations; /* lines of the open receipt */
} ShtrihStatus;

typedef struct {
	uint8_t phase, current_document;
	bool shift_open;
	uint8_t warnings;
	char at[24];
	char serial[17];
	uint32_t last_document;
} ShtrihFnStatus;

typedef struct {
	bool open;
	uint16_t shift, receipt;
} ShtrihShift;

/* What FF0B, FF43 and FF45 answer. */
typedef struct {
	int64_t change; /* of FF45 */
	uint16_t shift; /* of FF0B and FF43 */
	uint32_t document, sign;
	char at[24]; /* empty where the firmware does not say */
} ShtrihFormed;

typedef struct {
	uint8_t type;
	char at[24];
	uint32_t document, sign;
	uint16_t shift; /* of types 2 and 5 */
	uint8_t operation; /* of receipts */
	int64_t total;
} ShtrihDocument;

/* Each reads the data after the error byte; false when it is too short or absurd. Longer answers of
 * newer firmware are accepted. */
bool shtrih_decode_status(const uint8_t *data, size_t len, ShtrihStatus *ret);
bool shtrih_decode_fn_status(const uint8_t *data, size_t len, ShtrihFnStatus *ret);
bool shtrih_decode_shift(const uint8_t *data, size_t len, ShtrihShift *ret);
/* 89h, 1Ah: an operator and a sum. */
bool shtrih_decode_sum(const uint8_t *data, size_t len, int64_t *ret);
bool shtrih_decode_closed(const uint8_t *data, size_t len, ShtrihFormed *ret);
bool shtrih_decode_shift_done(const uint8_t *data, size_t len, ShtrihFormed *ret);
bool shtrih_decode_document(const uint8_t *data, size_t len, ShtrihDocument *ret);
/* 1Bh: an operator and a count. */
bool shtrih_decode_count(const uint8_t *data, size_t len, uint16_t *ret);
/* FF4A: the number of the receipt is in ret->shift. */
bool shtrih_decode_corrected(const uint8_t *data, size_t len, ShtrihFormed *ret);
/* 11h: day, month, year of the century, hour, minute, second of its wall clock. */
bool shtrih_decode_clock(const uint8_t *data, size_t len, uint8_t ret[static 6]);
/* FF39: documents that the tax office does not have yet. */
bool shtrih_decode_exchange(const uint8_t *data, size_t len, uint16_t *ret_unsent);

/* What a check says of goods that are about to be sold. */
typedef enum {
	SHTRIH_MARK_UNKNOWN, /* could not be checked: the law lets it be sold */
	SHTRIH_MARK_GOOD,
	SHTRIH_MARK_BAD, /* false, or not to be sold in this state */
} ShtrihMark;
/* FF61 and FF69. */
bool shtrih_decode_mark_check(const uint8_t *data, size_t len, ShtrihMark *ret);
bool shtrih_decode_mark_accept(const uint8_t *data, size_t len, ShtrihMark *ret);
