/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SIDE_UM = 300000, MAX_FIELDS = 200, MAX_LINES = 50 };

struct LabelDesign {
	int width, height; /* micrometres */
	GArray *fields; /* owned; of LabelField, each owns its content */
};

static const char *const kind_names[LABEL_N_KINDS] = {
	[LABEL_TEXT] = "text",	     [LABEL_STRUCK_TEXT] = "struck-text", [LABEL_EAN13] = "ean13",
	[LABEL_CODE128] = "code128", [LABEL_DATAMATRIX] = "datamatrix",	  [LABEL_QR] = "qr",
	[LABEL_BOX] = "box",
};
static const char *const align_names[] = {
	[LABEL_LEFT] = "left",
	[LABEL_CENTRE] = "centre",
	[LABEL_RIGHT] = "right",
};

/* The numbers of a field, for reading and writing alike. */
static const struct {
	const char *key;
	size_t offset;
	bool needed;
	int max;
} numbers[] = {
	{ "x", offsetof(LabelField, x), true, MAX_SIDE_UM },
	{ "y", offsetof(LabelField, y), true, MAX_SIDE_UM },
	{ "width", offsetof(LabelField, width), true, MAX_SIDE_UM },
	{ "height", offsetof(LabelField, height), true, MAX_SIDE_UM },
	{ "module", offsetof(LabelField, module), false, 10000 },
	{ "thickness", offsetof(LabelField, thickness), false, MAX_SIDE_UM },
	{ "max_lines", offsetof(LabelField, max_lines), false, MAX_LINES },
};
static const struct {
	const char *key;
	size_t offset;
} flags[] = {
	{ "bold", offsetof(LabelField, bold) },
	{ "digits_below", offsetof(LabelField, digits_below) },
};

static void clear_field(void *data)
{
	g_free((char *)((LabelField *)data)->content);
}

LabelDesign *label_design_new(int width, int height)
{
	LabelDesign *self;

	g_return_val_if_fail(width > 0 && width <= MAX_SIDE_UM, NULL);
	g_return_val_if_fail(height > 0 && height <= MAX_SIDE_UM, NULL);
	self = g_new0(LabelDesign, 1);
	self->width = width;
	self->height = height;
	self->fields = g_array_new(FALSE, FALSE, sizeof(LabelField));
	g_array_set_clear_func(self->fields, clear_field);
	return self;
}

void label_design_free(LabelDesign *self)
{
	if (self == NULL)
		return;
	g_array_unref(self->fields);
	g_free(self);
}

void label_design_add(LabelDesign *self, const LabelField *field)
{
	LabelField copy = *field;

	g_return_if_fail((unsigned)field->kind < LABEL_N_KINDS);
	g_return_if_fail(field->width > 0 && field->height > 0);
	copy.content = g_strdup(field->content != NULL ? field->content : "");
	copy.max_lines = CLAMP(field->max_lines, 1, MAX_LINES);
	g_array_append_val(self->fields, copy);
}

int label_design_get_width(const LabelDesign *self)
{
	return self->width;
}

int label_design_get_height(const LabelDesign *self)
{
	return self->height;
}

int label_design_get_n_fields(const LabelDesign *self)
{
	return (int)self->fields->len;
}

const LabelField *label_design_get_field(const LabelDesign *self, int n)
{
	g_return_val_if_fail(n >= 0 && (guint)n < self->fields->len, NULL);
	return &g_array_index(self->fields, LabelField, n);
}

/* ---- JSON */

static json_t *field_to_json(const LabelField *field)
{
	json_t *object = json_object();

	json_object_set_new(object, "kind", json_string(kind_names[field->kind]));
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
		int value = *(const int *)((const char *)field + numbers[i].offset);

		if (numbers[i].needed || value != 0)
			json_object_set_new(object, numbers[i].key, json_integer(value));
	}
	for (size_t i = 0; i < G_N_ELEMENTS(flags); i++)
		if (*(const bool *)((const char *)field + flags[i].offset))
			json_object_set_new(object, flags[i].key, json_true());
	json_object_set_new(object, "align", json_string(align_names[field->align]));
	json_object_set_new(object, "content", json_string(field->content));
	return object;
}

char *label_design_to_json(const LabelDesign *self)
{
	json_t *root = json_object(), *fields = json_array();
	char *text, *copy;

	json_object_set_new(root, "width", json_integer(self->width));
	json_object_set_new(root, "height", json_integer(self->height));
	for (guint i = 0; i < self->fields->len; i++)
		json_array_append_new(fields,
				      field_to_json(&g_array_index(self->fields, LabelField, i)));
	json_object_set_new(root, "fields", fields);
	text = json_dumps(root, JSON_INDENT(1));
	json_decref(root);
	copy = g_strdup(text);
	free(text);
	return copy;
}

