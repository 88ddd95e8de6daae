/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim_fault.h"

#include "drivers/sim/sim.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The cable's, numbered after any device's own. */
enum {
	WIRE = 1000,
	WIRE_LOSE_IN = WIRE,
	WIRE_FLIP_IN,
	WIRE_TWICE_IN,
	WIRE_CUT_IN,
	WIRE_DEAF,
	WIRE_LOSE_OUT,
	WIRE_FLIP_OUT,
	WIRE_TWICE_OUT,
	WIRE_CUT_OUT,
	WIRE_MUTE,
	WIRE_LATE_OUT,
	WIRE_SPLIT_OUT,
	WIRE_TWO_TCP,
};

static const SimFaultKind wire_kinds[] = {
	[WIRE_LOSE_IN - WIRE] = { "lose_in", 1, 1, false,
				  N_("the Nth byte from the host gets lost") },
	[WIRE_FLIP_IN - WIRE] = { "flip_in", 1, 1, false,
				  N_("the Nth byte from the host arrives with a wrong bit") },
	[WIRE_TWICE_IN -
		WIRE] = { "twice_in", 1, 1, false, N_("the Nth byte from the host arrives twice") },
	[WIRE_CUT_IN - WIRE] = { "cut_in", 1, 1, false,
				 N_("the link breaks after the Nth byte from the host") },
	[WIRE_DEAF - WIRE] = { "deaf", 0, SIM_FOREVER, false,
			       N_("no byte is taken after the Nth from the host") },
	[WIRE_LOSE_OUT -
		WIRE] = { "lose_out", 1, 1, false, N_("the Nth byte of the device gets lost") },
	[WIRE_FLIP_OUT - WIRE] = { "flip_out", 1, 1, false,
				   N_("the Nth byte of the device arrives with a wrong bit") },
	[WIRE_TWICE_OUT - WIRE] = { "twice_out", 1, 1, false,
				    N_("the Nth byte of the device arrives twice") },
	[WIRE_CUT_OUT - WIRE] = { "cut_out", 1, 1, false,
				  N_("the link breaks before the Nth byte of the device") },
	[WIRE_MUTE - WIRE] = { "mute", 1, SIM_FOREVER, false,
			       N_("nothing is sent from the Nth byte of the device on") },
	[WIRE_LATE_OUT - WIRE] = { "late_out", 1000, SIM_FOREVER, false,
				   N_("setting: every answer is N ms late") },
	[WIRE_SPLIT_OUT - WIRE] = { "split_out", 20, SIM_FOREVER, false,
				    N_("setting: N ms pass between the bytes of an answer") },
	[WIRE_TWO_TCP -
		WIRE] = { "two_tcp", 0, SIM_FOREVER, false,
			  N_("refuse a second connection; otherwise it waits for the first to "
			     "end") },
	{ NULL, 0, 0, false, NULL },
};

typedef struct {
	int fault;
	int value;
	int left; /* SIM_FOREVER or a number */
	uint16_t code; /* 0: any command */
	int from;
	int seen; /* frames that count */
	int bytes; /* that passed since the trigger, or since the order */
} Spec;

struct SimFaults {
	const SimFaultKind *own; /* borrowed, may be NULL */
	GArray *specs; /* of Spec, owned */
	uint16_t code; /* of the frame in work */
};

static bool bad_spec(GError **error, const char *text)
{
	g_set_error(error, SIM_ERROR, SIM_ERROR_USAGE,
		    _("“%s” is not a fault; “baraa sim --help” lists them."), text);
	return false;
}

static bool find_in(const SimFaultKind *kinds, int first, const char *name, size_t len, int *ret)
{
	for (int i = 0; kinds != NULL && kinds[i].name != NULL; i++)
		if (strlen(kinds[i].name) == len && memcmp(kinds[i].name, name, len) == 0) {
			*ret = first + i;
			return true;
		}
	return false;
}

