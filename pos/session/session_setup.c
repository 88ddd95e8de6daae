/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

#include "drivers/display/display.h"
#include "pos/session/sentences.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Devices are chosen and tried at the till itself. Only the one that is meant is stopped and
 * started again; the open receipt and all others stay as they are. */

typedef struct {
	const char *group; /* of till.conf */
	SessionDevice device; /* whose thread has to be stopped; of a drawer it depends */
	TrialKind trial;
} SetupClass;

static const SetupClass classes[] = {
	{ "fiscal", SESSION_FISCAL, TRIAL_FISCAL },
	{ "printer", SESSION_PRINTER, TRIAL_PRINTER },
	{ "drawer", SESSION_PRINTER, TRIAL_PRINTER_DRAWER },
	{ "payment", SESSION_PAYMENT, TRIAL_PAYMENT },
	{ "scale", SESSION_SCALE, TRIAL_SCALE },
	{ "display", SESSION_DISPLAY, TRIAL_DISPLAY },
	{ "scanner", SESSION_SCANNER, TRIAL_SCANNER },
};

static const SetupClass *find_class(const char *group)
{
	for (size_t i = 0; i < G_N_ELEMENTS(classes); i++)
		if (strcmp(classes[i].group, group) == 0)
			return &classes[i];
	return NULL;
}

static bool is_drawer(const SetupClass *class)
{
	return strcmp(class->group, "drawer") == 0;
}

static const char *class_name(const SetupClass *class)
{
	return is_drawer(class) ? _("Cash drawer") : sentence_device(class->device);
}

static bool is_protocol(const SetupClass *class, const char *protocol)
{
	switch (class->device) {
	case SESSION_FISCAL:
		return fiscal_driver_find(protocol) != NULL;
	case SESSION_PRINTER:
		return printer_driver_find(protocol) != NULL;
	case SESSION_PAYMENT:
		return payment_driver_find(protocol) != NULL;
	case SESSION_SCALE:
		return scale_driver_find(protocol) != NULL;
	case SESSION_DISPLAY:
		return display_driver_find(protocol) != NULL;
	default:
		return strcmp(protocol, "serial") == 0 || strcmp(protocol, "usb") == 0;
	}
}

/* What is asked for can be a device of that class at all. */
static bool is_possible(const SetupClass *class, const DeviceSetup *setup)
{
	g_autofree char *protocol = NULL;

	if (is_drawer(class) || setup->device == NULL)
		return setup->device == NULL;
	if (strcmp(setup->device, "none") == 0)
		return true;
	if (strcmp(setup->device, "standalone") == 0)
		return class->device == SESSION_PAYMENT;
	protocol = g_strndup(setup->device, strcspn(setup->device, "@"));
	return is_protocol(class, protocol);
}

/* A drawer on the registrar is the registrar's. */
static SetupClass class_of_drawer(const Session *self, const SetupClass *class, GKeyFile *conf)
{
	g_autofree char *via = g_key_file_get_string(conf, "drawer", "via", NULL);
	bool on_registrar = via != NULL ? strcmp(via, "fiscal") == 0 : self->engine != NULL;

	if (is_drawer(class) && on_registrar)
		return (SetupClass){ class->group, SESSION_FISCAL, TRIAL_FISCAL_DRAWER };
	return *class;
}

/* A terminal refuses amounts in another money than its own; nobody should have to know its number.
 */
static void name_currency(const Session *self, const SetupClass *class, GKeyFile *conf)
{
	if (class->device == SESSION_PAYMENT &&
	    g_key_file_has_key(conf, "payment", "device", NULL) &&
	    !g_key_file_has_key(conf, "payment", "currency", NULL))
		g_key_file_set_integer(conf, "payment", "currency", self->shop.currency);
}

/* @setup read, and till.conf with it in @ret_conf; or a refusal. */
static const SetupClass *read_setup(Session *self, const SessionEvent *event, DeviceSetup *setup,
				    GKeyFile **ret_conf)
{
	g_autoptr(GError) error = NULL;
	const SetupClass *class;

	if (!device_setup_parse(setup, event->text) || (class = find_class(setup->group)) == NULL ||
	    !is_possible(class, setup)) {
		session_refuse(self, "bad-device", event->text, NULL);
		return NULL;
	}
	if (!session_may(self, event, TILL_RIGHT_DEVICES, "devices-right", NULL))
		return NULL;
	*ret_conf = till_conf_load(self->directory, &error);
	if (*ret_conf == NULL) {
		g_debug("%s", error->message);
		session_refuse(self, "conf-failed", NULL, NULL);
		return NULL;
	}
	device_setup_apply(setup, *ret_conf);
	name_currency(self, class, *ret_conf);
	return class;
}

/* Nothing hangs on the device this moment. */
static bool is_free(Session *self, SessionDevice device)
{
	if (device == SESSION_FISCAL && self->engine != NULL && self->shift.open)
		return session_refuse(self, "registrar-in-shift", NULL, NULL);
	if (self->held != NULL || session_is_weighing(self))
		return session_refuse(self, "device-at-work", sentence_device(device), NULL);
	return true;
}

