/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/zvt_codes.h"

#include <glib.h>

typedef struct {
	uint8_t first, last;
	DeviceFault fault; /* DEVICE_FAULT_N: the card's or the bank's affair */
	const char *text;
} Range;

/* §6, the more special before the more general. */
static const Range ranges[] = {
	{ 0x00, 0x00, DEVICE_FAULT_N, "success" },
	{ 0x64, 0x64, DEVICE_FAULT_N, "card not readable" },
	{ 0x65, 0x65, DEVICE_FAULT_N, "no data on the card" },
	{ 0x66, 0x66, DEVICE_FAULT_N, "processing error" },
	{ 0x67, 0x68, DEVICE_FAULT_N, "not allowed for this card" },
	{ 0x6A, 0x6A, DEVICE_FAULT_MEMORY_FULL, "journal full, end of day needed" },
	{ 0x6B, 0x6B, DEVICE_FAULT_BUSY, "not registered" },
	{ 0x6C, 0x6C, DEVICE_FAULT_CANCELLED, "abort by key or time-out" },
	{ 0x6F, 0x6F, DEVICE_FAULT_NEEDS_SERVICE, "wrong currency" },
	{ 0x71, 0x76, DEVICE_FAULT_N, "chip or card data cannot be used" },
	{ 0x77, 0x77, DEVICE_FAULT_NEEDS_SERVICE, "end of day impossible" },
	{ 0x78, 0x78, DEVICE_FAULT_N, "card expired" },
	{ 0x79, 0x79, DEVICE_FAULT_N, "card not yet valid" },
	{ 0x7A, 0x7A, DEVICE_FAULT_N, "card unknown" },
	{ 0x7D, 0x7D, DEVICE_FAULT_BUSY, "no communication with the host" },
	{ 0x7B, 0x7E, DEVICE_FAULT_N, "chip or card data cannot be used" },
	{ 0x83, 0x83, DEVICE_FAULT_N, "function not possible" },
	{ 0x85, 0x85, DEVICE_FAULT_NEEDS_SERVICE, "key or hardware failure" },
	{ 0x89, 0x89, DEVICE_FAULT_NEEDS_SERVICE, "key or hardware failure" },
	{ 0x9A, 0x9A, DEVICE_FAULT_PROTOCOL, "protocol error" },
	{ 0x9B, 0x9B, DEVICE_FAULT_BUSY, "no communication with the host" },
	{ 0x9C, 0x9C, DEVICE_FAULT_BUSY, "please wait" },
	{ 0xA0, 0xA1, DEVICE_FAULT_BUSY, "no communication with the host" },
	{ 0xA3, 0xA3, DEVICE_FAULT_BUSY, "no communication with the host" },
	{ 0xB1, 0xB2, DEVICE_FAULT_MEMORY_FULL, "memory full, end of day needed" },
	{ 0xB4, 0xB4, DEVICE_FAULT_N, "already reversed" },
	{ 0xB5, 0xB5, DEVICE_FAULT_N, "not reversible" },
	{ 0xB7, 0xB8, DEVICE_FAULT_N, "pre-authorisation wrong" },
	{ 0xBF, 0xBF, DEVICE_FAULT_NEEDS_SERVICE, "low voltage" },
	{ 0xC0, 0xC0, DEVICE_FAULT_NEEDS_SERVICE, "key or hardware failure" },
	{ 0xC2, 0xC2, DEVICE_FAULT_NEEDS_SERVICE, "diagnosis required" },
	{ 0xC3, 0xC3, DEVICE_FAULT_N, "amount over the limit" },
	{ 0xC5, 0xC5, DEVICE_FAULT_N, "payment method not supported" },
	{ 0xC6, 0xC6, DEVICE_FAULT_NEEDS_SERVICE, "wrong currency" },
	{ 0xC8, 0xC8, DEVICE_FAULT_N, "amount below the limit" },
	{ 0xC9, 0xC9, DEVICE_FAULT_N, "amount outside the limits" },
	{ 0xCB, 0xCB, DEVICE_FAULT_NEEDS_SERVICE, "wrong currency" },
	{ 0xCC, 0xCC, DEVICE_FAULT_PAPER_OUT, "the terminal's printer is not ready" },
	{ 0xCD, 0xCD, DEVICE_FAULT_N, "cashback not possible" },
	{ 0xD2, 0xD2, DEVICE_FAULT_N, "not allowed for this card" },
	{ 0xDC, 0xDC, DEVICE_FAULT_BUSY, "a card is still inserted" },
	{ 0xE0, 0xE0, DEVICE_FAULT_BUSY, "remote maintenance is running" },
	{ 0xE2, 0xE3, DEVICE_FAULT_NEEDS_SERVICE, "key or hardware failure" },
	{ 0xE4, 0xE4, DEVICE_FAULT_NEEDS_SERVICE, "activation required" },
	{ 0xED, 0xED, DEVICE_FAULT_NEEDS_SERVICE, "key or hardware failure" },
	{ 0xF0, 0xF0, DEVICE_FAULT_MEMORY_FULL, "end of day is open" },
	{ 0xFA, 0xFB, DEVICE_FAULT_NEEDS_SERVICE, "system error" },
	{ 0xFC, 0xFC, DEVICE_FAULT_NEEDS_SERVICE, "key or hardware failure" },
	{ 0xFF, 0xFF, DEVICE_FAULT_NEEDS_SERVICE, "system error" },
};

static const Range *find(int result)
{
	for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++)
		if (result >= ranges[i].first && result <= ranges[i].last)
			return &ranges[i];
	return NULL;
}

const char *zvt_result_text(int result)
{
	const Range *range = find(result);

	return range != NULL ? range->text : "declined";
}

DeviceFault zvt_result_fault(int result, bool begun)
{
	const Range *range = find(result);

	if (range != NULL && range->fault != DEVICE_FAULT_N)
		return range->fault;
	return begun ? DEVICE_FAULT_CANCELLED : DEVICE_FAULT_REFUSED;
}

bool zvt_result_is_doubtful(int result)
{
	return result == 0xFA || result == 0xFB || result == 0xFF;
}

const char *zvt_card_name(int card_type)
{
	static const struct {
		int type;
		const char *name;
	} cards[] = {
		{ 0x05, "girocard" }, { 0x06, "Mastercard" }, { 0x08, "American Express" },
		{ 0x0A, "Visa" },     { 0x0C, "Diners" },     { 0x0D, "V PAY" },
		{ 0x0E, "JCB" },      { 0x2E, "Maestro" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cards); i++)
		if (cards[i].type == card_type)
			return cards[i].name;
	return "";
}

PaymentStep zvt_step(int status)
{
	if (status >= 0x41 && status <= 0x5D) /* what 01…1D say, and the card shall go */
		return PAYMENT_STEP_REMOVE_CARD;
	switch (status) {
	case 0x03: /* not accepted, unreadable, invalid: another one */
	case 0x0A:
	case 0x0C:
	case 0x10:
		return PAYMENT_STEP_INSERT_CARD;
	case 0x00: /* amount, PIN: at the keys */
	case 0x01:
	case 0x02:
	case 0x15:
	case 0x6A:
	case 0x6B:
	case 0x6C:
	case 0x6D:
		return PAYMENT_STEP_ENTER_PIN;
	case 0x04:
	case 0xD2:
	case 0xD3:
	case 0xF2:
		return PAYMENT_STEP_HOST;
	case 0x0B:
		return PAYMENT_STEP_REMOVE_CARD;
	default:
		return PAYMENT_STEP_WAIT;
	}
}
