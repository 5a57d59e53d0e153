import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { zipSync } from 'fflate';
import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import { load } from '../setup/load.mjs';
import { epochsOf } from './epoch-table.mjs';
import { runPython } from './python.mjs';

/** How many samples are asked about. */
export const SAMPLES = 100;

/** How many of them TensorFlow.js is asked about where a network is large: its plain backend takes seconds for each. */
const FEW = 5;

/** Presets with more parameters are only tried where that is asked for. */
export const SMALL = 1_000_000;

/** How far logits may be from those of the app. */
export const TOLERANCE = 1e-4;

/** The tools in the order of the table. */
const TOOLS = /** @type {const} */ (['torch', 'keras-program', 'keras', 'onnxruntime', 'tfjs']);

/**
 * What came of a network in a tool: the largest difference of a logit, or why there is none.
 * @typedef {{ apart: number } | { missing: string } | { error: string }} Outcome
 */

/** @typedef {{ name: string, parameters: number, outcomes: Readonly<Record<string, Outcome>> }} FileResult */

/**
 * Opens the files of networks in all tools, and compares their logits with those of the app.
 * @param {object} options
 * @param {string} options.root the project's folder
 * @param {string} options.python
 * @param {(name: string, parameters: number) => boolean} options.wanted
 * @returns {Promise<readonly FileResult[]>}
 */
