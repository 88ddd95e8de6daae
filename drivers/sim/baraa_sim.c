/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim.h"

#include <locale.h>

/* The simulators alone, not installed: driver tests start and kill it without the back office. */
int main(int argc, char **argv)
{
	setlocale(LC_ALL, "");
	return sim_main(argc, argv);
}
