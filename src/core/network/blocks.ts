import { type DatasetSpec, inputShapeOf } from '../dataset/spec.ts';
import { pasteEdits } from './edits.ts';
import type { LayerSpec } from './layers/registry.ts';
import { applyEdit, createLayer, type Edit, INPUT_ID, type Network } from './network.ts';
import type { Shape } from './shape.ts';
import { inferShapes } from './shape-inference.ts';

/** What of a block can be chosen when it is inserted. */
export interface BlockOptions {
  /** Of its convolutions; a block for sequences is as wide as what arrives. */
  readonly filters: number;
  /** Whether the block halves the height and the width of the image. */
  readonly downsample: boolean;
}

/** The context of a block: the layer above it and that layer's output. */
export interface BlockSite {
  readonly above: string;
  readonly input: Shape;
}

/** Several layers that belong together and are inserted in one go. */
export interface Block {
  readonly title: string;
  /** One sentence for a student: what it is good for. */
  readonly purpose: string;
  /** Axes of the shapes that it is for: 3 of images, 2 of sequences. */
  readonly axes: 2 | 3;
  readonly defaults: BlockOptions;
  /** The layers, with ids that are only their own; inserting gives them others. */
  layers(site: BlockSite, options: BlockOptions): readonly LayerSpec[];
}

/** The kinds of blocks, in the order of the palette. */
export const BLOCK_KINDS = ['convolution', 'vgg', 'residual', 'transformer'] as const;

/** One of them. */
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** Convolution without bias and activation, then batch normalisation, which brings an offset of its own. */
function normalized(name: string, filters: number, kernelSize: number, strides: number): readonly LayerSpec[] {
  const activation = 'linear' as const;
  const kernelInitializer = 'heNormal' as const;
  const options = {
    filters,
    kernelSize,
    strides,
    padding: 'same',
    activation,
    useBias: false,
    kernelInitializer,
  } as const;
  return [createLayer('conv2d', `${name}-conv`, options), createLayer('batchNormalization', `${name}-norm`)];
}

function relu(name: string): LayerSpec {
  return createLayer('activation', name, { activation: 'relu' });
}

/** He et al., arXiv:1512.03385, figure 2, with the projection of option B where the shapes differ. */
function residualLayers({ above, input }: BlockSite, { filters, downsample }: BlockOptions): readonly LayerSpec[] {
  const strides = downsample ? 2 : 1;
  const path = [
    ...normalized('first', filters, 3, strides),
    relu('first-relu'),
    ...normalized('second', filters, 3, 1),
  ];
  if (!downsample && input.length === 3 && input[2] === filters) {
    return [...path, createLayer('add', 'join', { from: above }), relu('last-relu')];
  }
  const fork = createLayer('branch', 'shortcut', { from: above });
  const projection = [fork, ...normalized('projection', filters, 1, strides)];
  return [...path, ...projection, createLayer('add', 'join', { from: 'second-norm' }), relu('last-relu')];
}

/** How many heads attention has, where the features can be divided among them. */
const HEADS = 4;

/** The encoder of a vision transformer, normalised before each part (Dosovitskiy et al., arXiv:2010.11929, figure 1). */
function transformerLayers({ above, input }: BlockSite): readonly LayerSpec[] {
  const features = input.at(-1) ?? 1;
  const heads = features % HEADS === 0 ? HEADS : 1;
  return [
    createLayer('layerNormalization', 'first-norm'),
    createLayer('multiHeadAttention', 'attention', { heads, keySize: Math.min(features / heads, 512) }),
    createLayer('add', 'join', { from: above }),
    createLayer('layerNormalization', 'second-norm'),
    createLayer('dense', 'wide', { units: Math.min(2 * features, 8192), activation: 'gelu' }),
    createLayer('dense', 'narrow', { units: Math.min(features, 8192), activation: 'linear' }),
    createLayer('add', 'last-join', { from: 'join' }),
  ];
}

/** Every block, in the order of the palette. */
export const BLOCKS: { readonly [Kind in BlockKind]: Block } = {
  convolution: {
    title: 'Conv-BN-ReLU',
    purpose: 'A convolution, batch normalisation and relu: what most modern networks are made of.',
    axes: 3,
    defaults: { filters: 32, downsample: false },
    layers: (_site, { filters, downsample }) => [...normalized('conv', filters, 3, downsample ? 2 : 1), relu('relu')],
  },
  vgg: {
    title: 'VGG block',
    purpose: 'Two convolutions and a pooling: each block sees more of the image and shrinks it.',
    axes: 3,
    defaults: { filters: 32, downsample: true },
    layers: (_site, { filters, downsample }) => {
      const conv = (id: string) =>
        createLayer('conv2d', id, { filters, padding: 'same', kernelInitializer: 'heUniform' });
      return [conv('first'), conv('second'), ...(downsample ? [createLayer('maxPooling2d', 'pool')] : [])];
    },
  },
  residual: {
    title: 'Residual block',
    purpose: 'Two convolutions with a shortcut past them, so that even deep networks learn from the start.',
    axes: 3,
    defaults: { filters: 32, downsample: false },
    layers: residualLayers,
  },
  transformer: {
    title: 'Transformer block',
    purpose: 'Attention between the places, then two dense layers at each place, both with a shortcut past them.',
    axes: 2,
    defaults: { filters: 32, downsample: false },
    layers: transformerLayers,
  },
};

/** Inserts a block before the layer at `index`, `times` in a row; only the first one downsamples. */
export function blockEdits(
  network: Network,
  dataset: DatasetSpec,
  index: number,
  kind: BlockKind,
  options: BlockOptions = BLOCKS[kind].defaults,
  times = 1,
): readonly Edit[] {
  const edits: Edit[] = [];
  let grown = network;
  let place = index;
  for (let round = 0; round < times; round++) {
    const repeated = round === 0 || kind === 'vgg' ? options : { ...options, downsample: false };
    const layers = BLOCKS[kind].layers(siteAt(grown, dataset, place), repeated);
    const added = pasteEdits(grown, place, layers);
    edits.push(...added);
    grown = added.reduce(applyEdit, grown);
    place += added.length;
  }
  return edits;
}

function siteAt(network: Network, dataset: DatasetSpec, index: number): BlockSite {
  const step = inferShapes(network, dataset).steps[index - 1];
  return { above: step?.spec.id ?? INPUT_ID, input: step === undefined ? inputShapeOf(dataset) : (step.output ?? []) };
}
