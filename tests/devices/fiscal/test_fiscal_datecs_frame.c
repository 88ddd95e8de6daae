/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/datecs_frame.h"

#include <string.h>

/* All frames of fiscal-datecs.md, §2, §3 and §7: its check sums, its sessions, its vendor's pair.
 */
typedef struct {
	DatecsFamily family;
	uint8_t seq;
	uint8_t code;
	const char *data;
	const char *frame;
} Request;

typedef struct {
	DatecsFamily family;
	uint8_t seq;
	uint8_t code;
	const char *data, *status;
	const char *frame;
} Answer;

static const Request requests[] = {
	{ DATECS_P, 0x21, 0x4A, "", "01 24 21 4A 05 30 30 39 34 03" },
	{ DATECS_X, 0x24, 0x2A, "54 65 73 74 09",
	  "01 30 30 32 3F 24 30 30 32 3A 54 65 73 74 09 05 30 33 36 3F 03" },
	{ DATECS_P, 0x21, 0x45, "", "01 24 21 45 05 30 30 38 3F 03" },
	{ DATECS_P, 0x21, 0x31, "41", "01 25 21 31 41 05 30 30 3B 3D 03" },
	{ DATECS_P, 0x20, 0x4A, "", "01 24 20 4A 05 30 30 39 33 03" },
	{ DATECS_P, 0x22, 0x3E, "", "01 24 22 3E 05 30 30 38 39 03" },
	{ DATECS_P, 0x23, 0x46, "31 30 30 2E 30 30",
	  "01 2A 23 46 31 30 30 2E 30 30 05 30 31 3B 37 03" },
	{ DATECS_P, 0x24, 0x2F, "54 4F 54 41 4C 20 31 32 2E 33 30",
	  "01 2F 24 2F 54 4F 54 41 4C 20 31 32 2E 33 30 05 30 33 31 3F 03" },
	{ DATECS_P, 0x7F, 0x38, "", "01 24 7F 38 05 30 30 3E 30 03" },
	{ DATECS_X, 0x21, 0x4A, "", "01 30 30 32 3A 21 30 30 34 3A 05 30 31 3C 30 03" },
	{ DATECS_X, 0x22, 0x45, "58 09", "01 30 30 32 3C 22 30 30 34 35 58 09 05 30 32 31 3F 03" },
	{ DATECS_X, 0x23, 0x46, "30 09 31 30 30 2E 30 30 09",
	  "01 30 30 33 33 23 30 30 34 36 30 09 31 30 30 2E 30 30 09 05 30 33 31 39 "
	  "03" },
	{ DATECS_X, 0x24, 0x4C, "", "01 30 30 32 3A 24 30 30 34 3C 05 30 31 3C 35 03" },
	{ DATECS_X, 0x25, 0x3C, "", "01 30 30 32 3A 25 30 30 33 3C 05 30 31 3C 35 03" },
	{ DATECS_P, 0x21, 0x3E, "", "01 24 21 3E 05 30 30 38 38 03" },
	{ DATECS_P, 0x22, 0x46, "35 30 30 2E 30 30",
	  "01 2A 22 46 35 30 30 2E 30 30 05 30 31 3B 3A 03" },
	{ DATECS_P, 0x23, 0x30,
	  "31 2C 30 30 30 30 2C 31 2C 44 54 32 37 39 30 31 33 2D 30 30 30 31 2D 30 "
	  "30 30 30 30 30 31",
	  "01 42 23 30 31 2C 30 30 30 30 2C 31 2C 44 54 32 37 39 30 31 33 2D 30 30 "
	  "30 31 2D 30 30 30 30 30 30 31 05 30 36 37 3A 03" },
	{ DATECS_P, 0x24, 0x31, "DF E1 FA EB EA E8 09 C1 38 39 2E 39 30 2A 31 2E 32 33 34 23 EA E3",
	  "01 3A 24 31 DF E1 FA EB EA E8 09 C1 38 39 2E 39 30 2A 31 2E 32 33 34 23 "
	  "EA E3 05 30 3A 3E 3F 03" },
	{ DATECS_P, 0x25, 0x31,
	  "D8 EE EA EE EB E0 E4 09 C1 37 35 2E 30 30 2A 32 2E 30 30 30 3B 2D 31 35 "
	  "2E 30 30",
	  "01 3F 25 31 D8 EE EA EE EB E0 E4 09 C1 37 35 2E 30 30 2A 32 2E 30 30 30 "
	  "3B 2D 31 35 2E 30 30 05 30 3B 32 31 03" },
	{ DATECS_P, 0x26, 0x33, "30 30", "01 26 26 33 30 30 05 30 30 3E 34 03" },
	{ DATECS_P, 0x27, 0x35, "09 44 31 30 30 2E 30 30",
	  "01 2C 27 35 09 44 31 30 30 2E 30 30 05 30 31 3F 39 03" },
	{ DATECS_P, 0x28, 0x35, "09 50 32 30 30 2E 30 30",
	  "01 2C 28 35 09 50 32 30 30 2E 30 30 05 30 32 30 37 03" },
	{ DATECS_P, 0x29, 0x38, "", "01 24 29 38 05 30 30 38 3A 03" },
	{ DATECS_P, 0x2A, 0x71, "", "01 24 2A 71 05 30 30 3C 34 03" },
	{ DATECS_P, 0x2B, 0x2E,
	  "31 2C 30 30 30 30 2C 31 2C 52 30 30 30 30 31 33 37 2C 44 54 32 37 39 30 "
	  "31 33 2D 30 30 30 31 2D 30 30 30 30 30 30 31 2C 30 33 30 36 32 36 31 30 "
	  "31 37 31 32 2C 30 32 32 37 39 30 31 33",
	  "01 61 2B 2E 31 2C 30 30 30 30 2C 31 2C 52 30 30 30 30 31 33 37 2C 44 54 "
	  "32 37 39 30 31 33 2D 30 30 30 31 2D 30 30 30 30 30 30 31 2C 30 33 30 36 "
	  "32 36 31 30 31 37 31 32 2C 30 32 32 37 39 30 31 33 05 30 3C 3C 35 03" },
	{ DATECS_P, 0x2C, 0x31, "D8 EE EA EE EB E0 E4 09 C1 36 37 2E 35 30",
	  "01 32 2C 31 D8 EE EA EE EB E0 E4 09 C1 36 37 2E 35 30 05 30 38 3A 3B 03" },
	{ DATECS_P, 0x2D, 0x35, "09 50 36 37 2E 35 30",
	  "01 2B 2D 35 09 50 36 37 2E 35 30 05 30 31 3E 3B 03" },
	{ DATECS_P, 0x2E, 0x38, "", "01 24 2E 38 05 30 30 38 3F 03" },
	{ DATECS_P, 0x2F, 0x45, "32", "01 25 2F 45 32 05 30 30 3D 30 03" },
	{ DATECS_P, 0x30, 0x45, "", "01 24 30 45 05 30 30 39 3E 03" },
	{ DATECS_X, 0x41, 0x30,
	  "31 09 30 30 30 30 09 44 54 32 37 39 30 31 33 2D 30 30 30 31 2D 30 30 30 "
	  "30 30 30 32 09 31 09 09",
	  "01 30 30 34 3A 41 30 30 33 30 31 09 30 30 30 30 09 44 54 32 37 39 30 31 "
	  "33 2D 30 30 30 31 2D 30 30 30 30 30 30 32 09 31 09 09 05 30 37 36 31 03" },
	{ DATECS_X, 0x42, 0x31,
	  "DF E1 FA EB EA E8 09 32 09 38 39 2E 39 30 09 31 2E 32 33 34 09 30 09 09 "
	  "30 09 EA E3 09",
	  "01 30 30 34 37 42 30 30 33 31 DF E1 FA EB EA E8 09 32 09 38 39 2E 39 30 "
	  "09 31 2E 32 33 34 09 30 09 09 30 09 EA E3 09 05 30 3B 3F 34 03" },
	{ DATECS_X, 0x43, 0x31,
	  "D8 EE EA EE EB E0 E4 09 32 09 37 35 2E 30 30 09 32 2E 30 30 30 09 34 09 "
	  "31 35 2E 30 30 09 30 09 E1 F0 09",
	  "01 30 30 34 3D 43 30 30 33 31 D8 EE EA EE EB E0 E4 09 32 09 37 35 2E 30 "
	  "30 09 32 2E 30 30 30 09 34 09 31 35 2E 30 30 09 30 09 E1 F0 09 05 30 3D "
	  "3B 37 03" },
	{ DATECS_X, 0x44, 0x35, "31 09 31 30 30 2E 30 30 09 09",
	  "01 30 30 33 34 44 30 30 33 35 31 09 31 30 30 2E 30 30 09 09 05 30 33 34 "
	  "33 03" },
	{ DATECS_X, 0x45, 0x35, "30 09 32 30 30 2E 30 30 09 09",
	  "01 30 30 33 34 45 30 30 33 35 30 09 32 30 30 2E 30 30 09 09 05 30 33 34 "
	  "34 03" },
	{ DATECS_X, 0x46, 0x38, "", "01 30 30 32 3A 46 30 30 33 38 05 30 31 3E 32 03" },
	{ DATECS_X, 0x47, 0x2B,
	  "31 09 30 30 30 30 09 31 09 31 09 31 33 38 09 30 33 2D 30 36 2D 32 36 20 "
	  "31 30 3A 31 37 3A 31 32 09 30 32 32 37 39 30 31 33 09 09 09 09 44 54 32 "
	  "37 39 30 31 33 2D 30 30 30 31 2D 30 30 30 30 30 30 32 09",
	  "01 30 30 36 3D 47 30 30 32 3B 31 09 30 30 30 30 09 31 09 31 09 31 33 38 "
	  "09 30 33 2D 30 36 2D 32 36 20 31 30 3A 31 37 3A 31 32 09 30 32 32 37 39 "
	  "30 31 33 09 09 09 09 44 54 32 37 39 30 31 33 2D 30 30 30 31 2D 30 30 30 "
	  "30 30 30 32 09 05 30 3D 35 3C 03" },
	{ DATECS_X, 0x48, 0x31,
	  "D8 EE EA EE EB E0 E4 09 32 09 36 37 2E 35 30 09 31 2E 30 30 30 09 30 09 "
	  "09 30 09 E1 F0 09",
	  "01 30 30 34 38 48 30 30 33 31 D8 EE EA EE EB E0 E4 09 32 09 36 37 2E 35 "
	  "30 09 31 2E 30 30 30 09 30 09 09 30 09 E1 F0 09 05 30 3C 3C 34 03" },
	{ DATECS_X, 0x49, 0x35, "30 09 36 37 2E 35 30 09 09",
	  "01 30 30 33 33 49 30 30 33 35 30 09 36 37 2E 35 30 09 09 05 30 33 32 37 "
	  "03" },
	{ DATECS_X, 0x4A, 0x38, "", "01 30 30 32 3A 4A 30 30 33 38 05 30 31 3E 36 03" },
	{ DATECS_X, 0x4B, 0x45, "58 09", "01 30 30 32 3C 4B 30 30 34 35 58 09 05 30 32 34 38 03" },
	{ DATECS_X, 0x4C, 0x45, "5A 09", "01 30 30 32 3C 4C 30 30 34 35 5A 09 05 30 32 34 3B 03" },
	{ DATECS_P, 0x31, 0x38, "", "01 24 31 38 05 30 30 39 32 03" },
	{ DATECS_P, 0x32, 0x38, "", "01 24 32 38 05 30 30 39 33 03" },
};

