/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

/* Goods sold by weight, with a scale on the counter: only a stable, positive weight reaches the
 * receipt, and no older than a second. The goods wait for it; scans go on meanwhile. */

#define FRESH G_TIME_SPAN_SECOND
#define PATIENCE_MS 5000

typedef struct {
	ScaleReading reading;
	bool usable;
	int64_t at; /* monotonic */
} Heard;

static void stop_waiting(Session *self)
{
	if (self->weigh_timeout != NULL) {
		g_source_destroy(self->weigh_timeout);
		g_clear_pointer(&self->weigh_timeout, g_source_unref);
	}
}

bool session_is_weighing(const Session *self)
{
	return self->weigh_timeout != NULL;
}

/* Of goods sold in grams the scale's kilograms are a thousand. */
static bool weight_in_unit(Quantity kilograms, Unit unit, Quantity *ret)
{
	*ret = kilograms;
	return unit != UNIT_GRAM ||
	       scale_int64(kilograms.micro, 1000, 1, ROUND_HALF_AWAY, &ret->micro);
}

static bool is_fresh(const Session *self)
{
	return self->weight_usable && g_get_monotonic_time() - self->weight_at < FRESH;
}

/* What keeps the weight from being taken. */
static bool refuse_weight(Session *self)
{
	static const char *const codes[SCALE_N_STATES] = {
		[SCALE_STABLE] = "scale-same",	     [SCALE_MOVING] = "scale-moving",
		[SCALE_EMPTY] = "scale-empty",	     [SCALE_BELOW_MINIMUM] = "scale-too-light",
		[SCALE_NEGATIVE] = "scale-negative", [SCALE_OVERLOAD] = "scale-overload",
		[SCALE_ZERO_ERROR] = "scale-zero",
	};
	const char *name = self->pending.item->name;
	g_autoptr(GError) fault = NULL;

	if (self->devices[SESSION_SCALE].state != DEVICE_DOWN)
		return session_refuse(self, codes[self->weight.state], name, NULL);
	fault = g_error_new_literal(DEVICE_FAULT, (int)self->devices[SESSION_SCALE].fault, "");
	return session_refuse_fault_of(self, SESSION_SCALE, fault, "weigh-by-hand");
}

static bool take_weight(Session *self)
{
	Quantity weight = self->weight.net, quantity;

	stop_waiting(self);
	if (!weight_in_unit(weight, self->pending.item->unit, &quantity))
		return session_refuse(self, "too-large", NULL, NULL);
	till_scale_sell(self->scale, weight);
	till_scale_watch(self->scale, false);
	self->weight_usable = false;
	return session_sell_weighed(self, quantity);
}

static gboolean on_timeout(void *data)
{
	Session *self = data;

	stop_waiting(self);
	self->answer.kind = self->job.kind;
	self->answer.mark = self->job.mark;
	self->answer.ok = refuse_weight(self);
	session_emit(self);
	return G_SOURCE_REMOVE;
}

bool session_weigh_pending(Session *self)
{
	if (is_fresh(self))
		return take_weight(self);
	till_scale_watch(self->scale, true);
	if (self->devices[SESSION_SCALE].state == DEVICE_DOWN)
		return refuse_weight(self); /* it is taken by itself where the scale comes back */
	self->job.kind = self->answer.kind;
	self->job.mark = self->answer.mark;
	stop_waiting(self);
	self->weigh_timeout = g_timeout_source_new(PATIENCE_MS);
	g_source_set_callback(self->weigh_timeout, on_timeout, self, NULL);
	g_source_attach(self->weigh_timeout, self->context);
	session_tell(self, "weighing", self->pending.item->name, NULL);
	return true;
}

void session_weigh_over(Session *self)
{
	stop_waiting(self);
	if (self->scale != NULL)
		till_scale_watch(self->scale, false);
}

bool session_on_weigh(Session *self, const SessionEvent *event)
{
	if (self->scale == NULL)
		return session_refuse(self, "no-scale", NULL, NULL);
	if (self->pending.item == NULL || !self->pending.weighed)
		return session_refuse(self, "nothing-to-weigh", NULL, NULL);
	return session_weigh_pending(self);
}

/* --- what the scale says ---------------------------------------------------------------------- */

static void take_heard(void *owner, void *data)
{
	Session *self = owner;
	const Heard *heard = data;
	bool waits = self->pending.item != NULL && self->pending.weighed;

	self->weight = heard->reading;
	self->weight_usable = heard->usable;
	self->weight_at = heard->at;
	if (!waits)
		return;
	if (heard->usable && self->state == SESSION_SELLING) {
		bool was_asked = session_is_weighing(self);

		session_say_nothing(self);
		if (was_asked) {
			self->answer.kind = self->job.kind;
			self->answer.mark = self->job.mark;
		}
		self->answer.ok = take_weight(self);
	}
	session_emit(self);
}

static void on_heard(const ScaleReading *reading, bool usable, void *data)
{
	Session *self = data;
	Heard heard = { .reading = *reading, .usable = usable, .at = g_get_monotonic_time() };

	mailbox_send(self->mailbox, take_heard, g_memdup2(&heard, sizeof heard), g_free);
}

static void on_scale(const GError *fault, void *data)
{
	session_send_news(data, SESSION_SCALE, fault);
}

void session_start_scale(Session *self, GKeyFile *conf)
{
	g_auto(DeviceConf) device = { 0 };

	if (!session_read_conf(self, conf, SESSION_SCALE, &device))
		return;
	self->devices[SESSION_SCALE].state = DEVICE_WORKING;
	self->scale = till_scale_new(&device, on_scale, on_heard, self);
}

void session_stop_scale(Session *self)
{
	stop_waiting(self);
	g_clear_pointer(&self->scale, till_scale_free);
}
