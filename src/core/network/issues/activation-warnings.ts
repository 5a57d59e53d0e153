import type { GraphNode } from '../graph.ts';
import type { Issue } from '../issue.ts';
import type { LayerKind } from '../layers/registry.ts';
import { removeFix, setFix } from './fixes.ts';
import { activationOf, answerOf, type Flow, isWeighted, onlyConsumerOf, type Rule, sourceOf, warning } from './flow.ts';

/** Warnings about activation functions: missing, doubled, in the wrong place. */

/** Kinds whose output is a straight function of their input, so that two kernels around them are still one. */
const STRAIGHT: ReadonlySet<LayerKind> = new Set<LayerKind>([
  'flatten',
  'reshape',
  'dropout',
  'spatialDropout2d',
  'averagePooling2d',
  'globalAveragePooling2d',
  'batchNormalization',
]);

/** Kinds that are expected to bend what they give. */
const BENDING: ReadonlySet<LayerKind> = new Set<LayerKind>(['dense', 'conv2d', 'separableConv2d']);

/** Two kernels with nothing that bends between them: together they are one linear layer. */
export const linearStacks: Rule = (flow) =>
  flow.nodes.flatMap((node, position) => {
    if (!BENDING.has(node.spec.kind) || activationOf(node) !== 'linear') return [];
    const next = nextKernel(flow, position);
    if (next === undefined) return [];
    const message = `No activation function lies between ${node.name} and ${next.name}, so both together are no more than one linear layer. Give ${node.name} one.`;
    return [warning('linear-stack', node, message, [setFix('Use relu', node.spec.id, { activation: 'relu' })])];
  });

/** The next kernel that an output reaches on a straight way without a fork. */
function nextKernel(flow: Flow, position: number): GraphNode | undefined {
  const next = onlyConsumerOf(flow, position);
  if (next === undefined || BENDING.has(next.spec.kind)) return next;
  return STRAIGHT.has(next.spec.kind) ? nextKernel(flow, flow.nodes.indexOf(next)) : undefined;
}

/** Softmax belongs to the output: inside, its values compete and add up to 1. */
export const softmaxInside: Rule = (flow) =>
  flow.nodes.slice(0, answerOf(flow)).flatMap((node, position) => {
    if (activationOf(node) !== 'softmax') return [];
    const message = `${node.name} applies softmax in the middle of the network: its outputs add up to 1, so one can only grow when others shrink. Keep softmax for the last layer.`;
    const activation = onlyConsumerOf(flow, position)?.spec.kind === 'activation' ? 'linear' : 'relu';
    return [warning('softmax-inside', node, message, [setFix(`Use ${activation}`, node.spec.id, { activation })])];
  });

/** An Activation right behind a layer that has applied a function already. */
export const doubleActivations: Rule = (flow) =>
  flow.nodes.flatMap((node): Issue[] => {
    const source = sourceOf(flow, node);
    if (node.spec.kind !== 'activation' || source === undefined) return [];
    const first = activationOf(source);
    const second = node.spec.activation;
    if (first === 'linear' || first === 'softmax' || second === 'linear') return [];
    const message = `${source.name} applies ${first} already, and ${node.name} applies ${second} to the result. One of them is meant.`;
    const soften = setFix(`Use linear in ${source.name}`, source.spec.id, { activation: 'linear' });
    const last = node === flow.nodes.at(-1);
    const fixes = last ? [soften] : [soften, removeFix(node.name, node.spec.id)];
    return [warning('double-activation', node, message, fixes)];
  });

/** How many layers with sigmoid in a row are warned about. */
const SIGMOID_DEPTH = 3;

/** Sigmoid on sigmoid on sigmoid: what comes back to the first layers is next to nothing. */
export const vanishing: Rule = ({ nodes }) => {
  const helped = nodes.some(({ spec }) => /^(batchNormalization|layerNormalization|add)$/.test(spec.kind));
  const deep = nodes.filter((node) => activationOf(node) === 'sigmoid' && node.spec.kind !== 'simpleRnn');
  const first = deep[0];
  if (helped || first === undefined || deep.length < SIGMOID_DEPTH || !nodes.some(isWeighted)) return [];
  const factors = deep.map(() => '1/4').join(' · ');
  const message = `${first.name} is the first of ${deep.length} layers with sigmoid, whose slope is at most 1/4. What it learns from is scaled by at most ${factors} = 1/${4 ** deep.length}, so it hardly learns.`;
  const edits = deep.flatMap(({ spec }) => setFix('', spec.id, { activation: 'relu' }).edits);
  return [warning('vanishing', first, message, [{ label: `Use relu in all ${deep.length}`, edits }])];
};
