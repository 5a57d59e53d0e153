import { passOf } from '../kernel.ts';
import { optimizerStep, optimizerUniforms } from '../kernels/optimizer.ts';
import type { PartialLayout } from '../kernels/partial.ts';
import type { Texture } from '../texture.ts';
import { squaresDraw } from './clipping.ts';
import type { Draw, StepCall } from './draw.ts';
import type { LayerParameters } from './parameters.ts';
import type { Site } from './stage.ts';

/** What a layer learns whose weights stay as they are: its gradients are not computed. */
export const NOTHING_LEARNED: { readonly gather: readonly Draw[]; readonly move: readonly Draw[] } = {
  gather: [],
  move: [],
};

/**
 * Updates a layer's weights and moments by a gradient, into the textures of the next step. With clipping, the update is
 * drawn last, when the norm of all gradients is known.
 */
export function update(
  site: Site,
  parameters: LayerParameters,
  gradient: Texture,
  partial: PartialLayout,
): readonly Draw[] {
  const { optimizer, parity, clip } = site;
  const { layout, penalty, weights, slots, trains, trainsKernel } = parameters;
  if (!trains) return [];
  const next = parity === 0 ? 1 : 0;
  const moments = Object.fromEntries(slots.map((pair, i) => [`slot${i}`, pair[parity]]));
  const pass = passOf(
    optimizerStep(optimizer, layout, partial, penalty, clip !== null),
    { gradient, weights: weights[parity], ...moments, ...(clip && { factor: clip.factor }) },
    [weights[next], ...slots.map((pair) => pair[next])],
  );
  const uniforms = (call: StepCall) => optimizerUniforms(optimizer, call, call.step + 1);
  // What is not drawn keeps its initial value in both textures.
  const biasesOnly = { x: 0, y: layout.biasRow, width: layout.columns, height: 1 };
  const move: Draw = { pass, uniforms, ...(trainsKernel ? {} : { area: () => biasesOnly }) };
  if (clip === null) return [move];
  return [squaresDraw(clip, parameters, weights[parity], gradient, partial), { ...move, last: true }];
}
