import { describe, expect, test } from 'vitest';
import type { LayerSpec } from '../../../../../src/core/network/layers/registry.ts';
import { createLayer } from '../../../../../src/core/network/network.ts';
import { bracketsOf, rowLines } from '../../../../../src/features/model/builder/brackets.ts';

const conv = (id: string) => createLayer('conv2d', id, { padding: 'same' });
const add = (id: string, from: string) => createLayer('add', id, { from });

describe('bracketsOf', () => {
  const spans = (layers: readonly LayerSpec[]) => bracketsOf(layers).map(({ from, to, lane }) => [from, to, lane]);

  test('a residual block is one bracket from the named layer to the Add', () => {
    expect(spans([conv('a'), conv('b'), conv('c'), add('d', 'a')])).toEqual([[0, 3, 0]]);
  });

  test('the Input stands before the first layer', () => {
    expect(spans([conv('a'), add('b', 'input')])).toEqual([[-1, 1, 0]]);
  });

  test('blocks one behind the other share a line', () => {
    expect(spans([conv('a'), conv('b'), add('c', 'a'), conv('d'), add('e', 'c')])).toEqual([
      [0, 2, 0],
      [2, 4, 0],
    ]);
  });

  test('an inner bracket stands right of the outer one', () => {
    expect(spans([conv('a'), conv('b'), conv('c'), add('d', 'b'), add('e', 'a')])).toEqual([
      [0, 4, 0],
      [1, 3, 1],
    ]);
  });

  test('brackets that cross have lines of their own', () => {
    const layers = [conv('a'), conv('b'), createLayer('branch', 'c', { from: 'a' }), conv('d'), add('e', 'b')];
    expect(spans(layers)).toEqual([
      [0, 2, 0],
      [1, 4, 1],
    ]);
  });

  test('the brackets of a projection stand for the same block, and nested ones for one each', () => {
    const blocks = (layers: readonly LayerSpec[]) => bracketsOf(layers).map(({ block }) => block);
    const branch = createLayer('branch', 'c', { from: 'a' });
    expect(blocks([conv('a'), conv('b'), branch, conv('d'), add('e', 'b')])).toEqual(['e', 'e']);
    expect(blocks([conv('a'), conv('b'), conv('c'), add('d', 'b'), add('e', 'a')])).toEqual(['e', 'd']);
  });

  test('nothing is drawn from a layer that is gone or comes later, and none into one that is off', () => {
    expect(spans([conv('a'), add('b', 'gone'), add('c', 'd'), conv('d'), { ...add('e', 'a'), off: true }])).toEqual([]);
  });
});

describe('rowLines', () => {
  const lines = (layers: readonly LayerSpec[]) => rowLines(bracketsOf(layers), layers.length);

  test('a bracket starts below its source, passes what lies between, and ends at the Add', () => {
    const rows = lines([conv('a'), conv('b'), conv('c'), add('d', 'a'), conv('e')]);
    expect(rows.map(({ lanes }) => lanes)).toEqual([0, 1, 1, 1, 0]);
    expect(rows.map(({ pieces }) => pieces.map(({ part, label }) => [part, label]))).toEqual([
      [],
      [['start', undefined]],
      [['middle', 'skip']],
      [['end', undefined]],
      [],
    ]);
  });

  test('an Add right below its source has the whole bracket', () => {
    expect(lines([conv('a'), add('b', 'a')])[1]?.pieces).toEqual([
      { lane: 0, part: 'whole', startLanes: 0, block: 'b', label: undefined },
    ]);
  });

  test('an inner bracket starts at the edge of an indented card', () => {
    const rows = lines([conv('a'), conv('b'), conv('c'), add('d', 'b'), add('e', 'a')]);
    expect(rows[2]).toMatchObject({
      lanes: 2,
      pieces: [{ part: 'middle' }, { part: 'start', lane: 1, startLanes: 1 }],
    });
    expect(rows[4]).toMatchObject({ lanes: 1, pieces: [{ part: 'end', lane: 0 }] });
  });
});
