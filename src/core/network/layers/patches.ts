import { numberText } from '../../text/number-text.ts';
import { type Shape, sizeOf } from '../shape.ts';
import type { LayerBase, LayerDefinition, Repair } from './definition.ts';
import { imageMisfit } from './image.ts';

/**
 * An image cut into squares, row by row (Dosovitskiy et al., arXiv:2010.11929): `[height, width, channels]` to
 * `[patches, size * size * channels]`. A Dense layer behind it is the linear projection, which is the same as a convolution
 * whose kernel and stride have the size of a patch.
 */
export interface PatchesSpec extends LayerBase {
  readonly kind: 'patches';
  /** The side of a patch in pixels. */
  readonly patchSize: number;
}

/** How many patches lie below and beside one another. */
export function patchGrid({ patchSize }: PatchesSpec, [height = 0, width = 0]: Shape): readonly [number, number] {
  return [height / patchSize, width / patchSize];
}

/** The sizes of patches that cut an image without a rest, the smallest first. */
export function patchSizesOf([height = 0, width = 0]: Shape): readonly number[] {
  const sizes = Array.from({ length: Math.min(height, width) }, (_, i) => i + 1);
  return sizes.filter((size) => height % size === 0 && width % size === 0);
}

/** The sizes that fit, those nearest to the one that was asked for first. */
function fittingSizes(input: Shape, asked: number): readonly Repair[] {
  const sizes = patchSizesOf(input).toSorted((a, b) => Math.abs(a - asked) - Math.abs(b - asked));
  return sizes.slice(0, 3).map((patchSize) => ({ label: `Use ${patchSize}×${patchSize}`, set: { patchSize } }));
}

/** What the app knows of a Patches layer: see `LayerDefinition`. */
export const patches: LayerDefinition<PatchesSpec> = {
  title: 'Patches',
  group: 'attention',
  purpose: 'Cuts the image into squares and lays out the pixels of each in a row: a sequence of patches.',
  traits: {
    inputs: 'above',
    keepsValues: false,
    linear: true,
    weights: 'none',
    normalizes: 'nothing',
    drops: false,
    readsSequences: false,
    cutsPatches: true,
    attends: false,
  },
  defaults: { kind: 'patches', off: false, patchSize: 4 },
  fields: [
    {
      option: 'patchSize',
      label: 'Patch',
      type: 'integer',
      min: 1,
      max: 512,
      steps: [1, 2, 4, 7, 8, 14, 16],
      explanation:
        'The side of a patch in pixels; small ones show more, and attention takes much longer. Usual: 4 to 16.',
    },
  ],
  infer: (spec, input) => {
    const [height = 0, width = 0, channels] = input;
    if (channels === undefined) return { misfit: imageMisfit(input, 'cuts an image into patches') };
    const { patchSize: size } = spec;
    const [rows, columns] = patchGrid(spec, input);
    if (Number.isInteger(rows) && Number.isInteger(columns)) return { shape: [rows * columns, size * size * channels] };
    const [extent, side] = Number.isInteger(rows) ? [width, 'width'] : [height, 'height'];
    return {
      misfit: {
        code: 'patches',
        message: `Patches of ${size}×${size} do not cover an image of ${height}×${width}: its ${side} of ${extent} is not a multiple of ${size}.`,
        repairs: fittingSizes(input, size),
      },
    };
  },
  weights: () => [],
  flops: () => 0,
  savedActivations: (_spec, _input, output) => sizeOf(output),
  idleness: () => null,
  summary: ({ patchSize }) => `${patchSize}×${patchSize}`,
  arithmetic: (spec, input, output) => {
    const { patchSize: size } = spec;
    const [rows, columns] = patchGrid(spec, input);
    return {
      output: [
        `${input[0]} / ${size} = ${rows} rows, ${input[1]} / ${size} = ${columns} columns: ${numberText(rows * columns)} patches`,
        `${size} × ${size} × ${input[2]} = ${numberText(output[1] ?? 0)} numbers in each`,
      ],
      parameters: null,
    };
  },
};
