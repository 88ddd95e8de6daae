/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The till's window over the session that was linked with it: the tests' own. */
#include "base/language.h"
#include "pos/ui/ui.h"

int main(int argc, char **argv)
{
	language_init();
	return pos_ui_run(argc > 1 ? argv[1] : ".", false);
}
