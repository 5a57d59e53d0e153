import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { circumstances, circumstancesText } from '../setup/circumstances.mjs';
import { settingsText } from './native.mjs';
import { turn } from './rounds.mjs';
import { mayBegin, PARTICIPANTS, wholeTable, withContent } from './whole-table.mjs';

/** @typedef {import('./whole-table.mjs').Participant} Participant */
/** @typedef {import('./native.mjs').Native} Native */
/** @typedef {'torch' | 'oldTorch'} NativeId */
/** @typedef {import('./options.mjs').BenchOptions} BenchOptions */

/**
 * What measures, and what is known of it.
 * @typedef {object} Bench
 * @property {import('playwright').Page} page
 * @property {Readonly<Record<NativeId, Native | undefined>>} natives
 * @property {BenchOptions} options
 * @property {Record<NativeId, string | null>} versions of PyTorch
 * @property {Set<string>} devices
 */

/**
 * A case while it is measured.
 * @typedef {object} OpenCase
 * @property {string} case
 * @property {number} batch
 * @property {unknown} nodes the network, for PyTorch
 * @property {Record<Participant, number[]>} ms
 * @property {Partial<Record<NativeId, import('./native.mjs').Settings>>} chosen
 * @property {Record<string, string>} settings
 * @property {string[]} failures
 */

/** Who of the page measures what. */
const IN_PAGE = /** @type {const} */ ({
  wasm: ['ours', 'wasm'],
  tape: ['tape', 'wasm'],
  webgl: ['ours', 'webgl'],
  stock: ['stock', 'webgl'],
});

/**
 * Measures everybody in turns, round after round over all cases, and writes the table into README.md and the figures into docs/bench.json.
 * @param {string} root the project's folder
 * @param {Pick<Bench, 'page' | 'natives' | 'options'>} given
 * @returns {Promise<void>}
 */
export async function measureWhole(root, given) {
  const started = performance.now();
  const about = circumstances(root);
  /** @type {Bench} */
  const bench = { ...given, versions: { torch: null, oldTorch: null }, devices: new Set() };
  const { options } = bench;
  /** @type {OpenCase[]} */
  const cases = [];
  for (const name of options.cases) for (const batch of options.batches) cases.push(await openCase(bench, name, batch));
  const rounds = await measureRounds(bench, cases, started);
  const minutes = (performance.now() - started) / 60_000;
  const devices = [...bench.devices].join('; ');
  const note = `Medians of ${rounds === 1 ? 'one round' : `${rounds} rounds`} in turns, ${minutes.toFixed(0)} minutes in all; ${circumstancesText(about)}; WebGL: ${devices}.`;
  const text = `${wholeTable(cases, bench.versions)}\n\n${note}`;
  console.log(`\n${text}`);
  const readme = join(root, 'README.md');
  writeFileSync(readme, withContent(readFileSync(readme, 'utf8'), text));
  const kept = cases.map(({ nodes, chosen, ...rest }) => rest);
  const record = { about, minutes, rounds, versions: bench.versions, devices, cases: kept };
  writeFileSync(join(root, 'docs/bench.json'), `${JSON.stringify(record, null, 2)}\n`);
  for (const { case: name, batch, failures } of cases)
    for (const failure of new Set(failures)) console.log(`${name} ${batch}: ${failure}`);
}

/**
 * @param {Bench} bench
 * @param {OpenCase[]} cases
 * @param {number} started
 * @returns {Promise<number>} how many rounds there was time for.
 */
async function measureRounds(bench, cases, started) {
  const { rounds, minutes } = bench.options;
  let longestMs = 0;
  let done = 0;
  while (mayBegin({ done, rounds, elapsedMs: performance.now() - started, longestMs, minutes })) {
    const begun = performance.now();
    for (const one of cases) {
      for (const who of turn(PARTICIPANTS, done)) await measureOne(bench, one, who);
      const told = PARTICIPANTS.map((who) => `${who} ${one.ms[who].at(-1)?.toFixed(1) ?? '-'}`).join(', ');
      console.log(`${one.case} ${one.batch}, round ${done + 1}, ms a step: ${told}`);
    }
    done += 1;
    longestMs = Math.max(longestMs, performance.now() - begun);
  }
  return done;
}

/**
 * A case with the settings that are fastest for each PyTorch.
 * @param {Bench} bench
 * @param {string} name
 * @param {number} batch
 * @returns {Promise<OpenCase>}
 */
async function openCase({ page, natives, options, versions }, name, batch) {
  const { nodes } = await page.evaluate((caseName) => window.bench.describe(caseName), name);
  /** @type {OpenCase} */
  const one = {
    case: name,
    batch,
    nodes,
    ms: { wasm: [], tape: [], torch: [], oldTorch: [], webgl: [], stock: [] },
    chosen: {},
    settings: {},
    failures: [],
  };
  for (const which of /** @type {const} */ (['torch', 'oldTorch'])) {
    const tuned = await natives[which]?.tune({ nodes, batch }, { compile: options.compile });
    if (tuned === undefined) continue;
    versions[which] = tuned.version;
    one.chosen[which] = tuned.settings;
    one.settings[which] = `${tuned.version}, ${name} ${batch}: ${settingsText(tuned.settings)}`;
    console.log(`PyTorch ${one.settings[which]}`);
    for (const failure of tuned.failures) console.log(`PyTorch ${tuned.version} cannot do ${failure}`);
  }
  return one;
}

/**
 * Measures one participant once; what fails is not tried again.
 * @param {Bench} bench
 * @param {OpenCase} one
 * @param {Participant} who
 */
async function measureOne({ page, natives, options, devices }, one, who) {
  const { case: name, batch, nodes, chosen } = one;
  const { budgetMs } = options;
  if (one.failures.some((failure) => failure.startsWith(`${who}:`))) return;
  try {
    if (who === 'torch' || who === 'oldTorch') {
      const settings = chosen[who];
      const measured = settings && (await natives[who]?.measure({ nodes, batch }, settings, budgetMs));
      if (measured) one.ms[who].push(measured.msPerStep);
      return;
    }
    const [side, backend] = IN_PAGE[who];
    const job = { name, batch, backend, budgetMs, dataUrl: new URL('data/', page.url()).href };
    const what = /** @type {const} */ ([side, job]);
    const measured = await page.evaluate(([which, details]) => window.bench[which](details), what);
    if (backend === 'webgl') devices.add(measured.device);
    one.ms[who].push(measured.msPerStep);
  } catch (error) {
    one.failures.push(`${who}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : error}`);
  }
}
