/** Says in the browser's log why tfjs trains instead of the kernels. */
export function noteFallback(reason: string): null {
  // biome-ignore lint/suspicious/noConsole: training works without them, but slower; the log says why.
  console.warn(`The WebGPU kernels do not work on this GPU, so tfjs' own are used: ${reason}.`);
  return null;
}
