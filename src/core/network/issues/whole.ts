import { numberText } from '../../text/number-text.ts';
import type { GraphNode } from '../graph.ts';
import type { Fix, Issue } from '../issue.ts';
import { definitionOf, type LayerSpec } from '../layers/registry.ts';
import type { Edit, Network, NewLayer } from '../network.ts';
import { CLASS_COUNT, INPUT_SHAPE, type Shape, sameShape, shapeText, sizeOf } from '../shape.ts';
import type { InferredShapes } from '../shape-inference.ts';
import { insertAt, removeFix, setFix } from './fixes.ts';
import { answerOf } from './flow.ts';

/** What is wrong with the network as a whole, once its last shape is known. */
export function wholeIssues(trace: InferredShapes): readonly Issue[] {
  const { network, steps, nodes, output } = trace;
  const last = nodes.at(-1);
  if (output !== null && last === undefined) return [empty(network)];
  const unused = steps.some(({ fault }) => fault !== null) ? [] : unusedIssues(nodes);
  if (output === null || last === undefined) return unused;
  const endsWell = sameShape(output, [CLASS_COUNT]);
  const ending = endsWell ? endingIssues(trace, last) : [wrongOutput(trace, last)];
  const learns = nodes.some((node) => node.weights.some((weight) => weight.trainable));
  return [...unused, ...ending, ...(learns || !endsWell ? [] : [noWeights(network, last)])];
}

/** The layers that make ten probabilities of any output: a Flatten where it is no row, and a Dense. */
function scores(shape: Shape): readonly NewLayer[] {
  const dense: NewLayer = { kind: 'dense', options: { units: CLASS_COUNT, activation: 'softmax' } };
  return shape.length > 1 ? [{ kind: 'flatten', options: {} }, dense] : [dense];
}

function empty(network: Network): Issue {
  return {
    severity: 'error',
    code: 'empty',
    layerId: null,
    message: 'There is no layer yet. A network for ten garments ends in a Dense layer of 10 with softmax.',
    fixes: [
      { label: 'Add Flatten and Dense 10', edits: insertAt(network, network.layers.length, scores(INPUT_SHAPE)) },
    ],
  };
}

/** Outputs that no later layer takes: a path that was left by a Branch and never joined. */
function unusedIssues(nodes: readonly GraphNode[]): readonly Issue[] {
  const used = new Set(nodes.flatMap((node) => node.inputs));
  return nodes.flatMap((node, position) => {
    const next = nodes[position + 1];
    if (next === undefined || used.has(position)) return [];
    const issue: Issue = {
      severity: 'error',
      code: 'unused',
      layerId: node.spec.id,
      message: `No layer takes the output of ${node.name}: ${next.name} goes on from an earlier layer. Join the two paths by an Add or a Concatenate, or remove ${next.name}.`,
      fixes: [removeFix(next.name, next.spec.id)],
    };
    return [issue];
  });
}

function wrongOutput({ network, nodes }: InferredShapes, last: GraphNode): Issue {
  const { spec, output } = last;
  const unflattened = nodes.find((node) => node.spec.kind === 'dense' && node.output.length === output.length);
  if (unflattened !== undefined && output.length > 1) return notFlattened(network, unflattened);
  return {
    severity: 'error',
    code: 'output-units',
    layerId: spec.id,
    message: `The network ends in ${shapeText(output)} numbers, and there are ${CLASS_COUNT} garments. The last layer must give ${CLASS_COUNT}, one for each.`,
    fixes: outputFixes(network, last),
  };
}

