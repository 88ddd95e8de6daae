/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/label/label_draft.h"

#include <string.h>

/* A design that is being drawn: places, steps of undo, what lies where it should not. */

static LabelDraft *draft_new(void)
{
	LabelDesign *design = label_design_new(58000, 40000);
	LabelDraft *draft;

	label_design_add(design, &(LabelField){ .kind = LABEL_TEXT,
						.x = 2000,
						.y = 2000,
						.width = 20000,
						.height = 4000,
						.max_lines = 2,
						.content = "{name}" });
	label_design_add(design, &(LabelField){ .kind = LABEL_EAN13,
						.x = 2000,
						.y = 20000,
						.width = 36000,
						.height = 12000,
						.content = "{barcode}" });
	draft = label_draft_new(design);
	label_design_free(design);
	return draft;
}

static const LabelField *field(const LabelDraft *draft, int n)
{
	return label_design_get_field(label_draft_get(draft), n);
}

static void move(LabelDraft *draft, int n, LabelEdges edges, int dx, int dy, int grid, int group)
{
	LabelField moved = label_draft_moved(draft, n, edges, dx, dy, grid);

	label_draft_set_field(draft, n, &moved, group);
}

static const struct {
	LabelEdges edges;
	int dx, dy, grid;
	int x, y, width, height; /* of the text, whose lines are two */
} moves[] = {
	{ LABEL_EDGES_ALL, 1000, 100, 0, 3000, 2100, 20000, 4000 },
	{ LABEL_EDGES_ALL, 1230, 1260, 500, 3000, 3500, 20000, 4000 },
	{ LABEL_EDGES_ALL, -9000, -9000, 0, 0, 0, 20000, 4000 },
	{ LABEL_EDGES_ALL, 99000, 99000, 0, 38000, 32000, 20000, 4000 },
	{ LABEL_EDGE_RIGHT, 5000, 5000, 0, 2000, 2000, 25000, 4000 },
	{ LABEL_EDGE_RIGHT, 99000, 0, 0, 2000, 2000, 56000, 4000 },
	{ LABEL_EDGE_LEFT, 99000, 0, 0, 21800, 2000, 200, 4000 },
	{ LABEL_EDGE_BOTTOM, 0, 2000, 0, 2000, 2000, 20000, 5000 },
	{ LABEL_EDGE_TOP, 0, -2000, 0, 2000, 0, 20000, 5000 },
	{ LABEL_EDGE_TOP | LABEL_EDGE_LEFT, 600, 600, 500, 2500, 2500, 19500, 3750 },
};

static void test_edges_move(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(moves); i++) {
		g_autoptr(LabelDraft) draft = draft_new();

		g_test_message("move %zu", i);
		move(draft, 0, moves[i].edges, moves[i].dx, moves[i].dy, moves[i].grid, 0);
		g_assert_cmpint(field(draft, 0)->x, ==, moves[i].x);
		g_assert_cmpint(field(draft, 0)->y, ==, moves[i].y);
		g_assert_cmpint(field(draft, 0)->width, ==, moves[i].width);
		g_assert_cmpint(field(draft, 0)->height, ==, moves[i].height);
		g_assert_cmpstr(field(draft, 0)->content, ==, "{name}");
	}
}

static void test_drag_is_one_step(void)
{
	g_autoptr(LabelDraft) draft = draft_new();
	int group = label_draft_new_group(draft);

	for (int i = 0; i < 50; i++)
		move(draft, 0, LABEL_EDGES_ALL, 100, 0, 0, group);
	move(draft, 0, LABEL_EDGES_ALL, 0, 100, 0, label_draft_new_group(draft));
	g_assert_cmpint(field(draft, 0)->x, ==, 7000);
	label_draft_undo(draft);
	g_assert_cmpint(field(draft, 0)->x, ==, 7000);
	g_assert_cmpint(field(draft, 0)->y, ==, 2000);
	label_draft_undo(draft);
	g_assert_cmpint(field(draft, 0)->x, ==, 2000);
	g_assert_false(label_draft_can_undo(draft));
	label_draft_redo(draft);
	label_draft_redo(draft);
	g_assert_cmpint(field(draft, 0)->y, ==, 2100);
	g_assert_false(label_draft_can_redo(draft));
}

static void test_saved_state_is_known_again(void)
{
	g_autoptr(LabelDraft) draft = draft_new();

	g_assert_false(label_draft_is_changed(draft));
	label_draft_remove(draft, 1);
	g_assert_true(label_draft_is_changed(draft));
	label_draft_undo(draft);
	g_assert_false(label_draft_is_changed(draft));
	label_draft_redo(draft);
	label_draft_note_saved(draft);
	g_assert_false(label_draft_is_changed(draft));
	label_draft_undo(draft);
	g_assert_true(label_draft_is_changed(draft));
	/* Another way from there: what was saved is not reached by redo any more. */
	label_draft_set_size(draft, 60000, 40000, 0);
	g_assert_false(label_draft_can_redo(draft));
	g_assert_true(label_draft_is_changed(draft));
}

