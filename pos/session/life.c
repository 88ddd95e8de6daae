/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

#include "base/language.h"
#include "base/threads.h"
#include "pos/session/till_conf.h"

/* From the files of the data directory to a session that can be logged in to, and back. */

static bool open_databases(Session *self, GError **error)
{
	g_autofree char *goods = g_build_filename(self->directory, "goods.db", NULL);
	g_autofree char *till = g_build_filename(self->directory, "till.db", NULL);

	self->goods = goods_open(goods, error);
	if (self->goods == NULL)
		return false;
	self->db = till_db_open(till, error);
	return self->db != NULL;
}

static bool read_shop(Session *self, GError **error)
{
	const Country *country;

	if (!goods_get_shop(self->goods, &self->shop, error) ||
	    !till_db_dup_setting(self->db, TILL_SETTING_NAME, &self->till_name, error))
		return false;
	if (self->till_name == NULL)
		self->till_name = g_strdup("");
	country = self->country = country_by_code(self->shop.country);
	self->tax_rounding = country != NULL ? country->tax_rounding : TAX_PER_LINE;
	self->templates = country != NULL ? g_strdupv((char **)country->barcode_templates)
					  : g_new0(char *, 1);
	self->style = language_number_style();
	return true;
}

/* A shop whose scales print other labels than the country's says so. */
static void read_templates(Session *self, GKeyFile *conf)
{
	char **own = g_key_file_get_string_list(conf, "barcodes", "templates", NULL, NULL);

	if (own == NULL)
		return;
	g_strfreev(self->templates);
	self->templates = own;
}

/* [fiscal] offline=queue: this shop goes on selling while its registrar is down, where its
 * country's law lets it. */
static void read_offline(Session *self, GKeyFile *conf)
{
	g_autofree char *policy = g_key_file_get_string(conf, "fiscal", "offline", NULL);

	self->offline = OFFLINE_REFUSE;
	if (g_strcmp0(policy, "queue") == 0 && self->country != NULL)
		self->offline = self->country->offline;
}

/* The journal remembers what time it was. */
static bool read_clock(Session *self, GError **error)
{
	int64_t last = till_db_get_last_number(self->db);
	g_autoptr(GPtrArray) entries = NULL;

	if (last == 0)
		return true;
	if (!till_db_read_journal(self->db, last, 1, SIZE_MAX, &entries, error))
		return false;
	if (entries->len > 0) {
		const JournalEntry *entry = g_ptr_array_index(entries, 0);

		self->newest_time = entry->at;
	}
	return true;
}

static bool load(Session *self, GError **error)
{
	self->conf = till_conf_load(self->directory, error);
	if (self->conf == NULL || !open_databases(self, error) || !read_shop(self, error) ||
	    !read_clock(self, error) || !session_load_receipt(self, error) ||
	    !session_start_agent(self, error))
		return false;
	till_db_get_shift(self->db, &self->shift);
	read_templates(self, self->conf);
	read_offline(self, self->conf);
	session_load_held(self);
	session_load_cases(self);
	session_watch_clock(self);
	session_start_devices(self, self->conf);
	session_recover(self);
	return true;
}

Session *session_new(const char *directory, GMainContext *context, SessionListener listener,
		     void *data, GError **error)
{
	Session *self = g_new0(Session, 1);

	threads_prepare();

	self->directory = g_strdup(directory);
	self->context = g_main_context_ref(context);
	self->mailbox = mailbox_new(context, self);
	self->listener = listener;
	self->listener_data = data;
	g_queue_init(&self->waiting);
	session_say_nothing(self);
	if (!load(self, error)) {
		session_free(self);
		return NULL;
	}
	self->started = true;
	session_emit(self);
	return self;
}

static void free_waiting(void *event)
{
	session_event_free(event);
}

void session_free(Session *self)
{
	if (self == NULL)
		return;
	g_clear_pointer(&self->agent, sync_agent_free);
	session_stop_asking(self);
	session_stop_trial(self);
	session_stop_devices(self);
	mailbox_close(self->mailbox);
	g_queue_clear_full(&self->waiting, free_waiting);
	session_forget_receipt(self);
	session_drop_pending(self);
	g_clear_pointer(&self->refused, session_event_free);
	g_clear_pointer(&self->held, session_event_free);
	g_clear_pointer(&self->cashier, till_person_free);
	g_clear_pointer(&self->badge, till_person_free);
	g_clear_pointer(&self->found, g_ptr_array_unref);
	g_clear_pointer(&self->held_list, g_ptr_array_unref);
	session_free_cases(self);
	g_clear_pointer(&self->db, till_db_close);
	g_clear_pointer(&self->goods, goods_close);
	till_shop_clear(&self->shop);
	g_clear_pointer(&self->conf, g_key_file_unref);
	g_strfreev(self->templates);
	g_free(self->till_name);
	g_free(self->found_query);
	g_free(self->paper_logo);
	g_free(self->paper_footer);
	g_free(self->finished);
	g_free(self->answer.message);
	g_free(self->answer.detail);
	g_free(self->directory);
	g_main_context_unref(self->context);
	g_free(self);
}
