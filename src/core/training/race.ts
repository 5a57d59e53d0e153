import { analyse } from '../network/graph.ts';
import { BACKEND_NAMES, type Backend } from './backend.ts';
import type { Setup } from './setup.ts';

/** The backends between which `auto` lets a measurement decide, in the order in which they are tried. */
export const CONTENDERS: readonly Backend[] = ['webgl', 'webgpu', 'wasm'];

/** How fast one backend trained a network on this device. All in seconds. */
export interface RaceTime {
  readonly backend: Backend;
  /** Until the first step was done, with building the network and compiling what it needs. */
  readonly first: number;
  /** A step after that. */
  readonly step: number;
}

/** Seconds that it takes to open another backend in the place of one: it has to be that much faster. */
const MOVING = 1;

/** Seconds until a run of so many steps is done, compiling included. */
export function secondsOf({ first, step }: Omit<RaceTime, 'backend'>, steps: number): number {
  return first + step * Math.max(0, steps - 1);
}

/**
 * The backend that is done first with so many steps, where `open` is open already. Undefined where none was measured.
 */
export function winnerOf(times: readonly RaceTime[], steps: number, open: Backend): Backend | undefined {
  const seconds = (time: RaceTime) => secondsOf(time, steps) + (time.backend === open ? 0 : MOVING);
  return times.toSorted((one, other) => seconds(one) - seconds(other))[0]?.backend;
}

/** The times of a race in words, the fastest step first: `WebGL 2.1 ms a step, WebAssembly 5.0`. */
export function raceText(times: readonly RaceTime[]): string {
  return times
    .toSorted((one, other) => one.step - other.step)
    .map(({ backend, step }, place) => {
      const name = `${BACKEND_NAMES[backend]} ${(1000 * step).toFixed(step < 0.1 ? 1 : 0)}`;
      return place === 0 ? `${name} ms a step` : name;
    })
    .join(', ');
}

/**
 * What a race on one network tells of others: the kinds of its layers with weights, and how much a step computes, to a power of
 * ten. Null where the network has errors.
 */
export function networkKind({ network, dataset, recipe }: Setup): string | null {
  const { graph } = analyse(network, dataset);
  if (graph === null) return null;
  const kinds = graph.nodes.filter(({ weights }) => weights.length > 0).map(({ spec }) => spec.kind);
  const flops = recipe.batchSize * graph.nodes.reduce((sum, node) => sum + node.flops, 0);
  return `${[...new Set(kinds)].sort().join('+')} 1e${Math.round(Math.log10(Math.max(1, flops)))}`;
}
