import type { Fix, Issue } from './issue.ts';
import type { Misfit, WeightSpec } from './layers/definition.ts';
import { definitionOf, type LayerSpec } from './layers/registry.ts';
import { createLayer, type Edit, freeId, layerNames, type Network } from './network.ts';
import { optionProblems } from './options.ts';
import { CLASS_COUNT, INPUT_SHAPE, type Shape, sameShape, shapeText, sizeOf } from './shape.ts';

/** One layer of a valid network with everything that follows from it. Shapes are without the batch axis. */
export interface GraphNode {
  readonly name: string;
  readonly spec: LayerSpec;
  /** The nodes whose outputs this layer takes, by position in the graph; -1 is the Input. The first is the one above. */
  readonly inputs: readonly number[];
  /** The shape of the first input. */
  readonly input: Shape;
  readonly output: Shape;
  readonly weights: readonly WeightSpec[];
  /** Forward floating-point operations for one image. */
  readonly flops: number;
}

/** Its private field makes the class nominal, and it is not exported: nobody else can make one. */
class CheckedGraph {
  readonly #checked = true;
  readonly nodes: readonly GraphNode[];

  constructor(nodes: readonly GraphNode[]) {
    this.nodes = nodes;
  }

  static is(value: object): value is CheckedGraph {
    return #checked in value;
  }
}

/** A network that is known to fit together. Only `analyse` makes one, and the engine takes nothing else. */
export type Graph = CheckedGraph;

/** What is known about one layer of a network that may be faulty. Unknown shapes are null: the layer is waiting. */
export interface LayerReport {
  readonly name: string;
  readonly spec: LayerSpec;
  readonly input: Shape | null;
  readonly output: Shape | null;
  readonly parameters: number;
  readonly issues: readonly Issue[];
}

/** A network looked at from all sides: each layer, every issue at once, and the graph when there is no error. */
export interface Analysis {
  readonly layers: readonly LayerReport[];
  readonly issues: readonly Issue[];
  readonly graph: Graph | null;
  readonly totals: Totals;
}

/** Sums over the layers whose shapes are known. */
export interface Totals {
  readonly trainable: number;
  readonly nonTrainable: number;
  /** Forward floating-point operations for one image. */
  readonly flops: number;
  /** Numbers that leave the layers for one image; training keeps them all for the way back. */
  readonly activations: number;
}

/** How many parameters a layer may have: 100 million, 400 MB of float32 before gradients. */
const MAX_PARAMETERS = 100_000_000;

interface Visit {
  readonly report: LayerReport;
  readonly node: GraphNode | null;
}

/** Infers all shapes and finds every issue. Never throws. */
export function analyse(network: Network): Analysis {
  const names = layerNames(network);
  const visits: Visit[] = [];
  let shape: Shape | null = INPUT_SHAPE;
  for (const [index, spec] of network.layers.entries()) {
    const visit: Visit = spec.off
      ? passBy(names[index] ?? '', spec, shape)
      : visitLayer(network, index, names[index] ?? '', shape);
    visits.push(visit);
    shape = visit.report.output;
  }
  const nodes = visits.flatMap((visit) => (visit.node === null ? [] : [visit.node]));
  const whole = wholeIssues(network, nodes, shape);
  const issues = [...visits.flatMap((visit) => visit.report.issues), ...whole];
  const layers = visits.map(({ report }) => withIssues(report, whole));
  const failed = issues.some((issue) => issue.severity === 'error');
  return { layers, issues, graph: failed ? null : new CheckedGraph(nodes), totals: totalsOf(nodes) };
}

function withIssues(report: LayerReport, whole: readonly Issue[]): LayerReport {
  const own = whole.filter((issue) => issue.layerId === report.spec.id);
  return own.length === 0 ? report : { ...report, issues: [...report.issues, ...own] };
}

function passBy(name: string, spec: LayerSpec, shape: Shape | null): Visit {
  return { report: { name, spec, input: shape, output: shape, parameters: 0, issues: [] }, node: null };
}

function visitLayer(network: Network, index: number, name: string, input: Shape | null): Visit {
  const spec = network.layers[index];
  if (spec === undefined) throw new RangeError(`There is no layer at position ${index}.`);
  const bad = optionIssues(spec);
  const stuck = { name, spec, input, output: null, parameters: 0 };
  if (input === null || bad.length > 0) return { report: { ...stuck, issues: bad }, node: null };
  const definition = definitionOf(spec.kind);
  const inference = definition.infer(spec, input);
  if ('misfit' in inference) {
    return { report: { ...stuck, issues: [misfitIssue(network, index, spec, inference.misfit)] }, node: null };
  }
  const output = inference.shape;
  const weights = definition.weights(spec, input);
  const parameters = weights.reduce((sum, weight) => sum + sizeOf(weight.shape), 0);
  const issues = parameters > MAX_PARAMETERS ? [tooLarge(spec, name, parameters)] : [];
  const inputs = [countNodes(network, index) - 1];
  const node = { name, spec, inputs, input, output, weights, flops: definition.flops(spec, input, output) };
  return { report: { name, spec, input, output, parameters, issues }, node };
}

/** How many layers before `index` are switched on, and so the position of the node that `index` becomes. */
function countNodes(network: Network, index: number): number {
  return network.layers.slice(0, index).filter((layer) => !layer.off).length;
}

