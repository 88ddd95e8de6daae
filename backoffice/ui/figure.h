/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A number that matters: what it is, how much, and how it stands beside another time. */
#define OFFICE_TYPE_FIGURE (office_figure_get_type())
G_DECLARE_FINAL_TYPE(OfficeFigure, office_figure, OFFICE, FIGURE, GtkWidget)

typedef enum { OFFICE_AS_BEFORE, OFFICE_BETTER, OFFICE_WORSE } OfficeTrend;

GtkWidget *office_figure_new(const char *title); /* translated */
/* @difference says in words what @trend colours: "▲ 12 % more than Sun 22.11". */
void office_figure_show(OfficeFigure *self, const char *value, const char *difference,
			OfficeTrend trend);
