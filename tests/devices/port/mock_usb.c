/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/port/mock_usb.h"

#include <errno.h>
#include <linux/usbdevice_fs.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>

#define SETUP 8
#define PACKET 64

typedef struct {
	UMockdevIoctlData *data, *buffer; /* owned */
	bool discarded;
	size_t moved;
} Urb;

static void urb_free(void *data)
{
	Urb *self = data;

	g_clear_object(&self->data);
	g_clear_object(&self->buffer);
	g_free(self);
}

static struct usbdevfs_urb *header(const Urb *self)
{
	return (struct usbdevfs_urb *)self->data->data;
}

static void finish(Urb *urb, int status, size_t moved)
{
	int length = (int)moved;

	umockdev_ioctl_data_update(urb->data, offsetof(struct usbdevfs_urb, status),
				   (guint8 *)&status, sizeof status);
	umockdev_ioctl_data_update(urb->data, offsetof(struct usbdevfs_urb, actual_length),
				   (guint8 *)&length, sizeof length);
}

/* --- control requests ---------------------------------------------------------------------- */

static bool answer(Urb *urb, const void *data, size_t len, size_t wanted)
{
	len = MIN(len, wanted);
	if (len > 0)
		umockdev_ioctl_data_update(urb->buffer, SETUP, (guint8 *)data, (int)len);
	finish(urb, 0, len);
	return true;
}

static bool halt(Urb *urb)
{
	finish(urb, -EPIPE, 0);
	return true;
}

/* String descriptors: 0 the languages, all others the serial number. */
static bool answer_string(Urb *urb, uint8_t index, size_t wanted)
{
	static const char serial[] = MOCK_USB_SERIAL;
	uint8_t text[2 + 2 * (sizeof serial - 1)] = { sizeof text, 3 };

	if (index == 0)
		return answer(urb, "\x04\x03\x09\x04", 4, wanted);
	for (size_t i = 0; i < sizeof serial - 1; i++)
		text[2 + 2 * i] = (uint8_t)serial[i];
	return answer(urb, text, sizeof text, wanted);
}

static bool answer_class(MockUsb *self, Urb *urb, const uint8_t *setup, size_t wanted)
{
	uint8_t status = (uint8_t)self->port_status;
	bool is_reset = setup[0] == (self->clone_reset ? 0x23 : 0x21) && setup[1] == 2;
	gsize len;
	const void *id;

	g_byte_array_append(self->controls, setup, SETUP);
	if (setup[0] == 0xA1 && setup[1] == 0 && self->device_id != NULL) {
		id = g_bytes_get_data(self->device_id, &len);
		return answer(urb, id, len, wanted);
	}
	if (setup[0] == 0xA1 && setup[1] == 1 && self->port_status >= 0)
		return answer(urb, &status, 1, wanted);
	return is_reset ? answer(urb, NULL, 0, 0) : halt(urb);
}

static bool do_control(MockUsb *self, Urb *urb)
{
	const uint8_t *setup = urb->buffer->data;
	size_t wanted = (size_t)setup[6] | (size_t)setup[7] << 8;

	if (setup[0] == 0x80 && setup[1] == 6 && setup[3] == 3)
		return answer_string(urb, setup[2], wanted);
	return answer_class(self, urb, setup, wanted);
}

/* --- bulk ---------------------------------------------------------------------------------- */

static bool do_out(MockUsb *self, Urb *urb)
{
	size_t len = (size_t)header(urb)->buffer_length;
	size_t n = MIN(len - urb->moved, self->room);

	self->largest_out = MAX(self->largest_out, len);
	if (n > 0) {
		g_byte_array_append(self->printed, urb->buffer->data + urb->moved, (guint)n);
		urb->moved += n;
		self->room -= n;
		g_cond_broadcast(&self->cond);
	}
	if (self->halted_out) {
		finish(urb, -EPIPE, urb->moved);
		return true;
	}
	if (urb->moved < len)
		return false;
	finish(urb, 0, len);
	return true;
}

static bool do_in(MockUsb *self, Urb *urb)
{
	g_autoptr(GBytes) packet = g_queue_pop_head(&self->says);
	gsize len;
	const void *data;

	if (packet == NULL)
		return false;
	data = g_bytes_get_data(packet, &len);
	g_assert_cmpuint(len, <=, (gsize)header(urb)->buffer_length); /* or it would overflow */
	g_assert_cmpint(header(urb)->buffer_length % PACKET, ==, 0);
	if (len > 0)
		umockdev_ioctl_data_update(urb->buffer, 0, (guint8 *)data, (int)len);
	finish(urb, 0, len);
	return true;
}

static bool is_over(MockUsb *self, Urb *urb)
{
	if (self->gone) {
		finish(urb, -ENODEV, urb->moved);
		return true;
	}
	if (urb->discarded) {
		finish(urb, -ENOENT, urb->moved);
		return true;
	}
	if (header(urb)->type == USBDEVFS_URB_TYPE_CONTROL)
		return do_control(self, urb);
	return (header(urb)->endpoint & 0x80) != 0 ? do_in(self, urb) : do_out(self, urb);
}