function optionIssues(spec: LayerSpec): readonly Issue[] {
  return optionProblems(spec).map(({ option, message, fallback }) => ({
    severity: 'error',
    code: 'option',
    layerId: spec.id,
    message,
    fixes: [{ label: `Use ${fallback}`, edits: [{ type: 'setOptions', id: spec.id, values: { [option]: fallback } }] }],
  }));
}

function misfitIssue(network: Network, index: number, spec: LayerSpec, misfit: Misfit): Issue {
  const changes: Fix[] = misfit.options.map(({ label, values }) => ({
    label,
    edits: [{ type: 'setOptions', id: spec.id, values }],
  }));
  const row: Edit = { type: 'insert', index, layer: createLayer('flatten', freeId(network, 'flatten')) };
  const flatten: Fix[] = misfit.flatten ? [{ label: 'Insert Flatten', edits: [row] }] : [];
  const fixes = [...changes, ...flatten];
  return { severity: 'error', code: misfit.code, layerId: spec.id, message: misfit.message, fixes };
}

function tooLarge(spec: LayerSpec, name: string, parameters: number): Issue {
  return {
    severity: 'error',
    code: 'too-large',
    layerId: spec.id,
    message: `${name} alone would have ${parameters.toLocaleString('en-US')} parameters; a tab can hold ${MAX_PARAMETERS.toLocaleString('en-US')}. Make it smaller, or shrink its input by pooling or a stride.`,
    fixes: [],
  };
}

/** What is wrong with the network as a whole, once its last shape is known. */
function wholeIssues(network: Network, nodes: readonly GraphNode[], output: Shape | null): readonly Issue[] {
  if (network.layers.length === 0 || (nodes.length === 0 && output !== null)) return [empty(network)];
  const last = nodes.at(-1);
  if (output === null || last === undefined) return [];
  const endsWell = sameShape(output, [CLASS_COUNT]);
  const issues = endsWell ? [] : [wrongOutput(network, last)];
  if (endsWell && !endsInSoftmax(last.spec)) issues.push(noSoftmax(network, last.spec));
  if (!nodes.some((node) => node.weights.some((weight) => weight.trainable))) issues.push(noWeights(last.spec));
  return issues;
}

function endsInSoftmax(spec: LayerSpec): boolean {
  return 'activation' in spec && spec.activation === 'softmax';
}

/** Inserts a Dense of ten with softmax behind everything else, and a Flatten before it where an image arrives. */
function outputLayers(network: Network, shape: Shape): readonly Edit[] {
  const end = network.layers.length;
  const row = createLayer('flatten', freeId(network, 'flatten'));
  const scores = createLayer('dense', freeId(network, 'dense'), { units: CLASS_COUNT, activation: 'softmax' });
  const flat = shape.length > 1;
  const insertScores: Edit = { type: 'insert', index: flat ? end + 1 : end, layer: scores };
  return flat ? [{ type: 'insert', index: end, layer: row }, insertScores] : [insertScores];
}

function empty(network: Network): Issue {
  return {
    severity: 'error',
    code: 'empty',
    layerId: null,
    message: 'There is no layer yet. A network for ten garments ends in a Dense layer of 10 with softmax.',
    fixes: [{ label: 'Add Flatten and Dense 10', edits: outputLayers(network, INPUT_SHAPE) }],
  };
}

function wrongOutput(network: Network, last: GraphNode): Issue {
  const add: Fix = { label: 'Add Dense 10 softmax', edits: outputLayers(network, last.output) };
  const change: Fix = {
    label: 'Make it 10 softmax',
    edits: [{ type: 'setOptions', id: last.spec.id, values: { units: CLASS_COUNT, activation: 'softmax' } }],
  };
  return {
    severity: 'error',
    code: 'output-units',
    layerId: last.spec.id,
    message: `The network ends in ${shapeText(last.output)} numbers, and there are ${CLASS_COUNT} garments. The last layer must give ${CLASS_COUNT}, one for each.`,
    fixes: last.spec.kind === 'dense' ? [change, add] : [add],
  };
}

function noSoftmax(network: Network, spec: LayerSpec): Issue {
  const layer = createLayer('activation', freeId(network, 'activation'), { activation: 'softmax' });
  const edit: Edit =
    'activation' in spec
      ? { type: 'setOptions', id: spec.id, values: { activation: 'softmax' } }
      : { type: 'insert', index: network.layers.length, layer };
  return {
    severity: 'error',
    code: 'output-activation',
    layerId: spec.id,
    message:
      'The ten outputs are not probabilities yet: they must be positive and add up to 1. The last activation must be softmax.',
    fixes: [{ label: 'Use softmax', edits: [edit] }],
  };
}

function noWeights(spec: LayerSpec): Issue {
  return {
    severity: 'error',
    code: 'no-weights',
    layerId: spec.id,
    message: 'Nothing in this network can learn: no layer has weights. Add a Dense or a Conv2D layer.',
    fixes: [],
  };
}

function totalsOf(nodes: readonly GraphNode[]): Totals {
  const count = (trainable: boolean) =>
    nodes
      .flatMap((node) => node.weights)
      .reduce((sum, weight) => sum + (weight.trainable === trainable ? sizeOf(weight.shape) : 0), 0);
  return {
    trainable: count(true),
    nonTrainable: count(false),
    flops: nodes.reduce((sum, node) => sum + node.flops, 0),
    activations: nodes.reduce((sum, node) => sum + sizeOf(node.output), 0),
  };
}
