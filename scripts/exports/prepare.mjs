import { inputShapeOf } from '../../src/core/dataset/spec.ts';
import { kerasCode } from '../../src/core/exporting/keras.ts';
import { pytorchCode } from '../../src/core/exporting/pytorch.ts';
import { analyse } from '../../src/core/network/graph.ts';
import { initialValues } from '../../src/core/network/initial-values.ts';
import { kerasNames } from '../../src/core/network/keras-names.ts';
import { streamKey } from '../../src/core/random.ts';
import { augmentImage } from '../../src/core/training/augment.ts';
import { defaultRecipe } from '../../src/core/training/recipe.ts';
import { layers } from '../../tests/fixtures/specs/fixture.ts';
import { beginningOf } from './beginnings.mjs';
import { CASES } from './cases.mjs';
import { smallDatasets } from './datasets.mjs';
import { logitsInApp, trainInApp } from './reference.mjs';

/** @typedef {import('./reference.mjs').Inputs} Inputs */

/** Copies of the probe that the app varies. */
const VARIED = 4000;

/** The tools that programs are written for, and where each puts the samples that it sets aside. */
const WRITERS = /** @type {const} */ ({
  torch: { write: pytorchCode, validatesOnFirst: true },
  keras: { write: kerasCode, validatesOnFirst: false },
});

/** @typedef {keyof typeof WRITERS} Tool */
/** @typedef {Record<Tool, import('./reference.mjs').Course>} Courses */

/**
 * A case as the runner reads it, and what the app makes of it.
 * @typedef {object} Prepared
 * @property {object} given for cases.json
 * @property {string} name
 * @property {'course' | 'start' | 'variation' | 'beginning'} fact
 * @property {boolean} isShared by two processes
 * @property {Courses | null} courses by tool: each has its own order
 * @property {readonly boolean[]} trainable of each weight
 * @property {Readonly<Record<string, number>>} start the standard deviation of each kernel
 * @property {import('./compare.mjs').Moments | null} variation of the probe
 * @property {readonly number[]} logits before the first step, of the samples to test on; none but for a beginning
 * @property {Readonly<Record<string, Uint8Array>>} files what the programs find beside them
 */

/**
 * The cases that are wanted.
 *
 * @param {(name: string) => boolean} wanted
 * @returns {readonly Prepared[]}
 */
export function prepareCases(wanted) {
  const datasets = smallDatasets();
  return Object.entries(CASES)
    .filter(([name]) => wanted(name))
    .map(([name, { rows, dataset = 'spots', recipe: changes = {}, fact = 'course', isShared = false, carried }]) => {
      const data = datasets[dataset];
      const { graph, issues } = analyse({ layers: layers(...rows) }, data.spec);
      if (graph === null) throw new Error(`${name}: ${issues.map(({ message }) => message).join(' ')}`);
      const recipe = { ...defaultRecipe(data.spec), epochs: 3, learningRate: 0.01, ...changes };
      const inputs = { train: inputsOf(data.spec, data.train), test: inputsOf(data.spec, data.test) };
      const held = recipe.validateOn === 'split' ? Math.round(recipe.trainingImages * recipe.validationSplit) : 0;
      const courseOf = (/** @type {Tool} */ tool) => {
        const count = recipe.trainingImages;
        const [head, tail] = WRITERS[tool].validatesOnFirst ? [held, count] : [0, count - held];
        const validation = WRITERS[tool].validatesOnFirst
          ? slice(inputs.train, 0, held)
          : slice(inputs.train, tail, count);
        const judged = recipe.validateOn === 'test' ? inputs.test : validation;
        return trainInApp(graph, recipe, slice(inputs.train, head, tail), judged);
      };
      const courses = fact === 'course' ? { torch: courseOf('torch'), keras: courseOf('keras') } : null;
      const names = kerasNames(graph.nodes.map(({ spec }) => spec));
      const weights = graph.nodes.flatMap(({ spec: { kind }, weights: own }, layer) =>
        own.map(({ name: weight, shape, trainable }) => ({
          layer: names[layer],
          kind,
          name: weight,
          shape,
          trainable,
        })),
      );
      const begun = carried === undefined ? null : beginningOf(name, graph, recipe.seed, carried);
      const optionsFor = (/** @type {Tool} */ tool) => ({ isShared, beginning: begun?.programs[tool] ?? null });
      const programs = {
        torch: pytorchCode(graph, recipe, optionsFor('torch')),
        keras: kerasCode(graph, recipe, optionsFor('keras')),
      };
      const given = courses?.torch.start ?? begun?.start ?? [];
      const asked = fact === 'beginning' ? inputs.test : null;
      const probe = fact === 'variation' ? probeOf(data.spec) : null;
      return {
        name,
        fact,
        isShared,
        courses,
        trainable: weights.map(({ trainable }) => trainable),
        start: startOf(graph, names),
        variation: probe && variationOf(probe, recipe.augmentation),
        logits: asked && begun ? logitsInApp(graph, begun.weights, asked) : [],
        files: begun?.files ?? {},
        given: {
          name,
          dataset: data.spec.id,
          programs,
          inOrder: fact === 'course',
          weights: weights.flatMap((weight, i) => (given[i] ? [{ ...weight, values: [...given[i]] }] : [])),
          asked: asked && { values: [...asked.values], shape: [asked.labels.length, ...inputShapeOf(data.spec)] },
          probe: probe && { values: [...probe.pixels], shape: inputShapeOf(data.spec), source: programs.torch },
        },
      };
    });
}

