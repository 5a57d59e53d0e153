import { beginningFile } from '../../src/core/exporting/files/beginning.ts';
import { initialValues } from '../../src/core/network/initial-values.ts';
import { sizeOf } from '../../src/core/network/shape.ts';
import { streamKey, uniformAt } from '../../src/core/random.ts';

/** @typedef {import('./prepare.mjs').Tool} Tool */

/**
 * What a program is to begin with, and the files that it is to load.
 * @typedef {object} Begun
 * @property {Record<Tool, import('../../src/core/exporting/program-options.ts').Beginning>} programs what is said to each
 * @property {Readonly<Record<string, Uint8Array>>} files none where they are absent
 * @property {readonly (Float32Array | null)[]} start what the new layers begin with in the app; null where weights are carried
 * @property {readonly Float32Array[]} weights all that the network begins with
 */

/**
 * @param {string} name of the case
 * @param {import('../../src/core/network/graph.ts').Graph} graph
 * @param {number} seed
 * @param {'all' | 'not the head' | 'absent'} which
 * @returns {Begun}
 */
export function beginningOf(name, graph, seed, which) {
  const head = which === 'not the head' ? graph.nodes.findLastIndex(({ weights }) => weights.length > 0) : -1;
  const drawn = graph.nodes.flatMap(({ weights }, layer) =>
    weights.map(({ initializer, shape, stddev }, i) => ({
      fresh: initialValues(initializer, shape, streamKey(seed, 'weights', layer, i), stddev),
      carried: layer === head ? null : chosenValues(sizeOf(shape), streamKey(seed + 1, 'weights', layer, i)),
    })),
  );
  const carried = drawn.map(({ carried: values }) => values);
  const fileOf = (/** @type {Tool} */ tool) => `${name.replaceAll(/[^a-z]+/g, '-')}-${tool}.safetensors`;
  const tools = /** @type {const} */ (['torch', 'keras']);
  const from = 'the weights of run 3';
  return {
    programs: { torch: { file: fileOf('torch'), from }, keras: { file: fileOf('keras'), from } },
    files:
      which === 'absent'
        ? {}
        : Object.fromEntries(tools.map((tool) => [fileOf(tool), beginningFile(tool, graph, carried)])),
    start: which === 'absent' ? [] : drawn.map((each) => (each.carried === null ? each.fresh : null)),
    weights: drawn.map((each) => each.carried ?? each.fresh),
  };
}

/**
 * Numbers from 0.1 to 0.9, which any weight can be: a variance, too.
 * @param {number} count
 * @param {import('../../src/core/random.ts').RandomKey} key
 */
function chosenValues(count, key) {
  return Float32Array.from({ length: count }, (_, i) => 0.1 + 0.8 * uniformAt(key, i));
}
