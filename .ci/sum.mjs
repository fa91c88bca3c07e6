// Adds up the reports in a folder: `NAME.json` from jest, `NAME.step` (outcome and seconds) from every step.
// A suite that failed without a report, or that ran no test, counts as one failure.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? '.';
let passed = 0;
let failed = 0;
const minutes = [];
for (const file of readdirSync(folder).filter((name) => name.endsWith('.step'))) {
  const name = file.replace(/\.step$/, '');
  const [outcome, seconds] = readFileSync(join(folder, file), 'utf8').trim().split(' ');
  const well = outcome === 'passed';
  minutes.push([name, Number(seconds) / 60]);
  const report = join(folder, `${name}.json`);
  if (!existsSync(report)) {
    if (well && !['test', 'slow', 'browser', 'mongo'].includes(name)) passed += 1;
    else failed += 1;
    continue;
  }
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  passed += numPassedTests;
  // A file that could not be loaded counts no failed test but is a failure. A skipped test is a failure too.
  failed += Math.max(numFailedTests + numPendingTests, numFailedTestSuites, well && numPassedTests > 0 ? 0 : 1);
}
minutes.push(['together', minutes.reduce((sum, [, each]) => sum + each, 0)]);
console.log(`\n${minutes.map(([name, each]) => `${name.padEnd(14)}${each.toFixed(1).padStart(6)} min`).join('\n')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
