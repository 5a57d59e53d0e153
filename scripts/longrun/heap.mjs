/** @typedef {import('playwright').CDPSession} CDPSession */
/** @typedef {{ meta: { node_fields: string[], node_types: [string[]] } }} SnapshotHead */

/**
 * @typedef {object} Heap
 * @property {number} heap bytes of a page's JavaScript heap that something still holds
 * @property {number} code how much of it is code that the browser has compiled or keeps to compile: it grows until everything that
 * happens often is compiled, whatever the page holds
 */

/**
 * @param {CDPSession} cdp
 * @returns {Promise<Heap>}
 */
export async function heapOf(cdp) {
  /** @type {string[]} */
  const chunks = [];
  const hear = (/** @type {{ chunk: string }} */ { chunk }) => void chunks.push(chunk);
  cdp.on('HeapProfiler.addHeapSnapshotChunk', hear);
  await cdp.send('HeapProfiler.takeHeapSnapshot');
  cdp.off('HeapProfiler.addHeapSnapshotChunk', hear);
  return heapIn(JSON.parse(chunks.join('')));
}

/**
 * @param {{ snapshot: SnapshotHead, nodes: number[] }} snapshot as Chromium writes it: the numbers of all nodes in one list
 * @returns {Heap}
 */
export function heapIn({ snapshot: { meta }, nodes }) {
  const [type, size] = [meta.node_fields.indexOf('type'), meta.node_fields.indexOf('self_size')];
  const [types] = meta.node_types;
  const sum = { heap: 0, code: 0 };
  for (let node = 0; node < nodes.length; node += meta.node_fields.length) {
    const bytes = nodes[node + size] ?? 0;
    const kind = types[nodes[node + type] ?? 0];
    // Elements of the page and the contents of its arrays are no part of that heap.
    if (kind !== 'native') sum.heap += bytes;
    if (kind === 'code') sum.code += bytes;
  }
  return sum;
}
