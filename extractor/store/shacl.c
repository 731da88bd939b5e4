/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/shacl.h"

#include "base/utf8.h"
#include "store/shacl_p.h"

#include <stdlib.h>

typedef struct {
  DgDataset *data;
  DgArena *keep;    /* lives as long as the report */
  DgArena *scratch; /* forgotten after each focus node */
  DgMatcher *matcher;
  DgDiag *diag;
  DG_VEC(DgShaclResult) results;
  size_t n_focus;
} Checker;

/* One shape against one node. */
typedef struct {
  Checker *checker;
  const DgShaclShape *shape;
  DgShaclTerm focus;
  DgShaclTerm *values; /* [n_values] */
  size_t n_values;
  bool report; /* else only `holds` is wanted */
  bool holds;
  unsigned depth;
} Check;

static DgStatus
check_shape(Checker *checker, const DgShaclShape *shape, DgShaclTerm focus,
            bool report, unsigned depth, bool *holds);

static DgStatus
term_of(Checker *checker, DgId id, DgShaclTerm *term)
{
  term->id = id;
  return checker->data->class_->term(checker->data, id, checker->scratch,
                                     &term->term);
}

/* The shape's own message, else the component's words and the argument. */
static DgStatus
write_message(const Check *check, const DgShaclConstraint *constraint,
              DgStr *message)
{
  DgBuf text = DG_BUF_INIT;
  const DgShaclComponentInfo *const info =
      &dg_shacl_components[constraint->component];
  if (check->shape->message.ptr) {
    dg_buf_add(&text, check->shape->message);
  } else {
    dg_buf_printf(&text, "%s", info->says);
    if (constraint->arg.kind == DG_TERM_IRI || info->arg == DG_SHACL_ARG_TERM ||
        info->arg == DG_SHACL_ARG_REGEX) {
      dg_buf_add_char(&text, ' ');
      dg_term_write(&constraint->arg, &text);
    } else if (info->arg == DG_SHACL_ARG_COUNT) {
      dg_buf_printf(&text, " %zu", constraint->count);
    }
  }
  *message = dg_arena_copy(check->checker->keep, dg_buf_str(&text));
  const DgStatus status = dg_buf_status(&text);
  dg_buf_clear(&text);
  return message->ptr ? status : DG_NO_MEMORY;
}

/* A breach; `value` may be null. */
static DgStatus
breach(Check *check, const DgShaclConstraint *constraint, const DgTerm *value)
{
  check->holds = false;
  if (!check->report) {
    return DG_OK;
  }
  DgArena *const keep = check->checker->keep;
  DgShaclResult *const result = DG_VEC_ADD(keep, &check->checker->results);
  DG_TRY_PTR(result);
  DG_TRY(dg_term_copy(keep, &check->focus.term, &result->focus));
  if (value) {
    DG_TRY(dg_term_copy(keep, value, &result->value));
  }
  result->path = check->shape->path_turtle;
  result->path_label = check->shape->path_label;
  result->shape = check->shape->name;
  result->severity = check->shape->severity;
  result->component =
      dg_str(dg_shacl_components[constraint->component].component);
  return write_message(check, constraint, &result->message);
}

/* Tests of one value. */

typedef DgStatus (*ValueTest)(Check *check, const DgShaclConstraint *constraint,
                              const DgShaclTerm *value, bool *good);

static DgStatus
has_class(Check *check, const DgShaclConstraint *constraint,
          const DgShaclTerm *value, bool *good)
{
  *good = false;
  DgDataset *const data = check->checker->data;
  DgId type = DG_ID_NONE;
  DG_TRY(dg_lookup_iri(data, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
                       &type));
  for (size_t i = 0; !*good && type && value->id && i < constraint->classes.n;
       ++i) {
    const DgIdQuad pattern = { value->id, type, constraint->classes.items[i],
                               0 };
    DG_TRY(dg_lookup_any(data, pattern, good));
  }
  return DG_OK;
}