/** Ways to ten probabilities, the one that changes least first. */
function outputFixes(network: Network, { spec, output }: GraphNode): readonly Fix[] {
  const end = network.layers.length;
  const add: Fix = { label: 'Add Dense 10 softmax', edits: insertAt(network, end, scores(output)) };
  if (spec.kind === 'dense' && output.length === 1) {
    return [setFix('Make it 10 softmax', spec.id, { units: CLASS_COUNT, activation: 'softmax' }), add];
  }
  if ('returnSequences' in spec && output.length === 2) {
    const edits = [...setFix('', spec.id, { returnSequences: false }).edits, ...insertAt(network, end, scores([1]))];
    return [{ label: 'Keep the last step, add Dense 10', edits }, add];
  }
  if (output.length !== 3) return [add];
  const pooled = insertAt(network, end, [{ kind: 'globalAveragePooling2d', options: {} }, ...scores([1])]);
  return [add, { label: 'Add global pooling and Dense 10', edits: pooled }];
}

/** A dense layer that keeps an image an image, or a sequence a sequence, so that there is no row of ten in the end. */
function notFlattened(network: Network, { name, spec, input }: GraphNode): Issue {
  const index = network.layers.findIndex((layer) => layer.id === spec.id);
  const arrival = `${input.length === 2 ? 'a sequence' : 'an image'} of ${shapeText(input)}`;
  return {
    severity: 'error',
    code: 'rank',
    layerId: spec.id,
    message: `${name} should take a row of numbers, and what arrives is ${arrival}. Lay it out in a row of ${numberText(sizeOf(input))} first.`,
    fixes: [{ label: 'Insert Flatten', edits: insertAt(network, index, [{ kind: 'flatten', options: {} }]) }],
  };
}

/** Whether the activation of a layer may be softmax, and so the last word of a network. */
function mayEndInSoftmax({ kind }: LayerSpec): boolean {
  const field = definitionOf(kind).fields.find(({ option }) => option === 'activation');
  return field?.type === 'choice' && field.choices.includes('softmax');
}

/** Whether a layer ends in softmax. */
function endsInSoftmax(spec: LayerSpec): boolean {
  return 'activation' in spec && spec.activation === 'softmax';
}

/** Ten outputs that are no probabilities. */
function endingIssues({ network, nodes }: InferredShapes, last: GraphNode): readonly Issue[] {
  if (endsInSoftmax(last.spec)) return [];
  const behind = nodes.slice(answerOf({ network, nodes }) + 1);
  return [behind.length > 0 ? behindSoftmax(behind) : noSoftmax(network, last.spec)];
}

/** Dropout or normalisation behind the softmax, which would spoil the probabilities. */
function behindSoftmax(behind: readonly GraphNode[]): Issue {
  const names = behind.map(({ name }) => name).join(' and ');
  return {
    severity: 'error',
    code: 'output-activation',
    layerId: behind[0]?.spec.id ?? null,
    message: `The softmax gives ten probabilities, and ${names} behind it would change them. Nothing may follow the softmax.`,
    fixes: [{ label: `Remove ${names}`, edits: behind.map(({ spec }): Edit => ({ type: 'remove', id: spec.id })) }],
  };
}

function noSoftmax(network: Network, spec: LayerSpec): Issue {
  const end: NewLayer = { kind: 'activation', options: { activation: 'softmax' } };
  const fix: Fix = mayEndInSoftmax(spec)
    ? setFix('Use softmax', spec.id, { activation: 'softmax' })
    : { label: 'Add softmax', edits: insertAt(network, network.layers.length, [end]) };
  return {
    severity: 'error',
    code: 'output-activation',
    layerId: spec.id,
    message:
      'The ten outputs are not probabilities yet: they must be positive and add up to 1. The last activation must be softmax.',
    fixes: [fix],
  };
}

function noWeights(network: Network, last: GraphNode): Issue {
  return {
    severity: 'error',
    code: 'no-weights',
    layerId: last.spec.id,
    message: 'Nothing in this network can learn: no layer has weights. Add a Dense or a Conv2D layer.',
    fixes: [{ label: 'Add Dense 10 softmax', edits: insertAt(network, network.layers.length, scores(last.output)) }],
  };
}
