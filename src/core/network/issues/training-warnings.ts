import { classNoun } from '../../dataset/sample-words.ts';
import type { Fix, Issue } from '../issue.ts';
import { traitsOf } from '../layers/registry.ts';
import type { Edit } from '../network.ts';
import { removeFix, setFix } from './fixes.ts';
import { activationOf, answerOf, type Flow, isWeighted, onlyConsumerOf, type Rule, warning } from './flow.ts';

/** Warnings about layers that cannot learn as they are. */

/** Dropout behind the last kernel: scores of whole classes are set to zero. */
export const droppedScores: Rule = (flow) => {
  const { network, dataset, nodes } = flow;
  const last = nodes.findLastIndex(isWeighted);
  const scores = nodes[last];
  if (scores === undefined) return [];
  const to = network.layers.findIndex((layer) => layer.id === scores.spec.id);
  return nodes.slice(last + 1, answerOf(flow) + 1).flatMap((node) => {
    const { spec, name } = node;
    if (!traitsOf(spec).drops) return [];
    const message = `${name} comes after ${scores.name}, the last layer with weights, and drops whole ${classNoun(dataset).many} from its answer. Dropout belongs before that layer.`;
    const move: Edit = { type: 'move', id: spec.id, to };
    const fixes: Fix[] = [{ label: `Move before ${scores.name}`, edits: [move] }, removeFix(name, spec.id)];
    return [warning('dropout-scores', node, message, fixes)];
  });
};

/** Weights that all start the same, in a layer that others build on: its units stay copies of one another. */
export const equalStarts: Rule = ({ nodes }) => {
  const last = nodes.findLastIndex(isWeighted);
  return nodes.slice(0, Math.max(0, last)).flatMap((node): Issue[] => {
    const { spec, name } = node;
    if (!('kernelInitializer' in spec)) return [];
    const { kernelInitializer: start } = spec;
    if (start !== 'zeros' && start !== 'ones') return [];
    const message = `All weights of ${name} start as ${start}, so its units all learn the same and stay copies of each other. Start them at random values.`;
    const usual = activationOf(node) === 'relu' ? 'heUniform' : 'glorotUniform';
    return [warning('equal-start', node, message, [setFix(`Use ${usual}`, spec.id, { kernelInitializer: usual })])];
  });
};

/** A bias right before batch normalization, which subtracts every constant again. */
export const biasesBeforeNorm: Rule = (flow) =>
  flow.nodes.flatMap((node, position): Issue[] => {
    const next = onlyConsumerOf(flow, position);
    if (next === undefined || traitsOf(next.spec).normalizes !== 'channels') return [];
    if (!hasIdleBias(flow, position)) return [];
    const message = `${next.name} subtracts the mean of each channel, and with it the bias of ${node.name}. Switch that bias off; it only costs.`;
    return [warning('bias-before-norm', node, message, [setFix('Switch bias off', node.spec.id, { useBias: false })])];
  });

function hasIdleBias({ nodes }: Flow, position: number): boolean {
  const node = nodes[position];
  return node !== undefined && 'useBias' in node.spec && node.spec.useBias && activationOf(node) === 'linear';
}
