import type { MaxPooling2DSpec } from '../../core/layers/max-pooling2d.ts';
import { streamKey } from '../../core/random.ts';
import { dropout, dropoutGradient, dropoutUniforms } from '../kernels/dropout.ts';
import { passOf } from '../kernels/kernel.ts';
import { extentOf, isFlat, layoutOf } from '../kernels/layout.ts';
import { maxPool, maxPoolGradient, poolShape } from '../kernels/max-pool.ts';
import { type PointwiseActivation, pointwise, pointwiseGradient } from '../kernels/pointwise.ts';
import { repack } from '../kernels/repack.ts';
import type { StepCall } from './draw.ts';
import type { Gradient, Site, Stage, Value } from './stage.ts';

/** A layer that hands on what it gets. */
export function identityStage(input: Value): Stage {
  return { output: input, forward: [], backward: (dy) => ({ draws: [], dx: dy }) };
}

/** Max pooling: one draw each way. What is largest was activated already, so its slope is left to the next layer. */
export function maxPoolStage(site: Site, spec: MaxPooling2DSpec, input: Value): Stage {
  const window = { size: spec.poolSize, strides: spec.strides, padding: spec.padding, dilation: 1 };
  const pool = poolShape(input.layout, window);
  const texture = site.texture('output', extentOf(pool.output));
  const at = site.texture('positions', extentOf(pool.output));
  const forward = passOf(maxPool(pool), { x: input.texture }, [texture, at]);
  const backward = (dy: Gradient) => {
    if (!site.inputLearns) return { draws: [], dx: null };
    const gradient = site.texture('input gradient', extentOf(input.layout));
    const pass = passOf(maxPoolGradient(pool, dy.layout), { dy: dy.texture, at }, [gradient]);
    return { draws: [{ pass }], dx: { layout: input.layout, texture: gradient } };
  };
  return {
    output: { layout: pool.output, texture, activation: input.activation },
    forward: [{ pass: forward }],
    backward,
  };
}

/** An image as a vector: nothing to do where it lies in that order already and nobody asks for single features. */
export function flattenStage(site: Site, units: number, input: Value, mayStay: boolean): Stage {
  if (mayStay && isFlat(input.layout)) return identityStage(input);
  const layout = layoutOf(input.layout.batch, [units]);
  const texture = site.texture('output', extentOf(layout));
  const forward = passOf(repack(input.layout, layout), { source: input.texture }, [texture]);
  const backward = (dy: Gradient) => {
    if (!site.inputLearns) return { draws: [], dx: null };
    const gradient = site.texture('input gradient', extentOf(input.layout));
    const pass = passOf(repack(dy.layout, input.layout), { source: dy.texture }, [gradient]);
    return { draws: [{ pass }], dx: { layout: input.layout, texture: gradient } };
  };
  return { output: { layout, texture, activation: input.activation }, forward: [{ pass: forward }], backward };
}

/** Dropout while the network learns: one draw each way, the mask drawn anew from the same key. The rate may change. */
export function dropoutStage(site: Site, rate: number, input: Value): Stage {
  if (!site.training) return identityStage(input);
  const { layout } = input;
  const uniforms = ({ seed, step, dropout: common }: StepCall) =>
    dropoutUniforms(common ?? rate, streamKey(seed, 'dropout', site.position, step));
  const texture = site.texture('output', extentOf(layout));
  const forward = { pass: passOf(dropout(layout), { v_: input.texture }, [texture]), uniforms };
  const backward = (dy: Gradient) => {
    if (!site.inputLearns) return { draws: [], dx: null };
    const gradient = site.texture('input gradient', extentOf(layout));
    const kernel = dropoutGradient(layout, dy.layout, input.activation);
    const pass = passOf(kernel, { dy_: dy.texture, v_: input.texture }, [gradient]);
    return { draws: [{ pass, uniforms }], dx: { layout, texture: gradient } };
  };
  return { output: { layout, texture, activation: 'linear' }, forward: [forward], backward };
}

/** An activation that could not be made part of the layer before: one draw each way. */
export function pointwiseStage(site: Site, activation: PointwiseActivation, input: Value): Stage {
  const { layout } = input;
  const texture = site.texture('activated', extentOf(layout));
  const forward = passOf(pointwise(layout, activation), { z_: input.texture }, [texture]);
  const backward = (dy: Gradient) => {
    const gradient = site.texture('activation gradient', extentOf(layout));
    const kernel = pointwiseGradient(layout, dy.layout, activation, input.activation);
    const pass = passOf(kernel, { dy_: dy.texture, z_: input.texture }, [gradient]);
    return { draws: [{ pass }], dx: { layout, texture: gradient } };
  };
  return { output: { layout, texture, activation: 'linear' }, forward: [{ pass: forward }], backward };
}
