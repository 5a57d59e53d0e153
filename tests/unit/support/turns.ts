/** Resolves with the next turn of the event loop, when all that waits for promises that are settled has run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
