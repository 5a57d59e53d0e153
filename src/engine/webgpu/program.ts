import { at } from '../../core/at.ts';
import type { Buffer } from '../step/buffer.ts';
import type { StepCall } from '../step/step-call.ts';
import { type Dispatch, type Outside, shaderOf } from './dispatch.ts';
import type { Gpu } from './gpu.ts';
import type { LastingBuffers } from './lasting-buffers.ts';
import { placeBuffers } from './place-buffers.ts';

/** Bytes from one dispatch's uniforms to the next: what every device can begin at. */
const UNIFORM_STRIDE = 256;

/** Buffers that a program uses and does not own. */
interface Given {
  readonly lasting: LastingBuffers;
  readonly outside?: Readonly<Record<Outside, GPUBuffer>>;
}

interface Bound {
  readonly dispatch: Dispatch;
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
}

/** Dispatches with their shaders compiled and their buffers bound, ready to be repeated. Owns the buffers of the step. */
export class Program {
  readonly #gpu: Gpu;
  readonly #bound: readonly Bound[];
  readonly #memory: Memory;
  /** The uniforms of all dispatches, as they go to the device. */
  readonly #values: DataView<ArrayBuffer>;

  private constructor(gpu: Gpu, bound: readonly Bound[], memory: Memory) {
    this.#gpu = gpu;
    this.#bound = bound;
    this.#memory = memory;
    this.#values = new DataView(new ArrayBuffer(memory.uniforms.size));
  }

  /** Compiles all shaders side by side, and then allocates memory. */
  static async create(gpu: Gpu, dispatches: readonly Dispatch[], given: Given): Promise<Program> {
    const pipelines = await compile(gpu, dispatches);
    gpu.throwIfLost();
    const memory = allocate(gpu, dispatches, given);
    const bound = dispatches.map((dispatch, index) => {
      const pipeline = at(pipelines, index);
      return { dispatch, pipeline, bindings: bindingsOf(gpu, { dispatch, index, pipeline }, memory) };
    });
    return new Program(gpu, bound, memory);
  }

  /** Where a buffer lies. */
  placeOf(buffer: Buffer): GPUBuffer {
    return this.#memory.placeOf(buffer);
  }

  /** Writes the step's uniforms, and encodes all dispatches. */
  encode(encoder: GPUCommandEncoder, call: StepCall): void {
    for (const [index, { dispatch }] of this.#bound.entries()) this.#fill(dispatch, index * UNIFORM_STRIDE, call);
    this.#gpu.device.queue.writeBuffer(this.#memory.uniforms, 0, this.#values);
    const pass = encoder.beginComputePass();
    for (const { pipeline, bindings, dispatch } of this.#bound) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindings);
      pass.dispatchWorkgroups(...dispatch.workgroups);
    }
    pass.end();
  }

  dispose(): void {
    for (const buffer of this.#memory.owned) this.#gpu.free(buffer);
  }

  #fill({ uniforms }: Dispatch, start: number, call: StepCall): void {
    if (uniforms === undefined) return;
    const values = uniforms.valuesAt(call);
    Object.entries(uniforms.fields).forEach(([name, type], index) => {
      const place = start + 4 * index;
      const value = values[name] ?? 0;
      if (type === 'f32') this.#values.setFloat32(place, value, true);
      else this.#values.setUint32(place, value, true);
    });
  }
}

/** The shaders of dispatches, compiled side by side; an Error where one does not compile. */
export function compile(gpu: Gpu, dispatches: readonly Dispatch[]): Promise<readonly GPUComputePipeline[]> {
  return Promise.all(dispatches.map((dispatch) => gpu.pipeline(shaderOf(dispatch))));
}

/** What the uniforms of dispatches take. */
export function uniformBytes(dispatches: readonly Dispatch[]): number {
  return UNIFORM_STRIDE * dispatches.length;
}

interface Memory {
  readonly uniforms: GPUBuffer;
  readonly owned: readonly GPUBuffer[];
  outsideOf(name: Outside): GPUBuffer;
  placeOf(buffer: Buffer): GPUBuffer;
}

function allocate(gpu: Gpu, dispatches: readonly Dispatch[], { lasting, outside }: Given): Memory {
  const { blockOf, bytes } = placeBuffers(dispatches);
  const uniforms = gpu.uniforms(uniformBytes(dispatches));
  const blocks = bytes.map((size) => gpu.buffer(size));
  return {
    uniforms,
    owned: [uniforms, ...blocks],
    outsideOf: (name) => {
      const place = outside?.[name];
      if (place === undefined) throw new Error(`The program was not given the buffer ${name}.`);
      return place;
    },
    placeOf: (buffer) => {
      const block = blockOf.get(buffer);
      return block === undefined ? lasting.of(buffer) : at(blocks, block);
    },
  };
}

/** In the order of the shader's declarations. */
function bindingsOf(
  { device }: Gpu,
  { dispatch, index, pipeline }: { dispatch: Dispatch; index: number; pipeline: GPUComputePipeline },
  { placeOf, outsideOf, uniforms }: Memory,
): GPUBindGroup {
  const { reads, writes, outside = [] } = dispatch;
  const resources: GPUBufferBinding[] = [
    ...[...Object.values(reads), ...Object.values(writes)].map((buffer) => ({ buffer: placeOf(buffer) })),
    ...outside.map((name) => ({ buffer: outsideOf(name) })),
  ];
  if (dispatch.uniforms !== undefined) {
    const size = 4 * Object.keys(dispatch.uniforms.fields).length;
    resources.push({ buffer: uniforms, offset: index * UNIFORM_STRIDE, size });
  }
  const entries = resources.map((resource, binding) => ({ binding, resource }));
  return device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
}
