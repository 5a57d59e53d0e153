import {
  engine,
  type GradConfig,
  getBackend,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type NamedTensorMap,
  registerGradient,
  registerKernel,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';

/** Whether the wasm backend is the current one. */
export function onWasm(): boolean {
  return getBackend() === 'wasm';
}

/** Tensors that go into an operation. */
export class Inputs {
  readonly all: NamedTensorInfoMap;

  constructor(tensors: NamedTensorInfoMap) {
    this.all = tensors;
  }

  /** The input of this name; an Error where there is none. */
  get(name: string): TensorInfo {
    const tensor = this.find(name);
    if (tensor === null) throw new Error(`The operation misses its input ${name}.`);
    return tensor;
  }

  /** The input of this name, or null where it was left out. */
  find(name: string): TensorInfo | null {
    return this.all[name] ?? null;
  }
}

/** Numbers that go into an operation. */
export class Options {
  readonly all: NamedAttrMap;

  constructor(values: NamedAttrMap = {}) {
    this.all = values;
  }

  /** The option of this name; an Error where there is none. */
  get(name: string): number {
    const value = this.all[name];
    if (typeof value === 'number') return value;
    throw new Error(`The operation misses its option ${name}.`);
  }

  /** Whether the option of this name is true. */
  flag(name: string): boolean {
    return this.all[name] === true;
  }

  /** The option of this name; 0 where there is none. */
  find(name: string): number {
    return name in this.all ? this.get(name) : 0;
  }
}

/** An operation on the wasm backend. */
export interface Operation {
  readonly name: string;
  forward(inputs: Inputs, options: Options): TensorInfo | TensorInfo[];
  /** What the gradients need: inputs by name, then outputs by position; `gradients` gets them in this order. */
  readonly saved?: { readonly inputs: readonly string[]; readonly outputs: readonly boolean[] };
  /** Computes the gradient with respect to each input; each function is called only if its gradient is needed. */
  gradients?(dy: Tensor, saved: readonly Tensor[], options: Options): Readonly<Record<string, () => Tensor>>;
}

/** Adds an operation to the wasm backend; replaces one that tfjs has there already. */
export function registerOperation({ name, forward, saved, gradients }: Operation): void {
  registerKernel({
    kernelName: name,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => forward(new Inputs(inputs), new Options(attrs)),
  });
  if (gradients === undefined) return;
  const config: GradConfig = {
    kernelName: name,
    inputsToSave: [...(saved?.inputs ?? [])],
    outputsToSave: [...(saved?.outputs ?? [])],
    gradFunc: (dy, tensors, attrs) => gradients(single(dy), tensors, new Options(attrs)),
  };
  registerGradient(config);
}

/**
 * Runs an operation, recorded on the tape if there is one. Inputs that are null are left out. Returns its first output.
 */
export function runOperation(
  name: string,
  inputs: Readonly<Record<string, Tensor | null>>,
  options: Readonly<Record<string, number>> = {},
): Tensor {
  return single(runForAll(name, inputs, options));
}

/** Runs an operation on each value of `x`; its output has the same shape. */
export function runOnValues<Values extends Tensor>(name: string, x: Values): Values {
  return engine().runKernel<Values>(name, { x });
}

/** Runs an operation that has several outputs. */
export function runForAll(
  name: string,
  inputs: Readonly<Record<string, Tensor | null>>,
  options: Readonly<Record<string, number>> = {},
): readonly Tensor[] {
  const outputs = engine().runKernel<Tensor | Tensor[]>(name, present(inputs), { ...options });
  return 'length' in outputs ? outputs : [outputs];
}

function present(inputs: Readonly<Record<string, Tensor | null>>): NamedTensorMap {
  const tensors: NamedTensorMap = {};
  for (const [name, tensor] of Object.entries(inputs)) if (tensor !== null) tensors[name] = tensor;
  return tensors;
}

/** The first of several: gradients of further outputs are never needed. */
function single(tensors: Tensor | readonly Tensor[]): Tensor {
  const [first] = 'length' in tensors ? tensors : [tensors];
  if (first === undefined) throw new Error('There is no tensor.');
  return first;
}
