import { classCountOf } from '../dataset/spec.ts';
import { optimizerOf } from '../training/optimizers/registry.ts';
import { type Recipe, weightDecayOf } from '../training/recipe.ts';
import { batchLines, makesBatches } from './keras-batches.ts';
import { cutsOff } from './keras-data.ts';
import { JUDGED } from './keras-processes.ts';
import { kerasSchedule } from './keras-schedule.ts';
import type { KerasTask } from './keras-task.ts';
import { libraryCall } from './optimizer-calls.ts';
import {
  call,
  indented,
  type Keywords,
  type PythonValue,
  real,
  realUnless,
  rounded,
  unless,
  verbatim,
} from './python.ts';

/** The lines that train a network. */
export function kerasTraining(recipe: Recipe, task: KerasTask): readonly string[] {
  return [
    ...kerasSchedule(recipe),
    ...(recipe.optimizer.kind === 'muon' ? muonLines(task.matrices) : []),
    ...lossLines(recipe, task),
    ...compileLines(recipe, task),
    '',
    ...fitLines(recipe, task),
  ];
}

function compileLines(recipe: Recipe, task: KerasTask): readonly string[] {
  const loss = lossOf(recipe, task);
  const { name } = loss;
  const metric =
    name === null
      ? call('keras.metrics.MeanMetricWrapper', [verbatim(loss.code)], { name: 'data_loss' })
      : call(`keras.metrics.${name}`, [], { name: 'data_loss', label_smoothing: realUnless(recipe.labelSmoothing, 0) });
  const args = [
    `optimizer=${optimizerCall(recipe)}`,
    `loss=${loss.written}`,
    `metrics=["accuracy"${watchesData(recipe, task) ? `, ${metric}` : ''}]`,
  ];
  return ['model.compile(', ...indented(args.map((arg) => `${arg},`)), ')'];
}

/** Whether early stopping has to be told to leave the penalties aside, which Keras counts in every loss. */
function watchesData({ earlyStopping }: Recipe, { isPenalised }: KerasTask): boolean {
  return earlyStopping !== null && isPenalised;
}

function optimizerCall(recipe: Recipe): string {
  const { optimizer, learningRate, schedule, clipNorm, weightAveraging } = recipe;
  const { usualWeightDecay } = optimizerOf(optimizer.kind);
  const { name, keywords } = libraryCall('keras', optimizer);
  // The program's own class, which knows kernels of convolutions.
  const maker = optimizer.kind === 'muon' ? name : `keras.optimizers.${name}`;
  return call(maker, [], {
    learning_rate: schedule.kind === 'constant' ? real(learningRate) : verbatim('schedule'),
    ...keywords,
    weight_decay: realUnless(weightDecayOf(recipe), usualWeightDecay),
    adam_weight_decay: optimizer.kind === 'muon' ? realUnless(weightDecayOf(recipe), usualWeightDecay) : null,
    global_clipnorm: clipNorm === null ? null : real(clipNorm),
    use_ema: unless(weightAveraging > 0, false),
    ema_momentum: weightAveraging > 0 ? real(weightAveraging) : null,
  });
}

/** Keras' Muon for kernels of convolutions, too. */
function muonLines(matrices: readonly string[]): readonly string[] {
  return [
    '',
    '',
    'class Muon(keras.optimizers.Muon):',
    ...indented([
      '"""Takes kernels of convolutions as matrices, too, with a column for each filter; all but these are moved by Adam."""',
      '',
      `matrices = ${call('', [matrices.map((name) => `${name}/kernel`)]).slice(1, -1)}`,
      '',
      'def _should_use_adamw(self, variable):',
      ...indented(['return "/".join(variable.path.split("/")[-2:]) not in self.matrices']),
      '',
      'def zeropower_via_newtonschulz5(self, x, steps):',
      ...indented([
        'matrix = keras.ops.reshape(x, (-1, x.shape[-1]))',
        'return keras.ops.reshape(super().zeropower_via_newtonschulz5(matrix, steps), x.shape)',
      ]),
      '',
      'def lr_adjust(self, x):',
      ...indented(['return x * self.rms_rate * max(math.prod(x.shape[:-1]), x.shape[-1]) ** 0.5']),
    ]),
    '',
    '',
  ];
}

/** A loss as an argument of `compile`; the class that Keras has for it and its metric, or else the function. */
interface KerasLoss {
  readonly written: string;
  readonly name: string | null;
  readonly code: string;
}

