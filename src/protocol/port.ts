/** One end of a channel: what goes out, what comes in. A Worker, its global scope and a MessagePort all fit. */
export interface Port<Out, In> {
  postMessage(message: Out, transfer: ArrayBuffer[]): void;
  onmessage: ((event: { readonly data: In }) => void) | null;
}
