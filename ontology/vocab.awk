# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Make extractor/rdf/vocab.h of the terms that ontology/dealgraph.ttl declares:
#   awk -f ontology/vocab.awk ontology/dealgraph.ttl > extractor/rdf/vocab.h
#
# A declaration is a line "prefix:name a ..."; its name keeps its case, since
# deal:Product and deal:product are two terms.

BEGIN {
  print "/* SPDX-License-Identifier: LGPL-2.1-or-later */"
  print "/* Made by ontology/vocab.awk from ontology/dealgraph.ttl. */"
  print "#ifndef DG_RDF_VOCAB_H"
  print "#define DG_RDF_VOCAB_H"
  print ""
  print "/* clang-format off */"
  print ""
  print "/** The namespace of the vocabulary. */"
}

$1 == "@prefix" {
  iri[$2] = substr($3, 2, length($3) - 2)
  if ($2 == "deal:") {
    printf "#define DG_NS \"%s\"\n\n", iri[$2]
    print "/* Every term that may stand in the graph. */"
  }
}

/^[a-z]+:[A-Za-z]+ a / {
  colon = index($1, ":")
  prefix = substr($1, 1, colon)
  name = substr($1, colon + 1)
  if (!(prefix in iri)) {
    printf "vocab.awk: line %d: prefix %s is not declared\n", NR, prefix \
      > "/dev/stderr"
    failed = 1
    exit 1
  }
  printf "#define DG_V_%s_%s \"%s%s\"\n", substr(prefix, 1, colon - 1), name, \
    iri[prefix], name
}

END {
  if (!failed) {
    print ""
    print "/* clang-format on */"
    print ""
    print "#endif"
  }
}
