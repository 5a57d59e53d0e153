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
import { IDX_FILES } from '../../scripts/data/idx.mjs';
import { idxHeader } from '../../scripts/data/idx-bytes.mjs';
import { gzip } from '../../scripts/data/shards.mjs';
import { parseManifest } from '../../src/dataset/manifest.ts';
import { unpackShard } from '../../src/dataset/shard.ts';
import { SampleStore } from '../../src/dataset/store.ts';
import { digitIdxFiles, digits } from '../support/proof-datasets.ts';

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
  const { spec, shards } = parseManifest(readFileSync(join(DATA, 'manifest.json'), 'utf8'));
  for (const split of ['train', 'test'] as const) {
    const parts = shards
      .filter((shard) => shard.split === split)
      .map(({ file, count }) => {
        const raw = gunzipSync(readFileSync(join(DATA, file)));
        return { labels: raw.subarray(0, count), images: raw.subarray(count) };
      });
    const count = spec.splits[split];
    const save = split === 'test' ? saveZipped : savePlain;
    save(to, IDX_FILES[split].images, [count, 28, 28], Buffer.concat(parts.map(({ images }) => images)));
    save(to, IDX_FILES[split].labels, [count], Buffer.concat(parts.map(({ labels }) => labels)));
  }
}

function savePlain(to: string, name: string, shape: readonly number[], data: Uint8Array): void {
  writeFileSync(join(to, name), Buffer.concat([idxHeader(shape), data]));
}

