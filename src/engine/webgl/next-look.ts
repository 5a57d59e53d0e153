/**
 * Waits a millisecond before the device is polled again. Polling in a loop of messages would occupy a processor core
 * that a software renderer may need; timers of a worker are not slowed down when its tab is hidden.
 */
export function nextLook(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}