static const Answer answers[] = {
	{ DATECS_X, 0x24, 0x2A, "30 09", "80 80 A0 80 86 9A 80 80",
	  "01 30 30 33 35 24 30 30 32 3A 30 09 04 80 80 A0 80 86 9A 80 80 05 30 36 "
	  "33 3A 03" },
	{ DATECS_P, 0x25, 0x4A, "80 80 80 80 86 9A", "80 80 80 80 86 9A",
	  "01 31 25 4A 80 80 80 80 86 9A 04 80 80 80 80 86 9A 05 30 36 3E 39 03" },
	{ DATECS_P, 0x21, 0x3E, "30 33 2D 30 36 2D 32 36 20 31 30 3A 31 35 3A 30 30",
	  "80 80 80 80 86 9A",
	  "01 3C 21 3E 30 33 2D 30 36 2D 32 36 20 31 30 3A 31 35 3A 30 30 04 80 80 "
	  "80 80 86 9A 05 30 37 30 3A 03" },
	{ DATECS_P, 0x22, 0x46, "50 2C 35 30 30 30 30 2C 35 30 30 30 30 2C 30", "80 80 80 80 86 9A",
	  "01 3A 22 46 50 2C 35 30 30 30 30 2C 35 30 30 30 30 2C 30 04 80 80 80 80 "
	  "86 9A 05 30 36 3B 39 03" },
	{ DATECS_P, 0x23, 0x30, "30 30 30 31 2C 30 30 30 31", "80 80 88 80 86 9A",
	  "01 34 23 30 30 30 30 31 2C 30 30 30 31 04 80 80 88 80 86 9A 05 30 35 36 "
	  "36 03" },
	{ DATECS_P, 0x24, 0x31, "", "80 80 88 80 86 9A",
	  "01 2B 24 31 04 80 80 88 80 86 9A 05 30 33 3B 31 03" },
	{ DATECS_P, 0x25, 0x31, "", "80 80 88 80 86 9A",
	  "01 2B 25 31 04 80 80 88 80 86 9A 05 30 33 3B 32 03" },
	{ DATECS_P, 0x26, 0x33,
	  "32 34 35 39 34 2C 30 2C 32 34 35 39 34 2C 30 2C 30 2C 30 2C 30 2C 30 2C "
	  "30",
	  "80 80 88 80 86 9A",
	  "01 44 26 33 32 34 35 39 34 2C 30 2C 32 34 35 39 34 2C 30 2C 30 2C 30 2C "
	  "30 2C 30 2C 30 04 80 80 88 80 86 9A 05 30 38 38 3E 03" },
	{ DATECS_P, 0x27, 0x35, "44 31 34 35 39 34", "80 80 88 80 86 9A",
	  "01 31 27 35 44 31 34 35 39 34 04 80 80 88 80 86 9A 05 30 35 30 39 03" },
	{ DATECS_P, 0x28, 0x35, "52 35 34 30 36", "80 80 88 80 86 9A",
	  "01 30 28 35 52 35 34 30 36 04 80 80 88 80 86 9A 05 30 34 3D 3F 03" },
	{ DATECS_P, 0x29, 0x38, "30 30 30 31 2C 30 30 30 31", "80 80 80 80 86 9A",
	  "01 34 29 38 30 30 30 31 2C 30 30 30 31 04 80 80 80 80 86 9A 05 30 35 36 "
	  "3C 03" },
	{ DATECS_P, 0x2A, 0x71, "30 30 30 30 31 33 37", "80 80 80 80 86 9A",
	  "01 32 2A 71 30 30 30 30 31 33 37 04 80 80 80 80 86 9A 05 30 35 35 31 03" },
	{ DATECS_P, 0x2B, 0x2E, "30 30 30 32 2C 30 30 30 31", "80 80 88 80 86 9A",
	  "01 34 2B 2E 30 30 30 32 2C 30 30 30 31 04 80 80 88 80 86 9A 05 30 35 36 "
	  "3D 03" },
	{ DATECS_P, 0x2C, 0x31, "", "80 80 88 80 86 9A",
	  "01 2B 2C 31 04 80 80 88 80 86 9A 05 30 33 3B 39 03" },
	{ DATECS_P, 0x2D, 0x35, "52 30", "80 80 88 80 86 9A",
	  "01 2D 2D 35 52 30 04 80 80 88 80 86 9A 05 30 34 34 32 03" },
	{ DATECS_P, 0x2E, 0x38, "30 30 30 32 2C 30 30 30 32", "80 80 80 80 86 9A",
	  "01 34 2E 38 30 30 30 32 2C 30 30 30 32 04 80 80 80 80 86 9A 05 30 35 37 "
	  "33 03" },
	{ DATECS_P, 0x2F, 0x45,
	  "30 30 34 31 2C 32 34 35 39 34 2C 30 2C 32 34 35 39 34 2C 30 2C 30 2C 30 "
	  "2C 30 2C 30 2C 30",
	  "80 80 80 80 86 9A",
	  "01 49 2F 45 30 30 34 31 2C 32 34 35 39 34 2C 30 2C 32 34 35 39 34 2C 30 "
	  "2C 30 2C 30 2C 30 2C 30 2C 30 04 80 80 80 80 86 9A 05 30 39 39 37 03" },
	{ DATECS_P, 0x30, 0x45,
	  "30 30 34 31 2C 32 34 35 39 34 2C 30 2C 32 34 35 39 34 2C 30 2C 30 2C 30 "
	  "2C 30 2C 30 2C 30",
	  "80 80 80 80 86 9A",
	  "01 49 30 45 30 30 34 31 2C 32 34 35 39 34 2C 30 2C 32 34 35 39 34 2C 30 "
	  "2C 30 2C 30 2C 30 2C 30 2C 30 04 80 80 80 80 86 9A 05 30 39 39 38 03" },
	{ DATECS_X, 0x41, 0x30, "30 09 31 33 38 09", "80 80 88 80 86 9A 80 80",
	  "01 30 30 33 39 41 30 30 33 30 30 09 31 33 38 09 04 80 80 88 80 86 9A 80 "
	  "80 05 30 36 3D 3F 03" },
	{ DATECS_X, 0x42, 0x31, "30 09 31 33 38 09", "80 80 88 80 86 9A 80 80",
	  "01 30 30 33 39 42 30 30 33 31 30 09 31 33 38 09 04 80 80 88 80 86 9A 80 "
	  "80 05 30 36 3E 31 03" },
	{ DATECS_X, 0x43, 0x31, "30 09 31 33 38 09", "80 80 88 80 86 9A 80 80",
	  "01 30 30 33 39 43 30 30 33 31 30 09 31 33 38 09 04 80 80 88 80 86 9A 80 "
	  "80 05 30 36 3E 32 03" },
	{ DATECS_X, 0x44, 0x35, "30 09 44 09 31 34 35 2E 39 34 09", "80 80 88 80 86 9A 80 80",
	  "01 30 30 33 3E 44 30 30 33 35 30 09 44 09 31 34 35 2E 39 34 09 04 80 80 "
	  "88 80 86 9A 80 80 05 30 37 3D 32 03" },
	{ DATECS_X, 0x45, 0x35, "30 09 52 09 35 34 2E 30 36 09", "80 80 88 80 86 9A 80 80",
	  "01 30 30 33 3D 45 30 30 33 35 30 09 52 09 35 34 2E 30 36 09 04 80 80 88 "
	  "80 86 9A 80 80 05 30 37 3A 38 03" },
	{ DATECS_X, 0x46, 0x38, "30 09 31 33 38 09", "80 80 80 80 86 9A 80 80",
	  "01 30 30 33 39 46 30 30 33 38 30 09 31 33 38 09 04 80 80 80 80 86 9A 80 "
	  "80 05 30 36 3E 34 03" },
	{ DATECS_X, 0x47, 0x2B, "30 09 31 33 39 09", "80 80 88 80 86 9A 80 80",
	  "01 30 30 33 39 47 30 30 32 3B 30 09 31 33 39 09 04 80 80 88 80 86 9A 80 "
	  "80 05 30 36 3F 30 03" },
	{ DATECS_X, 0x48, 0x31, "30 09 31 33 39 09", "80 80 88 80 86 9A 80 80",
	  "01 30 30 33 39 48 30 30 33 31 30 09 31 33 39 09 04 80 80 88 80 86 9A 80 "
	  "80 05 30 36 3E 38 03" },
	{ DATECS_X, 0x49, 0x35, "30 09 52 09 30 2E 30 30 09", "80 80 88 80 86 9A 80 80",
	  "01 30 30 33 3C 49 30 30 33 35 30 09 52 09 30 2E 30 30 09 04 80 80 88 80 "
	  "86 9A 80 80 05 30 37 36 3C 03" },
	{ DATECS_X, 0x4A, 0x38, "30 09 31 33 39 09", "80 80 80 80 86 9A 80 80",
	  "01 30 30 33 39 4A 30 30 33 38 30 09 31 33 39 09 04 80 80 80 80 86 9A 80 "
	  "80 05 30 36 3E 39 03" },
	{ DATECS_X, 0x4B, 0x45,
	  "30 09 34 31 09 30 2E 30 30 09 32 34 35 2E 39 34 09 30 2E 30 30 09 30 2E "
	  "30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 "
	  "2E 30 30 09 36 37 2E 35 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 "
	  "09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09",
	  "80 80 80 80 86 9A 80 80",
	  "01 30 30 38 3B 4B 30 30 34 35 30 09 34 31 09 30 2E 30 30 09 32 34 35 2E "
	  "39 34 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 "
	  "2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 36 37 2E 35 30 09 30 2E 30 30 "
	  "09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 "
	  "30 09 04 80 80 80 80 86 9A 80 80 05 31 33 3E 31 03" },
	{ DATECS_X, 0x4C, 0x45,
	  "30 09 34 31 09 30 2E 30 30 09 32 34 35 2E 39 34 09 30 2E 30 30 09 30 2E "
	  "30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 "
	  "2E 30 30 09 36 37 2E 35 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 "
	  "09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09",
	  "80 80 80 80 86 9A 80 80",
	  "01 30 30 38 3B 4C 30 30 34 35 30 09 34 31 09 30 2E 30 30 09 32 34 35 2E "
	  "39 34 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 "
	  "2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 36 37 2E 35 30 09 30 2E 30 30 "
	  "09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 "
	  "30 09 04 80 80 80 80 86 9A 80 80 05 31 33 3E 32 03" },
	{ DATECS_P, 0x31, 0x38, "30 30 30 33 2C 30 30 30 33", "80 80 80 80 86 9A",
	  "01 34 31 38 30 30 30 33 2C 30 30 30 33 04 80 80 80 80 86 9A 05 30 35 37 "
	  "38 03" },
	{ DATECS_P, 0x32, 0x38, "", "A0 80 89 80 86 9A",
	  "01 2B 32 38 04 A0 80 89 80 86 9A 05 30 33 3E 37 03" },
};

