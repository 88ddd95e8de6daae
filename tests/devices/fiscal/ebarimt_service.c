/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/ebarimt_service.h"

#include "tests/sim/wire.h"
#include "tests/wait_file.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000 };

const char page_sale[] =
	"{\"branchNo\":\"001\",\"posNo\":\"001\",\"merchantTin\":\"11111111111\","
	"\"districtCode\":\"2501\",\"type\":\"B2C_RECEIPT\",\"billIdSuffix\":\"000058\","
	"\"totalAmount\":245.94,\"totalVAT\":22.36,\"totalCityTax\":0,\"receipts\":["
	"{\"totalAmount\":245.94,\"taxType\":\"VAT_ABLE\",\"merchantTin\":\"11111111111\","
	"\"totalVAT\":22.36,\"totalCityTax\":0,\"items\":["
	"{\"name\":\"Алим\",\"barCode\":\"\",\"barCodeType\":\"UNDEFINED\","
	"\"classificationCode\":\"0134100\",\"measureUnit\":\"кг\",\"qty\":1.234,"
	"\"unitPrice\":89.9,\"totalVAT\":10.09,\"totalCityTax\":0,\"totalAmount\":110.94},"
	"{\"name\":\"Шоколад\",\"barCode\":\"\",\"barCodeType\":\"UNDEFINED\","
	"\"classificationCode\":\"2366000\",\"measureUnit\":\"ш\",\"qty\":2,"
	"\"unitPrice\":67.5,\"totalVAT\":12.27,\"totalCityTax\":0,\"totalAmount\":135}]}],"
	"\"payments\":[{\"code\":\"PAYMENT_CARD\",\"status\":\"PAID\",\"paidAmount\":100,"
	"\"data\":{\"terminalID\":\"T0000001\",\"rrn\":\"000000000001\","
	"\"maskedCardNumber\":\"411111******1111\",\"easy\":false}},"
	"{\"code\":\"CASH\",\"status\":\"PAID\",\"paidAmount\":145.94}]}";

const char page_rest[] =
	"{\"branchNo\":\"001\",\"posNo\":\"001\",\"merchantTin\":\"11111111111\","
	"\"districtCode\":\"2501\",\"type\":\"B2C_RECEIPT\",\"billIdSuffix\":\"000059\","
	"\"inactiveId\":\"" FIRST_ID "\","
	"\"totalAmount\":178.44,\"totalVAT\":16.23,\"totalCityTax\":0,\"receipts\":["
	"{\"totalAmount\":178.44,\"taxType\":\"VAT_ABLE\",\"merchantTin\":\"11111111111\","
	"\"totalVAT\":16.23,\"totalCityTax\":0,\"items\":["
	"{\"name\":\"Алим\",\"barCode\":\"\",\"barCodeType\":\"UNDEFINED\","
	"\"classificationCode\":\"0134100\",\"measureUnit\":\"кг\",\"qty\":1.234,"
	"\"unitPrice\":89.9,\"totalVAT\":10.09,\"totalCityTax\":0,\"totalAmount\":110.94},"
	"{\"name\":\"Шоколад\",\"barCode\":\"\",\"barCodeType\":\"UNDEFINED\","
	"\"classificationCode\":\"2366000\",\"measureUnit\":\"ш\",\"qty\":1,"
	"\"unitPrice\":67.5,\"totalVAT\":6.14,\"totalCityTax\":0,\"totalAmount\":67.5}]}],"
	"\"payments\":[{\"code\":\"PAYMENT_CARD\",\"status\":\"PAID\",\"paidAmount\":100},"
	"{\"code\":\"CASH\",\"status\":\"PAID\",\"paidAmount\":78.44}]}";

const char page_void[] = "{\"id\":\"" FIRST_ID "\",\"date\":\"2026-06-03 10:15:30\"}";

/* --- the service ------------------------------------------------------------------------------ */

static void power_on(Service *self, const char *faults)
{
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) specs = g_strsplit(faults != NULL ? faults : "", " ", -1);

	self->sim = sim_start("fiscal-ebarimt",
			      &(SimOptions){ .log_path = self->log,
					     .state_path = self->state,
					     .faults = (const char *const *)specs,
					     .control_fd = -1 },
			      &error);
	g_assert_no_error(error);
	self->address = sim_thread_get_address(self->sim);
}

static void power_off(Service *self)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(sim_stop(self->sim, &error));
	g_assert_no_error(error);
}

Service service_new(const char *name, const char *faults)
{
	g_autofree char *log = g_strdup_printf("%s.log", name);
	g_autofree char *state = g_strdup_printf("%s.json", name);
	Service self = { .log = scratch_new(log), .state = scratch_new(state) };

	power_on(&self, faults);
	return self;
}

void service_end(Service *self)
{
	power_off(self);
	g_free(self->log);
	g_free(self->state);
}

void service_restart(Service *self, const char *faults)
{
	power_off(self);
	power_on(self, faults);
}

void service_tell(Service *self, const char *line)
{
	g_autofree char *done = g_strdup_printf("done: %s\n", line);

	sim_say(self->sim, line);
	wait_for_text(self->log, done);
}

/* The loop obeys in order: once it has met the next line, it knows of the fault. */
void service_fault(Service *self, const char *spec)
{
	static int asked;
	g_autofree char *order = g_strdup_printf("fault %s", spec);
	g_autofree char *stamp = g_strdup_printf("no-such-order %d", ++asked);

	sim_say(self->sim, order);
	sim_say(self->sim, stamp);
	wait_for_text(self->log, stamp);
}

