import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DatasetSpec } from '../../../../src/core/dataset/spec.ts';
import { type Analysis, analyse } from '../../../../src/core/network/graph.ts';
import { applyEdit, type Network } from '../../../../src/core/network/network.ts';
import { startingPresets } from '../../../../src/core/network/presets/starting.ts';
import { recipeProblems } from '../../../../src/core/training/recipe-problems.ts';
import { ANY_NETWORK, mended } from '../../../fixtures/specs/arbitrary.ts';
import { SIGNS, WEATHER } from '../../../fixtures/specs/datasets.ts';
import { layers, type Row } from '../../../fixtures/specs/fixture.ts';

const SOFTMAX_4: Row = ['dense', { units: 4, activation: 'softmax' }];
const SOFTMAX_2: Row = ['dense', { units: 2, activation: 'softmax' }];
const SIGMOID: Row = ['dense', { units: 1, activation: 'sigmoid' }];

function analysed(dataset: DatasetSpec, ...rows: readonly Row[]): Analysis {
  return analyse({ layers: layers(...rows) }, dataset);
}

/** What is said about a network: the messages with the labels of their fixes. */
function said(dataset: DatasetSpec, ...rows: readonly Row[]): readonly (readonly [string, readonly string[]])[] {
  return analysed(dataset, ...rows).issues.map(({ message, fixes }) => [message, fixes.map(({ label }) => label)]);
}

function shapes({ graph }: Analysis): readonly unknown[] | undefined {
  return graph?.nodes.map(({ output }) => output);
}

/** The network after the first fix of its only issue. */
function fixed(dataset: DatasetSpec, ...rows: readonly Row[]): Network {
  const network = { layers: layers(...rows) };
  const { issues } = analyse(network, dataset);
  expect(issues).toHaveLength(1);
  return (issues[0]?.fixes[0]?.edits ?? []).reduce(applyEdit, network);
}

describe('photos of 24 by 20 pixels, of four signs', () => {
  test('enter the first layer with their size and colours', () => {
    const analysis = analysed(SIGNS, ['conv2d', { filters: 8 }], ['maxPooling2d'], ['flatten'], SOFTMAX_4);
    expect(analysis.issues).toEqual([]);
    expect(shapes(analysis)).toEqual([[22, 18, 8], [11, 9, 8], [792], [4]]);
    expect(analysis.totals.trainable).toBe(3 * 9 * 8 + 8 + 792 * 4 + 4);
    expect(analysis.graph?.dataset).toBe(SIGNS);
  });

  test('are named and counted in what an empty network is told', () => {
    expect(said(SIGNS)).toEqual([
      [
        'There is no layer yet. A network for four signs ends in a Dense layer of 4 with softmax.',
        ['Add Flatten and Dense 4'],
      ],
    ]);
    expect(shapes(analyse(fixed(SIGNS), SIGNS))).toEqual([[1440], [4]]);
  });

  test('cannot be answered by ten units', () => {
    expect(said(SIGNS, ['flatten'], ['dense', { units: 10, activation: 'softmax' }])).toEqual([
      [
        'The network ends in 10 numbers, but there are 4 signs. The last layer must give 4, one for each.',
        ['Make it 4 softmax', 'Add Dense 4 softmax'],
      ],
    ]);
    const mendedNetwork = fixed(SIGNS, ['flatten'], ['dense', { units: 10, activation: 'softmax' }]);
    expect(analyse(mendedNetwork, SIGNS).graph?.nodes.at(-1)?.spec).toMatchObject({ units: 4, activation: 'softmax' });
  });

  test('cannot be answered by a sigmoid unit: that is for two classes', () => {
    expect(said(SIGNS, ['flatten'], SIGMOID)[0]?.[0]).toContain('but there are 4 signs');
  });

  test('need probabilities, and nothing behind them', () => {
    expect(said(SIGNS, ['flatten'], ['dense', { units: 4, activation: 'sigmoid' }])).toEqual([
      [
        'The four outputs are not probabilities yet: they must be positive and add up to 1. The last activation must be softmax.',
        ['Use softmax'],
      ],
    ]);
    expect(said(SIGNS, ['flatten'], SOFTMAX_4, ['dropout'])).toEqual([
      [
        'The softmax gives four probabilities, and Dropout 1 after it would change them. Nothing may follow the softmax.',
        ['Remove Dropout 1'],
      ],
    ]);
  });

  test('are what warnings speak of', () => {
    expect(said(SIGNS, ['flatten'], ['dense', { units: 1 }], SOFTMAX_4)[0]?.[0]).toBe(
      'Dense 1 has one unit, so all that the network knows about a sign has to pass through a single number. Four signs need more.',
    );
  });
});

