import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/core/network/graph.ts';
import { coach } from '../../src/core/training/coach/coach.ts';
import { applyFix } from '../../src/core/training/coach/fixes.ts';
import type { Observation } from '../../src/core/training/coach/verdict.ts';
import { defaultRecipe } from '../../src/core/training/recipe.ts';
import { WEATHER } from '../fixtures/specs/datasets.ts';
import { layers, OUTPUT } from '../fixtures/specs/fixture.ts';
import { recorded } from './core/training/recorded.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What only src/datasets may know: the sizes, the numbers and the words of one data set. */
const RULES: readonly RegExp[] = [
  // The side of its images, and their pixels.
  /(?<![\w.])28(?![\w.])/g,
  /(?<![\w.])28\s?[x×]\s?28/g,
  /(?<![\w.])784(?![\w.])/g,
  // How many images there are to train on.
  /(?<![\w.])60[,_]?000(?![\w.])/g,
  // That there are ten classes.
  /\bCLASS_(?:COUNT|NAMES)\b/g,
  /\bclass(?:es|Count)\b['"]?\s*[:=]\s*10\b/gi,
  /\[(?:n|batch|count|images|samples), 10\]/g,
  /\bten (?:classes|outputs|units|probabilities|labels)\b/gi,
  /\b0\s?(?:\.\.\.|…)\s?9\b/g,
  // What it shows.
  /fashion/gi,
  /\b(?:garment|shirt|t-shirt|trouser|pullover|coat|sandal|sneaker|bag|boot|shoe|dresse)s?\b/gi,
  /\bdress\b/gi,
];

/** Lines that may stay as they are, each with the reason. */
const ALLOWED: readonly (readonly [path: string, line: string, reason: string])[] = [
  ['src/core/network/layers/reshape.ts', '[28, 28]', 'The default that saved networks leave out.'],
  ['src/core/imaging/picture-header.ts', 'getUint16(28, true)', 'A place in the header of a WebP file.'],
  ['src/core/imaging/sample.ts', '[28, 32, 48, 64]', 'Sides that the samples of own pictures may have.'],
  ['src/dataset/reading/zip.ts', '[28, 30, 32].map(', 'Places in the list of files of a zip.'],
  ['src/dataset/reading/zip.ts', 'getUint16(28, true)', 'A place in the header of a file in a zip.'],
  [
    'src/features/results/ConfusionPanel.tsx',
    'const PAGE = 28;',
    'How many samples show at first: four rows of seven.',
  ],
  ['src/ui/card/Insight.tsx', 'M1 15C9 8 18 4 29 2V33C19 28 10 22 1 18z', 'A curve of a drawing.'],
  ['src/ui/card/Insight.tsx', 'M1 18C10 22 19 28 29 33', 'A curve of a drawing.'],
];

/** One place where a file knows what only the folder of a data set should know. */
interface Trace {
  readonly path: string;
  readonly row: number;
  readonly line: string;
  readonly words: readonly string[];
}

/** What a file outside src/datasets knows of a data set, line by line. `path`: from the root, with `/`. */
function tracesIn(path: string, text: string): readonly Trace[] {
  if (path.startsWith('src/datasets/')) return [];
  return text.split('\n').flatMap((line, i) => {
    const words = RULES.flatMap((rule) => line.match(rule) ?? []);
    return words.length === 0 ? [] : [{ path, row: i + 1, line, words }];
  });
}

function isAllowed({ path, line }: Trace): boolean {
  return ALLOWED.some(([file, part]) => file === path && line.includes(part));
}

/** All files of src that the app is made of; Markdown may speak of measurements. */
function sourceFiles(): readonly string[] {
  const found = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  return found.filter((name) => /\.(?:tsx?|css)$/.test(name)).map((name) => `src/${relative('.', name)}`);
}

describe('outside its folder, nothing knows Fashion-MNIST', () => {
  const traces = sourceFiles().flatMap((path) => tracesIn(path, readFileSync(join(ROOT, path), 'utf8')));

  test('in any file of src', () => {
    const places = traces.filter((trace) => !isAllowed(trace));
    expect(places.map(({ path, row, words }) => `${path}:${row}: ${words.join(', ')}`)).toEqual([]);
  });

  test.each(ALLOWED)('%s still needs leave for %s', (path, part) => {
    expect(traces.some((trace) => trace.path === path && trace.line.includes(part))).toBe(true);
  });

  test('among all the files there are', () => {
    expect(sourceFiles().length).toBeGreaterThan(400);
    expect(sourceFiles()).toContain('src/core/dataset/spec.ts');
  });
});

describe('a planted trace', () => {
  test.each([
    ['const side = 28;', '28'],
    ['for (let i = 0; i < 28 * 28; i++) {', '28'],
    ['/** Pixels [28, 28]. */', '28'],
    ['<span>28×28 input</span>', '28×28'],
    ['a canvas of 28x28 pixels', '28x28'],
    ['new Uint8Array(784)', '784'],
    ["const text = 'Among 60,000 images';", '60,000'],
    ['if (images < 60_000) return;', '60_000'],
    ['import { CLASS_COUNT } from', 'CLASS_COUNT'],
    ['{ labels, probabilities, classes: 10 }', 'classes: 10'],
    ['/** Softmax outputs: [n, 10]. */', '[n, 10]'],
    ['the ten outputs', 'ten outputs'],
    ['/** Class numbers 0 ... 9. */', '0 ... 9'],
    ['/** From Fashion-MNIST. */', 'Fashion'],
    ['Draw a garment here.', 'garment'],
    ["const names = ['T-shirt/top', 'Trouser'];", 'T-shirt'],
    ['<Icon name="sneaker" />', 'sneaker'],
    ['.ankle-boot {', 'boot'],
    ['all shoes point left', 'shoes'],
    ['a Dress or a Coat', 'Coat'],
  ])('is found in %s', (line, word) => {
    const traces = tracesIn('src/core/planted.ts', `const first = 1;\n${line}\n`);
    expect(traces).toHaveLength(1);
    expect(traces[0]).toMatchObject({ path: 'src/core/planted.ts', row: 2 });
    expect(traces[0]?.words).toContain(word);
    expect(traces.filter(isAllowed)).toEqual([]);
    expect(tracesIn('src/datasets/fashion-mnist/planted.ts', line)).toEqual([]);
  });

  test.each([
    'const digest = 0x28;',
    'const q = 7.784894002430293e-3;',
    'const seeds = 10_000;',
    'const version = "1.28.0";',
    'document.addEventListener(address);',
    'padding: 128px;',
    'at most ten times a second',
    'a bagatelle, a reboot and a coating',
    'export const pages = [1, 10];',
  ])('is not seen in %s', (line) => {
    expect(tracesIn('src/core/planted.ts', line)).toEqual([]);
  });
});

describe('of a table, no sentence speaks of images, and classes are called classes', () => {
  const network = {
    layers: layers(['dense', { units: 8 }], ['dense', { units: 2, activation: 'softmax' }]),
  };
  const recipe = defaultRecipe(WEATHER);
  const names = readdirSync(join(ROOT, 'tests/fixtures/curves'), 'utf8').filter((name) => name.endsWith('.json'));

  /** Everything that the coach said of a run. */
  function saidOf(observation: Observation): string {
    const { title, sentence } = coach(observation);
    return `${title}. ${sentence}`;
  }

  test.each(names)('by the coach, after each epoch of %s', (name) => {
    const { whole, after } = recorded(name.replace('.json', ''));
    const seen = [...whole.epochs.keys()].map((epoch) => after(epoch + 1));
    const said = [...seen, whole].map((observation) =>
      saidOf({ ...observation, setup: { dataset: WEATHER, network, recipe } }),
    );
    expect(said.filter((sentence) => /\bimages?\b/.test(sentence))).toEqual([]);
  });

  test('by the coach, where nothing is set aside', () => {
    const { whole } = recorded('healthy');
    const told = (changes: object) =>
      saidOf({ ...whole, setup: { dataset: WEATHER, network, recipe: { ...recipe, ...changes } } });
    expect(told({ validationSplit: 0 })).toContain('no rows are set aside');
    expect(told({ validateOn: 'test' })).toContain('the curve shows test rows');
  });

  test('by a fix', () => {
    const few = { dataset: WEATHER, network, recipe: { ...recipe, trainingImages: 100 } };
    expect(applyFix(few, { kind: 'trainingImages', images: 300 })?.label).toBe('+200 rows');
  });

  test.each([
    ['nothing', layers(), 'A network for two classes'],
    ['three outputs', layers(['dense', { units: 3, activation: 'softmax' }]), 'there are 2 classes'],
    ['ten outputs', layers(OUTPUT), 'there are 2 classes'],
    [
      'dropout behind the last layer',
      layers(['dense', { units: 2, activation: 'linear' }], ['dropout'], ['activation', { activation: 'softmax' }]),
      'drops whole classes',
    ],
  ])('by what is wrong with a network of %s', (_, rows, words) => {
    const said = analyse({ layers: rows }, WEATHER).issues.map(({ message }) => message);
    expect(said.join(' ')).toContain(words);
    expect(said.filter((message) => /\bimages?\b/.test(message))).toEqual([]);
  });
});
