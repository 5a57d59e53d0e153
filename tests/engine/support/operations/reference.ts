import { streamKey, uniformAt } from '../../../../src/core/random.ts';
import { isMirrored } from '../../../../src/core/training/alternating-flip.ts';
import { augmentImage } from '../../../../src/core/training/augment.ts';
import { optimizerOf } from '../../../../src/core/training/optimizers/registry.ts';
import type { Sliding } from '../../../../src/engine/step/images.ts';
import type { Operation, OperationName, OperationOf } from '../../../../src/engine/step/operation.ts';
import type { StepCall } from '../../../../src/engine/step/step-call.ts';
import { ATTENTION_REFERENCES } from './attention-references.ts';
import { POSITIONS } from './given.ts';
import { curve, list, type Reference, sum, take, type ValuesOf, type Written } from './plain.ts';
import { SEQUENCE_REFERENCES } from './sequence-references.ts';

/** Where an activation gives y, for those whose slope is computed from y. */
const INVERSES: Readonly<Record<string, (y: number) => number>> = {
  relu: (y) => (y > 0 ? y : -1),
  elu: (y) => (y > 0 ? y : Math.log1p(y)),
  sigmoid: (y) => Math.log(y / (1 - y)),
  tanh: Math.atanh,
};

function softmax(row: ArrayLike<number>): Float64Array {
  const top = Math.max(...Array.from(row));
  const total = sum(row.length, (c) => Math.exp(take(row, c) - top));
  return list(row.length, (c) => Math.exp(take(row, c) - top) / total);
}

function rowsOf(values: ArrayLike<number>, columns: number): readonly number[][] {
  const all = Array.from(values);
  return Array.from({ length: all.length / columns }, (_, row) => all.slice(row * columns, (row + 1) * columns));
}

function shortened(gradients: readonly ArrayLike<number>[], norm: number): readonly Float64Array[] {
  const length = Math.sqrt(gradients.reduce((total, g) => total + sum(g.length, (i) => take(g, i) ** 2), 0));
  return gradients.map((g) => list(g.length, (i) => (take(g, i) * norm) / Math.max(length, norm)));
}

/** All pairs of a window's stop and a pixel under it, by their places in one channel, and the tap that connects them. */
function pairs({ input, output, window, padTop, padLeft }: Sliding) {
  const { size, strides, dilation } = window;
  const taps = Array.from({ length: size * size }, (_, tap) => ({
    tap,
    down: Math.floor(tap / size),
    across: tap % size,
  }));
  const stops = Array.from({ length: output.batch * output.height * output.width }, (_, stop) => stop);
  return stops.flatMap((stop) => {
    const [image, row] = [
      Math.floor(stop / (output.height * output.width)),
      Math.floor(stop / output.width) % output.height,
    ];
    return taps.flatMap(({ tap, down, across }) => {
      const y = row * strides - padTop + down * dilation;
      const x = (stop % output.width) * strides - padLeft + across * dilation;
      if (y < 0 || x < 0 || y >= input.height || x >= input.width) return [];
      return [{ stop, tap, pixel: (image * input.height + y) * input.width + x }];
    });
  });
}

const countOf = ({ batch, height, width, channels }: Sliding['input']) => batch * height * width * channels;

/** Adds products of two buffers up in a third, one for each pair of stop and pixel, channel and filter. */
function convolved(
  sliding: Sliding,
  count: number,
  part: (at: ConvolvedAt) => readonly [number, number],
): Float64Array {
  const { input, output } = sliding;
  const sums = new Float64Array(count);
  for (const { stop, tap, pixel } of pairs(sliding)) {
    for (let channel = 0; channel < input.channels; channel++) {
      for (let filter = 0; filter < output.channels; filter++) {
        const [place, value] = part({
          x: pixel * input.channels + channel,
          y: stop * output.channels + filter,
          kernel: (tap * input.channels + channel) * output.channels + filter,
          filter,
        });
        sums[place] = take(sums, place) + value;
      }
    }
  }
  return sums;
}

/** The same where each channel has filters of its own. */
function byChannel(
  sliding: Sliding,
  count: number,
  part: (at: ConvolvedAt) => readonly [number, number],
): Float64Array {
  const { input, output } = sliding;
  const times = output.channels / input.channels;
  const sums = new Float64Array(count);
  for (const { stop, tap, pixel } of pairs(sliding)) {
    for (let filter = 0; filter < output.channels; filter++) {
      const [place, value] = part({
        x: pixel * input.channels + Math.floor(filter / times),
        y: stop * output.channels + filter,
        kernel: tap * output.channels + filter,
        filter,
      });
      sums[place] = take(sums, place) + value;
    }
  }
  return sums;
}

