/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/shacl_p.h"

#include <stdio.h>

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define RDFS "http://www.w3.org/2000/01/rdf-schema#"
#define OWL "http://www.w3.org/2002/07/owl#"

enum { LIST_MAX = 10000 };

/** Source: SHACL (W3C 2017), section 4. */
const DgShaclComponentInfo dg_shacl_components[DG_SHACL_COMPONENT_COUNT] = {
  [DG_SHACL_CLASS] = { "class", "ClassConstraintComponent", DG_SHACL_ARG_TERM,
                       "is not of the class" },
  [DG_SHACL_DATATYPE] = { "datatype", "DatatypeConstraintComponent",
                          DG_SHACL_ARG_TERM, "is no literal of datatype" },
  [DG_SHACL_NODE_KIND] = { "nodeKind", "NodeKindConstraintComponent",
                           DG_SHACL_ARG_TERM, "is not of the kind" },
  [DG_SHACL_MIN_COUNT] = { "minCount", "MinCountConstraintComponent",
                           DG_SHACL_ARG_COUNT, "fewer values than" },
  [DG_SHACL_MAX_COUNT] = { "maxCount", "MaxCountConstraintComponent",
                           DG_SHACL_ARG_COUNT, "more values than" },
  [DG_SHACL_MIN_EXCLUSIVE] = { "minExclusive",
                               "MinExclusiveConstraintComponent",
                               DG_SHACL_ARG_TERM, "is not greater than" },
  [DG_SHACL_MIN_INCLUSIVE] = { "minInclusive",
                               "MinInclusiveConstraintComponent",
                               DG_SHACL_ARG_TERM, "is not at least" },
  [DG_SHACL_MAX_EXCLUSIVE] = { "maxExclusive",
                               "MaxExclusiveConstraintComponent",
                               DG_SHACL_ARG_TERM, "is not less than" },
  [DG_SHACL_MAX_INCLUSIVE] = { "maxInclusive",
                               "MaxInclusiveConstraintComponent",
                               DG_SHACL_ARG_TERM, "is not at most" },
  [DG_SHACL_MIN_LENGTH] = { "minLength", "MinLengthConstraintComponent",
                            DG_SHACL_ARG_COUNT, "is shorter than" },
  [DG_SHACL_MAX_LENGTH] = { "maxLength", "MaxLengthConstraintComponent",
                            DG_SHACL_ARG_COUNT, "is longer than" },
  [DG_SHACL_PATTERN] = { "pattern", "PatternConstraintComponent",
                         DG_SHACL_ARG_REGEX, "does not match" },
  [DG_SHACL_LANGUAGE_IN] = { "languageIn", "LanguageInConstraintComponent",
                             DG_SHACL_ARG_TERMS,
                             "is not in one of the languages asked for" },
  [DG_SHACL_UNIQUE_LANG] = { "uniqueLang", "UniqueLangConstraintComponent",
                             DG_SHACL_ARG_FLAG, "two values in one language" },
  [DG_SHACL_EQUALS] = { "equals", "EqualsConstraintComponent",
                        DG_SHACL_ARG_TERM, "is not a value of both this and" },
  [DG_SHACL_DISJOINT] = { "disjoint", "DisjointConstraintComponent",
                          DG_SHACL_ARG_TERM, "is also a value of" },
  [DG_SHACL_LESS_THAN] = { "lessThan", "LessThanConstraintComponent",
                           DG_SHACL_ARG_TERM, "is not less than the value of" },
  [DG_SHACL_LESS_THAN_OR_EQUALS] = { "lessThanOrEquals",
                                     "LessThanOrEqualsConstraintComponent",
                                     DG_SHACL_ARG_TERM,
                                     "is greater than the value of" },
  [DG_SHACL_NOT] = { "not", "NotConstraintComponent", DG_SHACL_ARG_SHAPE,
                     "fits a shape that it must not fit" },
  [DG_SHACL_AND] = { "and", "AndConstraintComponent", DG_SHACL_ARG_SHAPES,
                     "does not fit all of the shapes" },
  [DG_SHACL_OR] = { "or", "OrConstraintComponent", DG_SHACL_ARG_SHAPES,
                    "fits none of the shapes" },
  [DG_SHACL_XONE] = { "xone", "XoneConstraintComponent", DG_SHACL_ARG_SHAPES,
                      "does not fit just one of the shapes" },
  [DG_SHACL_NODE] = { "node", "NodeConstraintComponent", DG_SHACL_ARG_SHAPE,
                      "does not fit the shape" },
  [DG_SHACL_PROPERTY] = { "property", "PropertyConstraintComponent",
                          DG_SHACL_ARG_SHAPE, "" },
  [DG_SHACL_QUALIFIED_MIN_COUNT] = { "qualifiedMinCount",
                                     "QualifiedMinCountConstraintComponent",
                                     DG_SHACL_ARG_COUNT,
                                     "fewer values of the shape than" },
  [DG_SHACL_QUALIFIED_MAX_COUNT] = { "qualifiedMaxCount",
                                     "QualifiedMaxCountConstraintComponent",
                                     DG_SHACL_ARG_COUNT,
                                     "more values of the shape than" },
  [DG_SHACL_CLOSED] = { "closed", "ClosedConstraintComponent",
                        DG_SHACL_ARG_FLAG,
                        "is a value of a property that the shape excludes" },
  [DG_SHACL_HAS_VALUE] = { "hasValue", "HasValueConstraintComponent",
                           DG_SHACL_ARG_TERM, "lacks the value" },
  [DG_SHACL_IN] = { "in", "InConstraintComponent", DG_SHACL_ARG_TERMS,
                    "is none of the values allowed" },
};

