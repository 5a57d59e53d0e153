interface Window {
  /** Put there by `installWatch`. */
  readonly longRun: import('./watch.mjs').LongRunWatch;
}
