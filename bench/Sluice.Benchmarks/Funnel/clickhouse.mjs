// Runs the statements of standard input ({"statements": [...], "rounds": n}) on ClickHouse, the last one n times, and writes
// its rows and its best time in milliseconds. The arguments are the folder in which npm's chdb is installed and one for data.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const { Session } = createRequire(pathToFileURL(`${process.argv[2]}/package.json`))('chdb');
const { statements, rounds } = JSON.parse(readFileSync(0, 'utf8'));

// ClickHouse reads only files inside its folder of user files, which here is the working folder.
process.chdir('/');
const session = new Session(process.argv[3]);
const question = statements.pop();
statements.forEach((statement) => session.query(statement));
let [best, text] = [Infinity, ''];
for (let round = 0; round < rounds; round++) {
  const started = performance.now();
  text = session.query(question, 'JSONCompactEachRow');
  best = Math.min(best, performance.now() - started);
}

const rows = text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line).map(Number));
process.stdout.write(JSON.stringify({ milliseconds: best, rows }));