static DgStatus
has_datatype(Check *check, const DgShaclConstraint *constraint,
             const DgShaclTerm *value, bool *good)
{
  (void)check;
  const DgTerm *const term = &value->term;
  const DgStr datatype =
      term->lang.len
          ? DG_STR("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
      : term->datatype.len ? term->datatype
                           : DG_STR("http://www.w3.org/2001/XMLSchema#string");
  *good = term->kind == DG_TERM_LITERAL &&
          dg_str_equal(datatype, constraint->terms->term.value) &&
          dg_shacl_well_formed(term);
  return DG_OK;
}

static DgStatus
has_node_kind(Check *check, const DgShaclConstraint *constraint,
              const DgShaclTerm *value, bool *good)
{
  (void)check;
  static const struct {
    const char *name;
    bool iri;
    bool literal;
    bool blank;
  } kinds[] = {
    { DG_SH "IRI", 1, 0, 0 },
    { DG_SH "Literal", 0, 1, 0 },
    { DG_SH "BlankNode", 0, 0, 1 },
    { DG_SH "BlankNodeOrIRI", 1, 0, 1 },
    { DG_SH "BlankNodeOrLiteral", 0, 1, 1 },
    { DG_SH "IRIOrLiteral", 1, 1, 0 },
  };
  *good = false;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i) {
    if (dg_str_equal(constraint->terms->term.value, dg_str(kinds[i].name))) {
      *good = value->term.kind == DG_TERM_IRI       ? kinds[i].iri
              : value->term.kind == DG_TERM_LITERAL ? kinds[i].literal
                                                    : kinds[i].blank;
    }
  }
  return DG_OK;
}

static DgStatus
is_in_bounds(Check *check, const DgShaclConstraint *constraint,
             const DgShaclTerm *value, bool *good)
{
  (void)check;
  int order = 0;
  const bool known =
      dg_shacl_compare(&value->term, &constraint->terms->term, &order);
  const DgShaclComponent bound = constraint->component;
  *good = known && (bound == DG_SHACL_MIN_EXCLUSIVE   ? order > 0
                    : bound == DG_SHACL_MIN_INCLUSIVE ? order >= 0
                    : bound == DG_SHACL_MAX_EXCLUSIVE ? order < 0
                                                      : order <= 0);
  return DG_OK;
}

static DgStatus
has_length(Check *check, const DgShaclConstraint *constraint,
           const DgShaclTerm *value, bool *good)
{
  (void)check;
  const size_t length = dg_utf8_count(value->term.value);
  *good = value->term.kind != DG_TERM_BLANK &&
          (constraint->component == DG_SHACL_MIN_LENGTH
               ? length >= constraint->count
               : length <= constraint->count);
  return DG_OK;
}