/* Properties of shapes that constrain nothing, or go with a constraint. */
static const char *const plain_properties[] = {
  "path",
  "targetClass",
  "targetNode",
  "targetSubjectsOf",
  "severity",
  "message",
  "flags",
  "targetObjectsOf",
  "deactivated",
  "name",
  "order",
  "ignoredProperties",
  "description",
  "group",
  "defaultValue",
  "qualifiedValueShape",
  "qualifiedValueShapesDisjoint"
};

static const struct {
  const char *property;
  DgShaclTargetKind kind;
} target_properties[] = {
  { DG_SH "targetClass", DG_SHACL_TARGET_CLASS },
  { DG_SH "targetNode", DG_SHACL_TARGET_NODE },
  { DG_SH "targetSubjectsOf", DG_SHACL_TARGET_SUBJECTS },
  { DG_SH "targetObjectsOf", DG_SHACL_TARGET_OBJECTS },
};

enum {
  PLAIN_PROPERTIES = sizeof plain_properties / sizeof *plain_properties,
  TARGET_PROPERTIES = sizeof target_properties / sizeof *target_properties
};

DgStatus
dg_shacl_refuse(DgShaclShapes *shapes, DgStatus status, const DgTerm *shape,
                const char *what)
{
  DgBuf name = DG_BUF_INIT;
  if (shape) {
    dg_term_write(shape, &name);
  }
  (void)dg_diag_set(shapes->diag, status, "shapes: %s%s%s",
                    name.data ? name.data : "", shape ? " " : "", what);
  dg_buf_clear(&name);
  return status;
}

DgStatus
dg_shacl_term(DgShaclShapes *shapes, DgId id, DgShaclTerm *term)
{
  DG_TRY(
      shapes->set->class_->term(shapes->set, id, shapes->arena, &term->term));
  const DgStatus status =
      shapes->data->class_->find_id(shapes->data, &term->term, &term->id);
  if (status == DG_NO_MATCH) {
    term->id = DG_ID_NONE;
    return DG_OK;
  }
  return status;
}

/* A flag is set by the very literal "true", as SHACL says. */
static bool
is_true(const DgTerm *term)
{
  return dg_str_equal(term->value, DG_STR("true"));
}

/* Objects of a property, by its IRI, of a node of the shapes. */
static DgStatus
objects_of(DgShaclShapes *shapes, DgId node, const char *property,
           DgIds *objects)
{
  DgId predicate = DG_ID_NONE;
  DG_TRY(dg_lookup_iri(shapes->set, property, &predicate));
  return predicate
             ? dg_lookup_all(shapes->set, (DgIdQuad){ node, predicate, 0, 0 },
                             'o', shapes->arena, objects)
             : DG_OK;
}

