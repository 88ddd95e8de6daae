/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

/* The device's end of the cable: a pseudo-terminal under a symbolic link, or a loopback port.
 * One client at a time, which may close and come back. */
typedef struct SimLink SimLink;

SimLink *sim_link_new_pty(const char *link, GError **error);
/* @port 0 takes a free one. A second client waits, or is turned away where @refuse_second. */
SimLink *sim_link_new_tcp(int port, bool refuse_second, GError **error);
/* Datagrams: each is read whole, answers go to who wrote last. 0 takes a free port. */
SimLink *sim_link_new_udp(int port, GError **error);
void sim_link_free(SimLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SimLink, sim_link_free)

const char *sim_link_get_address(const SimLink *self); /* as port_open() takes it */
bool sim_link_is_connected(const SimLink *self);
/* Each client has a stream of its own, which ends with it; a terminal has one cable for all. */
bool sim_link_is_stream(const SimLink *self);

#define SIM_LINK_N_FDS 2
/* Fills in what to wait for, and lowers *@timeout_ms (-1: for ever) where it must look again. */
int sim_link_prepare(SimLink *self, struct pollfd fds[SIM_LINK_N_FDS], int *timeout_ms);
/* After poll(): the bytes that came, 0 for none. */
size_t sim_link_dispatch(SimLink *self, const struct pollfd *fds, int n_fds, uint8_t *data,
			 size_t size);
/* A deaf one reads nothing, until the cable's buffers are full and the host has to wait. */
void sim_link_set_deaf(SimLink *self, bool deaf);
/* False where they are lost: nobody there, or gone meanwhile. */
bool sim_link_write(SimLink *self, const uint8_t *data, size_t len);

/* The client sees a hang-up; it may come back at once. */
void sim_link_drop(SimLink *self);
void sim_link_unplug(SimLink *self);
bool sim_link_plug(SimLink *self, GError **error);
bool sim_link_is_plugged(const SimLink *self);
