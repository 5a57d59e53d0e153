// `npm test`: from a fresh clone to all tests run. `npm test -- unit engine` runs some of the suites, `npm test -- all` also
// those that need more than Node and a browser, where that is there.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBrowser } from './setup/install-browser.mjs';
import { checkNode } from './setup/node-version.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { freePort } from './setup/port.mjs';
import { Problem, runCommand } from './setup/problem.mjs';
import { runSuite, SUITES } from './setup/suites.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

await runCommand(async () => {
  checkNode();
  const suites = chosenSuites(process.argv.slice(2));
  ensurePackages(root);
  const port = await freePort();
  const env = { ...process.env, CHROME_PATH: ensureBrowser(root), E2E_PORT: String(port) };
  /** @type {import('./setup/reports.mjs').Outcome} */
  const total = { passed: 0, failed: 0, failures: [], unsteady: [] };
  for (const suite of suites) {
    console.log(`\n=== ${suite.name}`);
    const missing = await suite.prepare?.(root);
    if (missing) {
      console.log(`=== ${suite.name}: not run. ${missing}`);
      continue;
    }
    const { passed, failed, failures, unsteady } = await runSuite(root, suite, env);
    total.passed += passed;
    total.failed += failed;
    total.failures.push(...failures);
    total.unsteady.push(...unsteady);
    console.log(`=== ${suite.name}: ${passed} passed, ${failed} failed`);
  }
  rmSync(join(root, `.cache/e2e-${port}`), { recursive: true, force: true });
  process.exitCode = total.failed === 0 ? 0 : 1;
  for (const line of total.unsteady) console.log(`passed at the second try: ${line}`);
  for (const line of total.failures) console.log(`failed: ${line}`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
});

/**
 * @param {string[]} names
 * @returns {import('./setup/suites.mjs').Suite[]}
 */
function chosenSuites(names) {
  const unknown = names.find((name) => name !== 'all' && !SUITES.some((suite) => suite.name === name));
  if (unknown)
    throw new Problem(`There is no suite ${unknown}. Choose from all, ${SUITES.map(({ name }) => name).join(', ')}.`);
  if (names.includes('all')) return SUITES;
  return names.length === 0
    ? SUITES.filter(({ prepare }) => !prepare)
    : SUITES.filter(({ name }) => names.includes(name));
}
