import {
  add,
  clone,
  keep,
  type Scalar,
  type Tensor,
  type Tensor2D,
  variableGrads,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { at } from '../../core/at.ts';
import { CROSS_ENTROPY, type LossSpec } from '../../core/training/recipe.ts';
import type { PassContext } from './layers/forward.ts';
import type { Model } from './model.ts';
import type { Batch } from './ops/batch-source.ts';
import { type BatchLoss, softmaxCrossEntropy } from './ops/softmax-cross-entropy.ts';
import { softmaxSquaredError } from './ops/softmax-squared-error.ts';
import { weightPenalty } from './ops/weight-penalty.ts';
import { scalarOf } from './tensors.ts';
import type { NetworkWeights } from './weights.ts';

/** The loss of a batch, penalties included, and its gradients by the trainable weights, in their order. */
export interface LossGradients extends BatchLoss {
  readonly gradients: readonly Tensor[];
}

/** Sends a batch through the network and back. Runs inside a tidy. */
export function lossGradients(
  model: Model,
  batch: Batch,
  context: PassContext,
  spec: LossSpec = CROSS_ENTROPY,
): LossGradients {
  const trainable = [...model.weights.trainable];
  const hits: Scalar[] = [];
  const { value: loss, grads } = variableGrads(() => {
    const answer = lossOf(model.forward(batch.samples, context), batch, spec);
    // The tape frees everything but the loss when the backward pass is done.
    hits.push(keep(answer.hits));
    return withPenalties(answer.loss, model.weights);
  }, trainable);
  return {
    loss,
    hits: released(at(hits, 0)),
    gradients: trainable.map((weight) => grads[weight.name] ?? zerosLike(weight)),
  };
}

function lossOf(logits: Tensor2D, { labels, weights }: Batch, { loss, labelSmoothing }: LossSpec): BatchLoss {
  switch (loss) {
    case 'categoricalCrossentropy':
    // A single unit's logit z comes as the two logits 0 and z, whose cross-entropy is the binary one.
    case 'binaryCrossentropy':
      return softmaxCrossEntropy(logits, labels, labelSmoothing, weights);
    case 'meanSquaredError':
      return softmaxSquaredError(logits, labels, labelSmoothing, weights);
    default:
      return loss satisfies never;
  }
}

function withPenalties(loss: Scalar, weights: NetworkWeights): Scalar {
  const penalties = weights.all.flatMap(({ spec: { l1, l2 }, variable }) =>
    l1 === 0 && l2 === 0 ? [] : [weightPenalty(variable, l1, l2)],
  );
  return penalties.reduce((sum, penalty) => scalarOf(add(sum, penalty)), loss);
}

/** A kept tensor that the surrounding tidy may dispose of again. */
function released(kept: Scalar): Scalar {
  const tidied = clone(kept);
  kept.dispose();
  return tidied;
}
