import type { OpenedFiles } from '../../core/dataset/opened-files.ts';
import type { DatasetSpec, ImageSamples } from '../../core/dataset/spec.ts';

/** What a data set of images of the user's own is called and may do. */
export function imagesDescription(
  title: string,
  { height, width, channels }: Pick<ImageSamples, 'height' | 'width' | 'channels'>,
  classes: readonly string[],
  opened: OpenedFiles | null,
): Omit<DatasetSpec, 'id' | 'splits'> {
  return {
    title,
    samples: { kind: 'image', height, width, channels, storage: 'uint8', scale: 255 },
    classes,
    words: { sample: { one: 'image', many: 'images' }, subject: { one: 'picture', many: 'pictures' } },
    ...ownSource(opened?.name ?? '.'),
    library: null,
    // What is drawn is gray.
    capabilities: channels === 1 ? ['drawing'] : [],
    ...(opened !== null && { opened }),
  };
}

/** What there is to say of the source of files that were opened: of a zip, a table or a folder of this name, or `.`. */
export function ownSource(name: string): Pick<DatasetSpec, 'licence' | 'citation'> {
  const files = name === '.' ? 'files that were opened in it' : name;
  return {
    licence: { name: 'not known', holder: 'whoever made the files' },
    citation: `Made in this browser from ${files}.`,
  };
}
