/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim.h"
#include "tests/sim/wire.h"
#include "tests/wait_file.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The simulated label-printing scales against the bytes of the page on scales, part B. */
enum { PATIENCE_MS = 20000 };

typedef enum { OVER_TCP, OVER_UDP, OVER_PTY } Over;

typedef struct {
	SimThread *sim;
	Wire *wire; /* or NULL */
	int udp; /* or -1 */
	char *log, *state, *link; /* owned */
} Scale;

static int connect_udp(const char *address)
{
	struct sockaddr_in peer = { .sin_family = AF_INET,
				    .sin_addr = { htonl(INADDR_LOOPBACK) },
				    .sin_port = htons((uint16_t)atoi(strrchr(address, ':') + 1)) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	g_assert_cmpint(connect(fd, (struct sockaddr *)&peer, sizeof(peer)), ==, 0);
	return fd;
}

static void power_on(Scale *self, const char *sim, Over over, const char *const *faults)
{
	g_autoptr(GError) error = NULL;

	self->sim = sim_start(sim,
			      &(SimOptions){ .pty_link = over == OVER_PTY ? self->link : NULL,
					     .udp = over == OVER_UDP,
					     .log_path = self->log,
					     .state_path = self->state,
					     .faults = faults,
					     .control_fd = -1 },
			      &error);
	g_assert_no_error(error);
	if (over == OVER_UDP)
		self->udp = connect_udp(sim_thread_get_address(self->sim));
	else
		self->wire = wire_new(sim_thread_get_address(self->sim));
}

/* @faults: NULL, or one with spaces between several. */
static Scale scale_new(const char *name, const char *sim, Over over, const char *faults)
{
	g_autofree char *log = g_strdup_printf("plu-%s.log", name);
	g_autofree char *state = g_strdup_printf("plu-%s.json", name);
	g_autofree char *link = g_strdup_printf("plu-%s.pty", name);
	g_auto(GStrv) specs = g_strsplit(faults != NULL ? faults : "", " ", -1);
	Scale self = { .udp = -1,
		       .log = scratch_new(log),
		       .state = scratch_new(state),
		       .link = scratch_new(link) };

	power_on(&self, sim, over, (const char *const *)specs);
	return self;
}

static void power_off(Scale *self)
{
	g_autoptr(GError) error = NULL;

	wire_free(self->wire);
	self->wire = NULL;
	if (self->udp >= 0)
		close(self->udp);
	self->udp = -1;
	g_assert_true(sim_stop(self->sim, &error));
	g_assert_no_error(error);
}

static void scale_end(Scale *self)
{
	power_off(self);
	g_free(self->log);
	g_free(self->state);
	g_free(self->link);
}

/* --- datagrams -------------------------------------------------------------------------------- */

static void udp_tell(Scale *self, const char *hex)
{
	g_autoptr(GByteArray) bytes = bytes_new(hex);

	g_assert_cmpint(send(self->udp, bytes->data, bytes->len, 0), ==, bytes->len);
}

static GByteArray *udp_hear_new(Scale *self)
{
	struct pollfd fd = { .fd = self->udp, .events = POLLIN };
	GByteArray *bytes = g_byte_array_new();
	uint8_t data[2048];
	ssize_t got;

	g_assert_cmpint(poll(&fd, 1, PATIENCE_MS), ==, 1);
	got = recv(self->udp, data, sizeof(data), 0);
	g_assert_cmpint(got, >, 0);
	g_byte_array_append(bytes, data, (guint)got);
	return bytes;
}

static void udp_hear(Scale *self, const char *hex)
{
	g_autoptr(GByteArray) bytes = udp_hear_new(self), expected = bytes_new(hex);

	g_test_message("expected %s", hex);
	g_assert_cmpmem(bytes->data, bytes->len, expected->data, expected->len);
}

static void udp_exchange(Scale *self, const char *request, const char *answer)
{
	udp_tell(self, request);
	udp_hear(self, answer);
}

static bool udp_is_quiet(Scale *self, int ms)
{
	return poll(&(struct pollfd){ .fd = self->udp, .events = POLLIN }, 1, ms) == 0;
}

/* --- Shtrih-Print: a record of command 57 from the number on, and B1a with it -------------------
 */

#define ZEROS_17 "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
#define ZEROS_28 ZEROS_17 "00 00 00 00 00 00 00 00 00 00 00 "
#define APPLES "DF E1 EB EE EA E8 20 C3 E0 EB E0 " ZEROS_17 ZEROS_28
#define TAIL "0A 00 00 00 00 00 00 00 00 00 00 00 00 "
#define RECORD "07 00 39 30 00 00 " APPLES "1E 23 00 00 " TAIL "00 00 00"
#define B1A "02 57 57 30 30 33 30 " RECORD

static void test_shtrih_vectors(void)
{
	Scale s = scale_new("b1", "plu-shtrih", OVER_UDP, NULL);

	udp_exchange(&s, B1A, "02 02 57 00");
	wait_for_text(s.log, "PLU|7|12345|89.90|Яблоки Гала\n");
	sim_say(s.sim, "put 1234");
	wait_for_text(s.log, "control: put 1234");
	udp_exchange(&s, "02 05 3A 30 30 33 30", "02 08 3A 00 11 D2 04 00 00 00");
	udp_exchange(&s, "02 05 38 30 30 33 30", "02 04 38 00 D2 04");
	sim_say(s.sim, "print 7 1234");
	wait_for_text(s.log, "LABEL|2112345012346|Яблоки Гала|1234 g|110.94\n");
	g_assert_false(file_has(s.log, "FLAG"));
	scale_end(&s);
}

static void test_shtrih_serial(void)
{
	Scale s = scale_new("b1pty", "plu-shtrih", OVER_PTY, "bad_sum=1@38:1");

	sim_say(s.sim, "put 1234");
	wait_for_text(s.log, "control: put 1234");
	wire_send(s.wire, "05");
	wire_expect(s.wire, "15");
	wire_send(s.wire, "02 05 3A 30 30 33 30 3C");
	wire_expect(s.wire, "06 02 08 3A 00 11 D2 04 00 00 00 F5");
	/* Not acknowledged: asked again it says the same, then it waits for a command. */
	wire_send(s.wire, "05");
	wire_expect(s.wire, "06 02 08 3A 00 11 D2 04 00 00 00 F5");
	wire_send(s.wire, "06 05");
	wire_expect(s.wire, "15");
	wire_send(s.wire, "02 05 3A 30 30 33 30 3D");
	wire_expect(s.wire, "15");
	wait_for_text(s.log, "FLAG: offset 7: wrong check sum");
	wire_send(s.wire, "02 05 38 30 30 33 30 3E");
	wire_expect(s.wire, "06 02 04 38 00 D2 04 15");
	wire_send(s.wire, "15");
	wire_expect(s.wire, "02 04 38 00 D2 04 EA");
	wire_send(s.wire, "06");
	wire_send(s.wire, "02 05 3A");
	wait_for_text(s.log, "FLAG: offset 3: the frame ends there");
	scale_end(&s);
}

static void test_shtrih_refuses(void)
{
	static const char *const cases[][2] = {
		{ "02 01 99", "02 02 99 78" },
		{ "02 04 3A 30 30 33", "02 02 3A 79" },
		{ "02 05 3A 30 30 33 31", "02 02 3A 7A" },
		{ "02 06 56 30 30 33 30 02", "02 02 56 7C" },
		{ "02 07 54 30 30 33 30 00 00", "02 02 54 80" },
		{ "02 07 51 30 30 33 30 A1 0F", "02 02 51 80" },
		{ "02 57 57 30 30 33 30 07 00 40 42 0F 00 " APPLES "1E 23 00 00 " TAIL "00 00 00",
		  "02 02 57 82" },
		{ "02 57 57 30 30 33 30 07 00 39 30 00 00 " APPLES "40 42 0F 00 " TAIL "00 00 00",
		  "02 02 57 83" },
		{ "02 57 57 30 30 33 30 07 00 39 30 00 00 " APPLES "1E 23 00 00 " TAIL "1F 02 1A",
		  "02 02 57 8E" },
		{ "02 57 57 30 30 33 30 07 00 39 30 00 00 0D E1 EB EE EA E8 20 C3 E0 EB "
		  "E0 " ZEROS_17 ZEROS_28 "1E 23 00 00 " TAIL "00 00 00",
		  "02 02 57 7C" },
		{ "02 07 77 30 30 33 30 13 16", "02 02 77 7C" },
		{ "02 08 22 30 30 33 30 1F 02 1A", "02 02 22 8E" },
		{ "02 06 3A 30 30 33 30", "15" },
		{ "41 42", "15" },
	};
	Scale s = scale_new("b1bad", "plu-shtrih", OVER_UDP, NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		udp_exchange(&s, cases[i][0], cases[i][1]);
	g_assert_true(file_has(s.log, "FLAG: offset 2: there is no command 99"));
	g_assert_true(file_has(s.log, "FLAG: PLU 7: error 131"));
	g_assert_false(file_has(s.log, "PLU|"));
	scale_end(&s);
}

static void test_shtrih_locks_after_five_passwords(void)
{
	Scale s = scale_new("b1lock", "plu-shtrih", OVER_UDP, NULL);

	for (int i = 0; i < 4; i++)
		udp_exchange(&s, "02 05 3A 31 32 33 34", "02 02 3A 7A");
	udp_exchange(&s, "02 05 38 30 30 33 30", "02 04 38 00 00 00"); /* the count begins anew */
	for (int i = 0; i < 5; i++)
		udp_exchange(&s, "02 05 3A 31 32 33 34", "02 02 3A 7A");
	udp_exchange(&s, "02 05 3A 30 30 33 30", "02 02 3A AA");
	udp_exchange(&s, "02 01 12", "02 05 12 00 00 00 00"); /* needs none */
	power_off(&s);
	power_on(&s, "plu-shtrih", OVER_UDP, NULL);
	udp_exchange(&s, "02 05 3A 30 30 33 30", "02 02 3A AA");
	sim_say(s.sim, "unlock");
	wait_for_text(s.log, "control: unlock");
	udp_exchange(&s, "02 05 38 30 30 33 30", "02 04 38 00 00 00");
	scale_end(&s);
}

static void test_shtrih_reads_back_blocks_and_clears(void)
{
	Scale s = scale_new("b1table", "plu-shtrih", OVER_UDP, NULL);

	udp_exchange(&s,
		     "02 FF 55 30 30 33 30 02 " RECORD " 08 00 39 30 00 00 " APPLES
		     "1E 23 00 00 0A 00 00 00 00 00 00 00 80 00 00 00 00 00 00 00",
		     "02 02 55 00");
	udp_exchange(&s, "02 07 58 30 30 33 30 07 00", "02 54 58 00 " RECORD);
	udp_exchange(&s, "02 07 54 30 30 33 30 07 00", "02 02 54 00");
	wait_for_text(s.log, "PLU-GONE|7\n");
	udp_exchange(&s, "02 07 51 30 30 33 30 07 00",
		     "02 51 51 00 07 00 00 00 00 00 " ZEROS_28 ZEROS_28
		     "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00");
	/* The other one is piece goods: its prefix is another. */
	udp_exchange(&s, "02 07 77 30 30 33 30 15 16", "02 02 77 00");
	sim_say(s.sim, "print 8 3");
	wait_for_text(s.log, "LABEL|2212345000036|Яблоки Гала|3 pcs|269.70\n");
	scale_end(&s);
}

static void test_shtrih_erases_in_its_own_time(void)
{
	Scale s = scale_new("b1erase", "plu-shtrih", OVER_UDP, "erase_ms=2000 erase_fails@18:2");
	g_autoptr(GByteArray) mode = NULL;

	udp_exchange(&s, B1A, "02 02 57 00");
	udp_exchange(&s, "02 05 18 30 30 33 30", "02 02 18 00");
	udp_exchange(&s, "02 01 12", "02 05 12 00 00 00 01");
	udp_tell(&s, "02 05 38 30 30 33 30");
	g_assert_true(udp_is_quiet(&s, 50)); /* only 12 is answered meanwhile */
	wait_for_text(s.log, "PLU-ALL-GONE|\n");
	udp_exchange(&s, "02 01 12", "02 05 12 00 00 00 00");
	sim_say(s.sim, "fault erase_ms=20");
	wait_for_text(s.log, "control: fault erase_ms=20");
	udp_exchange(&s, "02 05 18 30 30 33 30", "02 02 18 00");
	do {
		g_clear_pointer(&mode, g_byte_array_unref);
		udp_tell(&s, "02 01 12");
		mode = udp_hear_new(&s);
	} while (mode->data[6] & 0x01);
	g_assert_cmphex(mode->data[6], ==, 0x08);
	scale_end(&s);
}

static void test_shtrih_fast_load_blocks_weighing(void)
{
	Scale s = scale_new("b1fast", "plu-shtrih", OVER_UDP, NULL);

	udp_exchange(&s, "02 06 56 30 30 33 30 01", "02 02 56 00");
	udp_exchange(&s, "02 05 38 30 30 33 30", "02 02 38 7B");
	udp_exchange(&s, "02 06 56 30 30 33 30 00", "02 02 56 00");
	udp_exchange(&s, "02 05 38 30 30 33 30", "02 04 38 00 00 00");
	scale_end(&s);
}

static void test_shtrih_synchronised(void)
{
	Scale s = scale_new("b1sync", "plu-shtrih", OVER_UDP, NULL);

	udp_exchange(&s, "05", "15");
	udp_exchange(&s, "03 05 38 30 30 33 30", "02 04 38 00 00 00");
	udp_exchange(&s, "03 05 38 30 30 33 30", "15"); /* the last one is not acknowledged */
	udp_exchange(&s, "05", "06");
	udp_hear(&s, "02 04 38 00 00 00");
	udp_tell(&s, "06");
	udp_exchange(&s, "05", "15");
	scale_end(&s);
}

static void test_shtrih_faults_of_the_net(void)
{
	Scale s =
		scale_new("b1net", "plu-shtrih", OVER_UDP,
			  "other_host=1@57:1 lost_request@57:2 lost_answer@57:3 twice_answer@57:4 "
			  "swapped_answer@57:5 refuse=A7@57:6");

	udp_exchange(&s, B1A, "0B C0 A8 01 4D 57 04");
	udp_tell(&s, B1A);
	g_assert_true(udp_is_quiet(&s, 50));
	g_assert_false(file_has(s.log, "PLU|7"));
	udp_tell(&s, B1A);
	wait_for_text(s.log, "PLU|7|"); /* done, and not told */
	g_assert_true(udp_is_quiet(&s, 50));
	udp_exchange(&s, B1A, "02 02 57 00");
	udp_hear(&s, "02 02 57 00");
	udp_tell(&s, B1A);
	udp_exchange(&s, "02 01 12", "02 05 12 00 00 00 00");
	udp_hear(&s, "02 02 57 00");
	udp_exchange(&s, B1A, "02 02 57 A7");
	scale_end(&s);
}

static void test_goods_outlive_the_power(void)
{
	Scale s = scale_new("b1memory", "plu-shtrih", OVER_UDP, NULL);

	udp_exchange(&s, B1A, "02 02 57 00");
	power_off(&s);
	power_on(&s, "plu-shtrih", OVER_UDP, NULL);
	udp_exchange(&s, "02 07 58 30 30 33 30 07 00", "02 54 58 00 " RECORD);
	g_assert_true(file_has(s.state, "\"name\": \"Яблоки Гала\""));
	scale_end(&s);
}

/* --- CAS -------------------------------------------------------------------------------------- */

#define K1 "57 4C 00 00 00 00 2C 06 00 3A 00 00 00 00 00 00 3A A6 0D"
#define K2 "57 4C 00 00 00 00 2C 06 00 3A 01 00 07 00 00 00 3A AE 0D"
#define K3 "47 4C 01 00 00 00 2C 04 00 3A 47 42 0F 00 3A 3D 0D"
#define K4 "4E 4C 01 00 00 00 2C 05 00 3A 47 42 0F 00 54 3A 92 0D"

/* A frame with its check sum. */
static char *cas_frame_dup(char type, const GByteArray *data)
{
	GString *hex = g_string_new(NULL);
	unsigned sum = 0x2C + 0x3A + 0x3A + (data->len & 0xFF) + data->len / 256;

	g_string_append_printf(hex, "%02X 4C 00 00 00 00 2C %02X %02X 3A ", type, data->len & 0xFF,
			       data->len / 256);
	for (unsigned i = 0; i < data->len; i++) {
		sum += data->data[i];
		g_string_append_printf(hex, "%02X ", data->data[i]);
	}
	g_string_append_printf(hex, "3A %02X 0D", sum & 0xFF);
	return g_string_free(hex, false);
}

/* K5: department 1, PLU 7, "Яблоки Гала", code 12345, 89.90. */
static GByteArray *cas_plu_new(void)
{
	static const uint8_t name[] = { 0xDF, 0xE1, 0xEB, 0xEE, 0xEA, 0xE8,
					0x20, 0xC3, 0xE0, 0xEB, 0xE0 };
	GByteArray *data = g_byte_array_new();

	g_byte_array_set_size(data, 147);
	memset(data->data, 0, data->len);
	data->data[0] = 1;
	data->data[2] = 7;
	data->data[6] = 1;
	memset(data->data + 7, ' ', 85);
	memcpy(data->data + 7, name, sizeof(name));
	data->data[105] = 0x39;
	data->data[106] = 0x30;
	data->data[113] = 0x1E;
	data->data[114] = 0x23;
	return data;
}

static void test_cas_vectors(void)
{
	g_autoptr(GByteArray) apples = cas_plu_new();
	g_autofree char *k5 = cas_frame_dup('W', apples);
	Scale s = scale_new("cas", "plu-cas", OVER_TCP, "refuse=54@4C:2");

	g_assert_true(g_str_has_suffix(k5, "3A 1F 0D"));
	wire_send(s.wire, k5);
	wire_expect(s.wire, K3);
	wait_for_text(s.log, "PLU|7|12345|89.90|Яблоки Гала\n");
	sim_say(s.sim, "print 7 1234");
	wait_for_text(s.log, "LABEL|2112345012346|Яблоки Гала|1234 g|110.94\n");
	wire_send(s.wire, k5);
	wire_expect(s.wire, K4);
	wire_send(s.wire, K2);
	wire_expect(s.wire, K3);
	wait_for_text(s.log, "PLU-GONE|7\n");
	wire_send(s.wire, K1);
	wire_expect(s.wire, "47 4C 01 00 00 00 2C 04 00 3A 00 00 00 00 3A A5 0D");
	wait_for_text(s.log, "PLU-ALL-GONE|\n");
	scale_end(&s);
}

static void cas_refuses(Scale *self, const GByteArray *data, uint8_t error)
{
	g_autofree char *frame = cas_frame_dup('W', data);
	g_autofree char *answer =
		g_strdup_printf("4E 4C 01 00 00 00 2C 05 00 3A ?? ?? ?? ?? %02X 3A ?? 0D", error);

	wire_send(self->wire, frame);
	wire_expect(self->wire, answer);
}

static void test_cas_refuses(void)
{
	static const struct {
		unsigned at;
		uint8_t value, error;
	} cases[] = {
		{ 0, 0, 82 },	 { 5, 1, 82 },	    { 6, 3, 97 },
		{ 8, 0x0D, 97 }, { 115, 0x10, 97 }, /* a price over 9999.99 */
	};
	Scale s = scale_new("casbad", "plu-cas", OVER_TCP, NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GByteArray) data = cas_plu_new();

		data->data[cases[i].at] = cases[i].value;
		cas_refuses(&s, data, cases[i].error);
	}
	scale_end(&s);
}

static void test_cas_memory_is_full(void)
{
	g_autoptr(GByteArray) data = cas_plu_new();
	g_autoptr(GByteArray) cut = cas_plu_new();
	g_autofree char *first = cas_frame_dup('W', data);
	Scale s = scale_new("casfull", "plu-cas", OVER_TCP, "full=1");

	wire_send(s.wire, first);
	wire_expect(s.wire, K3);
	wire_send(s.wire, first); /* the same one again needs no room */
	wire_expect(s.wire, K3);
	data->data[2] = 8;
	cas_refuses(&s, data, 89);
	g_byte_array_set_size(cut, 146);
	cas_refuses(&s, cut, 97);
	g_byte_array_set_size(cut, 147 + 302); /* an ingredient text of 301 characters */
	memset(cut->data + 147, 'x', 301);
	cut->data[146] = 0;
	cut->data[147 + 301] = 0;
	cas_refuses(&s, cut, 88);
	scale_end(&s);
}

static void test_cas_frames(void)
{
	Scale s = scale_new("casframe", "plu-cas", OVER_TCP, NULL);

	/* In two pieces, then two in one. */
	wire_send(s.wire, "57 4C 00 00 00 00 2C 06 00 3A 01 00 07");
	wire_send(s.wire, "00 00 00 3A AE 0D");
	wire_expect(s.wire, K3);
	wire_send(s.wire, K2 " " K2);
	wire_expect(s.wire, K3 " " K3);
	wire_send(s.wire, "57 4C 00 00 00 00 2C 06 00 3A 01 00 07 00 00 00 3A AF 0D");
	wire_expect(s.wire, "4E 4C 01 00 00 00 2C 05 00 3A 00 00 00 00 54 3A ?? 0D");
	wait_for_text(s.log, "FLAG: offset 17: wrong check sum or end");
	wire_send(s.wire, "41 42 43 44 45 46 47 48 49 4A");
	wire_expect(s.wire, "4E 4C 01 00 00 00 2C 05 00 3A 00 00 00 00 54 3A ?? 0D");
	wire_send(s.wire, "58 4C 00 00 00 00 2C 06 00 3A 01 00 07 00 00 00 3A AE 0D");
	wire_expect(s.wire, "4E 4C 01 00 00 00 2C 05 00 3A 47 42 0F 00 5F 3A ?? 0D");
	wire_send(s.wire, "52 4C 00 00 00 00 2C 06 00 3A 01 00 07 00 00 00 3A AE 0D");
	wire_expect(s.wire, "4E 4C 01 00 00 00 2C 05 00 3A 47 42 0F 00 62 3A ?? 0D");
	scale_end(&s);
}

static void test_reset_within_a_load(void)
{
	Scale s = scale_new("casreset", "plu-cas", OVER_TCP, "cut_in=10");

	wire_send(s.wire, K2);
	g_assert_true(wire_is_gone(s.wire));
	wire_free(s.wire);
	s.wire = wire_new(sim_thread_get_address(s.sim));
	wire_send(s.wire, K2); /* half a frame from before is forgotten */
	wire_expect(s.wire, K3);
	scale_end(&s);
}

/* --- DIGI ------------------------------------------------------------------------------------- */

#define DIGI_NAME "04 0B 9F A1 AB AE AA A8 20 83 A0 AB A0 0C 00"
#define G1                                                                                         \
	"F1 25 00 00 00 07 00 2B 54 00 0D 26 01 00 00 89 90 11 05 21 12 34 50 00 00 01 00 10 00 "  \
	"00 " DIGI_NAME

static void test_digi_vector(void)
{
	Scale s = scale_new("digi", "plu-digi", OVER_TCP, NULL);

	wire_send(s.wire, G1);
	wire_expect(s.wire, "06");
	wait_for_text(s.log, "PLU|7|12345|89.90|Яблоки Гала\n");
	sim_say(s.sim, "print 7 1234");
	wait_for_text(s.log, "LABEL|2112345012346|Яблоки Гала|1234 g|110.94\n");
	wire_send(s.wire, "F3 25 00 00 00 07");
	wire_expect(s.wire, "06");
	wait_for_text(s.log, "PLU-GONE|7\n");
	wire_send(s.wire, "F2 25");
	wire_expect(s.wire, "06");
	wait_for_text(s.log, "PLU-ALL-GONE|\n");
	g_assert_false(file_has(s.log, "FLAG"));
	scale_end(&s);
}

static void test_digi_refuses(void)
{
	static const char *const cases[][2] = {
		{ "F1 25 00 00 00 07 00 2B 54 00 0D 26 01 00 00 8A 90 11 05 21 12 34 50 00 00 01 "
		  "00 10 00 00 " DIGI_NAME,
		  "not BCD digits" },
		{ "F1 25 00 00 00 00 00 2B 54 00 0D 26 01 00 00 89 90 11 05 21 12 34 50 00 00 01 "
		  "00 10 00 00 " DIGI_NAME,
		  "there is no PLU 0" },
		{ "F1 25 00 00 00 07 00 2B 54 00 0D 26 01 01 00 00 00 11 05 21 12 34 50 00 00 01 "
		  "00 10 00 00 " DIGI_NAME,
		  "the price is too high" },
		{ "F1 25 00 00 00 07 00 2B 54 00 0D 26 01 00 00 89 90 11 05 21 12 34 50 00 00 02 "
		  "00 10 00 00 " DIGI_NAME,
		  "the flag behind the barcode" },
		{ "F1 25 00 00 00 07 00 2B 54 00 0D 26 01 00 00 89 90 11 05 21 12 34 50 00 00 01 "
		  "00 10 00 00 04 0C 9F A1 AB AE AA A8 20 83 A0 AB A0 0C 00",
		  "control bytes within a text" },
		{ "F1 25 00 00 00 07 00 2C 54 00 0D 26 01 00 00 89 90 11 05 21 12 34 50 00 00 01 "
		  "00 10 00 00 " DIGI_NAME " 00",
		  "longer than its fields" },
		{ "F1 25 00 00 00 07 00 02", "no record has this length" },
		{ "F4 25", "no such command or file" },
	};
	Scale s = scale_new("digibad", "plu-digi", OVER_TCP, "full=0 refuse=16@F125:7");

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		wire_send(s.wire, cases[i][0]);
		wire_expect(s.wire, "15");
		wait_for_text(s.log, cases[i][1]);
	}
	wire_send(s.wire, G1);
	wire_expect(s.wire, "16"); /* the seventh record: another error on order */
	wire_send(s.wire, G1);
	wire_expect(s.wire, "15");
	wait_for_text(s.log, "the memory is full");
	scale_end(&s);
}

