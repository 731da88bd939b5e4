/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_SHACL_P_H
#define DG_STORE_SHACL_P_H

#include "base/regex.h"
#include "store/lookup.h"
#include "store/shacl.h"

/*
 * Shapes are compiled first: read from their graph into structs that hold the
 * ids which their terms have in the data (DG_ID_NONE where the data lacks
 * them), so that checking touches one dataset only.
 */

#define DG_SH "http://www.w3.org/ns/shacl#"

enum { DG_SHACL_DEPTH = 32 /* nested shapes, nested paths */ };

/** A term and its id in the data. */
typedef struct {
  DgTerm term;
  DgId id; /**< DG_ID_NONE: not in the data */
} DgShaclTerm;

typedef enum {
  DG_SHACL_PREDICATE,
  DG_SHACL_INVERSE,
  DG_SHACL_SEQUENCE,
  DG_SHACL_ALTERNATIVE,
  DG_SHACL_ZERO_OR_MORE,
  DG_SHACL_ONE_OR_MORE,
  DG_SHACL_ZERO_OR_ONE
} DgShaclPathKind;

typedef struct DgShaclPath DgShaclPath;

struct DgShaclPath {
  DgShaclPathKind kind;
  DgShaclTerm predicate; /**< kind predicate */
  DgShaclPath *parts;    /**< [n_parts] for the other kinds */
  size_t n_parts;
};

/** The constraint components; the order is that of `dg_shacl_components`. */
typedef enum {
  DG_SHACL_CLASS,
  DG_SHACL_DATATYPE,
  DG_SHACL_NODE_KIND,
  DG_SHACL_MIN_COUNT,
  DG_SHACL_MAX_COUNT,
  DG_SHACL_MIN_EXCLUSIVE,
  DG_SHACL_MIN_INCLUSIVE,
  DG_SHACL_MAX_EXCLUSIVE,
  DG_SHACL_MAX_INCLUSIVE,
  DG_SHACL_MIN_LENGTH,
  DG_SHACL_MAX_LENGTH,
  DG_SHACL_PATTERN,
  DG_SHACL_LANGUAGE_IN,
  DG_SHACL_UNIQUE_LANG,
  DG_SHACL_EQUALS,
  DG_SHACL_DISJOINT,
  DG_SHACL_LESS_THAN,
  DG_SHACL_LESS_THAN_OR_EQUALS,
  DG_SHACL_NOT,
  DG_SHACL_AND,
  DG_SHACL_OR,
  DG_SHACL_XONE,
  DG_SHACL_NODE,
  DG_SHACL_PROPERTY,
  DG_SHACL_QUALIFIED_MIN_COUNT,
  DG_SHACL_QUALIFIED_MAX_COUNT,
  DG_SHACL_CLOSED,
  DG_SHACL_HAS_VALUE,
  DG_SHACL_IN,
  DG_SHACL_COMPONENT_COUNT
} DgShaclComponent;

/** What the object of a constraint's triple is read as. */
typedef enum {
  DG_SHACL_ARG_TERM,
  DG_SHACL_ARG_TERMS, /**< a list */
  DG_SHACL_ARG_COUNT, /**< a whole number */
  DG_SHACL_ARG_FLAG,  /**< a boolean; false is no constraint */
  DG_SHACL_ARG_SHAPE,
  DG_SHACL_ARG_SHAPES, /**< a list */
  DG_SHACL_ARG_REGEX
} DgShaclArg;

typedef struct {
  const char *parameter; /**< local name, "minCount" */
  const char *component; /**< "MinCountConstraintComponent" */
  DgShaclArg arg;
  const char *says; /**< a sentence's start; the argument follows */
} DgShaclComponentInfo;

extern const DgShaclComponentInfo dg_shacl_components[DG_SHACL_COMPONENT_COUNT];

typedef struct DgShaclShape DgShaclShape;

typedef struct {
  DgShaclComponent component;
  DgTerm arg;         /**< as it stands in the shapes, for messages */
  DgShaclTerm *terms; /**< [n_terms] term or list; closed: allowed ones */
  size_t n_terms;
  size_t count;          /**< a count */
  DgShaclShape **shapes; /**< [n_shapes] qualified: the shape, its siblings */
  size_t n_shapes;
  DgRegex *regex; /**< freed with the shapes */
  DgIds classes;  /**< class: it and its subclasses, in the data */
} DgShaclConstraint;

typedef enum {
  DG_SHACL_TARGET_CLASS,
  DG_SHACL_TARGET_NODE,
  DG_SHACL_TARGET_SUBJECTS,
  DG_SHACL_TARGET_OBJECTS
} DgShaclTargetKind;

typedef struct {
  DgShaclTargetKind kind;
  DgShaclTerm term;
  DgIds classes; /**< as in DgShaclConstraint */
} DgShaclTarget;

struct DgShaclShape {
  DgTerm name;
  DgId shapes_id;    /**< of `name` in the shapes' dataset */
  DgShaclPath *path; /**< null for a node shape */
  DgStr path_turtle;
  DgStr path_label;
  DG_VEC(DgShaclConstraint) constraints;
  DG_VEC(DgShaclTarget) targets;
  DgTerm severity;
  DgStr message; /**< or absent */
  bool deactivated;
};

/** All shapes of a graph; in an arena, but for the compiled patterns. */
typedef struct {
  DgDataset *data;
  DgDataset *set; /**< the shapes' own */
  DgArena *arena;
  DgDiag *diag;
  DG_VEC(DgShaclShape *) shapes;
  DgId rdf_type; /**< ids in the data */
} DgShaclShapes;

/** Compile; call inside a read of both datasets. */
DgStatus
dg_shacl_load(DgShaclShapes *shapes);

/** Free what is not in the arena. */
void
dg_shacl_unload(DgShaclShapes *shapes);

/** Read the path that `id`, of the shapes' dataset, describes. */
DgStatus
dg_shacl_path_load(DgShaclShapes *shapes, DgId id, unsigned depth,
                   DgShaclPath *path);

void
dg_shacl_path_turtle(const DgShaclPath *path, DgBuf *out);

void
dg_shacl_path_label(const DgShaclPath *path, DgBuf *out);

/** The ids that a path leads to from `focus`, which may be DG_ID_NONE. */
DgStatus
dg_shacl_path_walk(const DgShaclPath *path, DgDataset *data, DgId focus,
                   unsigned depth, DgArena *arena, DgIds *ids);

/** The members of a list in the shapes' dataset, in order, not unique. */
DgStatus
dg_shacl_list(DgShaclShapes *shapes, DgId head, DgIds *members);

DgStatus
dg_shacl_term(DgShaclShapes *shapes, DgId id, DgShaclTerm *term);

/** Set `diag`, naming the shape. */
DgStatus
dg_shacl_refuse(DgShaclShapes *shapes, DgStatus status, const DgTerm *shape,
                const char *what);

/** Whether a literal is well-formed for its own datatype, where known. */
bool
dg_shacl_well_formed(const DgTerm *literal);

/**
 * Compare two values: numbers and times by value, others of one datatype, such
 * as dates and strings, by their text.
 * @return false when they cannot be compared.
 */
bool
dg_shacl_compare(const DgTerm *a, const DgTerm *b, int *order);

#endif
