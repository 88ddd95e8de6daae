/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/goods_model.h"

#define PAGE_ROWS 100
#define PAGES_KEPT 64

/* What was asked for; a new search or order makes a new one and old answers are dropped. */
typedef struct {
	char *search;
	GoodsOrder order;
	bool descending;
	int64_t offset; /* of a page */
} Query;

struct _OfficeGoodsModel {
	GObject parent_instance;

	/* owned */
	GHashTable *pages; /* page number → GPtrArray of OfficeGoodsRow */
	GQueue *recent; /* page numbers, the newest first */
	GCancellable *cancellable; /* of all questions under way */
	char *search;

	OfficeDesk *desk; /* borrowed */
	GoodsOrder order;
	bool descending;
	int64_t count;
	guint shown; /* items that listeners know of */
};

enum { PROP_COUNT = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

static void list_model_init(GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE(OfficeGoodsModel, office_goods_model, G_TYPE_OBJECT,
			      G_IMPLEMENT_INTERFACE(G_TYPE_LIST_MODEL, list_model_init))

static void query_free(void *data)
{
	Query *self = data;

	g_free(self->search);
	g_free(self);
}

static GoodsList *query_open(const Query *self, Store *store)
{
	GoodsList *list = goods_list_new(store);

	goods_list_set_order(list, self->order, self->descending);
	goods_list_set_search(list, self->search);
	return list;
}

static void count_job(GTask *task, Store *store)
{
	g_autoptr(GoodsList) list = query_open(g_task_get_task_data(task), store);
	GError *error = NULL;
	int64_t count;

	if (goods_list_count(list, &count, &error))
		g_task_return_int(task, count);
	else
		g_task_return_error(task, error);
}

static void page_job(GTask *task, Store *store)
{
	const Query *query = g_task_get_task_data(task);
	g_autoptr(GoodsList) list = query_open(query, store);
	GError *error = NULL;
	GPtrArray *page = goods_list_page(list, query->offset, PAGE_ROWS, &error);

	if (page != NULL)
		g_task_return_pointer(task, page, (GDestroyNotify)g_ptr_array_unref);
	else
		g_task_return_error(task, error);
}

static void ask(OfficeGoodsModel *self, int64_t offset, OfficeJob job, GAsyncReadyCallback done)
{
	GTask *task = g_task_new(self, self->cancellable, done, NULL);
	Query *query = g_new(Query, 1);

	*query = (Query){ .search = g_strdup(self->search),
			  .order = self->order,
			  .descending = self->descending,
			  .offset = offset };
	g_task_set_task_data(task, query, query_free);
	office_desk_run(self->desk, task, job);
}

static void on_page(GObject *source, GAsyncResult *result, void *data)
{
	OfficeGoodsModel *self = OFFICE_GOODS_MODEL(source);
	const Query *query = g_task_get_task_data(G_TASK(result));
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) page = g_task_propagate_pointer(G_TASK(result), &error);
	GPtrArray *rows;

	if (page == NULL) {
		if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
			g_signal_emit_by_name(self, "failed", error->message);
		return;
	}
	rows = g_hash_table_lookup(self->pages, GINT_TO_POINTER(query->offset / PAGE_ROWS));
	if (rows == NULL)
		return; /* scrolled far away meanwhile */
	for (guint i = 0; i < MIN(rows->len, page->len); i++)
		office_goods_row_fill(rows->pdata[i], page->pdata[i],
				      office_desk_get_shop(self->desk)->currency,
				      office_desk_get_style(self->desk));
}

static void forget_oldest(OfficeGoodsModel *self)
{
	while (g_queue_get_length(self->recent) > PAGES_KEPT)
		g_hash_table_remove(self->pages, g_queue_pop_tail(self->recent));
}

static GPtrArray *page_of(OfficeGoodsModel *self, guint position)
{
	void *number = GUINT_TO_POINTER(position / PAGE_ROWS);
	GPtrArray *rows = g_hash_table_lookup(self->pages, number);

	if (rows != NULL)
		return rows;
	rows = g_ptr_array_new_full(PAGE_ROWS, g_object_unref);
	for (int i = 0; i < PAGE_ROWS; i++)
		g_ptr_array_add(rows, g_object_new(OFFICE_TYPE_GOODS_ROW, NULL));
	g_hash_table_insert(self->pages, number, rows);
	g_queue_push_head(self->recent, number);
	forget_oldest(self);
	ask(self, (int64_t)(position / PAGE_ROWS) * PAGE_ROWS, page_job, on_page);
	return rows;
}

static GType get_item_type(GListModel *model)
{
	return OFFICE_TYPE_GOODS_ROW;
}

static guint get_n_items(GListModel *model)
{
	return OFFICE_GOODS_MODEL(model)->shown;
}

static void *get_item(GListModel *model, guint position)
{
	OfficeGoodsModel *self = OFFICE_GOODS_MODEL(model);

	if (position >= self->shown)
		return NULL;
	return g_object_ref(page_of(self, position)->pdata[position % PAGE_ROWS]);
}

static void list_model_init(GListModelInterface *iface)
{
	iface->get_item_type = get_item_type;
	iface->get_n_items = get_n_items;
	iface->get_item = get_item;
}

static void on_count(GObject *source, GAsyncResult *result, void *data)
{
	OfficeGoodsModel *self = OFFICE_GOODS_MODEL(source);
	g_autoptr(GError) error = NULL;
	gssize count = g_task_propagate_int(G_TASK(result), &error);
	guint before = self->shown;

	if (error != NULL) {
		if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
			g_signal_emit_by_name(self, "failed", error->message);
		return;
	}
	g_hash_table_remove_all(self->pages);
	g_queue_clear(self->recent);
	self->count = count;
	self->shown = (guint)MIN(count, G_MAXINT);
	g_list_model_items_changed(G_LIST_MODEL(self), 0, before, self->shown);
	g_object_notify_by_pspec(G_OBJECT(self), props[PROP_COUNT]);
}

void office_goods_model_reload(OfficeGoodsModel *self)
{
	g_cancellable_cancel(self->cancellable);
	g_object_unref(self->cancellable);
	self->cancellable = g_cancellable_new();
	ask(self, 0, count_job, on_count);
}

void office_goods_model_set_search(OfficeGoodsModel *self, const char *text)
{
	g_free(self->search);
	self->search = g_strdup(text);
	office_goods_model_reload(self);
}

void office_goods_model_set_order(OfficeGoodsModel *self, GoodsOrder order, bool descending)
{
	self->order = order;
	self->descending = descending;
	office_goods_model_reload(self);
}

OfficeGoodsModel *office_goods_model_new(OfficeDesk *desk)
{
	OfficeGoodsModel *self = g_object_new(OFFICE_TYPE_GOODS_MODEL, NULL);

	self->desk = desk;
	return self;
}

static void get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
	g_value_set_int64(value, OFFICE_GOODS_MODEL(object)->count);
}

static void finalize(GObject *object)
{
	OfficeGoodsModel *self = OFFICE_GOODS_MODEL(object);

	g_hash_table_unref(self->pages);
	g_queue_free(self->recent);
	g_object_unref(self->cancellable);
	g_free(self->search);
	G_OBJECT_CLASS(office_goods_model_parent_class)->finalize(object);
}

static void office_goods_model_class_init(OfficeGoodsModelClass *klass)
{
	GObjectClass *object_class = G_OBJECT_CLASS(klass);

	object_class->get_property = get_property;
	object_class->finalize = finalize;
	props[PROP_COUNT] = g_param_spec_int64("count", NULL, NULL, -1, G_MAXINT64, -1,
					       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
	g_object_class_install_properties(object_class, N_PROPS, props);
	/* failed (message): the database did not answer. */
	g_signal_new("failed", OFFICE_TYPE_GOODS_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
		     G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void office_goods_model_init(OfficeGoodsModel *self)
{
	self->pages = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
	self->recent = g_queue_new();
	self->cancellable = g_cancellable_new();
	self->count = -1;
}