type ConvolvedAt = Readonly<Record<'x' | 'y' | 'kernel' | 'filter', number>>;

/** The values under each window, in the order of the image, and where they are. */
function windowsOf(sliding: Sliding): ReadonlyMap<number, readonly number[]> {
  const { channels } = sliding.output;
  const windows = new Map<number, number[]>();
  for (const { stop, pixel } of pairs(sliding)) {
    for (let channel = 0; channel < channels; channel++) {
      const place = stop * channels + channel;
      windows.set(place, [...(windows.get(place) ?? []), pixel * channels + channel]);
    }
  }
  return windows;
}

/** Mean, deviation and values of each channel, and the normalised values. */
function statistics(
  x: ArrayLike<number>,
  { rows, channels, epsilon }: { rows: number; channels: number; epsilon: number },
) {
  const mean = list(channels, (c) => sum(rows, (row) => take(x, row * channels + c)) / rows);
  const variance = list(channels, (c) => sum(rows, (row) => (take(x, row * channels + c) - take(mean, c)) ** 2) / rows);
  return { mean, variance, standard: standardOf(x, { mean, variance, epsilon }) };
}

function standardOf(
  x: ArrayLike<number>,
  { mean, variance, epsilon }: { mean: ArrayLike<number>; variance: ArrayLike<number>; epsilon: number },
) {
  const channels = mean.length;
  return list(
    x.length,
    (i) => (take(x, i) - take(mean, i % channels)) / Math.sqrt(take(variance, i % channels) + epsilon),
  );
}

