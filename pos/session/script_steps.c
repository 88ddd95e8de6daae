/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/script_steps.h"

#include <string.h>

typedef struct {
	const char *word;
	SessionEventKind event;
	bool wants_text; /* else it may be left out */
} PlainStep;

/* Steps that are one event with the rest of the line as its text. */
static const PlainStep plain_steps[] = {
	{ "login", SESSION_LOGIN, true },
	{ "lock", SESSION_LOCK, false },
	{ "open-shift", SESSION_OPEN_SHIFT, false },
	{ "close-shift", SESSION_CLOSE_SHIFT, false },
	{ "scan", SESSION_SCAN, true },
	{ "find", SESSION_FIND, true },
	{ "cash-in", SESSION_CASH_IN, true },
	{ "cash-out", SESSION_CASH_OUT, true },
	{ "no-sale", SESSION_NO_SALE, false },
	{ "x-report", SESSION_X_REPORT, false },
	{ "override", SESSION_OVERRIDE, true },
	{ "sync", SESSION_SYNC, false },
	{ "retry", SESSION_RETRY, false },
	{ "abandon", SESSION_ABANDON, false },
	{ "back", SESSION_BACK, false },
	{ "dismiss", SESSION_DISMISS, false },
	{ "weigh", SESSION_WEIGH, false },
	{ "reprint", SESSION_REPRINT, false },
	{ "drop-paper", SESSION_DROP_PAPER, false },
	{ "device", SESSION_SET_DEVICE, true },
	{ "test-device", SESSION_TEST_DEVICE, true },
	{ "hold", SESSION_HOLD, false },
	{ "customer", SESSION_CUSTOMER, false },
	{ "give-back", SESSION_GIVE_BACK, false },
	{ "open-return", SESSION_RETURN, true },
	{ "accept-registrar", SESSION_ACCEPT_REGISTRAR, false },
	{ "close-late", SESSION_CLOSE_LATE, false },
	{ "tell-late", SESSION_TELL_LATE, false },
};

static const char *const later_steps[] = { "coupon", NULL };

static bool parse_line_number(const char *text, int64_t *ret)
{
	*ret = 0;
	return text == NULL || g_ascii_string_to_signed(text, 10, 1, INT_MAX, ret, NULL);
}

static StepKind one_event(ScriptStep *step, SessionEventKind kind, const char *text, int64_t number)
{
	step->events[0] = session_event_new(kind, text);
	step->events[0]->number = number;
	return STEP_EVENTS;
}

/* qty N [LINE], price AMOUNT [LINE] */
static StepKind parse_edit(ScriptStep *step, SessionEventKind kind, char **words, guint n)
{
	int64_t line;

	if (n < 2 || n > 3 || !parse_line_number(words[2], &line))
		return STEP_WRONG;
	return one_event(step, kind, words[1], line);
}

/* discount line|receipt N%|AMOUNT [LINE] */
static StepKind parse_discount(ScriptStep *step, char **words, guint n)
{
	int64_t line = 0;

	if (n == 3 && strcmp(words[1], "receipt") == 0)
		return one_event(step, SESSION_DISCOUNT_RECEIPT, words[2], 0);
	if ((n == 3 || n == 4) && strcmp(words[1], "line") == 0 &&
	    parse_line_number(words[3], &line))
		return one_event(step, SESSION_DISCOUNT_LINE, words[2], line);
	return STEP_WRONG;
}

/* recall [N], void held N */
static StepKind parse_held(ScriptStep *step, SessionEventKind kind, const char *word)
{
	int64_t id;

	return parse_line_number(word, &id) ? one_event(step, kind, NULL, id) : STEP_WRONG;
}

/* return RECEIPT [LINE QTY]…: and given back at once, by card too where a card had paid */
static StepKind parse_return(ScriptStep *step, const char *rest, guint n)
{
	if (n < 2 || n % 2 != 0)
		return STEP_WRONG;
	one_event(step, SESSION_RETURN, rest, 0);
	step->events[0]->flag = true;
	step->card = true;
	step->events[1] = session_event_new(SESSION_CARD_RESULT, NULL);
	step->events[1]->flag = true;
	return STEP_EVENTS;
}

/* void line N|receipt|held N; without a number the last line */
static StepKind parse_void(ScriptStep *step, char **words, guint n)
{
	int64_t line;

	if (n == 3 && strcmp(words[1], "held") == 0)
		return parse_held(step, SESSION_VOID_HELD, words[2]);

	if (n == 2 && strcmp(words[1], "receipt") == 0)
		return one_event(step, SESSION_VOID_RECEIPT, NULL, 0);
	if ((n == 2 || n == 3) && strcmp(words[1], "line") == 0 &&
	    parse_line_number(words[2], &line))
		return one_event(step, SESSION_VOID_LINE, NULL, line);
	return STEP_WRONG;
}

/* pay cash|card [AMOUNT] [declined]: the terminal of a script approves unless told not to */
static StepKind parse_pay(ScriptStep *step, char **words, guint n)
{
	bool declined = n > 2 && strcmp(words[n - 1], "declined") == 0;
	const char *amount = n > (declined ? 3 : 2) ? words[2] : NULL;

	if (n < 2 || n > (declined ? 4 : 3))
		return STEP_WRONG;
	if (strcmp(words[1], "cash") == 0 && !declined)
		return one_event(step, SESSION_PAY_CASH, amount, 0);
	if (strcmp(words[1], "card") != 0)
		return strcmp(words[1], "cash") == 0 ? STEP_WRONG : STEP_LATER_VERSION;
	step->card = true;
	step->events[1] = session_event_new(SESSION_CARD_RESULT, NULL);
	step->events[1]->flag = !declined;
	return one_event(step, SESSION_PAY_CARD, amount, 0);
}