/* --- Massa-K ---------------------------------------------------------------------------------- */

/* A4's frame with its check sum, which is the body's remainder by 11021. */
static char *massa_frame_dup(const char *hex)
{
	g_autoptr(GByteArray) body = bytes_new(hex);
	uint32_t rest = 0;

	for (unsigned i = 0; i < body->len * 8; i++) {
		rest = rest << 1 | (body->data[i / 8] >> (7 - i % 8) & 1);
		rest ^= rest & 0x10000 ? 0x11021 : 0;
	}
	return g_strdup_printf("F8 55 CE %02X %02X %s %02X %02X", body->len & 0xFF, body->len >> 8,
			       hex, rest & 0xFF, rest >> 8);
}

static void massa(Scale *self, const char *body, const char *answer)
{
	g_autofree char *request = massa_frame_dup(body), *expected = massa_frame_dup(answer);

	g_test_message("%s", body);
	wire_send(self->wire, request);
	wire_expect(self->wire, expected);
}

/* Goods 100: a code of five digits, price, type, group, life of ten days, prefix 21. */
#define GOODS_TEXT "0B 00 DF E1 EB EE EA E8 20 C3 E0 EB E0 00 00"
#define GOODS_HEAD "30 31 50 43 30 30 30 30 30 30 30 30 30 31 "
#define PLU_HEAD "30 35 50 43 30 30 30 30 30 30 30 30 30 31 "
#define GOODS_100                                                                                  \
	"64 00 00 00 25 00 15 25 A3 00 00 31 32 33 34 35 1E 23 00 00 00 02 00 40 38 00 00 15 "
