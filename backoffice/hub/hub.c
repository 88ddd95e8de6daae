/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/hub.h"

#include "backoffice/hub/door.h"
#include "backoffice/hub/exchange.h"
#include "backoffice/hub/lane.h"
#include "backoffice/prices/prices.h"
#include "store/goods_file.h"

#include <libsoup/soup.h>
#include <string.h>

#define SEEN_EVERY (60 * G_USEC_PER_SEC)
#define DUE_EVERY 5 /* seconds; tills go over to a price by themselves, at its microsecond */
#define TOO_LARGE "baraa-too-large"

typedef enum { LANE_NONE, LANE_WRITE, LANE_READ, LANE_SNAPSHOT, LANE_N } LaneName;

struct route {
	const char *method;
	const char *path; /* * stands for the till's id, ? at the end for a name */
	LaneName lane;
	bool needs_till;
	Answer answer; /* NULL: "ok" without a lane */
};

static const struct route routes[] = {
	{ "GET", "/healthz", LANE_NONE, false, NULL },
	{ "GET", "/metrics", LANE_READ, false, answer_metrics },
	{ "POST", "/v1/enrol", LANE_WRITE, false, answer_enrol },
	{ "GET", "/v1/snapshot", LANE_SNAPSHOT, true, answer_snapshot },
	{ "GET", "/v1/changes", LANE_READ, true, answer_changes },
	{ "GET", "/v1/receipts/?", LANE_READ, true, answer_receipt },
	{ "POST", "/v1/tills/*/journal", LANE_WRITE, true, answer_journal },
};

struct Hub {
	/* owned */
	SoupServer *server;
	Door *door;
	Lane *lanes[LANE_N]; /* of LANE_NONE there is none */
	HubParts parts;
	GHashTable *seen; /* till id → when we last wrote down that it spoke to us */

	guint due_timer;
	gint due_waits; /* atomic: a look for due prices stands in the lane already */
};

/* A request under way: on the main loop, then on its lane, then on the main loop again. */
typedef struct {
	Exchange exchange;
	const struct route *route;
	Hub *hub; /* borrowed */
	SoupServerMessage *message; /* owned; the main loop's */
} Visit;

static void visit_free(Visit *self)
{
	exchange_clear(&self->exchange);
	g_object_unref(self->message);
	g_free(self);
}

/* --- sending ------------------------------------------------------------------------------- */

static void send_reply(Hub *self, SoupServerMessage *message, Reply *reply)
{
	SoupMessageHeaders *headers = soup_server_message_get_response_headers(message);

	soup_server_message_set_status(message, reply->status, NULL);
	soup_message_headers_set_content_type(headers, reply->type, NULL);
	soup_message_body_append_bytes(soup_server_message_get_response_body(message), reply->body);
	metrics_count_request(self->parts.metrics, reply->status);
}

static void send_now(Hub *self, SoupServerMessage *message, guint status, const char *code,
		     const char *text)
{
	Reply reply = { 0 };

	reply_error(&reply, status, code, text);
	send_reply(self, message, &reply);
	reply_clear(&reply);
}

static void write_seen(Store *store, void *data)
{
	g_autofree int64_t *till_id = data;
	g_autoptr(GError) error = NULL;

	if (!access_see(store, *till_id, &error))
		g_warning("%s", error->message);
}

/* Down calls only read: that the till lives is written down once a minute. */
static void note_seen(Hub *self, const Visit *visit)
{
	int64_t till_id = visit->exchange.till.id, now = g_get_monotonic_time();
	const int64_t *last = g_hash_table_lookup(self->seen, &till_id);

	if (till_id == 0 || visit->route->lane == LANE_WRITE ||
	    (last != NULL && now - *last < SEEN_EVERY))
		return;
	g_hash_table_replace(self->seen, g_memdup2(&till_id, sizeof till_id),
			     g_memdup2(&now, sizeof now));
	lane_push(self->lanes[LANE_WRITE], write_seen, g_memdup2(&till_id, sizeof till_id));
}

static gboolean finish(void *data)
{
	Visit *self = data;

	send_reply(self->hub, self->message, &self->exchange.reply);
	note_seen(self->hub, self);
	soup_server_message_unpause(self->message);
	visit_free(self);
	return G_SOURCE_REMOVE;
}

/* --- on a lane ----------------------------------------------------------------------------- */

static bool know_till(Exchange *exchange, Store *store)
{
	g_autoptr(GError) error = NULL;

	if (exchange->token != NULL && access_find(store, exchange->token, &exchange->till, &error))
		return true;
	if (error != NULL)
		reply_failed(&exchange->reply, error);
	else
		reply_error(&exchange->reply, SOUP_STATUS_UNAUTHORIZED, "token",
			    "This till is not enrolled here.");
	return false;
}

static void visit_lane(Store *store, void *data)
{
	Visit *self = data;

	if (!self->route->needs_till || know_till(&self->exchange, store))
		self->route->answer(&self->exchange, store);
	g_idle_add_full(G_PRIORITY_DEFAULT, finish, self, NULL);
}

