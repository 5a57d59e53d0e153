import { describe, expect, test } from 'vitest';
import { type Capability, type DatasetSpec, hasCapability } from '../../../src/core/dataset/spec.ts';
import { SHIPPED_DATASETS } from '../../../src/datasets/all-datasets.ts';
import {
  drawingOf,
  fillsOutlines,
  flipExplanationOf,
  outlinesOf,
  photoOf,
  unlikenessOf,
} from '../../../src/datasets/capabilities.ts';
import { presetsFor, shippedDataset } from '../../../src/datasets/catalogue.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { numberFields } from '../../support/number-fields.ts';

const DIGITS: DatasetSpec = { ...FASHION_MNIST, id: 'own-digits', capabilities: ['drawing'] };

describe.each(SHIPPED_DATASETS)('$spec.title', ({ spec, pretrained }) => {
  test('comes with what its capabilities name, and with nothing else', () => {
    const came: { readonly [Name in Capability]: unknown } = {
      drawing: drawingOf(spec),
      solid: fillsOutlines(spec) || null,
      photo: photoOf(spec),
      outlines: outlinesOf(spec),
      unlikeness: unlikenessOf(spec),
      pretrained,
    };
    for (const [name, matter] of Object.entries(came)) {
      expect(matter !== null, name).toBe(spec.capabilities.some((capability) => capability === name));
    }
  });

  test('has an outline for each class, or none', () => {
    expect([undefined, spec.classes.length]).toContain(outlinesOf(spec)?.length);
  });

  test('loads what it says it has', async () => {
    if (hasCapability(spec, 'unlikeness')) expect((await unlikenessOf(spec)?.())?.percentiles).toHaveLength(101);
    if (hasCapability(spec, 'photo')) expect((await photoOf(spec)?.())?.origin).toMatch(/\.$/);
  });
});

test('a drawing can become gray images that are stored as bytes, whatever their size', () => {
  const of = (samples: object) => drawingOf({ ...DIGITS, samples: { ...FASHION_MNIST.samples, ...samples } });
  expect(of({ height: 16, width: 12 })).toMatchObject({ height: 16, width: 12 });
  expect(of({ channels: 3 })).toBeNull();
  expect(of({ storage: 'float32' })).toBeNull();
  expect(drawingOf({ ...DIGITS, capabilities: [] })).toBeNull();
  const table = {
    kind: 'table',
    fields: numberFields('pressure'),
    answer: 'rain',
    storage: 'float32',
    scale: 1,
  } as const;
  expect(drawingOf({ ...DIGITS, samples: table })).toBeNull();
});

test('data that did not come with the app have nothing that is another data set’s', () => {
  const claimed: DatasetSpec = { ...DIGITS, capabilities: FASHION_MNIST.capabilities };
  expect([outlinesOf(claimed), photoOf(claimed), unlikenessOf(claimed)]).toEqual([null, null, null]);
});

test('another folder with the id of a shipped data set has nothing of it: no presets, outlines or figures', () => {
  const [shipped] = SHIPPED_DATASETS;
  expect(shippedDataset(structuredClone(shipped.spec))).toBe(shipped);
  const foreign: DatasetSpec = { ...shipped.spec, splits: { train: 500, test: 100 } };
  expect([shippedDataset(foreign), outlinesOf(foreign), photoOf(foreign)]).toEqual([undefined, null, null]);
  const presets = presetsFor(foreign);
  expect(presets.map(({ dataset }) => dataset)).toEqual(presets.map(() => foreign));
});

test('a data set that does not name a capability does not get it', () => {
  const bare: DatasetSpec = { ...FASHION_MNIST, capabilities: [] };
  expect([outlinesOf(bare), photoOf(bare), unlikenessOf(bare)]).toEqual([null, null, null]);
});

test('the option of mirroring names shoes where there are some', () => {
  expect(flipExplanationOf(FASHION_MNIST)).toBe(
    'Mirrors half of the images left to right: safe for most garments, though all shoes in the data point left.',
  );
  expect(flipExplanationOf(DIGITS)).toBe(
    'Mirrors half of the images left to right: safe where the mirror image still shows the same class.',
  );
});
