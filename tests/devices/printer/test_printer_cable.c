/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a transcript cannot show: a printer that takes no more bytes, and a cable without a way
 * back. */
#include "drivers/port/backend.h"
#include "tests/devices/printer/printer_testing.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TAKEN_BEFORE_PAPER_ENDS 9000
#define ROWS                                                                                       \
	150 /* of pictures: far more than the kernel keeps for a printer that does not read        \
	     */

/* A printer on a pseudo-terminal, in a thread of its own. Its paper ends after some bytes; then it
 * reads nothing, not even questions, until the person has brought more. */
typedef struct {
	int fd;
	char *path; /* owned */
	GThread *thread;
	GMutex lock;
	GCond changed;
	bool has_paper; /* under lock */
	bool brings_paper; /* false: the person goes away */
	GByteArray *taken;
	int n_looks;
	DeviceFault told;
} Printer;

static void say(Printer *self, const uint8_t *bytes, size_t len)
{
	g_assert_cmpint(write(self->fd, bytes, len), ==, (gssize)len);
}

static bool ends_with(const GByteArray *bytes, const void *end, size_t len)
{
	return bytes->len >= len && memcmp(bytes->data + bytes->len - len, end, len) == 0;
}

static void wait_for_paper(Printer *self)
{
	static const uint8_t out[] = { 0x18, 0x00, 0x0C, 0x0F }, in[] = { 0x10, 0x00, 0x00, 0x0F };

	say(self, out, sizeof out);
	g_mutex_lock(&self->lock);
	while (!self->has_paper)
		g_cond_wait(&self->changed, &self->lock);
	g_mutex_unlock(&self->lock);
	say(self, in, sizeof in);
}

/* Only its questions and its number: the other bytes are counted. */
static void obey(Printer *self)
{
	static const uint8_t well = 0x12, number[] = { 0x37, 0x22, '0', '0', '0', '1', 0x00 };
	const GByteArray *taken = self->taken;

	if (taken->len >= 3 && taken->data[taken->len - 3] == 0x10 &&
	    taken->data[taken->len - 2] == 0x04)
		say(self, &well, 1);
	if (ends_with(taken, "\x1D\x28\x48\x06\0\x30\x30\x30\x30\x30\x31", 11))
		say(self, number, sizeof number);
}

static void *print_all(void *data)
{
	Printer *self = data;
	uint8_t byte;

	while (read(self->fd, &byte, 1) == 1) {
		g_byte_array_append(self->taken, &byte, 1);
		obey(self);
		if (self->taken->len == TAKEN_BEFORE_PAPER_ENDS)
			wait_for_paper(self);
	}
	return NULL;
}

static void printer_start(Printer *self, bool brings_paper)
{
	*self = (Printer){ .brings_paper = brings_paper, .taken = g_byte_array_new() };
	self->fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	g_assert_cmpint(grantpt(self->fd), ==, 0);
	g_assert_cmpint(unlockpt(self->fd), ==, 0);
	self->path = g_strdup(ptsname(self->fd));
	self->thread = g_thread_new("printer", print_all, self);
}

static void bring_paper(Printer *self)
{
	g_mutex_lock(&self->lock);
	self->has_paper = true;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->lock);
}

static void printer_stop(Printer *self)
{
	bring_paper(self);
	g_thread_join(self->thread); /* its read fails when the till has closed the cable */
	close(self->fd);
	g_free(self->path);
	g_byte_array_unref(self->taken);
}

static bool wait_for(DeviceFault fault, void *data)
{
	Printer *printer = data;

	printer->told = fault;
	if (++printer->n_looks < 2)
		return true;
	if (printer->brings_paper)
		bring_paper(printer);
	return printer->brings_paper;
}

static PrintOutcome print_long(Printer *printer, GError **error)
{
	const struct printer_driver *driver = printer_driver_find("escpos");
	g_autoptr(GHashTable) options = options_new("process-id", "1", NULL);
	g_autofree char *address = g_strconcat("pty:", printer->path, NULL);
	struct port *port = port_open(address, error);
	struct printer *self = driver->open(port, options, error);
	g_autoptr(Paper) paper = paper_new();
	PrintOutcome outcome;

	g_assert_nonnull(self);
	for (int i = 0; i < ROWS; i++)
		paper_add_pair(paper, PAPER_PLAIN, "Сүү", "3 200 ₮");
	outcome = driver->print(self, paper, wait_for, printer, error);
	driver->close(self);
	port_close(port);
	return outcome;
}

/* In the middle of a picture: the person is told of the paper, and not a byte is lost. */
static void test_paper_out_in_a_picture(void)
{
	g_autoptr(GError) error = NULL;
	Printer printer;

	printer_start(&printer, true);
	g_assert_cmpint(print_long(&printer, &error), ==, PRINT_DONE);
	g_assert_no_error(error);
	g_assert_cmpint(printer.n_looks, >=, 2);
	g_assert_cmpint(printer.told, ==, DEVICE_FAULT_PAPER_OUT);
	printer_stop(&printer);
}

