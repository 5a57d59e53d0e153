import type { Picture } from '../../core/imaging/picture.ts';
import { fittedSize } from '../../core/imaging/resize.ts';
import { keepOwnData } from '../../dataset/own/keep.ts';
import { decodePicture } from '../../dataset/reading/images/decode-picture.ts';
import { type FoundPicture, findPictures } from '../../dataset/reading/images/find-pictures.ts';
import { makePictures } from '../../dataset/reading/images/make-pictures.ts';
import { readPicture } from '../../dataset/reading/images/read-pictures.ts';
import { LeftOutList } from '../../dataset/reading/left-out-list.ts';
import { sourceFiles } from '../../dataset/reading/opened.ts';
import type { ImagesSurvey, Preview } from '../../protocol/reading/images.ts';
import type { Reader } from './reader.ts';
import { titleOf } from './title.ts';

/** Pictures that are shown before a data set is made of them. */
const PREVIEWS = 24;

/** The longest edge of one. */
const PREVIEW_EDGE = 128;

/** Pictures in folders, or in a zip of these. */
export const IMAGES: Reader<ImagesSurvey> = {
  kind: 'images',
  async fits(files) {
    const found = await sourceFiles(files);
    return found.some(({ path }) => /\.(png|jpe?g|webp|gif|bmp)$/i.test(path));
  },
  async survey(files, onProgress) {
    const leftOut = new LeftOutList();
    const { classes, pictures, isDivided, folder } = findPictures(await sourceFiles(files), leftOut);
    const counts = classes.map(() => 0);
    for (const { label } of pictures) counts[label] = (counts[label] ?? 0) + 1;
    return {
      kind: 'images',
      title: titleOf(files, folder),
      classes: classes.map((name, label) => ({ name, count: counts[label] ?? 0 })),
      isDivided,
      previews: await previewsOf(pictures, classes.length, onProgress),
      leftOut: leftOut.list(),
    };
  },
  async make(files, choices, onProgress) {
    const { data, ...rest } = await makePictures(files, choices, decodePicture, onProgress);
    return { dataset: await keepOwnData(data, { onProgress, now: Date.now() }), ...rest };
  },
};

/** Some pictures of each class, the same number of each as far as there are. */
async function previewsOf(
  pictures: readonly FoundPicture[],
  classes: number,
  onProgress: (done: number, total: number) => void,
): Promise<readonly Preview[]> {
  const each = Math.max(1, Math.floor(PREVIEWS / classes));
  const taken = Array.from({ length: classes }, () => 0);
  const chosen = pictures.filter(({ label }) => {
    taken[label] = (taken[label] ?? 0) + 1;
    return (taken[label] ?? 0) <= each;
  });
  const previews: Preview[] = [];
  // What is wrong with a picture is told when it is to become a sample.
  const ignored = new LeftOutList();
  for (const [done, found] of chosen.slice(0, PREVIEWS).entries()) {
    const picture = await readPicture(found, decodePicture, ignored);
    if (picture !== null) previews.push({ label: found.label, picture: reduced(picture) });
    onProgress(done + 1, Math.min(chosen.length, PREVIEWS));
  }
  return previews;
}

/** A picture on a smaller canvas. */
function reduced(picture: Picture): Picture {
  if (Math.max(picture.width, picture.height) <= PREVIEW_EDGE) return picture;
  const frame = { width: PREVIEW_EDGE, height: PREVIEW_EDGE };
  const { width, height } = fittedSize({ left: 0, top: 0, right: picture.width, bottom: picture.height }, frame);
  const from = new OffscreenCanvas(picture.width, picture.height);
  from.getContext('2d')?.putImageData(new ImageData(picture.data, picture.width, picture.height), 0, 0);
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (context === null) return picture;
  context.imageSmoothingQuality = 'high';
  context.drawImage(from, 0, 0, width, height);
  return { width, height, data: new Uint8ClampedArray(context.getImageData(0, 0, width, height).data.buffer) };
}
