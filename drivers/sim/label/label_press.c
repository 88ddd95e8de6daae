/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/label/label_press.h"

#include "drivers/sim/label/label_text.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCE_QUIET_US = 200 * 1000, SOURCE_MAX = 20000 };

typedef struct {
	LabelCanvas *label; /* owned */
	int copies, done;
	bool blank; /* a feed: no picture */
} LabelJob;

static void job_free(void *data)
{
	LabelJob *job = data;

	label_canvas_free(job->label);
	g_free(job);
}

static int setting(const LabelPress *self, int fault, int or_else)
{
	return sim_faults_setting(self->context->faults, fault, or_else);
}

static bool is_set(const LabelPress *self, int fault)
{
	return setting(self, fault, -1) >= 0;
}

/* --- memory ----------------------------------------------------------------------------------- */

static void save(LabelPress *self)
{
	json_t *root;
	char *text;

	if (self->context->state_path == NULL)
		return;
	root = json_pack("{s:I,s:I,s:b,s:b,s:b,s:b}", "printed", (json_int_t)self->printed, "left",
			 (json_int_t)self->left, "paper_out", self->paper_out, "ribbon_out",
			 self->ribbon_out, "head_open", self->head_open, "paused", self->paused);
	text = json_dumps(root, JSON_INDENT(1));
	json_decref(root);
	if (self->context->failure == NULL)
		g_file_set_contents_full(self->context->state_path, text, -1,
					 G_FILE_SET_CONTENTS_CONSISTENT |
						 G_FILE_SET_CONTENTS_DURABLE,
					 0644, &self->context->failure);
	free(text);
}

static bool load(LabelPress *self, GError **error)
{
	const char *path = self->context->state_path;
	int paper_out, ribbon_out, head_open, paused;
	json_int_t printed, left;
	json_t *root;
	bool done;

	if (path == NULL || !g_file_test(path, G_FILE_TEST_EXISTS))
		return true; /* as shipped */
	root = json_load_file(path, 0, NULL);
	done = root != NULL &&
	       json_unpack(root, "{s:I,s:I,s:b,s:b,s:b,s:b}", "printed", &printed, "left", &left,
			   "paper_out", &paper_out, "ribbon_out", &ribbon_out, "head_open",
			   &head_open, "paused", &paused) == 0 &&
	       printed >= 0 && left >= 0;
	json_decref(root);
	if (!done) {
		g_set_error(
			error, SIM_ERROR, SIM_ERROR_STATE,
			_("%s is not the memory of this simulator; move it away to start anew."),
			path);
		return false;
	}
	self->printed = printed;
	self->left = left;
	self->paper_out = paper_out != 0;
	self->ribbon_out = ribbon_out != 0;
	self->head_open = head_open != 0;
	self->paused = paused != 0;
	return true;
}

bool label_press_init(LabelPress *self, SimContext *context, GError **error)
{
	int dpi;

	*self = (LabelPress){ .context = context };
	self->left = setting(self, LABEL_FAULT_ROLL, LABEL_DEFAULT_ROLL);
	self->fonts = setting(self, LABEL_FAULT_FONTS, 0) != 0;
	dpi = setting(self, LABEL_FAULT_DPI, 203);
	self->dots_per_mm = dpi == 600 ? 24 : dpi == 300 ? 12 : 8;
	if (dpi != 600 && dpi != 300 && dpi != 203) {
		g_set_error(error, SIM_ERROR, SIM_ERROR_USAGE,
			    _("A label printer has 203, 300 or 600 dots per inch, not %d."), dpi);
		return false;
	}
	if (!load(self, error))
		return false;
	g_queue_init(&self->jobs);
	self->source = g_string_new(NULL);
	self->was_stuck = label_press_is_stuck(self);
	return true;
}

void label_press_clear(LabelPress *self)
{
	g_queue_clear_full(&self->jobs, job_free);
	label_canvas_free(self->pictured);
	g_string_free(self->source, TRUE);
}

void label_press_flag(LabelPress *self, size_t offset, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	sim_log_words(self->context->log, "FLAG: byte %zu: %s", offset, text);
}

bool label_press_peels(const LabelPress *self)
{
	return is_set(self, LABEL_FAULT_PEEL);
}

/* --- printing --------------------------------------------------------------------------------- */

bool label_press_is_stuck(const LabelPress *self)
{
	return self->paper_out || self->ribbon_out || self->head_open;
}

static bool may_print(const LabelPress *self)
{
	return !label_press_is_stuck(self) && !self->paused && !self->awaits_taking &&
	       !g_queue_is_empty((GQueue *)&self->jobs);
}

