import { sizeOf } from '../../src/core/network/shape.ts';
import { graphOf, trainingFlops } from './cases.ts';
import type { Answer, Job, Measurement, ProductMeasurement } from './job.ts';

/** What the command drives from outside. */
const bench = {
  stock: (job: Job) =>
    ask<Measurement>(new Worker(new URL('./stock.worker.ts', import.meta.url), { type: 'module' }), job),
  ours: (job: Job) =>
    ask<Measurement>(new Worker(new URL('./ours.worker.ts', import.meta.url), { type: 'module' }), job),
  product: (job: Pick<Job, 'backend'>) =>
    ask<ProductMeasurement>(new Worker(new URL('./product.worker.ts', import.meta.url), { type: 'module' }), job),
  describe,
};

declare global {
  interface Window {
    bench: typeof bench;
  }
}

window.bench = bench;

/** Asks a fresh worker, which ends with its answer and frees all that it held. */
async function ask<Result>(worker: Worker, question: unknown): Promise<Result> {
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Answer<Result>>) =>
        'error' in data ? reject(new Error(data.error)) : resolve(data.result);
      // A script that cannot be fetched says nothing.
      worker.onerror = ({ message }) => reject(new Error(message || 'A worker could not be loaded.'));
      worker.postMessage(question);
    });
  } finally {
    worker.terminate();
  }
}

/** A case as other programs may rebuild it: its layers, and what it costs to train. */
function describe(name: string) {
  const graph = graphOf(name);
  const weights = graph.nodes.flatMap((node) => node.weights);
  return {
    nodes: graph.nodes.map(({ spec, inputs, input, output }) => ({ spec, inputs, input, output })),
    parameters: weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    trainingFlops: trainingFlops(graph),
  };
}
