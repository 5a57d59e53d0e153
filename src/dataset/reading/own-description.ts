import type { DatasetSpec, ImageSamples } from '../../core/dataset/spec.ts';

/** What a data set of images of the user's own is called and may do. */
export function imagesDescription(
  title: string,
  { height, width, channels }: Pick<ImageSamples, 'height' | 'width' | 'channels'>,
  classes: readonly string[],
): Omit<DatasetSpec, 'id' | 'splits'> {
  return {
    title,
    samples: { kind: 'image', height, width, channels, storage: 'uint8', scale: 255 },
    classes,
    words: { sample: { one: 'image', many: 'images' }, subject: { one: 'picture', many: 'pictures' } },
    licence: { name: 'your own', holder: 'whoever made these files' },
    citation: 'Made in this browser from files that were opened in it.',
    library: null,
    // What is drawn is gray.
    capabilities: channels === 1 ? ['drawing'] : [],
  };
}
