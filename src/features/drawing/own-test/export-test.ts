import { type Zippable, zipSync } from 'fflate';
import type { OwnTestSample } from '../../../core/dataset/own-test.ts';
import { classNameOf, type DatasetSpec, type ImageSamples } from '../../../core/dataset/spec.ts';
import { download } from '../../../ui/base/download.ts';
import { paintImage } from '../../../ui/image/pixels.ts';

/** Saves a test set as a zip of PNG files, in a folder for each class: the app opens it again as a data set. */
export async function exportTest(
  dataset: DatasetSpec,
  size: ImageSamples,
  samples: readonly OwnTestSample[],
): Promise<void> {
  const files: Zippable = {};
  for (const [place, { label, values }] of samples.entries()) {
    const folder = classNameOf(dataset, label).replaceAll(/[/\\]/g, '-');
    // PNG is packed already.
    files[`${folder}/${place + 1}.png`] = [await pngOf(values, size), { level: 0 }];
  }
  const zip = Uint8Array.from(zipSync(files));
  download(`${dataset.id}-my-test-set.zip`, new Blob([zip], { type: 'application/zip' }));
}

async function pngOf(values: Uint8Array, size: ImageSamples): Promise<Uint8Array> {
  const canvas = Object.assign(document.createElement('canvas'), { width: size.width, height: size.height });
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('The browser gave the page no canvas to write pictures with. Reload the page.');
  paintImage(context, values, size);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer());
}
