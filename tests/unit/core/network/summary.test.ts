import { describe, expect, test } from 'vitest';
import { analyse, type Graph } from '../../../../src/core/network/graph.ts';
import { kerasNames } from '../../../../src/core/network/keras-names.ts';
import { LAYER_KINDS } from '../../../../src/core/network/layers/registry.ts';
import { createLayer } from '../../../../src/core/network/network.ts';
import { summaryOf, summaryText } from '../../../../src/core/network/summary.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import recorded from '../../../fixtures/keras/summaries.json' with { type: 'json' };
import { layers, OUTPUT, type Row } from '../../../fixtures/specs/fixture.ts';

function graphOf(...rows: readonly Row[]): Graph {
  const { graph, issues } = analyse({ layers: layers(...rows) }, FASHION_MNIST);
  if (graph === null) throw new Error(issues.map(({ message }) => message).join('\n'));
  return graph;
}

const ELVLAND = graphOf(
  ['conv2d', { filters: 32, padding: 'same' }],
  ['conv2d', { filters: 32, padding: 'same' }],
  ['maxPooling2d'],
  ['conv2d', { filters: 64, padding: 'same' }],
  ['conv2d', { filters: 64, padding: 'same' }],
  ['maxPooling2d'],
  ['conv2d', { filters: 128, padding: 'same' }],
  ['conv2d', { filters: 128, padding: 'same' }],
  ['maxPooling2d'],
  ['flatten'],
  ['dense', { units: 256 }],
  OUTPUT,
);

describe('the summary', () => {
  test("of Elvland's network is that of the report, line by line", () => {
    const { rows, total, trainable, nonTrainable } = summaryOf(ELVLAND);
    expect(
      rows.map(({ layer, output, parameters }) => [layer.replace(/^.*\((.*)\)$/, '$1'), output, parameters]),
    ).toEqual([
      ['Conv2D', '(None, 28, 28, 32)', 320],
      ['Conv2D', '(None, 28, 28, 32)', 9248],
      ['MaxPooling2D', '(None, 14, 14, 32)', 0],
      ['Conv2D', '(None, 14, 14, 64)', 18_496],
      ['Conv2D', '(None, 14, 14, 64)', 36_928],
      ['MaxPooling2D', '(None, 7, 7, 64)', 0],
      ['Conv2D', '(None, 7, 7, 128)', 73_856],
      ['Conv2D', '(None, 7, 7, 128)', 147_584],
      ['MaxPooling2D', '(None, 3, 3, 128)', 0],
      ['Flatten', '(None, 1152)', 0],
      ['Dense', '(None, 256)', 295_168],
      ['Dense', '(None, 10)', 2570],
    ]);
    expect([total, trainable, nonTrainable]).toEqual([584_170, 584_170, 0]);
  });

  test('as text is character for character what Keras prints', () => {
    expect(summaryText(summaryOf(ELVLAND))).toBe(recorded.elvland);
    const normalized = graphOf(
      ['separableConv2d', { filters: 16, padding: 'same', activation: 'linear', useBias: false }],
      ['batchNormalization'],
      ['activation'],
      ['spatialDropout2d', { rate: 0.1 }],
      ['globalAveragePooling2d'],
      OUTPUT,
    );
    expect(summaryText(summaryOf(normalized))).toBe(recorded.normalized);
  });

  test('of a network that forks says what each layer takes, and knows no Branch', () => {
    const { rows } = summaryOf(
      graphOf(
        ['conv2d', { filters: 8, padding: 'same' }],
        ['conv2d', { filters: 16, padding: 'same', activation: 'linear' }],
        ['branch', { from: 'conv2d-1' }],
        ['conv2d', { filters: 16, kernelSize: 1, activation: 'linear' }],
        ['add', { from: 'conv2d-2' }],
        ['globalAveragePooling2d'],
        OUTPUT,
      ),
    );
    expect(rows.map(({ layer, connectedTo }) => [layer, connectedTo.join(' + ')])).toEqual([
      ['conv2d (Conv2D)', 'input_layer'],
      ['conv2d_1 (Conv2D)', 'conv2d'],
      ['conv2d_2 (Conv2D)', 'conv2d'],
      ['add (Add)', 'conv2d_2 + conv2d_1'],
      ['global_average_pooling2d (GlobalAveragePooling2D)', 'add'],
      ['dense (Dense)', 'global_average_pooling2d'],
    ]);
  });

  test('of a network that forks has a column for it', () => {
    const text = summaryText(
      summaryOf(graphOf(['conv2d', { filters: 1, padding: 'same' }], ['add', { from: 'input' }], ['flatten'], OUTPUT)),
    );
    expect(text).toContain('┃ Connected to           ┃');
    expect(text).toContain('│ conv2d, input_layer    │');
    expect(
      text
        .split('\n')
        .filter((line) => /^[┏┃┡│├└]/.test(line))
        .every((line) => line.length === 101),
    ).toBe(true);
  });
});

test('layers are named as Keras names them', () => {
  expect(kerasNames(LAYER_KINDS.map((kind) => createLayer(kind, kind)))).toEqual([
    'conv2d',
    'depthwise_conv2d',
    'separable_conv2d',
    'max_pooling2d',
    'average_pooling2d',
    'global_average_pooling2d',
    'global_average_pooling1d',
    'flatten',
    'reshape',
    'dense',
    'dropout',
    'spatial_dropout2d',
    'batch_normalization',
    'layer_normalization',
    'activation',
    'add',
    'concatenate',
    'branch',
    'patches',
    'position_embedding',
    'multi_head_attention',
    'simple_rnn',
    'lstm',
    'gru',
  ]);
  expect(
    kerasNames([createLayer('lstm', 'a', { bidirectional: true }), createLayer('lstm', 'b'), createLayer('lstm', 'c')]),
  ).toEqual(['bidirectional', 'lstm', 'lstm_1']);
});
