import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SYSTEM_PYTHON = '/usr/bin/python3';
const SCRIPT = fileURLToPath(new URL('native.py', import.meta.url));

/** @typedef {{ channelsLast: boolean, fused: boolean, compiled: boolean }} Settings */
/** @typedef {{ nodes: unknown, batch: number }} NativeCase */
/** @typedef {{ settings: Settings, failures: string[], version: string }} Tuned */
/**
 * PyTorch on two threads, in a process of its own.
 * @typedef {object} Native
 * @property {(one: NativeCase, options: { compile: boolean }) => Promise<Tuned>} tune finds its fastest settings for a network
 * @property {(one: NativeCase, settings: Settings, budgetMs: number) => Promise<{ msPerStep: number }>} measure
 * @property {() => void} close
 */

/**
 * The PyTorch of the system; Debian 12 has 1.13.
 *
 * @returns {Native | undefined} undefined where Python or PyTorch is missing.
 */
export function openSystemNative() {
  if (!existsSync(SYSTEM_PYTHON) || spawnSync(SYSTEM_PYTHON, ['-c', 'import torch']).status !== 0) return undefined;
  return openNative(SYSTEM_PYTHON);
}

/**
 * @param {string} python that has PyTorch
 * @returns {Native}
 */
export function openNative(python) {
  const child = spawn(python, ['-B', SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (/** @type {object} */ request) => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error('native.py ended early: see its message above.');
    return JSON.parse(value);
  };
  return {
    tune: (one, options) => ask({ work: 'tune', ...one, ...options }),
    measure: (one, settings, budgetMs) => ask({ work: 'measure', ...one, settings, budgetMs }),
    close: () => child.stdin.end(),
  };
}

/**
 * Settings in words: `channels last, fused Adam`.
 *
 * @param {Settings} settings
 * @returns {string}
 */
export function settingsText({ channelsLast, fused, compiled }) {
  const words = [channelsLast && 'channels last', fused && 'fused Adam', compiled && 'compiled'].filter((word) => word);
  return words.length === 0 ? 'as it comes' : words.join(', ');
}
