import { isAugmented } from '../training/augmentation.ts';
import { optimizerOf } from '../training/optimizers/registry.ts';
import { type Recipe, weightDecayOf } from '../training/recipe.ts';
import type { ScheduleSpec } from '../training/schedule.ts';
import { call, indented, type Keywords, type PythonValue, unless, verbatim } from './python.ts';

/** The lines that load the data, and those that train. */
export function kerasTraining(recipe: Recipe): {
  readonly data: readonly string[];
  readonly training: readonly string[];
} {
  return {
    data: dataLines(recipe),
    training: [...scheduleLines(recipe), ...compileLines(recipe), '', ...fitLines(recipe)],
  };
}

/** Whether images are set aside by a line of their own: Keras would also vary them, or give them wrong labels. */
function cutsOff({ validateOn, validationSplit, augmentation, labelNoise }: Recipe): boolean {
  return validateOn === 'split' && validationSplit > 0 && (isAugmented(augmentation) || labelNoise > 0);
}

function dataLines(recipe: Recipe): readonly string[] {
  const { trainingImages, validationSplit, labelNoise } = recipe;
  const cut = Math.round(trainingImages * (1 - validationSplit));
  const sets = cutsOff(recipe) ? ['train', 'val', 'test'] : ['train', 'test'];
  const part = (range: string) => `x_train[${range}], y_train[${range}]`;
  const noise = [
    '# A share of the training labels is replaced by wrong ones.',
    `wrong = np.random.random(len(y_train)) < ${labelNoise}`,
    'y_train[wrong] = (y_train[wrong] + np.random.randint(1, 10, wrong.sum())) % 10',
  ];
  return [
    '(x_train, y_train), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()',
    ...(trainingImages < 60_000 ? [`x_train, y_train = ${part(`:${trainingImages}`)}`] : []),
    ...(cutsOff(recipe) ? [`x_val, y_val = ${part(`${cut}:`)}`, `x_train, y_train = ${part(`:${cut}`)}`] : []),
    ...(labelNoise > 0 ? noise : []),
    ...sets.map((set) => `x_${set} = x_${set}[..., None].astype("float32") / 255`),
    ...sets.map((set) => `y_${set} = keras.utils.to_categorical(y_${set}, 10)`),
  ];
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

function compileLines(recipe: Recipe): readonly string[] {
  const args = [`optimizer=${optimizerCall(recipe)}`, `loss=${lossOf(recipe)}`, 'metrics=["accuracy"]'];
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

function lossOf({ loss, labelSmoothing }: Recipe): string {
  if (loss === 'meanSquaredError') return '"mean_squared_error"';
  if (labelSmoothing === 0) return '"categorical_crossentropy"';
  return call('keras.losses.CategoricalCrossentropy', [], { label_smoothing: labelSmoothing });
}

/** The layers of Keras that vary images; its rotation is a share of a full turn, its shift a share of the side. */
function augmentationLayers({ augmentation }: Recipe): readonly string[] {
  const { flip, shift, rotation, scale, erase, brightness } = augmentation;
  const black: Keywords = { fill_mode: 'constant' };
  const share = (value: number) => Number(value.toPrecision(6));
  const layers: readonly (readonly [wanted: boolean, code: string])[] = [
    [flip, call('layers.RandomFlip', ['horizontal'])],
    [shift > 0, call('layers.RandomTranslation', [share(shift / 28), share(shift / 28)], black)],
    [rotation > 0, call('layers.RandomRotation', [share(rotation / 360)], black)],
    [scale > 0, call('layers.RandomZoom', [scale], black)],
    [brightness > 0, call('layers.RandomBrightness', [brightness], { value_range: [0, 1] })],
    [erase > 0, call('layers.RandomErasing', [erase], { value_range: [0, 1] })],
  ];
  return layers.filter(([wanted]) => wanted).map(([, code]) => code);
}

function fitLines(recipe: Recipe): readonly string[] {
  const { batchSize, epochs, validateOn, earlyStopping } = recipe;
  const varied = isAugmented(recipe.augmentation);
  const stopping = earlyStopping && {
    patience: earlyStopping.patience,
    restore_best_weights: earlyStopping.restoreBest,
  };
  const images: PythonValue[] = varied ? [verbatim('train')] : [verbatim('x_train'), verbatim('y_train')];
  const fit = call('model.fit', images, {
    batch_size: varied ? null : batchSize,
    epochs,
    ...validationOf(recipe),
    callbacks: stopping && verbatim('[stopping]'),
  });
  return [
    ...(varied ? variedLines(recipe) : []),
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
function variedLines(recipe: Recipe): readonly string[] {
  return [
    'vary = keras.Sequential([',
    ...indented(augmentationLayers(recipe).map((layer) => `${layer},`)),
    '])',
    'train = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(len(x_train))',
    `train = train.batch(${recipe.batchSize}).map(lambda x, y: (vary(x, training=True), y))`,
  ];
}
