import type { Variable } from '@tensorflow/tfjs-core';
import type { WeightSpec } from '../../../core/network/layers/definition.ts';

/** A weight tensor on the device with its description. */
export interface Weight {
  readonly spec: WeightSpec;
  readonly variable: Variable;
}

/** The weights of one layer by name. */
export class LayerWeights {
  readonly all: readonly Weight[];

  constructor(all: readonly Weight[]) {
    this.all = all;
  }

  /** The weight of this name, or null where the layer goes without it, as without a bias. */
  find(name: WeightSpec['name']): Variable | null {
    return this.all.find(({ spec }) => spec.name === name)?.variable ?? null;
  }

  /** The weight of this name; an Error where there is none, which is a mistake in the layer's definition. */
  get(name: WeightSpec['name']): Variable {
    const found = this.find(name);
    if (found === null) throw new Error(`The layer has no weight named ${name}.`);
    return found;
  }
}