/* --- usbfs --------------------------------------------------------------------------------- */

static int submit(MockUsb *self, UMockdevIoctlData *arg)
{
	g_autoptr(GError) error = NULL;
	Urb *urb;

	if (self->gone)
		return ENODEV;
	urb = g_new0(Urb, 1);
	urb->data = umockdev_ioctl_data_resolve(arg, 0, sizeof(struct usbdevfs_urb), &error);
	g_assert_no_error(error);
	if (header(urb)->buffer_length > 0) {
		urb->buffer = umockdev_ioctl_data_resolve(
			urb->data, offsetof(struct usbdevfs_urb, buffer),
			(gsize)header(urb)->buffer_length, &error);
		g_assert_no_error(error);
	}
	g_ptr_array_add(self->urbs, urb);
	return 0;
}

static int discard(MockUsb *self, UMockdevIoctlData *arg)
{
	gulong address;

	memcpy(&address, arg->data, sizeof address);
	for (guint i = 0; i < self->urbs->len; i++) {
		Urb *urb = self->urbs->pdata[i];

		if (urb->data->client_addr == address && !urb->discarded) {
			urb->discarded = true;
			return 0;
		}
	}
	return EINVAL;
}

static int reap(MockUsb *self, UMockdevIoctlData *arg)
{
	g_autoptr(GError) error = NULL;
	UMockdevIoctlData *place;

	for (guint i = 0; i < self->urbs->len; i++) {
		Urb *urb = self->urbs->pdata[i];

		if (!is_over(self, urb))
			continue;
		place = umockdev_ioctl_data_resolve(arg, 0, sizeof(void *), &error);
		g_assert_no_error(error);
		g_assert_true(umockdev_ioctl_data_set_ptr(place, 0, urb->data));
		g_object_unref(place);
		g_ptr_array_remove_index(self->urbs, i);
		return 0;
	}
	return self->gone ? ENODEV : EAGAIN;
}

static int clear_halt(MockUsb *self)
{
	self->halts_cleared++;
	self->halted_out = self->halts_out-- > 0;
	return 0;
}

static int claim(MockUsb *self, bool detach)
{
	if (self->claim_errno != 0)
		return self->claim_errno;
	self->claimed = true;
	self->detached |= detach;
	return 0;
}

static int tell_capabilities(UMockdevIoctlData *arg)
{
	g_autoptr(GError) error = NULL;
	uint32_t can = USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
		       USBDEVFS_CAP_REAP_AFTER_DISCONNECT;
	g_autoptr(UMockdevIoctlData) data = umockdev_ioctl_data_resolve(arg, 0, sizeof can, &error);

	g_assert_no_error(error);
	umockdev_ioctl_data_update(data, 0, (guint8 *)&can, sizeof can);
	return 0;
}

static int serve(MockUsb *self, gulong request, UMockdevIoctlData *arg)
{
	switch (request) {
	case USBDEVFS_GET_CAPABILITIES:
		return tell_capabilities(arg);
	case USBDEVFS_DISCONNECT_CLAIM:
		return claim(self, true);
	case USBDEVFS_CLAIMINTERFACE:
		return claim(self, false);
	case USBDEVFS_RELEASEINTERFACE:
		self->claimed = false;
		return 0;
	case USBDEVFS_SUBMITURB:
		return submit(self, arg);
	case USBDEVFS_DISCARDURB:
		return discard(self, arg);
	case USBDEVFS_REAPURB:
	case USBDEVFS_REAPURBNDELAY:
		return reap(self, arg);
	case USBDEVFS_CLEAR_HALT:
		return clear_halt(self);
	default: /* driver questions among them: none is bound */
		return ENODATA;
	}
}

/* On umockdev's thread. */
static gboolean on_ioctl(UMockdevIoctlBase *handler, UMockdevIoctlClient *client, void *data)
{
	MockUsb *self = data;
	int failed;

	g_mutex_lock(&self->mutex);
	failed = serve(self, umockdev_ioctl_client_get_request(client),
		       umockdev_ioctl_client_get_arg(client));
	g_mutex_unlock(&self->mutex);
	umockdev_ioctl_client_complete(client, failed == 0 ? 0 : -1, failed);
	return true;
}

/* --- what it is ---------------------------------------------------------------------------- */

