import { penalty, penaltyTexels } from '../kernels/penalty.ts';
import { batchMetrics, softmaxLoss } from '../kernels/softmax-loss.ts';
import { extentOf } from '../layout.ts';
import { REMEMBERED_STEPS } from '../metrics-log.ts';
import type { Lower } from './lower.ts';

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
  const totals = Object.fromEntries(penalties.map(({ place }, i) => [`penalty${i}`, place]));
  const sums = batchMetrics(
    logits.layout,
    penalties.map(({ texels }) => texels),
  );
  at.draw(sums, { judged, ...totals }, [at.outside('metrics')], {
    area: ({ step }) => ({ x: step % REMEMBERED_STEPS, y: 0, width: 1, height: 1 }),
  });
};