#define PLU_7 "07 00 00 00 13 00 30 30 30 30 30 37 64 00 00 00 00 00 00 00 00 E8 03 00 00"

static void test_massa_load(void)
{
	Scale s = scale_new("massa", "plu-massa", OVER_TCP, NULL);

	massa(&s, "82 65 01 00 01 00 01 00 00", "43"); /* the mode comes first */
	massa(&s, "91 04", "51");
	massa(&s, "81 11 00 00 00", "41 11 00 00 00");
	wait_for_text(s.log, "PLU-ALL-GONE|\n");
	massa(&s, "82 01 01 00 01 00 39 00 " GOODS_HEAD GOODS_100 GOODS_TEXT, "42 01");
	wait_for_text(s.log, "PLU|100|12345|89.90|Яблоки Гала\n");
	massa(&s, "82 05 01 00 01 00 27 00 " PLU_HEAD PLU_7, "42 05");
	wait_for_text(s.log, "PLU 7 is goods 100");
	sim_say(s.sim, "print 7 1234");
	wait_for_text(s.log, "LABEL|2112345012346|Яблоки Гала|1234 g|110.94\n");
	/* Changes have no head. */
	massa(&s, "82 65 01 00 01 00 2B 00 " GOODS_100 GOODS_TEXT, "42 65");
	scale_end(&s);
}

