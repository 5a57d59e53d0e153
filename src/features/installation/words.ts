import type { Installation, KeptFiles } from '../../state/installation.ts';

/** How much of the data set this page has. */
export interface DataArrived {
  readonly shardsArrived: number;
  /** 0 until it is known. */
  readonly shardsTotal: number;
}

/** What goes on working without a network, and what does not. */
export function offlineSentence(
  { files, dataKept }: Installation,
  { shardsArrived, shardsTotal }: DataArrived,
): string {
  const hasData = shardsTotal > 0 && shardsArrived === shardsTotal;
  const data = hasData ? '' : `${missingData(shardsArrived, shardsTotal)} `;
  if (files !== 'kept') {
    return `${data}This page keeps working while it stays open. Parts that you have not opened yet may be missing, and a reload needs the network: ${WHY_NOT_KEPT[files]}.`;
  }
  if (!hasData) return `${data}Everything else keeps working, even after a reload.`;
  return dataKept === false
    ? 'Everything keeps working while this page stays open. A reload needs the network, because the browser did not keep the data set.'
    : 'Everything keeps working, even after a reload.';
}

function missingData(arrived: number, total: number): string {
  const rest = 'will load by itself once the network is back';
  if (total === 0) return `The data set has not loaded yet; it ${rest}.`;
  return `${arrived} of ${total} shards of the data set have loaded, and you can train on them; the rest ${rest}.`;
}

const WHY_NOT_KEPT: { readonly [Files in Exclude<KeptFiles, 'kept'>]: string } = {
  unknown: 'the app was not stored before the network went away',
  storing: 'the app was not completely stored before the network went away',
  failed: 'the browser did not store the app, perhaps for lack of room',
  impossible: 'this window does not store the app, as private windows do not',
};
