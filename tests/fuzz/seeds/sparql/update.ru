PREFIX : <http://e/> INSERT DATA { :z :p _:b . GRAPH :g { _:b :q 1 } } ;
WITH :g DELETE { ?s :p ?o } INSERT { ?s :r ?o } USING :h WHERE { ?s :p ?o } ;
DELETE WHERE { GRAPH ?g { ?s :q ?o } } ; COPY SILENT :g TO DEFAULT ; MOVE :h TO :k ; CLEAR NAMED
