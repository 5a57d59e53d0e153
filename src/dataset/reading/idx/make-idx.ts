import type { OpenedIdx } from '../../../core/dataset/opened-files.ts';
import { divide } from '../divide.ts';
import { LeftOutList } from '../left-out-list.ts';
import type { Made, MakingChoices } from '../made.ts';
import { type Opened, placeOfOpened, sourceFiles } from '../opened.ts';
import { imagesDescription } from '../own-description.ts';
import { type FoundIdx, findIdx, type IdxPair } from './find-idx.ts';
import type { IdxFile } from './idx-file.ts';
import { readImages, readLabels } from './read-idx.ts';

/** What is said of IDX files. */
interface IdxMaking extends MakingChoices {
  /** As many as the files have labels. */
  readonly classes: readonly string[];
  /** Whether to exchange rows and columns. */
  readonly transposes: boolean;
}

/** A data set of the images in IDX files. Throws a RefusedFiles where none can be made. */
export async function makeIdx(files: readonly Opened[], choices: IdxMaking): Promise<Made> {
  const { title, classes, transposes, testShare, seed } = choices;
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
  const opened = openedIdx(files, found, choices);
  const description = imagesDescription(title, { height, width, channels }, classes, opened);
  return { data: { description, samples }, leftOut: leftOut.list(), notes };
}

/** The files for a program that reads them; null where they come from several places. */
function openedIdx(
  opened: readonly Opened[],
  { train, test }: FoundIdx,
  { transposes, testShare, seed }: IdxMaking,
): OpenedIdx | null {
  const place = placeOfOpened(opened);
  if (place === null) return null;
  const pathOf = ({ file }: IdxFile) => file.path.split('/').slice(place.depth).join('/');
  const pathsOf = ({ images, labels }: IdxPair) => ({ images: pathOf(images), labels: pathOf(labels) });
  const pairs = { train: pathsOf(train), test: test && pathsOf(test) };
  return { kind: 'idx', name: place.name, ...pairs, transposes, testShare, seed };
}