/**
 * @param {import('../../src/core/dataset/spec.ts').DatasetSpec} spec
 * @param {import('./datasets.mjs').Samples} samples
 * @returns {Inputs}
 */
function inputsOf({ samples: { storage, scale } }, { values, labels }) {
  const stored = storage === 'uint8' ? values : new Float32Array(values.buffer);
  return { values: Float32Array.from(stored, (value) => value / scale), labels };
}

/**
 * @param {Inputs} inputs
 * @param {number} from
 * @param {number} to
 * @returns {Inputs}
 */
function slice({ values, labels }, from, to) {
  const size = values.length / labels.length;
  return { values: values.slice(from * size, to * size), labels: labels.slice(from, to) };
}

/**
 * The standard deviation that each kernel starts with, over many seeds, by the layer's name and the place of the kernel in it.
 * @param {import('../../src/core/network/graph.ts').Graph} graph
 * @param {readonly string[]} names
 */
function startOf({ nodes }, names) {
  const kernels = nodes.flatMap(({ weights }, layer) =>
    weights
      .filter(({ name, shape }) => shape.length > 1 && !/bias/i.test(name))
      .map(({ initializer, shape, stddev }, i) => {
        const values = Array.from({ length: 20 }, (_, seed) => [
          ...initialValues(initializer, shape, streamKey(seed, 'weights', layer, i), stddev),
        ]).flat();
        const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
        return /** @type {const} */ ([`${names[layer]} ${i}`, Math.sqrt(square)]);
      }),
  );
  return Object.fromEntries(kernels);
}

/** @param {import('../../src/core/dataset/spec.ts').DatasetSpec} spec */
function probeOf({ samples }) {
  if (samples.kind !== 'image') throw new TypeError('Rows of a table are not varied.');
  const { height, width, channels } = samples;
  const pixels = Uint8Array.from({ length: height * width * channels }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return Math.round(230 * Math.exp(-((x - 3.2) ** 2 / 5 + (y - 4.1) ** 2 / 9)));
  });
  return { pixels, size: { height, width, channels } };
}

/**
 * What the app's variation does to a probe, as run.py measures it.
 * @param {{ pixels: Uint8Array, size: { height: number, width: number, channels: number } }} probe
 * @param {import('../../src/core/training/augmentation.ts').AugmentationSpec} spec
 * @returns {import('./compare.mjs').Moments}
 */
function variationOf({ pixels, size }, spec) {
  const count = pixels.length;
  const [sums, squares] = [new Float64Array(count), new Float64Array(count)];
  let [changed, area, least, most] = [0, 0, 1, 0];
  for (let index = 0; index < VARIED; index++) {
    const image = augmentImage(pixels, spec, streamKey(1, 'augmentation', 0, 0), index, size);
    let differing = 0;
    image.forEach((value, i) => {
      sums[i] = (sums[i] ?? 0) + value;
      squares[i] = (squares[i] ?? 0) + value * value;
      least = Math.min(least, value);
      most = Math.max(most, value);
      if (Math.abs(value - (pixels[i] ?? 0) / 255) > 0.006) differing += 1;
    });
    if (differing > 0) changed += 1;
    area += differing / count;
  }
  const mean = Array.from(sums, (sum) => sum / VARIED);
  const deviation = mean.map((value, i) => Math.sqrt(Math.max(0, (squares[i] ?? 0) / VARIED - value * value)));
  return { mean, deviation, changed: changed / VARIED, area: changed === 0 ? 0 : area / changed, least, most };
}