bool label_press_is_printing(const LabelPress *self)
{
	return may_print(self);
}

int label_press_get_left(const LabelPress *self)
{
	const LabelJob *job = g_queue_peek_head((GQueue *)&self->jobs);

	return job != NULL ? job->copies - job->done : 0;
}

static void look_at_trouble(LabelPress *self)
{
	bool stuck = label_press_is_stuck(self);

	save(self);
	if (stuck != self->was_stuck && self->stuck_changed != NULL)
		self->stuck_changed(self->owner, stuck);
	self->was_stuck = stuck;
}

static bool strikes(LabelPress *self, int fault, bool *flag, const char *words)
{
	if (!sim_faults_drop_byte(self->context->faults, fault))
		return false;
	*flag = true;
	sim_log_words(self->context->log, "%s within label %" PRId64, words, self->printed + 1);
	return true;
}

/* What ends this label before it is out. All are asked, so that each counts every label. */
static bool is_interrupted(LabelPress *self)
{
	bool struck = strikes(self, LABEL_FAULT_PAPER_OUT, &self->paper_out, "the roll ends");

	struck |= strikes(self, LABEL_FAULT_RIBBON_OUT, &self->ribbon_out, "the ribbon ends");
	struck |= strikes(self, LABEL_FAULT_HEAD_OPEN, &self->head_open, "the head is opened");
	struck |= strikes(self, LABEL_FAULT_PAUSE, &self->paused, "PAUSE is pressed");
	if (!struck && self->left == 0) {
		self->paper_out = struck = true;
		sim_log_words(self->context->log, "the roll is at its end");
	}
	return struck;
}

static void draw_picture(LabelPress *self, const LabelCanvas *label)
{
	g_autofree char *path = NULL;

	if (self->pictured != NULL && label_canvas_equal(self->pictured, label))
		return;
	label_canvas_free(self->pictured);
	self->pictured = label_canvas_dup(label);
	path = sim_picture_begin(self->context, "label");
	if (path == NULL)
		return;
	if (label_canvas_save(label, path))
		sim_picture_done(self->context, path);
	else
		sim_log_words(self->context->log, "cannot write %s", path);
}

static void end_job(LabelPress *self)
{
	LabelJob *job = g_queue_pop_head(&self->jobs);

	if (!job->blank && job->done > 0) {
		g_autofree char *words = g_strdup_printf("%d copies", job->done);

		sim_log_mark(self->context->log, "LABEL", words);
	}
	if (job->done == job->copies && !job->blank && self->batch_done != NULL)
		self->batch_done(self->owner);
	job_free(job);
}

/* The label in the works is out, or is interrupted and will be made again. */
static void finish_label(LabelPress *self)
{
	LabelJob *job = g_queue_peek_head(&self->jobs);

	if (is_interrupted(self)) {
		look_at_trouble(self);
		return;
	}
	self->left--;
	job->done++;
	if (!job->blank) {
		self->printed++;
		draw_picture(self, job->label);
		sim_log_words(self->context->log, "label %d of %d is out, %" PRId64 " in all",
			      job->done, job->copies, self->printed);
	}
	self->awaits_taking = label_press_peels(self);
	save(self);
	if (job->done == job->copies)
		end_job(self);
}

static int64_t label_us(const LabelPress *self)
{
	return (int64_t)setting(self, LABEL_FAULT_LABEL_MS, 20) * 1000;
}

static void enqueue(LabelPress *self, const LabelCanvas *label, int copies, bool blank)
{
	LabelJob *job = g_new(LabelJob, 1);

	*job = (LabelJob){ .label = label_canvas_dup(label), .copies = copies, .blank = blank };
	if (!may_print(self))
		self->next_at = g_get_monotonic_time() + label_us(self);
	g_queue_push_tail(&self->jobs, job);
}

void label_press_print(LabelPress *self, const LabelCanvas *label, int copies)
{
	sim_log_words(self->context->log, "to print: %d of %d x %d dots", copies, label->width,
		      label->height);
	enqueue(self, label, copies, false);
}

void label_press_feed(LabelPress *self)
{
	g_autoptr(LabelCanvas) empty = label_canvas_new(1, 1);

	enqueue(self, empty, 1, true);
}

void label_press_cancel(LabelPress *self)
{
	while (!g_queue_is_empty(&self->jobs))
		end_job(self);
}

/* The next label takes its time from now on. */
static void go_on(LabelPress *self)
{
	self->next_at = g_get_monotonic_time() + label_us(self);
	look_at_trouble(self);
}

void label_press_set_paused(LabelPress *self, bool paused)
{
	self->paused = paused;
	go_on(self);
}

