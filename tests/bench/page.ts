import { sizeOf } from '../../src/core/network/shape.ts';
import { ask } from './ask.ts';
import { graphOf, trainingFlops } from './cases.ts';
import type { Job, Measurement, ProductMeasurement } from './job.ts';

/** What the command drives from outside. */
const bench = {
  stock: (job: Job) =>
    ask<Measurement>(new Worker(new URL('./stock.worker.ts', import.meta.url), { type: 'module' }), job),
  ours: (job: Job) =>
    ask<Measurement>(new Worker(new URL('./ours.worker.ts', import.meta.url), { type: 'module' }), job),
  tape: (job: Job) =>
    ask<Measurement>(new Worker(new URL('./tape.worker.ts', import.meta.url), { type: 'module' }), job),
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
