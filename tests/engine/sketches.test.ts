import { beforeAll, expect, test } from 'vitest';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';
import { ShippedNetwork } from '../../src/worker/shipped.ts';
import { placeOf, seenSketch, sketches } from '../fixtures/sketches/drawings.ts';
import { startEngine } from './support/training.ts';

/** At which place each drawing's class comes in the answer of the network that ships with the app, 1 as the first. */
let places: number[];

beforeAll(async () => {
  const shipped = new ShippedNetwork(await startEngine('wasm'), (input, init) => fetch(input, init));
  shipped.locate({ url: new URL('/pretrained/ciutacu.json', location.href).href, dataset: FASHION_MNIST });
  const drawings = sketches();
  const images = drawings.map(seenSketch);
  const pixels = new Uint8Array(images.flatMap((image) => [...image]));
  const answer = await shipped.predict(pixels);
  if (answer === null) throw new Error('The network that ships with the app cannot be had.');
  places = drawings.map(({ label }, i) => placeOf(answer.probabilities.subarray(i * 10, (i + 1) * 10), label));
});

test('of sixty drawings by hand, 45 have their class first and 54 in the first two', () => {
  expect(places).toHaveLength(60);
  expect(places.filter((place) => place === 1).length).toBeGreaterThanOrEqual(45);
  expect(places.filter((place) => place <= 2).length).toBeGreaterThanOrEqual(54);
});
