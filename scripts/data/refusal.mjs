/** What the builder cannot use, in one sentence that says what to do. The command prints it without a stack. */
export class Refusal extends Error {
  /** @override */
  name = 'Refusal';
}

/**
 * The message of anything thrown, to stand in brackets in a Refusal.
 * @param {unknown} error
 */
export function reasonOf(error) {
  return error instanceof Error ? error.message : String(error);
}