DgStatus
dg_shacl_list(DgShaclShapes *shapes, DgId head, DgIds *members)
{
  DgId nil = DG_ID_NONE;
  DG_TRY(dg_lookup_iri(shapes->set, RDF "nil", &nil));
  for (size_t steps = 0; head != nil; ++steps) {
    DgIds first = { 0 };
    DgIds rest = { 0 };
    DG_TRY(objects_of(shapes, head, RDF "first", &first));
    DG_TRY(objects_of(shapes, head, RDF "rest", &rest));
    if (first.n != 1 || rest.n != 1 || steps == LIST_MAX) {
      return dg_shacl_refuse(shapes, DG_BAD_INPUT, NULL,
                             "a list is not well-formed");
    }
    DG_TRY(dg_ids_add(shapes->arena, members, first.items[0]));
    head = rest.items[0];
  }
  return DG_OK;
}

/* Add the data's id of `class_` and of its subclasses that `set` states. */
static DgStatus
add_subclasses(DgShaclShapes *shapes, DgDataset *set, const DgTerm *class_,
               DgIds *classes)
{
  DgShaclPath part = { .kind = DG_SHACL_INVERSE };
  DgShaclPath predicate = { .kind = DG_SHACL_PREDICATE };
  DgShaclPath path = { .kind = DG_SHACL_ZERO_OR_MORE,
                       .parts = &part,
                       .n_parts = 1 };
  part.parts = &predicate;
  part.n_parts = 1;
  DG_TRY(dg_lookup_iri(set, RDFS "subClassOf", &predicate.predicate.id));
  DgId id = DG_ID_NONE;
  const DgStatus status = set->class_->find_id(set, class_, &id);
  if (status != DG_OK) {
    return status == DG_NO_MATCH ? DG_OK : status;
  }
  DgIds found = { 0 };
  DG_TRY(dg_shacl_path_walk(&path, set, id, 0, shapes->arena, &found));
  for (size_t i = 0; i < found.n; ++i) {
    DgTerm term;
    DG_TRY(set->class_->term(set, found.items[i], shapes->arena, &term));
    DgId in_data = DG_ID_NONE;
    if (shapes->data->class_->find_id(shapes->data, &term, &in_data) == DG_OK) {
      DG_TRY(dg_ids_add(shapes->arena, classes, in_data));
    }
  }
  return DG_OK;
}

static DgStatus
load_classes(DgShaclShapes *shapes, const DgTerm *class_, DgIds *classes)
{
  DG_TRY(add_subclasses(shapes, shapes->data, class_, classes));
  DG_TRY(add_subclasses(shapes, shapes->set, class_, classes));
  dg_ids_unique(classes);
  return DG_OK;
}

static DgStatus
load_shape(DgShaclShapes *shapes, DgId id, unsigned depth, DgShaclShape **out);

static DgStatus
load_list_arg(DgShaclShapes *shapes, DgId id, unsigned depth, bool of_shapes,
              DgShaclConstraint *constraint)
{
  DgIds members = { 0 };
  DG_TRY(dg_shacl_list(shapes, id, &members));
  constraint->terms = DG_NEW_ARRAY(shapes->arena, DgShaclTerm, members.n + 1);
  constraint->shapes =
      DG_NEW_ARRAY(shapes->arena, DgShaclShape *, members.n + 1);
  if (!constraint->terms || !constraint->shapes) {
    return DG_NO_MEMORY;
  }
  for (size_t i = 0; i < members.n; ++i) {
    DG_TRY(of_shapes ? load_shape(shapes, members.items[i], depth + 1,
                                  &constraint->shapes[i])
                     : dg_shacl_term(shapes, members.items[i],
                                     &constraint->terms[i]));
  }
  constraint->n_terms = of_shapes ? 0 : members.n;
  constraint->n_shapes = of_shapes ? members.n : 0;
  return DG_OK;
}

static DgStatus
load_regex(DgShaclShapes *shapes, const DgShaclShape *shape,
           DgShaclConstraint *constraint)
{
  DgIds flags = { 0 };
  DG_TRY(objects_of(shapes, shape->shapes_id, DG_SH "flags", &flags));
  DgShaclTerm text = { .term.value = DG_STR("") };
  if (flags.n) {
    DG_TRY(dg_shacl_term(shapes, flags.items[0], &text));
  }
  static const struct {
    const char *letter;
    unsigned flag;
  } letters[] = { { "i", DG_REGEX_CASELESS },
                  { "m", DG_REGEX_MULTILINE },
                  { "s", DG_REGEX_DOTALL },
                  { "x", DG_REGEX_EXTENDED },
                  { "q", DG_REGEX_LITERAL } };
  unsigned bits = 0;
  for (size_t i = 0; i < sizeof letters / sizeof *letters; ++i) {
    const bool set =
        dg_str_find(text.term.value, dg_str(letters[i].letter), 0) != SIZE_MAX;
    bits |= set ? letters[i].flag : 0;
  }
  return dg_regex_new(constraint->arg.value, bits, &constraint->regex,
                      shapes->diag);
}

