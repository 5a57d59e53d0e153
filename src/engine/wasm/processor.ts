import { at } from '../../core/at.ts';
import { mostThreads } from '../../core/training/backend.ts';
import { OutOfMemoryError } from '../out-of-memory-error.ts';
import { ModuleWriter } from './assembler.ts';
import { ADDRESS_FIELDS, FIRST, FLOAT_FIELDS, HEAP_START, MAX_CHUNKS } from './control-block.ts';
import { supportsFusedMultiplyAdd, supportsThreads } from './features.ts';
import { Heap } from './heap.ts';
import type { Kernel } from './kernel.ts';
import { addScheduler } from './scheduler.ts';
import { startThreads, type Thread } from './threads.ts';

const PAGE_BYTES = 65_536;

/** 16 MiB at first; 4 GiB at most, or less where the system has not that much address space. */
const INITIAL_PAGES = 256;
const MAXIMUM_PAGES = [65_536, 32_768, 16_384, 8192];

/** How a processor is made; what is left out follows from the browser and the machine. */
export interface ProcessorOptions {
  readonly threads?: number;
  readonly fused?: boolean;
}

/** Runs kernels on its own memory, with several threads where the page may share memory. */
export class Processor {
  readonly memory: WebAssembly.Memory;
  readonly heap: Heap;
  readonly #kernels: ReadonlyMap<Kernel, number>;
  readonly #threads: readonly Thread[];
  readonly #alone: EntryPoint;
  readonly #lead: EntryPoint;
  #floats = new Float32Array();
  #ints = new Int32Array();

  private constructor(
    memory: WebAssembly.Memory,
    instance: WebAssembly.Instance,
    kernels: readonly Kernel[],
    threads: readonly Thread[],
  ) {
    this.memory = memory;
    this.heap = new Heap(HEAP_START, (end) => this.#reach(end));
    this.#kernels = new Map(kernels.map((kernel, index) => [kernel, index]));
    this.#threads = threads;
    this.#alone = entryPoint(instance, 'alone');
    this.#lead = entryPoint(instance, 'lead');
  }

  /** Compiles the kernels and starts the threads. Throws a RangeError where there is no memory for it. */
  static async open(kernels: readonly Kernel[], options: ProcessorOptions = {}): Promise<Processor> {
    const { fused = supportsFusedMultiplyAdd(), threads = mostThreads(navigator.hardwareConcurrency) } = options;
    const shared = supportsThreads();
    const writer = new ModuleWriter({ fused });
    addScheduler(
      writer,
      kernels.map((kernel) => kernel.addTo(writer)),
    );
    const bytes = writer.assemble({ initial: INITIAL_PAGES, maximum: at(MAXIMUM_PAGES, 0), shared });
    const module = await WebAssembly.compile(bytes);
    const memory = createMemory(shared);
    const instance = await WebAssembly.instantiate(module, { env: { memory } });
    const helpers = shared ? await startThreads(threads - 1, { module, memory }) : [];
    return new Processor(memory, instance, kernels, helpers);
  }

  /** Threads that share the work, including the calling one. */
  get threads(): number {
    return this.#threads.length + 1;
  }

  /** The memory as floats. Read the property again after each allocation: memory that grows may move. */
  get floats(): Float32Array {
    if (this.#floats.buffer !== this.memory.buffer) this.#floats = new Float32Array(this.memory.buffer);
    return this.#floats;
  }

  /** The memory as whole numbers; valid as long as `floats`. */
  get ints(): Int32Array {
    if (this.#ints.buffer !== this.memory.buffer) this.#ints = new Int32Array(this.memory.buffer);
    return this.#ints;
  }

  /** Runs a kernel, and returns when all its chunks are done. Throws a RangeError where there are too many. */
  run<Field extends string, Float extends string>(
    kernel: Kernel<Field, Float>,
    chunks: number,
    values: Readonly<Record<Field | Float, number>>,
  ): void {
    const index = this.#indexOf(kernel, chunks);
    kernel.fields.forEach((field, i) => {
      this.ints[ADDRESS_FIELDS / 4 + i] = values[field];
    });
    kernel.floats.forEach((float, i) => {
      this.floats[FLOAT_FIELDS / 4 + i] = values[float];
    });
    this.#start(index, 0, chunks);
  }

  /** A call of a kernel, as `run` makes it, that can be repeated, and done in parts: what it passes is put together once. */
  prepare<Field extends string, Float extends string>(
    kernel: Kernel<Field, Float>,
    chunks: number,
    values: Readonly<Record<Field | Float, number>>,
  ): PreparedCall {
    const index = this.#indexOf(kernel, chunks);
    const fields = Int32Array.from(kernel.fields, (field) => values[field]);
    const floats = Float32Array.from(kernel.floats, (float) => values[float]);
    return (from, to) => {
      this.ints.set(fields, ADDRESS_FIELDS / 4);
      this.floats.set(floats, FLOAT_FIELDS / 4);
      this.#start(index, from, to);
    };
  }

  /** Ends the threads; nothing may run afterwards. */
  dispose(): void {
    for (const thread of this.#threads) thread.end();
  }

  #indexOf(kernel: Kernel, chunks: number): number {
    const index = this.#kernels.get(kernel);
    if (index === undefined) throw new Error(`The kernel ${kernel.name} is not part of this processor.`);
    if (chunks > MAX_CHUNKS) throw new RangeError(`${kernel.name} was cut into ${chunks} chunks.`);
    return index;
  }

  /** Does chunks `from` to `to` - 1 of a kernel whose values are in place. */
  #start(index: number, from: number, to: number): void {
    this.ints[FIRST / 4] = from;
    const chunks = to - from;
    const entry = chunks === 1 || this.threads === 1 ? this.#alone : this.#lead;
    entry(index, chunks);
  }

  #reach(end: number): void {
    const missing = Math.ceil((end - this.memory.buffer.byteLength) / PAGE_BYTES);
    if (missing <= 0) return;
    try {
      this.memory.grow(missing);
    } catch (error) {
      throw new OutOfMemoryError(this.memory.buffer.byteLength, { cause: error });
    }
  }
}

/** Does chunks `from` to `to` - 1 of a call. */
type PreparedCall = (from: number, to: number) => void;

type EntryPoint = (kernel: number, chunks: number) => void;

function entryPoint({ exports }: WebAssembly.Instance, name: string): EntryPoint {
  const entry = exports[name];
  if (typeof entry !== 'function') throw new Error(`The module has no function ${name}.`);
  return (kernel, chunks) => entry(kernel, chunks);
}

function createMemory(shared: boolean): WebAssembly.Memory {
  for (const maximum of MAXIMUM_PAGES) {
    try {
      return new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum, shared });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw new RangeError('This browser has no memory left for the page.');
}
