import { ask } from '../bench/ask.ts';
import type { ParityJob, ParityResult } from './job.ts';

/** What the command drives from outside. */
const parity = {
  train: (job: ParityJob) =>
    ask<ParityResult>(new Worker(new URL('./trainer.worker.ts', import.meta.url), { type: 'module' }), job),
};

declare global {
  interface Window {
    parity: typeof parity;
  }
}

window.parity = parity;
