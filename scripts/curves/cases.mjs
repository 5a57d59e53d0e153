import { load } from '../setup/load.mjs';

/** @typedef {import('../../src/core/training/setup.ts').Setup} Setup */
/** @typedef {(root: string) => Promise<Setup>} Case */

const SHORT = { epochs: 2, trainingImages: 2000 };

const RECURRENT = JSON.stringify({
  layers: [
    { kind: 'reshape', id: 'reshape-1', targetShape: [28, 28] },
    { kind: 'lstm', id: 'lstm-1', units: 16 },
    { kind: 'dense', id: 'dense-1', units: 10, activation: 'softmax' },
  ],
});

/**
 * What is trained: six presets, and two networks for what no preset has.
 *
 * @type {Readonly<Record<string, Case | undefined>>}
 */
export const CASES = {
  'malca-sitalkil-base': preset('malca-sitalkil-base'),
  'malca-sitalkil-512': preset('malca-sitalkil-512'),
  'ciutacu-cnn': preset('ciutacu-cnn'),
  'elvland-dropout': preset('elvland-dropout'),
  'small-resnet': preset('small-resnet'),
  'overfitting-demo': preset('overfitting-demo'),
  augmented: preset('ciutacu-cnn', {
    augmentation: { flip: true, alternate: false, shift: 3, rotation: 15, scale: 0.2, erase: 0.2, brightness: 0.2 },
    labelNoise: 0.2,
    labelSmoothing: 0.1,
    clipNorm: 1,
  }),
  recurrent: preset('ciutacu-cnn', {}, RECURRENT),
};

/**
 * @param {string} id
 * @param {Partial<import('../../src/core/training/recipe.ts').Recipe>} [values] what is different in the recipe
 * @param {string} [text] another network
 * @returns {Case}
 */
function preset(id, values = {}, text) {
  return async (root) => {
    const { presetById } = await load(root, 'src/datasets/catalogue.ts');
    const { FASHION_MNIST } = await load(root, 'src/datasets/fashion-mnist/spec.ts');
    const { parseNetwork } = await load(root, 'src/core/network/network-text.ts');
    const { dataset, network, recipe } = presetById(FASHION_MNIST, id);
    return {
      dataset,
      network: text === undefined ? network : parseNetwork(text).network,
      recipe: { ...recipe, ...SHORT, ...values },
    };
  };
}
