/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/label/label_private.h"
#include "drivers/scale/plu.h"

/* A load of one scale, between the database and the cable. */
typedef struct {
	Plu plu;
	int64_t item_id;
	char *name, *hash; /* owned */
	bool done; /* it is in the scale, or out of it */
} ScaleItem;

typedef struct {
	const LabelDevice *device; /* borrowed */
	GHashTable *options; /* owned */
	const struct plu_driver *driver;
	char *address; /* owned */
	bool whole; /* the driver takes files, not items: all or nothing */
	bool empties; /* a load throws out what it does not have */
	GArray *send, *remove; /* owned; of ScaleItem */
	PluResult *result; /* borrowed */
} ScaleLoad;

/* One more refusal, in words. */
void label_scale_refuse(ScaleLoad *self, const char *name, const char *reason);
/* Talks to the scale: sends, then removes, and marks what is done. A refused item stops no other.
 */
bool label_scale_talk(ScaleLoad *self, GError **error);
