import type { OpenedPictures } from '../../../core/dataset/opened-files.ts';
import type { SampleForm } from '../../../core/imaging/sample.ts';
import { divide } from '../divide.ts';
import { LeftOutList } from '../left-out-list.ts';
import type { Made, MakingChoices } from '../made.ts';
import { type Opened, placeOfOpened, sourceFiles } from '../opened.ts';
import { imagesDescription } from '../own-description.ts';
import { type FoundPictures, findPictures } from './find-pictures.ts';
import { type Decode, readPictures } from './read-pictures.ts';

/** A data set of the pictures in files. Throws a RefusedFiles where none can be made. */
export async function makePictures(
  files: readonly Opened[],
  choices: MakingChoices & SampleForm,
  decode: Decode,
  onProgress: (done: number, total: number) => void,
): Promise<Made> {
  const { title, side, channels, fit, testShare, seed } = choices;
  const leftOut = new LeftOutList();
  const found = findPictures(await sourceFiles(files), leftOut);
  const read = await readPictures(found, { side, channels, fit }, decode, leftOut, onProgress);
  const { classes, given } = read;
  const { samples, notes } = divide({ ...read, classes: classes.length }, { given, testShare, seed });
  const size = { height: side, width: side, channels };
  const description = imagesDescription(title, size, classes, openedPictures(files, found, choices));
  return { data: { description, samples }, leftOut: leftOut.list(), notes };
}

/** The files for a program that reads them; null where they come from several places. */
function openedPictures(
  files: readonly Opened[],
  { testFolders }: FoundPictures,
  { fit, testShare, seed }: MakingChoices & SampleForm,
): OpenedPictures | null {
  const place = placeOfOpened(files);
  if (place === null) return null;
  return { kind: 'pictures', name: place.name, fit, testFolders, testShare, seed };
}
