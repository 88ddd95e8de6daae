/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/hub/hub_process.h"

#include <signal.h>
#include <string.h>

#define LISTENING "listening on "

static const char *program(void)
{
	const char *path = g_getenv("BARAA_HUB");

	if (path == NULL)
		g_error("BARAA_HUB has to name the program");
	return path;
}

static char *tls_file(const char *name)
{
	return g_test_build_filename(G_TEST_DIST, name, NULL);
}

/* A test that fails leaves no hub behind: g_assert() ends in abort(). */
static pid_t running;

static void end_hub_too(int number)
{
	if (running != 0)
		kill(running, SIGKILL);
}

static char **dup_arguments(const HubProcess *self)
{
	g_autoptr(GStrvBuilder) line = g_strv_builder_new();

	g_strv_builder_add_many(line, program(), "--db", self->office.dsn, "--listen",
				"127.0.0.1:0", NULL);
	if (self->tls) {
		g_autofree char *certificate = tls_file("tls-cert.pem");
		g_autofree char *key = tls_file("tls-key.pem");

		g_strv_builder_add_many(line, "--tls-cert", certificate, "--tls-key", key, NULL);
	}
	return g_strv_builder_end(line);
}

pid_t hub_process_get_id(const HubProcess *self)
{
	return (pid_t)g_ascii_strtoll(g_subprocess_get_identifier(self->process), NULL, 10);
}

void hub_process_start(HubProcess *self)
{
	g_autoptr(GSubprocessLauncher) launcher =
		g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE);
	g_autoptr(GDataInputStream) out = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *line = NULL;
	g_auto(GStrv) argv = NULL;

	g_subprocess_launcher_setenv(launcher, "TMPDIR", self->office.folder, TRUE);
	if (self->tls) /* LSan's own tracer crashes over GnuTLS's thread-local data (gcc 12) */
		g_subprocess_launcher_setenv(launcher, "LSAN_OPTIONS", "detect_leaks=0", TRUE);
	argv = dup_arguments(self);
	self->process = g_subprocess_launcher_spawnv(launcher, (const char *const *)argv, &error);
	g_assert_no_error(error);
	running = hub_process_get_id(self);
	signal(SIGABRT, end_hub_too);
	out = g_data_input_stream_new(g_subprocess_get_stdout_pipe(self->process));
	line = g_data_input_stream_read_line_utf8(out, NULL, NULL, &error);
	g_assert_no_error(error);
	g_assert_true(line != NULL && g_str_has_prefix(line, LISTENING));
	self->url = g_strdup(line + strlen(LISTENING));
}

static void begin(HubProcess *self, bool tls)
{
	*self = (HubProcess){ .tls = tls };
	fake_office_init(&self->office);
	self->session = soup_session_new();
	hub_process_start(self);
}

void hub_process_init(HubProcess *self)
{
	begin(self, false);
}

void hub_process_init_tls(HubProcess *self)
{
	begin(self, true);
}

static void forget_process(HubProcess *self)
{
	running = 0;
	g_clear_object(&self->process);
	g_clear_pointer(&self->url, g_free);
}

void hub_process_kill(HubProcess *self)
{
	g_subprocess_force_exit(self->process);
	g_assert_true(g_subprocess_wait(self->process, NULL, NULL));
	forget_process(self);
}

int hub_process_stop(HubProcess *self)
{
	int status;

	g_subprocess_send_signal(self->process, SIGTERM);
	g_assert_true(g_subprocess_wait(self->process, NULL, NULL));
	g_assert_true(g_subprocess_get_if_exited(self->process));
	status = g_subprocess_get_exit_status(self->process);
	forget_process(self);
	return status;
}

void hub_process_clear(HubProcess *self)
{
	soup_session_abort(self->session);
	g_clear_object(&self->session);
	if (self->process != NULL)
		g_assert_cmpint(hub_process_stop(self), ==, 0);
	fake_office_clear(&self->office);
}

char *hub_process_dup_refusal(const char *const *arguments, int *ret_status)
{
	g_autoptr(GStrvBuilder) line = g_strv_builder_new();
	g_autoptr(GSubprocess) process = NULL;
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) argv = NULL;
	char *text = NULL;

	g_strv_builder_add(line, program());
	g_strv_builder_addv(line, (const char **)arguments);
	argv = g_strv_builder_end(line);
	process = g_subprocess_newv((const char *const *)argv, G_SUBPROCESS_FLAGS_STDERR_PIPE,
				    &error);
	g_assert_no_error(error);
	g_subprocess_communicate_utf8(process, NULL, NULL, NULL, &text, &error);
	g_assert_no_error(error);
	*ret_status = g_subprocess_get_exit_status(process);
	return text;
}

