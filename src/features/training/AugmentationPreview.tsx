import { useMemo } from 'react';
import { classNameOf, type DatasetSpec } from '../../core/dataset/spec.ts';
import { streamKey } from '../../core/random.ts';
import { capitalised } from '../../core/text/count-words.ts';
import { augmentImage } from '../../core/training/augment.ts';
import { type AugmentationSpec, isAugmented } from '../../core/training/augmentation.ts';
import type { SampleImage } from '../../state/data-set.ts';
import { PixelImage } from '../../ui/image/PixelImage.tsx';
import { imageSizeOf } from '../../ui/image/pixels.ts';
import { useDataSet } from '../lab.tsx';

/** Each sample is shown as it is, and as so many steps would show it. */
const VARIANTS = 3;

/** Samples as the training would see them, made by the same code with the same seed. */
export function AugmentationPreview({ spec, seed }: { readonly spec: AugmentationSpec; readonly seed: number }) {
  const { samples, spec: dataset } = useDataSet((data) => data);
  const shown = useMemo(() => samples.flatMap((kind) => kind[0] ?? []).slice(0, 8), [samples]);
  const { many } = dataset.words.subject;
  return (
    <div
      className="augmented"
      role="img"
      aria-label={isAugmented(spec) ? `Augmented ${many}` : `${capitalised(many)} as they are`}
    >
      {shown.map((sample, index) => (
        <Variants key={sample.label} sample={sample} index={index} dataset={dataset} spec={spec} seed={seed} />
      ))}
    </div>
  );
}

interface VariantsProps {
  readonly sample: SampleImage;
  readonly index: number;
  readonly dataset: DatasetSpec;
  readonly spec: AugmentationSpec;
  readonly seed: number;
}

function Variants({ sample: { pixels, label }, index, dataset, spec, seed }: VariantsProps) {
  const size = imageSizeOf(dataset);
  const name = classNameOf(dataset, label);
  const images = useMemo(() => {
    if (size === null) return [];
    return Array.from({ length: VARIANTS }, (_, step) => {
      const values = augmentImage(pixels, spec, streamKey(seed, 'augmentation', 0, step), index, size);
      return { step, pixels: values.map((value) => value * 255) };
    });
  }, [pixels, size, spec, seed, index]);
  return (
    <span>
      <PixelImage pixels={pixels} size={size} label={name} />
      {images.map((image) => (
        <PixelImage key={image.step} pixels={image.pixels} size={size} label={`${name}, augmented`} />
      ))}
    </span>
  );
}
