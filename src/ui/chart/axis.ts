import { roundedOff } from '../base/rounded.ts';
import type { Scale } from '../base/scale.ts';
import type { XUnit } from './curve.ts';

/** An axis: its range, and its ticks. */
export interface Axis {
  readonly scale: Scale;
  readonly ticks: readonly number[];
}

/** Fractions of a power of ten that make good steps. */
const NICE = [1, 2, 5];

/** An upper end that most runs stay below, so that the axis seldom has to grow. */
export const USUAL_LOSS = 0.7;
/** A lower end that most runs stay above. */
const USUAL_ACCURACY = 0.8;

/** Marks nearer to the end than this share of the axis would touch the label of the end. */
const LAST_LABEL: { readonly [Unit in XUnit]: number } = { epoch: 0.19, step: 0.3, images: 0.4, seconds: 0.19 };

/** Epochs, steps, images or seconds from 0 to `end`, marked at whole numbers. */
export function horizontalAxis(unit: XUnit, end: number): Axis {
  const step = Math.max(1, niceStep(end / 4));
  const marks = range(0, end, step).filter((mark) => end - mark >= end * LAST_LABEL[unit]);
  return { scale: { kind: 'linear', min: 0, max: end }, ticks: [...marks, end] };
}

/**
 * Accuracy, from a round figure below every value up to 1: lines show values by position, so the axis need not start at
 * 0.
 */
export function accuracyAxis(values: readonly number[]): Axis {
  const least = Math.min(USUAL_ACCURACY, ...values);
  const step = least > 0.75 ? 0.05 : least > 0.45 ? 0.1 : 0.2;
  const min = Math.max(0, roundedOff(Math.floor((least - step * 0.2) / step + 1e-9) * step));
  return { scale: { kind: 'linear', min, max: 1 }, ticks: range(min, 1, step) };
}

/** From 0 to `most`, for a curve that may go anywhere between them. */
export function wholeAxis(most: number): Axis {
  return { scale: { kind: 'linear', min: 0, max: most }, ticks: range(0, most, 0.2) };
}

/** Loss, from 0 to a round figure above every value. */
export function lossAxis(values: readonly number[]): Axis {
  const most = Math.max(USUAL_LOSS, ...values);
  const step = niceStep(most / 3.5);
  const max = roundedOff(Math.ceil((most * 1.02) / (step / 2)) * (step / 2));
  return { scale: { kind: 'linear', min: 0, max }, ticks: range(0, max, step) };
}

/** Loss on a logarithmic axis, between the nearest of 1, 2, 5 times a power of ten. Values of 0 and below are left out. */
export function logLossAxis(values: readonly number[]): Axis {
  const positive = values.filter((value) => value > 0);
  const least = Math.min(USUAL_LOSS / 2, ...positive);
  const most = Math.max(USUAL_LOSS, ...positive);
  const first = Math.floor(Math.log10(least));
  const decades = range(first, Math.ceil(Math.log10(most)), 1);
  const marks = decades.flatMap((decade) => NICE.map((part) => roundedOff(part * 10 ** decade)));
  const min = marks.findLast((mark) => mark <= least) ?? least;
  const max = marks.find((mark) => mark >= most) ?? most;
  return { scale: { kind: 'log', min, max }, ticks: marks.filter((mark) => mark >= min && mark <= max) };
}

/** The least of 1, 2, 5 times a power of ten that is not below `size`. */
function niceStep(size: number): number {
  const decade = 10 ** Math.floor(Math.log10(size));
  return roundedOff(decade * ([...NICE, 10].find((part) => part * decade >= size * 0.999) ?? 10));
}

function range(from: number, to: number, step: number): number[] {
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  return Array.from({ length: count }, (_, index) => roundedOff(from + index * step));
}