const REFERENCES: { readonly [Name in OperationName]?: Reference<Name> } = {
  ...ATTENTION_REFERENCES,
  ...SEQUENCE_REFERENCES,
  augment: ({ inputs, outputs, attributes: { images, white } }, of, { variation }) => {
    if (variation === null) return [[outputs.y, of(inputs.x)]];
    const { batch, ...size } = images;
    const length = size.height * size.width * size.channels;
    const pixels = Float32Array.from(of(inputs.x), (value) => (255 * value) / white);
    const augmented = Array.from({ length: batch }, (_, image) =>
      augmentImage(
        pixels.subarray(image * length, (image + 1) * length),
        variation.spec,
        variation.key,
        image,
        size,
        variation.alternation === null ? undefined : isMirrored(variation.alternation, take(POSITIONS, image)),
      ),
    );
    return [[outputs.y, augmented.flatMap((image) => Array.from(image, (value) => white * value))]];
  },
  dense: ({ inputs, outputs, attributes: { rows, inputs: depth, units, relu } }, of) => {
    const [x, kernel, bias] = [of(inputs.x), of(inputs.kernel), inputs.bias && of(inputs.bias)];
    const value = (i: number) =>
      sum(depth, (k) => take(x, Math.floor(i / units) * depth + k) * take(kernel, k * units + (i % units))) +
      (bias === null ? 0 : take(bias, i % units));
    return [[outputs.y, list(rows * units, (i) => (relu ? Math.max(value(i), 0) : value(i)))]];
  },
  denseInputGradient: ({ inputs, outputs, attributes: { rows, inputs: width, units } }, of) => {
    const [dy, kernel] = [of(inputs.dy), of(inputs.kernel)];
    const value = (row: number, input: number) =>
      sum(units, (u) => take(dy, row * units + u) * take(kernel, input * units + u));
    return [[outputs.dx, list(rows * width, (i) => value(Math.floor(i / width), i % width))]];
  },
  denseKernelGradient: ({ inputs, outputs, attributes: { rows, inputs: width, units } }, of) => {
    const [x, dy] = [of(inputs.x), of(inputs.dy)];
    const value = (input: number, unit: number) =>
      sum(rows, (row) => take(x, row * width + input) * take(dy, row * units + unit));
    return [[outputs.dkernel, list(width * units, (i) => value(Math.floor(i / units), i % units))]];
  },
  conv2d: ({ inputs, outputs, attributes: { sliding, relu } }, of) => {
    const [x, kernel] = [of(inputs.x), of(inputs.kernel)];
    const sums = convolved(sliding, countOf(sliding.output), (at) => [at.y, take(x, at.x) * take(kernel, at.kernel)]);
    const bias = (i: number) => (inputs.bias === null ? 0 : take(of(inputs.bias), i % sliding.output.channels));
    return [[outputs.y, sums.map((value, i) => (relu ? Math.max(value + bias(i), 0) : value + bias(i)))]];
  },
  conv2dInputGradient: ({ inputs, outputs, attributes: { sliding } }, of) => {
    const [dy, kernel] = [of(inputs.dy), of(inputs.kernel)];
    const part = (at: ConvolvedAt) => [at.x, take(dy, at.y) * take(kernel, at.kernel)] as const;
    return [[outputs.dx, convolved(sliding, countOf(sliding.input), part)]];
  },
  conv2dKernelGradient: ({ inputs, outputs, attributes: { sliding } }, of) => {
    const [x, dy] = [of(inputs.x), of(inputs.dy)];
    const count = sliding.window.size ** 2 * sliding.input.channels * sliding.output.channels;
    return [[outputs.dkernel, convolved(sliding, count, (at) => [at.kernel, take(x, at.x) * take(dy, at.y)])]];
  },
  depthwiseConv2d: ({ inputs, outputs, attributes: { sliding } }, of) => {
    const [x, kernel, bias] = [of(inputs.x), of(inputs.kernel), inputs.bias && of(inputs.bias)];
    const part = (at: ConvolvedAt) => [at.y, take(x, at.x) * take(kernel, at.kernel)] as const;
    const { channels } = sliding.output;
    const sums = byChannel(sliding, countOf(sliding.output), part);
    return [[outputs.y, sums.map((value, i) => value + (bias === null ? 0 : take(bias, i % channels)))]];
  },
  depthwiseConv2dInputGradient: ({ inputs, outputs, attributes: { sliding } }, of) => {
    const [dy, kernel] = [of(inputs.dy), of(inputs.kernel)];
    const part = (at: ConvolvedAt) => [at.x, take(dy, at.y) * take(kernel, at.kernel)] as const;
    return [[outputs.dx, byChannel(sliding, countOf(sliding.input), part)]];
  },
  depthwiseConv2dKernelGradient: ({ inputs, outputs, attributes: { sliding } }, of) => {
    const [x, dy] = [of(inputs.x), of(inputs.dy)];
    const part = (at: ConvolvedAt) => [at.kernel, take(x, at.x) * take(dy, at.y)] as const;
    return [[outputs.dkernel, byChannel(sliding, sliding.window.size ** 2 * sliding.output.channels, part)]];
  },
  maxPool: ({ inputs, outputs, attributes: { sliding } }, of) => {
    const windows = windowsOf(sliding);
    const largest = (i: number) => Math.max(...(windows.get(i) ?? []).map((place) => take(of(inputs.x), place)));
    return [[outputs.y, list(countOf(sliding.output), largest)]];
  },
  maxPoolGradient: ({ inputs, outputs, attributes: { sliding } }, of) => {
    const dx = new Float64Array(countOf(sliding.input));
    for (const [stop, places] of windowsOf(sliding)) {
      const first = places.find((place) => take(of(inputs.x), place) === take(of(inputs.y), stop)) ?? -1;
      dx[first] = take(dx, first) + take(of(inputs.dy), stop);
    }
    return [[outputs.dx, dx]];
  },
  averagePool: ({ inputs, outputs, attributes: { sliding } }, of) => {
    const windows = windowsOf(sliding);
    const mean = (places: readonly number[]) =>
      sum(places.length, (j) => take(of(inputs.x), take(places, j))) / places.length;
    return [[outputs.y, list(countOf(sliding.output), (i) => mean(windows.get(i) ?? []))]];
  },
  averagePoolGradient: ({ inputs, outputs, attributes: { sliding } }, of) => {
    const dx = new Float64Array(countOf(sliding.input));
    for (const [stop, places] of windowsOf(sliding)) {
      for (const place of places) dx[place] = take(dx, place) + take(of(inputs.dy), stop) / places.length;
    }
    return [[outputs.dx, dx]];
  },
  normalizeByBatch: ({ inputs, outputs, attributes }, of) => {
    const { mean, variance, standard } = statistics(of(inputs.x), attributes);
    const [gamma, beta] = [inputs.gamma && of(inputs.gamma), inputs.beta && of(inputs.beta)];
    const scaled = standard.map((value, i) => {
      const c = i % attributes.channels;
      return value * (gamma === null ? 1 : take(gamma, c)) + (beta === null ? 0 : take(beta, c));
    });
    return [
      [outputs.y, scaled],
      [outputs.mean, mean],
      [outputs.variance, variance],
    ];
  },
  normalizeByBatchGradient: ({ inputs, outputs, attributes }, of) => {
    const { rows, channels, epsilon } = attributes;
    const [x, dy, gamma] = [of(inputs.x), of(inputs.dy), inputs.gamma && of(inputs.gamma)];
    const { variance, standard } = statistics(x, attributes);
    const dbeta = list(channels, (c) => sum(rows, (row) => take(dy, row * channels + c)));
    const dgamma = list(channels, (c) =>
      sum(rows, (row) => take(dy, row * channels + c) * take(standard, row * channels + c)),
    );
    const dx = list(rows * channels, (i) => {
      const c = i % channels;
      const inner = take(dy, i) - take(dbeta, c) / rows - (take(standard, i) * take(dgamma, c)) / rows;
      return (inner * (gamma === null ? 1 : take(gamma, c))) / Math.sqrt(take(variance, c) + epsilon);
    });
    const all = [
      [outputs.dx, dx],
      [outputs.dgamma, dgamma],
      [outputs.dbeta, dbeta],
    ] as const;
    return all.flatMap(([buffer, values]) => (buffer === null ? [] : [[buffer, values] as const]));
  },
  follow: ({ inputs, outputs, attributes: { channels, momentum } }, of) => {
    const value = (c: number) => momentum * take(of(inputs.moving), c) + (1 - momentum) * take(of(inputs.batch), c);
    return [[outputs.moving, list(channels, value)]];
  },
  normalizeByMoving: ({ inputs, outputs, attributes: { channels, epsilon } }, of) => {
    const standard = standardOf(of(inputs.x), { mean: of(inputs.mean), variance: of(inputs.variance), epsilon });
    const gamma = (c: number) => (inputs.gamma === null ? 1 : take(of(inputs.gamma), c));
    const beta = (c: number) => (inputs.beta === null ? 0 : take(of(inputs.beta), c));
    return [[outputs.y, standard.map((value, i) => value * gamma(i % channels) + beta(i % channels))]];
  },
  normalizeByMovingGradient: ({ inputs, outputs, attributes: { rows, channels, epsilon } }, of) => {
    const factor = (c: number) =>
      (inputs.gamma === null ? 1 : take(of(inputs.gamma), c)) / Math.sqrt(take(of(inputs.variance), c) + epsilon);
    return [[outputs.dx, list(rows * channels, (i) => take(of(inputs.dy), i) * factor(i % channels))]];
  },
  columnSums: ({ inputs, outputs, attributes: { rows, columns } }, of) => [
    [outputs.sums, list(columns, (c) => sum(rows, (row) => take(of(inputs.x), row * columns + c)))],
  ],
  add: ({ inputs: { x, y }, outputs: { z }, attributes: { count } }, of) => [
    [z, list(count, (i) => take(of(x), i) + take(of(y), i))],
  ],
  activate: ({ inputs, outputs, attributes: { activation, columns } }, of) => {
    const x = Array.from(of(inputs.x));
    if (activation !== 'softmax') return [[outputs.y, x.map(curve(activation))]];
    return [[outputs.y, rowsOf(x, columns).flatMap((row) => [...softmax(row)])]];
  },
  activateGradient: ({ inputs, outputs, attributes: { activation, columns } }, of) => {
    const [dy, y] = [Array.from(of(inputs.dy)), inputs.y && Array.from(of(inputs.y))];
    if (activation === 'softmax') {
      const gradients = rowsOf(dy, columns);
      const dx = rowsOf(y ?? [], columns).flatMap((p, row) => {
        const mutual = sum(columns, (c) => take(p, c) * take(gradients[row] ?? [], c));
        return p.map((share, c) => share * (take(gradients[row] ?? [], c) - mutual));
      });
      return [[outputs.dx, dx]];
    }
    const z =
      inputs.x === null
        ? (y ?? []).map((value) => INVERSES[activation]?.(value) ?? Number.NaN)
        : Array.from(of(inputs.x));
    const f = curve(activation);
    const h = 1e-5;
    return [[outputs.dx, z.map((value, i) => (take(dy, i) * (f(value + h) - f(value - h))) / (2 * h))]];
  },
  dropout: ({ inputs, outputs, attributes: { count, rate, position, adjustable } }, of, { seed, step, dropout }) => {
    const [key, used] = [streamKey(seed, 'dropout', position, step), adjustable ? (dropout ?? rate) : rate];
    const kept = (i: number) => uniformAt(key, i) >= used;
    return [[outputs.y, list(count, (i) => (kept(i) ? take(of(inputs.x), i) / (1 - used) : 0))]];
  },
  loss: ({ inputs, outputs, attributes: { batch, columns, loss, smoothing } }, of) => {
    const logits = rowsOf(of(inputs.logits), columns).map((row) => (columns === 1 ? [0, ...row] : row));
    const labels = of(inputs.labels);
    const weight = (n: number) => (inputs.weights === null ? 1 : take(of(inputs.weights), n));
    const lossOf = (row: ArrayLike<number>, label: number) => {
      const target = (c: number) => (c === label ? 1 - smoothing : 0) + smoothing / row.length;
      const p = softmax(row);
      if (loss === 'meanSquaredError') return sum(row.length, (c) => (take(p, c) - target(c)) ** 2) / row.length;
      return sum(row.length, (c) => -target(c) * Math.log(take(p, c)));
    };
    const h = 1e-5;
    const moved = (row: readonly number[], c: number, by: number) => row.map((z, j) => (j === c ? z + by : z));
    const dlogits = logits.flatMap((row, n) => {
      const slope = (c: number) =>
        (lossOf(moved(row, c, h), take(labels, n)) - lossOf(moved(row, c, -h), take(labels, n))) / (2 * h);
      return row.map((_, c) => (weight(n) * slope(c)) / batch).slice(columns === 1 ? 1 : 0);
    });
    const mean = sum(batch, (n) => weight(n) * lossOf(logits[n] ?? [], take(labels, n))) / batch;
    const hits = logits.filter((row, n) => row.indexOf(Math.max(...row)) === take(labels, n)).length;
    return [
      [outputs.dlogits, dlogits],
      [outputs.metrics, [mean, hits]],
    ];
  },
  penalty: ({ inputs, outputs, attributes: { count, l1, l2 } }, of) => {
    const w = of(inputs.weight);
    const [loss, hits] = [take(of(inputs.metrics), 0), take(of(inputs.metrics), 1)];
    return [[outputs.metrics, [loss + sum(count, (i) => l1 * Math.abs(take(w, i)) + l2 * take(w, i) ** 2), hits]]];
  },
  penaltyGradient: ({ inputs, outputs, attributes: { count, l1, l2 } }, of) => {
    const w = of(inputs.weight);
    return [[outputs.gradient, list(count, (i) => l1 * Math.sign(take(w, i)) + 2 * l2 * take(w, i))]];
  },
  clip: ({ inputs: { gradients }, attributes: { norm } }, of) => {
    const short = shortened(gradients.map(of), norm);
    return gradients.map((gradient, i) => [gradient, short[i] ?? []] as const);
  },
  update: ({ inputs, outputs, attributes: { count, optimizer } }, of, { step, learningRate, weightDecay }) => {
    const definition = optimizerOf(optimizer.kind);
    const names = definition.slots.map(({ name }) => name);
    const { kind: _, ...options } = optimizer;
    const rate = definition.rateAt(optimizer, learningRate, step + 1);
    const rule = [...definition.rule, `return [w, ${names.join(', ')}]`].join('; ');
    const move = new Function('sqrt', ...Object.keys(options), 'rate', 'g', 'w', ...names, rule);
    const moved = Array.from({ length: count }, (_, i): readonly number[] => {
      const w = take(of(inputs.weight), i) * (1 - learningRate * weightDecay);
      const slots = inputs.slots.map((slot) => take(of(slot), i));
      return move(Math.sqrt, ...Object.values(options), rate, take(of(inputs.gradient), i), w, ...slots);
    });
    return [outputs.weight, ...outputs.slots].map((buffer, part) => [
      buffer,
      moved.map((values) => take(values, part)),
    ]);
  },
};

/** What an operation writes; a RangeError where nobody has written down what that is. */
export function referenceOf(operation: Operation, of: ValuesOf, call: StepCall): Written {
  return refer(operation.name, operation, of, call);
}

function refer<Name extends OperationName>(
  name: Name,
  operation: OperationOf<Name>,
  of: ValuesOf,
  call: StepCall,
): Written {
  const reference: Reference<Name> | undefined = REFERENCES[name];
  if (reference === undefined) throw new RangeError(`There is no reference for ${name}.`);
  return reference(operation, of, call);
}
