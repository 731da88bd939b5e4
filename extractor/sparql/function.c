/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/function.h"

#include <strings.h>

static const DgFunction *const keyword_tables[] = {
  dg_functions_logic, dg_functions_term,    dg_functions_string,
  dg_functions_regex, dg_functions_numeric, dg_functions_date,
  dg_functions_hash,
};

static const DgFunction *const iri_tables[] = { dg_functions_cast,
                                                dg_functions_extra };

static const DgFunction *
find_in(const DgFunction *table, DgStr name)
{
  for (; table->name; ++table) {
    if (strlen(table->name) == name.len &&
        !strncasecmp(table->name, name.ptr, name.len)) {
      return table;
    }
  }
  return NULL;
}

const DgFunction *
dg_function_find(DgStr keyword)
{
  const DgFunction *found = NULL;
  for (size_t i = 0; !found && i < sizeof keyword_tables / sizeof(void *);
       ++i) {
    found = find_in(keyword_tables[i], keyword);
  }
  return found;
}

const DgFunction *
dg_function_find_iri(DgStr iri)
{
  for (size_t i = 0; i < sizeof iri_tables / sizeof(void *); ++i) {
    for (const DgFunction *f = iri_tables[i]; f->name; ++f) {
      if (dg_str_equal(dg_str(f->name), iri)) {
        return f;
      }
    }
  }
  return NULL;
}

const DgFunction *
dg_function_operator(const char *name)
{
  return find_in(dg_functions_operator, dg_str(name));
}
