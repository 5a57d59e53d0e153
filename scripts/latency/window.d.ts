interface Window {
  /** Put there by `installLatency`. */
  readonly latency: import('./watch.mjs').Latency;
  /** Put there by `installLongTasks`: how many milliseconds the page was busy at once. */
  readonly longTasks: { readonly start: () => void; readonly longest: () => number };
}
