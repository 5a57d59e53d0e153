import { expect, test } from 'vitest';
import { analyse } from '../../../../../src/core/network/graph.ts';
import type { LayerKind, LayerSpec } from '../../../../../src/core/network/layers/registry.ts';
import { createLayer } from '../../../../../src/core/network/network.ts';
import { ciutacuCnn } from '../../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { offersAt } from '../../../../../src/features/model/editing/offers.ts';

function offer(layers: readonly LayerSpec[], index: number, kind: LayerKind) {
  const found = offersAt(analyse({ layers }, ciutacuCnn.dataset), index).find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`${kind} is not offered.`);
  return found;
}

const { layers: ciutacu } = ciutacuCnn.network;
const conv = (id: string, filters: number) => createLayer('conv2d', id, { filters, padding: 'same' });

test('every kind is offered with what would come out of it there', () => {
  expect(offersAt(analyse(ciutacuCnn.network, ciutacuCnn.dataset), 2)).toHaveLength(20);
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

test('an Add takes up the nearest earlier layer of the same shape', () => {
  const layers = [conv('a', 8), conv('b', 8), conv('c', 16), conv('d', 8)];
  expect(offer(layers, 4, 'add')).toMatchObject({ summary: '+ Conv2D 2', effect: '→ 28×28×8', layer: { from: 'b' } });
  expect(offer(layers, 4, 'concatenate')).toMatchObject({ summary: '+ Conv2D 3', effect: '→ 28×28×24' });
  expect(offer(layers, 4, 'branch')).toMatchObject({ summary: 'from Conv2D 3', effect: '→ 28×28×16' });
});

test('where no earlier layer has the shape, an Add says so', () => {
  expect(offer([conv('a', 8)], 1, 'add')).toMatchObject({ effect: 'no earlier layer fits' });
});

test('behind a layer without an output nothing is known', () => {
  const broken = [createLayer('conv2d', 'a', { kernelSize: 28 }), createLayer('conv2d', 'b', { kernelSize: 3 })];
  expect(offer(broken, 2, 'dense')).toMatchObject({ effect: 'waiting', misfit: null });
});
