import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { load } from '../setup/load.mjs';
import { readIdxFolder } from './idx.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** SHA-256 of the decompressed files, as Zalando SE published them. */
const DIGESTS = {
  'train-images-idx3-ubyte': 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
  'train-labels-idx1-ubyte': 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
  't10k-images-idx3-ubyte': '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
  't10k-labels-idx1-ubyte': '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
};

/**
 * Fashion-MNIST from a folder, each byte of it checked, in the words of src/datasets/fashion-mnist.
 * @param {string} folder
 * @returns {Promise<import('./description.mjs').Source>}
 */
export async function fashionMnist(folder) {
  const splits = readIdxFolder(folder, DIGESTS);
  const { FASHION_MNIST } = await load(ROOT, 'src/datasets/fashion-mnist/spec.ts');
  const { splits: _, ...description } = FASHION_MNIST;
  const licence = readFileSync(new URL('LICENSE.txt', import.meta.url), 'utf8');
  return { description, splits, licence };
}
