import type { ThreadStart } from './threads.ts';

/** A thread of the pool: reports that it is ready, and then runs kernels until it is terminated. */
addEventListener('message', async ({ data: { module, memory, thread } }: MessageEvent<ThreadStart>) => {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const { serve } = exports;
  if (typeof serve !== 'function') throw new Error('The module has no function serve.');
  postMessage('ready');
  serve(thread);
});
