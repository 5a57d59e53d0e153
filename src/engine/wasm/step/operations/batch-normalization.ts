import { backward, forward } from '../../kernels/normalize-by-batch.ts';
import type { Bind } from './binding.ts';

export const normalizeByBatch: Bind<'normalizeByBatch'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  forward(recording, attributes, {
    x: at(inputs.x),
    gamma: inputs.gamma && at(inputs.gamma),
    beta: inputs.beta && at(inputs.beta),
    y: at(outputs.y),
    mean: at(outputs.mean),
    variance: at(outputs.variance),
  });
};

export const normalizeByBatchGradient: Bind<'normalizeByBatchGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  backward(recording, attributes, {
    x: at(inputs.x),
    dy: at(inputs.dy),
    gamma: inputs.gamma && at(inputs.gamma),
    mean: at(inputs.mean),
    variance: at(inputs.variance),
    dx: outputs.dx && at(outputs.dx),
    dgamma: outputs.dgamma && at(outputs.dgamma),
    dbeta: outputs.dbeta && at(outputs.dbeta),
  });
};

/** In JavaScript: there are few. */
export const follow: Bind<'follow'> = ({ recording, operation: { inputs, attributes }, at }) => {
  const [moving, batch] = [at(inputs.moving) / 4, at(inputs.batch) / 4];
  const { channels, momentum } = attributes;
  const [kept, taken] = [Math.fround(momentum), Math.fround(1 - momentum)];
  recording.compute((floats) => {
    for (let c = 0; c < channels; c++) {
      const [before, now] = [floats[moving + c] ?? 0, floats[batch + c] ?? 0];
      floats[moving + c] = Math.fround(before * kept) + Math.fround(now * taken);
    }
  });
};

/** In JavaScript, in double precision, as tfjs has it. */
export const normalizeByMoving: Bind<'normalizeByMoving'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  const { rows, channels, epsilon } = attributes;
  const [x, y] = [at(inputs.x) / 4, at(outputs.y) / 4];
  const [mean, variance] = [at(inputs.mean) / 4, at(inputs.variance) / 4];
  const [gamma, beta] = [inputs.gamma && at(inputs.gamma) / 4, inputs.beta && at(inputs.beta) / 4];
  recording.compute((floats) => {
    for (let c = 0; c < channels; c++) {
      const centre = floats[mean + c] ?? 0;
      const deviation = Math.sqrt((floats[variance + c] ?? 0) + epsilon);
      const factor = gamma === null ? 1 : (floats[gamma + c] ?? 0);
      const offset = beta === null ? 0 : (floats[beta + c] ?? 0);
      const end = rows * channels;
      for (let i = c; i < end; i += channels) {
        floats[y + i] = offset + (((floats[x + i] ?? 0) - centre) * factor) / deviation;
      }
    }
  });
};

/** In JavaScript, rounded after each operation as the tape has it. */
export const normalizeByMovingGradient: Bind<'normalizeByMovingGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  const { rows, channels } = attributes;
  const epsilon = Math.fround(attributes.epsilon);
  const [dy, dx, variance] = [at(inputs.dy) / 4, at(outputs.dx) / 4, at(inputs.variance) / 4];
  const gamma = inputs.gamma && at(inputs.gamma) / 4;
  recording.compute((floats) => {
    for (let c = 0; c < channels; c++) {
      const inverse = Math.fround(1 / Math.sqrt(Math.fround((floats[variance + c] ?? 0) + epsilon)));
      const factor = gamma === null ? 1 : (floats[gamma + c] ?? 0);
      const end = rows * channels;
      for (let i = c; i < end; i += channels) floats[dx + i] = Math.fround((floats[dy + i] ?? 0) * inverse) * factor;
    }
  });
};
