/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/hub.h"
#include "base/language.h"
#include "base/threads.h"
#include "store/store.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

typedef struct {
	/* owned */
	char *dsn, *listen, *tls_cert, *tls_key;
} Options;

static void options_clear(Options *self)
{
	g_free(self->dsn);
	g_free(self->listen);
	g_free(self->tls_cert);
	g_free(self->tls_key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

enum { DONE = 0, FAILED = 1, WRONG_USAGE = 2 };

static int complain(int status, const char *format, ...) G_GNUC_PRINTF(2, 3);
static int complain(int status, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	g_printerr("baraa-hub: %s\n", text);
	return status;
}

static bool read_options(Options *ret, int *argc, char ***argv, GError **error)
{
	const GOptionEntry entries[] = {
		{ "db", 0, 0, G_OPTION_ARG_STRING, &ret->dsn, N_("the office database"), "DSN" },
		{ "listen", 0, 0, G_OPTION_ARG_STRING, &ret->listen,
		  N_("where tills find it; port 0 takes a free one"), N_("ADDRESS:PORT") },
		{ "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &ret->tls_cert,
		  N_("the certificate, in PEM"), N_("FILE") },
		{ "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &ret->tls_key,
		  N_("its private key, in PEM"), N_("FILE") },
		{ NULL },
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);

	g_option_context_set_translation_domain(context, GETTEXT_PACKAGE);
	g_option_context_set_summary(context, _("The server that tills sync with."));
	g_option_context_add_main_entries(context, entries, GETTEXT_PACKAGE);
	return g_option_context_parse(context, argc, argv, error);
}

/* "127.0.0.1:8080", "[::1]:8080". NULL where it is no address. */
static GSocketAddress *parse_address(const char *text)
{
	const char *colon = strrchr(text, ':');
	g_autofree char *host = NULL;
	guint64 port;

	if (colon == NULL || !g_ascii_string_to_unsigned(colon + 1, 10, 0, 65535, &port, NULL))
		return NULL;
	host = g_strndup(text, (gsize)(colon - text));
	if (host[0] == '[' && g_str_has_suffix(host, "]")) {
		memmove(host, host + 1, strlen(host));
		host[strlen(host) - 1] = '\0';
	}
	return g_inet_socket_address_new_from_string(host, (guint)port);
}

static int complain_of_database(const char *dsn, const GError *error)
{
	if (g_error_matches(error, STORE_ERROR, STORE_ERROR_OLDER))
		return complain(FAILED,
				_("The database %s is of an older version: run 'baraa migrate --db "
				  "%s' first."),
				dsn, dsn);
	if (g_error_matches(error, STORE_ERROR, STORE_ERROR_NEWER))
		return complain(FAILED,
				_("The database %s was written by a newer version of Baraa: update "
				  "this program."),
				dsn);
	if (g_error_matches(error, STORE_ERROR, STORE_ERROR_MISSING))
		return complain(FAILED, _("There is no database %s: make one with 'baraa init'."),
				dsn);
	return complain(FAILED, _("The database %s cannot be opened: %s"), dsn, error->message);
}

static gboolean quit(void *loop)
{
	g_main_loop_quit(loop);
	return G_SOURCE_CONTINUE;
}

/* Whoever has read the line may stop us at once, and we end as at any other time. */
static void run_until_signal(const char *url)
{
	g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
	guint term = g_unix_signal_add(SIGTERM, quit, loop);
	guint interrupt = g_unix_signal_add(SIGINT, quit, loop);

	/* Programs wait for this line, so it is the same in every language. */
	printf("listening on %s\n", url);
	fflush(stdout);
	g_main_loop_run(loop);
	g_source_remove(term);
	g_source_remove(interrupt);
}

static int serve(const Options *options, GSocketAddress *address, GTlsCertificate *certificate)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Hub) hub = hub_new(options->dsn, certificate, &error);
	g_autofree char *url = NULL;

	if (hub == NULL)
		return complain_of_database(options->dsn, error);
	if (!hub_listen(hub, address, &error))
		return complain(FAILED, _("Nothing can listen on %s: %s"), options->listen,
				error->message);
	url = hub_dup_url(hub);
	run_until_signal(url);
	return DONE;
}

static int start(const Options *options)
{
	g_autoptr(GSocketAddress) address = parse_address(options->listen);
	g_autoptr(GTlsCertificate) certificate = NULL;
	g_autoptr(GError) error = NULL;

	if (address == NULL)
		return complain(WRONG_USAGE, _("'%s' is no ADDRESS:PORT, such as 127.0.0.1:8080."),
				options->listen);
	if (options->tls_cert != NULL) {
		certificate = g_tls_certificate_new_from_files(options->tls_cert, options->tls_key,
							       &error);
		if (certificate == NULL)
			return complain(FAILED, _("The certificate cannot be read: %s"),
					error->message);
	}
	return serve(options, address, certificate);
}

int main(int argc, char **argv)
{
	g_auto(Options) options = { 0 };
	g_autoptr(GError) error = NULL;

	threads_prepare();
	language_init();
	if (sodium_init() < 0)
		return complain(FAILED, _("This machine has no source of random numbers."));
	if (!read_options(&options, &argc, &argv, &error))
		return complain(WRONG_USAGE, "%s", error->message);
	if (argc > 1)
		return complain(WRONG_USAGE, _("What is '%s'? See --help."), argv[1]);
	if (options.dsn == NULL || options.listen == NULL)
		return complain(WRONG_USAGE, _("Both --db and --listen are needed. See --help."));
	if ((options.tls_cert == NULL) != (options.tls_key == NULL))
		return complain(WRONG_USAGE, _("--tls-cert and --tls-key go together."));
	return start(&options);
}
