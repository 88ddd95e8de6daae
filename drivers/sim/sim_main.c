/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_DONE, EXIT_FAILED, EXIT_USAGE };

typedef struct {
	gboolean list; /* gboolean: GOption's signature */
	char *pty_link, *log_path, *state_path, *control_path, *picture_dir; /* owned */
	int tcp_port, udp_port, http_port;
	char **faults; /* owned */
	char **names; /* owned */
} Arguments;

static int signal_fd; /* a control line for each signal goes in here */

static void on_signal(int number)
{
	const char *line = number == SIGUSR1 ? "paper\n" : number == SIGUSR2 ? "cable\n" : "quit\n";
	int saved = errno;

	/* A full pipe means as many orders are already waiting. */
	if (write(signal_fd, line, strlen(line)) < 0)
		errno = saved;
	errno = saved;
}

static bool watch_signals(int *ret)
{
	static const int numbers[] = { SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGUSR2 };
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
	int fds[2];

	if (pipe2(fds, O_CLOEXEC | O_NONBLOCK) != 0)
		return false;
	signal_fd = fds[1];
	*ret = fds[0];
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		if (sigaction(numbers[i], &action, NULL) != 0)
			return false;
	return true;
}

static int complain(const char *text, int status)
{
	fprintf(stderr, "%s\n", text);
	return status;
}

/* The port of `--tcp 0` must be told; where the caller named the place, "ready" is all. */
static void say_ready(const char *address, void *data)
{
	const Arguments *arguments = data;

	if (arguments->http_port == 0)
		printf("http://%s\n", strchr(address, ':') + 1);
	else if (arguments->pty_link == NULL && MAX(arguments->tcp_port, arguments->udp_port) == 0)
		printf("%s\n", address);
	printf("ready\n");
	fflush(stdout);
}

static int list(void)
{
	const struct sim *const *sims = sim_list();

	for (size_t i = 0; sims[i] != NULL; i++)
		printf("%-16s %s\n", sim_get_name(sims[i]), sim_get_summary(sims[i]));
	return EXIT_DONE;
}

static int run(const Arguments *arguments)
{
	g_autoptr(GError) error = NULL;
	SimOptions options = { .pty_link = arguments->pty_link,
			       .tcp_port = MAX(MAX(arguments->tcp_port, arguments->udp_port),
					       arguments->http_port),
			       .udp = arguments->udp_port >= 0,
			       .faults = (const char *const *)arguments->faults,
			       .log_path = arguments->log_path,
			       .state_path = arguments->state_path,
			       .picture_dir = arguments->picture_dir,
			       .control_path = arguments->control_path,
			       .control_fd = -1 };
	const struct sim *sim = sim_find(arguments->names[0]);
	g_autofree char *text = NULL;

	if (sim == NULL) {
		text = g_strdup_printf(
			_("There is no simulator “%s”; “baraa sim --list” names them."),
			arguments->names[0]);
		return complain(text, EXIT_USAGE);
	}
	if (!watch_signals(&options.control_fd))
		return complain(g_strerror(errno), EXIT_FAILED);
	if (!sim_run(sim, &options, say_ready, (void *)arguments, &error))
		return complain(error->message, g_error_matches(error, SIM_ERROR, SIM_ERROR_USAGE)
							? EXIT_USAGE
							: EXIT_FAILED);
	return EXIT_DONE;
}

static int check_and_run(const Arguments *arguments)
{
	if (arguments->list)
		return list();
	if (arguments->names == NULL || arguments->names[0] == NULL || arguments->names[1] != NULL)
		return complain(_("Name one simulator; “baraa sim --list” names them."),
				EXIT_USAGE);
	if ((arguments->pty_link != NULL) + (arguments->tcp_port >= 0) +
		    (arguments->udp_port >= 0) + (arguments->http_port >= 0) !=
	    1)
		return complain(_("Say where to listen: one of --pty LINK, --tcp PORT, --udp PORT "
				  "and --http "
				  "PORT."),
				EXIT_USAGE);
	if (MAX(MAX(arguments->tcp_port, arguments->udp_port), arguments->http_port) > 65535)
		return complain(_("A port is a number from 0 to 65535."), EXIT_USAGE);
	return run(arguments);
}

