import type { DatasetSpec } from '../dataset/spec.ts';
import type { Ending } from '../network/endings.ts';
import { optimizerOf } from '../training/optimizers/registry.ts';
import { type Recipe, weightDecayOf } from '../training/recipe.ts';
import type { ScheduleSpec } from '../training/schedule.ts';
import { cutsOff, variation } from './keras-data.ts';
import { call, indented, type Keywords, type PythonValue, unless, verbatim } from './python.ts';

/** The lines that train a network that ends like this. */
export function kerasTraining(recipe: Recipe, dataset: DatasetSpec, ending: Ending): readonly string[] {
  return [...scheduleLines(recipe), ...compileLines(recipe, ending), '', ...fitLines(recipe, dataset)];
}

/** Steps of the whole run, as an expression. */
function stepCount({ trainingImages, validationSplit, validateOn, batchSize, epochs }: Recipe): string {
  const images = Math.round(trainingImages * (validateOn === 'test' ? 1 : 1 - validationSplit));
  return `${epochs} * (${images} // ${batchSize})`;
}

function scheduleLines(recipe: Recipe): readonly string[] {
  const schedule = scheduleOf(recipe.schedule, recipe.learningRate);
  return schedule === null ? [] : [`steps = ${stepCount(recipe)}`, `schedule = ${schedule}`];
}

function scheduleOf(schedule: ScheduleSpec, rate: number): string | null {
  const name = (kind: string) => `keras.optimizers.schedules.${kind}`;
  const share = (value: number) => verbatim(`int(${value} * steps)`);
  switch (schedule.kind) {
    case 'constant':
      return null;
    case 'step': {
      const moments = Array.from({ length: schedule.drops }, (_, i) => `${i + 1} * steps // ${schedule.drops + 1}`);
      const rates = Array.from({ length: schedule.drops + 1 }, (_, i) =>
        Number((rate * schedule.factor ** i).toPrecision(12)),
      );
      return call(name('PiecewiseConstantDecay'), [
        verbatim(`[${moments.join(', ')}]`),
        verbatim(`[${rates.join(', ')}]`),
      ]);
    }
    case 'exponential':
      return call(name('ExponentialDecay'), [rate, verbatim('steps'), schedule.finalShare]);
    case 'cosine':
      return call(name('CosineDecay'), [rate, verbatim('steps')], { alpha: unless(schedule.finalShare, 0) });
    case 'oneCycle':
      // Keras rises in a straight line.
      return call(name('CosineDecay'), [rate / schedule.startDivisor, share(1 - schedule.warmUpShare)], {
        alpha: 1 / schedule.startDivisor / schedule.finalDivisor,
        warmup_target: rate,
        warmup_steps: share(schedule.warmUpShare),
      });
    case 'warmUp':
      return call(name('CosineDecay'), [0, 1], {
        alpha: 1,
        warmup_target: rate,
        warmup_steps: share(schedule.warmUpShare),
      });
    default:
      return schedule satisfies never;
  }
}

function compileLines(recipe: Recipe, ending: Ending): readonly string[] {
  const args = [`optimizer=${optimizerCall(recipe)}`, `loss=${lossOf(recipe, ending)}`, 'metrics=["accuracy"]'];
  return ['model.compile(', ...indented(args.map((arg) => `${arg},`)), ')'];
}

function optimizerCall(recipe: Recipe): string {
  const { optimizer, learningRate, schedule, clipNorm } = recipe;
  const { keras, usualWeightDecay } = optimizerOf(optimizer.kind);
  const { name, keywords } = keras(optimizer);
  return call(`keras.optimizers.${name}`, [], {
    learning_rate: schedule.kind === 'constant' ? learningRate : verbatim('schedule'),
    ...keywords,
    weight_decay: unless(weightDecayOf(recipe), usualWeightDecay),
    global_clipnorm: clipNorm,
  });
}

/** Of two classes, binary and categorical cross-entropy are the same number: which is written depends on the outputs. */
function lossOf({ loss, labelSmoothing }: Recipe, { activation }: Ending): string {
  if (loss === 'meanSquaredError') return '"mean_squared_error"';
  const kind = activation === 'sigmoid' ? 'Binary' : 'Categorical';
  if (labelSmoothing === 0) return `"${kind.toLowerCase()}_crossentropy"`;
  return call(`keras.losses.${kind}Crossentropy`, [], { label_smoothing: labelSmoothing });
}

function fitLines(recipe: Recipe, { samples }: DatasetSpec): readonly string[] {
  const { batchSize, epochs, validateOn, earlyStopping } = recipe;
  const varied = variation(recipe, samples);
  const stopping = earlyStopping && {
    patience: earlyStopping.patience,
    restore_best_weights: earlyStopping.restoreBest,
  };
  const images: PythonValue[] = varied.length > 0 ? [verbatim('train')] : [verbatim('x_train'), verbatim('y_train')];
  const fit = call('model.fit', images, {
    batch_size: varied.length > 0 ? null : batchSize,
    epochs,
    ...validationOf(recipe),
    class_weight: recipe.classWeights === 'none' ? null : verbatim('class_weight'),
    callbacks: stopping && verbatim('[stopping]'),
  });
  return [
    ...(varied.length > 0 ? variedLines(recipe, varied) : []),
    ...(stopping ? [`stopping = ${call('keras.callbacks.EarlyStopping', [], stopping)}`] : []),
    fit,
    ...(validateOn === 'test' ? [] : ['model.evaluate(x_test, y_test)']),
  ];
}

function validationOf(recipe: Recipe): Keywords {
  if (recipe.validateOn === 'test') return { validation_data: verbatim('(x_test, y_test)') };
  if (cutsOff(recipe)) return { validation_data: verbatim('(x_val, y_val)') };
  return { validation_split: unless(recipe.validationSplit, 0) };
}

/** Batches of varied images, through tf.data: the layers that vary belong to training alone. */
function variedLines({ batchSize }: Recipe, layers: readonly string[]): readonly string[] {
  return [
    'vary = keras.Sequential([',
    ...indented(layers.map((layer) => `${layer},`)),
    '])',
    'train = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(len(x_train))',
    `train = train.batch(${batchSize}).map(lambda x, y: (vary(x, training=True), y))`,
  ];
}