/** Of two classes, binary and categorical cross-entropy are the same number: which is written depends on the outputs. */
function lossOf({ loss, labelSmoothing }: Recipe, { ending: { activation } }: KerasTask): KerasLoss {
  if (loss === 'meanSquaredError') {
    if (labelSmoothing > 0) return { written: 'smoothed_error', name: null, code: 'smoothed_error' };
    return { written: '"mean_squared_error"', name: null, code: 'keras.losses.mean_squared_error' };
  }
  const kind = activation === 'sigmoid' ? 'Binary' : 'Categorical';
  const name = `${kind}Crossentropy`;
  const code = call(`keras.losses.${name}`, [], { label_smoothing: realUnless(labelSmoothing, 0) });
  return { written: labelSmoothing === 0 ? `"${kind.toLowerCase()}_crossentropy"` : code, name, code };
}

/** The squared error of smoothed labels, which Keras does not have. */
function lossLines({ loss, labelSmoothing }: Recipe, { dataset, ending }: KerasTask): readonly string[] {
  if (loss !== 'meanSquaredError' || labelSmoothing === 0) return [];
  const share = rounded(labelSmoothing / (ending.units === 1 ? 2 : classCountOf(dataset)));
  return [
    '',
    '',
    'def smoothed_error(y_true, y_pred):',
    ...indented([
      `return keras.losses.mean_squared_error(${rounded(1 - labelSmoothing).code} * y_true + ${share.code}, y_pred)`,
    ]),
    '',
    '',
  ];
}

function fitLines(recipe: Recipe, task: KerasTask): readonly string[] {
  const { batchSize, epochs, validateOn, earlyStopping } = recipe;
  const { dataset, isShared } = task;
  const batches = batchLines(recipe, dataset, isShared);
  const watched: Keywords = watchesData(recipe, task) ? { monitor: 'val_data_loss', mode: 'min' } : {};
  const stopping = earlyStopping && {
    ...watched,
    patience: earlyStopping.patience,
    restore_best_weights: earlyStopping.restoreBest,
  };
  const callbacks = [...averagingOf(recipe), ...(stopping ? ['stopping'] : [])];
  const own = makesBatches(recipe, isShared);
  const told = isShared ? verbatim('told') : null;
  const images: PythonValue[] = own ? [verbatim('Batches()')] : [verbatim('x_train'), verbatim('y_train')];
  const fit = call('model.fit', images, {
    batch_size: own ? null : batchSize,
    epochs,
    ...validationOf(recipe, isShared),
    class_weight: recipe.classWeights === 'none' ? null : verbatim('class_weight'),
    callbacks: callbacks.length === 0 ? null : verbatim(`[${callbacks.join(', ')}]`),
    verbose: told,
  });
  const evaluate = call('model.evaluate', [verbatim('x_test'), verbatim('y_test')], {
    batch_size: isShared ? verbatim(JUDGED) : null,
    verbose: told,
  });
  return [
    ...(batches.length > 0 ? ['', ...batches] : []),
    ...(stopping ? [`stopping = ${call('keras.callbacks.EarlyStopping', [], stopping)}`] : []),
    fit,
    ...(validateOn === 'test' ? [] : [evaluate]),
    ...mirrorLines(recipe, task),
  ];
}

/** Test-time augmentation: the mean of the answers to each test image and to its mirror image, as a result of its own. */
function mirrorLines({ testTimeFlip }: Recipe, { dataset, ending, isShared }: KerasTask): readonly string[] {
  if (!testTimeFlip || dataset.samples.kind !== 'image') return [];
  if (isShared)
    return [
      '# The app also answers each test image and its mirror image by their mean; this is left out on several devices.',
    ];
  const isRight = ending.units === 1 ? '(mean > 0.5) == y_test' : 'mean.argmax(1) == y_test.argmax(1)';
  return [
    '# Test-time augmentation: the mean over each test image and its mirror image, beside the test result.',
    'mean = (model.predict(x_test) + model.predict(x_test[:, :, ::-1])) / 2',
    `print(f"with mirror images: accuracy {(${isRight}).mean():.4f}")`,
  ];
}

/** What has Keras validate the averaged weights; early stopping is to keep those of its best epoch, too. */
function averagingOf({ weightAveraging, earlyStopping }: Recipe): readonly string[] {
  if (weightAveraging === 0) return [];
  const swap = earlyStopping?.restoreBest ? { swap_on_epoch: true } : {};
  return [call('keras.callbacks.SwapEMAWeights', [], swap)];
}

function validationOf(recipe: Recipe, isShared: boolean): Keywords {
  const size = { validation_batch_size: isShared ? verbatim(JUDGED) : null };
  if (recipe.validateOn === 'test') return { validation_data: verbatim('(x_test, y_test)'), ...size };
  if (cutsOff(recipe, isShared)) return { validation_data: verbatim('(x_val, y_val)'), ...size };
  return { validation_split: realUnless(recipe.validationSplit, 0) };
}
