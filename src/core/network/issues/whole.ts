import { classNoun } from '../../dataset/sample-words.ts';
import { classCountOf, type DatasetSpec, inputShapeOf } from '../../dataset/spec.ts';
import { countWord } from '../../text/count-words.ts';
import { numberText } from '../../text/number-text.ts';
import { type Ending, endingOf, endingsFor } from '../endings.ts';
import type { GraphNode } from '../graph-node.ts';
import type { Fix, Issue } from '../issue.ts';
import { definitionOf, type LayerSpec, traitsOf } from '../layers/registry.ts';
import type { Edit, Network, NewLayer } from '../network.ts';
import { type Shape, shapeText, sizeOf } from '../shape.ts';
import type { InferredShapes } from '../shape-inference.ts';
import { insertAt, setFix } from './fixes.ts';
import { answerOf, endsIn } from './flow.ts';

/** What is wrong with the network as a whole, once its last shape is known. */
export function wholeIssues(trace: InferredShapes): readonly Issue[] {
  const { network, dataset, steps, nodes, output } = trace;
  const last = nodes.at(-1);
  if (output !== null && last === undefined) return [empty(trace)];
  const unused = steps.some(({ fault }) => fault !== null) ? [] : unusedIssues(nodes);
  if (output === null || last === undefined) return unused;
  const ending = endingOf(output, dataset);
  const endsWell = ending !== undefined;
  const atEnd = ending ? endingIssues(trace, last, ending) : [wrongOutput(trace, last)];
  const learns = nodes.some((node) => node.weights.some((weight) => weight.trainable));
  return [...unused, ...atEnd, ...(learns || !endsWell ? [] : [noWeights(network, dataset, last)])];
}

/** The layers that end any output so: a Flatten where it is no row, and a Dense. */
function scores(shape: Shape, { units, activation }: Ending): readonly NewLayer[] {
  const dense: NewLayer = { kind: 'dense', options: { units, activation } };
  return shape.length > 1 ? [{ kind: 'flatten', options: {} }, dense] : [dense];
}

function empty({ network, dataset }: InferredShapes): Issue {
  const classes = classCountOf(dataset);
  return {
    severity: 'error',
    code: 'empty',
    layerId: null,
    message: `There is no layer yet. A network for ${countWord(classes)} ${classNoun(dataset).many} ends in a Dense layer of ${classes} with softmax${orSigmoid(classes)}.`,
    fixes: endingsFor(dataset).map((ending): Fix => {
      const layers = scores(inputShapeOf(dataset), ending);
      return {
        label: `Add ${layers.length > 1 ? 'Flatten and ' : ''}Dense ${ending.units}`,
        edits: insertAt(network, network.layers.length, layers),
      };
    }),
  };
}

/** The other end that a network for two classes may have. */
function orSigmoid(classes: number): string {
  return classes === 2 ? ', or of 1 with sigmoid' : '';
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
      message: `No layer takes the output of ${node.name}: ${next.name} continues from an earlier layer. Join the two paths with an Add or a Concatenate, or remove ${next.name}.`,
      fixes: [removeForks(nodes.slice(position + 1))],
    };
    return [issue];
  });
}

/** Removes the forks that come first here, however many follow one another. */
function removeForks(nodes: readonly GraphNode[]): Fix {
  const first = nodes.findIndex(({ spec }) => traitsOf(spec).inputs !== 'named');
  const forks = nodes.slice(0, first < 0 ? nodes.length : Math.max(first, 1));
  const edits = forks.map(({ spec }): Edit => ({ type: 'remove', id: spec.id }));
  return { label: `Remove ${forks.map(({ name }) => name).join(' and ')}`, edits };
}

function wrongOutput({ network, dataset, nodes }: InferredShapes, last: GraphNode): Issue {
  const classes = classCountOf(dataset);
  const { spec, output } = last;
  // Of a sequence each place is taken by itself, which all dense layers but the last are meant to do.
  const dense = nodes.filter((node) => node.spec.kind === 'dense' && node.output.length === output.length);
  const unflattened = output.length === 2 ? dense.at(-1) : dense[0];
  if (unflattened !== undefined && output.length > 1) return notFlattened(network, unflattened);
  return {
    severity: 'error',
    code: 'output-units',
    layerId: spec.id,
    message: `The network ends in ${shapeText(output)} numbers, but there are ${classes} ${classNoun(dataset).many}. The last layer must give ${classes}, one for each${classes === 2 ? ', or 1 with sigmoid' : ''}.`,
    fixes: outputFixes(network, dataset, last),
  };
}

