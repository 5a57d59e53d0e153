import { expect, test } from 'vitest';
import type { DatasetSpec } from '../../../../src/core/dataset/spec.ts';
import { kerasCode } from '../../../../src/core/exporting/keras.ts';
import { pytorchCode } from '../../../../src/core/exporting/pytorch.ts';
import { analyse } from '../../../../src/core/network/graph.ts';
import { stack } from '../../../../src/core/network/presets/stack.ts';
import { defaultRecipe } from '../../../../src/core/training/recipe.ts';
import { PENGUINS } from '../../../../src/datasets/penguins/spec.ts';
import { WEATHER } from '../../../../src/datasets/weather/spec.ts';

/** Both programs of a small network for a table. */
function programsFor(dataset: DatasetSpec): readonly string[] {
  const network = stack(['dense', { units: dataset.classes.length, activation: 'softmax' }]);
  const { graph } = analyse(network, dataset);
  if (graph === null) throw new Error('The network should fit.');
  return [kerasCode, pytorchCode].map((write) => write(graph, defaultRecipe(dataset)));
}

const OWN: DatasetSpec = {
  ...WEATHER,
  id: 'my-days-0123abcd',
  classes: ['below 12.5', '12.5 or more'],
  splits: { train: 80, test: 20 },
  samples: {
    kind: 'table',
    fields: [
      { kind: 'number', name: 'a "b"', unit: '', least: 0, most: 1, standardised: null, fill: null },
      { kind: 'category', name: 'sky', categories: ['clear', '(missing)'], fill: '(missing)' },
    ],
    answer: 'mm',
    threshold: 12.5,
    storage: 'float32',
    scale: 1,
  },
};

test('a table that comes with the app is read from its CSV file, its training rows first, and prepared by the same numbers', () => {
  const { samples } = WEATHER;
  const wind = samples.kind === 'table' ? samples.fields.find(({ name }) => name === 'Wind') : undefined;
  if (wind?.kind !== 'number' || wind.standardised === null) throw new Error('The wind is standardised.');
  const { mean, deviation } = wind.standardised;
  for (const program of programsFor(WEATHER)) {
    expect(program).toContain('path = Path("weather.csv")');
    expect(program).toContain(`("Wind", (${mean}, ${deviation}), ${mean}),`);
    expect(program).toContain('("Weather", ["drizzle", "fog", "rain", "snow", "sun"], "rain"),');
    expect(program).toContain('classes = ["dry", "rain"]');
    expect(program).toContain('cell = row["Rain tomorrow"].strip()');
    expect(program).toContain('rows = rows[:1168] if split == "train" else rows[1168:]');
    expect(program).toMatch(/^import csv$/m);
    expect(program).not.toMatch(/manifest|gzip|sniff|random\.default_rng/i);
  }
});

test('rows with a missing cell that nothing stands for are left out', () => {
  for (const program of programsFor(PENGUINS)) expect(program).toMatch(/\("Beak length", \(43\.\d+, 5\.\d+\), None\),/);
});

test('of a table of the user’s own as many rows of each class are drawn, whatever its delimiter is', () => {
  for (const program of programsFor(OWN)) {
    expect(program).toContain('path = Path("my-days.csv")');
    expect(program).toContain(`("a \\"b\\"", (0.0, 1.0), None),`);
    expect(program).toContain('("sky", ["clear", "(missing)"], "(missing)"),');
    expect(program).toContain('return None if value is None else int(value >= 12.5)');
    expect(program).toContain('csv.Sniffer()');
    expect(program).toContain('round(len(places) * 0.2)');
    expect(program).not.toContain('rows[:80]');
  }
});
