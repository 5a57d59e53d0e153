import { type DatasetSpec, isSameDataset } from '../core/dataset/spec.ts';
import type { Demo } from './demo.ts';
import { FASHION_MNIST_DEMOS } from './fashion-mnist/demos.ts';
import { FASHION_MNIST } from './fashion-mnist/spec.ts';

/**
 * The demos for a class with a data set, in the order of the list; none where none was rehearsed with it. They stand apart from
 * the catalogue, so that the page loads them with the projector view.
 */
export function demosFor(dataset: DatasetSpec): readonly Demo[] {
  return isSameDataset(dataset, FASHION_MNIST) ? FASHION_MNIST_DEMOS : [];
}
