// SPDX-License-Identifier: LGPL-2.1-or-later
// oxigraph.js FILE.nq QUERY.rq...: rows and the median of five runs of each.
const ox = require('oxigraph');
const fs = require('fs');
const [, , file, ...queries] = process.argv;
const now = () => Number(process.hrtime.bigint()) / 1e9;
const store = new ox.Store();
const bytes = fs.readFileSync(file);
for (let at = 0; at < bytes.length;) { // in pieces that a string can hold
  let end = Math.min(bytes.length, at + 16e6);
  if (end < bytes.length) end = bytes.lastIndexOf(10, end) + 1;
  store.load(bytes.subarray(at, end),
             {format: 'application/n-quads', no_transaction: true, unchecked: true});
  at = end;
}
for (const path of queries) {
  const text = fs.readFileSync(path, 'utf8');
  const times = [];
  let rows;
  for (let i = 0; i < 5; ++i) {
    const begin = now();
    rows = store.query(text, {use_default_graph_as_union: true}).length;
    times.push(now() - begin);
  }
  times.sort((a, b) => a - b);
  console.log('QUERY', path, 'rows=' + rows, times[2].toFixed(6) + 's');
}