/* --- answers ---------------------------------------------------------------------------------- */

bool label_press_may_answer(LabelPress *self)
{
	sim_faults_count_frame(self->context->faults, 0);
	if (is_set(self, LABEL_FAULT_LANGUAGE))
		return false;
	if (!is_set(self, LABEL_FAULT_SILENT_ERROR) || !label_press_is_stuck(self))
		return true;
	sim_log_words(self->context->log, "no answer: it wants attention");
	return false;
}

bool label_press_buffer_is_full(LabelPress *self)
{
	return sim_faults_take(self->context->faults, LABEL_FAULT_BUFFER_FULL, NULL);
}

void label_press_send_leftover(LabelPress *self, const char *data)
{
	if (sim_faults_take(self->context->faults, LABEL_FAULT_LEFTOVER, NULL))
		sim_send(self->context, (const uint8_t *)data, strlen(data));
}

bool label_press_is_reset_by_graphic(LabelPress *self)
{
	if (!sim_faults_drop_byte(self->context->faults, LABEL_FAULT_RESET_MID_GRAPHIC))
		return false;
	sim_log_words(self->context->log, "reset in the middle of a graphic");
	sim_link_drop(self->context->link);
	return true;
}

bool label_press_drops_crlf(const LabelPress *self)
{
	return is_set(self, LABEL_FAULT_DROPS_CRLF);
}

/* --- another language ------------------------------------------------------------------------- */

bool label_press_take_source(LabelPress *self, const uint8_t *data, size_t len)
{
	if (!is_set(self, LABEL_FAULT_LANGUAGE))
		return false;
	for (size_t i = 0; i < len && self->source->len < SOURCE_MAX; i++)
		if (data[i] == '\n' || (data[i] >= 0x20 && data[i] < 0x7F))
			g_string_append_c(self->source, (char)data[i]);
		else if (data[i] != '\r')
			g_string_append_c(self->source, '?');
	self->source_at = g_get_monotonic_time();
	return true;
}

/* Lines too long for the label are cut, as such a printer does. */
static void print_source(LabelPress *self)
{
	const LabelFont font = { .height = 16, .cell = 8 };
	g_autoptr(LabelCanvas) label =
		label_canvas_new(58 * self->dots_per_mm, 40 * self->dots_per_mm);
	g_auto(GStrv) lines = g_strsplit(self->source->str, "\n", -1);

	for (int i = 0; lines[i] != NULL; i++) {
		int missing;
		g_autofree char *shown = g_strndup(lines[i], (size_t)label->width / 8);
		g_autoptr(LabelCanvas) line = label_text_new(shown, &font, &missing);

		sim_log_paper(self->context->log, lines[i]);
		label_canvas_place(label, 0, i * font.height, line, LABEL_INK_BLACK);
	}
	g_string_truncate(self->source, 0);
	label_press_print(self, label, 1);
}

/* --- time and people -------------------------------------------------------------------------- */

int64_t label_press_deadline(const LabelPress *self)
{
	int64_t at = may_print(self) ? self->next_at : G_MAXINT64;

	return self->source->len > 0 ? MIN(at, self->source_at + SOURCE_QUIET_US) : at;
}

void label_press_tick(LabelPress *self, int64_t now)
{
	if (self->source->len > 0 && now >= self->source_at + SOURCE_QUIET_US)
		print_source(self);
	while (may_print(self) && now >= self->next_at) {
		finish_label(self);
		self->next_at += label_us(self);
	}
}

typedef struct {
	const char *line;
	size_t flag; /* of LabelPress, a bool */
	bool value;
} Control;

static const Control controls[] = {
	{ "paper", offsetof(LabelPress, paper_out), false },
	{ "paper-out", offsetof(LabelPress, paper_out), true },
	{ "head-open", offsetof(LabelPress, head_open), true },
	{ "head-close", offsetof(LabelPress, head_open), false },
	{ "ribbon-out", offsetof(LabelPress, ribbon_out), true },
	{ "ribbon", offsetof(LabelPress, ribbon_out), false },
	{ "take", offsetof(LabelPress, awaits_taking), false },
};

bool label_press_control(LabelPress *self, const char *line)
{
	if (strcmp(line, "pause") == 0) {
		label_press_set_paused(self, !self->paused);
		return true;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(controls); i++) {
		if (strcmp(line, controls[i].line) != 0)
			continue;
		*(bool *)((char *)self + controls[i].flag) = controls[i].value;
		if (strcmp(line, "paper") == 0)
			self->left = setting(self, LABEL_FAULT_ROLL, LABEL_DEFAULT_ROLL);
		go_on(self);
		return true;
	}
	return false;
}
