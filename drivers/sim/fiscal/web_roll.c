/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/web_roll.h"

#include "drivers/sim/fiscal/exact_json.h"
#include "drivers/sim/fiscal/web_memory.h"

#include <string.h>

static const WebMember roll_flags[] = {
	{ "no_paper", offsetof(WebRoll, no_paper) },
	{ "cover_open", offsetof(WebRoll, cover_open) },
	{ NULL, 0 },
};

void web_roll_init(WebRoll *self)
{
	*self = (WebRoll){ .waiting = web_paper_new(), .last = web_paper_new() };
}

void web_roll_clear(WebRoll *self)
{
	g_ptr_array_unref(self->waiting);
	g_ptr_array_unref(self->last);
}

json_t *web_roll_save(const WebRoll *self)
{
	json_t *object = json_object();

	web_flags_put(object, self, roll_flags);
	json_object_set_new(object, "waiting", web_strings_new(self->waiting));
	json_object_set_new(object, "last", web_strings_new(self->last));
	return object;
}

bool web_roll_load(WebRoll *self, const json_t *object)
{
	return web_flags_get(object, self, roll_flags) &&
	       web_strings_get(object, "waiting", self->waiting) &&
	       web_strings_get(object, "last", self->last);
}

bool web_roll_is_ready(const WebRoll *self)
{
	return !self->no_paper && !self->cover_open;
}

bool web_roll_continue(WebRoll *self, SimLog *log)
{
	if (!web_roll_is_ready(self))
		return self->waiting->len == 0;
	for (unsigned i = 0; i < self->waiting->len; i++)
		sim_log_paper(log, g_ptr_array_index(self->waiting, i));
	g_ptr_array_set_size(self->waiting, 0);
	return true;
}

static void copy_lines(GPtrArray *to, const GPtrArray *from)
{
	for (unsigned i = 0; i < from->len; i++)
		g_ptr_array_add(to, g_strdup(g_ptr_array_index(from, i)));
}

bool web_roll_print(WebRoll *self, SimLog *log, GPtrArray *paper, bool document, int ends_at)
{
	bool done = web_roll_continue(self, log);

	if (document) {
		g_ptr_array_set_size(self->last, 0);
		copy_lines(self->last, paper);
	}
	for (unsigned i = 0; i < paper->len; i++) {
		if (ends_at > 0 && i + 1 == (unsigned)ends_at)
			self->no_paper = true;
		done = done && web_roll_is_ready(self);
		if (done)
			sim_log_paper(log, g_ptr_array_index(paper, i));
		else
			g_ptr_array_add(self->waiting, g_strdup(g_ptr_array_index(paper, i)));
	}
	g_ptr_array_unref(paper);
	return done;
}

bool web_roll_control(WebRoll *self, const char *line)
{
	if (strcmp(line, "paper") == 0)
		self->no_paper = false;
	else if (strcmp(line, "paper-out") == 0)
		self->no_paper = true;
	else if (strcmp(line, "cover-open") == 0)
		self->cover_open = true;
	else if (strcmp(line, "cover-close") == 0)
		self->cover_open = false;
	else
		return false;
	return true;
}

/* --- lines ------------------------------------------------------------------------------------ */

GPtrArray *web_paper_new(void)
{
	return g_ptr_array_new_with_free_func(g_free);
}

void web_paper_add(GPtrArray *paper, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_ptr_array_add(paper, g_strdup_vprintf(format, args));
	va_end(args);
}

void web_paper_centre(GPtrArray *paper, const char *text)
{
	int blanks = (WEB_PAPER_WIDTH - (int)g_utf8_strlen(text, -1)) / 2;

	web_paper_add(paper, "%*s%s", MAX(blanks, 0), "", text);
}

void web_paper_pair(GPtrArray *paper, const char *left, const char *right)
{
	int used = (int)(g_utf8_strlen(left, -1) + g_utf8_strlen(right, -1));

	web_paper_add(paper, "%s%*s%s", left, MAX(WEB_PAPER_WIDTH - used, 1), "", right);
}

void web_paper_sum(GPtrArray *paper, const char *left, int64_t minor)
{
	g_autofree char *sum = exact_decimal_text(minor, 2);
	g_autofree char *right = g_strdup_printf("=%s", sum);

	web_paper_pair(paper, left, right);
}

void web_paper_wrap(GPtrArray *paper, const char *text)
{
	glong len = g_utf8_strlen(text, -1);

	for (glong at = 0; at < len || at == 0; at += WEB_PAPER_WIDTH) {
		g_autofree char *part = g_utf8_substring(text, at, MIN(at + WEB_PAPER_WIDTH, len));

		web_paper_add(paper, "%s", part);
	}
}
