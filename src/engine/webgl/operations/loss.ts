import type { Place } from '../draw.ts';
import { penalty, penaltySum, penaltyTexels } from '../kernels/penalty.ts';
import { batchMetrics, softmaxLoss } from '../kernels/softmax-loss.ts';
import { extentOf } from '../layout.ts';
import type { Lowering } from '../lowering.ts';
import { REMEMBERED_STEPS } from '../metrics-log.ts';
import type { Lower } from './lower.ts';

/** The least number of samplers that a shader has, less one for the batch. */
const MOST_PENALTIES = 15;

/** The loss of a batch with its gradient; a draw for each penalty; and one that logs loss and accuracy of the step. */
export const loss: Lower<'loss'> = ({ inputs, outputs, attributes }, at, { others }) => {
  const { batch, columns, smoothing } = attributes;
  const logits = at.vectorsOf(inputs.logits, batch, columns);
  const judged = at.scratch('judged', extentOf(logits.layout));
  const weighted = inputs.weights !== null;
  const spec = { loss: attributes.loss, labelSmoothing: smoothing };
  const outside = {
    order: at.outside('order'),
    labels: at.outside('labels'),
    classWeights: at.outside('classWeights'),
  };
  const kernel = softmaxLoss(logits.layout, at.stored, spec, weighted);
  at.draw(kernel, { logits: logits.place, ...outside }, [at.put(outputs.dlogits, logits.layout), judged], {
    uniforms: ({ place }) => ({ place }),
  });
  const penalties = others.flatMap((other) => {
    if (other.name !== 'penalty') return [];
    const { weight } = other.inputs;
    const layout = at.weightsOf(weight);
    const own = penalty(layout, other.attributes);
    const place = at.scratch('penalty', { width: own.width, height: 1, layers: 1 });
    at.draw(own, { w: at.lasting(weight) }, [place]);
    return [{ place, texels: penaltyTexels(layout) }];
  });
  const few = inFew(penalties, at);
  at.draw(batchMetrics(logits.layout, few.map(texelsOf)), { judged, ...readsOf(few) }, [at.outside('metrics')], {
    area: ({ step }) => ({ x: step % REMEMBERED_STEPS, y: 0, width: 1, height: 1 }),
  });
};

/** A penalty in parts. */
interface PartialPenalty {
  readonly place: Place;
  readonly texels: number;
}

/** So few that one draw reads all of them; where there are more, each fifteen are added up. */
function inFew(penalties: readonly PartialPenalty[], at: Lowering): readonly PartialPenalty[] {
  if (penalties.length <= MOST_PENALTIES) return penalties;
  const sums: PartialPenalty[] = [];
  for (let first = 0; first < penalties.length; first += MOST_PENALTIES) {
    const some = penalties.slice(first, first + MOST_PENALTIES);
    const place = at.scratch('penalty sum', { width: 1, height: 1, layers: 1 });
    at.draw(penaltySum(some.map(texelsOf)), readsOf(some), [place]);
    sums.push({ place, texels: 1 });
  }
  return inFew(sums, at);
}

function texelsOf({ texels }: PartialPenalty): number {
  return texels;
}

function readsOf(penalties: readonly PartialPenalty[]): Readonly<Record<string, Place>> {
  return Object.fromEntries(penalties.map(({ place }, i) => [`penalty${i}`, place]));
}
