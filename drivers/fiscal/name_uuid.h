/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* The house's own name space, chosen once by chance: names in it mean nothing elsewhere. */
extern const uint8_t name_uuid_baraa[16];
/* A name-based UUID (RFC 9562 §5.5, version 5): the same of the same name, for ever. What is asked
 * for by a key has that key again after a crash. Own it. */
char *name_uuid_dup(const uint8_t space[static 16], const char *name);
/* That of a document's attempt: its sale_id and id. Own it. */
char *name_uuid_dup_attempt(const char *sale_id, int64_t id);
