import type { Conv2DSpec } from '../../../core/network/layers/conv2d.ts';
import { passOf } from '../kernel.ts';
import type { FusedActivation } from '../kernels/activations.ts';
import { convForward } from '../kernels/conv-forward.ts';
import { convInputGradient } from '../kernels/conv-input-gradient.ts';
import { convShape } from '../kernels/conv-shape.ts';
import { filterGradient, filterPartial } from '../kernels/filter-gradient.ts';
import { partialExtent } from '../kernels/partial.ts';
import { bestWays, extentOf, type ImageLayout, layoutOf } from '../layout.ts';
import type { LayerParameters } from './parameters.ts';
import type { Gradient, Site, Stage, Value } from './stage.ts';
import { NOTHING_LEARNED, update } from './update.ts';

/** A convolution with its activation: one draw forward, three back, of which a frozen one needs one. */
export function convStage(
  site: Site,
  spec: Conv2DSpec,
  input: Value,
  parameters: LayerParameters,
  activation: FusedActivation,
): Stage {
  const window = {
    size: spec.kernelSize,
    strides: spec.strides,
    padding: spec.padding,
    dilation: spec.dilationRate,
  };
  const outputWidth = convShape(input.layout, spec.filters, window, 1).output.width;
  const shape = convShape(input.layout, spec.filters, window, bestWays(outputWidth, site.maxTargets));
  const { layout: weights, weights: pair } = parameters;
  const w = pair[site.parity];
  const output = site.texture('output', extentOf(shape.output));
  const forward = passOf(convForward(shape, weights, activation), { x: input.texture, w }, [output]);
  const backward = (dy: Gradient) => {
    const seen = { ...shape, output: dy.layout };
    const learning = () => {
      const partial = filterPartial(seen, weights, site.maxTargets);
      const sums = site.texture('weight gradient', partialExtent(partial));
      const gather = passOf(filterGradient(seen, weights, partial), { x: input.texture, dy: dy.texture }, [sums]);
      return { gather: [{ pass: gather }], move: update(site, parameters, sums, partial) };
    };
    const { gather, move } = parameters.trains ? learning() : NOTHING_LEARNED;
    if (!site.inputLearns) return { draws: [...gather, ...move], dx: null };
    const layout = gradientLayout(input.layout, spec.strides, site.maxTargets);
    const texture = site.texture('input gradient', extentOf(layout));
    const kernel = convInputGradient(seen, weights, layout, input.activation);
    const back = passOf(kernel, { dy: dy.texture, w, x: input.texture }, [texture]);
    return { draws: [...gather, { pass: back }, ...move], dx: { layout, texture } };
  };
  return { output: { layout: shape.output, texture: output, activation }, forward: [{ pass: forward }], backward };
}

/**
 * The best number of ways; where there is a stride, a multiple of it, so that the shader knows which outputs a pixel
 * belongs to.
 */
function gradientLayout(input: ImageLayout, strides: number, maxTargets: number): ImageLayout {
  const { batch, height, width, channels } = input;
  const free = bestWays(width, maxTargets);
  const ways = strides <= maxTargets ? Math.max(Math.floor(free / strides), 1) * strides : free;
  return layoutOf(batch, [height, width, channels], ways);
}
