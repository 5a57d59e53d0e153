/** How deep lists and objects may lie in each other. Nothing that the app writes is deeper than 10. */
const MAX_DEPTH = 32;

/**
 * The value of a JSON text from outside; undefined where it is none, or nested so deep that whoever walks through it could run
 * out of stack.
 */
export function outsideJson(text: string): unknown {
  if (depthOf(text) > MAX_DEPTH) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The entries of an object out of such a text; none of anything else. */
export function entriesOfJson(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []);
}

/** How deep the brackets of a text lie in each other, those within strings left out. */
function depthOf(text: string): number {
  let [depth, most, isString] = [0, 0, false];
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (isString && sign === '\\') i++;
    else if (sign === '"') isString = !isString;
    else if (isString) continue;
    else if (sign === '[' || sign === '{') most = Math.max(most, ++depth);
    else if (sign === ']' || sign === '}') depth--;
  }
  return most;
}
