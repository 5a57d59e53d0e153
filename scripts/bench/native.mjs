import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PYTHON = '/usr/bin/python3';
const SCRIPT = fileURLToPath(new URL('native.py', import.meta.url));

/** @typedef {{ nodes: unknown, batch: number, budgetMs: number }} NativeJob */
/** @typedef {{ measure: (job: NativeJob) => Promise<{ msPerStep: number }>, close: () => void }} Native */

/**
 * PyTorch on two threads, in a process of its own.
 *
 * @returns {Native | undefined} undefined where Python or PyTorch is missing.
 */
export function openNative() {
  if (spawnSync(PYTHON, ['-c', 'import torch']).status !== 0) return undefined;
  const child = spawn(PYTHON, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async measure(job) {
      child.stdin.write(`${JSON.stringify(job)}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error('native.py ended early: see its message above.');
      return JSON.parse(value);
    },
    close: () => child.stdin.end(),
  };
}
