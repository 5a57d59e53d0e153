import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { backend_util, DataType, TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../core/network/shape.ts';
import { Tables } from './kernels/tables.ts';
import { ImmediateMachine, type Machine } from './machine.ts';
import type { Processor } from './processor.ts';

type DataId = TensorInfo['dataId'];

/** The values of a tensor in the processor's memory, in the form that tfjs' own kernels for the cpu expect. */
class Block {
  readonly dtype: DataType = 'float32';
  readonly address: number;
  readonly #processor: Processor;
  readonly #length: number;
  refCount: number;

  constructor(processor: Processor, address: number, length: number, refCount = 1) {
    this.address = address;
    this.refCount = refCount;
    this.#processor = processor;
    this.#length = length;
  }

  /** A view of the memory. Valid until memory is allocated, because memory that grows may move. */
  get values(): Float32Array {
    return this.#processor.floats.subarray(this.address / 4, this.address / 4 + this.#length);
  }
}

/**
 * A tfjs backend on a Processor. Tensors made by our kernels lie in its memory. What has no kernel of ours is computed
 * by tfjs' kernels for the cpu, which read and return arrays; such values are copied into the memory when one of our
 * kernels needs them.
 */
export class WasmBackend extends MathBackendCPU {
  readonly processor: Processor;
  readonly tables: Tables;
  /** Calls the kernels of single operations. */
  readonly machine: Machine;

  constructor(processor: Processor) {
    super();
    this.processor = processor;
    this.tables = new Tables(processor);
    this.machine = new ImmediateMachine(processor, this.tables);
  }

  /** A new float tensor in memory with undefined values. */
  allocate(shape: readonly number[]): TensorInfo {
    const dataId: DataId = {};
    const length = sizeOf(shape);
    this.data.set(dataId, new Block(this.processor, this.processor.heap.allocate(length * 4), length));
    return { dataId, shape: [...shape], dtype: 'float32' };
  }

  /** The address of a float tensor in memory; copies it there if it is not there yet. */
  addressOf({ dataId, dtype }: TensorInfo): number {
    const data = this.data.get(dataId);
    if (data instanceof Block) return data.address;
    if (dtype !== 'float32' || !(data.values instanceof Float32Array)) {
      throw new TypeError(`The kernels take float32 tensors, not ${dtype}.`);
    }
    return this.#bringIn(dataId, data.values, data.refCount).address;
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const data = this.data.has(dataId) ? this.data.get(dataId) : null;
    const gone = super.disposeData(dataId, force);
    if (gone && data instanceof Block) this.processor.heap.free(data.address);
    return gone;
  }

  /** A copy, because the memory may be reused for another tensor. */
  override readSync(dataId: DataId): backend_util.BackendValues {
    const data = this.data.get(dataId);
    return data instanceof Block ? data.values.slice() : super.readSync(dataId);
  }

  override async read(dataId: DataId): Promise<backend_util.BackendValues> {
    return this.readSync(dataId);
  }

  override dispose(): void {
    this.processor.dispose();
  }

  #bringIn(dataId: DataId, values: Float32Array, refCount: number): Block {
    const block = new Block(this.processor, this.processor.heap.allocate(values.byteLength), values.length, refCount);
    block.values.set(values);
    this.data.delete(dataId);
    this.data.set(dataId, block);
    return block;
  }
}
