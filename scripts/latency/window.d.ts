interface Window {
  /** Put there by `installLatency`. */
  readonly latency: import('./watch.mjs').Latency;
}
