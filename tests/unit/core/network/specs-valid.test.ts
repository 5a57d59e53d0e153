import { describe, expect, test } from 'vitest';
import { analyse } from '../../../../src/core/network/graph.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import type { ValidSpec } from '../../../fixtures/specs/fixture.ts';

const MODULES = import.meta.glob<{ readonly fixtures: readonly ValidSpec[] }>('../../../fixtures/specs/valid/*.ts', {
  eager: true,
});

const FIXTURES = Object.values(MODULES).flatMap((module) => module.fixtures);

describe('networks that can be trained', () => {
  test('are at least forty, each with a name of its own', () => {
    expect(FIXTURES.length).toBeGreaterThanOrEqual(40);
    expect(new Set(FIXTURES.map(({ name }) => name)).size).toBe(FIXTURES.length);
  });

  test.each(FIXTURES)('$name', ({ layers, graph, warnings = [] }) => {
    const analysis = analyse({ layers }, FASHION_MNIST);
    const names = new Map(analysis.layers.map(({ spec, name }) => [spec.id, name]));
    expect(analysis.issues.map(({ code, layerId }) => [code, names.get(layerId ?? '')])).toEqual(warnings);
    const rows = analysis.layers.filter(({ spec }) => !spec.off).map((row) => [row.name, row.output, row.parameters]);
    expect(rows).toEqual(graph);
    expect(analysis.graph?.nodes.map(({ name, output }) => [name, output])).toEqual(rows.map(([a, b]) => [a, b]));
    const total = graph.reduce((sum, [, , parameters]) => sum + parameters, 0);
    expect(analysis.totals.trainable + analysis.totals.nonTrainable).toBe(total);
  });
});