/* card approved|declined [REFERENCE]: what came of a payment that nobody else can tell */
static StepKind parse_card(ScriptStep *step, char **words, guint n)
{
	bool approved = n >= 2 && strcmp(words[1], "approved") == 0;

	if (n < 2 || n > 3 || (!approved && (n > 2 || strcmp(words[1], "declined") != 0)))
		return STEP_WRONG;
	one_event(step, SESSION_CARD_RESULT, words[2], 0);
	step->events[0]->flag = approved;
	return STEP_EVENTS;
}

/* add ID [QUANTITY]: goods that a search has found */
static StepKind parse_add(ScriptStep *step, char **words, guint n)
{
	int64_t id;

	if (n < 2 || n > 3 || !g_ascii_string_to_signed(words[1], 10, 1, G_MAXINT64, &id, NULL))
		return STEP_WRONG;
	return one_event(step, SESSION_ADD_FOUND, words[2], id);
}

static StepKind parse_wait(ScriptStep *step, char **words, guint n)
{
	if (n != 2 || !g_ascii_string_to_signed(words[1], 10, 0, G_MAXINT, &step->wait_ms, NULL))
		return STEP_WRONG;
	return STEP_WAIT;
}

/* expect|await FIELD VALUE: the value is the rest of the line, and may be empty */
static StepKind parse_expect(ScriptStep *step, StepKind kind, const char *rest)
{
	const char *end = rest + strcspn(rest, " \t");

	if (end == rest)
		return STEP_WRONG;
	step->field = g_strndup(rest, (gsize)(end - rest));
	step->value = g_strstrip(g_strdup(end));
	return kind;
}

static StepKind parse_plain(ScriptStep *step, const char *word, const char *rest)
{
	for (size_t i = 0; i < G_N_ELEMENTS(plain_steps); i++)
		if (strcmp(plain_steps[i].word, word) == 0) {
			if (*rest == '\0' && plain_steps[i].wants_text)
				return STEP_WRONG;
			return one_event(step, plain_steps[i].event, *rest != '\0' ? rest : NULL,
					 0);
		}
	return g_strv_contains(later_steps, word) ? STEP_LATER_VERSION : STEP_WRONG;
}

static char **split_words(const char *text, guint *ret_n)
{
	g_auto(GStrv) all = g_strsplit_set(text, " \t", -1);
	GPtrArray *words = g_ptr_array_new();

	for (int i = 0; all[i] != NULL; i++)
		if (*all[i] != '\0')
			g_ptr_array_add(words, g_strdup(all[i]));
	*ret_n = words->len;
	/* Readers of optional words find NULL there. */
	for (int i = 0; i < 4; i++)
		g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}

static StepKind parse(ScriptStep *step)
{
	guint n;
	g_auto(GStrv) words = split_words(step->text, &n);
	const char *word = words[0];
	const char *rest = step->text + strlen(word);

	rest += strspn(rest, " \t");
	if (strcmp(word, "qty") == 0)
		return parse_edit(step, SESSION_QUANTITY, words, n);
	if (strcmp(word, "price") == 0)
		return parse_edit(step, SESSION_PRICE, words, n);
	if (strcmp(word, "discount") == 0)
		return parse_discount(step, words, n);
	if (strcmp(word, "void") == 0)
		return parse_void(step, words, n);
	if (strcmp(word, "pay") == 0)
		return parse_pay(step, words, n);
	if (strcmp(word, "card") == 0)
		return parse_card(step, words, n);
	if (strcmp(word, "add") == 0)
		return parse_add(step, words, n);
	if (strcmp(word, "return") == 0)
		return parse_return(step, rest, n);
	if (strcmp(word, "recall") == 0)
		return n <= 2 ? parse_held(step, SESSION_RECALL, words[1]) : STEP_WRONG;
	if (strcmp(word, "wait") == 0)
		return parse_wait(step, words, n);
	if (strcmp(word, "expect") == 0)
		return parse_expect(step, STEP_EXPECT, rest);
	if (strcmp(word, "await") == 0)
		return parse_expect(step, STEP_AWAIT, rest);
	return parse_plain(step, word, rest);
}

void script_step_parse(const char *line, ScriptStep *ret)
{
	g_autofree char *text = g_strstrip(g_strdup(line));

	*ret = (ScriptStep){ .kind = STEP_NOTHING };
	ret->may_fail = *text == '-';
	ret->text = g_strdup(g_strchug(text + (ret->may_fail ? 1 : 0)));
	if (*ret->text != '\0' && *ret->text != '#')
		ret->kind = parse(ret);
}

void script_step_clear(ScriptStep *self)
{
	g_clear_pointer(&self->text, g_free);
	g_clear_pointer(&self->events[0], session_event_free);
	g_clear_pointer(&self->events[1], session_event_free);
	g_clear_pointer(&self->field, g_free);
	g_clear_pointer(&self->value, g_free);
}
