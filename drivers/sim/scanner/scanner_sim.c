/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim_device.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A serial scanner (scanners §2, §9). As it leaves the factory it sends a code's characters and CR.
 *
 * A control line is a code. In it \xHH is a byte (\x1D the separator of GS1), and it may begin with
 * "@SYMBOLOGY ", one of those of symbologies[] below: then the AIM identifier goes in front, unless
 * it is off. Settings and faults are those of scanner_sim_faults[], at any time with a line
 * "fault SPEC". */
enum { GS = 0x1D };

typedef enum {
	SCANNER_AIM,
	SCANNER_SUFFIX,
	SCANNER_GS,
	SCANNER_LEADING_GS,
	SCANNER_SWAP_CASE,
	SCANNER_TWICE,
	SCANNER_BURST,
	SCANNER_N_FAULTS,
} ScannerFault;

enum { GS_KEEP, GS_DROP, GS_PIPE, GS_TWICE };

static const SimFaultKind scanner_sim_faults[] = {
	[SCANNER_AIM] = { "aim", 1, SIM_FOREVER, false,
			  N_("setting: the AIM identifier goes before no code, or before each: off "
			     "or on; before those that name their symbology otherwise"),
			  true, "off|on" },
	[SCANNER_SUFFIX] = { "suffix", 0, SIM_FOREVER, false,
			     N_("setting: what ends a code: cr, lf, crlf, tab or none"), true,
			     "cr|lf|crlf|tab|none" },
	[SCANNER_GS] = { "gs", GS_DROP, SIM_FOREVER, false,
			 N_("setting: what becomes of the separator: keep, drop, pipe or twice"),
			 true, "keep|drop|pipe|twice" },
	[SCANNER_LEADING_GS] = { "leading_gs", 0, SIM_FOREVER, false,
				 N_("a separator before a GS1 code"), true },
	[SCANNER_SWAP_CASE] = { "swap_case", 0, SIM_FOREVER, false,
				N_("upper and lower case are swapped"), true },
	[SCANNER_TWICE] = { "twice", 0, SIM_FOREVER, false, N_("a code is read twice"), true },
	[SCANNER_BURST] = { "burst", 2, SIM_FOREVER, false,
			    N_("setting: VALUE codes are held and sent in one piece"), true },
	[SCANNER_N_FAULTS] = { NULL, 0, 0, false, NULL },
};

/* §4. */
static const struct symbology {
	const char *name;
	const char *aim;
	bool gs1;
} symbologies[] = {
	{ "ean13", "]E0", false },	   { "ean8", "]E4", false },
	{ "upca", "]E0", false },	   { "code128", "]C0", false },
	{ "gs1-128", "]C1", true },	   { "datamatrix", "]d1", false },
	{ "gs1-datamatrix", "]d2", true }, { "qr", "]Q1", false },
};

typedef struct {
	SimContext *context; /* borrowed */
	GByteArray *held; /* owned; of a burst */
	int n_held;
} ScannerSim;

static const struct symbology *find_symbology(const char *name, size_t len)
{
	for (size_t i = 0; i < G_N_ELEMENTS(symbologies); i++)
		if (strlen(symbologies[i].name) == len &&
		    memcmp(symbologies[i].name, name, len) == 0)
			return &symbologies[i];
	return NULL;
}

/* "@SYMBOLOGY " at its start, stepped over; NULL: it is a plain code. */
static const struct symbology *take_symbology(const char **line)
{
	const char *blank = strchr(*line, ' ');
	const struct symbology *named;

	if (**line != '@' || blank == NULL)
		return NULL;
	named = find_symbology(*line + 1, (size_t)(blank - *line - 1));
	if (named != NULL)
		*line = blank + 1;
	return named;
}

static GByteArray *unescape_new(const char *text)
{
	GByteArray *bytes = g_byte_array_new();

	while (*text != '\0') {
		uint8_t byte = (uint8_t)*text++;

		if (byte == '\\' && text[0] == 'x' && g_ascii_isxdigit(text[1]) &&
		    g_ascii_isxdigit(text[2])) {
			byte = (uint8_t)(g_ascii_xdigit_value(text[1]) << 4 |
					 g_ascii_xdigit_value(text[2]));
			text += 3;
		}
		g_byte_array_append(bytes, &byte, 1);
	}
	return bytes;
}