static void set_conf(Session *self, GKeyFile *conf)
{
	g_clear_pointer(&self->conf, g_key_file_unref);
	self->conf = g_key_file_ref(conf);
}

/* Goods that wait for a weight wait for this scale. */
static void stop_device(Session *self, SessionDevice device)
{
	if (device == SESSION_SCALE && self->pending.weighed)
		session_drop_pending(self);
	session_stop_device(self, device);
}

/* --- choosing ------------------------------------------------------------------------------- */

/* No passwords: options are not the journal's. */
static bool write_down(Session *self, const DeviceSetup *setup)
{
	json_auto_t *details = json_pack("{s:s, s:s}", "device", setup->group, "set",
					 setup->device != NULL ? setup->device : "");

	return session_journal(self, JOURNAL_DEVICE, details);
}

/* A registrar that came or went takes the drawer with it. */
static void restart(Session *self, const SetupClass *class)
{
	SetupClass hanger = class_of_drawer(self, class, self->conf);

	if (is_drawer(class) && hanger.device == SESSION_PRINTER && self->engine == NULL) {
		session_start_drawer(self, self->conf);
		return;
	}
	if (is_drawer(class))
		hanger.device = SESSION_FISCAL;
	stop_device(self, hanger.device);
	session_start_device(self, hanger.device);
}

bool session_on_set_device(Session *self, const SessionEvent *event)
{
	g_auto(DeviceSetup) setup = { 0 };
	g_autoptr(GKeyFile) conf = NULL;
	g_autoptr(GError) error = NULL;
	const SetupClass *class = read_setup(self, event, &setup, &conf);
	bool takes_out = setup.device != NULL && strcmp(setup.device, "none") == 0;

	if (class == NULL ||
	    !is_free(self,
		     is_drawer(class) && self->engine != NULL ? SESSION_FISCAL : class->device))
		return false;
	/* A registrar makes a shift fiscal from its first document on. */
	if (class->device == SESSION_FISCAL && self->shift.open)
		return session_refuse(self, "registrar-in-shift", NULL, NULL);
	if (!till_conf_save(self->directory, conf, &error)) {
		g_debug("till.conf: %s", error->message);
		return session_refuse(self, "conf-failed", NULL, NULL);
	}
	if (!write_down(self, &setup))
		return false;
	session_leave_paid(self);
	set_conf(self, conf);
	restart(self, class);
	session_resume(self);
	session_tell(self, takes_out ? "device-removed" : "device-set", class_name(class), NULL);
	return true;
}

/* --- trying --------------------------------------------------------------------------------- */

static bool tell_outcome(Session *self, const TrialOutcome *outcome)
{
	if (outcome->error != NULL)
		return session_refuse_fault_of(self, self->tried, outcome->error, "trial-failed");
	session_tell(self, outcome->code, outcome->detail, NULL);
	return sentence_tone(outcome->code) == SESSION_TONE_INFO;
}

static void take_outcome(void *owner, void *data)
{
	Session *self = owner;
	const TrialOutcome *outcome = data;

	g_clear_pointer(&self->trial, device_trial_free);
	self->devices[self->tried].state = DEVICE_ABSENT; /* but for what the settings name */
	session_start_device(self, self->tried);
	session_resume(self);
	session_job_end(self, tell_outcome(self, outcome));
}

static void free_outcome(void *outcome)
{
	trial_outcome_free(outcome);
}

static void on_done(TrialOutcome *outcome, void *data)
{
	Session *self = data;

	mailbox_send(self->mailbox, take_outcome, outcome, free_outcome);
}

/* The shown text of the device is the printer's for its drawer. */
static bool begin_trial(Session *self, const SetupClass *class, GKeyFile *conf)
{
	g_auto(DeviceConf) device = { 0 };
	PaperShop shop = session_paper_shop(self);
	g_autoptr(GError) error = NULL;

	if (!device_conf_read(&device, conf, session_device_code(class->device), &error)) {
		/* "standalone" has no cable that could be tried. */
		g_debug("%s", error->message);
		return session_refuse(self, "device-not-set", class_name(class), NULL);
	}
	if (!device.present)
		return session_refuse(self, "device-not-set", sentence_device(class->device), NULL);
	if (!is_free(self, class->device))
		return false;
	session_leave_paid(self);
	session_job_begin(self, SESSION_REPORTING);
	session_tell(self, "trial", class_name(class), NULL);
	stop_device(self, class->device);
	self->devices[class->device].state = DEVICE_WORKING;
	self->tried = class->device;
	self->trial = device_trial_new(class->trial, &device, &shop, on_done, self);
	return true;
}

bool session_on_test_device(Session *self, const SessionEvent *event)
{
	g_auto(DeviceSetup) setup = { 0 };
	g_autoptr(GKeyFile) conf = NULL;
	const SetupClass *class = read_setup(self, event, &setup, &conf);
	SetupClass hanger;

	if (class == NULL)
		return false;
	hanger = class_of_drawer(self, class, conf);
	return begin_trial(self, &hanger, conf);
}

void session_stop_trial(Session *self)
{
	g_clear_pointer(&self->trial, device_trial_free);
}
