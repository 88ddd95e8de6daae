/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/discovery/discovery.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void test_answers(void)
{
	static const struct {
		const char *protocol, *answer;
		size_t len;
		int is;
	} cases[] = {
		{ "escpos", "\x12", 1, 1 },
		{ "escpos", "\x1E", 1, 1 },
		{ "escpos", "\x15", 1, 0 },
		{ "escpos", "\x10\x00\x00\x0F", 4, -1 }, /* automatic status first */
		{ "escpos", "\x10\x00\x00\x0F\x12", 5, 1 },
		{ "zpl", "\x02GX420d,V61,8,2104KB\x03\r\n", 22, 1 },
		{ "zpl", "\x02GX42", 5, -1 },
		{ "zpl", "hello", 5, 0 },
		{ "tspl", "\x00", 1, 1 },
		{ "tspl", "\x20", 1, 1 },
		{ "tspl", "\x06", 1, 0 },
		{ "tspl", "\x00\x00", 2, 0 },
		{ "cas", "\x06", 1, 1 },
		{ "cas", "\x15", 1, 0 },
		{ "pos2", "\x15", 1, 1 },
		{ "mt8217", "\x02\x45\x0Dhello", 8, 1 },
		{ "mt8217", "\x82\xC5\x8D\xE8\x65\xEC\xEC\x6F", 8, 1 }, /* even parity */
		{ "mt8217", "\x02\x45\x0Dhel", 6, -1 },
		{ "mt8217", "\x02?\x0D", 3, 0 },
		{ "massa", "\xF8\x55\xCE\x02\x00\x28\x07\x07\x28", 9, 1 },
		{ "massa", "\xF8\x55", 2, -1 },
		{ "massa", "\xF8\x55\xCE\x02\x00\x28\x07\x07", 8, -1 },
		{ "massa", "\xF8\x55\xCE\x02\x00\x24\x07\x07\x24", 9, 0 },
		{ "massa", "\x05", 1, 0 },
		{ "escpos", "", 0, -1 },
		{ "nothing", "x", 1, 0 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("case %zu", i);
		g_assert_cmpint(device_probe_check(cases[i].protocol,
						   (const uint8_t *)cases[i].answer, cases[i].len),
				==, cases[i].is);
	}
}

/* A device on a pseudo-terminal that knows one question. */
typedef struct {
	int far;
	const char *question, *answer;
	size_t question_len, answer_len;
	GString *heard; /* owned */
} Fake;

static void *play(void *data)
{
	Fake *fake = data;
	char bytes[64];
	ssize_t n;

	while ((n = read(fake->far, bytes, sizeof bytes)) > 0) {
		g_string_append_len(fake->heard, bytes, n);
		if (fake->heard->len >= fake->question_len &&
		    memcmp(fake->heard->str + fake->heard->len - fake->question_len, fake->question,
			   fake->question_len) == 0)
			g_assert_cmpint(write(fake->far, fake->answer, fake->answer_len), ==,
					(ssize_t)fake->answer_len);
	}
	return NULL;
}

static void check_probe(const char *question, size_t question_len, const char *answer,
			size_t answer_len, const char *device_class, const char *protocol)
{
	Fake fake = { .question = question,
		      .answer = answer,
		      .question_len = question_len,
		      .answer_len = answer_len,
		      .heard = g_string_new(NULL) };
	g_autofree char *address = NULL;
	g_autoptr(GError) error = NULL;
	g_auto(DeviceProbed) probed = { 0 };
	GThread *thread;
	int near;

	fake.far = posix_openpt(O_RDWR | O_NOCTTY);
	g_assert_cmpint(grantpt(fake.far), ==, 0);
	g_assert_cmpint(unlockpt(fake.far), ==, 0);
	near = open(ptsname(fake.far), O_RDWR | O_NOCTTY); /* keeps the line up meanwhile */
	address = g_strconcat("pty:", ptsname(fake.far), NULL);
	thread = g_thread_new("fake", play, &fake);
	if (protocol != NULL) {
		g_assert_true(device_probe(address, device_class, &probed, &error));
		g_assert_no_error(error);
		g_assert_cmpstr(probed.protocol, ==, protocol);
	} else {
		g_assert_false(device_probe(address, device_class, &probed, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	}
	close(near); /* the fake reads a hang-up */
	g_thread_join(thread);
	close(fake.far);
	g_string_free(fake.heard, TRUE);
}

static void test_probes(void)
{
	check_probe("\x10\x04\x01", 3, "\x12", 1, NULL, "escpos");
	check_probe("~HI\r\n", 5, "\x02ZD410,V1,8\x03", 12, "label", "zpl");
	check_probe("\x1B!?", 3, "\x00", 1, "label", "tspl");
	check_probe("\x05", 1, "\x06", 1, "scale", "cas");
	check_probe("\x05", 1, "\x15", 1, "scale", "pos2");
	check_probe("Ehello", 6, "\x02\x45\x0Dhello", 8, "scale", "mt8217");
	/* X7 */
	check_probe("\xF8\x55\xCE\x01\x00\x20\x20\x00", 8, "\xF8\x55\xCE\x02\x00\x28\x07\x07\x28",
		    9, "scale", "massa");
	check_probe("never", 5, "", 0, "label", NULL);
}

static void test_terminal_by_connection(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	g_auto(DeviceProbed) probed = { 0 };

	g_assert_cmpint(bind(listener, (struct sockaddr *)&address, len), ==, 0);
	g_assert_cmpint(listen(listener, 1), ==, 0);
	g_assert_cmpint(getsockname(listener, (struct sockaddr *)&address, &len), ==, 0);
	text = g_strdup_printf("tcp:127.0.0.1:%d", ntohs(address.sin_port));
	g_assert_true(device_probe(text, "payment", &probed, &error));
	g_assert_cmpstr(probed.protocol, ==, "zvt");
	close(listener);
	g_assert_false(device_probe(text, "payment", &probed, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	g_clear_error(&error);
	g_assert_false(device_probe("http://127.0.0.1:9/", NULL, &probed, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/probe/answers", test_answers);
	g_test_add_func("/probe/probes", test_probes);
	g_test_add_func("/probe/terminal_by_connection", test_terminal_by_connection);
	return g_test_run();
}
