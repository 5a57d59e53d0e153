import { passOf } from '../kernel.ts';
import type { FusedActivation } from '../kernels/activations.ts';
import {
  denseBackEpilogue,
  denseBackProduct,
  denseEpilogue,
  denseProduct,
  denseWeightGradient,
  productExtent,
  productLayout,
} from '../kernels/dense.ts';
import { partialExtent, rowsInOrder } from '../kernels/partial.ts';
import { extentOf, layoutOf } from '../layout.ts';
import type { Draw } from './draw.ts';
import type { LayerParameters } from './parameters.ts';
import type { Gradient, Site, Stage, Value } from './stage.ts';
import { NOTHING_LEARNED, update } from './update.ts';

/** A dense layer with its activation on a flat input: two draws forward, four back, of which a frozen one needs two. */
export function denseStage(site: Site, input: Value, parameters: LayerParameters, activation: FusedActivation): Stage {
  const { layout: weights, weights: pair } = parameters;
  const { batch } = input.layout;
  const w = pair[site.parity];
  const layout = layoutOf(batch, [weights.filters]);
  const product = productLayout(batch, weights.columns, weights.groups, site.maxTargets, site.maxSize);
  const partial = site.texture('product', productExtent(product));
  const texture = site.texture('output', extentOf(layout));
  const forward: Draw[] = [
    { pass: passOf(denseProduct(input.layout, weights, product), { x: input.texture, w }, [partial]) },
    { pass: passOf(denseEpilogue(layout, weights, product, activation), { partial, w }, [texture]) },
  ];
  const backward = (dy: Gradient) => {
    const learning = () => {
      const sums = rowsInOrder(weights, batch, site.maxTargets);
      const gradient = site.texture('weight gradient', partialExtent(sums));
      const kernel = denseWeightGradient(input.layout, weights, sums);
      const gather = passOf(kernel, { x: input.texture, dy: dy.texture }, [gradient]);
      return { gather: [{ pass: gather }], move: update(site, parameters, gradient, sums) };
    };
    const { gather, move } = parameters.trains ? learning() : NOTHING_LEARNED;
    if (!site.inputLearns) return { draws: [...gather, ...move], dx: null };
    const back = backProduct(site, input, parameters, dy);
    return { draws: [...gather, ...back.draws, ...move], dx: back.dx };
  };
  return { output: { layout, texture, activation }, forward, backward };
}

function backProduct(site: Site, input: Value, { layout: weights, weights: pair }: LayerParameters, dy: Gradient) {
  const { layout } = input;
  const product = productLayout(layout.batch, weights.groups, weights.columns, site.maxTargets, site.maxSize);
  const partial = site.texture('back product', productExtent(product));
  const texture = site.texture('input gradient', extentOf(layout));
  const kernel = denseBackProduct(dy.layout, weights, product);
  const sum = denseBackEpilogue(layout, product, input.activation);
  const draws: Draw[] = [
    { pass: passOf(kernel, { dy: dy.texture, w: pair[site.parity] }, [partial]) },
    { pass: passOf(sum, { partial, x: input.texture }, [texture]) },
  ];
  return { draws, dx: { layout, texture } };
}