static DgStatus
load_count(DgShaclShapes *shapes, const DgShaclShape *shape,
           DgShaclConstraint *constraint)
{
  const DgStr text = constraint->arg.value;
  for (size_t i = 0; i < text.len; ++i) {
    if (text.ptr[i] < '0' || text.ptr[i] > '9' || text.len > 9) {
      return dg_shacl_refuse(shapes, DG_BAD_INPUT, &shape->name,
                             "has a count that is no whole number");
    }
    constraint->count = constraint->count * 10 + (size_t)(text.ptr[i] - '0');
  }
  return DG_OK;
}

/* The properties that a closed shape allows. */
static DgStatus
load_allowed(DgShaclShapes *shapes, const DgShaclShape *shape,
             DgShaclConstraint *constraint)
{
  DgIds nodes = { 0 };
  DgIds allowed = { 0 };
  DgIds lists = { 0 };
  DG_TRY(objects_of(shapes, shape->shapes_id, DG_SH "property", &nodes));
  for (size_t i = 0; i < nodes.n; ++i) {
    DG_TRY(objects_of(shapes, nodes.items[i], DG_SH "path", &allowed));
  }
  DG_TRY(
      objects_of(shapes, shape->shapes_id, DG_SH "ignoredProperties", &lists));
  for (size_t i = 0; i < lists.n; ++i) {
    DG_TRY(dg_shacl_list(shapes, lists.items[i], &allowed));
  }
  constraint->terms = DG_NEW_ARRAY(shapes->arena, DgShaclTerm, allowed.n + 1);
  DG_TRY_PTR(constraint->terms);
  constraint->n_terms = allowed.n;
  for (size_t i = 0; i < allowed.n; ++i) {
    DG_TRY(dg_shacl_term(shapes, allowed.items[i], &constraint->terms[i]));
  }
  return DG_OK;
}

static DgStatus
load_single_arg(DgShaclShapes *shapes, const DgShaclTerm *arg,
                DgShaclConstraint *constraint)
{
  constraint->terms = DG_NEW(shapes->arena, DgShaclTerm);
  DG_TRY_PTR(constraint->terms);
  *constraint->terms = *arg;
  constraint->n_terms = 1;
  return constraint->component == DG_SHACL_CLASS
             ? load_classes(shapes, &arg->term, &constraint->classes)
             : DG_OK;
}

/*
 * The qualified shapes of the other properties beside this one, whatever node
 * shapes they stand in.
 */
static DgStatus
find_siblings(DgShaclShapes *shapes, DgId node, DgId own, DgIds *siblings)
{
  DgId property = DG_ID_NONE;
  DgIds parents = { 0 };
  DgIds found = { 0 };
  DG_TRY(dg_lookup_iri(shapes->set, DG_SH "property", &property));
  if (property) {
    DG_TRY(dg_lookup_all(shapes->set, (DgIdQuad){ 0, property, node, 0 }, 's',
                         shapes->arena, &parents));
  }
  for (size_t i = 0; i < parents.n; ++i) {
    DgIds nodes = { 0 };
    DG_TRY(objects_of(shapes, parents.items[i], DG_SH "property", &nodes));
    for (size_t j = 0; j < nodes.n; ++j) {
      DG_TRY(objects_of(shapes, nodes.items[j], DG_SH "qualifiedValueShape",
                        &found));
    }
  }
  for (size_t i = 0; i < found.n; ++i) {
    DG_TRY(found.items[i] == own
               ? DG_OK
               : dg_ids_add(shapes->arena, siblings, found.items[i]));
  }
  return DG_OK;
}

/*
 * The shape whose values are counted, then those that must not fit. A count
 * without a shape is no constraint (SHACL, section 2.1.1: all parameters).
 */
