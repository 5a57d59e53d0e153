import { describe, expect, test } from 'vitest';
import type { OpenedFiles } from '../../../../src/core/dataset/opened-files.ts';
import type { DatasetSpec } from '../../../../src/core/dataset/spec.ts';
import { packagesFor } from '../../../../src/core/exporting/data-source.ts';
import { kerasCode } from '../../../../src/core/exporting/keras.ts';
import { pytorchCode } from '../../../../src/core/exporting/pytorch.ts';
import { analyse } from '../../../../src/core/network/graph.ts';
import { stack } from '../../../../src/core/network/presets/stack.ts';
import { defaultRecipe } from '../../../../src/core/training/recipe.ts';
import { SIGNS, WEATHER } from '../../../fixtures/specs/datasets.ts';

// `npm run verify-exports` runs such programs on the files themselves, and compares each sample.

const division = { testShare: 0.2, seed: 7 };
const PICTURES = { kind: 'pictures', name: 'pets.zip', fit: 'fit', testFolders: null, ...division } as const;

function programsFor(spec: DatasetSpec, opened: OpenedFiles): readonly string[] {
  const dataset = { ...spec, id: 'own-0123abcd', opened };
  const output = ['dense', { units: dataset.classes.length, activation: 'softmax' }] as const;
  const network = spec.samples.kind === 'image' ? stack(['flatten'], output) : stack(output);
  const { graph } = analyse(network, dataset);
  if (graph === null) throw new Error('The network should fit.');
  return [kerasCode, pytorchCode].map((write) => write(graph, defaultRecipe(dataset)));
}

describe('both programs read what was opened', () => {
  test('pictures, from the zip or the folder, divided by the seed', () => {
    for (const program of programsFor(SIGNS, PICTURES)) {
      expect(program).toContain('path = Path("pets.zip")');
      expect(program).toContain('share, seed = 0.2, 7');
      expect(program).toContain('classes = ["Stop", "Yield", "Speed limit", "No entry"]');
      expect(program).toContain('scale = min(24 / high, 24 / wide)');
      expect(program).toContain('if (len(train), len(test)) != (800, 200):');
      expect(program).toMatch(/^from PIL import Image, ImageOps$/m);
      expect(program).toMatch(/^import zipfile$/m);
      expect(program).not.toContain('manifest.json');
    }
  });

  test('pictures whose folders say which are to test on, or whose classes are not in ASCII', () => {
    const [divided = ''] = programsFor(SIGNS, { ...PICTURES, testFolders: ['test', 'testing'], fit: 'crop' });
    expect(divided).toContain('tests.append(folders[depth].lower() in ["test", "testing"])');
    expect(divided).toContain('edge = min(high, wide)');
    expect(divided).not.toContain('def drawn_with_copies');
    const [umlaut = ''] = programsFor({ ...SIGNS, classes: ['\u00c4pfel', 'b', 'c', 'd'] }, PICTURES);
    expect(umlaut).toContain('zipfile.ZipFile(path, metadata_encoding="utf-8")');
  });

  test('IDX files', () => {
    const pair = (name: string) => ({ images: `${name}-images`, labels: `${name}-labels` });
    const opened = { kind: 'idx', name: '.', train: pair('train'), test: pair('t10k'), transposes: true } as const;
    for (const program of programsFor(SIGNS, { ...opened, ...division })) {
      expect(program).toContain(
        'pairs = [(idx("train-images"), idx("train-labels")), (idx("t10k-images"), idx("t10k-labels"))]',
      );
      expect(program).toContain('.swapaxes(1, 2)');
    }
  });

  test('a table, by the places of its columns', () => {
    const form = { encoding: 'windows-1252', delimiter: '\t', hasNames: false, width: 9 } as const;
    const opened = { kind: 'table', name: 'days.tsv', form, columns: [3, 0, 5, 1], answer: 8, ...division } as const;
    for (const program of programsFor(WEATHER, opened)) {
      expect(program).toContain('places = {"pressure": 3, "humidity": 0, "wind": 5, "cloud": 1, "rain tomorrow": 8}');
      expect(program).toContain('with path.open(newline="", encoding="cp1252") as file:');
      expect(program).toContain('table = csv.reader(file, delimiter="\\t")');
      expect(program).toContain('for row in cells:');
    }
  });
});

test('Pillow is to be installed beside Keras where there are pictures', () => {
  expect(packagesFor('keras tensorflow', { ...SIGNS, opened: PICTURES })).toBe('keras tensorflow pillow');
  expect(packagesFor('torch torchvision', { ...SIGNS, opened: PICTURES })).toBe('torch torchvision');
  expect(packagesFor('keras tensorflow', SIGNS)).toBe('keras tensorflow');
});
