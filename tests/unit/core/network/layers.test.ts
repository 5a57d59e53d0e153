import { describe, expect, test } from 'vitest';
import { savedActivations } from '../../../../src/core/network/graph.ts';
import { definitionOf, LAYER_KINDS, type LayerKind } from '../../../../src/core/network/layers/registry.ts';
import { createLayer, type LayerOptions } from '../../../../src/core/network/network.ts';
import type { Shape } from '../../../../src/core/network/shape.ts';
import { inferShapes } from '../../../../src/core/network/shape-inference.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { layers, type Row } from '../../../fixtures/specs/fixture.ts';

/** What the card of the last of these layers shows. */
function cardOf(...rows: readonly Row[]) {
  const step = inferShapes({ layers: layers(...rows) }, FASHION_MNIST).steps.at(-1);
  if (!step?.node) throw new Error('The layer does not fit.');
  const { spec, input, output } = step.node;
  const definition = definitionOf(spec.kind);
  const { output: sums, parameters } = definition.arithmetic(spec, input, output);
  return { summary: definition.summary(spec), output: sums, parameters };
}

describe('a card shows its options in a few words and its figures as sums', () => {
  const cases: readonly {
    readonly rows: readonly Row[];
    readonly summary: string;
    readonly output: readonly string[];
    readonly parameters: string | null;
  }[] = [
    {
      rows: [['conv2d']],
      summary: '32 · 3×3 · valid · relu',
      output: ['(28 − 3)/1 + 1 = 26', '32 filters give 32 channels'],
      parameters: '(3·3·1 + 1) × 32 = 320',
    },
    {
      rows: [['conv2d', { filters: 8, kernelSize: 5, strides: 2, useBias: false, activation: 'linear' }]],
      summary: '8 · 5×5 · stride 2 · valid · linear',
      output: ['⌊(28 − 5)/2 + 1⌋ = 12', '8 filters give 8 channels'],
      parameters: '5·5·1 × 8 = 200',
    },
    {
      rows: [
        ['reshape', { targetShape: [14, 56, 1] }],
        ['conv2d', { filters: 4, dilationRate: 2 }],
      ],
      summary: '4 · 3×3 · valid · relu',
      output: ['height: (14 − 5)/1 + 1 = 10', 'width: (56 − 5)/1 + 1 = 52', '4 filters give 4 channels'],
      parameters: '(3·3·1 + 1) × 4 = 40',
    },
    {
      rows: [
        ['conv2d', { filters: 6 }],
        ['depthwiseConv2d', { depthMultiplier: 2, padding: 'same', strides: 2 }],
      ],
      summary: '3×3 · stride 2 · same · relu',
      output: ['⌈26/2⌉ = 13', '6 × 2 = 12 channels'],
      parameters: '(3·3 + 1) × 12 = 120',
    },
    {
      rows: [
        ['conv2d', { filters: 6 }],
        ['separableConv2d', { filters: 16 }],
      ],
      summary: '16 · 3×3 · valid · relu',
      output: ['(26 − 3)/1 + 1 = 24', '16 filters give 16 channels'],
      parameters: '3·3·6 + 6·16 + 16 = 166',
    },
    { rows: [['maxPooling2d']], summary: '2×2', output: ['(28 − 2)/2 + 1 = 14'], parameters: null },
    {
      rows: [['averagePooling2d', { poolSize: 3, strides: 2, padding: 'same' }]],
      summary: '3×3 · stride 2 · same',
      output: ['⌈28/2⌉ = 14'],
      parameters: null,
    },
    {
      rows: [['conv2d'], ['globalAveragePooling2d']],
      summary: '',
      output: ['26 × 26 = 676 values make one mean', '32 channels stay'],
      parameters: null,
    },
    { rows: [['conv2d'], ['flatten']], summary: '', output: ['26 × 26 × 32 = 21,632'], parameters: null },
    {
      rows: [['reshape', { targetShape: [49, 16] }]],
      summary: '49×16',
      output: ['28 × 28 × 1 = 49 × 16 = 784'],
      parameters: null,
    },
    {
      rows: [['flatten'], ['dense', { units: 100 }]],
      summary: '100 · relu',
      output: ['100 units'],
      parameters: '(784 + 1) × 100 = 78,500',
    },
    {
      rows: [
        ['lstm', { units: 8, returnSequences: true }],
        ['dense', { units: 5, useBias: false }],
      ],
      summary: '5 · relu',
      output: ['5 units, for each of 28'],
      parameters: '8 × 5 = 40',
    },
    { rows: [['dropout', { rate: 0.4 }]], summary: '0.4', output: ['keeps 60 %, scaled by 1/0.6'], parameters: null },
    {
      rows: [['spatialDropout2d', { rate: 0.125 }]],
      summary: '0.125',
      output: ['keeps 87.5 %, scaled by 1/0.875'],
      parameters: null,
    },
    {
      rows: [['conv2d'], ['batchNormalization']],
      summary: 'momentum 0.99',
      output: ['the same shape'],
      parameters: '4 × 32 = 128, 64 of them not trained',
    },
    { rows: [['conv2d'], ['layerNormalization']], summary: '', output: ['the same shape'], parameters: '2 × 32 = 64' },
    {
      rows: [['patches', { patchSize: 7 }]],
      summary: '7×7',
      output: ['28 / 7 = 4 rows, 28 / 7 = 4 columns: 16 patches', '7 × 7 × 1 = 49 numbers in each'],
      parameters: null,
    },
    {
      rows: [['patches'], ['dense', { units: 64 }], ['positionEmbedding']],
      summary: '',
      output: ['49×64 + 49×64, value by value'],
      parameters: '49 × 64 = 3,136',
    },
    {
      rows: [['patches'], ['dense', { units: 64 }], ['multiHeadAttention', { heads: 2, keySize: 20 }]],
      summary: '2 heads · 20',
      output: ['the same shape', '2 × 49 × 49 = 4,802 attention weights', 'softmax(q · k / √20) over 49 places'],
      parameters: '3 × (64 + 1) × 40 + (40 + 1) × 64 = 10,424',
    },
    {
      rows: [['patches'], ['globalAveragePooling1d']],
      summary: '',
      output: ['49 values make one mean', '16 features stay'],
      parameters: null,
    },
    { rows: [['activation']], summary: 'relu', output: ['the same shape'], parameters: null },
    {
      rows: [['activation'], ['add', { from: 'input' }]],
      summary: '',
      output: ['28×28×1 + 28×28×1, value by value'],
      parameters: null,
    },
    {
      rows: [
        ['conv2d', { filters: 7, padding: 'same' }],
        ['concatenate', { from: 'input' }],
      ],
      summary: '',
      output: ['7 + 1 = 8 channels'],
      parameters: null,
    },
    {
      rows: [['conv2d'], ['branch', { from: 'input' }]],
      summary: '',
      output: ['28×28×1, as the earlier layer gives it'],
      parameters: null,
    },
    {
      rows: [['simpleRnn', { units: 10, returnSequences: true }]],
      summary: '10 · every step',
      output: ['28 steps of 28 features', '10 for each step'],
      parameters: '(28 + 10 + 1) × 10 = 390',
    },
    {
      rows: [['lstm', { units: 64 }]],
      summary: '64',
      output: ['28 steps of 28 features', '64 after the last step'],
      parameters: '4 × (28 + 64 + 1) × 64 = 23,808',
    },
    {
      rows: [['gru', { units: 20, bidirectional: true }]],
      summary: '20 · bidirectional',
      output: ['28 steps of 28 features', '2 × 20 after the last step'],
      parameters: '2 × 3 × (28 + 20 + 2) × 20 = 6,000',
    },
  ];

  test.each(cases)('$summary $parameters $output', ({ rows, ...card }) => {
    expect(cardOf(...rows)).toEqual(card);
  });

  test('for every kind', () => {
    expect(new Set(cases.map(({ rows }) => rows.at(-1)?.[0]))).toEqual(new Set(LAYER_KINDS));
  });
});

