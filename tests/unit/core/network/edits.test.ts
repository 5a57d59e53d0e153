import { describe, expect, test } from 'vitest';
import { BLOCK_KINDS, BLOCKS, blockEdits } from '../../../../src/core/network/blocks.ts';
import { duplicateEdits, pasteEdits, toggleEdits } from '../../../../src/core/network/edits.ts';
import { analyse } from '../../../../src/core/network/graph.ts';
import { applyEdit, createLayer, type Edit, type Network } from '../../../../src/core/network/network.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { layers, OUTPUT } from '../../../fixtures/specs/fixture.ts';

const NETWORK: Network = {
  layers: layers(
    ['conv2d', { filters: 8, padding: 'same' }],
    ['add', { from: 'conv2d-1' }],
    ['globalAveragePooling2d'],
    OUTPUT,
  ),
};

function edited(network: Network, edits: readonly Edit[]): Network {
  return edits.reduce(applyEdit, network);
}

function ids({ layers: all }: Network): readonly string[] {
  return all.map(({ id }) => id);
}

describe('switching off', () => {
  test('keeps the layer in the list and its options, and switches on again', () => {
    const off = edited(NETWORK, toggleEdits(NETWORK, 'conv2d-1'));
    expect(off.layers[0]).toEqual({ ...NETWORK.layers[0], off: true });
    expect(edited(off, toggleEdits(off, 'conv2d-1'))).toEqual(NETWORK);
  });

  test('does nothing to a layer that is not there', () => {
    expect(toggleEdits(NETWORK, 'nobody')).toEqual([]);
  });
});

describe('duplicating', () => {
  test('puts a copy with an id of its own right behind the layer', () => {
    const doubled = edited(NETWORK, duplicateEdits(NETWORK, 'conv2d-1'));
    expect(ids(doubled)).toEqual(['conv2d-1', 'conv2d-2', 'add-1', 'globalAveragePooling2d-1', 'dense-1']);
    expect(doubled.layers[1]).toEqual({ ...NETWORK.layers[0], id: 'conv2d-2' });
  });
});

describe('pasting', () => {
  test('gives new ids, and keeps references among the pasted layers', () => {
    const pasted = edited(NETWORK, pasteEdits(NETWORK, 2, NETWORK.layers.slice(0, 2)));
    expect(ids(pasted)).toEqual(['conv2d-1', 'add-1', 'conv2d-2', 'add-2', 'globalAveragePooling2d-1', 'dense-1']);
    expect(pasted.layers[3]).toMatchObject({ kind: 'add', from: 'conv2d-2' });
    expect(analyse(pasted, FASHION_MNIST).graph).not.toBeNull();
  });

  test('leaves references to layers outside as they are', () => {
    const outside = createLayer('concatenate', 'x', { from: 'conv2d-1' });
    const pasted = edited(NETWORK, pasteEdits(NETWORK, 2, [outside]));
    expect(pasted.layers[2]).toEqual({ ...outside, id: 'concatenate-1' });
  });

  test('of nothing changes nothing', () => {
    expect(pasteEdits(NETWORK, 1, [])).toEqual([]);
  });
});