static bool refuse(GError **error, const char *what, const char *where)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "not a label design: %s in %s", what,
		    where);
	return false;
}

static bool get_number(const json_t *object, const char *key, bool needed, int max, int *ret,
		       const char *where, GError **error)
{
	const json_t *value = json_object_get(object, key);

	if (value == NULL && !needed)
		return true;
	if (!json_is_integer(value) || json_integer_value(value) < 0 ||
	    json_integer_value(value) > max)
		return refuse(error, key, where);
	*ret = (int)json_integer_value(value);
	return true;
}

static bool get_flag(const json_t *object, const char *key, bool *ret, const char *where,
		     GError **error)
{
	const json_t *value = json_object_get(object, key);

	if (value != NULL && !json_is_boolean(value))
		return refuse(error, key, where);
	*ret = json_is_true(value);
	return true;
}

/* One of @names; -1 where it is none. @or_else where there is no such key. */
static int get_name(const json_t *object, const char *key, const char *const *names, int n,
		    int or_else)
{
	const json_t *value = json_object_get(object, key);

	if (value == NULL)
		return or_else;
	for (int i = 0; json_is_string(value) && i < n; i++)
		if (strcmp(json_string_value(value), names[i]) == 0)
			return i;
	return -1;
}

static bool is_on_label(const LabelDesign *self, const LabelField *field)
{
	int lines = field->kind == LABEL_TEXT || field->kind == LABEL_STRUCK_TEXT
			    ? MAX(field->max_lines, 1)
			    : 1;

	return field->width > 0 && field->height > 0 && field->x + field->width <= self->width &&
	       field->y + (int64_t)field->height * lines <= self->height;
}

static bool add_from_json(LabelDesign *self, const json_t *object, const char *where,
			  GError **error)
{
	LabelField field = { 0 };
	const json_t *content = json_object_get(object, "content");
	int kind = get_name(object, "kind", kind_names, LABEL_N_KINDS, -1);
	int align = get_name(object, "align", align_names, G_N_ELEMENTS(align_names), LABEL_LEFT);

	if (kind < 0 || align < 0)
		return refuse(error, kind < 0 ? "kind" : "align", where);
	if (content != NULL && !json_is_string(content))
		return refuse(error, "content", where);
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		if (!get_number(object, numbers[i].key, numbers[i].needed, numbers[i].max,
				(int *)((char *)&field + numbers[i].offset), where, error))
			return false;
	for (size_t i = 0; i < G_N_ELEMENTS(flags); i++)
		if (!get_flag(object, flags[i].key, (bool *)((char *)&field + flags[i].offset),
			      where, error))
			return false;
	field.kind = (LabelKind)kind;
	field.align = (LabelAlign)align;
	field.content = json_string_value(content);
	if (!is_on_label(self, &field))
		return refuse(error, "a place outside the label", where);
	label_design_add(self, &field);
	return true;
}

static LabelDesign *read_design(const json_t *root, GError **error)
{
	g_autoptr(LabelDesign) self = NULL;
	const json_t *fields = json_object_get(root, "fields");
	int width = 0, height = 0;

	if (!get_number(root, "width", true, MAX_SIDE_UM, &width, "the label", error) ||
	    !get_number(root, "height", true, MAX_SIDE_UM, &height, "the label", error))
		return NULL;
	if (width == 0 || height == 0 || !json_is_array(fields) ||
	    json_array_size(fields) > MAX_FIELDS) {
		refuse(error, "width, height or fields", "the label");
		return NULL;
	}
	self = label_design_new(width, height);
	for (size_t i = 0; i < json_array_size(fields); i++) {
		g_autofree char *where = g_strdup_printf("field %zu", i + 1);

		if (!add_from_json(self, json_array_get(fields, i), where, error))
			return NULL;
	}
	return g_steal_pointer(&self);
}

LabelDesign *label_design_from_json(const char *json, GError **error)
{
	json_error_t reason;
	json_t *root = json_loads(json, JSON_REJECT_DUPLICATES, &reason);
	LabelDesign *self = NULL;

	if (root != NULL)
		self = read_design(root, error);
	else
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED,
			    "not a label design: line %d: %s", reason.line, reason.text);
	json_decref(root);
	return self;
}