static char *describe_new(void)
{
	const struct sim *const *sims = sim_list();
	g_autofree char *cable = sim_dup_faults(NULL);
	GString *text = g_string_new(NULL);

	g_string_append_printf(
		text,
		_("A fault of the cable is NAME[=N][*COUNT]; bytes are counted from the "
		  "start:\n%s\n"
		  "A fault of a device is NAME[=VALUE][*COUNT][@[CODE:]N]: from the Nth frame on, "
		  "or "
		  "from the Nth frame of the command CODE (hex) and for that command only. For "
		  "example lost_answer@FF45:1.\n"),
		cable);
	for (size_t i = 0; sims[i] != NULL; i++) {
		g_autofree char *faults = sim_dup_faults(sims[i]);

		if (faults[0] != '\0')
			g_string_append_printf(text, "%s:\n%s", sim_get_name(sims[i]), faults);
		if (sim_get_controls(sims[i]) != NULL)
			g_string_append_printf(text, "  %s: %s\n", sim_get_name(sims[i]),
					       sim_get_controls(sims[i]));
	}
	g_string_append_printf(
		text, "\n%s",
		_("Signals and control lines: SIGUSR1 or “paper” loads paper, “paper-out” takes it "
		  "out, SIGUSR2 or “cable” pulls the cable and puts it back, “power” turns off and "
		  "on, “fault SPEC” is one more fault, “hear” ends those of the cable, SIGTERM or "
		  "“quit” ends. A line said to scanner-serial is the code it scans."));
	return g_string_free(text, false);
}

static void free_arguments(Arguments *self)
{
	g_free(self->pty_link);
	g_free(self->log_path);
	g_free(self->state_path);
	g_free(self->control_path);
	g_free(self->picture_dir);
	g_strfreev(self->faults);
	g_strfreev(self->names);
}

int sim_main(int argc, char **argv)
{
	Arguments arguments = { .tcp_port = -1, .udp_port = -1, .http_port = -1 };
	const GOptionEntry entries[] = {
		{ "list", 0, 0, G_OPTION_ARG_NONE, &arguments.list, N_("Name the simulators"),
		  NULL },
		{ "pty", 0, 0, G_OPTION_ARG_FILENAME, &arguments.pty_link,
		  N_("Listen on a pseudo-terminal under this symbolic link"), N_("LINK") },
		{ "tcp", 0, 0, G_OPTION_ARG_INT, &arguments.tcp_port,
		  N_("Listen on this TCP port of this machine; 0 takes a free one and prints it"),
		  N_("PORT") },
		{ "udp", 0, 0, G_OPTION_ARG_INT, &arguments.udp_port,
		  N_("Listen for datagrams on this port of this machine; 0 as above"), N_("PORT") },
		{ "http", 0, 0, G_OPTION_ARG_INT, &arguments.http_port,
		  N_("Serve HTTP on this port of this machine; 0 as above"), N_("PORT") },
		{ "png", 0, 0, G_OPTION_ARG_FILENAME, &arguments.picture_dir,
		  N_("Draw each receipt and label into this folder"), N_("FOLDER") },
		{ "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments.faults,
		  N_("Misbehave, see below"), N_("SPEC") },
		{ "log", 0, 0, G_OPTION_ARG_FILENAME, &arguments.log_path,
		  N_("Write every byte, every command, the paper and the glass here"), N_("FILE") },
		{ "state", 0, 0, G_OPTION_ARG_FILENAME, &arguments.state_path,
		  N_("Keep the memory of the device here"), N_("FILE") },
		{ "control", 0, 0, G_OPTION_ARG_FILENAME, &arguments.control_path,
		  N_("Read control lines from this file or fifo; “-” is standard input"),
		  N_("FILE") },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments.names, NULL,
		  N_("NAME") },
		G_OPTION_ENTRY_NULL
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;
	g_autofree char *description = describe_new();
	int status;

	g_option_context_add_main_entries(context, entries, GETTEXT_PACKAGE);
	g_option_context_set_summary(context, _("Runs the simulator of a device."));
	g_option_context_set_description(context, description);
	if (g_option_context_parse(context, &argc, &argv, &error))
		status = check_and_run(&arguments);
	else
		status = complain(error->message, EXIT_USAGE);
	free_arguments(&arguments);
	return status;
}
