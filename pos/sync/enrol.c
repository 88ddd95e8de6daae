/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/sync/enrol.h"

#include "pos/sync/snapshot.h"
#include "pos/till/till_db.h"

G_DEFINE_QUARK(enrol - error - quark, enrol_error)

static bool fail(GError **error, EnrolError code, GError *reason)
{
	g_set_error(error, ENROL_ERROR, code, "%s", reason->message);
	g_error_free(reason);
	return false;
}

static EnrolError code_of(const GError *reason)
{
	if (reason->domain != HUB_ERROR)
		return ENROL_ERROR_SAVE;
	switch ((HubError)reason->code) {
	case HUB_ERROR_UNREACHABLE:
		return ENROL_ERROR_UNREACHABLE;
	case HUB_ERROR_REFUSED:
		return ENROL_ERROR_CODE;
	default:
		return ENROL_ERROR_HUB;
	}
}

/* Asks the hub who we are, and writes it down at once: the code works only once. */
static bool introduce(TillDb *db, const char *url, const char *code, GError **error)
{
	g_autoptr(GCancellable) never = g_cancellable_new();
	g_autoptr(HubClient) hub = hub_client_new(url, NULL, never);
	json_auto_t *answer = hub_client_enrol(hub, code, error);
	g_autofree char *id = NULL;
	const char *token, *name;

	if (answer == NULL)
		return false;
	token = json_string_value(json_object_get(answer, "token"));
	name = json_string_value(json_object_get(answer, "name"));
	if (token == NULL || name == NULL ||
	    json_integer_value(json_object_get(answer, "till")) <= 0) {
		g_set_error(error, HUB_ERROR, HUB_ERROR_ANSWER, "the hub does not say who we are");
		return false;
	}
	id = g_strdup_printf("%" JSON_INTEGER_FORMAT,
			     json_integer_value(json_object_get(answer, "till")));
	return till_db_put_settings(db,
				    (const char *const[]){ TILL_SETTING_ID, id, TILL_SETTING_NAME,
							   name, TILL_SETTING_HUB, url,
							   TILL_SETTING_TOKEN, token, NULL },
				    error);
}

static bool load_goods(TillDb *db, const char *directory, GError **error)
{
	g_autofree char *path = g_build_filename(directory, "goods.db", NULL);
	g_autofree char *url = NULL, *token = NULL;
	g_autoptr(GCancellable) never = g_cancellable_new();
	g_autoptr(HubClient) hub = NULL;

	if (!till_db_dup_setting(db, TILL_SETTING_HUB, &url, error) ||
	    !till_db_dup_setting(db, TILL_SETTING_TOKEN, &token, error))
		return false;
	hub = hub_client_new(url, token, never);
	return snapshot_take(hub, path, NULL, error);
}

static bool has_goods(const char *directory)
{
	g_autofree char *path = g_build_filename(directory, "goods.db", NULL);

	return g_file_test(path, G_FILE_TEST_EXISTS);
}

bool enrol_till(const char *directory, const char *url, const char *code, GError **error)
{
	g_autofree char *path = g_build_filename(directory, "till.db", NULL);
	g_autofree char *token = NULL;
	g_autoptr(TillDb) db = NULL;
	GError *reason = NULL;

	if (!g_str_has_prefix(url, "http://") && !g_str_has_prefix(url, "https://")) {
		g_set_error(error, ENROL_ERROR, ENROL_ERROR_URL, "'%s' is no address of a hub",
			    url);
		return false;
	}
	db = till_db_open(path, &reason);
	if (db == NULL || !till_db_dup_setting(db, TILL_SETTING_TOKEN, &token, &reason))
		return fail(error, ENROL_ERROR_SAVE, reason);
	if (token != NULL && has_goods(directory)) {
		g_set_error(error, ENROL_ERROR, ENROL_ERROR_ALREADY, "enrolled already");
		return false;
	}
	/* A till that was cut off after its code was used goes on from there. */
	if ((token == NULL && !introduce(db, url, code, &reason)) ||
	    !load_goods(db, directory, &reason))
		return fail(error, code_of(reason), reason);
	return true;
}
