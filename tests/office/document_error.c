/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Until documents are in the library. */
#include "backoffice/stock/document.h"

__attribute__((weak)) GQuark document_error_quark(void)
{
	return g_quark_from_static_string("baraa_document_error");
}
