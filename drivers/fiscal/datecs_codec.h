/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/datecs_frame.h"

/* Parameters of commands and answers (§5): no I/O. All sums are hundredths. */

typedef enum {
	DATECS_SERVICE_OPEN = 0x26,
	DATECS_SERVICE_CLOSE = 0x27,
	DATECS_SERVICE_TEXT = 0x2A,
	DATECS_STORNO_X = 0x2B,
	DATECS_STORNO_P = 0x2E,
	DATECS_OPEN = 0x30,
	DATECS_LINE = 0x31,
	DATECS_PAY = 0x35,
	DATECS_CLOSE = 0x38,
	DATECS_CANCEL = 0x3C,
	DATECS_SET_CLOCK = 0x3D,
	DATECS_CLOCK = 0x3E,
	DATECS_LAST_Z = 0x40,
	DATECS_DAY_SUMS = 0x41,
	DATECS_REPORT = 0x45,
	DATECS_CASH = 0x46,
	DATECS_STATUS = 0x4A,
	DATECS_RECEIPT = 0x4C,
	DATECS_DIAGNOSTICS = 0x5A,
	DATECS_DRAWER = 0x6A,
	DATECS_COPY = 0x6D,
	DATECS_LAST_DOCUMENT = 0x71,
} DatecsCode;

/* Largest amount that can be written: eight digits in P, 9999999.99 in X. */
#define DATECS_PRICE_MAX_P INT64_C(99999999)
#define DATECS_AMOUNT_MAX INT64_C(999999999)

/* A command grows field by field. False once something did not fit; then it is not to be sent. */
typedef struct {
	DatecsBody body;
	bool overflow;
} DatecsWriter;

void datecs_begin(DatecsWriter *self, uint8_t code);
void datecs_put(DatecsWriter *self, const void *bytes, size_t len);
void datecs_put_text(DatecsWriter *self, const char *ascii);
/* A parameter of family X: the text and its TAB. */
void datecs_put_field(DatecsWriter *self, const char *ascii);

/* "12.34", of a sum that is not negative. Own it. */
char *datecs_dup_amount(int64_t minor);
/* With a point major units, without minor ones: firmware differs. Blanks around it are allowed. */
bool datecs_parse_amount(const char *text, int64_t *ret);

#define DATECS_FIELDS_MAX 24
typedef struct {
	char text[DATECS_ANSWER_MAX + 1]; /* bytes of cp1251, cut into strings */
	const char *fields[DATECS_FIELDS_MAX]; /* into text */
	int n;
} DatecsFields;

/* At commas or TABs in P, at TABs in X; the last TAB begins no field. */
void datecs_split(DatecsFamily family, const DatecsAnswer *answer, DatecsFields *ret);
/* "" where there are not so many. */
const char *datecs_field(const DatecsFields *self, int index);
bool datecs_field_number(const DatecsFields *self, int index, int64_t *ret);
bool datecs_field_amount(const DatecsFields *self, int index, int64_t *ret);
/* The error code that answers of X begin with. False where it has none. */
bool datecs_field_error(const DatecsFields *self, int64_t *ret);

enum {
	DATECS_KIND_SALE = 1,
	DATECS_KIND_STORNO = 2, /* for an error; 3 a refund, 4 the tax base */
	DATECS_KIND_STORNO_LAST = 4,
	DATECS_KIND_SERVICE = 5
};

/* Of the receipt that is open, or of the last one (4Ch). */
typedef struct {
	bool open;
	int kind; /* of X, and 0 where it is closed or not told */
	uint32_t number; /* of X; else 0 */
	int items;
	int64_t amount, paid;
	bool tells_paid;
} DatecsReceipt;

/* All below read an answer's fields; false where it is not as the page says. */
bool datecs_decode_receipt(DatecsFamily family, const DatecsFields *fields, DatecsReceipt *ret);
bool datecs_decode_cash(DatecsFamily family, const DatecsFields *fields, int64_t *ret);
/* Serial of the device and of its fiscal memory; empty where they are not like that. */
typedef struct {
	char serial[16]; /* "DT279013" */
	char memory[16]; /* "02279013" */
} DatecsIdentity;
void datecs_decode_identity(const DatecsFields *fields, DatecsIdentity *ret);
/* 35h: what is still due, or minus the change. False where it was not taken: F, E, I. */
bool datecs_decode_payment(DatecsFamily family, const DatecsAnswer *answer,
			   const DatecsFields *fields, int64_t *ret_due);
/* The number of the last Z, 40h. */
bool datecs_decode_last_z(DatecsFamily family, const DatecsFields *fields, uint32_t *ret);
/* A field that is a document's number. */
bool datecs_decode_number(const DatecsFields *fields, int index, uint32_t *ret);

/* The receipt whose QR code was printed last (X, 4Ah 0). */
typedef struct {
	uint32_t number;
	int64_t amount;
	char at[24]; /* ISO 8601, or "" */
} DatecsQr;
bool datecs_decode_qr(const DatecsFields *fields, DatecsQr *ret);

/* "03-06-26 10:15:00[ DST]" to "2026-06-03T10:15:00"; "" where it is no time. */
void datecs_decode_time(const char *text, char ret[static 24]);
/* The other way round; @format: of g_date_time_format(). NULL where it is no time. Own it. */
char *datecs_dup_time(const char *iso, const char *format);

/* "LLDDDDDD-CCCC-DDDDDDD": the unique sale number of device, operator and counter. */
#define DATECS_UNP_LEN 21
bool datecs_is_serial(const char *text); /* LLDDDDDD */
