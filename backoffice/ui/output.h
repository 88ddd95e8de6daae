/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* What all papers that leave the window have in common. @say tells the person how it ended. */
typedef void (*OfficeSay)(GtkWidget *page, const char *text);

/* The file that was chosen, with the ending of @form ("pdf") whatever the person called it. Own it;
 * NULL where it is not on this computer. */
char *office_output_dup_path(GtkFileChooser *chooser, const char *form);
/* Why it was not saved, and what to do. Own it. */
char *office_output_dup_refusal(const GError *error);

struct office_paper {
	int (*count)(const void *paper, cairo_t *cr);
	void (*draw)(const void *paper, cairo_t *cr, int page); /* from 1 */
	GDestroyNotify free;
};
/* Asks for a printer, then prints @paper, which it takes, as the job @name. */
void office_output_print(GtkWidget *page, const char *name, const struct office_paper *kind,
			 void *paper, OfficeSay say);