static DgStatus
load_qualified(DgShaclShapes *shapes, const DgShaclShape *shape, unsigned depth,
               DgShaclConstraint *constraint)
{
  DgIds own = { 0 };
  DgIds flags = { 0 };
  DgIds all = { 0 };
  DG_TRY(
      objects_of(shapes, shape->shapes_id, DG_SH "qualifiedValueShape", &own));
  if (own.n != 1) {
    return own.n ? dg_shacl_refuse(shapes, DG_BAD_INPUT, &shape->name,
                                   "has two qualified value shapes")
                 : DG_OK;
  }
  DG_TRY(dg_ids_add(shapes->arena, &all, own.items[0]));
  DG_TRY(objects_of(shapes, shape->shapes_id,
                    DG_SH "qualifiedValueShapesDisjoint", &flags));
  if (flags.n) {
    DgShaclTerm flag;
    DG_TRY(dg_shacl_term(shapes, flags.items[0], &flag));
    DG_TRY(is_true(&flag.term)
               ? find_siblings(shapes, shape->shapes_id, own.items[0], &all)
               : DG_OK);
  }
  constraint->n_shapes = all.n;
  constraint->shapes = DG_NEW_ARRAY(shapes->arena, DgShaclShape *, all.n);
  DG_TRY_PTR(constraint->shapes);
  for (size_t i = 0; i < all.n; ++i) {
    DG_TRY(load_shape(shapes, all.items[i], depth + 1, &constraint->shapes[i]));
  }
  return DG_OK;
}

static DgStatus
load_arg(DgShaclShapes *shapes, const DgShaclShape *shape, DgId id,
         unsigned depth, DgShaclConstraint *constraint)
{
  DgShaclTerm arg;
  DG_TRY(dg_shacl_term(shapes, id, &arg));
  constraint->arg = arg.term;
  switch (dg_shacl_components[constraint->component].arg) {
  case DG_SHACL_ARG_TERM:
    return load_single_arg(shapes, &arg, constraint);
  case DG_SHACL_ARG_TERMS:
    return load_list_arg(shapes, id, depth, false, constraint);
  case DG_SHACL_ARG_COUNT:
    DG_TRY(load_count(shapes, shape, constraint));
    return constraint->component == DG_SHACL_QUALIFIED_MIN_COUNT ||
                   constraint->component == DG_SHACL_QUALIFIED_MAX_COUNT
               ? load_qualified(shapes, shape, depth, constraint)
               : DG_OK;
  case DG_SHACL_ARG_FLAG:
    return constraint->component == DG_SHACL_CLOSED
               ? load_allowed(shapes, shape, constraint)
               : DG_OK;
  case DG_SHACL_ARG_SHAPE:
    constraint->shapes = DG_NEW_ARRAY(shapes->arena, DgShaclShape *, 1);
    DG_TRY_PTR(constraint->shapes);
    constraint->n_shapes = 1;
    return load_shape(shapes, id, depth + 1, constraint->shapes);
  case DG_SHACL_ARG_SHAPES:
    return load_list_arg(shapes, id, depth, true, constraint);
  case DG_SHACL_ARG_REGEX:
    return load_regex(shapes, shape, constraint);
  }
  return DG_OK;
}

static DgStatus
load_component(DgShaclShapes *shapes, DgShaclShape *shape,
               DgShaclComponent component, unsigned depth)
{
  const DgShaclComponentInfo *const info = &dg_shacl_components[component];
  char property[128];
  (void)snprintf(property, sizeof property, DG_SH "%s", info->parameter);
  DgIds args = { 0 };
  DG_TRY(objects_of(shapes, shape->shapes_id, property, &args));
  for (size_t i = 0; i < args.n; ++i) {
    DgShaclConstraint constraint = { .component = component };
    DG_TRY(load_arg(shapes, shape, args.items[i], depth, &constraint));
    if (info->arg == DG_SHACL_ARG_FLAG && !is_true(&constraint.arg)) {
      continue;
    }
    DgShaclConstraint *const room =
        DG_VEC_ADD(shapes->arena, &shape->constraints);
    if (!room) {
      dg_regex_free(constraint.regex);
      return DG_NO_MEMORY;
    }
    *room = constraint;
  }
  return DG_OK;
}

static bool
is_known(DgStr property)
{
  for (size_t i = 0; i < PLAIN_PROPERTIES; ++i) {
    if (dg_str_equal(property, dg_str(plain_properties[i]))) {
      return true;
    }
  }
  for (size_t i = 0; i < DG_SHACL_COMPONENT_COUNT; ++i) {
    if (dg_str_equal(property, dg_str(dg_shacl_components[i].parameter))) {
      return true;
    }
  }
  return false;
}

