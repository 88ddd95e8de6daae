/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/label/label.h"

/* A design that is being drawn: every change can be undone. Fields are numbered from 0 in the order
 * in which they are printed. */
typedef struct LabelDraft LabelDraft;

LabelDraft *label_draft_new(const LabelDesign *design); /* copies */
void label_draft_free(LabelDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LabelDraft, label_draft_free)

/* As it is now; lent until the next change. */
const LabelDesign *label_draft_get(const LabelDraft *self);

/* Changes of one @group other than 0 in a row are one step of undo: a drag, a number that is being
 * typed. */
void label_draft_set_field(LabelDraft *self, int n, const LabelField *field, int group);
void label_draft_set_size(LabelDraft *self, int width, int height, int group);
int label_draft_add(LabelDraft *self, const LabelField *field); /* its number */
void label_draft_remove(LabelDraft *self, int n);
int label_draft_new_group(LabelDraft *self);

bool label_draft_can_undo(const LabelDraft *self);
bool label_draft_can_redo(const LabelDraft *self);
void label_draft_undo(LabelDraft *self);
void label_draft_redo(LabelDraft *self);
/* Since label_draft_new() or label_draft_note_saved(). */
bool label_draft_is_changed(const LabelDraft *self);
void label_draft_note_saved(LabelDraft *self);

/* With all its lines. */
int label_field_get_height(const LabelField *field);
bool label_field_is_text(const LabelField *field);
bool label_field_is_bars(const LabelField *field);
/* Some of field @n is beyond the label's edge. */
bool label_draft_is_outside(const LabelDraft *self, int n);
/* Another field than a box that covers some of it, −1: none. */
int label_draft_find_overlap(const LabelDraft *self, int n);
/* The first thing that will not come out well, in the person's language; "" where nothing is. Own
 * it. */
char *label_draft_dup_warning(const LabelDraft *self);
/* A field as people usually want it, in the middle of the label; its number. */
typedef enum {
	LABEL_USUAL_TEXT,
	LABEL_USUAL_CODE,
	LABEL_USUAL_QR,
	LABEL_USUAL_FRAME,
	LABEL_USUAL_LINE,
} LabelUsual;
int label_draft_add_usual(LabelDraft *self, LabelUsual usual);
/* A copy of the design as it is. Own it. */
LabelDesign *label_draft_copy(const LabelDraft *self);
/* Moved and sized by so much, kept on the label and no smaller than can be seen; @grid: edges that
 * moved go to multiples of it, 0 leaves them. The edges are bits. */
typedef enum {
	LABEL_EDGE_LEFT = 1,
	LABEL_EDGE_RIGHT = 2,
	LABEL_EDGE_TOP = 4,
	LABEL_EDGE_BOTTOM = 8,
	LABEL_EDGES_ALL = 15, /* the whole field moves */
} LabelEdges;
LabelField label_draft_moved(const LabelDraft *self, int n, LabelEdges edges, int dx, int dy,
			     int grid);