/* What a plain code most likely was printed as. */
static const struct symbology *guess(const GByteArray *code)
{
	bool digits = true;

	if (code->len > 0 && memchr(code->data, GS, code->len) != NULL)
		return find_symbology("gs1-datamatrix", 14);
	for (unsigned i = 0; i < code->len; i++)
		digits = digits && g_ascii_isdigit(code->data[i]);
	if (digits && code->len == 13)
		return find_symbology("ean13", 5);
	if (digits && code->len == 12)
		return find_symbology("upca", 4);
	if (digits && code->len == 8)
		return find_symbology("ean8", 4);
	return find_symbology("code128", 7);
}

static void put(GByteArray *bytes, const char *text)
{
	g_byte_array_append(bytes, (const uint8_t *)text, (guint)strlen(text));
}

static void put_byte(GByteArray *bytes, uint8_t byte, int how_often)
{
	for (int i = 0; i < how_often; i++)
		g_byte_array_append(bytes, &byte, 1);
}

static void put_data(ScannerSim *self, const GByteArray *code, GByteArray *ret)
{
	int gs = sim_faults_setting(self->context->faults, SCANNER_GS, GS_KEEP);
	bool swap = sim_faults_take(self->context->faults, SCANNER_SWAP_CASE, NULL);

	for (unsigned i = 0; i < code->len; i++) {
		uint8_t byte = code->data[i];

		if (byte == GS)
			put_byte(ret, gs == GS_PIPE ? '|' : GS,
				 gs == GS_DROP	  ? 0
				 : gs == GS_TWICE ? 2
						  : 1);
		else
			put_byte(ret, byte ^ (swap && g_ascii_isalpha(byte) ? 0x20 : 0), 1);
	}
}

static void put_suffix(ScannerSim *self, GByteArray *ret)
{
	static const char *const suffixes[] = { "\r", "\n", "\r\n", "\t", "" };

	put(ret, suffixes[sim_faults_setting(self->context->faults, SCANNER_SUFFIX, 0)]);
}

/* One reading: identifier, data, suffix. */
static GByteArray *reading_new(ScannerSim *self, const char *line)
{
	const struct symbology *named = take_symbology(&line), *symbology;
	g_autoptr(GByteArray) code = unescape_new(line);
	GByteArray *bytes = g_byte_array_new();
	bool aim = sim_faults_setting(self->context->faults, SCANNER_AIM, named != NULL) != 0;

	symbology = named != NULL ? named : guess(code);
	if (aim)
		put(bytes, symbology->aim);
	/* The identifier ]E0 promises thirteen digits. */
	if (aim && strcmp(symbology->name, "upca") == 0 && code->len == 12)
		put(bytes, "0");
	if (symbology->gs1 && sim_faults_take(self->context->faults, SCANNER_LEADING_GS, NULL))
		put_byte(bytes, GS, 1);
	put_data(self, code, bytes);
	put_suffix(self, bytes);
	return bytes;
}

static bool scan(void *data, const char *line)
{
	ScannerSim *self = data;
	g_autoptr(GByteArray) reading = NULL;
	int copies;

	sim_faults_count_frame(self->context->faults, 0);
	sim_log_words(self->context->log, "scanned %s", line);
	reading = reading_new(self, line);
	copies = sim_faults_take(self->context->faults, SCANNER_TWICE, NULL) ? 2 : 1;
	for (int i = 0; i < copies; i++)
		g_byte_array_append(self->held, reading->data, reading->len);
	if (++self->n_held < sim_faults_setting(self->context->faults, SCANNER_BURST, 1))
		return true;
	sim_send(self->context, self->held->data, self->held->len);
	g_byte_array_set_size(self->held, 0);
	self->n_held = 0;
	return true;
}

static void *start(SimContext *context, GError **error)
{
	ScannerSim *self = g_new0(ScannerSim, 1);

	self->context = context;
	self->held = g_byte_array_new();
	return self;
}

static void stop(void *data)
{
	ScannerSim *self = data;

	g_byte_array_unref(self->held);
	g_free(self);
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	ScannerSim *self = data;

	sim_log_words(self->context->log, "%zu bytes from the host: a scanner does not listen",
		      len);
}

const struct sim scanner_sim = {
	.name = "scanner-serial",
	.summary = N_("serial barcode scanner: sends the lines it is given"),
	.faults = scanner_sim_faults,
	.controls = N_("a code, with \\xHH for a byte; “@SYMBOLOGY ” before it names one of ean13, "
		       "ean8, upca, code128, gs1-128, datamatrix, gs1-datamatrix, qr"),
	.start = start,
	.stop = stop,
	.receive = receive,
	.control = scan,
};
