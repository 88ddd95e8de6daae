/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/item_row.h"
#include "backoffice/people/counter.h"
#include "backoffice/people/rights.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

static bool fail(GError **error, GoodsError code, const char *message)
{
	g_set_error_literal(error, GOODS_ERROR, code, message);
	return false;
}

/* NULL: neither PNG nor JPEG. */
static const char *type_of(GBytes *picture)
{
	static const struct {
		const char *start;
		size_t len;
		const char *type;
	} types[] = {
		{ "\x89PNG\r\n\x1a\n", 8, "image/png" },
		{ "\xff\xd8\xff", 3, "image/jpeg" },
	};
	gsize n;
	const char *bytes = g_bytes_get_data(picture, &n);

	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		if (n > types[i].len && memcmp(bytes, types[i].start, types[i].len) == 0)
			return types[i].type;
	return NULL;
}

/* {"bytes":1234,"sha256":"…"}; NULL where there is none. Own it. */
static char *dup_note(GBytes *picture)
{
	g_autofree char *hash = NULL;

	if (picture == NULL)
		return NULL;
	hash = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, picture);
	return g_strdup_printf("{\"bytes\":%zu,\"sha256\":\"%s\"}", g_bytes_get_size(picture),
			       hash);
}

static bool write_picture(Store *store, int64_t item_id, GBytes *picture, GError **error)
{
	StoreStatement *statement = store_statement(
		store, picture != NULL ? "office/item/put_picture" : "office/item/delete_picture");
	gsize n;
	const void *bytes;

	store_bind_int(statement, 1, item_id);
	if (picture != NULL) {
		bytes = g_bytes_get_data(picture, &n);
		store_bind_text(statement, 2, type_of(picture));
		store_bind_blob(statement, 3, bytes, n);
	}
	return store_run(statement, error);
}

static bool check_picture(GBytes *picture, GError **error)
{
	if (picture == NULL)
		return true;
	if (g_bytes_get_size(picture) > ITEM_PICTURE_MAX)
		return fail(error, GOODS_ERROR_INVALID,
			    _("The picture is larger than 512 KiB: make it smaller first."));
	return type_of(picture) != NULL ||
	       fail(error, GOODS_ERROR_INVALID, _("The picture is neither PNG nor JPEG."));
}

static bool check_item(Store *store, int64_t item_id, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autoptr(Item) item = item_row_read(store, item_id, NULL, &failed);

	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	return item != NULL ||
	       fail(error, GOODS_ERROR_GONE, _("These goods have been deleted meanwhile."));
}

static bool read_picture(Store *store, int64_t item_id, GBytes **ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/item/picture");
	StoreStep step;
	const void *bytes;
	size_t n;

	*ret = NULL;
	store_bind_int(row, 1, item_id);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		bytes = store_get_blob(row, 0, &n);
		*ret = g_bytes_new(bytes, n);
	}
	store_reset(row);
	return step != STORE_FAILED;
}

static bool set_picture(Store *store, int64_t item_id, GBytes *picture, int64_t person_id,
			GError **error)
{
	g_autofree char *subject = g_strdup_printf("%" PRId64, item_id);
	g_autofree char *was = NULL, *is = dup_note(picture);
	g_autoptr(GBytes) before = NULL;

	if (!rights_require(store, person_id, RIGHT_EDIT_GOODS, error) ||
	    !check_picture(picture, error) || !check_item(store, item_id, error) ||
	    !read_picture(store, item_id, &before, error))
		return false;
	was = dup_note(before);
	return g_strcmp0(was, is) == 0 ||
	       (write_picture(store, item_id, picture, error) &&
		audit_change(store, person_id, "item-picture", subject, was, is, error));
}

bool item_set_picture(Store *store, int64_t item_id, GBytes *picture, int64_t person_id,
		      GError **error)
{
	if (!store_begin(store, error))
		return false;
	if (!set_picture(store, item_id, picture, person_id, error)) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, error);
}

GBytes *item_get_picture(Store *store, int64_t item_id, GError **error)
{
	GBytes *picture;

	return read_picture(store, item_id, &picture, error) ? picture : NULL;
}
