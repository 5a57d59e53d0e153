import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { readHandInFile, writeHandIn } from '../../../src/app/lab-file/hand-in-file.ts';
import { readLab, writeLab } from '../../../src/app/lab-file/lab-file.ts';
import { kerasParts } from '../../../src/core/exporting/files/keras-model.ts';
import { torchTensors } from '../../../src/core/exporting/files/pytorch-tensors.ts';
import { safetensorsFile } from '../../../src/core/exporting/files/safetensors.ts';
import { tfjsParts } from '../../../src/core/exporting/files/tfjs-model.ts';
import { checkImageFile } from '../../../src/core/imaging/image-file.ts';
import { networkOfKeras } from '../../../src/core/importing/keras-network.ts';
import { analyse } from '../../../src/core/network/graph.ts';
import { networkText, parseNetwork } from '../../../src/core/network/network-text.ts';
import { sizeOf } from '../../../src/core/network/shape.ts';
import { readShared, setupOf, sharedText } from '../../../src/core/sharing/shared-setup.ts';
import { DatasetError } from '../../../src/dataset/errors.ts';
import { parseManifest } from '../../../src/dataset/manifest.ts';
import { idxFile, idxValues } from '../../../src/dataset/reading/idx/idx-file.ts';
import { RefusedFiles } from '../../../src/dataset/reading/refusal.ts';
import { openedFile, UnreadableFile } from '../../../src/dataset/reading/source-file.ts';
import { readTable } from '../../../src/dataset/reading/table/read-table.ts';
import { zipFiles } from '../../../src/dataset/reading/zip.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { linkTo, readHash, textOfHash } from '../../../src/features/link.ts';
import { readWeights } from '../../../src/features/model/builder/weights-file.ts';
import { readAssignment } from '../../../src/state/assignment-text.ts';
import { layers, OUTPUT } from '../../fixtures/specs/fixture.ts';
import { pngOf } from '../../support/png.ts';
import { draft, fullRun } from '../app/archive/full-run.ts';
import { MANIFEST_TEXT } from '../dataset/support.ts';
import { SOURCE } from '../features/classroom/sample-assignment.ts';
import { checkpointAt } from '../support/checkpoints.ts';
import { type Draw, mutatedBytes, mutatedText } from './mutations.ts';

/** A reader of links or files that come from anywhere. Whatever the app comes to read from outside belongs into this list. */
export interface Reader {
  readonly name: string;
  /** What it reads, as the app or another tool writes it. */
  readonly sample: Uint8Array;
  /** A copy with something wrong in it. */
  mutate(draw: Draw): Uint8Array | Promise<Uint8Array>;
  /** Null where it was read, or what is said to whoever opened it. */
  read(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> | string | null;
}

const { graph } = analyse(
  { layers: layers(['conv2d', { filters: 2 }], ['globalAveragePooling2d'], OUTPUT) },
  FASHION_MNIST,
);
if (graph === null) throw new Error('The network of the samples does not fit together.');
const network = { layers: graph.nodes.map(({ spec }) => spec) };
const weights = graph.nodes.flatMap((node) =>
  node.weights.map(({ shape }) => new Float32Array(sizeOf(shape)).fill(0.1)),
);

const SHARED = sharedText(draft, draft.presetId, 'report');
const LAB = {
  shared: SHARED,
  runs: [{ run: fullRun(1), checkpoint: checkpointAt(20) }],
  texts: [{ kind: 'drawing', name: 'fashion-mnist', text: '0x784' }],
} as const;
const HANDED_IN = {
  student: 'Ada',
  source: SOURCE,
  time: '2026-11-28T10:00:00.000Z',
  id: '0123456789abcdef',
  run: 1,
  prediction: 'It will be over 88 %.',
  isLate: false,
  answers: ['Because.', 'More layers.'],
};
const IDX = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 3, ...Array.from({ length: 36 }, (_, i) => i));
const TABLE = `size,colour,"kind, of it"\n${'1.5,red,a\n-2,"green ""x""",b\n'.repeat(5)}`;

const text = (bytes: Uint8Array) => strFromU8(bytes);
const problemOf = (reading: object) => ('problem' in reading ? String(reading.problem) : null);

/** Of text: half of the copies differ in a value of the JSON, half in a byte. */
function textReader(
  name: string,
  sample: string,
  read: (given: string) => string | null | Promise<string | null>,
): Reader {
  return {
    name,
    sample: strToU8(sample),
    mutate: (draw) => (draw.below(2) === 0 ? strToU8(mutatedText(sample, draw)) : mutatedBytes(strToU8(sample), draw)),
    read: (bytes) => read(text(bytes)),
  };
}

/** Of zips: half of the copies differ in a file that is in it. */
function zipReader(name: string, sample: Uint8Array, read: Reader['read']): Reader {
  const files = unzipSync(sample);
  const names = Object.keys(files);
  const mutate = (draw: Draw) => {
    if (draw.below(2) === 0) return mutatedBytes(sample, draw);
    const changed = names[draw.below(names.length)] ?? '';
    const contents = files[changed] ?? new Uint8Array();
    const mutated = changed.endsWith('.json')
      ? strToU8(mutatedText(text(contents), draw))
      : mutatedBytes(contents, draw);
    return zipSync({ ...files, [changed]: mutated }, { level: 1 });
  };
  return { name, sample, mutate, read };
}

