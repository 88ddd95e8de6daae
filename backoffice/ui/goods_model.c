/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/goods_model.h"

#define PAGE_ROWS 100
#define PAGES_KEPT 16 /* GTK holds on to 200 rows */

/* Farther from both ends than this the index is slow to reach: such pages wait for the ids. */
#define NEAR_ROWS 20000

/* What was asked for; a new search or order makes a new one and answers to the old are dropped. */
typedef struct {
	char *search;
	GoodsOrder order;
	bool descending;
	GoodsList *list; /* NULL before the first job; only the desk's quick thread uses it */
} Query;

typedef struct {
	Query *query; /* owned, an atomic box */
	guint page; /* number of a page */
} PageJob;

struct _OfficeGoodsModel {
	GObject parent_instance;

	/* owned */
	Query *query; /* an atomic box */
	GHashTable *pages; /* page number → GPtrArray of OfficeGoodsRow */
	GHashTable *waiting; /* of the page numbers, those that wait for the ids */
	GQueue *recent; /* page numbers, the one last looked at first */
	GCancellable *cancellable; /* of all questions under way */

	OfficeDesk *desk; /* borrowed */
	bool has_ids;
	int64_t count;
	guint shown; /* items that listeners know of */
};

enum { PROP_COUNT = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

static void list_model_init(GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE(OfficeGoodsModel, office_goods_model, G_TYPE_OBJECT,
			      G_IMPLEMENT_INTERFACE(G_TYPE_LIST_MODEL, list_model_init))

static void query_clear(void *data)
{
	Query *self = data;

	g_free(self->search);
	goods_list_free(self->list);
}

static void query_unref(void *query)
{
	g_atomic_rc_box_release_full(query, query_clear);
}

static Query *query_new(const char *search, GoodsOrder order, bool descending)
{
	Query *self = g_atomic_rc_box_new0(Query);

	*self = (Query){ .search = g_strdup(search), .order = order, .descending = descending };
	return self;
}

static void page_job_free(void *data)
{
	PageJob *self = data;

	query_unref(self->query);
	g_free(self);
}

/* --- on the desk's threads --- */

static GoodsList *open_list(const Query *query, Store *store)
{
	GoodsList *list = goods_list_new(store);

	goods_list_set_order(list, query->order, query->descending);
	goods_list_set_search(list, query->search);
	return list;
}

/* Whatever the query's first job is makes it. */
static GoodsList *list_of(Query *query, Store *store)
{
	if (query->list == NULL)
		query->list = open_list(query, store);
	return query->list;
}

static void count_job(GTask *task, Store *store)
{
	Query *query = g_task_get_task_data(task);
	GError *error = NULL;
	int64_t count;

	if (goods_list_count(list_of(query, store), &count, &error))
		g_task_return_int(task, count);
	else
		g_task_return_error(task, error);
}

static void page_job(GTask *task, Store *store)
{
	const PageJob *job = g_task_get_task_data(task);
	GError *error = NULL;
	GPtrArray *page = goods_list_page(list_of(job->query, store),
					  (int64_t)job->page * PAGE_ROWS, PAGE_ROWS, &error);

	if (page != NULL)
		g_task_return_pointer(task, page, (GDestroyNotify)g_ptr_array_unref);
	else
		g_task_return_error(task, error);
}

static void ids_job(GTask *task, Store *store)
{
	g_autoptr(GoodsList) list = open_list(g_task_get_task_data(task), store);
	GError *error = NULL;
	GArray *ids = goods_list_dup_ids(list, &error);

	if (ids != NULL)
		g_task_return_pointer(task, ids, (GDestroyNotify)g_array_unref);
	else
		g_task_return_error(task, error);
}

typedef struct {
	Query *query; /* owned */
	GArray *ids; /* owned */
} Ids;

static void ids_free(void *data)
{
	Ids *self = data;

	g_array_unref(self->ids);
	query_unref(self->query);
	g_free(self);
}

static void take_ids_job(GTask *task, Store *store)
{
	const Ids *ids = g_task_get_task_data(task);

	goods_list_take_ids(ids->query->list, g_array_ref(ids->ids));
	g_task_return_boolean(task, true);
}

/* --- pages --- */

/* A row stays the object it is whatever is asked for, and only its texts change: the list grows or
 * shrinks at its end. (Told that all rows are others, GTK would look at every one of a million.) */
static void show(OfficeGoodsModel *self, guint n)
{
	guint before = self->shown;

	self->shown = n;
	if (n > before)
		g_list_model_items_changed(G_LIST_MODEL(self), before, 0, n - before);
	else if (n < before)
		g_list_model_items_changed(G_LIST_MODEL(self), n, before - n, 0);
}

static void fail(OfficeGoodsModel *self, GError *error)
{
	if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		g_signal_emit_by_name(self, "failed", error);
}

static void on_page(GObject *source, GAsyncResult *result, void *data)
{
	OfficeGoodsModel *self = OFFICE_GOODS_MODEL(source);
	const PageJob *job = g_task_get_task_data(G_TASK(result));
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) page = g_task_propagate_pointer(G_TASK(result), &error);
	GPtrArray *rows;

	if (page == NULL) {
		fail(self, error);
		return;
	}
	rows = g_hash_table_lookup(self->pages, GUINT_TO_POINTER(job->page));
	if (rows == NULL)
		return; /* scrolled far away meanwhile */
	for (guint i = 0; i < rows->len; i++)
		office_goods_row_fill(rows->pdata[i], i < page->len ? page->pdata[i] : NULL,
				      office_desk_get_shop(self->desk)->currency,
				      office_desk_get_style(self->desk));
	if (self->count < 0) /* the first rows are shown before all are counted */
		show(self, page->len);
}

static void ask_page(OfficeGoodsModel *self, guint page)
{
	GTask *task = g_task_new(self, self->cancellable, on_page, NULL);
	PageJob *job = g_new(PageJob, 1);

	*job = (PageJob){ .query = g_atomic_rc_box_acquire(self->query), .page = page };
	g_task_set_task_data(task, job, page_job_free);
	office_desk_run(self->desk, OFFICE_QUICK, task, page_job);
}

static bool is_near(const OfficeGoodsModel *self, guint page)
{
	int64_t offset = (int64_t)page * PAGE_ROWS;

	return self->has_ids || offset < NEAR_ROWS || self->count - offset < NEAR_ROWS;
}

static void fetch(OfficeGoodsModel *self, guint page)
{
	if (is_near(self, page))
		ask_page(self, page);
	else
		g_hash_table_add(self->waiting, GUINT_TO_POINTER(page));
}

static void forget(OfficeGoodsModel *self, void *page)
{
	g_queue_remove(self->recent, page);
	g_hash_table_remove(self->pages, page);
	g_hash_table_remove(self->waiting, page);
}

static void look_at(OfficeGoodsModel *self, void *page)
{
	if (g_queue_peek_head(self->recent) == page && self->recent->length > 0)
		return;
	g_queue_remove(self->recent, page);
	g_queue_push_head(self->recent, page);
	if (self->recent->length > PAGES_KEPT)
		forget(self, g_queue_peek_tail(self->recent));
}

static GPtrArray *page_of(OfficeGoodsModel *self, guint page)
{
	void *key = GUINT_TO_POINTER(page);
	GPtrArray *rows = g_hash_table_lookup(self->pages, key);

	if (rows == NULL) {
		rows = g_ptr_array_new_full(PAGE_ROWS, g_object_unref);
		for (int i = 0; i < PAGE_ROWS; i++)
			g_ptr_array_add(rows, g_object_new(OFFICE_TYPE_GOODS_ROW, NULL));
		g_hash_table_insert(self->pages, key, rows);
		fetch(self, page);
	}
	look_at(self, key);
	return rows;
}

/* The quick thread has them, and serves in order: pages asked for from here on are read by them. */
static void on_ids_taken(GObject *source, GAsyncResult *result, void *data)
{
	OfficeGoodsModel *self = OFFICE_GOODS_MODEL(source);
	g_autoptr(GError) error = NULL;
	GHashTableIter iter;
	void *page;

	if (!g_task_propagate_boolean(G_TASK(result), &error)) {
		fail(self, error);
		return;
	}
	self->has_ids = true;
	g_hash_table_iter_init(&iter, self->waiting);
	while (g_hash_table_iter_next(&iter, &page, NULL))
		ask_page(self, GPOINTER_TO_UINT(page));
	g_hash_table_remove_all(self->waiting);
}

static void on_ids(GObject *source, GAsyncResult *result, void *data)
{
	OfficeGoodsModel *self = OFFICE_GOODS_MODEL(source);
	g_autoptr(GError) error = NULL;
	GArray *array = g_task_propagate_pointer(G_TASK(result), &error);
	GTask *task;
	Ids *ids;

	if (array == NULL) {
		fail(self, error);
		return;
	}
	task = g_task_new(self, self->cancellable, on_ids_taken, NULL);
	ids = g_new(Ids, 1);
	*ids = (Ids){ .query = g_atomic_rc_box_acquire(self->query), .ids = array };
	g_task_set_task_data(task, ids, ids_free);
	office_desk_run(self->desk, OFFICE_QUICK, task, take_ids_job);
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
	return g_object_ref(page_of(self, position / PAGE_ROWS)->pdata[position % PAGE_ROWS]);
}

static void list_model_init(GListModelInterface *iface)
{
	iface->get_item_type = get_item_type;
	iface->get_n_items = get_n_items;
	iface->get_item = get_item;
}

static void ask(OfficeGoodsModel *self, OfficeSpeed speed, OfficeJob job, GAsyncReadyCallback done)
{
	GTask *task = g_task_new(self, self->cancellable, done, NULL);

	g_task_set_task_data(task, g_atomic_rc_box_acquire(self->query), query_unref);
	office_desk_run(self->desk, speed, task, job);
}

static void on_count(GObject *source, GAsyncResult *result, void *data)
{
	OfficeGoodsModel *self = OFFICE_GOODS_MODEL(source);
	g_autoptr(GError) error = NULL;
	gssize count = g_task_propagate_int(G_TASK(result), &error);
	g_autoptr(GList) kept = NULL;

	if (error != NULL) {
		fail(self, error);
		return;
	}
	self->count = count;
	if (count > 2 * NEAR_ROWS)
		ask(self, OFFICE_LONG, ids_job, on_ids);
	g_hash_table_remove_all(self->waiting);
	kept = g_hash_table_get_keys(self->pages);
	for (GList *page = kept; page != NULL; page = page->next) {
		if ((int64_t)GPOINTER_TO_UINT(page->data) * PAGE_ROWS < count)
			fetch(self, GPOINTER_TO_UINT(page->data));
		else
			forget(self, page->data);
	}
	show(self, (guint)MIN(count, G_MAXINT));
	g_object_notify_by_pspec(G_OBJECT(self), props[PROP_COUNT]);
}

static void take_query(OfficeGoodsModel *self, Query *query)
{
	query_unref(self->query);
	self->query = query;
	self->has_ids = false;
	g_cancellable_cancel(self->cancellable);
	g_object_unref(self->cancellable);
	self->cancellable = g_cancellable_new();
	if (self->count < 0)
		page_of(self, 0);
	ask(self, OFFICE_QUICK, count_job, on_count);
}

void office_goods_model_reload(OfficeGoodsModel *self)
{
	const Query *old = self->query;

	take_query(self, query_new(old->search, old->order, old->descending));
}

void office_goods_model_set_search(OfficeGoodsModel *self, const char *text)
{
	const Query *old = self->query;

	if (g_strcmp0(old->search, text) != 0)
		take_query(self, query_new(text, old->order, old->descending));
}

void office_goods_model_set_order(OfficeGoodsModel *self, GoodsOrder order, bool descending)
{
	take_query(self, query_new(self->query->search, order, descending));
}

const char *office_goods_model_get_search(OfficeGoodsModel *self)
{
	return self->query->search;
}

GoodsOrder office_goods_model_get_order(OfficeGoodsModel *self, bool *ret_descending)
{
	*ret_descending = self->query->descending;
	return self->query->order;
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

	query_unref(self->query);
	g_hash_table_unref(self->pages);
	g_hash_table_unref(self->waiting);
	g_queue_free(self->recent);
	g_object_unref(self->cancellable);
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
	/* failed (GError): the database did not answer. */
	g_signal_new("failed", OFFICE_TYPE_GOODS_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
		     G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void office_goods_model_init(OfficeGoodsModel *self)
{
	self->pages = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
	self->waiting = g_hash_table_new(NULL, NULL);
	self->recent = g_queue_new();
	self->query = query_new("", GOODS_BY_NAME, false);
	self->cancellable = g_cancellable_new();
	self->count = -1;
}
