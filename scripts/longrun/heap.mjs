/** @typedef {import('playwright').CDPSession} CDPSession */
/** @typedef {{ meta: { node_fields: string[], node_types: [string[]] } }} SnapshotHead */

/**
 * How much of a page's JavaScript heap is code that the browser has compiled or keeps to compile: it grows until everything
 * that happens often is compiled, whatever the page holds.
 *
 * @param {CDPSession} cdp
 * @returns {Promise<number>} bytes
 */
export async function codeBytes(cdp) {
  /** @type {string[]} */
  const chunks = [];
  const hear = (/** @type {{ chunk: string }} */ { chunk }) => void chunks.push(chunk);
  cdp.on('HeapProfiler.addHeapSnapshotChunk', hear);
  await cdp.send('HeapProfiler.takeHeapSnapshot');
  cdp.off('HeapProfiler.addHeapSnapshotChunk', hear);
  return codeBytesIn(JSON.parse(chunks.join('')));
}

/**
 * @param {{ snapshot: SnapshotHead, nodes: number[] }} heap as Chromium writes it: the numbers of all nodes in one list
 * @returns {number}
 */
export function codeBytesIn({ snapshot: { meta }, nodes }) {
  const [type, size] = [meta.node_fields.indexOf('type'), meta.node_fields.indexOf('self_size')];
  const code = meta.node_types[0].indexOf('code');
  let bytes = 0;
  for (let node = 0; node < nodes.length; node += meta.node_fields.length)
    if (nodes[node + type] === code) bytes += nodes[node + size] ?? 0;
  return bytes;
}
