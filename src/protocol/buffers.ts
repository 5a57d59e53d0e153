/**
 * The buffers of all typed arrays in a message, each once, to be transferred instead of copied. Whoever sends a message that
 * way gives up what is in it: a view of memory that is still needed must be copied first.
 */
export function buffersIn(message: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(message, found);
  return [...found];
}

function collect(value: unknown, found: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null) return;
  if (!ArrayBuffer.isView(value)) for (const part of Object.values(value)) collect(part, found);
  else if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
}