static const SimFaultKind *kind_of(const SimFaults *self, int fault)
{
	return fault >= WIRE ? &wire_kinds[fault - WIRE] : &self->own[fault];
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

/* One of the words of @kind. */
static bool parse_word(const char **text, const char *words, int *ret)
{
	g_auto(GStrv) names = g_strsplit(words, "|", -1);
	size_t len = strcspn(*text, "*@");

	for (int i = 0; names[i] != NULL; i++)
		if (strlen(names[i]) == len && memcmp(names[i], *text, len) == 0) {
			*text += len;
			*ret = i;
			return true;
		}
	return false;
}

static bool parse_value(const char **text, const SimFaultKind *kind, int *ret)
{
	if (kind->words != NULL)
		return parse_word(text, kind->words, ret);
	return parse_number(text, kind->hex ? 16 : 10, 1000000, ret);
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

static bool parse_spec(const SimFaults *self, const char *text, Spec *ret, GError **error)
{
	Spec spec = { .from = 1 };
	const char *at = text + strcspn(text, "=*@");
	const SimFaultKind *kind;

	if (!find_in(self->own, 0, text, (size_t)(at - text), &spec.fault) &&
	    !find_in(wire_kinds, WIRE, text, (size_t)(at - text), &spec.fault))
		return bad_spec(error, text);
	kind = kind_of(self, spec.fault);
	spec.value = kind->value;
	if (*at == '=' && (at++, !parse_value(&at, kind, &spec.value)))
		return bad_spec(error, text);
	spec.left = kind->count == SIM_COUNT_IS_VALUE ? spec.value : kind->count;
	if (*at == '*' && (at++, !parse_number(&at, 10, 1000000, &spec.left)))
		return bad_spec(error, text);
	if (*at == '@' && spec.fault < WIRE && (at++, !parse_trigger(&at, &spec)))
		return bad_spec(error, text);
	if (*at != '\0' || (kind->any_command && spec.code != 0))
		return bad_spec(error, text);
	*ret = spec;
	return true;
}

bool sim_faults_add(SimFaults *self, const char *text, GError **error)
{
	Spec spec;

	if (!parse_spec(self, text, &spec, error))
		return false;
	g_array_append_val(self->specs, spec);
	return true;
}

SimFaults *sim_faults_new(const SimFaultKind *own, const char *const *specs, GError **error)
{
	g_autoptr(SimFaults) self = g_new0(SimFaults, 1);

	self->own = own;
	self->specs = g_array_new(false, false, sizeof(Spec));
	for (size_t i = 0; specs != NULL && specs[i] != NULL; i++)
		if (!sim_faults_add(self, specs[i], error))
			return NULL;
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

static Spec *find_striking(SimFaults *self, int fault, const int *value)
{
	for (unsigned i = 0; i < self->specs->len; i++) {
		Spec *spec = &g_array_index(self->specs, Spec, i);

		if (spec->fault != fault || spec->left == 0 || spec->seen < spec->from ||
		    (spec->code != 0 && spec->code != self->code) ||
		    (value != NULL && spec->value != *value))
			continue;
		return spec;
	}
	return NULL;
}

bool sim_faults_take(SimFaults *self, int fault, int *value)
{
	Spec *spec = find_striking(self, fault, NULL);

	if (spec == NULL)
		return false;
	if (spec->left > 0)
		spec->left--;
	if (value != NULL)
		*value = spec->value;
	return true;
}

bool sim_faults_take_value(SimFaults *self, int fault, int value)
{
	Spec *spec = find_striking(self, fault, &value);

	if (spec == NULL)
		return false;
	if (spec->left > 0)
		spec->left--;
	return true;
}

bool sim_faults_drop_byte(SimFaults *self, int fault)
{
	for (unsigned i = 0; i < self->specs->len; i++) {
		Spec *spec = &g_array_index(self->specs, Spec, i);

		if (spec->fault != fault || spec->left == 0 || spec->seen < spec->from - 1)
			continue;
		if (++spec->bytes < spec->value)
			continue;
		spec->left--;
		spec->bytes = 0;
		return true;
	}
	return false;
}

int sim_faults_setting(const SimFaults *self, int fault, int or_else)
{
	for (unsigned i = self->specs->len; i > 0; i--) {
		const Spec *spec = &g_array_index(self->specs, Spec, i - 1);

		if (spec->fault == fault)
			return spec->value;
	}
	return or_else;
}

/* --- the cable ------------------------------------------------------------------------------- */

/* Has the @spec of this byte struck? Counts it. */
static bool strikes(Spec *spec)
{
	spec->bytes++;
	return spec->bytes >= spec->value &&
	       (spec->left == SIM_FOREVER || spec->bytes < spec->value + spec->left);
}

/* One byte through all faults of its way; false where the link breaks. */
static bool mangle_byte(SimFaults *self, SimWay way, uint8_t byte, GByteArray *ret)
{
	int first = way == SIM_WAY_IN ? WIRE_LOSE_IN : WIRE_LOSE_OUT;
	int copies = 1;
	bool cut = false;

	for (unsigned i = 0; i < self->specs->len; i++) {
		Spec *spec = &g_array_index(self->specs, Spec, i);

		if (spec->fault < first || spec->fault > first + WIRE_DEAF - WIRE_LOSE_IN ||
		    !strikes(spec))
			continue;
		if (spec->fault == WIRE_LOSE_IN || spec->fault == WIRE_LOSE_OUT ||
		    spec->fault == WIRE_MUTE)
			copies = 0;
		else if (spec->fault == WIRE_FLIP_IN || spec->fault == WIRE_FLIP_OUT)
			byte ^= 0x04;
		else if (spec->fault == WIRE_TWICE_IN || spec->fault == WIRE_TWICE_OUT)
			copies = 2;
		else if (spec->fault == WIRE_CUT_IN || spec->fault == WIRE_CUT_OUT)
			cut = true;
	}
	if (cut && way == SIM_WAY_OUT)
		return false;
	for (int i = 0; i < copies; i++)
		g_byte_array_append(ret, &byte, 1);
	return !cut;
}

bool sim_faults_mangle(SimFaults *self, SimWay way, const uint8_t *data, size_t len,
		       GByteArray *ret)
{
	for (size_t i = 0; i < len; i++)
		if (!mangle_byte(self, way, data[i], ret))
			return false;
	return true;
}

int sim_faults_late_ms(const SimFaults *self)
{
	return sim_faults_setting(self, WIRE_LATE_OUT, 0);
}

int sim_faults_split_ms(const SimFaults *self)
{
	return sim_faults_setting(self, WIRE_SPLIT_OUT, 0);
}

bool sim_faults_is_deaf(const SimFaults *self)
{
	for (unsigned i = 0; i < self->specs->len; i++) {
		const Spec *spec = &g_array_index(self->specs, Spec, i);

		if (spec->fault == WIRE_DEAF && spec->bytes >= spec->value)
			return true;
	}
	return false;
}

void sim_faults_mend(SimFaults *self)
{
	for (unsigned i = self->specs->len; i > 0; i--)
		if (g_array_index(self->specs, Spec, i - 1).fault >= WIRE)
			g_array_remove_index(self->specs, i - 1);
}

bool sim_faults_refuses_second(const SimFaults *self)
{
	return sim_faults_setting(self, WIRE_TWO_TCP, -1) >= 0;
}

static void describe(GString *text, const SimFaultKind *kinds)
{
	for (int i = 0; kinds != NULL && kinds[i].name != NULL; i++)
		g_string_append_printf(text, "  %-18s %s\n", kinds[i].name, _(kinds[i].help));
}

char *sim_faults_describe(const SimFaultKind *own)
{
	GString *text = g_string_new(NULL);

	describe(text, own != NULL ? own : wire_kinds);
	return g_string_free(text, false);
}