/* --- calls --------------------------------------------------------------------------------- */

void hub_answer_clear(HubAnswer *self)
{
	g_clear_pointer(&self->body, g_bytes_unref);
	g_clear_pointer(&self->json, json_decref);
}

const char *hub_answer_error(const HubAnswer *self)
{
	const char *code = json_string_value(json_object_get(self->json, "error"));

	return code != NULL ? code : "";
}

int64_t hub_answer_int(const HubAnswer *self, const char *name)
{
	const json_t *value = json_object_get(self->json, name);

	g_assert_true(json_is_integer(value));
	return json_integer_value(value);
}

/* As a till does that pinned it when it was enrolled. */
static gboolean is_our_certificate(SoupMessage *message, GTlsCertificate *shown,
				   GTlsCertificateFlags faults, void *data)
{
	g_autofree char *path = tls_file("tls-cert.pem");
	g_autoptr(GTlsCertificate) ours = g_tls_certificate_new_from_file(path, NULL);

	return g_tls_certificate_is_same(ours, shown);
}

SoupMessage *hub_message_new(HubProcess *self, const char *method, const char *path,
			     const char *token, const char *encoding, GBytes *body)
{
	g_autofree char *url = g_strconcat(self->url, path, NULL);
	SoupMessage *message = soup_message_new(method, url);
	SoupMessageHeaders *headers = soup_message_get_request_headers(message);

	if (self->tls)
		g_signal_connect(message, "accept-certificate", G_CALLBACK(is_our_certificate),
				 NULL);
	if (token != NULL) {
		g_autofree char *value = g_strconcat("Bearer ", token, NULL);

		soup_message_headers_append(headers, "Authorization", value);
	}
	if (encoding != NULL)
		soup_message_headers_append(headers, "Content-Encoding", encoding);
	if (body != NULL)
		soup_message_set_request_body_from_bytes(message, "application/x-ndjson", body);
	return message;
}

void hub_call(HubProcess *self, const char *method, const char *path, const char *token,
	      const char *encoding, GBytes *body, HubAnswer *ret)
{
	g_autoptr(SoupMessage) message = hub_message_new(self, method, path, token, encoding, body);
	const char *text;
	gsize len;

	hub_answer_clear(ret);
	*ret = (HubAnswer){ 0 };
	ret->body = soup_session_send_and_read(self->session, message, NULL, NULL);
	if (ret->body == NULL)
		return;
	ret->status = soup_message_get_status(message);
	text = g_bytes_get_data(ret->body, &len);
	ret->json = len > 0 ? json_loadb(text, len, 0, NULL) : NULL;
}

void hub_get(HubProcess *self, const char *path, const char *token, HubAnswer *ret)
{
	hub_call(self, "GET", path, token, NULL, NULL, ret);
}

void hub_post(HubProcess *self, const char *path, const char *token, GString *body, HubAnswer *ret)
{
	g_autoptr(GBytes) bytes = g_string_free_to_bytes(body);

	hub_call(self, "POST", path, token, NULL, bytes, ret);
}

static GString *code_body(const char *code)
{
	GString *body = g_string_new(NULL);

	g_string_printf(body, "{\"code\":\"%s\"}", code);
	return body;
}

char *hub_enrol(HubProcess *self, const char *till_name)
{
	g_autofree char *code = fake_office_add_till(&self->office, till_name);
	g_auto(HubAnswer) answer = { 0 };

	hub_post(self, "/v1/enrol", NULL, code_body(code), &answer);
	g_assert_cmpint(answer.status, ==, 200);
	return g_strdup(json_string_value(json_object_get(answer.json, "token")));
}

GBytes *hub_gzip(const void *data, size_t len)
{
	g_autoptr(GZlibCompressor) gzip = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
	g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable();
	g_autoptr(GOutputStream) stream = g_converter_output_stream_new(memory, G_CONVERTER(gzip));

	g_assert_true(g_output_stream_write_all(stream, data, len, NULL, NULL, NULL));
	g_assert_true(g_output_stream_close(stream, NULL, NULL));
	return g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(memory));
}
