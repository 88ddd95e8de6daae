/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/scale/scale.h"
#include "pos/session/device_link.h"

/* The counter scale on a thread of its own: asked all the time while goods may be weighed, so that
 * the weight is there when it is wanted and the gate (scale.h) has seen the platform empty. */
typedef struct TillScale TillScale;

/* Each reading, on the scale's thread. @usable: it may be sold. */
typedef void (*TillScaleHeard)(const ScaleReading *reading, bool usable, void *data);

TillScale *till_scale_new(const DeviceConf *conf, DeviceTold told, TillScaleHeard heard,
			  void *data);
void till_scale_free(TillScale *self);
/* Without a pause, while goods wait for a weight; or now and then, only to know that it is there.
 */
void till_scale_watch(TillScale *self, bool often);
/* @weight was sold: it does not count again before the platform has changed. */
void till_scale_sell(TillScale *self, Quantity weight);
