/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/label_look.h"

#include "backoffice/goods/goods.h"

#define FOUND_MAX 50
#define STALE_MAX 20000

/* --- lists --- */

void label_lists_free(void *data)
{
	LabelLists *self = data;

	g_clear_pointer(&self->models, g_ptr_array_unref);
	g_clear_pointer(&self->devices, g_ptr_array_unref);
	g_free(self);
}

void label_lists_job(GTask *task, Store *store)
{
	const LabelLists *question = g_task_get_task_data(task);
	LabelLists *answer = g_new0(LabelLists, 1);
	GError *error = NULL;

	answer->models = label_model_list(store, &error);
	if (answer->models != NULL)
		answer->devices = label_device_list(store, question->shop_id, &error);
	if (answer->devices != NULL) {
		g_task_return_pointer(task, answer, label_lists_free);
		return;
	}
	label_lists_free(answer);
	g_task_return_error(task, error);
}

/* --- one scan, or a name --- */

LabelLook *label_look_new(int64_t shop_id, const char *text)
{
	LabelLook *self = g_new(LabelLook, 1);

	*self = (LabelLook){ .shop_id = shop_id, .text = g_strstrip(g_strdup(text)) };
	return self;
}

LabelLook *label_look_new_item(int64_t shop_id, int64_t item_id)
{
	LabelLook *self = g_new(LabelLook, 1);

	*self = (LabelLook){ .shop_id = shop_id, .item_id = item_id };
	return self;
}

void label_look_free(void *data)
{
	LabelLook *self = data;

	g_free(self->text);
	g_free(self);
}

void label_looked_free(void *data)
{
	LabelLooked *self = data;

	g_clear_pointer(&self->data, g_hash_table_unref);
	g_clear_pointer(&self->found, g_ptr_array_unref);
	g_free(self);
}

static bool find_names(Store *store, const char *text, LabelLooked *answer, GError **error)
{
	g_autoptr(GoodsList) list = goods_list_new(store);

	goods_list_set_search(list, text);
	answer->found = goods_list_page(list, 0, FOUND_MAX, error);
	if (answer->found == NULL)
		return false;
	if (answer->found->len == 1) {
		answer->wish.item_id = ((const Goods *)answer->found->pdata[0])->id;
		g_clear_pointer(&answer->found, g_ptr_array_unref);
	}
	return true;
}

static bool find_out(Store *store, const LabelLook *look, LabelLooked *answer, GError **error)
{
	g_autoptr(GError) unknown = NULL;

	answer->wish = (LabelWish){ .item_id = look->item_id, .copies = 1 };
	if (look->item_id == 0 && !label_wish_find(store, look->text, &answer->wish, &unknown)) {
		if (!g_error_matches(unknown, LABEL_ERROR, LABEL_ERROR_GONE)) {
			g_propagate_error(error, g_steal_pointer(&unknown));
			return false;
		}
		if (!find_names(store, look->text, answer, error))
			return false;
	}
	if (answer->wish.item_id == 0)
		return true;
	answer->data = label_data_new(store, look->shop_id, &answer->wish, error);
	return answer->data != NULL;
}

void label_look_job(GTask *task, Store *store)
{
	LabelLooked *answer = g_new0(LabelLooked, 1);
	GError *error = NULL;

	if (find_out(store, g_task_get_task_data(task), answer, &error)) {
		g_task_return_pointer(task, answer, label_looked_free);
		return;
	}
	label_looked_free(answer);
	g_task_return_error(task, error);
}

/* --- tags to reprint --- */

void label_stale_job(GTask *task, Store *store)
{
	const LabelStaleQuestion *question = g_task_get_task_data(task);
	GError *error = NULL;
	GPtrArray *tags = label_to_reprint(store, question->shop_id, question->until,
					   question->new_goods, STALE_MAX, &error);

	if (tags != NULL)
		g_task_return_pointer(task, tags, (GDestroyNotify)g_ptr_array_unref);
	else
		g_task_return_error(task, error);
}