describe('a block', () => {
  const start: Network = {
    layers: layers(['conv2d', { filters: 16, padding: 'same' }], ['globalAveragePooling2d'], OUTPUT),
  };

  test.each(BLOCK_KINDS.filter((kind) => BLOCKS[kind].axes === 3))(
    '%s goes in as a whole and fits, whether or not it downsamples',
    (kind) => {
      expect(BLOCKS[kind].purpose).toMatch(/\.$/);
      for (const downsample of [false, true]) {
        const { issues, graph } = analyse(
          edited(start, blockEdits(start, FASHION_MNIST, 1, kind, { filters: 24, downsample })),
          FASHION_MNIST,
        );
        expect(issues).toEqual([]);
        expect(graph?.nodes.at(-3)?.output ?? []).toEqual(downsample ? [14, 14, 24] : [28, 28, 24]);
      }
    },
  );

  test('of a transformer keeps the shape of a sequence, each shortcut past one half of it, however often it is repeated', () => {
    const patches: Network = {
      layers: layers(['patches', { patchSize: 7 }], ['dense', { units: 24 }], ['globalAveragePooling1d'], OUTPUT),
    };
    const network = edited(
      patches,
      blockEdits(patches, FASHION_MNIST, 2, 'transformer', BLOCKS.transformer.defaults, 2),
    );
    const { issues, graph } = analyse(network, FASHION_MNIST);
    expect(issues).toEqual([]);
    expect(graph?.nodes.slice(2, -2).every(({ output: [places, last = 0] }) => places === 16 && last % 24 === 0)).toBe(
      true,
    );
    expect(network.layers.filter(({ kind }) => kind === 'add')).toMatchObject([
      { from: 'dense-1' },
      { from: 'add-1' },
      { from: 'add-2' },
      { from: 'add-3' },
    ]);
    expect(network.layers[3]).toMatchObject({ heads: 4, keySize: 6 });
  });

  test('of a transformer needs a sequence', () => {
    const network = edited(start, blockEdits(start, FASHION_MNIST, 1, 'transformer'));
    expect(analyse(network, FASHION_MNIST).issues[0]).toMatchObject({
      code: 'places',
      layerId: 'multiHeadAttention-1',
    });
  });

  test('of convolution, batch normalisation and relu trains no bias twice', () => {
    const network = edited(start, blockEdits(start, FASHION_MNIST, 1, 'convolution'));
    const rows = analyse(network, FASHION_MNIST).layers.map(({ name, parameters }) => [name, parameters]);
    expect(rows.slice(1, 4)).toEqual([
      ['Conv2D 2', 9 * 16 * 32],
      ['BatchNormalization 1', 4 * 32],
      ['Activation 1', 0],
    ]);
  });

  test('with a shortcut adds the layer above where the shapes agree', () => {
    const network = edited(start, blockEdits(start, FASHION_MNIST, 1, 'residual', { filters: 16, downsample: false }));
    expect(network.layers.find(({ kind }) => kind === 'add')).toMatchObject({ from: 'conv2d-1' });
    expect(network.layers.some(({ kind }) => kind === 'branch')).toBe(false);
  });

  test('with a shortcut projects it by a 1×1 convolution on a path of its own where they differ', () => {
    const network = edited(start, blockEdits(start, FASHION_MNIST, 1, 'residual', { filters: 32, downsample: true }));
    const kinds = network.layers.slice(1, -2).map(({ kind }) => kind);
    expect(kinds).toEqual([
      'conv2d',
      'batchNormalization',
      'activation',
      'conv2d',
      'batchNormalization',
      'branch',
      'conv2d',
      'batchNormalization',
      'add',
      'activation',
    ]);
    expect(network.layers[6]).toMatchObject({ from: 'conv2d-1' });
    expect(network.layers[7]).toMatchObject({ kernelSize: 1, strides: 2, filters: 32 });
    expect(network.layers[9]).toMatchObject({ from: 'batchNormalization-2' });
  });

  test('can be repeated: every one stands on the one before, and only the first downsamples', () => {
    const network = edited(
      start,
      blockEdits(start, FASHION_MNIST, 1, 'residual', { filters: 32, downsample: true }, 3),
    );
    const { issues, graph } = analyse(network, FASHION_MNIST);
    expect(issues).toEqual([]);
    const adds = graph?.nodes.filter(({ spec }) => spec.kind === 'add') ?? [];
    expect(adds.map(({ output }) => output)).toEqual([
      [14, 14, 32],
      [14, 14, 32],
      [14, 14, 32],
    ]);
    expect(network.layers.filter(({ kind }) => kind === 'branch')).toHaveLength(1);
    expect(new Set(ids(network)).size).toBe(network.layers.length);
  });

  test('at the very top stands on the Input', () => {
    const network = edited(start, blockEdits(start, FASHION_MNIST, 0, 'residual', { filters: 16, downsample: false }));
    expect(network.layers.find(({ kind }) => kind === 'branch')).toMatchObject({ from: 'input' });
    expect(analyse(network, FASHION_MNIST).graph).not.toBeNull();
  });

  test('of VGG halves the image each time it is repeated', () => {
    const network = edited(start, blockEdits(start, FASHION_MNIST, 1, 'vgg', BLOCKS.vgg.defaults, 2));
    expect(analyse(network, FASHION_MNIST).graph?.nodes.at(-3)?.output).toEqual([7, 7, 32]);
  });
});
