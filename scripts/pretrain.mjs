// Trains the network that ships with the app: Ciutacu's, by the app's own engine in the app's own worker, in a headless
// browser, on the training images and on sketches made from them, because it answers drawings. Then measures it, on the test
// images and on drawings. Writes public/pretrained/ciutacu.bin and .json. `npm run pretrain`; some minutes.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judge, train } from './pretrain/page.mjs';
import { writeSketchedData } from './pretrain/sketched-data.mjs';
import { load } from './setup/load.mjs';
import { runCommand } from './setup/problem.mjs';
import { withWorkerPage } from './setup/worker-page.mjs';
import { scoreOfSketches } from './sketches/score.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'public/pretrained');
const site = { root, outDir: '.cache/pretrain' };
/** Where below the built app the images with sketches among them are. */
const SKETCHED = 'sketched';

/** @type {typeof import('../src/datasets/fashion-mnist/presets/ciutacu.ts')} */
const { ciutacuCnn } = await load(root, 'src/datasets/fashion-mnist/presets/ciutacu.ts');
/** @type {import('../src/core/training/recipe.ts').Recipe} */
const recipe = {
  ...ciutacuCnn.recipe,
  batchSize: 128,
  validationSplit: 0.1,
  // To rest at the end, and not where the last steps happened to lead.
  schedule: { kind: 'cosine', finalShare: 0.01 },
  // Nearly all shoes of the data set point to the left, and its garments are centred to the pixel; drawings are not.
  augmentation: { ...ciutacuCnn.recipe.augmentation, flip: true, shift: 1 },
};
/** @type {typeof import('../src/core/network/graph.ts')} */
const { analyse } = await load(root, 'src/core/network/graph.ts');
/** @type {typeof import('../src/core/network/network-text.ts')} */
const { networkText } = await load(root, 'src/core/network/network-text.ts');
/** @type {typeof import('../src/core/network/weights-file.ts')} */
const { packWeights } = await load(root, 'src/core/network/weights-file.ts');

await runCommand(async () => {
  const { graph } = analyse(ciutacuCnn.network, ciutacuCnn.dataset);
  if (graph === null) throw new Error('The preset is faulty.');
  const { device, steps, weights, trainingImages } = await withWorkerPage(site, async (page, place) => {
    const dataset = await writeSketchedData(root, join(root, site.outDir, SKETCHED));
    const baseUrl = new URL(`../${SKETCHED}/`, place.baseUrl).href;
    const trainingImages = dataset.splits.train;
    const setup = { dataset, network: ciutacuCnn.network, recipe: { ...recipe, trainingImages } };
    return { ...(await page.evaluate(train, { ...place, baseUrl, setup })), trainingImages };
  });
  const file = packWeights(graph, weights.map(numbersOf));
  const sha256 = createHash('sha256').update(file).digest('hex');
  const manifest = {
    format: 2,
    dataset: ciutacuCnn.dataset.id,
    network: JSON.parse(networkText(ciutacuCnn.network)),
    file: 'ciutacu.bin',
    bytes: file.length,
    sha256,
    steps,
    testAccuracy: 0,
    madeBy: 'npm run pretrain',
    device,
    recipe: { ...recipe, trainingImages },
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, manifest.file), file);
  write(manifest);
  // Measured on what is shipped: after the weights were rounded, and through the app's own door.
  const { dataset } = ciutacuCnn;
  const { testAccuracy, sketches } = await withWorkerPage(site, async (page, place) => ({
    testAccuracy: await page.evaluate(judge, { ...place, dataset }),
    sketches: (await scoreOfSketches(root, page, place)).total,
  }));
  write({ ...manifest, testAccuracy, sketches });
  console.log(`${manifest.file}: ${file.length} bytes, ${(testAccuracy * 100).toFixed(2)} % of the test set`);
  console.log(`Of ${sketches.drawings} drawings, ${sketches.first} first and ${sketches.topTwo} in the first two.`);
});

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
