import { median, medians, spread } from './statistics.mjs';

/** @typedef {import('../../tests/bench/job.ts').Measurement} Measurement */
/** @typedef {'stock' | 'ours' | 'tape'} Side */
/** @typedef {{ name: string, batch: number, backend: import('./options.mjs').BenchBackend, renderer: import('./options.mjs').Renderer, rounds: number, budgetMs: number, tape: boolean, compile: boolean }} CaseOptions */
/** @typedef {Omit<Measurement, 'device'> & { spread: number, imagesPerSecond: number, gflops: number, shareOfProduct: number }} SideReport */
/**
 * @typedef {{
 *   case: string, batch: number, backend: string, renderer: string, device: string, parameters: number,
 *   stock: SideReport | null, ours: SideReport | null, tape: SideReport | null, native: { msPerStep: number, spread: number } | null,
 *   speedup: number | null, timeOverNative: number | null, failures: string[],
 * }} CaseReport
 */

const FIGURES = /** @type {const} */ ([
  'steps',
  'msPerStep',
  'firstStepMs',
  'drawsPerStep',
  'uploadsPerStep',
  'readbacksPerStep',
  'gpuBytes',
]);

/**
 * Measures a case: in each round every engine once, in a fresh worker, in an order that turns round by round.
 *
 * @param {import('playwright').Page} page
 * @param {CaseOptions} options
 * @param {import('./native.mjs').Native | undefined} native
 * @param {number} productGflops the best matrix product, to compare with
 * @returns {Promise<CaseReport>}
 */
export async function measureCase(page, options, native, productGflops) {
  const { name, batch, backend, renderer } = options;
  const described = await page.evaluate((caseName) => window.bench.describe(caseName), name);
  const { measured, nativeMs, failures } = await measureRounds(page, options, native, described.nodes);
  const report = (/** @type {Side} */ side) =>
    sideReport(measured[side], batch, described.trainingFlops, productGflops);
  const [stock, ours, tape] = [report('stock'), report('ours'), report('tape')];
  const nativeReport = native ? { msPerStep: median(nativeMs), spread: spread(nativeMs) } : null;
  return {
    case: name,
    batch,
    backend,
    renderer,
    device: [...measured.stock, ...measured.ours][0]?.device ?? '',
    parameters: described.parameters,
    stock,
    ours,
    tape,
    native: nativeReport,
    speedup: stock && ours && stock.msPerStep / ours.msPerStep,
    timeOverNative: ours && nativeReport && ours.msPerStep / nativeReport.msPerStep,
    failures: Array.from(failures, ([side, message]) => `${side}: ${message}`),
  };
}

/**
 * @param {import('playwright').Page} page
 * @param {CaseOptions} options
 * @param {import('./native.mjs').Native | undefined} native
 * @param {unknown} nodes the network, for PyTorch
 * @returns {Promise<{ measured: Record<Side, Measurement[]>, nativeMs: number[], failures: Map<Side, string> }>}
 */
async function measureRounds(page, options, native, nodes) {
  const { name, batch, backend, rounds, budgetMs, tape, compile } = options;
  /** @type {readonly Side[]} */
  const sides = tape ? ['stock', 'ours', 'tape'] : ['stock', 'ours'];
  const job = { name, batch, backend, budgetMs, dataUrl: new URL('data/', page.url()).href };
  /** @type {Record<Side, Measurement[]>} */
  const measured = { stock: [], ours: [], tape: [] };
  /** @type {number[]} */
  const nativeMs = [];
  /** @type {Map<Side, string>} */
  const failures = new Map();
  const settings = (await native?.tune({ nodes, batch }, { compile }))?.settings;
  for (let round = 0; round < rounds; round++) {
    for (const side of turn(sides, round).filter((one) => !failures.has(one))) {
      try {
        const what = /** @type {const} */ ([side, job]);
        measured[side].push(await page.evaluate(([which, details]) => window.bench[which](details), what));
      } catch (error) {
        failures.set(side, firstLine(error));
      }
    }
    if (native && settings) nativeMs.push((await native.measure({ nodes, batch }, settings, budgetMs)).msPerStep);
    console.log(progress(options, round, measured, nativeMs));
  }
  return { measured, nativeMs, failures };
}

/**
 * Who goes first changes from round to round.
 *
 * @template Participant
 * @param {readonly Participant[]} all
 * @param {number} round
 * @returns {readonly Participant[]}
 */
export function turn(all, round) {
  return round % 2 === 0 ? all : all.toReversed();
}

/**
 * @param {readonly Measurement[]} measurements of one engine
 * @param {number} batch
 * @param {number} flops one training step's, for one image
 * @param {number} productGflops
 * @returns {SideReport | null} null where nothing could be measured.
 */
export function sideReport(measurements, batch, flops, productGflops) {
  if (measurements.length === 0) return null;
  const figures = medians(measurements, FIGURES);
  const gflops = (flops * batch) / figures.msPerStep / 1e6;
  return {
    ...figures,
    spread: spread(measurements.map(({ msPerStep }) => msPerStep)),
    imagesPerSecond: (batch / figures.msPerStep) * 1000,
    gflops,
    shareOfProduct: gflops / productGflops,
  };
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function firstLine(error) {
  return (error instanceof Error ? error.message : String(error)).replace(/^(.*?Error: )+/, '').split('\n')[0] ?? '';
}

/**
 * @param {CaseOptions} options
 * @param {number} round
 * @param {Record<Side, Measurement[]>} measured
 * @param {number[]} nativeMs
 * @returns {string}
 */
function progress({ name, batch, rounds }, round, measured, nativeMs) {
  const last = (/** @type {readonly (number | undefined)[]} */ values) => values.at(-1)?.toFixed(1) ?? '-';
  const [stock, ours, tape] = [measured.stock, measured.ours, measured.tape].map((all) =>
    last(all.map(({ msPerStep }) => msPerStep)),
  );
  const taped = measured.tape.length > 0 ? `, tape ${tape}` : '';
  const besides = nativeMs.length > 0 ? `, native ${last(nativeMs)}` : '';
  return `${name} ${batch}, round ${round + 1} of ${rounds}, ms a step: stock ${stock}, ours ${ours}${taped}${besides}`;
}