static void test_nobody_brings_paper(void)
{
	g_autoptr(GError) error = NULL;
	Printer printer;

	printer_start(&printer, false);
	g_assert_cmpint(print_long(&printer, &error), ==, PRINT_UNKNOWN);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PAPER_OUT);
	printer_stop(&printer);
}

typedef struct {
	struct port *port;
	int master;
} Cancel;

/* In the middle of the receipt, and past the zeros for what an earlier test left. */
static void *cancel(void *data)
{
	Cancel *self = data;
	uint8_t bytes[64];

	for (gssize n = 0; n < 16384;) {
		gssize more = read(self->master, bytes, sizeof bytes);

		g_assert_cmpint(more, >, 0);
		n += more;
	}
	port_cancel(self->port);
	return NULL;
}

/* Of a printer that takes nothing and says nothing. */
static PrintOutcome print_into_the_wall(bool cancels, GError **error)
{
	const struct printer_driver *driver = printer_driver_find("escpos");
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	g_autofree char *address = NULL;
	g_autoptr(Paper) paper = paper_new();
	struct printer *self;
	Cancel canceller = { .master = master };
	GThread *thread = NULL;
	PrintOutcome outcome;

	g_assert_cmpint(grantpt(master), ==, 0);
	g_assert_cmpint(unlockpt(master), ==, 0);
	address = g_strconcat("pty:", ptsname(master), NULL);
	canceller.port = port_open(address, error);
	self = driver->open(canceller.port, NULL, error);
	g_assert_nonnull(self);
	for (int i = 0; i < ROWS; i++)
		paper_add_pair(paper, PAPER_PLAIN, "Сүү", "3 200 ₮");
	if (cancels)
		thread = g_thread_new("cancel", cancel, &canceller);
	outcome = driver->print(self, paper, NULL, NULL, error);
	if (thread != NULL)
		g_thread_join(thread);
	driver->close(self);
	port_close(canceller.port);
	close(master);
	return outcome;
}

static void test_cable_takes_no_more(void)
{
	g_autoptr(GError) error = NULL;
	int64_t start = g_get_monotonic_time();

	g_assert_cmpint(print_into_the_wall(false, &error), ==, PRINT_UNKNOWN);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	g_assert_cmpint(g_get_monotonic_time() - start, <, 30 * G_USEC_PER_SEC);
}

static void test_cancelled(void)
{
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(print_into_the_wall(true, &error), ==, PRINT_UNKNOWN);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED);
}

static bool open_one_way(struct port *self, const char *rest, GError **error)
{
	self->extra = g_byte_array_new();
	return true;
}

static void close_one_way(struct port *self)
{
	g_byte_array_unref(self->extra);
}

static bool write_one_way(struct port *self, const uint8_t *data, size_t len, int timeout_ms,
			  GError **error)
{
	g_byte_array_append(self->extra, data, (guint)len);
	return true;
}

static gssize read_one_way(struct port *self, uint8_t *data, size_t len, int timeout_ms,
			   GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "this way only");
	return -1;
}

static void discard_one_way(struct port *self)
{
}

/* A queue of the print system, say. */
static const struct port_backend one_way = {
	.scheme = "one-way",
	.open = open_one_way,
	.close = close_one_way,
	.write = write_one_way,
	.read = read_one_way,
	.discard = discard_one_way,
};

/* No question is sent where no answer can come. */
static void test_no_way_back(void)
{
	const struct printer_driver *driver = printer_driver_find("escpos");
	g_autoptr(GError) error = NULL;
	struct port *port = port_new(&one_way, "one-way:", "", NULL, &error);
	g_autoptr(GHashTable) options = options_new("process-id", "1", NULL);
	struct printer *self = driver->open(port, options, &error);
	g_autoptr(Paper) paper = paper_new();
	PrinterStatus status;
	GByteArray *sent = port->extra;

	g_assert_no_error(error);
	g_assert_true(driver->observe(self, &status, &error));
	g_assert_false(status.speaks);
	paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, "ok");
	g_assert_cmpint(driver->print(self, paper, NULL, NULL, &error), ==, PRINT_SENT);
	g_assert_true(driver->open_drawer(self, &error));
	g_assert_no_error(error);
	assert_bytes(sent->data, sent->len,
		     "1B 40 1C 2E 1B 52 00 1B 74 11 1B 40 1C 2E 1B 52 00 1B 74 11 6F 6B 0A "
		     "1D 56 42 00 1D 28 48 06 00 30 30 30 30 30 31 1B 70 00 19 FA");
	driver->close(self);
	port_close(port);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/printer/paper_out_in_a_picture", test_paper_out_in_a_picture);
	g_test_add_func("/printer/nobody_brings_paper", test_nobody_brings_paper);
	g_test_add_func("/printer/cable_takes_no_more", test_cable_takes_no_more);
	g_test_add_func("/printer/cancelled_on_a_cable", test_cancelled);
	g_test_add_func("/printer/no_way_back", test_no_way_back);
	return g_test_run();
}