describe('floating-point operations of one image, by hand', () => {
  function flopsOf<Kind extends LayerKind>(kind: Kind, input: Shape, options?: LayerOptions<Kind>): number {
    const spec = createLayer(kind, 'x', options);
    const definition = definitionOf(kind);
    const inference = definition.infer(spec, input);
    if ('misfit' in inference) throw new Error(inference.misfit.message);
    return definition.flops(spec, input, inference.shape);
  }

  test('of a convolution: two for each weight and place', () => {
    expect(flopsOf('conv2d', [28, 28, 3], { filters: 8 })).toBe(2 * 3 * 3 * 3 * 8 * 26 * 26);
    expect(flopsOf('depthwiseConv2d', [28, 28, 3], { depthMultiplier: 2 })).toBe(2 * 3 * 3 * 6 * 26 * 26);
    expect(flopsOf('separableConv2d', [28, 28, 3], { filters: 8 })).toBe(2 * (3 * 3 * 3 + 3 * 8) * 26 * 26);
  });

  test('of a dense layer: two for each weight, at each place of a sequence', () => {
    expect(flopsOf('dense', [100], { units: 10 })).toBe(2000);
    expect(flopsOf('dense', [28, 100], { units: 10 })).toBe(56_000);
  });

  test('of a recurrent layer: two for each weight and step, both ways', () => {
    expect(flopsOf('simpleRnn', [28, 28], { units: 16 })).toBe(28 * 2 * (28 + 16) * 16);
    expect(flopsOf('lstm', [28, 28], { units: 16 })).toBe(28 * 2 * 4 * (28 + 16) * 16);
    expect(flopsOf('gru', [28, 28], { units: 16, bidirectional: true })).toBe(2 * 28 * 2 * 3 * (28 + 16) * 16);
  });

  test('of layers that only move numbers: none', () => {
    expect([
      flopsOf('flatten', [7, 7, 3]),
      flopsOf('reshape', [784]),
      flopsOf('concatenate', [7, 7, 3]),
      flopsOf('branch', [7]),
    ]).toEqual([0, 0, 0, 0]);
  });
});