/* --- taking requests in -------------------------------------------------------------------- */

#define NAME_MAX_BYTES 64

/* Of a pattern whose last character is ?: the text that stands there, in @path; else NULL. */
static const char *name_in(const char *pattern, const char *path)
{
	size_t before = strlen(pattern) - 1;
	const char *name = path + before;

	return pattern[before] == '?' && strncmp(pattern, path, before) == 0 && *name != '\0' &&
			       strchr(name, '/') == NULL && strlen(name) <= NAME_MAX_BYTES
		       ? name
		       : NULL;
}

/* True if @path is @pattern, whose * is a number. */
static bool fits(const char *pattern, const char *path, int64_t *ret_number)
{
	const char *star = strchr(pattern, '*');
	size_t before = star != NULL ? (size_t)(star - pattern) : 0;
	char *end;

	if (star == NULL)
		return strcmp(pattern, path) == 0 || name_in(pattern, path) != NULL;
	if (strncmp(pattern, path, before) != 0 || !g_ascii_isdigit(path[before]))
		return false;
	*ret_number = g_ascii_strtoll(path + before, &end, 10);
	return strcmp(star + 1, end) == 0;
}

/* NULL with the status to answer where there is no such route. */
static const struct route *find_route(const char *method, const char *path, int64_t *ret_till,
				      guint *ret_status)
{
	*ret_status = SOUP_STATUS_NOT_FOUND;
	for (size_t i = 0; i < G_N_ELEMENTS(routes); i++) {
		if (!fits(routes[i].path, path, ret_till))
			continue;
		if (strcmp(routes[i].method, method) == 0)
			return &routes[i];
		*ret_status = SOUP_STATUS_METHOD_NOT_ALLOWED;
	}
	return NULL;
}

static char *dup_token(SoupMessageHeaders *headers)
{
	const char *value = soup_message_headers_get_one(headers, "Authorization");

	return value != NULL && g_ascii_strncasecmp(value, "Bearer ", 7) == 0
		       ? g_strstrip(g_strdup(value + 7))
		       : NULL;
}

static char *dup_address(SoupServerMessage *message)
{
	GSocketAddress *address = soup_server_message_get_remote_address(message);

	return G_IS_INET_SOCKET_ADDRESS(address)
		       ? g_inet_address_to_string(
				 g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(address)))
		       : g_strdup("");
}

/* Tills that do not say read the first. A newer one than ours is made of ours by the till itself.
 */
static int schema_of(GHashTable *query)
{
	const char *text = query != NULL ? g_hash_table_lookup(query, "schema") : NULL;
	gint64 schema;

	if (text == NULL ||
	    !g_ascii_string_to_signed(text, 10, GOODS_FILE_PLAIN, INT_MAX, &schema, NULL))
		return GOODS_FILE_PLAIN;
	return (int)MIN(schema, GOODS_FILE_VERSION);
}

static Visit *visit_new(Hub *hub, SoupServerMessage *message, const struct route *route,
			const char *path, int64_t till_id, GHashTable *query)
{
	SoupMessageHeaders *headers = soup_server_message_get_request_headers(message);
	const char *encoding = soup_message_headers_get_one(headers, "Content-Encoding");
	Visit *self = g_new0(Visit, 1);

	self->hub = hub;
	self->route = route;
	self->message = g_object_ref(message);
	self->exchange.parts = &hub->parts;
	self->exchange.till_id = till_id;
	self->exchange.token = dup_token(headers);
	self->exchange.address = dup_address(message);
	self->exchange.since = query != NULL ? g_strdup(g_hash_table_lookup(query, "since")) : NULL;
	self->exchange.schema = schema_of(query);
	self->exchange.name = g_strdup(name_in(route->path, path));
	self->exchange.is_gzip = encoding != NULL && g_ascii_strcasecmp(encoding, "gzip") == 0;
	self->exchange.body =
		soup_message_body_flatten(soup_server_message_get_request_body(message));
	return self;
}

static bool has_foreign_encoding(SoupServerMessage *message)
{
	const char *encoding = soup_message_headers_get_one(
		soup_server_message_get_request_headers(message), "Content-Encoding");

	return encoding != NULL && g_ascii_strcasecmp(encoding, "gzip") != 0 &&
	       g_ascii_strcasecmp(encoding, "identity") != 0;
}

