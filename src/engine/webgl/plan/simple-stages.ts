import type { PoolingOptions } from '../../../core/network/layers/pooling.ts';
import { streamKey } from '../../../core/random.ts';
import { passOf } from '../kernel.ts';
import { averagePool, averagePoolGradient } from '../kernels/average-pool.ts';
import { dropout, dropoutGradient, dropoutUniforms } from '../kernels/dropout.ts';
import { maxPool, maxPoolGradient, type PoolShape, poolShape } from '../kernels/max-pool.ts';
import { type PointwiseActivation, pointwise, pointwiseGradient } from '../kernels/pointwise.ts';
import { repack } from '../kernels/repack.ts';
import { extentOf, isFlat, layoutOf } from '../layout.ts';
import type { StepCall } from './draw.ts';
import type { Gradient, Site, Stage, Value } from './stage.ts';

/** A layer that passes its input on unchanged. */
export function identityStage(input: Value): Stage {
  return { output: input, forward: [], backward: (dy) => ({ draws: [], dx: dy }) };
}

/** The pooling of `input` by the window of a layer. */
export function poolShapeOf({ poolSize, strides, padding }: PoolingOptions, input: Value): PoolShape {
  return poolShape(input.layout, { size: poolSize, strides, padding, dilation: 1 });
}

/**
 * Max pooling: one draw each way. The output has the input's activation, so its slope is multiplied in by the next
 * layer.
 */
export function maxPoolStage(site: Site, spec: PoolingOptions, input: Value): Stage {
  const pool = poolShapeOf(spec, input);
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

/** Average pooling by windows, or of the whole image: one draw each way. */
export function averagePoolStage(site: Site, pool: PoolShape, input: Value): Stage {
  const texture = site.texture('output', extentOf(pool.output));
  const forward = passOf(averagePool(pool), { x: input.texture }, [texture]);
  const backward = (dy: Gradient) => {
    if (!site.inputLearns) return { draws: [], dx: null };
    const gradient = site.texture('input gradient', extentOf(input.layout));
    const kernel = averagePoolGradient(pool, dy.layout, input.activation);
    const value = input.activation === 'linear' ? {} : { v_: input.texture };
    const pass = passOf(kernel, { ...value, dy: dy.texture }, [gradient]);
    return { draws: [{ pass }], dx: { layout: input.layout, texture: gradient } };
  };
  return { output: { layout: pool.output, texture, activation: 'linear' }, forward: [{ pass: forward }], backward };
}

/**
 * An image as a vector. Needs no draw if the texture is in that order already and its readers accept the layout of an
 * image.
 */
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

/** Dropout in training: one draw each way; the mask is computed again from the same key. The rate may change. */
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

/** An activation that could not be fused into the layer before: one draw each way. */
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
