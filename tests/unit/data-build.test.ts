import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { IDX_FILES, idxHeader } from '../../scripts/data/idx.mjs';
import { statistics } from '../../scripts/data/manifest.mjs';
import { gzip } from '../../scripts/data/shards.mjs';
import { parseManifest } from '../../src/dataset/manifest.ts';

vi.setConfig({ testTimeout: 60_000 });

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DATA = join(ROOT, 'public/data');
const BUILD = join(ROOT, 'scripts/data/build.mjs');
const TRAIN_LABELS = 'train-labels-idx1-ubyte';

let work: string;
/** The four IDX files, two of them gzipped. */
let idx: string;
let folder: string;
let output: string;

/** Puts the IDX files together from the shards, so that the test needs no download. */
function restoreIdxFiles(to: string): void {
  const { shards } = parseManifest(readFileSync(join(DATA, 'manifest.json'), 'utf8'));
  for (const { name, split, holds, shape } of IDX_FILES) {
    const parts = shards
      .filter((shard) => shard.split === split)
      .map(({ file, count }) => {
        const raw = gunzipSync(readFileSync(join(DATA, file)));
        return holds === 'labels' ? raw.subarray(0, count) : raw.subarray(count);
      });
    const bytes = Buffer.concat([idxHeader(shape), ...parts]);
    if (split === 'test') writeFileSync(join(to, `${name}.gz`), gzipSync(bytes, { level: 1 }));
    else writeFileSync(join(to, name), bytes);
  }
}

function build(...options: string[]) {
  const { INIT_CWD: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [BUILD, ...options], {
    cwd: work,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'fitting-room-data-'));
  idx = join(work, 'idx');
  mkdirSync(idx);
  restoreIdxFiles(idx);
}, 60_000);

afterAll(() => rmSync(work, { recursive: true, force: true }));

beforeEach(() => {
  const own = mkdtempSync(join(work, 'test-'));
  folder = join(own, 'from');
  output = join(own, 'to');
  mkdirSync(folder);
});

/** Fills `folder` with the training images, which are checked first, and these bytes as the training labels. */
function withTrainLabels(bytes: Uint8Array, name = TRAIN_LABELS): void {
  copyFileSync(join(idx, 'train-images-idx3-ubyte'), join(folder, 'train-images-idx3-ubyte'));
  writeFileSync(join(folder, name), bytes);
}

describe('npm run data', () => {
  it('makes exactly the files of public/data, again and again, and keeps what else is in the folder', () => {
    for (const time of ['first', 'second']) {
      const { status, stdout, stderr } = build('--from', idx, '--to', output);
      expect({ time, status, stderr }).toEqual({ time, status: 0, stderr: '' });
      expect(stdout).toMatch(/^Wrote 70 shards, 31\.0 MB, to /);
      expect(
        readdirSync(output)
          .filter((file) => file !== 'notes.txt')
          .toSorted(),
      ).toEqual(readdirSync(DATA).toSorted());
      const changed = readdirSync(DATA).filter(
        (file) => !readFileSync(join(output, file)).equals(readFileSync(join(DATA, file))),
      );
      expect(changed).toEqual([]);
      writeFileSync(join(output, 'notes.txt'), 'mine');
    }
    expect(readFileSync(join(output, 'notes.txt'), 'utf8')).toBe('mine');
  });

  it('reads folders relative to where npm was called', () => {
    const env = { ...process.env, INIT_CWD: work };
    const run = () => execFileSync(process.execPath, [BUILD, '--from', 'nowhere'], { env, cwd: ROOT, stdio: 'pipe' });
    expect(run).toThrow(`There is no folder ${join(work, 'nowhere')}: `);
  });
});

describe('npm run data refuses', () => {
  const labels = () => readFileSync(join(idx, TRAIN_LABELS));

  function refusal(...options: string[]): string {
    const { status, stdout, stderr } = build(...options);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.trimEnd()).not.toContain('\n');
    expect(existsSync(output)).toBe(false);
    return stderr;
  }

  it('a folder that is not there, and says where the files come from', () => {
    const sentence = refusal('--from', join(folder, 'nowhere'), '--to', output);
    expect(sentence).toContain(`There is no folder ${join(folder, 'nowhere')}: install the Debian package`);
    expect(sentence).toContain('npm run data -- --from FOLDER');
  });

  it('a file in place of a folder', () => {
    expect(refusal('--from', BUILD, '--to', output)).toContain('There is no folder');
  });

  it('a folder without one of the files', () => {
    expect(refusal('--from', folder, '--to', output)).toContain(
      'has neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz: install',
    );
  });

  it('a file that is not IDX', () => {
    withTrainLabels(new TextEncoder().encode('<!doctype html>'));
    expect(refusal('--from', folder, '--to', output)).toMatch(
      /train-labels-idx1-ubyte is not an IDX file of 60000 bytes/,
    );
  });

  it('an IDX file of other dimensions', () => {
    withTrainLabels(Buffer.concat([idxHeader([1000]), labels().subarray(8, 1008)]));
    expect(refusal('--from', folder, '--to', output)).toContain('is not an IDX file of 60000 bytes');
  });

  it('an IDX file with one wrong label, and one cut short', () => {
    const wrong = labels();
    wrong[500] = ((wrong[500] ?? 0) + 1) % 10;
    withTrainLabels(wrong);
    expect(refusal('--from', folder, '--to', output)).toContain('does not hold the labels of Fashion-MNIST (SHA-256 ');
    withTrainLabels(labels().subarray(0, 59_000));
    expect(refusal('--from', folder, '--to', output)).toContain('it may be damaged, or be the digits of MNIST');
  });

  it('a gzip file cut short', () => {
    withTrainLabels(gzipSync(labels()).subarray(0, 20_000), `${TRAIN_LABELS}.gz`);
    expect(refusal('--from', folder, '--to', output)).toContain('.gz cannot be read (unexpected end of file): ');
  });

  it('an option that it does not know', () => {
    expect(refusal('--form', idx)).toContain('usage: npm run data -- [--from FOLDER] [--to FOLDER]');
  });

  it('an output folder that it cannot write to', () => {
    const { status, stderr } = build('--from', idx, '--to', BUILD);
    expect(status).toBe(1);
    expect(stderr).toContain(`The shards cannot be written to ${BUILD} (EEXIST`);
  });
});

describe('gzip', () => {
  it('writes a header without time or system, so that the bytes depend on the content alone', () => {
    const stored = gzip(new Uint8Array(1000));
    expect([...stored.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
    expect(gunzipSync(stored)).toEqual(Buffer.alloc(1000));
  });
});

describe('statistics', () => {
  it('is the mean and the standard deviation of the population, scaled to 0 ... 1', () => {
    expect(statistics(Uint8Array.of(0, 255))).toEqual({ mean: 0.5, standardDeviation: 0.5 });
  });
});
