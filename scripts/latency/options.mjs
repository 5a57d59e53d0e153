import { RENDERERS } from '../bench/options.mjs';
import { oneOf, readOptions, wholeNumber } from '../setup/options.mjs';
import { Problem } from '../setup/problem.mjs';
import { FILES } from './files.mjs';

/** @typedef {'webgl' | 'wasm' | 'cpu'} LatencyBackend */
/** @typedef {'line' | 'stroke' | 'search' | 'training'} SituationName */
/** @typedef {{ presets: string[], pauses: number, batch: number | null }} PauseOptions */
/**
 * @typedef {{
 *   backends: LatencyBackend[], renderer: import('../bench/options.mjs').Renderer, situations: SituationName[],
 *   strokes: number, files: string[] | null, pause: PauseOptions | null,
 * }} LatencyOptions
 */

const BACKENDS = /** @type {const} */ (['webgl', 'wasm', 'cpu']);
const SITUATIONS = /** @type {const} */ (['line', 'stroke', 'search', 'training']);
const MAX_STROKES = 1000;
const MAX_PAUSES = 100;
const MAX_BATCH = 1024;

const OPTIONS = /** @type {const} */ ({
  backend: { type: 'string', default: 'webgl,wasm' },
  renderer: { type: 'string', default: 'llvmpipe' },
  situation: { type: 'string', default: SITUATIONS.join(',') },
  strokes: { type: 'string', default: '20' },
  files: { type: 'string' },
  pause: { type: 'string' },
  pauses: { type: 'string', default: '10' },
  batch: { type: 'string' },
});

export const USAGE = `npm run latency -- [options]
  --backend webgl,wasm  what answers: webgl, wasm or cpu
  --renderer llvmpipe   llvmpipe (as if there were no GPU), swiftshader or gpu
  --situation line      line (drawn at once), stroke (of 40 pieces, as quick as the browser takes them), search (while the
                        nearest training images are searched) or training; all of them if left out
  --strokes 20          how many strokes are timed in each situation
  --files TEXT          instead: opens the large and hostile files with this in their names (all: every one), and tells how long
                        the page is busy at once
  --pause 'ResNet-18'   instead: trains presets with these words in their titles, separated by commas, and times how long Pause takes
  --pauses 10           how often
  --batch 32            images in a batch, as the preset has it if left out`;

/**
 * @param {string[]} args what stands behind `npm run latency --`
 * @returns {LatencyOptions}
 * @throws {import('../setup/problem.mjs').Problem} where an option is unknown or its value is not one of those that it takes.
 */
export function parseOptions(args) {
  const { backend, renderer, situation, strokes, files, pause, pauses, batch } = readOptions(args, OPTIONS, USAGE);
  return {
    backends: backend.split(',').map((name) => oneOf(name, BACKENDS, '--backend')),
    situations: situation.split(',').map((name) => oneOf(name, SITUATIONS, '--situation')),
    renderer: oneOf(renderer, RENDERERS, '--renderer'),
    strokes: wholeNumber(strokes, '--strokes', MAX_STROKES),
    files: files === undefined ? null : filesNamed(files),
    pause:
      pause === undefined
        ? null
        : {
            presets: pause.split(','),
            pauses: wholeNumber(pauses, '--pauses', MAX_PAUSES),
            batch: batch === undefined ? null : wholeNumber(batch, '--batch', MAX_BATCH),
          },
  };
}

/**
 * @param {string} text
 * @returns {string[]}
 */
function filesNamed(text) {
  const names = Object.keys(FILES).filter((name) => text === 'all' || name.includes(text));
  if (names.length === 0) throw new Problem(`--files takes a part of ${Object.keys(FILES).join('; ')}.`);
  return names;
}
