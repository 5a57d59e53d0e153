import type { DatasetSpec } from '../../core/dataset/spec.ts';
import type { Size } from '../../core/imaging/resize.ts';

/** The size of an image in pixels. */
export const IMAGE_SIZE: Size = { height: 28, width: 28 };

/** Fashion-MNIST, as its authors cut it (Xiao, Rasul and Vollgraf, arXiv:1708.07747). */
export const FASHION_MNIST: DatasetSpec = {
  id: 'fashion-mnist',
  title: 'Fashion-MNIST',
  samples: { kind: 'image', ...IMAGE_SIZE, channels: 1, storage: 'uint8', scale: 255 },
  classes: ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
  splits: { train: 60_000, test: 10_000 },
  words: {
    sample: { one: 'image', many: 'images' },
    subject: { one: 'garment', many: 'garments' },
    class: { one: 'garment', many: 'garments' },
  },
  licence: { name: 'MIT', holder: 'Zalando SE' },
  citation:
    'Han Xiao, Kashif Rasul, Roland Vollgraf: Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms. arXiv:1708.07747, 2017.',
  library: { keras: 'fashion_mnist', torchvision: 'FashionMNIST' },
  capabilities: ['drawing', 'solid', 'photo', 'outlines', 'unlikeness', 'pretrained'],
};