static void test_what_lies_wrong_is_seen(void)
{
	g_autoptr(LabelDraft) draft = draft_new();
	LabelField low = *field(draft, 0);
	int box;

	g_assert_cmpint(label_draft_find_overlap(draft, 0), ==, -1);
	g_assert_false(label_draft_is_outside(draft, 0));
	low.y = 33000; /* its second line sticks out */
	label_draft_set_field(draft, 0, &low, 0);
	g_assert_true(label_draft_is_outside(draft, 0));
	low = *field(draft, 0);
	low.y = 12500; /* its second line ends in the barcode */
	label_draft_set_field(draft, 0, &low, 0);
	g_assert_cmpint(label_draft_find_overlap(draft, 0), ==, 1);
	g_assert_cmpint(label_draft_find_overlap(draft, 1), ==, 0);
	low = *field(draft, 0);
	low.y = 12000; /* it touches */
	label_draft_set_field(draft, 0, &low, 0);
	g_assert_cmpint(label_draft_find_overlap(draft, 0), ==, -1);
	box = label_draft_add(draft, &(LabelField){ .kind = LABEL_BOX,
						    .width = 58000,
						    .height = 40000,
						    .thickness = 250 });
	g_assert_cmpint(label_draft_find_overlap(draft, box), ==, -1);
	g_assert_cmpint(label_draft_find_overlap(draft, 0), ==, -1);
	label_draft_set_size(draft, 30000, 40000, 0);
	g_assert_true(label_draft_is_outside(draft, 1));
}

/* --- any changes against a list of all states ------------------------------------------------ */

enum { N_STEPS = 400 };

static char *change_somehow(LabelDraft *draft, GRand *dice)
{
	int n = label_design_get_n_fields(label_draft_get(draft));

	switch (g_rand_int_range(dice, 0, 4)) {
	case 0:
		label_draft_add(draft, &(LabelField){ .kind = LABEL_QR,
						      .width = 1000 + g_rand_int_range(dice, 0, 9),
						      .height = 1000,
						      .content = "{qr}" });
		break;
	case 1:
		label_draft_set_size(draft, g_rand_int_range(dice, 5000, 90000), 40000, 0);
		break;
	case 2:
		if (n > 1) {
			label_draft_remove(draft, g_rand_int_range(dice, 0, n));
			break;
		}
		/* fall through */
	default:
		move(draft, g_rand_int_range(dice, 0, n), LABEL_EDGES_ALL,
		     g_rand_int_range(dice, -3000, 3000), g_rand_int_range(dice, -3000, 3000), 0,
		     0);
	}
	return label_design_to_json(label_draft_get(draft));
}

static void test_undo_goes_back_through_every_state(void)
{
	guint32 seed = g_test_rand_int() & 0x7fffffff;
	g_autoptr(GRand) dice = g_rand_new_with_seed(seed);
	g_autoptr(LabelDraft) draft = draft_new();
	g_autoptr(GPtrArray) states = g_ptr_array_new_with_free_func(g_free);
	guint at = 0;

	g_test_message("seed %u", seed);
	g_ptr_array_add(states, label_design_to_json(label_draft_get(draft)));
	for (int i = 0; i < N_STEPS; i++) {
		g_autofree char *now = NULL;

		switch (g_rand_int_range(dice, 0, 4)) {
		case 0:
			g_assert_true(label_draft_can_undo(draft) == (at > 0));
			label_draft_undo(draft);
			at -= at > 0;
			break;
		case 1:
			g_assert_true(label_draft_can_redo(draft) == (at + 1 < states->len));
			label_draft_redo(draft);
			at += at + 1 < states->len;
			break;
		default:
			g_ptr_array_set_size(states, (gint)++at);
			g_ptr_array_add(states, change_somehow(draft, dice));
		}
		now = label_design_to_json(label_draft_get(draft));
		g_assert_cmpstr(now, ==, states->pdata[at]);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/draft/edges", test_edges_move);
	g_test_add_func("/draft/drag", test_drag_is_one_step);
	g_test_add_func("/draft/saved", test_saved_state_is_known_again);
	g_test_add_func("/draft/wrong", test_what_lies_wrong_is_seen);
	g_test_add_func("/draft/random", test_undo_goes_back_through_every_state);
	return g_test_run();
}
