/** One end of a channel: what goes out, what comes in. A Worker, its global scope and a started MessagePort all fit. */
export interface Port<Out, In> {
  postMessage(message: Out, transfer: ArrayBuffer[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: In }) => void): void;
}