describe('two classes', () => {
  test('can be answered by two units with softmax or by one with sigmoid', () => {
    expect(shapes(analysed(WEATHER, ['dense', { units: 8 }], SOFTMAX_2))).toEqual([[8], [2]]);
    expect(shapes(analysed(WEATHER, ['dense', { units: 8 }], SIGMOID))).toEqual([[8], [1]]);
    const apart = analysed(
      WEATHER,
      ['dense', { units: 1, activation: 'linear' }],
      ['activation', { activation: 'sigmoid' }],
    );
    expect([apart.issues, shapes(apart)]).toEqual([[], [[1], [1]]]);
  });

  test('are told about both ends when the number of outputs is another one', () => {
    expect(said(WEATHER, ['dense', { units: 3, activation: 'softmax' }])).toEqual([
      [
        'The network ends in 3 numbers, but there are 2 classes. The last layer must give 2, one for each, or 1 with sigmoid.',
        ['Make it 2 softmax', 'Make it 1 sigmoid', 'Add Dense 2 softmax'],
      ],
    ]);
  });

  test('are offered both ends as a fix, and each of them trains', () => {
    const network = { layers: layers(['dense', { units: 3, activation: 'softmax' }]) };
    const ends = analyse(network, WEATHER).issues.flatMap(({ fixes }) =>
      fixes.map(({ edits }) => analyse(edits.reduce(applyEdit, network), WEATHER).graph?.nodes.at(-1)?.output),
    );
    expect(ends).toEqual([[2], [1], [2]]);
  });

  test('have a logistic regression among the networks to start from, with its own loss', () => {
    const starts = (dataset: DatasetSpec) =>
      startingPresets(dataset).map(({ id, network, recipe }) => [id, network.layers.length, recipe.loss]);
    expect(starts(WEATHER)).toEqual([
      ['starting-dense', 2, 'categoricalCrossentropy'],
      ['starting-logistic', 1, 'binaryCrossentropy'],
    ]);
    expect(starts(SIGNS).map(([id]) => id)).toEqual(['starting-cnn', 'starting-dense']);
  });

  test('need the activation that goes with the number of outputs', () => {
    expect(said(WEATHER, ['dense', { units: 1, activation: 'softmax' }])).toEqual([
      [
        'The output is not a probability yet: it must lie between 0 and 1. The last activation must be sigmoid.',
        ['Use sigmoid'],
      ],
    ]);
    expect(said(WEATHER, ['dense', { units: 2, activation: 'sigmoid' }])).toEqual([
      [
        'The two outputs are not probabilities yet: they must be positive and add up to 1. The last activation must be softmax.',
        ['Use softmax'],
      ],
    ]);
    expect(said(WEATHER, ['dense', { units: 1 }], ['layerNormalization'])[0]?.[1]).toEqual(['Add sigmoid']);
  });

  test('take nothing behind the sigmoid', () => {
    expect(said(WEATHER, SIGMOID, ['dropout'])).toEqual([
      [
        'The sigmoid gives a probability, and Dropout 1 after it would change it. Nothing may follow the sigmoid.',
        ['Remove Dropout 1'],
      ],
    ]);
  });

  test('do not take the sigmoid that a recurrent layer applies at each step', () => {
    const rows: readonly Row[] = [
      ['reshape', { targetShape: [2, 2] }],
      ['simpleRnn', { units: 1, activation: 'sigmoid' }],
    ];
    expect(said(WEATHER, ...rows)).toEqual([
      [
        'SimpleRNN 1 applies its sigmoid at every step, so its output is not an answer yet. A Dense layer of 1 with sigmoid must come last.',
        ['Add Dense 1 sigmoid'],
      ],
    ]);
    expect(shapes(analyse(fixed(WEATHER, ...rows), WEATHER))).toEqual([[2, 2], [1], [1]]);
    const tanh: Row = ['simpleRnn', { units: 1, activation: 'tanh' }];
    expect(said(WEATHER, ['reshape', { targetShape: [2, 2] }], tanh)[0]?.[1]).toEqual(['Add sigmoid']);
  });

  test('can be told apart by a single number between two layers', () => {
    expect(said(WEATHER, ['dense', { units: 1, activation: 'tanh' }], SIGMOID)).toEqual([]);
  });
});

describe('rows of a table', () => {
  test('go into a dense layer as they are', () => {
    expect(said(WEATHER)).toEqual([
      [
        'There is no layer yet. A network for two classes ends in a Dense layer of 2 with softmax, or of 1 with sigmoid.',
        ['Add Dense 2', 'Add Dense 1'],
      ],
    ]);
    expect(shapes(analyse(fixed(WEATHER), WEATHER))).toEqual([[2]]);
  });

  test('have nothing to flatten', () => {
    expect(said(WEATHER, ['flatten'], SOFTMAX_2)).toEqual([
      ['Flatten 1 changes nothing: its input is a row already.', ['Remove Flatten 1']],
    ]);
  });

  test.each<[string, Row, string]>([
    ['Conv2D 1', ['conv2d'], 'Remove Conv2D 1'],
    ['MaxPooling2D 1', ['maxPooling2d', { poolSize: 1 }], 'Reshape to 2×2×1'],
  ])('are no images for %s', (name, row, fix) => {
    const [issue] = said(WEATHER, ['dense', { units: 4 }], row, ['flatten'], SOFTMAX_2);
    expect(issue).toEqual([
      `${name} works on images (height × width × channels), but Rain tomorrow has rows of numbers. Use Dense layers, or reshape its input.`,
      [fix],
    ]);
  });

  test('may be made images, and laid out again', () => {
    const again = said(
      WEATHER,
      ['reshape', { targetShape: [2, 2, 1] }],
      ['flatten'],
      ['conv2d'],
      ['flatten'],
      SOFTMAX_2,
    );
    expect(again[0]?.[0]).toContain('Put it before the layer that flattens the image');
  });
});

describe.each([SIGNS, WEATHER])('for $title', (dataset) => {
  test('there are networks to start from that can be trained', () => {
    for (const { network, recipe } of startingPresets(dataset)) {
      expect(analyse(network, dataset).issues).toEqual([]);
      expect(recipeProblems(recipe, dataset)).toEqual({});
    }
  });

  test('the first fixes lead from any list of layers to a network that can be trained', () => {
    fc.assert(
      fc.property(ANY_NETWORK, (network) => {
        expect(analyse(mended(network, dataset), dataset).graph).not.toBeNull();
      }),
      { numRuns: 60 },
    );
  });
});
