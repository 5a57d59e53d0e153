import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser, servePage } from '../bench/site.mjs';
import { digestOf } from './in-pytorch.mjs';
import { ENGINES } from './options.mjs';

/** @typedef {import('./options.mjs').EngineId} EngineId */
/** @typedef {import('../../tests/parity/job.ts').ParityResult} ParityResult */

/**
 * @typedef {object} Trainers
 * @property {string} digest of everything that trains
 * @property {(engine: EngineId, training: import('./in-pytorch.mjs').Training, steps: number) => Promise<ParityResult>} train
 * @property {() => Promise<void>} close
 */

/**
 * The app's engine in browsers: one for WebGPU, which needs flags that others do not, and one for all else.
 * @param {string} root the project's folder
 * @param {import('../bench/options.mjs').Renderer} renderer
 * @returns {Promise<Trainers>}
 */
export async function openTrainers(root, renderer) {
  const site = await servePage(root, 'tests/parity');
  /** @type {Map<string, Promise<{ page: import('playwright').Page, browser: import('playwright').Browser }>>} */
  const opened = new Map();
  const open = async (/** @type {'webgl' | 'webgpu'} */ kind) => {
    const browser = await openBrowser(renderer, kind);
    const page = await browser.newPage({ serviceWorkers: 'block' });
    await page.goto(site.address);
    return { page, browser };
  };
  return {
    digest: digestOf(scriptsIn(site.folder)),
    async train(engine, { id, seed }, steps) {
      const { backend, way } = ENGINES[engine];
      const kind = backend === 'webgpu' ? 'webgpu' : 'webgl';
      const opening = opened.get(kind) ?? open(kind);
      opened.set(kind, opening);
      const { page } = await opening;
      const job = { id, seed, steps, backend, way, dataUrl: new URL('data/', site.address).href };
      return page.evaluate((details) => window.parity.train(details), job);
    },
    async close() {
      for (const opening of opened.values()) await (await opening).browser.close();
      await site.close();
    },
  };
}

/**
 * @param {string} folder of a page that was built
 * @returns {string[]} its scripts and kernels
 */
function scriptsIn(folder) {
  const assets = join(folder, 'assets');
  return readdirSync(assets)
    .sort()
    .map((name) => join(assets, name));
}
