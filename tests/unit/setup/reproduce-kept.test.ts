import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type BesideResult,
  type Kept,
  keepBeside,
  keepResult,
  type Result,
  readBeside,
  readResults,
  Unfinished,
} from '../../../scripts/reproduce/results.mjs';
import { goingOn, setupIn } from '../../../scripts/reproduce/unfinished.mjs';
import { parseCheckpoint } from '../../../src/app/archive/run-schema.ts';
import { settingsOf } from '../../../src/core/training/live-settings.ts';
import { overfittingDemo } from '../../../src/datasets/fashion-mnist/presets/own.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fitting-room-kept-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const { dataset, network, recipe } = overfittingDemo;
const SETUP = { dataset, network, recipe };
const WEIGHTS = Float32Array.from([0.1, -2]);

/** A run after two epochs, as it is kept: arrays are text. */
function keptRun(changes: Partial<Kept> = {}): Kept {
  const f32 = Buffer.from(WEIGHTS.buffer).toString('base64');
  const checkpoint = JSON.stringify({
    snapshot: { step: 50, weights: [{ f32 }], slots: [] },
    judgedEpochs: 2,
    course: { settings: settingsOf(recipe), lengths: [30] },
    earlyStopping: null,
  });
  const progress = { seconds: 9, epochs: 2, trainSample: null, validation: null, checkpoint };
  return { ...progress, setup: setupIn(SETUP), commits: ['abc1234'], ...changes };
}

describe('a run that was interrupted', () => {
  test('goes on from what was kept of it, its weights included', () => {
    const seen: unknown[] = [];
    const kept = JSON.parse(JSON.stringify(keptRun()));
    const read = (value: unknown) => seen.push(parseCheckpoint(value)) && seen[0];
    expect(goingOn(kept, SETUP, read)).toEqual({ from: kept, note: 'from epoch 2' });
    expect(seen).toMatchObject([{ snapshot: { step: 50, weights: [WEIGHTS] } }]);
  });

  test('goes on after the app has learned other options, and where it was kept without its setup', () => {
    const later = { ...SETUP, recipe: { ...recipe, another: 'none' } };
    expect(goingOn(keptRun(), later, parseCheckpoint).note).toBe('from epoch 2');
    const { setup: _, ...former } = keptRun();
    expect(goingOn(former, SETUP, parseCheckpoint).note).toBe('from epoch 2');
  });

  test.each([
    ['another rate', { ...SETUP, recipe: { ...recipe, learningRate: 0.5 } }],
    ['a layer less', { ...SETUP, network: { layers: network.layers.slice(1) } }],
  ])('begins again with %s', (_, setup) => {
    expect(goingOn(keptRun(), setup, parseCheckpoint)).toEqual({
      from: null,
      note: 'begins again: its network or recipe has changed since',
    });
  });

  test('begins again where the app does not read its checkpoint any more', () => {
    const { from, note } = goingOn(keptRun({ checkpoint: '{"snapshot":{}}' }), SETUP, parseCheckpoint);
    expect([from, note]).toEqual([null, expect.stringContaining('of a form that the app does not read any more')]);
    expect(goingOn(null, SETUP, parseCheckpoint)).toEqual({ from: null, note: '' });
  });

  test('is found where runs were kept before, and is gone from both places when it is over', () => {
    const [now, before] = [join(folder, 'now'), join(folder, 'before')];
    new Unfinished(before, before).write('run', keptRun());
    const unfinished = new Unfinished(now, before);
    expect(unfinished.read('run')).toEqual(keptRun());
    unfinished.write('run', keptRun({ epochs: 3 }));
    expect(unfinished.read('run')?.epochs).toBe(3);
    unfinished.drop('run');
    expect([unfinished.read('run'), new Unfinished(before, before).read('run')]).toEqual([null, null]);
  });
});

test('results of the app and of other tools stand in one file, and neither loses the other', () => {
  const file = join(folder, 'reports.json');
  const about = { epochs: 5, trainingImages: 100, seconds: 9, load: 1, date: '2026-11-28', commit: 'abc1234' };
  const judged = { testAccuracy: 0.9, testLoss: 0.3, trainAccuracy: null, trainLoss: null, validationAccuracy: null };
  const own: Result = { ...about, ...judged, backend: 'wasm', device: null, thresholded: null, recalls: null };
  const other: BesideResult = { ...about, accuracy: 0.8, version: '2.15.0', seed: 42 };
  writeFileSync(file, JSON.stringify({ a: { 42: own } }));
  keepBeside(file, 'a', 'torch', other);
  keepResult(file, 'b', 1, own);
  keepBeside(file, 'a', 'keras', other);
  expect(readResults(file)).toEqual({ a: { 42: own }, b: { 1: own } });
  expect(readBeside(file)).toEqual({ a: { torch: other, keras: other } });
  expect(readFileSync(file, 'utf8')).toMatch(/\n$/);
});
