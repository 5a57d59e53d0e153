import type { DatasetSpec, ImageSamples } from '../../../core/dataset/spec.ts';
import { sampleOf } from '../../../core/imaging/sample.ts';
import { photoOf } from '../../../datasets/capabilities.ts';
import { decodeImage } from '../../../ui/image/decode-image.ts';

/** Pictures as samples, and of those that cannot be one why, as sentences. */
export interface PicturesRead {
  readonly made: readonly Uint8Array<ArrayBuffer>[];
  readonly refused: readonly string[];
}

/** Makes samples of pictures, by the steps of the data set's own where it has some. */
export async function samplesOf(
  files: readonly File[],
  dataset: DatasetSpec,
  size: ImageSamples,
): Promise<PicturesRead> {
  const pipeline = await photoOf(dataset)?.();
  const made: Uint8Array<ArrayBuffer>[] = [];
  const refused: string[] = [];
  for (const file of files) {
    const decoded = await decodeImage(file);
    if (decoded.kind === 'refused') {
      refused.push(`${file.name}: ${decoded.message}`);
      continue;
    }
    const { picture } = decoded;
    const sample = pipeline === undefined ? sampleOf(picture, formOf(size)) : pipeline.imageOf(picture)?.pixels;
    if (sample === undefined) refused.push(`${file.name}: the picture has one colour all over.`);
    else made.push(sample);
  }
  return { made, refused };
}

/** A picture becomes what the pictures of a data set of the user's own become. */
function formOf({ height, channels }: ImageSamples) {
  return { side: height, channels: channels === 1 ? 1 : 3, fit: 'fit' } as const;
}
