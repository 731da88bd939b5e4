// SPDX-License-Identifier: LGPL-2.1-or-later
// node rules_peers.js FILE: megabytes a second of two other readers of text,
// where NODE_PATH leads to their packages. Each finds "ORG bought ORG".
'use strict';
const fs = require('fs');
const text = fs.readFileSync(process.argv[2], 'utf8').slice(0, 200000);

function median(turn) {
  const times = [];
  for (let i = 0; i < 3; ++i) {
    const start = process.cpuUsage();
    turn();
    const used = process.cpuUsage(start);
    times.push((used.user + used.system) / 1e6);
  }
  return times.sort((a, b) => a - b)[1];
}

function report(name, make) {
  let turn;
  try {
    turn = make();
  } catch (error) {
    console.log(`${name.padEnd(22)} skipped: no such package in NODE_PATH`);
    return;
  }
  const rate = Buffer.byteLength(text) / 1e6 / median(turn);
  console.log(`${name.padEnd(22)} ${rate.toFixed(2)} MB/s`);
}

report('wink-nlp', () => {
  const model = require('wink-eng-lite-web-model');
  const nlp = require('wink-nlp')(model);
  nlp.learnCustomEntities([
    { name: 'buys', patterns: ['[PROPN] [acquired|bought] [PROPN]'] },
  ]);
  return () => nlp.readDoc(text).customEntities().out();
});

report('compromise', () => {
  const nlp = require('compromise');
  return () => nlp(text).match('#ProperNoun (acquired|bought) #ProperNoun').out('array');
});
