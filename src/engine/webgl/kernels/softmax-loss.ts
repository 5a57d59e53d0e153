import type { LossSpec } from '../../../core/training/recipe.ts';
import { float, type Kernel, repeat } from '../kernel.ts';
import { extentOf, type ImageLayout } from '../layout.ts';
import { SAMPLE_OF, type SampleLayout } from '../sample-texture.ts';
import { addPenalties, penaltyInputs } from './penalty.ts';

/** How many classes there are: of a single column z the two scores are 0 and z. */
function classesOf({ channels }: ImageLayout): number {
  return Math.max(channels, 2);
}

/**
 * GLSL: the scores z0 ... of image n, their maximum, whose class is `best` (the first of equal ones), sum(exp), and the
 * logarithm `logSum` of what their powers add up to.
 */
function softmax(logits: ImageLayout): string {
  const { channels, groups } = logits;
  const classes = classesOf(logits);
  const score = (c: number) => (channels === 1 && c === 0 ? '0.0' : lane(channels === 1 ? 0 : c));
  return `int n = frag.y;
  ${repeat(groups, (g) => `vec4 g${g} = texelFetch(logits, ivec3(${g}, n, 0), 0);`)}
  ${repeat(classes, (c) => `float z${c} = ${score(c)};`)}
  float top = z0;
  int best = 0;
  ${repeat(classes - 1, (i) => `if (z${i + 1} > top) { top = z${i + 1}; best = ${i + 1}; }`)}
  float total = 0.0;
  ${repeat(classes, (c) => `total += exp(z${c} - top);`)}
  float logSum = log(total) + top;
  int label = labelOf(n);`;
}

/** GLSL: column c of the logits. */
function lane(c: number): string {
  return `g${Math.floor(c / 4)}.${'xyzw'[c % 4]}`;
}

/** GLSL: the target of the output for class c. */
function target(logits: ImageLayout, smoothing: number): (c: number) => string {
  const spread = smoothing / classesOf(logits);
  return (c) => `(label == ${c} ? ${float(1 - smoothing + spread)} : ${float(spread)})`;
}

/** GLSL: the label of the sample n places on. */
function labelOf({ perRow }: SampleLayout): string {
  return `${SAMPLE_OF}
int labelOf(int n) {
  int image = sampleOf(n);
  return int(texelFetch(labels, ivec3(image % ${perRow}, image / ${perRow}, 0), 0).r);
}`;
}

/** GLSL: the value of the class of each column of group frag.x, 0 past the last. */
function lanes({ channels, groups }: ImageLayout, value: (c: number) => string): string {
  const first = channels === 1 ? 1 : 0;
  return repeat(groups, (g) => {
    const values = repeat(4, (j) => (g * 4 + j < channels ? value(first + g * 4 + j) : '0.0'), ', ');
    return `if (frag.x == ${g}) o0 = vec4(${values});`;
  });
}

/** GLSL of a loss: statements that compute `loss` of an image, and the gradient by score c, for the image alone. */
interface LossCode {
  readonly name: string;
  readonly statements: string;
  readonly gradient: (c: number) => string;
}

/**
 * Cross-entropy: the gradient is p - target, without a division by a small probability, and the loss is finite however
 * wrong the scores are.
 */
function crossEntropy(logits: ImageLayout, smoothing: number): LossCode {
  const wanted = target(logits, smoothing);
  return {
    name: 'softmax cross-entropy',
    statements: `float loss = 0.0;
  ${repeat(classesOf(logits), (c) => `loss += ${wanted(c)} * (logSum - z${c});`)}`,
    gradient: (c) => `exp(z${c} - top) / total - ${wanted(c)}`,
  };
}

/** The mean of (p - target)^2 over classes: with d = p - target, the gradient is 2 p (d - sum(d p)) / classes. */
function squaredError(logits: ImageLayout, smoothing: number): LossCode {
  const classes = classesOf(logits);
  const wanted = target(logits, smoothing);
  return {
    name: 'softmax squared error',
    statements: `${repeat(classes, (c) => `float p${c} = exp(z${c} - top) / total;`)}
  ${repeat(classes, (c) => `float d${c} = p${c} - ${wanted(c)};`)}
  float loss = (${repeat(classes, (c) => `d${c} * d${c}`, ' + ')}) / ${classes}.0;
  float mutual = ${repeat(classes, (c) => `d${c} * p${c}`, ' + ')};`,
    gradient: (c) => `2.0 * p${c} * (d${c} - mutual) / ${classes}.0`,
  };
}

/**
 * Softmax, mean loss and its gradient at once.
 *
 * logits: [batch, columns] -> o0: gradient [batch, columns], o1: (loss, 1 where the largest score is right) by image
 *
 * Where it is weighted, it also takes the weight of each class as a texel, and loss and gradient of an image are multiplied by
 * that of its class.
 */
export function softmaxLoss(
  logits: ImageLayout,
  stored: SampleLayout,
  { loss, labelSmoothing }: LossSpec,
  weighted = false,
): Kernel {
  const { width, height } = extentOf(logits);
  const code = (loss === 'meanSquaredError' ? squaredError : crossEntropy)(logits, labelSmoothing);
  const times = weighted ? 'weight * ' : '';
  const body = `${labelOf(stored)}
void main() {
  ${softmax(logits)}
  ${code.statements}
  ${weighted ? 'float weight = texelFetch(classWeights, ivec3(label, 0, 0), 0).r;' : ''}
  ${lanes(logits, (c) => `${times}(${code.gradient(c)}) / ${logits.batch}.0`)}
  o1 = vec4(${times}loss, best == label ? 1.0 : 0.0, 0.0, 0.0);
}`;
  return {
    name: code.name,
    body,
    inputs: {
      logits: 'rgba32f',
      order: 'r32ui',
      labels: 'r8ui',
      ...(weighted && { classWeights: 'rgba32f' as const }),
    },
    targets: 2,
    width,
    height,
  };
}

/**
 * Mean loss and share of right answers of the batch, as one texel, the penalties' parts added to the loss.
 *
 * judged: o1 of `softmaxLoss`, penalty0 ...: of `penalty`, each of so many texels -> (loss, accuracy)
 */
export function batchMetrics(logits: ImageLayout, penalties: readonly number[]): Kernel {
  const body = `
void main() {
  vec4 sum = vec4(0.0);
  for (int n = 0; n < ${logits.batch}; n++) sum += texelFetch(judged, ivec3(0, n, 0), 0);
  o0 = sum / ${logits.batch}.0;
  ${addPenalties(penalties)}
}`;
  const inputs = { judged: 'rgba32f', ...penaltyInputs(penalties) } as const;
  return { name: 'batch metrics', body, inputs, targets: 1, width: 1, height: 1 };
}