static void handle(SoupServer *server, SoupServerMessage *message, const char *path,
		   GHashTable *query, void *hub)
{
	Hub *self = hub;
	guint status;
	int64_t till_id = 0;
	const struct route *route =
		find_route(soup_server_message_get_method(message), path, &till_id, &status);
	Visit *visit;

	if (route == NULL) {
		send_now(self, message, status, "route", "There is no such call.");
	} else if (g_object_get_data(G_OBJECT(message), TOO_LARGE) != NULL) {
		send_now(self, message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "large",
			 "The body is too large: send fewer entries at a time.");
	} else if (has_foreign_encoding(message)) {
		send_now(self, message, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "encoding",
			 "The body may be plain or gzip.");
	} else if (route->lane == LANE_NONE) {
		soup_server_message_set_status(message, SOUP_STATUS_OK, NULL);
		soup_server_message_set_response(message, "text/plain", SOUP_MEMORY_STATIC, "ok",
						 2);
		metrics_count_request(self->parts.metrics, SOUP_STATUS_OK);
	} else {
		visit = visit_new(self, message, route, path, till_id, query);
		soup_server_message_pause(message);
		lane_push(self->lanes[route->lane], visit_lane, visit);
	}
}

/* What is too much is read on, so that the peer hears why, but not kept. */
static void weigh(SoupServerMessage *message, GBytes *chunk, void *data)
{
	SoupMessageBody *body = soup_server_message_get_request_body(message);

	if (body->length <= HUB_BODY_MAX)
		return;
	g_object_set_data(G_OBJECT(message), TOO_LARGE, GINT_TO_POINTER(true));
	soup_message_body_set_accumulate(body, FALSE);
	soup_message_body_truncate(body);
}

static void begin(SoupServer *server, SoupServerMessage *message, void *data)
{
	g_signal_connect(message, "got-chunk", G_CALLBACK(weigh), NULL);
}

/* --- prices whose minute comes -------------------------------------------------------------- */

static void come_due(Store *store, void *hub)
{
	Hub *self = hub;
	g_autoptr(GError) error = NULL;
	int64_t n;

	g_atomic_int_set(&self->due_waits, false);
	if (!prices_come_due(store, g_get_real_time(), &n, &error))
		g_warning("%s", error->message);
}

static gboolean look_for_due(void *hub)
{
	Hub *self = hub;

	if (g_atomic_int_compare_and_exchange(&self->due_waits, false, true))
		lane_push(self->lanes[LANE_WRITE], come_due, self);
	return G_SOURCE_CONTINUE;
}

/* --- life ---------------------------------------------------------------------------------- */

static Store *open_store(const char *dsn, StoreFlags flags, GError **error)
{
	g_autoptr(Store) store = store_open(dsn, flags, error);

	return store != NULL && store_check_version(store, "office", error)
		       ? g_steal_pointer(&store)
		       : NULL;
}

static bool open_lane(Hub *self, LaneName name, const char *dsn, StoreFlags flags, GError **error)
{
	Store *store = open_store(dsn, flags, error);

	if (store == NULL)
		return false;
	self->lanes[name] = lane_new(store);
	return true;
}

static bool open_printer(Hub *self, const char *dsn, GError **error)
{
	Store *store = open_store(dsn, STORE_DURABLE, error);

	if (store == NULL)
		return false;
	self->parts.printer = day_printer_new(store);
	return true;
}

static SoupServer *new_server(Hub *hub)
{
	SoupServer *server = soup_server_new("server-header", "baraa-hub", NULL);

	soup_server_add_handler(server, NULL, handle, hub, NULL);
	g_signal_connect(server, "request-started", G_CALLBACK(begin), NULL);
	return server;
}

Hub *hub_new(const char *dsn, GTlsCertificate *certificate, GError **error)
{
	g_autoptr(Hub) self = g_new0(Hub, 1);

	self->parts.metrics = metrics_new();
	self->parts.throttle = throttle_new();
	self->parts.snapshots = snapshot_cache_new();
	self->seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
	if (!open_lane(self, LANE_WRITE, dsn, STORE_DURABLE, error) ||
	    !open_lane(self, LANE_READ, dsn, STORE_READ_ONLY, error) ||
	    !open_lane(self, LANE_SNAPSHOT, dsn, STORE_READ_ONLY, error) ||
	    !open_printer(self, dsn, error))
		return NULL;
	self->server = new_server(self);
	self->door = door_new(self->server, certificate);
	look_for_due(self); /* whatever came due while nobody was here */
	self->due_timer = g_timeout_add_seconds(DUE_EVERY, look_for_due, self);
	return g_steal_pointer(&self);
}

bool hub_listen(Hub *self, GSocketAddress *address, GError **error)
{
	return door_open(self->door, address, error);
}

char *hub_dup_url(Hub *self)
{
	return door_dup_url(self->door);
}

void hub_free(Hub *self)
{
	if (self == NULL)
		return;
	g_clear_handle_id(&self->due_timer, g_source_remove);
	door_free(self->door);
	if (self->server != NULL)
		soup_server_disconnect(self->server);
	for (LaneName name = LANE_WRITE; name < LANE_N; name++)
		lane_free(self->lanes[name]);
	day_printer_free(self->parts.printer);
	while (g_main_context_iteration(NULL, FALSE))
		; /* what the lanes have answered */
	g_clear_object(&self->server);
	metrics_free(self->parts.metrics);
	throttle_free(self->parts.throttle);
	snapshot_cache_free(self->parts.snapshots);
	g_hash_table_unref(self->seen);
	g_free(self);
}