static DgStatus
matches(Check *check, const DgShaclConstraint *constraint,
        const DgShaclTerm *value, bool *good)
{
  *good = false;
  if (value->term.kind == DG_TERM_BLANK ||
      !dg_utf8_valid(value->term.value, NULL)) {
    return DG_OK;
  }
  DgSpan span;
  const DgStatus status =
      dg_regex_match(constraint->regex, check->checker->matcher,
                     value->term.value, 0, &span, 1);
  *good = status == DG_OK;
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
has_language(Check *check, const DgShaclConstraint *constraint,
             const DgShaclTerm *value, bool *good)
{
  (void)check;
  *good = false;
  const DgStr lang = value->term.lang;
  for (size_t i = 0; lang.len && i < constraint->n_terms; ++i) {
    const DgStr range = constraint->terms[i].term.value;
    *good = *good || (dg_str_starts(lang, range) &&
                      (lang.len == range.len || lang.ptr[range.len] == '-'));
  }
  return DG_OK;
}

static DgStatus
is_listed(Check *check, const DgShaclConstraint *constraint,
          const DgShaclTerm *value, bool *good)
{
  (void)check;
  *good = false;
  for (size_t i = 0; i < constraint->n_terms; ++i) {
    *good = *good || dg_term_equal(&value->term, &constraint->terms[i].term);
  }
  return DG_OK;
}

static DgStatus
fits_shapes(Check *check, const DgShaclConstraint *constraint,
            const DgShaclTerm *value, bool *good)
{
  size_t fitting = 0;
  for (size_t i = 0; i < constraint->n_shapes; ++i) {
    bool holds = true;
    DG_TRY(check_shape(check->checker, constraint->shapes[i], *value, false,
                       check->depth + 1, &holds));
    fitting += holds;
  }
  const DgShaclComponent how = constraint->component;
  *good = how == DG_SHACL_NOT    ? fitting == 0
          : how == DG_SHACL_OR   ? fitting > 0
          : how == DG_SHACL_XONE ? fitting == 1
                                 : fitting == constraint->n_shapes;
  return DG_OK;
}

static const ValueTest value_tests[DG_SHACL_COMPONENT_COUNT] = {
  [DG_SHACL_CLASS] = has_class,
  [DG_SHACL_DATATYPE] = has_datatype,
  [DG_SHACL_NODE_KIND] = has_node_kind,
  [DG_SHACL_MIN_EXCLUSIVE] = is_in_bounds,
  [DG_SHACL_MIN_INCLUSIVE] = is_in_bounds,
  [DG_SHACL_MAX_EXCLUSIVE] = is_in_bounds,
  [DG_SHACL_MAX_INCLUSIVE] = is_in_bounds,
  [DG_SHACL_MIN_LENGTH] = has_length,
  [DG_SHACL_MAX_LENGTH] = has_length,
  [DG_SHACL_PATTERN] = matches,
  [DG_SHACL_LANGUAGE_IN] = has_language,
  [DG_SHACL_NOT] = fits_shapes,
  [DG_SHACL_AND] = fits_shapes,
  [DG_SHACL_OR] = fits_shapes,
  [DG_SHACL_XONE] = fits_shapes,
  [DG_SHACL_NODE] = fits_shapes,
  [DG_SHACL_IN] = is_listed,
};

/* Tests of all values together. */

static DgStatus
test_count(Check *check, const DgShaclConstraint *constraint)
{
  const bool good = constraint->component == DG_SHACL_MIN_COUNT
                        ? check->n_values >= constraint->count
                        : check->n_values <= constraint->count;
  return good ? DG_OK : breach(check, constraint, NULL);
}

/* Count the values that fit the shape and none of its siblings. */
static DgStatus
test_qualified(Check *check, const DgShaclConstraint *constraint)
{
  size_t fitting = 0;
  for (size_t i = 0; i < check->n_values; ++i) {
    bool fits = true;
    for (size_t j = 0; fits && j < constraint->n_shapes; ++j) {
      bool holds = true;
      DG_TRY(check_shape(check->checker, constraint->shapes[j],
                         check->values[i], false, check->depth + 1, &holds));
      fits = holds == (j == 0);
    }
    fitting += fits;
  }
  const bool good = !constraint->n_shapes ||
                    (constraint->component == DG_SHACL_QUALIFIED_MIN_COUNT
                         ? fitting >= constraint->count
                         : fitting <= constraint->count);
  return good ? DG_OK : breach(check, constraint, NULL);
}

static DgStatus
test_unique_lang(Check *check, const DgShaclConstraint *constraint)
{
  for (size_t i = 0; i < check->n_values; ++i) {
    const DgStr lang = check->values[i].term.lang;
    size_t same = 0;
    bool first = true;
    for (size_t j = 0; lang.len && j < check->n_values; ++j) {
      const bool equal = dg_str_equal(lang, check->values[j].term.lang);
      same += equal;
      first = first && !(equal && j < i);
    }
    if (same > 1 && first) {
      DG_TRY(breach(check, constraint, NULL));
    }
  }
  return DG_OK;
}

static DgStatus
test_has_value(Check *check, const DgShaclConstraint *constraint)
{
  for (size_t i = 0; i < check->n_values; ++i) {
    if (dg_term_equal(&check->values[i].term, &constraint->terms->term)) {
      return DG_OK;
    }
  }
  return breach(check, constraint, NULL);
}

/* What the focus node has for the constraint's property. */
static DgStatus
other_values(Check *check, const DgShaclConstraint *constraint, DgIds *others)
{
  const DgIdQuad pattern = { check->focus.id, constraint->terms->id, 0, 0 };
  return pattern.s && pattern.p
             ? dg_lookup_all(check->checker->data, pattern, 'o',
                             check->checker->scratch, others)
             : DG_OK;
}

static DgStatus
test_disjoint(Check *check, const DgShaclConstraint *constraint)
{
  DgIds others = { 0 };
  DG_TRY(other_values(check, constraint, &others));
  for (size_t i = 0; i < check->n_values; ++i) {
    if (dg_ids_have(&others, check->values[i].id)) {
      DG_TRY(breach(check, constraint, &check->values[i].term));
    }
  }
  return DG_OK;
}

static DgStatus
test_equals(Check *check, const DgShaclConstraint *constraint)
{
  DgIds others = { 0 };
  DgIds own = { 0 };
  DG_TRY(other_values(check, constraint, &others));
  for (size_t i = 0; i < check->n_values; ++i) {
    DG_TRY(dg_ids_add(check->checker->scratch, &own, check->values[i].id));
    if (!dg_ids_have(&others, check->values[i].id)) {
      DG_TRY(breach(check, constraint, &check->values[i].term));
    }
  }
  dg_ids_unique(&own);
  for (size_t i = 0; i < others.n; ++i) {
    if (!dg_ids_have(&own, others.items[i])) {
      DgShaclTerm value;
      DG_TRY(term_of(check->checker, others.items[i], &value));
      DG_TRY(breach(check, constraint, &value.term));
    }
  }
  return DG_OK;
}

static DgStatus
test_less_than(Check *check, const DgShaclConstraint *constraint)
{
  const bool or_equal = constraint->component == DG_SHACL_LESS_THAN_OR_EQUALS;
  DgIds others = { 0 };
  DG_TRY(other_values(check, constraint, &others));
  for (size_t i = 0; i < check->n_values; ++i) {
    for (size_t j = 0; j < others.n; ++j) {
      DgShaclTerm other;
      DG_TRY(term_of(check->checker, others.items[j], &other));
      int order = 0;
      const bool known =
          dg_shacl_compare(&check->values[i].term, &other.term, &order);
      if (!known || order > 0 || (order == 0 && !or_equal)) {
        DG_TRY(breach(check, constraint, &check->values[i].term));
      }
    }
  }
  return DG_OK;
}

static bool
is_allowed(const DgShaclConstraint *constraint, DgId property)
{
  for (size_t i = 0; i < constraint->n_terms; ++i) {
    if (constraint->terms[i].id == property) {
      return true;
    }
  }
  return false;
}

/* Each value of a property that is not allowed, at that property. */
static DgStatus
breach_closed(Check *check, const DgShaclConstraint *constraint, DgId node,
              DgId property)
{
  Checker *const checker = check->checker;
  DgIds values = { 0 };
  DG_TRY(dg_lookup_all(checker->data, (DgIdQuad){ node, property, 0, 0 }, 'o',
                       checker->scratch, &values));
  DgShaclTerm path;
  DG_TRY(term_of(checker, property, &path));
  DgBuf text = DG_BUF_INIT;
  dg_term_write(&path.term, &text);
  const DgStr written = dg_arena_copy(checker->keep, dg_buf_str(&text));
  dg_buf_clear(&text);
  DG_TRY_PTR(written.ptr);
  for (size_t i = 0; i < values.n; ++i) {
    DgShaclTerm value;
    DG_TRY(term_of(checker, values.items[i], &value));
    DG_TRY(breach(check, constraint, &value.term));
    if (check->report) {
      DgShaclResult *const last =
          &checker->results.items[checker->results.n - 1];
      last->path = last->path_label = written;
    }
  }
  return DG_OK;
}

static DgStatus
test_closed(Check *check, const DgShaclConstraint *constraint)
{
  Checker *const checker = check->checker;
  for (size_t i = 0; i < check->n_values; ++i) {
    DgIds properties = { 0 };
    const DgId node = check->values[i].id;
    DG_TRY(node ? dg_lookup_all(checker->data, (DgIdQuad){ node, 0, 0, 0 }, 'p',
                                checker->scratch, &properties)
                : DG_OK);
    for (size_t j = 0; j < properties.n; ++j) {
      if (!is_allowed(constraint, properties.items[j])) {
        DG_TRY(breach_closed(check, constraint, node, properties.items[j]));
      }
    }
  }
  return DG_OK;
}

static DgStatus
test_property(Check *check, const DgShaclConstraint *constraint)
{
  for (size_t i = 0; i < check->n_values; ++i) {
    bool holds = true;
    DG_TRY(check_shape(check->checker, *constraint->shapes, check->values[i],
                       check->report, check->depth + 1, &holds));
    check->holds = check->holds && holds;
  }
  return DG_OK;
}

static DgStatus (*const set_tests[DG_SHACL_COMPONENT_COUNT])(
    Check *check, const DgShaclConstraint *constraint) = {
  [DG_SHACL_MIN_COUNT] = test_count,
  [DG_SHACL_MAX_COUNT] = test_count,
  [DG_SHACL_QUALIFIED_MIN_COUNT] = test_qualified,
  [DG_SHACL_QUALIFIED_MAX_COUNT] = test_qualified,
  [DG_SHACL_UNIQUE_LANG] = test_unique_lang,
  [DG_SHACL_HAS_VALUE] = test_has_value,
  [DG_SHACL_EQUALS] = test_equals,
  [DG_SHACL_DISJOINT] = test_disjoint,
  [DG_SHACL_LESS_THAN] = test_less_than,
  [DG_SHACL_LESS_THAN_OR_EQUALS] = test_less_than,
  [DG_SHACL_CLOSED] = test_closed,
  [DG_SHACL_PROPERTY] = test_property,
};

static DgStatus
check_constraint(Check *check, const DgShaclConstraint *constraint)
{
  if (set_tests[constraint->component]) {
    return set_tests[constraint->component](check, constraint);
  }
  for (size_t i = 0; i < check->n_values; ++i) {
    bool good = true;
    DG_TRY(value_tests[constraint->component](check, constraint,
                                              &check->values[i], &good));
    if (!good) {
      DG_TRY(breach(check, constraint, &check->values[i].term));
    }
  }
  return DG_OK;
}

static DgStatus
find_values(Check *check)
{
  Checker *const checker = check->checker;
  DgIds ids = { 0 };
  if (!check->shape->path) {
    check->values = &check->focus;
    check->n_values = 1;
    return DG_OK;
  }
  DG_TRY(dg_shacl_path_walk(check->shape->path, checker->data, check->focus.id,
                            0, checker->scratch, &ids));
  check->values = DG_NEW_ARRAY(checker->scratch, DgShaclTerm, ids.n + 1);
  DG_TRY_PTR(check->values);
  for (size_t i = 0; i < ids.n; ++i) {
    if (ids.items[i]) {
      DG_TRY(term_of(checker, ids.items[i], &check->values[check->n_values]));
      ++check->n_values;
    }
  }
  return DG_OK;
}

static DgStatus
check_shape(Checker *checker, const DgShaclShape *shape, DgShaclTerm focus,
            bool report, unsigned depth, bool *holds)
{
  if (depth > DG_SHACL_DEPTH) {
    return dg_diag_set(checker->diag, DG_LIMIT,
                       "shapes refer to each other without end");
  }
  Check check = { .checker = checker,
                  .shape = shape,
                  .focus = focus,
                  .report = report,
                  .holds = true,
                  .depth = depth };
  if (!shape->deactivated) {
    DG_TRY(find_values(&check));
    for (size_t i = 0; i < shape->constraints.n; ++i) {
      DG_TRY(check_constraint(&check, &shape->constraints.items[i]));
    }
  }
  *holds = check.holds;
  return DG_OK;
}

/* Nodes of the data that a target means. */
static DgStatus
find_focus(DgShaclShapes *shapes, const DgShaclTarget *target, DgIds *nodes)
{
  DgIdQuad pattern = { 0 };
  switch (target->kind) {
  case DG_SHACL_TARGET_CLASS:
    for (size_t i = 0; shapes->rdf_type && i < target->classes.n; ++i) {
      pattern = (DgIdQuad){ 0, shapes->rdf_type, target->classes.items[i], 0 };
      DG_TRY(dg_lookup_all(shapes->data, pattern, 's', shapes->arena, nodes));
    }
    return DG_OK;
  case DG_SHACL_TARGET_NODE:
    return target->term.id ? dg_ids_add(shapes->arena, nodes, target->term.id)
                           : DG_OK;
  case DG_SHACL_TARGET_SUBJECTS:
  case DG_SHACL_TARGET_OBJECTS:
    pattern.p = target->term.id;
    return pattern.p ? dg_lookup_all(
                           shapes->data, pattern,
                           target->kind == DG_SHACL_TARGET_SUBJECTS ? 's' : 'o',
                           shapes->arena, nodes)
                     : DG_OK;
  }
  return DG_OK;
}

static DgStatus
check_focus(Checker *checker, const DgShaclShape *shape, DgShaclTerm focus)
{
  bool holds = true;
  const DgStatus status = check_shape(checker, shape, focus, true, 0, &holds);
  dg_arena_reset(checker->scratch);
  ++checker->n_focus;
  return status;
}

static DgStatus
check_targets(Checker *checker, DgShaclShapes *shapes,
              const DgShaclShape *shape)
{
  DgIds nodes = { 0 };
  for (size_t i = 0; i < shape->targets.n; ++i) {
    const DgShaclTarget *const target = &shape->targets.items[i];
    DG_TRY(find_focus(shapes, target, &nodes));
    if (target->kind == DG_SHACL_TARGET_NODE && !target->term.id) {
      DG_TRY(check_focus(checker, shape, target->term));
    }
  }
  dg_ids_unique(&nodes);
  for (size_t i = 0; i < nodes.n; ++i) {
    DgShaclTerm focus;
    DG_TRY(term_of(checker, nodes.items[i], &focus));
    DG_TRY(check_focus(checker, shape, focus));
  }
  return DG_OK;
}

static int
compare_results(const void *a, const void *b)
{
  const DgShaclResult *const left = a;
  const DgShaclResult *const right = b;
  int order = dg_term_compare(&left->focus, &right->focus);
  order = order ? order : dg_str_compare(left->path, right->path);
  order = order ? order : dg_str_compare(left->component, right->component);
  order = order ? order : dg_term_compare(&left->value, &right->value);
  order = order ? order : dg_str_compare(left->message, right->message);
  return order ? order : dg_term_compare(&left->shape, &right->shape);
}

static void
sum_up(const Checker *checker, const DgShaclShapes *shapes,
       DgShaclReport *report)
{
  report->results = checker->results.items;
  report->n = checker->results.n;
  report->n_focus = checker->n_focus;
  if (report->n) {
    qsort(report->results, report->n, sizeof *report->results, compare_results);
  }
  for (size_t i = 0; i < report->n; ++i) {
    report->n_violations += dg_str_equal(report->results[i].severity.value,
                                         DG_STR(DG_SH "Violation"));
  }
  for (size_t i = 0; i < shapes->shapes.n; ++i) {
    report->n_shapes += shapes->shapes.items[i]->targets.n > 0;
  }
}

static DgStatus
check_all(Checker *checker, DgShaclShapes *shapes, DgShaclReport *report)
{
  DG_TRY(dg_shacl_load(shapes));
  for (size_t i = 0; i < shapes->shapes.n; ++i) {
    DG_TRY(check_targets(checker, shapes, shapes->shapes.items[i]));
  }
  sum_up(checker, shapes, report);
  return DG_OK;
}

static DgStatus
read_both(Checker *checker, DgShaclShapes *shapes, DgShaclReport *report)
{
  DgDataset *const set = shapes->set;
  DG_TRY(shapes->data->class_->read_begin(shapes->data, shapes->diag));
  DgStatus status =
      set == shapes->data ? DG_OK : set->class_->read_begin(set, shapes->diag);
  if (status == DG_OK) {
    status = check_all(checker, shapes, report);
    if (set != shapes->data) {
      set->class_->read_end(set);
    }
  }
  shapes->data->class_->read_end(shapes->data);
  return status;
}

DgStatus
dg_shacl_check(DgDataset *data, DgDataset *set, DgShaclReport *report,
               DgDiag *diag)
{
  *report = (DgShaclReport){ .arena = dg_arena_new() };
  Checker checker = { .data = data,
                      .keep = report->arena,
                      .scratch = dg_arena_new(),
                      .matcher = dg_matcher_new(0, 64U * 1024),
                      .diag = diag };
  DgShaclShapes shapes = {
    .data = data, .set = set, .arena = report->arena, .diag = diag
  };
  const DgStatus status = checker.keep && checker.scratch && checker.matcher
                              ? read_both(&checker, &shapes, report)
                              : DG_NO_MEMORY;
  dg_shacl_unload(&shapes);
  dg_matcher_free(checker.matcher);
  dg_arena_free(checker.scratch);
  if (status != DG_OK) {
    dg_shacl_report_clear(report);
  }
  return status;
}

void
dg_shacl_report_clear(DgShaclReport *report)
{
  dg_arena_free(report->arena);
  *report = (DgShaclReport){ 0 };
}
