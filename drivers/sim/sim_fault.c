/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim_fault.h"

#include "drivers/sim/sim.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum { FOREVER = -1, COUNT_IS_VALUE = -2 };

typedef struct {
	const char *name;
	int value; /* where none is given */
	int count; /* FOREVER, COUNT_IS_VALUE or a number */
	bool hex; /* the value is a hex code */
	const char *help;
} FaultKind;

static const FaultKind kinds[FAULT_N] = {
	[FAULT_DROP_RX] = { "drop_rx", 1, 1, false,
			    N_("swallow the VALUE-th byte received from then on") },
	[FAULT_DROP_TX] = { "drop_tx", 1, 1, false,
			    N_("do not send the VALUE-th byte of the answer") },
	[FAULT_BAD_LRC] = { "bad_lrc", 1, COUNT_IS_VALUE, false,
			    N_("spoil the check sum of VALUE answers") },
	[FAULT_NAK] = { "nak", 1, COUNT_IS_VALUE, false, N_("refuse VALUE good frames with NAK") },
	[FAULT_SLOW] = { "slow", 1000, FOREVER, false, N_("wait VALUE ms before the answer") },
	[FAULT_SLOW_ACK] = { "slow_ack", 1000, FOREVER, false, N_("wait VALUE ms before the ACK") },
	[FAULT_LOST_ANSWER] = { "lost_answer", 0, 1, false,
				N_("do it, then lose the link; the answer is still held") },
	[FAULT_LOST_ANSWER_POWER] = { "lost_answer_power", 0, 1, false,
				      N_("do it, then lose link and power; the answer is "
					 "forgotten") },
	[FAULT_DIE_BEFORE] = { "die_before", 0, 1, false,
			       N_("lose the link after the ACK and do nothing") },
	[FAULT_PAPER_OUT] = { "paper_out", 1, 1, false,
			      N_("paper ends before line VALUE of the document") },
	[FAULT_SHIFT_24H] = { "shift_24h", 0, FOREVER, false,
			      N_("the open shift is over 24 hours old") },
	[FAULT_WRONG_PASSWORD] = { "wrong_password", 0, FOREVER, false,
				   N_("no password is right") },
	[FAULT_BUSY] = { "busy", 1, COUNT_IS_VALUE, false,
			 N_("answer VALUE commands with 50h, still printing") },
	[FAULT_FN_ERROR] = { "fn_error", 0x03, 1, true,
			     N_("the fiscal memory refuses a document with error VALUE (hex)") },
	[FAULT_FF_BYTE] = { "ff_byte", 0, FOREVER, false, N_("send FF after the ACK of the host") },
	[FAULT_GARBAGE] = { "garbage", 5, 1, false, N_("VALUE stray bytes before the answer") },
	[FAULT_TWO_TCP] = { "two_tcp", 0, FOREVER, false,
			    N_("refuse a second connection; otherwise it waits for the first to "
			       "end") },
	[FAULT_EXTENDED] = { "extended", 0, FOREVER, false,
			     N_("setting: answers about documents end with their date") },
	[FAULT_PRINT_MS] = { "print_ms", 30, FOREVER, false,
			     N_("setting: a document takes VALUE ms to print (30)") },
	[FAULT_BYTE_MS] = { "byte_ms", 100, FOREVER, false,
			    N_("setting: a frame may pause VALUE ms between bytes (100)") },
};

typedef struct {
	SimFault fault;
	int value;
	int left; /* FOREVER or a number */
	uint16_t code; /* 0: any command */
	int from;
	int seen; /* frames that count */
	int bytes; /* received since the trigger, for drop_rx */
} Spec;

struct SimFaults {
	GArray *specs; /* of Spec, owned */
	uint16_t code; /* of the frame in work */
};

static bool bad_spec(GError **error, const char *text)
{
	g_set_error(error, SIM_ERROR, SIM_ERROR_USAGE,
		    _("“%s” is not a fault; “baraa sim --help” lists them."), text);
	return false;
}

static bool find_kind(const char *name, size_t len, SimFault *ret)
{
	for (SimFault i = 0; i < FAULT_N; i++)
		if (strlen(kinds[i].name) == len && memcmp(kinds[i].name, name, len) == 0) {
			*ret = i;
			return true;
		}
	return false;
}

