import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockEdits } from '../../../../src/core/network/blocks.ts';
import { analyse } from '../../../../src/core/network/graph.ts';
import type { LayerSpec } from '../../../../src/core/network/layers/registry.ts';
import { applyEdit, createLayer, type Network } from '../../../../src/core/network/network.ts';
import {
  layersIn,
  skipBlockOf,
  withoutSkipBlock,
  withSkipBlockMoved,
} from '../../../../src/core/network/skip-blocks.ts';
import { presetById } from '../../../../src/datasets/catalogue.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';

const conv = (id: string) => createLayer('conv2d', id, { padding: 'same' });
const add = (id: string, from: string) => createLayer('add', id, { from });
const branch = (id: string, from: string) => createLayer('branch', id, { from });
const of = (...layers: readonly LayerSpec[]): Network => ({ layers });
/** A network in a line: the ids, and behind a colon what each takes up. */
const lineOf = ({ layers }: Network) =>
  layers.map((layer) => ('from' in layer ? `${layer.id}:${layer.from}` : layer.id));

/** The network after the block of a layer was moved so often. */
function moved(network: Network, id: string, ...directions: readonly ('up' | 'down')[]): Network {
  return directions.reduce((now, direction) => {
    const block = skipBlockOf(now, id);
    if (block === null) throw new Error(`${id} ends no block.`);
    return withSkipBlockMoved(now, block, direction) ?? now;
  }, network);
}

describe('the block of a shortcut', () => {
  test('reaches from below the layer that it leaves to the layer that it enters', () => {
    const network = of(conv('a'), conv('b'), conv('c'), add('d', 'a'), conv('e'));
    expect(skipBlockOf(network, 'd')).toEqual({ first: 1, last: 3 });
    expect(layersIn(network, { first: 1, last: 3 }).map(({ id }) => id)).toEqual(['b', 'c', 'd']);
  });

  test('may begin at the Input', () => {
    expect(skipBlockOf(of(conv('a'), add('b', 'input')), 'b')).toEqual({ first: 0, last: 1 });
  });

  test('with a projection is the whole of it, from whichever end it is looked at', () => {
    const network = of(conv('a'), conv('b'), branch('c', 'a'), conv('d'), add('e', 'b'), conv('f'));
    expect(skipBlockOf(network, 'e')).toEqual({ first: 1, last: 4 });
    expect(skipBlockOf(network, 'c')).toEqual({ first: 1, last: 4 });
  });

  test('leaves out the larger block that it stands in', () => {
    const network = of(conv('a'), conv('b'), conv('c'), add('d', 'b'), add('e', 'a'));
    expect(skipBlockOf(network, 'd')).toEqual({ first: 2, last: 3 });
    expect(skipBlockOf(network, 'e')).toEqual({ first: 1, last: 4 });
  });

  test('is none where a layer takes up nothing, or what is gone or comes later', () => {
    const network = of(conv('a'), add('b', 'gone'), add('c', 'd'), conv('d'));
    expect(['a', 'b', 'c', 'nobody'].map((id) => skipBlockOf(network, id))).toEqual([null, null, null, null]);
  });
});

describe('a network without a block', () => {
  test('lets the next shortcut go on from what came into the block', () => {
    const network = of(conv('a'), conv('b'), add('c', 'a'), conv('d'), add('e', 'c'));
    expect(lineOf(withoutSkipBlock(network, { first: 1, last: 2 }))).toEqual(['a', 'd', 'e:a']);
  });

  test('of the small residual network still fits together', () => {
    const network = presetById(FASHION_MNIST, 'small-resnet')?.network ?? of();
    const adds = network.layers.filter(({ kind }) => kind === 'add');
    const block = skipBlockOf(network, adds[0]?.id ?? '');
    expect(block).not.toBeNull();
    const rest = withoutSkipBlock(network, block ?? { first: 0, last: -1 });
    expect(analyse(rest, FASHION_MNIST).issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('a block that is moved', () => {
  const network = of(conv('a'), conv('b'), add('c', 'a'), conv('d'), add('e', 'c'), add('f', 'e'));

  test('passes a layer, and its shortcut goes on from the layer above', () => {
    const plain = of(conv('a'), conv('b'), add('c', 'a'), conv('d'), conv('e'));
    expect(lineOf(moved(plain, 'c', 'down'))).toEqual(['a', 'd', 'b', 'c:d', 'e']);
    expect(lineOf(moved(plain, 'c', 'up'))).toEqual(['b', 'c:input', 'a', 'd', 'e']);
  });

  test('passes a whole block, and what comes behind goes on from the one that is last now', () => {
    expect(lineOf(moved(network, 'c', 'down'))).toEqual(['a', 'd', 'e:a', 'b', 'c:e', 'f:c']);
    expect(lineOf(moved(network, 'e', 'up'))).toEqual(['a', 'd', 'e:a', 'b', 'c:e', 'f:c']);
  });

  test('stays within the larger block that it stands in, and within the list', () => {
    const nested = of(conv('a'), conv('b'), add('c', 'a'), add('d', 'a'));
    expect(withSkipBlockMoved(nested, { first: 1, last: 2 }, 'down')).toBeNull();
    expect(withSkipBlockMoved(of(conv('a'), add('b', 'input')), { first: 0, last: 1 }, 'up')).toBeNull();
    expect(withSkipBlockMoved(of(conv('a'), add('b', 'input')), { first: 0, last: 1 }, 'down')).toBeNull();
  });

  test('comes back to where it was, in any chain of blocks and layers', () => {
    const kinds = fc.array(fc.constantFrom('convolution' as const, 'residual' as const), {
      minLength: 2,
      maxLength: 6,
    });
    fc.assert(
      fc.property(kinds, fc.nat(), fc.boolean(), (chain, pick, downsample) => {
        const options = { filters: 8, downsample };
        const built = chain.reduce(
          (now, kind) => blockEdits(now, FASHION_MNIST, now.layers.length, kind, options).reduce(applyEdit, now),
          of(conv('a')),
        );
        const ends = built.layers.filter(({ kind }) => kind === 'add');
        const end = ends[pick % Math.max(1, ends.length)];
        if (end === undefined) return;
        const below = moved(built, end.id, 'down');
        expect(
          lineOf(below)
            .map((word) => word.split(':')[0])
            .toSorted(),
        ).toEqual(built.layers.map(({ id }) => id).toSorted());
        if (below !== built) expect(lineOf(moved(below, end.id, 'up'))).toEqual(lineOf(built));
      }),
    );
  });
});