static void test_massa_refuses(void)
{
	static const struct {
		const char *body, *flag;
	} cases[] = {
		{ "82 01 01 00 01 00 2B 00 " GOODS_100 GOODS_TEXT, "the name of the file" },
		{ "82 65 01 00 02 00 2B 00 " GOODS_100 GOODS_TEXT, "more records than" },
		{ "82 65 01 00 01 00 2C 00 " GOODS_100 GOODS_TEXT, "the length is not that" },
		{ "82 65 01 00 01 00 2B 00 64 00 00 00 25 00 15 25 A3 00 00 31 32 33 34 35 40 42 "
		  "0F 00 00 02 00 40 38 00 00 15 " GOODS_TEXT,
		  "the price is too high" },
		{ "82 65 01 00 01 00 2B 00 64 00 00 00 25 00 12 25 A3 00 00 31 32 33 34 35 1E 23 "
		  "00 00 00 02 00 40 38 00 00 15 " GOODS_TEXT,
		  "the length of the numeric part" },
		{ "82 65 01 00 01 00 2B 00 64 00 00 00 25 00 15 25 A3 00 00 31 32 41 34 35 1E 23 "
		  "00 00 00 02 00 40 38 00 00 15 " GOODS_TEXT,
		  "the code has other than digits" },
		{ "82 69 01 00 01 00 19 00 " PLU_7, "there are no such goods" },
		{ "82 65 01 00 01 00 2B 00 " GOODS_100 GOODS_TEXT, "the memory is full" },
	};
	Scale s = scale_new("massabad", "plu-massa", OVER_TCP, "full=0");

	massa(&s, "91 03", "54");
	massa(&s, "81 11 00 00 00", "28 07");
	massa(&s, "91 04", "51");
	massa(&s, "99", "28 07");
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		massa(&s, cases[i].body, "43");
		wait_for_text(s.log, cases[i].flag);
	}
	/* A wrong check sum is told, and taken; what is no frame is skipped. */
	wire_send(s.wire, "AA F8 55 CE 02 00 91 04 00 00");
	wire_expect(s.wire, "F8 55 CE 01 00 51 51 00");
	wait_for_text(s.log, "FLAG: offset 7: wrong check sum, taken all the same");
	scale_end(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/plu sims/shtrih vectors", test_shtrih_vectors);
	g_test_add_func("/plu sims/shtrih serial", test_shtrih_serial);
	g_test_add_func("/plu sims/shtrih refuses", test_shtrih_refuses);
	g_test_add_func("/plu sims/shtrih locks after five passwords",
			test_shtrih_locks_after_five_passwords);
	g_test_add_func("/plu sims/shtrih reads back blocks and clears",
			test_shtrih_reads_back_blocks_and_clears);
	g_test_add_func("/plu sims/shtrih erases in its own time",
			test_shtrih_erases_in_its_own_time);
	g_test_add_func("/plu sims/shtrih fast load blocks weighing",
			test_shtrih_fast_load_blocks_weighing);
	g_test_add_func("/plu sims/shtrih synchronised", test_shtrih_synchronised);
	g_test_add_func("/plu sims/shtrih faults of the net", test_shtrih_faults_of_the_net);
	g_test_add_func("/plu sims/goods outlive the power", test_goods_outlive_the_power);
	g_test_add_func("/plu sims/cas vectors", test_cas_vectors);
	g_test_add_func("/plu sims/cas refuses", test_cas_refuses);
	g_test_add_func("/plu sims/cas memory is full", test_cas_memory_is_full);
	g_test_add_func("/plu sims/cas frames", test_cas_frames);
	g_test_add_func("/plu sims/reset within a load", test_reset_within_a_load);
	g_test_add_func("/plu sims/digi vector", test_digi_vector);
	g_test_add_func("/plu sims/digi refuses", test_digi_refuses);
	g_test_add_func("/plu sims/massa load", test_massa_load);
	g_test_add_func("/plu sims/massa refuses", test_massa_refuses);
	return g_test_run();
}