test('a branch keeps nothing for the way back, and a separable convolution what lies between its halves', () => {
  const { nodes } = inferShapes(
    {
      layers: layers(
        ['conv2d', { filters: 4, padding: 'same' }],
        ['branch', { from: 'conv2d-1' }],
        ['separableConv2d', { filters: 2, depthMultiplier: 3 }],
      ),
    },
    FASHION_MNIST,
  );
  expect(nodes.map(savedActivations)).toEqual([28 * 28 * 4, 0, 26 * 26 * (2 + 12)]);
});

test.each(LAYER_KINDS)('the traits of %s agree with its options and weights', (kind) => {
  const { traits, defaults, weights, fields } = definitionOf(kind);
  expect('from' in defaults).toBe(traits.inputs !== 'above');
  const names = weights(createLayer(kind, 'x'), [8, 8, 3]).map(({ name }) => name);
  const role =
    names.length === 0
      ? 'none'
      : names.some((name) => /^(kernel|pointwiseKernel|queryKernel)$/.test(name))
        ? 'kernel'
        : names.includes('depthwiseKernel')
          ? 'depthwise'
          : 'affine';
  expect(traits.weights).toBe(role);
  expect(traits.readsSequences).toBe(names.includes('recurrentKernel'));
  expect(traits.cutsPatches).toBe('patchSize' in defaults);
  expect(traits.attends).toBe(names.includes('queryKernel'));
  if (traits.drops) expect(fields.map(({ option }) => option)).toContain('rate');
});

test('every kind says what it does in a sentence, and knows its group', () => {
  for (const kind of LAYER_KINDS) {
    expect(definitionOf(kind).purpose).toMatch(/^[A-Z].{20,}\.$/);
    expect(definitionOf(kind).group.length).toBeGreaterThan(3);
  }
});
