/**
 * Runs the static checks, the builds and all tests, and prints the sum: `N passed, N failed, N skipped`.
 * Each static check and each build counts as one test.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name) => join(root, 'node_modules/.bin', name);
const counts = { passed: 0, failed: 0, skipped: 0 };

function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options }).status === 0;
}

function step(name, command, args) {
  const startedMs = Date.now();
  const ok = run(command, args);
  counts[ok ? 'passed' : 'failed'] += 1;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - startedMs) / 1000).toFixed(1)} s)`);
}

step('build of the packages', bin('tsc'), ['-b']);
step('build of the executable', process.execPath, ['tools/build-executable.mjs']);
step('format', bin('oxfmt'), ['--check']);
step('types of the tests', bin('tsc'), ['-p', 'tsconfig.test.json']);
step('lint', bin('oxlint'), ['--type-aware', '--deny-warnings']);
step('import borders', process.execPath, ['tools/check-borders.mjs']);
step('unused files and exports', bin('knip'), []);

/** Runs vitest, which writes its JSON report to `report`, and adds what it counted. */
function tests(command, args, { report, ...options }) {
  const ok = run(command, args, options);
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    counts.passed += numPassedTests;
    counts.failed += numFailedTests;
    counts.skipped += numPendingTests + numTodoTests;
    const results = testResults.flatMap(({ assertionResults }) => assertionResults);
    for (const { status, fullName } of results) if (status !== 'passed' && status !== 'failed') console.log(`skipped: ${fullName}`);
    // A suite that cannot even be loaded has no failed test of its own.
    if (!ok && numFailedTests === 0) counts.failed += Math.max(1, numFailedTestSuites);
  } catch (error) {
    console.error(`the test report cannot be read: ${error.message}`);
    counts.failed += 1;
  }
}

/** Undefined when this machine can run the end-to-end scenarios. What they need is installed and built then. */
function e2eObstacle() {
  const { status, stdout } = spawnSync('sh', ['e2e/prepare.sh'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) return { failed: true, reason: `e2e/prepare.sh ended with exit code ${status}` };
  const reason = /^e2e: skipped: (.*)$/m.exec(stdout)?.[1];
  return reason === undefined ? undefined : { failed: false, reason };
}

const folder = mkdtempSync(join(tmpdir(), 'kubephase-test-'));
try {
  // First, because some system tests use the same programs.
  const startedMs = Date.now();
  const obstacle = e2eObstacle();
  console.log(`end-to-end scenarios: ${obstacle?.reason ?? 'prepared'} (${((Date.now() - startedMs) / 1000).toFixed(1)} s)`);
  const unit = join(folder, 'unit.json');
  tests(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unit}`], { report: unit });
  const e2e = join(folder, 'e2e.json');
  if (obstacle === undefined) tests('sh', ['e2e/run.sh'], { report: e2e, env: { ...process.env, KUBEPHASE_E2E_REPORT: e2e } });
  else {
    counts[obstacle.failed ? 'failed' : 'skipped'] += 1;
    console.log(`${obstacle.failed ? 'FAIL' : 'skipped:'} end-to-end scenarios: ${obstacle.reason}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
