import type { DatasetSpec } from '../core/dataset/spec.ts';
import type { ShippedDataset } from '../datasets/shipped-dataset.ts';
import type { DatasetSource } from '../protocol/commands.ts';
import type { OwnData } from './own-data.ts';

/** Where a data set that comes with the app is. */
export function shippedSource({ spec, folder, pretrained }: ShippedDataset): DatasetSource {
  const place = (path: string) => new URL(path, document.baseURI).href;
  return { baseUrl: place(folder), expected: spec, pretrainedUrl: pretrained === null ? null : place(pretrained) };
}

/** Where a data set of the user's own is. */
export function ownSource(spec: DatasetSpec, { addressOf }: OwnData): DatasetSource {
  return { baseUrl: addressOf(spec.id), expected: spec, pretrainedUrl: null };
}