function saveZipped(to: string, name: string, shape: readonly number[], data: Uint8Array): void {
  writeFileSync(join(to, `${name}.gz`), gzipSync(Buffer.concat([idxHeader(shape), data]), { level: 1 }));
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

  it('makes a folder of shards of any other IDX files, with the words that it is told', () => {
    const bytes = (count: number, factor: number) => Uint8Array.from({ length: count }, (_, i) => (i * factor) % 256);
    for (const [split, count] of [
      ['train', 1200],
      ['test', 7],
    ] as const) {
      savePlain(folder, IDX_FILES[split].images, [count, 3, 5, 2], bytes(count * 30, 7));
      savePlain(
        folder,
        IDX_FILES[split].labels,
        [count],
        bytes(count, 1).map((value) => value % 3),
      );
    }
    const words = ['--id', 'tiny-things', '--title', 'Tiny things', '--classes', 'a,b,c', '--subject', 'thing,things'];
    const { status, stderr } = build('--from', folder, '--to', output, ...words);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { spec, shards } = parseManifest(readFileSync(join(output, 'manifest.json'), 'utf8'));
    expect(spec).toMatchObject({
      id: 'tiny-things',
      title: 'Tiny things',
      samples: { kind: 'image', height: 3, width: 5, channels: 2, storage: 'uint8', scale: 255 },
      classes: ['a', 'b', 'c'],
      splits: { train: 1200, test: 7 },
      words: { sample: { one: 'image', many: 'images' }, subject: { one: 'thing', many: 'things' } },
      capabilities: [],
    });
    expect(shards.map(({ file, count }) => [file, count])).toEqual([
      ['train-00.bin', 1000],
      ['train-01.bin', 200],
      ['test-00.bin', 7],
    ]);
    const raw = gunzipSync(readFileSync(join(output, 'train-01.bin')));
    expect([raw[0], raw.length]).toEqual([1000 % 3, 200 * 31]);
    expect(raw[200]).toBe((1000 * 30 * 7) % 256);
    expect(readdirSync(output).toSorted()).toEqual(['manifest.json', ...shards.map(({ file }) => file)].toSorted());
  });

  it('makes of the IDX files of digits what can be trained on', async () => {
    const { spec, samples } = digits();
    for (const [name, bytes] of digitIdxFiles()) writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes));
    const { status, stderr } = build(
      ...['--from', folder, '--to', output, '--id', spec.id, '--title', spec.title],
      ...['--classes', spec.classes.join(','), '--subject', 'digit,digits'],
      ...['--licence', spec.licence.name, '--holder', spec.licence.holder, '--citation', spec.citation],
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const manifest = parseManifest(readFileSync(join(output, 'manifest.json'), 'utf8'));
    expect(manifest.spec).toEqual(spec);
    const store = new SampleStore(manifest.spec);
    for (const entry of manifest.shards) {
      const stored = new Uint8Array(readFileSync(join(output, entry.file)));
      store.add(entry.split, store.arrived(entry.split), await unpackShard(entry, spec.classes.length, stored));
    }
    for (const split of ['train', 'test'] as const) {
      expect({ labels: store.labels(split), values: store.values(split) }).toEqual(samples[split]);
    }
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
      /train-labels-idx1-ubyte is not an IDX file of bytes with 1 dimensions/,
    );
  });

  it('fewer labels than images', () => {
    withTrainLabels(Buffer.concat([idxHeader([1000]), labels().subarray(8, 1008)]));
    expect(refusal('--from', folder, '--to', output)).toContain('does not hold that of Fashion-MNIST');
    const words = ['--id', 'other', '--classes', 'a,b'];
    expect(refusal('--from', folder, '--to', output, ...words)).toContain(
      'has 60000 images in train-images-idx3-ubyte and 1000 labels in train-labels-idx1-ubyte.',
    );
  });

  it('an IDX file with one wrong label, and one cut short', () => {
    const wrong = labels();
    wrong[500] = ((wrong[500] ?? 0) + 1) % 10;
    withTrainLabels(wrong);
    const sentence = refusal('--from', folder, '--to', output);
    expect(sentence).toContain('train-labels-idx1-ubyte does not hold that of Fashion-MNIST (SHA-256 ');
    expect(sentence).toContain('such as the digits of MNIST, say --id, --title and --classes');
    withTrainLabels(labels().subarray(0, 59_000));
    expect(refusal('--from', folder, '--to', output)).toContain('that is whole: fetch the file again');
  });

  it('labels that have no name, names that are not told apart, and images of two sizes', () => {
    const save = (split: 'train' | 'test', side: number) => {
      savePlain(folder, IDX_FILES[split].images, [4, side, side], new Uint8Array(4 * side * side));
      savePlain(folder, IDX_FILES[split].labels, [4], Uint8Array.of(0, 1, 2, 1));
    };
    save('train', 2);
    save('test', 2);
    const refused = (...words: string[]) => refusal('--from', folder, '--to', output, '--id', 'other', ...words);
    expect(refused('--classes', 'a,b')).toContain('The train labels go up to 2, and there are names for 2 classes.');
    expect(refused('--classes', 'a,b,a')).toContain('Name the classes in the order of the labels');
    expect(refused('--classes', 'a,b,c', '--subject', 'thing')).toContain('a word for one and a word for many');
    expect(refusal('--from', folder, '--to', output, '--id', 'Other one')).toContain('Other one is no id');
    expect(refusal('--from', folder, '--to', output, '--title', 'Other')).toContain('Another data set needs an --id');
    save('test', 3);
    expect(refused('--classes', 'a,b,c')).toContain('are of two sizes: 2 x 2 to train on, and 3 x 3 to test on.');
  });

  it('a gzip file cut short', () => {
    withTrainLabels(gzipSync(labels()).subarray(0, 20_000), `${TRAIN_LABELS}.gz`);
    expect(refusal('--from', folder, '--to', output)).toContain('.gz cannot be read (unexpected end of file): ');
  });

  it('an option that it does not know', () => {
    expect(refusal('--form', idx)).toContain(
      'usage: npm run data -- [digits|penguins|weather] [--from FOLDER] [--to FOLDER]',
    );
  });

  it('a data set that no package is known for', () => {
    expect(refusal('cats', '--to', output)).toContain('There is no data set cats; usage: ');
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
