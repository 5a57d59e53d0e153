import { at } from '../../core/at.ts';
import { pictureOf } from '../../core/imaging/picture.ts';
import { keepOwnData } from '../../dataset/own/keep.ts';
import { areIdx, type FoundIdx, findIdx } from '../../dataset/reading/idx/find-idx.ts';
import { idxValues } from '../../dataset/reading/idx/idx-file.ts';
import { makeIdx } from '../../dataset/reading/idx/make-idx.ts';
import { readLabels } from '../../dataset/reading/idx/read-idx.ts';
import { LeftOutList } from '../../dataset/reading/left-out-list.ts';
import { sourceFiles } from '../../dataset/reading/opened.ts';
import type { IdxSurvey, Preview } from '../../protocol/reading/images.ts';
import type { Reader } from './reader.ts';
import { titleOf } from './title.ts';

/** Images that are shown before a data set is made of them. */
const PREVIEWS = 24;

/** The files of MNIST and its relatives. */
export const IDX: Reader<IdxSurvey> = {
  kind: 'idx',
  fits: async (files) => areIdx(await sourceFiles(files)),
  async survey(files) {
    const leftOut = new LeftOutList();
    const found = await findIdx(await sourceFiles(files), leftOut);
    const labels = await readLabels(found);
    const { height, width, channels, train } = found;
    const path = train.images.file.path;
    return {
      kind: 'idx',
      title: titleOf(files, path.split('/').at(-2) ?? null),
      height,
      width,
      channels,
      train: labels.train.length,
      test: labels.test.length,
      classes: labels.names,
      isTransposed: /emnist/i.test(path) && !/kmnist/i.test(path),
      previews: await previewsOf(found, labels.train),
      leftOut: leftOut.list(),
    };
  },
  async make(files, choices, onProgress) {
    const { data, ...rest } = await makeIdx(files, choices);
    return { dataset: await keepOwnData(data, { onProgress, now: Date.now() }), ...rest };
  },
};

async function previewsOf(
  { train, height, width, channels }: FoundIdx,
  labels: Uint8Array,
): Promise<readonly Preview[]> {
  const size = height * width * channels;
  const count = Math.min(PREVIEWS, labels.length);
  const values = await idxValues(train.images, count * size);
  return Array.from({ length: count }, (_, i) => ({
    label: at(labels, i),
    picture: pictureOf({ width, height }, (x, y) => {
      const pixel = i * size + (y * width + x) * channels;
      return [0, 1, 2].map((channel) => values[pixel + Math.min(channel, channels - 1)] ?? 0);
    }),
  }));
}
