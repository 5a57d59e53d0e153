import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { rateRangeOf } from '../../src/core/training/rate-range.ts';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';
import { testRates } from '../../src/worker/rate-range.ts';
import { graphOf, networkOf, SMALL_DENSE } from './support/networks.ts';
import { CALM, curveOf, RECIPE, startEngine } from './support/training.ts';

const network = networkOf(...SMALL_DENSE);
const setup = { dataset: FASHION_MNIST, network, recipe: RECIPE };

/** A clock that has the losses read every fifth step. */
function clock(): () => number {
  let reading = 0;
  return () => 20 * reading++;
}

test.each(['wasm', 'webgl'] as const)(
  'on %s the rates that train are found, and a run is as it was',
  async (backend) => {
    const engine = await startEngine(backend);
    const graph = graphOf(...SMALL_DENSE);
    const run = await curveOf(engine, graph, RECIPE, 10);
    const before = memory().numTensors;
    const context = { engine, emit: () => {}, yieldToMessages: async () => {}, now: clock() };
    const heard: number[] = [];
    const losses = await testRates(setup, context, { signal: CALM, onProgress: ({ length }) => heard.push(length) });
    const { lowest, suggestion, divergedAt } = rateRangeOf(losses);
    // Where Adam trains this network: below, hardly anything happens in so few steps; above, the loss rises.
    expect(lowest?.rate).toBeGreaterThan(3e-3);
    expect(lowest?.rate).toBeLessThan(0.2);
    expect(lowest?.smooth).toBeLessThan(1.2);
    expect(suggestion).toBeGreaterThanOrEqual(8e-4);
    expect(suggestion).toBeLessThanOrEqual(0.05);
    if (divergedAt !== null) expect(divergedAt).toBeGreaterThan(lowest?.rate ?? 0);
    expect(heard.length).toBeGreaterThan(10);
    expect(memory().numTensors).toBe(before);
    expect((await curveOf(engine, graph, RECIPE, 10)).losses).toEqual(run.losses);
  },
);