static bool parse_number(const char **text, unsigned base, int max, int *ret)
{
	char *end;
	guint64 number;

	if (!g_ascii_isxdigit(**text))
		return false;
	number = g_ascii_strtoull(*text, &end, base);
	if (end == *text || number > (guint64)max)
		return false;
	*text = end;
	*ret = (int)number;
	return true;
}

/* What follows '@': N or CODE:N. */
static bool parse_trigger(const char **at, Spec *spec)
{
	const char *colon = strchr(*at, ':');
	int code;

	if (colon != NULL) {
		if (!parse_number(at, 16, 0xFFFF, &code) || *at != colon || code == 0)
			return false;
		spec->code = (uint16_t)code;
		*at = colon + 1;
	}
	return parse_number(at, 10, 1000000, &spec->from) && spec->from > 0;
}

static bool parse_spec(const char *text, Spec *ret, GError **error)
{
	Spec spec = { .from = 1 };
	const char *at = text + strcspn(text, "=*@");
	const FaultKind *kind;

	if (!find_kind(text, (size_t)(at - text), &spec.fault))
		return bad_spec(error, text);
	kind = &kinds[spec.fault];
	spec.value = kind->value;
	if (*at == '=' && (at++, !parse_number(&at, kind->hex ? 16 : 10, 1000000, &spec.value)))
		return bad_spec(error, text);
	spec.left = kind->count == COUNT_IS_VALUE ? spec.value : kind->count;
	if (*at == '*' && (at++, !parse_number(&at, 10, 1000000, &spec.left)))
		return bad_spec(error, text);
	if (*at == '@' && (at++, !parse_trigger(&at, &spec)))
		return bad_spec(error, text);
	/* Which command a byte belongs to is not known before the frame is whole. */
	if (*at != '\0' || (spec.fault == FAULT_DROP_RX && spec.code != 0))
		return bad_spec(error, text);
	*ret = spec;
	return true;
}

SimFaults *sim_faults_new(const char *const *specs, GError **error)
{
	g_autoptr(SimFaults) self = g_new0(SimFaults, 1);

	self->specs = g_array_new(false, false, sizeof(Spec));
	for (size_t i = 0; specs != NULL && specs[i] != NULL; i++) {
		Spec spec;

		if (!parse_spec(specs[i], &spec, error))
			return NULL;
		g_array_append_val(self->specs, spec);
	}
	return g_steal_pointer(&self);
}

void sim_faults_free(SimFaults *self)
{
	if (self == NULL)
		return;
	g_array_unref(self->specs);
	g_free(self);
}

void sim_faults_count_frame(SimFaults *self, uint16_t code)
{
	self->code = code;
	for (unsigned i = 0; i < self->specs->len; i++) {
		Spec *spec = &g_array_index(self->specs, Spec, i);

		if (spec->code == 0 || spec->code == code)
			spec->seen++;
	}
}

bool sim_faults_take(SimFaults *self, SimFault fault, int *value)
{
	for (unsigned i = 0; i < self->specs->len; i++) {
		Spec *spec = &g_array_index(self->specs, Spec, i);

		if (spec->fault != fault || spec->left == 0 || spec->seen < spec->from ||
		    (spec->code != 0 && spec->code != self->code))
			continue;
		if (spec->left > 0)
			spec->left--;
		if (value != NULL)
			*value = spec->value;
		return true;
	}
	return false;
}

bool sim_faults_drop_byte(SimFaults *self)
{
	for (unsigned i = 0; i < self->specs->len; i++) {
		Spec *spec = &g_array_index(self->specs, Spec, i);

		if (spec->fault != FAULT_DROP_RX || spec->left == 0 || spec->seen < spec->from - 1)
			continue;
		if (++spec->bytes < spec->value)
			continue;
		spec->left--;
		spec->bytes = 0;
		return true;
	}
	return false;
}

int sim_faults_setting(const SimFaults *self, SimFault fault, int or_else)
{
	for (unsigned i = 0; i < self->specs->len; i++) {
		const Spec *spec = &g_array_index(self->specs, Spec, i);

		if (spec->fault == fault)
			return spec->value;
	}
	return or_else;
}

char *sim_faults_describe(void)
{
	GString *text = g_string_new(NULL);

	for (SimFault i = 0; i < FAULT_N; i++)
		g_string_append_printf(text, "  %-18s %s\n", kinds[i].name, _(kinds[i].help));
	return g_string_free(text, false);
}
