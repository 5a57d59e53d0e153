import type { GraphNode } from '../graph-node.ts';
import type { Issue } from '../issue.ts';
import { traitsOf } from '../layers/registry.ts';
import { removeFix, setFix } from './fixes.ts';
import { activationOf, answerOf, type Flow, isWeighted, onlyConsumerOf, type Rule, sourceOf, warning } from './flow.ts';

/** Warnings about activation functions: missing, doubled, in the wrong place. */

/** Two kernels without a nonlinear function between them: together they are one linear layer. */
export const linearStacks: Rule = (flow) =>
  flow.nodes.flatMap((node, position) => {
    if (!needsActivation(node) || activationOf(node) !== 'linear') return [];
    const next = nextKernel(flow, position);
    if (next === undefined) return [];
    const message = `No activation function lies between ${node.name} and ${next.name}, so both together are no more than one linear layer. Give ${node.name} one.`;
    return [warning('linear-stack', node, message, [setFix('Use relu', node.spec.id, { activation: 'relu' })])];
  });

/** The next kernel that an output reaches through linear layers only, without branching. */
function nextKernel(flow: Flow, position: number): GraphNode | undefined {
  const next = onlyConsumerOf(flow, position);
  if (next === undefined || needsActivation(next)) return next;
  return staysLinear(next) ? nextKernel(flow, flow.nodes.indexOf(next)) : undefined;
}

/** Whether an activation function is expected behind a layer: it is linear, with a kernel over all channels, in one step. */
function needsActivation({ spec }: GraphNode): boolean {
  const { linear, weights, readsSequences } = traitsOf(spec);
  return linear && weights === 'kernel' && !readsSequences;
}

/** Whether two kernels around a layer are still one: it is linear, takes one input and has no function to set. */
function staysLinear({ spec, inputs }: GraphNode): boolean {
  return traitsOf(spec).linear && inputs.length === 1 && !('activation' in spec);
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
    const message = `${source.name} applies ${first} already, and ${node.name} applies ${second} to the result. Keep only one of them.`;
    const soften = setFix(`Use linear in ${source.name}`, source.spec.id, { activation: 'linear' });
    const last = node === flow.nodes.at(-1);
    const fixes = last ? [soften] : [soften, removeFix(node.name, node.spec.id)];
    return [warning('double-activation', node, message, fixes)];
  });

/** How many layers with sigmoid in a row are warned about. */
const SIGMOID_DEPTH = 3;

/** Several sigmoids in a row: hardly any gradient reaches the first layers. */
export const vanishing: Rule = ({ nodes }) => {
  const deep = nodes.filter((node) => activationOf(node) === 'sigmoid' && !traitsOf(node.spec).readsSequences);
  const first = deep[0];
  if (nodes.some(easesLearning) || first === undefined || deep.length < SIGMOID_DEPTH || !nodes.some(isWeighted))
    return [];
  const factors = deep.map(() => '1/4').join(' · ');
  const message = `${first.name} is the first of ${deep.length} layers with sigmoid, whose slope is at most 1/4. The gradient that reaches it is scaled by at most ${factors} = 1/${4 ** deep.length}, so it hardly learns.`;
  const edits = deep.flatMap(({ spec }) => setFix('', spec.id, { activation: 'relu' }).edits);
  return [warning('vanishing', first, message, [{ label: `Use relu in all ${deep.length}`, edits }])];
};

/** Whether a layer keeps what comes back from fading: it normalises, or adds a shortcut. */
function easesLearning({ spec }: GraphNode): boolean {
  const { normalizes, inputs } = traitsOf(spec);
  return normalizes !== 'nothing' || inputs === 'sum';
}
