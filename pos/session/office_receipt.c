/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/office_receipt.h"

static void return_free(void *data)
{
	OfficeReturn *self = data;

	receipt_free(self->receipt);
	g_free(self->number);
	g_free(self);
}

void office_receipt_free(OfficeReceipt *self)
{
	if (self == NULL)
		return;
	receipt_free(self->receipt);
	g_ptr_array_unref(self->returns);
	g_free(self);
}

static bool read_return(OfficeReceipt *self, const json_t *json, GError **error)
{
	const char *number = json_string_value(json_object_get(json, "number"));
	Receipt *receipt = receipt_from_json(json_object_get(json, "receipt"), error);
	OfficeReturn *back;

	if (receipt == NULL)
		return false;
	back = g_new0(OfficeReturn, 1);
	back->receipt = receipt;
	back->number = g_strdup(number);
	g_ptr_array_add(self->returns, back);
	if (number != NULL)
		return true;
	g_set_error(error, RECEIPT_ERROR, RECEIPT_ERROR_DATA, "a return has no number");
	return false;
}

OfficeReceipt *office_receipt_read(const json_t *json, GError **error)
{
	const json_t *returns = json_object_get(json, "returns");
	g_autoptr(OfficeReceipt) self = g_new0(OfficeReceipt, 1);

	self->returns = g_ptr_array_new_with_free_func(return_free);
	self->receipt = receipt_from_json(json_object_get(json, "receipt"), error);
	if (self->receipt == NULL)
		return NULL;
	for (size_t i = 0; i < json_array_size(returns); i++)
		if (!read_return(self, json_array_get(returns, i), error))
			return NULL;
	return g_steal_pointer(&self);
}
