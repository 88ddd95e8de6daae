/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/crash/till_process.h"

#include "pos/session/script.h"
#include "tests/crash/child.h"
#include "tests/crash/quick_time.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

void till_process_init(TillProcess *self, const char *directory, const char *logs, bool as_program)
{
	*self = (TillProcess){ .directory = g_strdup(directory),
			       .log = g_build_filename(logs, "till.log", NULL),
			       .line = g_string_new(NULL) };
	if (as_program && g_getenv("BARAA_POWER") != NULL)
		self->program = g_getenv("BARAA_TILL");
	self->power_fd = memfd_create("power", MFD_CLOEXEC);
	if (self->power_fd < 0 || ftruncate(self->power_fd, sizeof *self->power) != 0)
		g_error("no memory");
	self->power = mmap(NULL, sizeof *self->power, PROT_READ | PROT_WRITE, MAP_SHARED,
			   self->power_fd, 0);
	if (self->power == MAP_FAILED)
		g_error("no memory");
}

void till_process_clear(TillProcess *self)
{
	if (self->pid != 0)
		till_process_kill(self);
	munmap(self->power, sizeof *self->power);
	close(self->power_fd);
	g_string_free(self->line, true);
	g_free(self->directory);
	g_free(self->log);
}

/* --- its life ------------------------------------------------------------------------------- */

static void live(const TillProcess *self, int in, int out)
{
	g_autoptr(GError) error = NULL;
	FILE *answers = fdopen(out, "w");
	int status;

	child_log_to(self->log);
	power_vfs_register(self->power);
	quick_time_set(TILL_QUICK);
	status = script_run(self->directory, in, answers, &error);
	if (error != NULL)
		fprintf(stderr, "# the till does not start: %s\n", error->message);
	_exit(error != NULL ? 3 : status);
}

static void set_number(const char *name, int value)
{
	g_autofree char *text = g_strdup_printf("%d", value);

	g_setenv(name, text, true);
}

/* A build with AddressSanitizer wants to be the first of all. */
static void let_be_preloaded(void)
{
	const char *options = g_getenv("ASAN_OPTIONS");
	g_autofree char *more =
		g_strconcat(options != NULL ? options : "", ":verify_asan_link_order=0", NULL);

	g_setenv("ASAN_OPTIONS", more, true);
	g_setenv("LD_PRELOAD", g_getenv("BARAA_POWER"), true);
}

static void execute(const TillProcess *self, int in, int out)
{
	child_log_to(self->log);
	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
	    fcntl(self->power_fd, F_SETFD, 0) != 0)
		g_error("no files");
	let_be_preloaded();
	set_number("BARAA_POWER_SWITCH", self->power_fd);
	set_number("BARAA_QUICK", TILL_QUICK);
	execl(self->program, self->program, "--data", self->directory, "--script", "-", NULL);
	g_error("%s cannot be run", self->program);
}

void till_process_start(TillProcess *self)
{
	int in[2], out[2];

	if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
		g_error("no pipe");
	self->pid = child_fork((const int[]){ in[0], out[1], self->power_fd, -1 });
	if (self->pid == 0 && self->program != NULL)
		execute(self, in[0], out[1]);
	if (self->pid == 0)
		live(self, in[0], out[1]);
	close(in[0]);
	close(out[1]);
	self->in = in[1];
	self->out = out[0];
	g_string_truncate(self->line, 0);
}

static int reap(TillProcess *self)
{
	int status = child_reap(self->pid);

	close(self->out);
	if (self->in >= 0)
		close(self->in);
	self->pid = 0;
	return status;
}

bool till_process_finish(TillProcess *self)
{
	int status;

	close(self->in);
	self->in = -1;
	status = reap(self);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void till_process_kill(TillProcess *self)
{
	kill(self->pid, SIGKILL);
	reap(self);
}

/* --- its script ----------------------------------------------------------------------------- */

void till_process_send(TillProcess *self, const char *step)
{
	g_autofree char *line = g_strconcat(step, "\n", NULL);
	size_t len = strlen(line);

	/* One that has died is found out by whoever waits for the answer. */
	if (write(self->in, line, len) != (ssize_t)len)
		g_debug("'%s' was not taken", step);
}

static bool died_of_power(int status)
{
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

/* A whole answer out of what has come. */
static json_t *take_answer(GString *text)
{
	char *end = memchr(text->str, '\n', text->len);
	json_t *answer;

	if (end == NULL)
		return NULL;
	*end = '\0';
	answer = json_loads(text->str, 0, NULL);
	if (answer == NULL)
		g_error("no answer: %s", text->str);
	g_string_erase(text, 0, end + 1 - text->str);
	return answer;
}

TillHeard till_process_hear(TillProcess *self, int64_t timeout_us, json_t **ret)
{
	int64_t until = g_get_monotonic_time() + timeout_us;

	while ((*ret = take_answer(self->line)) == NULL) {
		struct pollfd fd = { .fd = self->out, .events = POLLIN };
		int64_t left = MAX(until - g_get_monotonic_time(), 0);
		struct timespec time = { .tv_sec = left / G_USEC_PER_SEC,
					 .tv_nsec = left % G_USEC_PER_SEC * 1000 };
		char data[4096];
		ssize_t got;

		if (ppoll(&fd, 1, &time, NULL) <= 0)
			return TILL_SILENT;
		got = read(self->out, data, sizeof data);
		if (got <= 0)
			return died_of_power(reap(self)) ? TILL_DIED : TILL_ENDED;
		g_string_append_len(self->line, data, got);
	}
	return TILL_ANSWERED;
}

/* --- its power ------------------------------------------------------------------------------ */

void till_process_order(TillProcess *self, PowerCut cut, int at, uint32_t seed)
{
	g_atomic_int_set(&self->power->cut, POWER_STAYS);
	self->power->seed = seed;
	g_atomic_int_set(&self->power->at, at);
	g_atomic_int_set(&self->power->count, 0);
	g_atomic_int_set(&self->power->cut, (int)cut);
}

int till_process_count_syncs(const TillProcess *self)
{
	return g_atomic_int_get(&self->power->count);
}
