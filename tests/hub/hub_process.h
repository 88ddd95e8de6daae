/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/hub/fake_office.h"

#include <gio/gio.h>
#include <jansson.h>
#include <libsoup/soup.h>

/* A real baraa-hub over a database of its own, and a client that speaks to it. */
typedef struct {
	FakeOffice office;
	/* owned */
	GSubprocess *process;
	char *url;
	SoupSession *session;
	bool tls;
} HubProcess;

/* Waits until it listens. */
void hub_process_init(HubProcess *self);
/* The same over TLS. */
void hub_process_init_tls(HubProcess *self);
void hub_process_clear(HubProcess *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(HubProcess, hub_process_clear)
pid_t hub_process_get_id(const HubProcess *self);
/* SIGKILL, and waits for the end. */
void hub_process_kill(HubProcess *self);
/* SIGTERM; the exit status. */
int hub_process_stop(HubProcess *self);
void hub_process_start(HubProcess *self);
/* What the program says on standard error, and its exit status, where it does not start. Own it. */
char *hub_process_dup_refusal(const char *const *arguments, int *ret_status);

typedef struct {
	guint status;
	GBytes *body; /* owned */
	json_t *json; /* owned; NULL where it is none */
} HubAnswer;
void hub_answer_clear(HubAnswer *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(HubAnswer, hub_answer_clear)
const char *hub_answer_error(const HubAnswer *self); /* its code; "" where there is none */
int64_t hub_answer_int(const HubAnswer *self, const char *name);

/* @token, @encoding and @body may be NULL. Status 0: the hub was not there. */
void hub_call(HubProcess *self, const char *method, const char *path, const char *token,
	      const char *encoding, GBytes *body, HubAnswer *ret);
void hub_get(HubProcess *self, const char *path, const char *token, HubAnswer *ret);
/* Takes @body. */
void hub_post(HubProcess *self, const char *path, const char *token, GString *body, HubAnswer *ret);
SoupMessage *hub_message_new(HubProcess *self, const char *method, const char *path,
			     const char *token, const char *encoding, GBytes *body);
/* Enrols; the token. Own it. */
char *hub_enrol(HubProcess *self, const char *till_name);
GBytes *hub_gzip(const void *data, size_t len);
