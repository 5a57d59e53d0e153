/** What a thread of the pool needs to begin. */
export interface ThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** From 1; the thread that leads is 0. */
  readonly thread: number;
}

/** A thread that runs kernels until it is ended. */
export interface Thread {
  end(): void;
}

/**
 * Starts threads on a module and its memory. Where the browser refuses, there are none: everything works, but slower.
 */
export async function startThreads(count: number, what: Omit<ThreadStart, 'thread'>): Promise<readonly Thread[]> {
  const started = Array.from({ length: count }, (_, index) => startThread({ ...what, thread: index + 1 }));
  const settled = await Promise.allSettled(started);
  const threads = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  if (threads.length === count) return threads;
  for (const thread of threads) thread.end();
  return [];
}

function startThread(start: ThreadStart): Promise<Thread> {
  return new Promise((resolve, reject) => {
    // biome-ignore lint/style/noRestrictedGlobals: The threads are part of the arithmetic, as tfjs' own are; they see memory only.
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { type: 'module' });
    worker.onmessage = () => resolve({ end: () => worker.terminate() });
    worker.onerror = () => {
      worker.terminate();
      reject(new Error('A thread did not start.'));
    };
    worker.postMessage(start);
  });
}