static void add_descriptors(GString *text, const MockUsbKind *kind)
{
	uint8_t ends = kind->has_in ? 2 : 1;
	uint16_t total = (uint16_t)(9 + 9 + 7 * ends);

	g_string_append(text, "H: descriptors=");
	/* Device: USB 2.0, packets of 64 for control, the strings, one configuration. */
	g_string_append_printf(text, "1201000200000040%02x%02x%02x%02x00010102%02x01",
			       kind->vid & 0xFF, kind->vid >> 8, kind->pid & 0xFF, kind->pid >> 8,
			       kind->serial != NULL ? 3 : 0);
	g_string_append_printf(text, "0902%02x%02x01010040%02x", total & 0xFF, total >> 8, 50);
	g_string_append_printf(text, "09040000%02x%02x01%02x00", ends, kind->interface_class,
			       kind->protocol);
	g_string_append(text, "07050102400000"); /* bulk out 01 */
	if (kind->has_in)
		g_string_append(text, "07058202400000"); /* bulk in 82 */
	g_string_append_c(text, '\n');
}

/* A bus of its own for each, named after where it hangs: "3-1" is device 2 of bus 3. */
static void add_device(MockUsb *self, const MockUsbKind *kind)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	int bus = kind->name[0] - '0';
	int number = 1 + kind->name[2] - '0';

	self->syspath = g_strdup_printf("/sys/devices/pci0000:00/usb%d/%s", bus, kind->name);
	self->node = g_strdup_printf("/dev/bus/usb/%03d/%03d", bus, number);
	g_string_append_printf(text, "P: %s\nN: bus/usb/%03d/%03d\n",
			       self->syspath + strlen("/sys"), bus, number);
	g_string_append_printf(text,
			       "E: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nE: BUSNUM=%03d\n"
			       "E: DEVNUM=%03d\nE: DEVNAME=%s\n",
			       bus, number, self->node);
	g_string_append_printf(text,
			       "A: idVendor=%04x\\n\nA: idProduct=%04x\\n\nA: busnum=%d\\n\n"
			       "A: devnum=%d\\n\nA: speed=12\\n\nA: bConfigurationValue=1\\n\n"
			       "A: manufacturer=EPSON\\n\nA: product=TM-T20\\n\n",
			       kind->vid, kind->pid, bus, number);
	if (kind->serial != NULL)
		g_string_append_printf(text, "A: serial=%s\\n\n", kind->serial);
	add_descriptors(text, kind);
	g_string_append_printf(text,
			       "\nP: %s/%s:1.0\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\n"
			       "A: bInterfaceClass=%02x\\n\n",
			       self->syspath + strlen("/sys"), kind->name, kind->interface_class);
	if (kind->device_id != NULL)
		g_string_append_printf(text, "A: ieee1284_id=%s\n", kind->device_id);
	umockdev_testbed_add_from_string(self->testbed, text->str, &error);
	g_assert_no_error(error);
}

MockUsb *mock_usb_new(UMockdevTestbed *testbed, const MockUsbKind *kind)
{
	g_autoptr(GError) error = NULL;
	MockUsb *self = g_new0(MockUsb, 1);

	self->testbed = g_object_ref(testbed);
	self->urbs = g_ptr_array_new_with_free_func(urb_free);
	self->printed = g_byte_array_new();
	self->controls = g_byte_array_new();
	g_queue_init(&self->says);
	g_mutex_init(&self->mutex);
	g_cond_init(&self->cond);
	self->room = SIZE_MAX;
	self->port_status = 0x18;
	add_device(self, kind);
	self->handler = umockdev_ioctl_base_new();
	g_signal_connect(self->handler, "handle-ioctl", G_CALLBACK(on_ioctl), self);
	umockdev_testbed_attach_ioctl(testbed, self->node, self->handler, &error);
	g_assert_no_error(error);
	return self;
}

void mock_usb_free(MockUsb *self)
{
	g_autoptr(GError) error = NULL;

	umockdev_testbed_detach_ioctl(self->testbed, self->node, &error);
	g_assert_no_error(error);
	g_object_unref(self->handler);
	umockdev_testbed_uevent(self->testbed, self->syspath, "remove");
	umockdev_testbed_remove_device(self->testbed, self->syspath);
	g_object_unref(self->testbed);
	g_ptr_array_unref(self->urbs);
	g_byte_array_unref(self->printed);
	g_byte_array_unref(self->controls);
	g_queue_clear_full(&self->says, (GDestroyNotify)g_bytes_unref);
	g_clear_pointer(&self->device_id, g_bytes_unref);
	g_mutex_clear(&self->mutex);
	g_cond_clear(&self->cond);
	g_free(self->syspath);
	g_free(self->node);
	g_free(self);
}

void mock_usb_say(MockUsb *self, const void *data, size_t len)
{
	g_mutex_lock(&self->mutex);
	g_queue_push_tail(&self->says, g_bytes_new(data, len));
	g_mutex_unlock(&self->mutex);
}

void mock_usb_pull(MockUsb *self)
{
	g_mutex_lock(&self->mutex);
	self->gone = true;
	g_mutex_unlock(&self->mutex);
}

void mock_usb_give_room(MockUsb *self, size_t room)
{
	g_mutex_lock(&self->mutex);
	self->room += room;
	g_mutex_unlock(&self->mutex);
}
