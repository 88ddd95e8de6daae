/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks at a program from outside, as a cashier does: keys go in by XTEST, as a keyboard scanner's
 * do, and the pixels of a rectangle of the screen tell when something changed.
 *
 *   x-watch start X Y W H PROGRAM ARG…   runs it: milliseconds from exec to the first change of
 *                                        the rectangle and to the last one before it stays quiet
 *   x-watch scan X Y W H GAP_MS          reads codes from standard input, types each and Enter, and
 *                                        prints for each the milliseconds from Enter to the
 *                                        first change and to the last one, or "lost"
 *   x-watch key NAME…                    presses keys by their X names (F12, Return, 1 …) */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define QUIET_MS 250.0
#define GIVE_UP_MS 20000.0
#define SCAN_GIVE_UP_MS 3000.0

static Display *display;

typedef struct {
	int x, y;
	unsigned width, height;
} Rectangle;

typedef struct {
	double first, last; /* milliseconds; negative where nothing changed */
} Change;

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void pause_ms(int ms)
{
	struct timespec t = { ms / 1000, (long)(ms % 1000) * 1000000 };

	nanosleep(&t, NULL);
}

/* FNV-1a over 8 bytes at a time. */
static uint64_t look(const Rectangle *area)
{
	XImage *image = XGetImage(display, DefaultRootWindow(display), area->x, area->y,
				  area->width, area->height, AllPlanes, ZPixmap);
	uint64_t hash = UINT64_C(1469598103934665603);
	size_t n;

	if (image == NULL)
		exit(3);
	n = (size_t)image->bytes_per_line * (size_t)image->height / sizeof hash;
	for (size_t i = 0; i < n; i++) {
		uint64_t word;

		memcpy(&word, image->data + i * sizeof word, sizeof word);
		hash = (hash ^ word) * UINT64_C(1099511628211);
	}
	XDestroyImage(image);
	return hash;
}

static Change watch(const Rectangle *area, uint64_t before, double since, double give_up)
{
	Change change = { -1, -1 };
	double now;

	do {
		uint64_t after = look(area);

		now = now_ms() - since;
		if (after != before) {
			before = after;
			change.last = now;
			if (change.first < 0)
				change.first = now;
		}
	} while (now < give_up && (change.first < 0 || now - change.last < QUIET_MS));
	return change;
}

static void press(KeySym symbol)
{
	KeyCode code = XKeysymToKeycode(display, symbol);

	XTestFakeKeyEvent(display, code, True, 0);
	XTestFakeKeyEvent(display, code, False, 0);
	XFlush(display);
}

static int start(const Rectangle *area, char **program)
{
	uint64_t before = look(area);
	double since = now_ms();
	pid_t child = fork();
	Change change;

	if (child == 0) {
		execvp(program[0], program);
		perror(program[0]);
		_exit(127);
	}
	change = watch(area, before, since, GIVE_UP_MS);
	printf("%.1f %.1f\n", change.first, change.last);
	kill(child, SIGTERM);
	waitpid(child, NULL, 0);
	return change.first < 0;
}

static int scan(const Rectangle *area, int gap)
{
	char code[256];
	int lost = 0;

	while (fgets(code, sizeof code, stdin) != NULL) {
		uint64_t before;
		double since;
		Change change;

		code[strcspn(code, "\n")] = '\0';
		for (const char *c = code; *c != '\0'; c++) {
			press((KeySym)(unsigned char)*c);
			pause_ms(1);
		}
		pause_ms(5); /* the digits have been drawn: only the Enter is timed */
		before = look(area);
		since = now_ms();
		press(XK_Return);
		change = watch(area, before, since, SCAN_GIVE_UP_MS);
		if (change.first < 0) {
			puts("lost");
			lost++;
		} else {
			printf("%.2f %.2f\n", change.first, change.last);
		}
		fflush(stdout);
		pause_ms(gap);
	}
	return lost != 0;
}

static int usage(void)
{
	fputs("usage: x-watch start X Y W H PROGRAM … | scan X Y W H GAP_MS | key NAME …\n",
	      stderr);
	return 2;
}

int main(int argc, char **argv)
{
	Rectangle area;

	display = XOpenDisplay(NULL);
	if (argc < 3 || display == NULL)
		return usage();
	if (strcmp(argv[1], "key") == 0) {
		for (int i = 2; i < argc; i++) {
			press(XStringToKeysym(argv[i]));
			pause_ms(30);
		}
		return 0;
	}
	if (argc < 7)
		return usage();
	area = (Rectangle){ atoi(argv[2]), atoi(argv[3]), (unsigned)atoi(argv[4]),
			    (unsigned)atoi(argv[5]) };
	if (strcmp(argv[1], "start") == 0)
		return start(&area, argv + 6);
	if (strcmp(argv[1], "scan") == 0)
		return scan(&area, atoi(argv[6]));
	return usage();
}