/* A constraint that is not known must not pass for one that holds. */
static DgStatus
refuse_unknown(DgShaclShapes *shapes, const DgShaclShape *shape)
{
  DgIds properties = { 0 };
  DG_TRY(dg_lookup_all(shapes->set, (DgIdQuad){ shape->shapes_id, 0, 0, 0 },
                       'p', shapes->arena, &properties));
  for (size_t i = 0; i < properties.n; ++i) {
    DgTerm term;
    DG_TRY(shapes->set->class_->term(shapes->set, properties.items[i],
                                     shapes->arena, &term));
    if (dg_str_starts(term.value, DG_STR(DG_SH)) &&
        !is_known(dg_str_sub(term.value, sizeof DG_SH - 1, term.value.len))) {
      return dg_diag_set(shapes->diag, DG_UNSUPPORTED,
                         "shapes: <%.*s> is not supported", (int)term.value.len,
                         term.value.ptr);
    }
  }
  return DG_OK;
}

static DgStatus
load_path(DgShaclShapes *shapes, DgShaclShape *shape)
{
  DgIds paths = { 0 };
  DG_TRY(objects_of(shapes, shape->shapes_id, DG_SH "path", &paths));
  if (!paths.n) {
    return DG_OK;
  }
  if (paths.n > 1) {
    return dg_shacl_refuse(shapes, DG_BAD_INPUT, &shape->name, "has two paths");
  }
  shape->path = DG_NEW(shapes->arena, DgShaclPath);
  DG_TRY_PTR(shape->path);
  DG_TRY(dg_shacl_path_load(shapes, paths.items[0], 0, shape->path));
  DgBuf text = DG_BUF_INIT;
  dg_shacl_path_turtle(shape->path, &text);
  shape->path_turtle = dg_arena_copy(shapes->arena, dg_buf_str(&text));
  dg_buf_reset(&text);
  dg_shacl_path_label(shape->path, &text);
  shape->path_label = dg_arena_copy(shapes->arena, dg_buf_str(&text));
  const DgStatus status = dg_buf_status(&text);
  dg_buf_clear(&text);
  return status;
}

static DgStatus
load_attributes(DgShaclShapes *shapes, DgShaclShape *shape)
{
  DgIds found = { 0 };
  DgShaclTerm term;
  shape->severity = dg_term_iri(DG_STR(DG_SH "Violation"));
  DG_TRY(objects_of(shapes, shape->shapes_id, DG_SH "severity", &found));
  if (found.n) {
    DG_TRY(dg_shacl_term(shapes, found.items[0], &term));
    shape->severity = term.term;
  }
  found.n = 0;
  DG_TRY(objects_of(shapes, shape->shapes_id, DG_SH "message", &found));
  for (size_t i = 0; i < found.n; ++i) {
    DG_TRY(dg_shacl_term(shapes, found.items[i], &term));
    if (!shape->message.ptr || dg_str_equal(term.term.lang, DG_STR("en"))) {
      shape->message = term.term.value;
    }
  }
  found.n = 0;
  DG_TRY(objects_of(shapes, shape->shapes_id, DG_SH "deactivated", &found));
  if (found.n) {
    DG_TRY(dg_shacl_term(shapes, found.items[0], &term));
    shape->deactivated = is_true(&term.term);
  }
  return DG_OK;
}

static DgStatus
add_target(DgShaclShapes *shapes, DgShaclShape *shape, DgId id,
           DgShaclTargetKind kind)
{
  DgShaclTarget *const target = DG_VEC_ADD(shapes->arena, &shape->targets);
  DG_TRY_PTR(target);
  target->kind = kind;
  DG_TRY(dg_shacl_term(shapes, id, &target->term));
  return kind == DG_SHACL_TARGET_CLASS
             ? load_classes(shapes, &target->term.term, &target->classes)
             : DG_OK;
}

/* A shape that is a class is its own target. */
static DgStatus
load_implicit_target(DgShaclShapes *shapes, DgShaclShape *shape)
{
  DgIds types = { 0 };
  DG_TRY(objects_of(shapes, shape->shapes_id, RDF "type", &types));
  static const char *const classes[] = { RDFS "Class", OWL "Class" };
  for (size_t i = 0; i < sizeof classes / sizeof *classes; ++i) {
    DgId id = DG_ID_NONE;
    DG_TRY(dg_lookup_iri(shapes->set, classes[i], &id));
    if (id && dg_ids_have(&types, id)) {
      return add_target(shapes, shape, shape->shapes_id, DG_SHACL_TARGET_CLASS);
    }
  }
  return DG_OK;
}

