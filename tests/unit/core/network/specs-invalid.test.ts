import { describe, expect, test } from 'vitest';
import { analyse } from '../../../../src/core/network/graph.ts';
import type { Issue } from '../../../../src/core/network/issue.ts';
import { applyEdit, type Network } from '../../../../src/core/network/network.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import type { InvalidSpec } from '../../../fixtures/specs/fixture.ts';

const MODULES = import.meta.glob<{ readonly fixtures: readonly InvalidSpec[] }>(
  '../../../fixtures/specs/invalid/*.ts',
  {
    eager: true,
  },
);

const FIXTURES = Object.values(MODULES).flatMap((module) => module.fixtures);

function has(network: Network, { code, layerId, message }: Issue): boolean {
  return analyse(network, FASHION_MNIST).issues.some(
    (i) => i.code === code && i.layerId === layerId && i.message === message,
  );
}

describe('networks that cannot be trained, or are surely not meant', () => {
  test('are at least sixty, each with a name of its own', () => {
    expect(FIXTURES.length).toBeGreaterThanOrEqual(60);
    expect(new Set(FIXTURES.map(({ name }) => name)).size).toBe(FIXTURES.length);
  });

  test.each(FIXTURES)('$name: is told so, no more and no less', ({ layers, issues }) => {
    const analysis = analyse({ layers }, FASHION_MNIST);
    const names = new Map(analysis.layers.map(({ spec, name }) => [spec.id, name]));
    const told = analysis.issues.map((issue) => ({
      code: issue.code,
      layer: issue.layerId === null ? null : names.get(issue.layerId),
      fixes: issue.fixes.map(({ label }) => label),
    }));
    expect(told).toEqual(issues.map(({ code, layer, fixes }) => ({ code, layer, fixes })));
    issues.forEach(({ says }, i) => {
      expect(analysis.issues[i]?.message).toContain(says);
    });
    const faulty = analysis.issues.some(({ severity }) => severity === 'error');
    expect(analysis.graph === null).toBe(faulty);
  });

  test.each(FIXTURES)('$name: every fix settles its issue', ({ layers }) => {
    const { issues } = analyse({ layers }, FASHION_MNIST);
    for (const issue of issues) {
      expect(issue.fixes.length).toBeGreaterThan(0);
      for (const { edits } of issue.fixes) expect(has(edits.reduce(applyEdit, { layers }), issue)).toBe(false);
    }
  });

  test.each(FIXTURES)(
    '$name: the first fix of each issue, again and again, leads to a network without one',
    ({ layers }) => {
      let network: Network = { layers };
      for (let round = 0; round < 12; round++) {
        const [issue] = analyse(network, FASHION_MNIST).issues;
        if (issue === undefined) break;
        network = (issue.fixes[0]?.edits ?? []).reduce(applyEdit, network);
      }
      expect(analyse(network, FASHION_MNIST).issues).toEqual([]);
      expect(analyse(network, FASHION_MNIST).graph).not.toBeNull();
    },
  );

  test.each(FIXTURES)('$name: each sentence says what happened without blame or exclamation', ({ layers }) => {
    for (const { message } of analyse({ layers }, FASHION_MNIST).issues) {
      expect(message).toMatch(/^[A-Z].*\.$/);
      expect(message).not.toMatch(/!|\bNaN\b|null|undefined|[Ee]rror/);
    }
  });
});
