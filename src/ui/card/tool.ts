import { useSyncExternalStore } from 'react';

/** Code that a press needed and that could not be fetched. */
export interface MissingTool {
  /** How often it was tried. */
  readonly failures: number;
  /** Does what was asked for, once the code is here. */
  readonly again: () => void;
  readonly close: () => void;
}

let missing: MissingTool | null = null;
const listeners = new Set<() => void>();

/**
 * Does what a press asked for with code that is loaded when it is first used. Where it cannot be fetched, the page says so and
 * offers to try again ({@link useMissingTool}). Rejects as `use` does.
 */
export async function withTool<Tool>(
  load: () => Promise<Tool>,
  use: (tool: Tool) => void | Promise<void>,
  failures = 0,
): Promise<void> {
  const tool = await load().catch(() => null);
  if (tool !== null) return use(tool);
  const again = () => {
    show(null);
    void withTool(load, use, failures + 1);
  };
  show({ failures: failures + 1, again, close: () => show(null) });
}

/** What could not be fetched last; null where everything was. */
export function useMissingTool(): MissingTool | null {
  return useSyncExternalStore(subscribe, () => missing);
}

function show(next: MissingTool | null): void {
  missing = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
