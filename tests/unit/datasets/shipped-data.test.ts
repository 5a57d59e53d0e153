import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { partInAddress, partOf } from '../../../src/core/dataset/part.ts';
import type { TableSamples } from '../../../src/core/dataset/spec.ts';
import { decodeRow, encodeRow } from '../../../src/core/dataset/table.ts';
import { refusalOf } from '../../../src/core/network/cost.ts';
import { analyse } from '../../../src/core/network/graph.ts';
import { recipeProblems } from '../../../src/core/training/recipe-problems.ts';
import { type Manifest, parseManifest } from '../../../src/dataset/manifest.ts';
import { unpackShard } from '../../../src/dataset/shard.ts';
import { SampleStore } from '../../../src/dataset/store.ts';
import { SHIPPED_DATASETS } from '../../../src/datasets/all-datasets.ts';
import { aboutPreset } from '../../../src/datasets/catalogue.ts';
import type { ShippedDataset } from '../../../src/datasets/shipped-dataset.ts';

const PUBLIC = new URL('../../../public/', import.meta.url);

function read(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(fileURLToPath(new URL(path, PUBLIC))));
}

function manifestOf({ folder }: ShippedDataset): Manifest {
  const manifest = parseManifest(new TextDecoder().decode(read(`${folder.replace(/#.*/, '')}manifest.json`)));
  const choice = partInAddress(folder);
  return choice === null ? manifest : { ...manifest, spec: partOf(manifest.spec, choice) };
}

async function storeOf(shipped: ShippedDataset): Promise<SampleStore> {
  const { spec, shards } = manifestOf(shipped);
  const store = new SampleStore(spec);
  for (const entry of shards) {
    const shard = await unpackShard(entry, spec.classes.length, read(`${shipped.folder}${entry.file}`));
    store.add(entry.split, store.arrived(entry.split), shard);
  }
  return store;
}

const SMALL = SHIPPED_DATASETS.filter(({ spec }) => spec.splits.train < 10_000);
const TRANSFER = SHIPPED_DATASETS.filter(({ spec }) => spec.part !== undefined);
const TABLES = SMALL.filter(({ spec }) => spec.samples.kind === 'table');

test.each(SHIPPED_DATASETS)('the folder of $spec.title holds what the app says of it', (shipped) => {
  expect(manifestOf(shipped).spec).toEqual(shipped.spec);
});

test('each has an id, a folder and presets of its own', () => {
  const all = [
    SHIPPED_DATASETS.map(({ spec }) => spec.id),
    SHIPPED_DATASETS.map(({ folder }) => folder),
    SHIPPED_DATASETS.flatMap(({ presets }) => presets.map(({ id }) => id)),
  ];
  for (const names of all) expect(new Set(names).size).toBe(names.length);
});

test.each([...SMALL, ...TRANSFER])(
  'the presets of $spec.title can be trained, and say what they are',
  async ({ spec, presets }) => {
    for (const preset of presets) {
      const { dataset, network, recipe } = preset;
      expect((await aboutPreset(preset)).note).toMatch(/^[A-Z].*\.$/);
      expect(dataset).toBe(spec);
      const graph = analyse(network, spec);
      expect(graph.issues).toEqual([]);
      expect(refusalOf(network, spec, recipe)).toBeNull();
      expect(recipeProblems(recipe, spec)).toEqual({});
    }
  },
);

test.each(SMALL)('both parts of $spec.title have its classes in like shares', async (shipped) => {
  const store = await storeOf(shipped);
  const shares = (['train', 'test'] as const).map((split) => {
    const labels = store.labels(split);
    return shipped.spec.classes.map((_, label) => labels.filter((at) => at === label).length / labels.length);
  });
  const [train = [], test = []] = shares;
  for (const [label, share] of train.entries()) expect(Math.abs(share - (test[label] ?? 0))).toBeLessThan(0.01);
});

test.each(TABLES)('the rows of $spec.title are those of its CSV file, in its order', async (shipped) => {
  const { samples, classes, splits, id } = shipped.spec;
  const table = samples as TableSamples;
  const [header, ...lines] = new TextDecoder()
    .decode(read(`${shipped.folder}${id}.csv`))
    .trim()
    .split('\n');
  const names = (header ?? '').split(',');
  expect(names.at(-1)).toBe(table.answer);
  const rows = lines.map((line) => line.split(','));
  const missing = new Set(['', '.']);
  const store = await storeOf(shipped);
  expect(rows).toHaveLength(splits.train + splits.test);
  for (const [i, row] of rows.entries()) {
    const [split, at] = i < splits.train ? (['train', i] as const) : (['test', i - splits.train] as const);
    const { labels, values } = store.gather(split, [at]);
    const cells = table.fields
      .map(({ name }) => row[names.indexOf(name)] ?? '')
      .map((c) => (missing.has(c) ? null : c));
    const stored = new Float32Array(values.buffer);
    expect(stored).toEqual(encodeRow(table, cells));
    expect(classes[labels[0] ?? -1]).toBe(row.at(-1));
    const decoded = decodeRow(table, stored);
    for (const [place, { kind, fill }] of table.fields.entries()) {
      const cell = cells[place] ?? fill;
      if (kind === 'number') expect(decoded[place]).toBeCloseTo(Number(cell), 2);
      else expect(decoded[place]).toBe(cell);
    }
  }
});
