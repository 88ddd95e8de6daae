/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/plu_cas.h"
#include "drivers/scale/plu_digi.h"
#include "drivers/scale/plu_massa.h"
#include "drivers/scale/plu_shtrih.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A name of any bytes is a message or a refusal, never half of one. */
static void try_name(const uint8_t *data, size_t size)
{
	g_autofree char *name = g_strndup((const char *)data, size);
	const Plu plu = { .number = 7, .code = 12345, .name = name, .price = 8990 };
	const PluCasSettings cas = { .department = 1 };
	const PluDigiSettings digi = { .prefix = 21, .prefix_pieces = 21 };
	const PluMassaSettings massa = { 0 };
	const PluShtrihSettings shtrih = { .password = "0030" };
	const PluJob jobs[] = {
		{ plu_cas_encode, NULL, &cas },		  { plu_digi_encode, NULL, &digi },
		{ plu_massa_encode_goods, NULL, &massa }, { plu_massa_encode_plu, NULL, &massa },
		{ plu_shtrih_encode, NULL, &shtrih },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(jobs); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GPtrArray) messages = plu_encode_all(&jobs[i], &plu, 1, &error);

		g_assert_true((messages == NULL) == (error != NULL));
	}
}

/* The first byte chooses the scale, the others are its answer to PLU 7 of department 1. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	bool ok = true;

	if (size == 0)
		return 0;
	switch (data[0] % 5) {
	case 0: {
		const PluCasSettings settings = { .department = 1 };
		const Plu plu = { .number = 7 };
		g_autoptr(GByteArray) request = plu_cas_encode_removal(&settings, &plu, NULL);

		ok = plu_cas_decode(data + 1, size - 1, request, &error);
		g_assert_true(!ok || plu_cas_is_whole(data + 1, size - 1));
		break;
	}
	case 1:
		ok = plu_digi_decode(data + 1, size - 1, &error);
		break;
	case 2:
		ok = plu_massa_decode(data + 1, size - 1, 0x82, 0x65, &error);
		break;
	case 3:
		ok = plu_shtrih_decode(data + 1, size - 1, 0x57, &error);
		g_assert_true(!ok || plu_shtrih_is_whole(data + 1, size - 1));
		break;
	default:
		try_name(data + 1, size - 1);
	}
	g_assert_true(ok == (error == NULL));
	return 0;
}