export async function verifyFiles({ root, python, wanted }) {
  /** @type {typeof import('./file-cases.mjs')} */
  const { fileCases } = await load(root, 'scripts/exports/file-cases.mjs');
  /** @type {FileResult[]} */
  const results = [];
  const cases = fileCases(root).filter(({ name, parameters }) => wanted(name, parameters));
  // A few at a time: the files of the largest networks take hundreds of megabytes.
  for (let start = 0; start < cases.length; start += 12) {
    const folder = mkdtempSync(join(tmpdir(), 'fitting-room-files-'));
    try {
      results.push(...(await verifyGroup(folder, cases.slice(start, start + 12), root, python)));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return results;
}

/**
 * What is wrong about the files of a network; empty where nothing is.
 * @param {FileResult} result
 * @returns {readonly string[]}
 */
export function problemsOf({ outcomes }) {
  return Object.entries(outcomes).flatMap(([tool, outcome]) => {
    if ('error' in outcome) return [`${tool}: ${outcome.error}`];
    return 'apart' in outcome && !(outcome.apart <= TOLERANCE) ? [`${tool}: logits apart by ${outcome.apart}`] : [];
  });
}

/**
 * Writes what came of the files into docs/exports.md.
 * @param {string} root the project's folder
 * @param {readonly FileResult[]} results
 * @param {{ large: boolean, isPart: boolean }} options whether the largest presets are among them, and whether some of the others are
 *   not: their rows stay
 */
export function writeTable(root, results, { large, isPart }) {
  const path = join(root, 'docs/exports.md');
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const rows = new Map((isPart ? rowsOf(before) : []).map((row) => [row.split(' | ')[0] ?? '', row]));
  for (const { name, parameters, outcomes } of results) {
    const cells = TOOLS.map((tool) => cellOf(outcomes[tool] ?? { error: 'not run' }));
    rows.set(`| ${name}`, `| ${name} | ${parameters.toLocaleString('en')} | ${cells.join(' | ')} |`);
  }
  const lacks = new Set([
    ...(isPart ? (before.match(/^- TensorFlow\.js .*$/gm) ?? []) : []),
    ...results.flatMap(({ outcomes }) =>
      Object.values(outcomes).flatMap((each) => ('missing' in each ? [`- ${each.missing}`] : [])),
    ),
  ]);
  const text = `${headOf(large)}\n${[...rows.values()].join('\n')}\n\n${[...lacks].join('\n')}\n`;
  writeFileSync(path, `${text}${epochsOf(before)}`);
}

/** The rows of the table in a text. */
/** @param {string} text */
function rowsOf(text) {
  const lines = text.slice(0, text.length - epochsOf(text).length).split('\n');
  return lines.slice(lines.indexOf('|---|---:|---:|---:|---:|---:|---:|') + 1).filter((line) => line.startsWith('| '));
}

/** @param {boolean} large */
const headOf = (large) => `# Networks in other tools

The app saves a trained network for PyTorch (a program and SafeTensors), Keras 3 (a program and HDF5, or a \`.keras\` file), ONNX
Runtime and TensorFlow.js. \`npm run verify-exports -- --tool files${large ? ' --large' : ''} --table\` opens the files of ${large ? 'every preset' : `the presets of up to ${SMALL.toLocaleString('en')} parameters (of all with \`--large\`)`}
and of a network for each kind of layer in these tools, asks them about ${SAMPLES} samples${large ? ` (TensorFlow.js about ${FEW}, where there are more than ${SMALL.toLocaleString('en')} parameters)` : ''}, and writes this table: the largest difference of a logit
from the app's. ${TOLERANCE} is the most that is let pass; lacking: see below. \`npm test\` asks TensorFlow.js and ONNX Runtime Web about those
of up to 50,000 parameters, without Python.

Keras on PyTorch repeats the edge of images where the margins of an AveragePooling2D are not alike on both sides; Keras on
TensorFlow or JAX and all other tools leave it out, as the app does.

| Network | Parameters | PyTorch | Keras program | .keras | ONNX Runtime | TensorFlow.js |
|---|---:|---:|---:|---:|---:|---:|`;

/** @param {Outcome} outcome */
function cellOf(outcome) {
  if ('missing' in outcome) return 'lacking';
  return 'error' in outcome ? 'failed' : outcome.apart.toExponential(0);
}

/**
 * @param {string} folder
 * @param {readonly import('./file-cases.mjs').FileCase[]} cases
 * @param {string} root
 * @param {string} python
 * @returns {Promise<readonly FileResult[]>}
 */
async function verifyGroup(folder, cases, root, python) {
  /** @type {{ folder: string, shape: number[] }[]} */
  const given = [];
  /** @type {{ logits: Float32Array, tfjs: Outcome }[]} */
  const expected = [];
  for (const [i, { parameters, prepare }] of cases.entries()) {
    const isLarge = parameters > SMALL;
    const prepared = await prepare(isLarge);
    const own = join(folder, String(i));
    mkdirSync(own);
    for (const [name, bytes] of Object.entries(prepared.files)) writeFileSync(join(own, name), bytes);
    writeFileSync(join(own, 'network.keras'), zipSync(prepared.kerasParts, { level: 0 }));
    writeFileSync(join(own, 'torch.py'), prepared.programs.torch);
    writeFileSync(join(own, 'keras.py'), prepared.programs.keras);
    writeFileSync(join(own, 'inputs.bin'), prepared.inputs);
    given.push({ folder: String(i), shape: prepared.shape });
    expected.push({ logits: prepared.logits, tfjs: await inTfjs(prepared, isLarge ? FEW : SAMPLES) });
  }
  writeFileSync(join(folder, 'cases.json'), JSON.stringify(given));
  await runPython(python, [join(root, 'scripts/exports/in_files.py'), folder]);
  return cases.map(({ name, parameters }, i) => {
    const own = join(folder, String(i));
    const errors = JSON.parse(readFileSync(join(own, 'errors.json'), 'utf8'));
    const { logits = new Float32Array(), tfjs } = expected[i] ?? {};
    /** @type {(tool: string) => Outcome} */
    const outcomeOf = (tool) => {
      if (tool === 'tfjs') return tfjs ?? { error: 'not run' };
      if (tool in errors) return { error: errors[tool].trim().split('\n').at(-1) };
      return apart(logits, floatsOf(readFileSync(join(own, `${tool}.bin`))));
    };
    return { name, parameters, outcomes: Object.fromEntries(TOOLS.map((tool) => [tool, outcomeOf(tool)])) };
  });
}

/**
 * @param {import('./file-cases.mjs').PreparedFiles} prepared
 * @param {number} [count] of the samples
 * @returns {Promise<Outcome>}
 */
export async function inTfjs({ tfjs, shape, inputs, logits }, count = SAMPLES) {
  if (typeof tfjs === 'string') return { missing: tfjs };
  const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(tfjs['model.json']));
  const weightData = Uint8Array.from(tfjs['weights.bin'] ?? []).buffer;
  try {
    const model = await tf.loadLayersModel(
      tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
    );
    // Without the last function its outputs are logits.
    const { activation } = /** @type {{ activation?: unknown }} */ (tf.layers.activation({ activation: 'linear' }));
    Object.assign(model.layers.at(-1) ?? {}, { activation });
    const answer = tf.tidy(() => {
      const some = inputs.subarray(0, (inputs.length / SAMPLES) * count);
      const output = model.predict(tf.tensor(some, [count, ...shape]));
      return Float32Array.from((Array.isArray(output) ? output[0] : output)?.dataSync() ?? []);
    });
    model.dispose();
    return apart(logits.subarray(0, (logits.length / SAMPLES) * count), answer);
  } catch (error) {
    return { error: String(error).split('\n')[0] ?? '' };
  }
}

// One thread: the others would be workers that keep Node from ending.
env.wasm.numThreads = 1;

/**
 * Asks ONNX Runtime as it runs in browsers, which needs no Python.
 * @param {import('./file-cases.mjs').PreparedFiles} prepared
 * @returns {Promise<Outcome>}
 */
export async function inOnnxruntimeWeb({ files, shape, inputs, logits }) {
  const file = files['network.onnx'];
  if (file === undefined) return { error: 'no file' };
  try {
    const session = await InferenceSession.create(file);
    const input = new Tensor('float32', inputs, [inputs.length / shape.reduce((a, b) => a * b, 1), ...shape]);
    const answer = await session.run({ input }, ['logits']);
    const values = await answer['logits']?.getData();
    await session.release();
    return values instanceof Float32Array ? apart(logits, values) : { error: 'no logits' };
  } catch (error) {
    return { error: String(error).split('\n')[0] ?? '' };
  }
}

/**
 * @param {Float32Array} app
 * @param {Float32Array} other
 * @returns {Outcome}
 */
function apart(app, other) {
  if (app.length !== other.length) return { error: `${other.length} logits, not ${app.length}` };
  return { apart: app.reduce((most, value, i) => Math.max(most, Math.abs(value - (other[i] ?? Number.NaN))), 0) };
}

/** @param {Buffer} bytes */
function floatsOf(bytes) {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
