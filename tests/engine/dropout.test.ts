import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { streamKey, uniformAt } from '../../src/core/random.ts';
import type { Device } from '../../src/engine/device.ts';
import { Model } from '../../src/engine/tape/model.ts';
import { dropout } from '../../src/engine/tape/ops/dropout.ts';
import { NetworkWeights } from '../../src/engine/tape/weights.ts';
import { keepMask } from '../../src/engine/webgl/kernels/keep-mask.ts';
import { graphOf, type Row } from './support/networks.ts';
import { onDevice, testOnBackends } from './support/on-backends.ts';

const KEY = streamKey(42, 'dropout', 3, 17);

async function maskOn(device: Device, shape: number[], rate: number, key = KEY): Promise<Float32Array> {
  const mask = tf.tidy(() => keepMask(shape, rate, key));
  const values = await device.read(mask);
  mask.dispose();
  return values;
}

testOnBackends(
  'a value is dropped where the generator is below the rate, and else divided by what is kept',
  async (device) => {
    for (const rate of [0.1, 0.25, 0.5, 0.95]) {
      const kept = Math.fround(1 / (1 - rate));
      const expected = Float32Array.from({ length: 5 * 7 * 3 }, (_, i) => (uniformAt(KEY, i) >= rate ? kept : 0));
      expect(await maskOn(device, [5, 7, 3], rate)).toEqual(expected);
    }
  },
);

test('WebGL, WebAssembly and JavaScript drop the same of a million values', async () => {
  const shape = [32, 28, 28, 40];
  const masks: Float32Array[] = [];
  for (const backend of ['webgl', 'wasm', 'cpu'] as const) {
    await onDevice(backend, async (device) => void masks.push(await maskOn(device, shape, 0.4)));
  }
  const [webgl, wasm, cpu] = masks;
  expect(webgl?.every((value, i) => value === cpu?.[i])).toBe(true);
  expect(wasm?.every((value, i) => value === cpu?.[i])).toBe(true);
  const dropped = (webgl ?? new Float32Array()).filter((value) => value === 0).length / 1_003_520;
  expect(dropped).toBeCloseTo(0.4, 2);
});

testOnBackends('each step and each layer has a mask of its own', async (device) => {
  const keys = [KEY, streamKey(42, 'dropout', 3, 18), streamKey(42, 'dropout', 4, 17), streamKey(43, 'dropout', 3, 17)];
  const masks = [];
  for (const key of keys) masks.push((await maskOn(device, [100], 0.5, key)).join());
  expect(new Set(masks).size).toBe(4);
});

testOnBackends('the gradient passes where the values passed', async (device) => {
  const [y, dx] = tf.tidy(() => {
    const x = tf.ones([64]);
    return [dropout(x, 0.5, KEY), tf.grad((v) => dropout(v, 0.5, KEY))(x)];
  });
  expect(await device.read(dx ?? y)).toEqual(await device.read(y));
  tf.dispose([y, dx ?? y]);
});

testOnBackends(
  'a network drops others at each step, the same again at the same step, and none when judged',
  async (device) => {
    const graph = graphOf(
      ['dropout', { rate: 0.5 }],
      ['flatten'],
      ['dropout', { rate: 0.5 }],
      ['dense', { units: 10, activation: 'softmax', kernelInitializer: 'ones' }],
    );
    const model = new Model(graph, new NetworkWeights(graph, 42));
    const sumAt = async (step: number, training = true) => {
      const logits = tf.tidy(() => model.forward(tf.ones([1, 28, 28, 1]), { training, seed: 42, step }));
      const [sum] = await device.read(logits);
      logits.dispose();
      return sum;
    };
    const sums = [await sumAt(0), await sumAt(1), await sumAt(2), await sumAt(0)];
    expect(new Set(sums).size).toBe(3);
    expect(sums[3]).toBe(sums[0]);
    // What both layers keep counts four times; were their masks the same, half of the values would be kept, not a quarter.
    expect(sums[0]).toBeGreaterThan(600);
    expect(sums[0]).toBeLessThan(970);
    expect(await sumAt(0, false)).toBe(784);
    model.weights.dispose();
  },
);

testOnBackends(
  'attention drops other weights at each step, the same again at the same step, and none when judged',
  async (device) => {
    const attention: Row = ['multiHeadAttention', { heads: 2, keySize: 3, dropout: 0.5 }];
    const graph = graphOf(
      ['patches', { patchSize: 14 }],
      attention,
      attention,
      ['globalAveragePooling1d'],
      ['dense', { units: 10, activation: 'softmax' }],
    );
    const model = new Model(graph, new NetworkWeights(graph, 42));
    const images = () => tf.reshape(tf.linspace(0, 1, 784), [1, 28, 28, 1]);
    const logitsAt = async (step: number, training = true) => {
      const logits = tf.tidy(() => model.forward(images(), { training, seed: 42, step }));
      const values = await device.read(logits);
      logits.dispose();
      return values;
    };
    const [first, second, again] = [await logitsAt(0), await logitsAt(1), await logitsAt(0)];
    expect(again).toEqual(first);
    expect(second).not.toEqual(first);
    const judged = await logitsAt(0, false);
    expect(judged).not.toEqual(first);
    expect(await logitsAt(1, false)).toEqual(judged);
    model.weights.dispose();
  },
);
