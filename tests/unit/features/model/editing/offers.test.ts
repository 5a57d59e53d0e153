import { expect, test } from 'vitest';
import type { DatasetSpec } from '../../../../../src/core/dataset/spec.ts';
import { analyse } from '../../../../../src/core/network/graph.ts';
import type { LayerKind, LayerSpec } from '../../../../../src/core/network/layers/registry.ts';
import { createLayer } from '../../../../../src/core/network/network.ts';
import { ciutacuCnn } from '../../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { blockOffersAt } from '../../../../../src/features/model/editing/block-offers.ts';
import { offersAt } from '../../../../../src/features/model/editing/offers.ts';
import { SIGNS, WEATHER } from '../../../../fixtures/specs/datasets.ts';

function offer(layers: readonly LayerSpec[], index: number, kind: LayerKind) {
  const found = offersAt(analyse({ layers }, ciutacuCnn.dataset), index).find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`${kind} is not offered.`);
  return found;
}

const { layers: ciutacu } = ciutacuCnn.network;
const conv = (id: string, filters: number) => createLayer('conv2d', id, { filters, padding: 'same' });

test('every kind is offered with what would come out of it there', () => {
  expect(offersAt(analyse(ciutacuCnn.network, ciutacuCnn.dataset), 2)).toHaveLength(24);
  expect(offer(ciutacu, 2, 'maxPooling2d')).toMatchObject({ effect: '→ 6×6×32', misfit: null });
  expect(offer(ciutacu, 0, 'flatten')).toMatchObject({ effect: '→ 784', misfit: null });
});

test('a kind that does not fit says what it needs, in brief and in full', () => {
  const refused = offer(ciutacu, 3, 'conv2d');
  expect(refused.effect).toBe('needs an image');
  expect(refused.misfit).toContain('a row of 5,408 numbers');
});

test('options that make a kind fit are chosen for it', () => {
  const small = [createLayer('maxPooling2d', 'pool', { poolSize: 14, strides: 14 })];
  expect(offer(small, 1, 'conv2d')).toMatchObject({ effect: '→ 2×2×32', layer: { padding: 'same' } });
  expect(offer(ciutacu, 3, 'reshape')).toMatchObject({ misfit: null, layer: { targetShape: [5408] } });
});

test('a kind that does not fit says where it would, and as what', () => {
  expect(offer(ciutacu, 4, 'conv2d').elsewhere).toMatchObject({ index: 2, above: 'MaxPooling2D 1' });
  expect(offer(ciutacu, 2, 'conv2d').elsewhere).toBeNull();
  // Pooling at the end of the features leaves 1×1 too little, and a second Flatten in the middle would leave no image.
  const tight = [createLayer('maxPooling2d', 'pool', { poolSize: 28, strides: 28 }), ...ciutacu.slice(2)];
  expect(offer(tight, 1, 'maxPooling2d')).toMatchObject({ effect: 'needs a larger image', elsewhere: null });
  expect(offer([...ciutacu.slice(0, 2), ...tight], 2, 'lstm')).toMatchObject({ misfit: null });
});

test('a pooling on one pixel is not turned into one that does nothing', () => {
  const pixel = [createLayer('maxPooling2d', 'pool', { poolSize: 28, strides: 28 })];
  expect(offer(pixel, 1, 'maxPooling2d')).toMatchObject({
    effect: 'needs a larger image',
    layer: { padding: 'valid' },
  });
  expect(offer(pixel, 1, 'averagePooling2d').misfit).toContain('does not fit a 1×1 input');
  const idle = createLayer('maxPooling2d', 'idle', { padding: 'same' });
  const end = [createLayer('flatten', 'flatten'), createLayer('dense', 'end', { units: 10, activation: 'softmax' })];
  expect(analyse({ layers: [...pixel, idle, ...end] }, ciutacuCnn.dataset).layers[1]?.issues).toMatchObject([
    { code: 'no-effect', message: 'MaxPooling2D 2 changes nothing: an image of 1×1 has nothing to pool.' },
  ]);
});

test('a Dense is offered on an image only at a place that was asked for', () => {
  expect(offer(ciutacu, 2, 'dense')).toMatchObject({ effect: '→ 13×13×100', elsewhere: null });
  const { layers } = ciutacuCnn.network;
  const dense = offersAt(analyse({ layers }, ciutacuCnn.dataset), 2, false).find(({ kind }) => kind === 'dense');
  expect(dense).toMatchObject({ effect: 'needs a row of numbers', elsewhere: { index: 4, above: 'Dense 1' } });
});

test('a block that does not fit says where it would', () => {
  const vgg = (layers: readonly LayerSpec[], index: number) =>
    blockOffersAt(analyse({ layers }, ciutacuCnn.dataset), index, { filters: 32, times: 1 })[1];
  expect(vgg(ciutacu, 4)).toMatchObject({ fits: false, elsewhere: { above: 'MaxPooling2D 1' } });
  expect(vgg(ciutacu, 4)?.elsewhere?.edits[0]).toMatchObject({ type: 'insert', index: 2 });
  expect(vgg(ciutacu, 2)).toMatchObject({ fits: true, elsewhere: null });
});

test('an Add takes up the nearest earlier layer of the same shape', () => {
  const layers = [conv('a', 8), conv('b', 8), conv('c', 16), conv('d', 8)];
  expect(offer(layers, 4, 'add')).toMatchObject({ summary: '+ Conv2D 2', effect: '→ 28×28×8', layer: { from: 'b' } });
  expect(offer(layers, 4, 'concatenate')).toMatchObject({ summary: '+ Conv2D 3', effect: '→ 28×28×24' });
  expect(offer(layers, 4, 'branch')).toMatchObject({ summary: 'second path from Conv2D 3', effect: '→ 28×28×16' });
});

test('where no earlier layer has the shape, an Add says so', () => {
  expect(offer([conv('a', 8)], 1, 'add')).toMatchObject({ effect: 'no earlier layer fits' });
});

test('behind a layer without an output nothing is known', () => {
  const broken = [createLayer('conv2d', 'a', { kernelSize: 28 }), createLayer('conv2d', 'b', { kernelSize: 3 })];
  expect(offer(broken, 2, 'dense')).toMatchObject({ effect: 'waiting', misfit: null });
});

test('a Reshape makes the rows of an image a sequence, whatever the size of the image', () => {
  const shapeAt = (dataset: DatasetSpec, layers: readonly LayerSpec[] = []) => {
    const offers = offersAt(analyse({ layers }, dataset), layers.length);
    return offers.find(({ kind }) => kind === 'reshape')?.layer;
  };
  expect(shapeAt(ciutacuCnn.dataset)).toMatchObject({ targetShape: [28, 28] });
  expect(shapeAt(SIGNS)).toMatchObject({ targetShape: [24, 60] });
  expect(shapeAt(SIGNS, [createLayer('flatten', 'flatten')])).toMatchObject({ targetShape: [24, 60] });
  expect(shapeAt(WEATHER)).toMatchObject({ targetShape: [4] });
  // What arrives behind a layer without an output is not known.
  expect(shapeAt(SIGNS, [createLayer('conv2d', 'large', { kernelSize: 30 })])).toMatchObject({ targetShape: [24, 60] });
});