static size_t unhex(const char *hex, uint8_t *ret, size_t max)
{
	size_t n = 0;

	for (; *hex != '\0'; hex += hex[2] == ' ' ? 3 : 2) {
		g_assert_cmpuint(n, <, max);
		ret[n++] =
			(uint8_t)(g_ascii_xdigit_value(hex[0]) << 4 | g_ascii_xdigit_value(hex[1]));
	}
	return n;
}

static void test_requests(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(requests); i++) {
		const Request *request = &requests[i];
		DatecsBody body = { .code = request->code };
		uint8_t expected[DATECS_FRAME_MAX], frame[DATECS_FRAME_MAX];
		size_t n = unhex(request->frame, expected, sizeof expected);

		body.len = unhex(request->data, body.data, sizeof body.data);
		g_assert_cmpmem(frame,
				datecs_frame_encode(request->family, request->seq, &body, frame),
				expected, n);
	}
}

static DatecsFrameState read_all(DatecsReader *reader, const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		datecs_reader_push(reader, bytes[i]);
	return reader->state;
}

static void test_answers(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(answers); i++) {
		const Answer *answer = &answers[i];
		DatecsReader reader = { .family = answer->family };
		uint8_t frame[DATECS_FRAME_MAX], data[DATECS_ANSWER_MAX], status[16];
		size_t n = unhex(answer->frame, frame, sizeof frame);
		size_t n_data = unhex(answer->data, data, sizeof data);
		size_t n_status = unhex(answer->status, status, sizeof status);

		g_assert_cmpint(read_all(&reader, frame, n - 1), ==, DATECS_FRAME_MORE);
		g_assert_cmpint(datecs_reader_push(&reader, frame[n - 1]), ==, DATECS_FRAME_DONE);
		g_assert_cmpuint(reader.answer.seq, ==, answer->seq);
		g_assert_cmpuint(reader.answer.code, ==, answer->code);
		g_assert_cmpmem(reader.answer.data, reader.answer.len, data, n_data);
		g_assert_cmpmem(reader.answer.status, n_status, status, n_status);
	}
}

