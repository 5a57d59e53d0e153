/**
 * Lets waiting messages be handled: resolves in a later task of the event loop, without delay, also in a hidden tab,
 * where timers are slowed down and animation frames stop.
 */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
