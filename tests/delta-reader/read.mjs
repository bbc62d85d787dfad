// Runs the statements of standard input (a JSON array of texts) on ClickHouse, one after the other, and writes a JSON
// array: per statement its rows as arrays, or {"error": "…"}. A lake table is deltaLakeLocal('/absolute/path').
import { readFileSync } from 'node:fs';
import { Session } from 'chdb';

const statements = JSON.parse(readFileSync(0, 'utf8'));

// ClickHouse reads only files inside its folder of user files, which here is the working folder.
process.chdir('/');
// Without a path its own data are in a folder of this process, which goes with it; ':memory:' would be the name of a folder
// that two processes cannot share.
const session = new Session();
// A JavaScript number has 53 bits.
session.query('set output_format_json_quote_64bit_integers = 1');
const answers = statements.map((statement) => {
  try {
    const text = session.query(statement, 'JSONCompactEachRow');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  } catch (failure) {
    return { error: String(failure.message ?? failure) };
  }
});
process.stdout.write(JSON.stringify(answers));