static DgStatus
load_targets(DgShaclShapes *shapes, DgShaclShape *shape)
{
  for (size_t i = 0; i < TARGET_PROPERTIES; ++i) {
    DgIds found = { 0 };
    DG_TRY(objects_of(shapes, shape->shapes_id, target_properties[i].property,
                      &found));
    for (size_t j = 0; j < found.n; ++j) {
      DG_TRY(
          add_target(shapes, shape, found.items[j], target_properties[i].kind));
    }
  }
  return load_implicit_target(shapes, shape);
}

static DgShaclShape *
find_shape(const DgShaclShapes *shapes, DgId id)
{
  for (size_t i = 0; i < shapes->shapes.n; ++i) {
    if (shapes->shapes.items[i]->shapes_id == id) {
      return shapes->shapes.items[i];
    }
  }
  return NULL;
}

static DgStatus
load_shape(DgShaclShapes *shapes, DgId id, unsigned depth, DgShaclShape **out)
{
  *out = find_shape(shapes, id);
  if (*out) {
    return DG_OK;
  }
  if (depth > DG_SHACL_DEPTH) {
    return dg_shacl_refuse(shapes, DG_LIMIT, NULL, "nested too deep");
  }
  DgShaclShape *const shape = DG_NEW(shapes->arena, DgShaclShape);
  DgShaclShape **const room = DG_VEC_ADD(shapes->arena, &shapes->shapes);
  if (!shape || !room) {
    shapes->shapes.n -= room != NULL;
    return DG_NO_MEMORY;
  }
  *room = *out = shape;
  shape->shapes_id = id;
  DgShaclTerm name;
  DG_TRY(dg_shacl_term(shapes, id, &name));
  shape->name = name.term;
  DG_TRY(refuse_unknown(shapes, shape));
  DG_TRY(load_path(shapes, shape));
  DG_TRY(load_attributes(shapes, shape));
  DG_TRY(load_targets(shapes, shape));
  for (DgShaclComponent i = 0; i < DG_SHACL_COMPONENT_COUNT; ++i) {
    DG_TRY(load_component(shapes, shape, i, depth));
  }
  return DG_OK;
}

/* Subjects that say they are shapes or have a target. */
static DgStatus
find_roots(DgShaclShapes *shapes, DgIds *roots)
{
  static const char *const types[] = { DG_SH "NodeShape",
                                       DG_SH "PropertyShape" };
  DgId type = DG_ID_NONE;
  DG_TRY(dg_lookup_iri(shapes->set, RDF "type", &type));
  for (size_t i = 0; i < sizeof types / sizeof *types; ++i) {
    DgId id = DG_ID_NONE;
    DG_TRY(dg_lookup_iri(shapes->set, types[i], &id));
    if (id && type) {
      DG_TRY(dg_lookup_all(shapes->set, (DgIdQuad){ 0, type, id, 0 }, 's',
                           shapes->arena, roots));
    }
  }
  for (size_t i = 0; i < TARGET_PROPERTIES; ++i) {
    DgId id = DG_ID_NONE;
    DG_TRY(dg_lookup_iri(shapes->set, target_properties[i].property, &id));
    if (id) {
      DG_TRY(dg_lookup_all(shapes->set, (DgIdQuad){ 0, id, 0, 0 }, 's',
                           shapes->arena, roots));
    }
  }
  return DG_OK;
}

DgStatus
dg_shacl_load(DgShaclShapes *shapes)
{
  DG_TRY(dg_lookup_iri(shapes->data, RDF "type", &shapes->rdf_type));
  DgIds roots = { 0 };
  DG_TRY(find_roots(shapes, &roots));
  if (!roots.n) {
    return dg_shacl_refuse(shapes, DG_BAD_INPUT, NULL, "there are none");
  }
  for (size_t i = 0; i < roots.n; ++i) {
    DgShaclShape *shape = NULL;
    DG_TRY(load_shape(shapes, roots.items[i], 0, &shape));
  }
  return DG_OK;
}

void
dg_shacl_unload(DgShaclShapes *shapes)
{
  for (size_t i = 0; i < shapes->shapes.n; ++i) {
    const DgShaclShape *const shape = shapes->shapes.items[i];
    for (size_t j = 0; j < shape->constraints.n; ++j) {
      dg_regex_free(shape->constraints.items[j].regex);
    }
  }
}
