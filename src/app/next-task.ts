/** Resolves in a task of its own, before which the browser can paint and hear what somebody does. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