/* What it asks for is never more than belongs to the frame: the byte after it stays on the wire. */
static void test_reads_no_further(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(answers); i++) {
		DatecsReader reader = { .family = answers[i].family };
		uint8_t frame[DATECS_FRAME_MAX];
		size_t n = unhex(answers[i].frame, frame, sizeof frame), at = 0;

		while (reader.state == DATECS_FRAME_NONE || reader.state == DATECS_FRAME_MORE) {
			size_t wanted = datecs_reader_get_wanted(&reader);

			g_assert_cmpuint(at + wanted, <=, n);
			read_all(&reader, frame + at, wanted);
			at += wanted;
		}
		g_assert_cmpuint(at, ==, n);
		g_assert_cmpint(reader.state, ==, DATECS_FRAME_DONE);
	}
}

static void test_noise_before(void)
{
	static const uint8_t noise[] = { 0x16, 0x16, 0xFF, 0x00, 0x15, 0x03, 0x80 };

	for (size_t i = 0; i < G_N_ELEMENTS(answers); i++) {
		DatecsReader reader = { .family = answers[i].family };
		uint8_t frame[DATECS_FRAME_MAX];
		size_t n = unhex(answers[i].frame, frame, sizeof frame);

		g_assert_cmpint(read_all(&reader, noise, sizeof noise), ==, DATECS_FRAME_NONE);
		g_assert_cmpint(read_all(&reader, frame, n), ==, DATECS_FRAME_DONE);
	}
}

