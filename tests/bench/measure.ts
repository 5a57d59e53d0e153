import { countGlCalls, type GlCounts } from './gl-counter.ts';
import type { Answer, Job, Measurement } from './job.ts';
import { countWebgpuCalls } from './webgpu-counter.ts';

/** A network in training, whichever engine does it. */
export interface Subject {
  /** Trains on so many batches, and resolves when the last of them is done on the device. */
  train(steps: number): Promise<void>;
  /** The most steps that `train` can be asked for at once. */
  readonly maxSteps: number;
}

/** Steps before the clock starts, for the just-in-time compiler and the texture pool: as many as fit this share. */
const WARM_UP_SHARE = 0.3;

/**
 * Builds, warms up and times a subject. The counts of a single step are taken off those of the timed ones, so that what
 * a call of `train` costs beside its steps is left out of the counts.
 */
export async function measure(
  open: () => Promise<Subject>,
  counts: () => GlCounts,
  budgetMs: number,
): Promise<Omit<Measurement, 'device'>> {
  const started = performance.now();
  const subject = await open();
  await subject.train(1);
  const firstStepMs = performance.now() - started;
  const single = await observe(subject, 1, counts);
  const warmUp = stepsFor(budgetMs * WARM_UP_SHARE, single.ms, subject.maxSteps);
  const warm = warmUp > 1 ? await observe(subject, warmUp, counts) : single;
  const steps = Math.max(2, stepsFor(budgetMs, warm.ms / warm.steps, subject.maxSteps));
  const timed = await observe(subject, steps, counts);
  const perStep = (figure: 'draws' | 'uploads' | 'readbacks') => (timed[figure] - single[figure]) / (steps - 1);
  return {
    steps,
    msPerStep: timed.ms / steps,
    firstStepMs,
    drawsPerStep: perStep('draws'),
    uploadsPerStep: perStep('uploads'),
    readbacksPerStep: perStep('readbacks'),
    gpuBytes: counts().bytes,
  };
}

function stepsFor(budgetMs: number, msPerStep: number, maxSteps: number): number {
  return Math.max(1, Math.min(maxSteps, Math.floor(budgetMs / msPerStep)));
}

async function observe(subject: Subject, steps: number, counts: () => GlCounts) {
  const before = counts();
  const started = performance.now();
  await subject.train(steps);
  const ms = performance.now() - started;
  const after = counts();
  const [draws, uploads] = [after.draws - before.draws, after.uploads - before.uploads];
  return { steps, ms, draws, uploads, readbacks: after.readbacks - before.readbacks };
}

/** Answers every message with what `work` makes of it, or with the error. */
export function answer<Question, Result>(work: (question: Question) => Promise<Result>): void {
  addEventListener('message', async ({ data }: MessageEvent<Question>) => {
    const reply: Answer<Result> = await work(data).then(
      (result) => ({ result }),
      (error: unknown) => ({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
    postMessage(reply);
  });
}

/** What does the arithmetic of a backend, as the driver or the browser names it. */
export async function deviceOf(backend: Job['backend']): Promise<string> {
  if (backend === 'wasm') return 'cpu';
  if (backend === 'webgl') return rendererName();
  const { vendor, architecture, description } = (await navigator.gpu?.requestAdapter())?.info ?? {};
  return [vendor, architecture, description].filter((part) => part).join(' ') || 'no WebGPU';
}

/** Counts the calls of a backend from now on. */
export function countCalls(backend: Job['backend']): () => GlCounts {
  return backend === 'webgpu' ? countWebgpuCalls() : countGlCalls();
}

/** The renderer behind WebGL, as the driver names it. */
function rendererName(): string {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = info && gl?.getParameter(info.UNMASKED_RENDERER_WEBGL);
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return typeof name === 'string' ? name : 'no WebGL2';
}
