// Trains the network that ships with the app: Ciutacu's, by the app's own engine in the app's own worker, in a headless
// browser. Writes public/pretrained/ciutacu.bin and .json. `npm run pretrain`; some minutes.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { runnerImport } from 'vite';
import { judge, train } from './pretrain/page.mjs';
import { browserFlags } from './setup/browser.mjs';
import { ensureBrowser } from './setup/install-browser.mjs';
import { freePort } from './setup/port.mjs';
import { runCommand } from './setup/problem.mjs';
import { serveSite } from './setup/site.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'public/pretrained');

/** @type {typeof import('../src/core/presets/ciutacu.ts')} */
const { ciutacuCnn } = await load('src/core/presets/ciutacu.ts');
/** @type {import('../src/core/recipe.ts').Recipe} */
const recipe = {
  ...ciutacuCnn.recipe,
  batchSize: 128,
  validationSplit: 0.1,
  // To rest at the end, and not where the last steps happened to lead.
  schedule: { kind: 'cosine', finalShare: 0.01 },
  // Nearly all shoes of the data set point to the left, and its garments are centred to the pixel; drawings are not.
  augmentation: { ...ciutacuCnn.recipe.augmentation, flip: true, shift: 1 },
};
/** @type {typeof import('../src/core/graph.ts')} */
const { analyse } = await load('src/core/graph.ts');
/** @type {typeof import('../src/core/weights-file.ts')} */
const { packWeights } = await load('src/core/weights-file.ts');

await runCommand(async () => {
  const { graph } = analyse(ciutacuCnn.network);
  if (graph === null) throw new Error('The preset is faulty.');
  const { device, steps, weights } = await inApp((page, place) =>
    page.evaluate(train, { ...place, network: ciutacuCnn.network, recipe }),
  );
  const file = packWeights(graph, weights.map(numbersOf));
  const sha256 = createHash('sha256').update(file).digest('hex');
  const manifest = {
    format: 1,
    preset: ciutacuCnn.id,
    file: 'ciutacu.bin',
    bytes: file.length,
    sha256,
    steps,
    testAccuracy: 0,
    madeBy: 'npm run pretrain',
    device,
    recipe,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, manifest.file), file);
  write(manifest);
  // Measured on what is shipped: after the weights were rounded, and through the app's own door.
  const testAccuracy = await inApp((page, place) => page.evaluate(judge, place));
  write({ ...manifest, testAccuracy });
  console.log(`${manifest.file}: ${file.length} bytes, ${(testAccuracy * 100).toFixed(2)} % of the test set`);
});

/**
 * Builds and serves the app, and does something in a page of its origin that has the address of its worker.
 * @template Result
 * @param {(
 *   page: import('playwright').Page,
 *   place: { workerUrl: string, baseUrl: string, shippedUrl: string },
 * ) => Promise<Result>} task
 * @returns {Promise<Result>}
 */
async function inApp(task) {
  const site = await serveSite({ root, port: await freePort(), outDir: '.cache/pretrain' });
  const browser = await chromium.launch({ executablePath: ensureBrowser(root), args: browserFlags() });
  try {
    const page = await browser.newPage();
    const started = page.waitForEvent('worker');
    await page.goto(site.address);
    const workerUrl = (await started).url();
    // Any page of the origin that starts no worker of its own.
    await page.goto(new URL('data/LICENSE', site.address).href);
    page.on('console', (message) => message.type() === 'log' && console.log(message.text()));
    const [baseUrl, shippedUrl] = ['data/', 'pretrained/ciutacu.json'].map((path) => new URL(path, site.address).href);
    return await task(page, { workerUrl, baseUrl: baseUrl ?? '', shippedUrl: shippedUrl ?? '' });
  } finally {
    await browser.close();
    await site.close();
  }
}

/** @param {object} manifest */
function write(manifest) {
  writeFileSync(join(folder, 'ciutacu.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * Bytes in base64 as the singles that they are.
 * @param {string} base64
 */
function numbersOf(base64) {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return new Float32Array(bytes.buffer);
}

/**
 * A TypeScript file of the project.
 * @template Module
 * @param {string} file
 * @returns {Promise<Module>}
 */
async function load(file) {
  const { module } = await runnerImport(join(root, file), { configFile: false, root });
  return module;
}