/** Ways to a probability for each class, the one that changes least first. */
function outputFixes(network: Network, dataset: DatasetSpec, { spec, output }: GraphNode): readonly Fix[] {
  const end = network.layers.length;
  const classes = classCountOf(dataset);
  const [softmax] = endingsFor(dataset);
  const add: Fix = { label: `Add Dense ${classes} softmax`, edits: insertAt(network, end, scores(output, softmax)) };
  if (spec.kind === 'dense' && output.length === 1) {
    const changes = endingsFor(dataset).map(({ units, activation }) =>
      setFix(`Make it ${units} ${activation}`, spec.id, { units, activation }),
    );
    return [...changes, add];
  }
  if ('returnSequences' in spec && output.length === 2) {
    const edits = [
      ...setFix('', spec.id, { returnSequences: false }).edits,
      ...insertAt(network, end, scores([1], softmax)),
    ];
    return [{ label: `Keep the last step, add Dense ${classes}`, edits }, add];
  }
  if (output.length === 1) return [add];
  const kind = output.length === 2 ? 'globalAveragePooling1d' : 'globalAveragePooling2d';
  const pooled = insertAt(network, end, [{ kind, options: {} }, ...scores([1], softmax)]);
  return [add, { label: `Add global pooling and Dense ${classes}`, edits: pooled }];
}

/** A dense layer that keeps an image an image, or a sequence a sequence, so that there is no row of probabilities in the end. */
function notFlattened(network: Network, { name, spec, input }: GraphNode): Issue {
  const index = network.layers.findIndex((layer) => layer.id === spec.id);
  const fixBy = (kind: 'flatten' | 'globalAveragePooling1d'): Fix => ({
    label: `Insert ${definitionOf(kind).title}`,
    edits: insertAt(network, index, [{ kind, options: {} }]),
  });
  const arrival = `${input.length === 2 ? 'a sequence' : 'an image'} of ${shapeText(input)}`;
  return {
    severity: 'error',
    code: 'rank',
    layerId: spec.id,
    message: `${name} needs a row of numbers, but receives ${arrival}. Lay it out in a row of ${numberText(sizeOf(input))} first.`,
    fixes: [fixBy('flatten'), ...(input.length === 2 ? [fixBy('globalAveragePooling1d')] : [])],
  };
}

/** Whether a layer can have the activation that a network ends in. */
function mayEndIn({ activation }: Ending, spec: LayerSpec): boolean {
  const field = definitionOf(spec.kind).fields.find(({ option }) => option === 'activation');
  return field?.type === 'choice' && field.choices.includes(activation) && !traitsOf(spec).readsSequences;
}

/** Outputs of the right number that are no probabilities. */
function endingIssues(flow: InferredShapes, last: GraphNode, ending: Ending): readonly Issue[] {
  if (endsIn(last, ending)) return [];
  const behind = flow.nodes.slice(answerOf(flow) + 1);
  return [behind.length > 0 ? behindAnswer(behind, ending) : noProbabilities(flow.network, last, ending)];
}

/** Dropout or normalisation behind the softmax, which would spoil the probabilities. */
function behindAnswer(behind: readonly GraphNode[], { units, activation }: Ending): Issue {
  const probabilities = units === 1 ? 'a probability' : `${countWord(units)} probabilities`;
  const names = behind.map(({ name }) => name).join(' and ');
  return {
    severity: 'error',
    code: 'output-activation',
    layerId: behind[0]?.spec.id ?? null,
    message: `The ${activation} gives ${probabilities}, and ${names} after it would change ${units === 1 ? 'it' : 'them'}. Nothing may follow the ${activation}.`,
    fixes: [{ label: `Remove ${names}`, edits: behind.map(({ spec }): Edit => ({ type: 'remove', id: spec.id })) }],
  };
}

function noProbabilities(network: Network, { spec, name }: GraphNode, ending: Ending): Issue {
  const { units, activation } = ending;
  if ('activation' in spec && spec.activation === activation) return atEveryStep(network, spec, name, ending);
  const end: NewLayer = { kind: 'activation', options: { activation } };
  const fix: Fix = mayEndIn(ending, spec)
    ? setFix(`Use ${activation}`, spec.id, { activation })
    : { label: `Add ${activation}`, edits: insertAt(network, network.layers.length, [end]) };
  return {
    severity: 'error',
    code: 'output-activation',
    layerId: spec.id,
    message:
      units === 1
        ? 'The output is not a probability yet: it must lie between 0 and 1. The last activation must be sigmoid.'
        : `The ${countWord(units)} outputs are not probabilities yet: they must be positive and add up to 1. The last activation must be softmax.`,
    fixes: [fix],
  };
}

/** A recurrent layer at the end, whose activation is a part of every step. */
function atEveryStep(network: Network, { id }: LayerSpec, name: string, { units, activation }: Ending): Issue {
  const dense: NewLayer = { kind: 'dense', options: { units, activation } };
  return {
    severity: 'error',
    code: 'output-activation',
    layerId: id,
    message: `${name} applies its ${activation} at every step, so its output is not an answer yet. A Dense layer of ${units} with ${activation} must come last.`,
    fixes: [{ label: `Add Dense ${units} ${activation}`, edits: insertAt(network, network.layers.length, [dense]) }],
  };
}

function noWeights(network: Network, dataset: DatasetSpec, last: GraphNode): Issue {
  const [softmax] = endingsFor(dataset);
  const edits = insertAt(network, network.layers.length, scores(last.output, softmax));
  return {
    severity: 'error',
    code: 'no-weights',
    layerId: last.spec.id,
    message: 'Nothing in this network can learn: no layer has weights. Add a Dense or a Conv2D layer.',
    fixes: [{ label: `Add Dense ${classCountOf(dataset)} softmax`, edits }],
  };
}