/* Every bit of every byte: a sum of bytes catches a single one. */
static void test_every_bit_flipped(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(answers); i++) {
		uint8_t frame[DATECS_FRAME_MAX];
		size_t n = unhex(answers[i].frame, frame, sizeof frame);

		for (size_t bit = 0; bit < n * 8; bit++) {
			DatecsReader reader = { .family = answers[i].family };

			frame[bit / 8] ^= (uint8_t)(1 << bit % 8);
			g_assert_cmpint(read_all(&reader, frame, n), !=, DATECS_FRAME_DONE);
			frame[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
	}
}

/* An answer of one family is none of the other. */
static void test_other_family(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(answers); i++) {
		DatecsFamily other = answers[i].family == DATECS_P ? DATECS_X : DATECS_P;
		DatecsReader reader = { .family = other };
		uint8_t frame[DATECS_FRAME_MAX];
		size_t n = unhex(answers[i].frame, frame, sizeof frame);

		g_assert_cmpint(read_all(&reader, frame, n), !=, DATECS_FRAME_DONE);
	}
}

static void test_longest(void)
{
	DatecsBody body = { .code = 0x31, .len = DATECS_REQUEST_MAX };
	uint8_t frame[DATECS_FRAME_MAX];

	memset(body.data, 'x', sizeof body.data);
	g_assert_cmpuint(datecs_frame_encode(DATECS_P, 0x7F, &body, frame), ==,
			 DATECS_REQUEST_MAX + 10);
	g_assert_cmpuint(frame[1], ==, 0x24 + DATECS_REQUEST_MAX);
	g_assert_cmpuint(datecs_frame_encode(DATECS_X, 0xFF, &body, frame), ==,
			 DATECS_REQUEST_MAX + 16);
	/* 2Ah + 213 is FFh. */
	g_assert_cmpmem(frame + 1, 4, "\x30\x30\x3F\x3F", 4);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fiscal/datecs frame/requests of the page", test_requests);
	g_test_add_func("/fiscal/datecs frame/answers of the page", test_answers);
	g_test_add_func("/fiscal/datecs frame/reads no further", test_reads_no_further);
	g_test_add_func("/fiscal/datecs frame/noise before an answer", test_noise_before);
	g_test_add_func("/fiscal/datecs frame/every bit flipped", test_every_bit_flipped);
	g_test_add_func("/fiscal/datecs frame/the other family", test_other_family);
	g_test_add_func("/fiscal/datecs frame/the longest", test_longest);
	return g_test_run();
}