function bytesReader(name: string, sample: Uint8Array, read: Reader['read']): Reader {
  return { name, sample, mutate: (draw) => mutatedBytes(sample, draw), read };
}

/** What is said where files are refused; an error of any other kind is a fault. */
async function refusalOf(work: () => Promise<unknown> | unknown): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof RefusedFiles || error instanceof DatasetError) return error.message;
    if (error instanceof UnreadableFile) return `The file ${error.message}.`;
    throw error;
  }
}

/** The network and the recipe of a link, as far as the app takes them when it is opened. */
function openedShare(given: string): string | null {
  const reading = readShared(given);
  if ('problem' in reading) return reading.problem;
  analyse(reading.shared.network, FASHION_MNIST);
  return problemOf(setupOf(reading.shared, FASHION_MNIST));
}

const PAGE = 'https://lab.example/';

/** Every reader of links and files. */
export const READERS: readonly Reader[] = [
  textReader('the network and recipe of a link', SHARED, openedShare),
  {
    name: 'the letters of a link',
    sample: strToU8(SHARED),
    // Of the letters themselves, and of what they stand for.
    mutate: async (draw) => {
      const changed = draw.below(2) === 0;
      const link = await linkTo(PAGE, changed ? mutatedText(SHARED, draw) : SHARED);
      return changed ? strToU8(link) : mutatedBytes(strToU8(link), draw);
    },
    read: async (bytes) => problemOf(await readHash(text(bytes).slice(PAGE.length))),
  },
  textReader('an assignment', SOURCE, (given) => problemOf(readAssignment(given))),
  textReader('an assignment in a link', SOURCE, async (given) => {
    const link = await linkTo(PAGE, given, '#task=');
    const letters = await textOfHash(link.slice(PAGE.length + '#task='.length));
    return letters === null ? 'This link is damaged.' : problemOf(readAssignment(letters));
  }),
  textReader('pasted layers', networkText(draft.network), (given) => {
    const reading = parseNetwork(given);
    return 'problems' in reading ? (reading.problems[0] ?? 'No problem is named.') : null;
  }),
  ...[
    ['the config.json of Keras', text(kerasParts(graph, weights)['config.json'] ?? new Uint8Array())] as const,
    ['the model.json of TensorFlow.js', text(tfjsParts(graph, weights)['model.json'] ?? new Uint8Array())] as const,
  ].map(([name, sample]) =>
    textReader(name, sample, (given) => {
      const reading = networkOfKeras(given);
      if (reading === null) return 'This is no network of Keras.';
      return 'problems' in reading ? (reading.problems[0] ?? 'No problem is named.') : null;
    }),
  ),
  zipReader('a lab', writeLab(LAB), (bytes) => problemOf(readLab(bytes))),
  zipReader('what was handed in', writeHandIn(HANDED_IN, LAB), (bytes) => problemOf(readHandInFile(bytes))),
  bytesReader('SafeTensors', safetensorsFile(torchTensors(graph, weights), { run: 'Run 1' }), async (bytes) =>
    problemOf(await readWeights(new File([bytes], 'network.safetensors'), { ...draft, network })),
  ),
  zipReader(
    'SafeTensors in a zip',
    zipSync({ 'network.safetensors': safetensorsFile(torchTensors(graph, weights), { run: 'Run 1' }) }),
    async (bytes) => problemOf(await readWeights(new File([bytes], 'network.zip'), { ...draft, network })),
  ),
  zipReader(
    'a zip of files',
    zipSync({ 'a/one.txt': strToU8('one '.repeat(50)), 'b/two.txt': strToU8('two') }),
    (bytes) =>
      refusalOf(async () => {
        for (const file of await zipFiles('some.zip', new Blob([bytes]))) await file.read(1_000_000);
      }),
  ),
  bytesReader('a table', strToU8(TABLE), (bytes) => refusalOf(() => readTable(new Blob([bytes]), () => undefined))),
  bytesReader('an IDX file', IDX, (bytes) =>
    refusalOf(async () => {
      const idx = await idxFile(openedFile('images-idx3-ubyte', new Blob([bytes])));
      if (idx === null) throw new RefusedFiles('This is no IDX file.');
      await idxValues(idx);
    }),
  ),
  textReader('a manifest', shortManifest(), (given) => refusalOf(() => void parseManifest(given))),
  bytesReader('a picture', pngOf(4, 4, new Uint8Array(64).fill(200)), (bytes) => {
    const check = checkImageFile(bytes);
    return check.kind === 'refused' ? check.message : null;
  }),
];

function shortManifest(): string {
  const { shards, ...rest } = JSON.parse(MANIFEST_TEXT);
  return JSON.stringify({ ...rest, shards: [shards[0], shards.at(-1)] });
}
