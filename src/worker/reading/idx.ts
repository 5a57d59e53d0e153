import { at } from '../../core/at.ts';
import { pictureOf } from '../../core/imaging/picture.ts';
import { keepOwnData } from '../../dataset/own/keep.ts';
import { divide } from '../../dataset/reading/divide.ts';
import { areIdx, type FoundIdx, findIdx } from '../../dataset/reading/idx/find-idx.ts';
import { idxValues } from '../../dataset/reading/idx/idx-file.ts';
import { readImages, readLabels } from '../../dataset/reading/idx/read-idx.ts';
import { LeftOutList } from '../../dataset/reading/left-out-list.ts';
import { sourceFiles } from '../../dataset/reading/opened.ts';
import { imagesDescription } from '../../dataset/reading/own-description.ts';
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
  async make(files, { title, classes, transposes, testShare, seed }, onProgress) {
    const leftOut = new LeftOutList();
    const found = await findIdx(await sourceFiles(files), leftOut);
    const labels = await readLabels(found);
    const values = await readImages(found, transposes);
    const [height, width] = transposes ? [found.width, found.height] : [found.height, found.width];
    const { channels } = found;
    const all = new Uint8Array(labels.train.length + labels.test.length);
    all.set(labels.train);
    all.set(labels.test, labels.train.length);
    const given = labels.test.length === 0 ? null : all.map((_, i) => (i < labels.train.length ? 0 : 1));
    const read = { labels: all, values, size: height * width * channels, classes: labels.names.length };
    const { samples, notes } = divide(read, { given, testShare, seed });
    const description = imagesDescription(title, { height, width, channels }, classes);
    const dataset = await keepOwnData({ description, samples }, { onProgress, now: Date.now() });
    return { dataset, leftOut: leftOut.list(), notes };
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
