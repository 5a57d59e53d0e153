import { describe, expect, test } from 'vitest';
import { analyse } from '../../../../src/core/network/graph.ts';
import { applyEdit, createLayer, type Network } from '../../../../src/core/network/network.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';

const OUTPUT = createLayer('dense', 'dense-out', { units: 10, activation: 'softmax' });

function network(...layers: Network['layers']): Network {
  return { layers };
}

/** The network after the first fix of its first issue. */
function mended(broken: Network): Network {
  const edits = analyse(broken, FASHION_MNIST).issues[0]?.fixes[0]?.edits ?? [];
  return edits.reduce(applyEdit, broken);
}

describe('a network that fits together', () => {
  const ciutacu = network(
    createLayer('conv2d', 'a', { filters: 32 }),
    createLayer('maxPooling2d', 'b'),
    createLayer('flatten', 'c'),
    createLayer('dense', 'd'),
    OUTPUT,
  );

  test('gives each layer its shapes and its parameters', () => {
    const rows = analyse(ciutacu, FASHION_MNIST).layers.map(({ name, output, parameters }) => [
      name,
      output,
      parameters,
    ]);
    expect(rows).toEqual([
      ['Conv2D 1', [26, 26, 32], 320],
      ['MaxPooling2D 1', [13, 13, 32], 0],
      ['Flatten 1', [5408], 0],
      ['Dense 1', [100], 540_900],
      ['Dense 2', [10], 1_010],
    ]);
  });

  test('gives totals: parameters, multiplications and additions, values to keep', () => {
    const { totals, issues } = analyse(ciutacu, FASHION_MNIST);
    expect(issues).toEqual([]);
    expect(totals.trainable).toBe(542_230);
    expect(totals.nonTrainable).toBe(0);
    expect(totals.flops).toBe(2 * 9 * 26 * 26 * 32 + 4 * 13 * 13 * 32 + 2 * 5408 * 100 + 2 * 100 * 10);
    expect(totals.activations).toBe(26 * 26 * 32 + 13 * 13 * 32 + 5408 + 100 + 10);
  });

  test('becomes a graph whose nodes each take the one before', () => {
    const { graph } = analyse(ciutacu, FASHION_MNIST);
    expect(graph?.nodes.map((node) => node.inputs)).toEqual([[-1], [0], [1], [2], [3]]);
    expect(graph?.nodes[3]?.weights.map(({ name, shape }) => [name, shape])).toEqual([
      ['kernel', [5408, 100]],
      ['bias', [100]],
    ]);
  });

  test('counts what batch normalisation does not train', () => {
    const { totals } = analyse(
      network(createLayer('conv2d', 'a'), createLayer('batchNormalization', 'b'), createLayer('flatten', 'c'), OUTPUT),
      FASHION_MNIST,
    );
    expect(totals.nonTrainable).toBe(64);
    expect(totals.trainable).toBe(320 + 64 + 26 * 26 * 32 * 10 + 10);
  });

  test('leaves a layer out that is switched off', () => {
    const { graph, layers } = analyse(
      network(createLayer('conv2d', 'a', { off: true }), createLayer('flatten', 'b'), OUTPUT),
      FASHION_MNIST,
    );
    expect(graph?.nodes.map((node) => node.spec.id)).toEqual(['b', 'dense-out']);
    expect(layers[0]?.output).toEqual([28, 28, 1]);
    expect(layers[0]?.parameters).toBe(0);
  });
});

describe('a network that does not', () => {
  test('is told about all its faults at once, and gives no graph', () => {
    const { graph, issues } = analyse(
      network(createLayer('conv2d', 'a', { filters: 0, kernelSize: 999 }), createLayer('dense', 'b', { units: -1 })),
      FASHION_MNIST,
    );
    expect(graph).toBeNull();
    expect(issues.map(({ code, layerId }) => [code, layerId])).toEqual([
      ['option', 'a'],
      ['option', 'a'],
      ['option', 'b'],
    ]);
  });

  test.each([
    {
      fault: 'no layer',
      broken: network(),
      code: 'empty',
      layerId: null,
      message: 'There is no layer yet.',
    },
    {
      fault: 'an image in front of a dense layer',
      broken: network(OUTPUT),
      code: 'rank',
      layerId: 'dense-out',
      message: 'receives an image of 28×28×1. Lay it out in a row of 784 first.',
    },
    {
      fault: 'a window larger than its image',
      broken: network(
        createLayer('conv2d', 'a', { kernelSize: 9, strides: 9 }),
        createLayer('conv2d', 'b', { kernelSize: 5 }),
        createLayer('flatten', 'c'),
        OUTPUT,
      ),
      code: 'collapse',
      layerId: 'b',
      message: 'A 5×5 kernel does not fit a 3×3 input: (3 − 5)/1 + 1 < 1.',
    },
    {
      fault: 'the wrong number of outputs',
      broken: network(createLayer('flatten', 'c'), createLayer('dense', 'd', { units: 7 })),
      code: 'output-units',
      layerId: 'd',
      message: 'The network ends in 7 numbers, but there are 10 garments.',
    },
    {
      fault: 'ten outputs that are no probabilities',
      broken: network(createLayer('flatten', 'c'), createLayer('dense', 'd', { units: 10 })),
      code: 'output-activation',
      layerId: 'd',
      message: 'The last activation must be softmax.',
    },
  ])('because of $fault is told so, and the first fix mends it', ({ broken, code, layerId, message }) => {
    const [issue] = analyse(broken, FASHION_MNIST).issues;
    expect(issue?.code).toBe(code);
    expect(issue?.layerId).toBe(layerId);
    expect(issue?.message).toContain(message);
    expect(analyse(mended(broken), FASHION_MNIST).graph).not.toBeNull();
  });

  test('because a window arrives after the Flatten is offered to move it, or to make an image again', () => {
    const broken = network(
      createLayer('flatten', 'a'),
      createLayer('conv2d', 'b'),
      createLayer('flatten', 'c'),
      OUTPUT,
    );
    const [issue] = analyse(broken, FASHION_MNIST).issues;
    expect(issue?.code).toBe('rank');
    expect(issue?.layerId).toBe('b');
    expect(issue?.message).toContain('receives a row of 784 numbers');
    expect(issue?.fixes.map(({ label }) => label)).toEqual(['Move above Flatten 1', 'Reshape to 28×28×1']);
    expect(analyse(mended(broken), FASHION_MNIST).graph).not.toBeNull();
  });

  test('because one layer has more parameters than a tab can hold is refused with the count', () => {
    const wide = createLayer('conv2d', 'a', { filters: 1024, padding: 'same' });
    const { graph, issues } = analyse(
      network(wide, createLayer('flatten', 'b'), createLayer('dense', 'c', { units: 8192 }), OUTPUT),
      FASHION_MNIST,
    );
    expect(graph).toBeNull();
    expect(issues[0]?.code).toBe('too-large');
    expect(issues[0]?.message).toContain('Dense 1 alone would have 6,576,676,864 parameters');
  });
});
