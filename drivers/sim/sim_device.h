/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/sim.h"
#include "drivers/sim/sim_fault.h"
#include "drivers/sim/sim_link.h"
#include "drivers/sim/sim_log.h"

/* What a simulated device is given by the loop. It outlives the device. */
typedef struct {
	SimLink *link;
	SimLog *log;
	SimFaults *faults;
	const char *state_path; /* or NULL */
	const char *picture_dir; /* or NULL: nobody wants pictures */
	int n_pictures;
	GError *failure; /* set it to end the run: the memory could not be written */
	bool busy; /* the device takes no bytes for now: set it at any time */
	GQueue late; /* of SimLate: what is still on its way to the host */
} SimContext;

/* One const instance per protocol. All calls come from the loop's thread. */
struct sim {
	const char *name;
	const char *summary; /* N_() */
	const SimFaultKind *faults; /* its own, beside those of the cable; may be NULL */
	const char *controls; /* N_(); its control lines, in words; may be NULL */
	/* Power on, with the memory of the state file. Borrows @context. */
	void *(*start)(SimContext *context, GError **error);
	void (*stop)(void *self);
	void (*receive)(void *self, const uint8_t *data, size_t len);
	/* A client came or went. May be NULL. */
	void (*link_changed)(void *self, bool connected);
	/* Monotonic microseconds at which tick() is wanted, G_MAXINT64 for never. NULL: never. */
	int64_t (*deadline)(void *self);
	/* @quiet: nothing has come meanwhile, so a time-out may be believed. */
	void (*tick)(void *self, int64_t now, bool quiet);
	/* A control line that the loop does not know. False: the device does not know it either. */
	bool (*control)(void *self, const char *line);
};

extern const struct sim shtrih_sim;
extern const struct sim atol_sim;
extern const struct sim erpnet_sim;
extern const struct sim datecs_sim;
extern const struct sim cd5220_sim;
extern const struct sim dsp800_sim;
extern const struct sim epson_display_sim;
extern const struct sim scanner_sim;
extern const struct sim escpos_sim;
extern const struct sim cas_sim;
extern const struct sim mt8217_sim;
extern const struct sim massa_sim;
extern const struct sim pos2_sim;
extern const struct sim zvt_sim;
extern const struct sim label_zpl_sim;
extern const struct sim label_tspl_sim;
extern const struct sim label_epl_sim;
extern const struct sim plu_shtrih_sim;
extern const struct sim plu_cas_sim;
extern const struct sim plu_digi_sim;
extern const struct sim plu_massa_sim;
extern const struct sim ebarimt_sim;

/* Sends and logs, through the faults of the cable. Silently lost where nobody is connected, as on a
 * cable. */
void sim_send(SimContext *self, const uint8_t *data, size_t len);

/* The device closes the connection, after what it has sent. */
void sim_hang_up(SimContext *self);

/* Where the next picture goes, "DIR/0001-@what.png", and the log gets "PICTURE|path" for it once it
 * is there (sim_picture_done()). NULL where nobody wants one. Own it. */
char *sim_picture_begin(SimContext *self, const char *what);
void sim_picture_done(SimContext *self, const char *path);
