import { at } from '../../at.ts';
import { classCountOf } from '../../dataset/spec.ts';
import { capitalised, countWord } from '../../text/count-words.ts';
import { withArticle } from '../../text/nouns.ts';
import { numberText } from '../../text/number-text.ts';
import type { Fix } from '../issue.ts';
import { patchSizesOf } from '../layers/patches.ts';
import { evenSequence, MOST_STEPS } from '../layers/recurrent.ts';
import { traitsOf } from '../layers/registry.ts';
import { shapeText, sizeOf } from '../shape.ts';
import { insertAt, removeFix, setFix } from './fixes.ts';
import { type Rule, warning } from './flow.ts';

/** Warnings about information that is lost between layers. */

/** A dense layer on an image sees the channels of one pixel at a time. */
export const unflattened: Rule = ({ network, nodes }) =>
  nodes.flatMap((node) => {
    const { spec, name, input } = node;
    if (spec.kind !== 'dense' || input.length !== 3) return [];
    const index = network.layers.findIndex((layer) => layer.id === spec.id);
    const edits = insertAt(network, index, [{ kind: 'flatten', options: {} }]);
    const message = `${name} takes an image of ${shapeText(input)}, and so it connects only the ${input[2]} channels within each pixel. To connect all ${numberText(sizeOf(input))} values, lay them out in a row first.`;
    return [warning('unflattened', node, message, [{ label: 'Insert Flatten', edits }])];
  });

/**
 * A hidden layer of one unit: everything that is known about a sample has to fit into one number, which is enough for two
 * classes and not for more.
 */
export const bottlenecks: Rule = ({ nodes, dataset }) =>
  nodes.slice(0, -1).flatMap((node) => {
    const { spec, name, output } = node;
    if (!('units' in spec) || spec.units > 1 || sizeOf(output) > 1 || classCountOf(dataset) === 2) return [];
    const { one, many } = dataset.words.subject;
    const message = `${name} has one unit, so all that the network knows about ${withArticle(one)} has to pass through a single number. ${capitalised(countWord(classCountOf(dataset)))} ${many} need more.`;
    return [warning('bottleneck', node, message, [setFix('Use 32 units', spec.id, { units: 32 })])];
  });

/** A window that moves further than its size. A 1×1 convolution is no mistake: shortcuts are projected like that. */
export const skippedPixels: Rule = ({ nodes }) =>
  nodes.flatMap((node) => {
    const { spec, name } = node;
    if (!('strides' in spec)) return [];
    const size = 'kernelSize' in spec ? spec.kernelSize : spec.poolSize;
    if (size >= spec.strides || ('kernelSize' in spec && size === 1)) return [];
    const message = `${name} sees ${size} pixels and moves on by ${spec.strides}, so the pixels in between never count. Use a stride of ${size} at most.`;
    return [warning('skipped-pixels', node, message, [setFix(`Use stride ${size}`, spec.id, { strides: size })])];
  });

/** An Add or a Concatenate whose two inputs are one and the same. */
export const sameTwice: Rule = ({ nodes }) =>
  nodes.flatMap((node) => {
    const { inputs, spec, name } = node;
    if (inputs.length < 2 || inputs[0] !== inputs[1]) return [];
    const does = traitsOf(spec).inputs === 'sum' ? 'doubles every value' : 'shows every channel twice';
    const message = `Both inputs of ${name} are the layer right above it, which only ${does}. Take an earlier layer, or remove it.`;
    return [warning('same-twice', node, message, [removeFix(name, spec.id)])];
  });

/** A recurrent layer that reads an image number by number instead of row by row. */
export const longSequences: Rule = ({ network, nodes }) =>
  nodes.flatMap((node) => {
    const { spec, name, input } = node;
    const steps = at(input, 0);
    if (!traitsOf(spec).readsSequences || steps <= MOST_STEPS) return [];
    const index = network.layers.findIndex((layer) => layer.id === spec.id);
    const targetShape = evenSequence(sizeOf(input));
    const message = `${name} reads ${numberText(steps)} steps one after another, and each must wait for the one before. A shorter sequence with more features trains many times faster.`;
    const fix: Fix = targetShape
      ? {
          label: `Reshape to ${shapeText(targetShape)}`,
          edits: insertAt(network, index, [{ kind: 'reshape', options: { targetShape } }]),
        }
      : removeFix(name, spec.id);
    return [warning('long-sequence', node, message, [fix])];
  });

/** So many places that attention still compares in good time: their pairs grow with the square. */
const MOST_PLACES = 256;

/** Attention between very many places, such as single pixels. */
export const manyPairs: Rule = ({ nodes }) =>
  nodes.flatMap((node, position) => {
    const { spec, name, input } = node;
    const places = at(input, 0);
    if (!traitsOf(spec).attends || !('heads' in spec) || places <= MOST_PLACES) return [];
    const message = `${name} compares each of ${numberText(places)} places with each other one: ${numberText(places ** 2)} pairs in each of its ${spec.heads} heads. Larger patches train many times faster.`;
    const cut = nodes.slice(0, position).findLast((above) => traitsOf(above.spec).cutsPatches);
    const [height = 0, width = 0] = cut?.input ?? [];
    const size = patchSizesOf(cut?.input ?? []).find((side) => (height * width) / side ** 2 <= MOST_PLACES);
    const isOwn = cut?.output[0] === places && size !== undefined;
    const fix = isOwn
      ? setFix(`Use patches of ${size}×${size}`, cut.spec.id, { patchSize: size })
      : removeFix(name, spec.id);
    return [warning('many-pairs', node, message, [fix])];
  });
