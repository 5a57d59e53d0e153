import { useMemo } from 'react';
import { className } from '../../core/dataset/classes.ts';
import { streamKey } from '../../core/random.ts';
import { augmentImage } from '../../core/training/augment.ts';
import { type AugmentationSpec, isAugmented } from '../../core/training/augmentation.ts';
import type { SampleImage } from '../../state/data-set.ts';
import { PixelImage } from '../../ui/image/PixelImage.tsx';
import { useDataSet } from '../lab.tsx';

/** Each garment is shown as it is, and as so many steps would show it. */
const VARIANTS = 3;

/** Images as the training would see them, made by the same code with the same seed. */
export function AugmentationPreview({ spec, seed }: { readonly spec: AugmentationSpec; readonly seed: number }) {
  const samples = useDataSet((data) => data.samples);
  const garments = useMemo(() => samples.flatMap((kind) => kind[0] ?? []).slice(0, 8), [samples]);
  return (
    <div
      className="augmented"
      role="img"
      aria-label={isAugmented(spec) ? 'Augmented garments' : 'Garments as they are'}
    >
      {garments.map((garment, index) => (
        <Variants key={garment.label} garment={garment} index={index} spec={spec} seed={seed} />
      ))}
    </div>
  );
}

interface VariantsProps {
  readonly garment: SampleImage;
  readonly index: number;
  readonly spec: AugmentationSpec;
  readonly seed: number;
}

function Variants({ garment: { pixels, label }, index, spec, seed }: VariantsProps) {
  const images = useMemo(
    () =>
      Array.from({ length: VARIANTS }, (_, step) => ({
        step,
        pixels: augmentImage(pixels, spec, streamKey(seed, 'augmentation', 0, step), index).map((gray) => gray * 255),
      })),
    [pixels, spec, seed, index],
  );
  return (
    <span>
      <PixelImage pixels={pixels} label={className(label)} />
      {images.map((image) => (
        <PixelImage key={image.step} pixels={image.pixels} label={`${className(label)}, augmented`} />
      ))}
    </span>
  );
}
