import type { Buffer } from '../../step/buffer.ts';
import type { OperationOf } from '../../step/operation.ts';
import { type Dispatch, scratch } from '../dispatch.ts';
import { float, GROUP, perValue, sumOf } from './shader.ts';

/** WGSL of a loss: statements that give `loss` of a sample, and the gradient by the score of class c. */
interface LossCode {
  readonly statements: string;
  readonly gradient: string;
}

/** The gradient is p - target, without a division by a small probability, and the loss is finite however wrong the scores are. */
function crossEntropy(classes: number): LossCode {
  return {
    statements: `let logSum = log(total) + top;
  var loss = 0.0;
  for (var c = 0u; c < ${classes}u; c++) { loss += wanted(c, label) * (logSum - score(i, c)); }`,
    gradient: 'exp(score(i, c) - top) / total - wanted(c, label)',
  };
}

/** The mean of (p - target)^2 over classes: with d = p - target, the gradient is 2 p (d - sum(d p)) / classes. */
function squaredError(classes: number): LossCode {
  return {
    statements: `var loss = 0.0;
  var mutual = 0.0;
  for (var c = 0u; c < ${classes}u; c++) {
    let p = exp(score(i, c) - top) / total;
    let d = p - wanted(c, label);
    loss += d * d / ${classes}.0;
    mutual += d * p;
  }`,
    gradient: `2.0 * exp(score(i, c) - top) / total * (exp(score(i, c) - top) / total - wanted(c, label) - mutual) / ${classes}.0`,
  };
}

/**
 * Loss of the softmax of the logits, hits and gradient. logits: [batch, columns], labels: [batch], weights: [batch] or none ->
 * dlogits: [batch, columns], metrics: [mean loss, hits]
 */
export function loss(operation: OperationOf<'loss'>): readonly Dispatch[] {
  const { outputs, attributes } = operation;
  const { logits, labels, weights } = operation.inputs;
  const { batch } = attributes;
  const judged = scratch('loss and hit of each sample', 2 * batch);
  return [
    {
      name: `${attributes.loss} loss`,
      reads: { logits, labels, ...(weights === null ? {} : { weights }) },
      writes: { dlogits: outputs.dlogits, judged },
      ...perValue(batch, judge(attributes, weights !== null), scores(attributes)),
    },
    meanOf(batch, judged, outputs.metrics),
  ];
}

type Attributes = OperationOf<'loss'>['attributes'];

/** Of a single column z the two scores are 0 and z. */
function scores({ columns, smoothing }: Attributes): string {
  const classes = Math.max(columns, 2);
  const value = columns === 1 ? 'select(0.0, logits[sample], c == 1u)' : `logits[sample * ${columns}u + c]`;
  return `
fn score(sample: u32, c: u32) -> f32 { return ${value}; }
fn wanted(c: u32, label: u32) -> f32 { return select(0.0, ${float(1 - smoothing)}, c == label) + ${float(smoothing / classes)}; }`;
}

function judge({ batch, columns, loss }: Attributes, weighted: boolean): string {
  const classes = Math.max(columns, 2);
  const { statements, gradient } = (loss === 'meanSquaredError' ? squaredError : crossEntropy)(classes);
  const times = weighted ? 'weights[i] * ' : '';
  return `let label = u32(labels[i]);
  var top = score(i, 0u);
  var best = 0u;
  for (var c = 1u; c < ${classes}u; c++) {
    if (score(i, c) > top) { top = score(i, c); best = c; }
  }
  var total = 0.0;
  for (var c = 0u; c < ${classes}u; c++) { total += exp(score(i, c) - top); }
  ${statements}
  for (var column = 0u; column < ${columns}u; column++) {
    let c = column${columns === 1 ? ' + 1u' : ''};
    dlogits[i * ${columns}u + column] = ${times}(${gradient}) / ${batch}.0;
  }
  judged[2u * i] = ${times}loss;
  judged[2u * i + 1u] = select(0.0, 1.0, best == label);`;
}

/** judged: [batch, 2] -> metrics: [mean loss, hits] */
function meanOf(batch: number, judged: Buffer, metrics: Buffer): Dispatch {
  const code = `${sumOf('vec2f')}
@compute @workgroup_size(${GROUP})
fn main(@builtin(local_invocation_index) local: u32) {
  var own = vec2f();
  for (var i = local; i < ${batch}u; i += ${GROUP}u) { own += vec2f(judged[2u * i], judged[2u * i + 1u]); }
  let sum = sumOf(local, own);
  if (local == 0u) {
    metrics[0] = sum.x / ${batch}.0;
    metrics[1] = sum.y;
  }
}`;
  return { name: 'mean loss', code, reads: { judged }, writes: { metrics }, workgroups: [1, 1, 1] };
}