/* --- HTTP ------------------------------------------------------------------------------------- */

static int connect_to(const char *address)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_addr = { htonl(INADDR_LOOPBACK) },
				  .sin_port = htons((uint16_t)atoi(strrchr(address, ':') + 1)) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_assert_cmpint(connect(fd, (struct sockaddr *)&to, sizeof(to)), ==, 0);
	return fd;
}

/* False at the end of the connection. */
static bool read_more(int fd, GByteArray *to)
{
	uint8_t data[4096];
	ssize_t got;

	g_assert_cmpint(poll(&(struct pollfd){ .fd = fd, .events = POLLIN }, 1, PATIENCE_MS), ==,
			1);
	got = read(fd, data, sizeof(data));
	if (got <= 0)
		return false;
	g_byte_array_append(to, data, (guint)got);
	return true;
}

int service_send_bytes(Service *self, const char *bytes, size_t len)
{
	int fd = connect_to(self->address);

	g_assert_cmpint(send(fd, bytes, len, MSG_NOSIGNAL), ==, (ssize_t)len);
	return fd;
}

static GByteArray *read_to_end(int fd)
{
	GByteArray *answer = g_byte_array_new();

	while (read_more(fd, answer))
		;
	close(fd);
	return answer;
}

GByteArray *service_bytes_new(Service *self, const char *bytes, size_t len)
{
	return read_to_end(service_send_bytes(self, bytes, len));
}

char *request_new(const char *method, const char *path, const char *body)
{
	GString *text = g_string_new(NULL);

	g_string_printf(text, "%s %s HTTP/1.1\r\nHost: localhost:7080\r\n", method, path);
	if (body != NULL)
		g_string_append_printf(text,
				       "Content-Type: application/json\r\n"
				       "Content-Length: %zu\r\n",
				       strlen(body));
	g_string_append(text, "\r\n");
	g_string_append(text, body != NULL ? body : "");
	return g_string_free(text, false);
}

int service_send(Service *self, const char *method, const char *path, const char *body)
{
	g_autofree char *text = request_new(method, path, body);

	return service_send_bytes(self, text, strlen(text));
}

char *service_call(Service *self, const char *method, const char *path, const char *body)
{
	GByteArray *answer = read_to_end(service_send(self, method, path, body));

	g_byte_array_append(answer, (const uint8_t *)"", 1);
	return (char *)g_byte_array_free(answer, false);
}

const char *body_of(const char *answer)
{
	const char *end = strstr(answer, "\r\n\r\n");

	g_assert_nonnull(end);
	return end + 4;
}

json_t *service_ask(Service *self, int status, const char *method, const char *path,
		    const char *body)
{
	g_autofree char *answer = service_call(self, method, path, body);
	g_autofree char *line = g_strdup_printf("HTTP/1.1 %d ", status);
	json_error_t where;
	json_t *json;

	g_test_message("%s", answer);
	g_assert_true(g_str_has_prefix(answer, line));
	json = json_loads(body_of(answer), JSON_REJECT_DUPLICATES, &where);
	g_assert_nonnull(json);
	return json;
}

json_t *service_post(Service *self, const char *body)
{
	json_t *json = service_ask(self, 200, "POST", "/rest/receipt", body);

	g_assert_cmpstr(text_of(json, "status"), ==, "SUCCESS");
	return json;
}

void service_refuses(Service *self, const char *body, const char *flag)
{
	g_autofree char *line = g_strdup_printf("FLAG: %s", flag);
	json_t *json;

	g_assert_false(file_has(self->log, line));
	json = service_ask(self, 400, "POST", "/rest/receipt", body);
	g_assert_cmpstr(text_of(json, "status"), ==, "ERROR");
	g_assert_cmpstr(text_of(json, "message"), !=, "");
	g_assert_cmpuint(strlen(text_of(json, "date")), ==, strlen("2026-06-03 10:15:30"));
	g_assert_true(file_has(self->log, line));
	json_decref(json);
}

const char *text_of(const json_t *json, const char *key)
{
	const char *text = json_string_value(json_object_get(json, key));

	return text != NULL ? text : "";
}

/* --- the book --------------------------------------------------------------------------------- */

json_t *service_book(Service *self)
{
	json_error_t where;
	json_t *root = json_load_file(self->state, 0, &where);
	json_t *book = json_incref(json_object_get(root, "book"));

	g_assert_true(json_is_array(book));
	json_decref(root);
	for (size_t i = 0; i < json_array_size(book); i++)
		g_assert_cmpint(book_count(book, i, "number"), ==, (int64_t)i + 1);
	return book;
}

void service_has_booked(Service *self, size_t n)
{
	json_t *book = service_book(self);

	g_assert_cmpuint(json_array_size(book), ==, n);
	json_decref(book);
}

static json_t *book_value(const json_t *book, size_t i, const char *key)
{
	json_t *value = json_object_get(json_array_get(book, i), key);

	g_assert_nonnull(value);
	return value;
}

const char *book_text(const json_t *book, size_t i, const char *key)
{
	return json_string_value(book_value(book, i, key));
}

int64_t book_count(const json_t *book, size_t i, const char *key)
{
	return json_integer_value(book_value(book, i, key));
}

bool book_flag(const json_t *book, size_t i, const char *key)
{
	return json_is_true(book_value(book, i, key));
}

char *with(const char *body, const char *from, const char *to)
{
	g_auto(GStrv) parts = g_strsplit(body, from, 2);

	g_assert_cmpuint(g_strv_length(parts), ==, 2);
	return g_strjoinv(to, parts);
}
