import type { Ending } from '../network/endings.ts';
import { isAlternating } from '../training/augmentation.ts';
import { isValidated, type Recipe } from '../training/recipe.ts';
import { call, indented, type Keywords, type PythonValue, real, realUnless, rounded, verbatim } from './python.ts';
import { torchOptimizer } from './pytorch-optimizers.ts';
import { parallelLines } from './pytorch-processes.ts';
import { torchSchedule } from './pytorch-schedule.ts';

/** What the lines that train depend on beside the recipe. */
export interface TorchTask {
  readonly ending: Ending;
  readonly classes: number;
  /** Terms to add to the loss. */
  readonly penalties: readonly string[];
  /** Lines that load weights to begin with. */
  readonly beginning: readonly string[];
  /** Whether several processes share the work. */
  readonly isShared: boolean;
  /** The layers whose kernels Muon moves as matrices, by their names in the program. */
  readonly matrices: readonly string[];
  /** Whether samples are images. */
  readonly areImages: boolean;
  /** Whether a layer normalises by the statistics of a batch. */
  readonly normalizes: boolean;
}

/** The lines that train a network. */
export function torchTraining(recipe: Recipe, task: TorchTask): readonly string[] {
  const end = task.isShared ? ['if world > 1:', ...indented(['torch.distributed.destroy_process_group()'])] : [];
  return [
    ...setUpLines(recipe, task),
    '',
    ...loopLines(recipe, task),
    ...testLines(recipe, task),
    ...mirrorLines(recipe, task),
    ...end,
  ];
}

function setUpLines(recipe: Recipe, task: TorchTask): readonly string[] {
  const scheduler = torchSchedule(recipe);
  const weighted = recipe.classWeights === 'none' ? [] : [`weighted = ${criterionOf(recipe, task, true)}`];
  return [
    'device = "cuda" if torch.cuda.is_available() else "cpu"',
    'model = Network().to(device)',
    ...task.beginning,
    ...(task.isShared ? parallelLines(recipe.seed, task.normalizes) : []),
    ...averageLines(recipe),
    `optimizer = ${torchOptimizer(recipe, task.matrices).call}`,
    `criterion = ${criterionOf(recipe, task, false)}`,
    ...weightLines(recipe, task.classes),
    ...weighted,
    ...(scheduler === null ? [] : [`steps = ${recipe.epochs} * len(batches)`, `scheduler = ${scheduler}`]),
    ...evaluateLines(recipe, task),
  ];
}

/** The model that is judged. */
function answeringOf({ weightAveraging }: Recipe): string {
  return weightAveraging > 0 ? 'average' : 'model';
}

/** The copy of the model with the moving average of its weights; batch normalisation's moving statistics are the model's own. */
function averageLines({ weightAveraging }: Recipe): readonly string[] {
  if (weightAveraging === 0) return [];
  return [
    `moving = torch.optim.swa_utils.get_ema_multi_avg_fn(${real(weightAveraging).code})`,
    'average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=moving)',
  ];
}

function evaluateLines(recipe: Recipe, task: TorchTask): readonly string[] {
  const { ending, isShared } = task;
  const model = answeringOf(recipe);
  const mirrors = judgesMirrored(recipe, task);
  const some = isShared ? 'share' : 'images';
  const share = 'share = torch.utils.data.Subset(images, range(rank, len(images), world))';
  const result = isShared
    ? [
        'sums = torch.tensor([loss, hits], dtype=torch.float64, device=device)',
        'if world > 1:',
        ...indented(['torch.distributed.all_reduce(sums)']),
        'return (sums / len(images)).tolist()',
      ]
    : ['return loss / len(images), hits / len(images)'];
  const hits = ending.units === 1 ? '((logits[:, 0] > 0) == y)' : '(logits.argmax(1) == y)';
  return [
    '',
    '',
    ...(mirrors ? bothWays(model, ending) : []),
    mirrors ? 'def evaluate(images, ask=None):' : 'def evaluate(images):',
    ...indented([
      `${model}.eval()`,
      ...(isShared ? [share] : []),
      'loss = hits = 0',
      'with torch.no_grad():',
      ...indented([
        `for x, y in torch.utils.data.DataLoader(${some}, batch_size=500):`,
        ...indented([
          'x, y = x.to(device), y.to(device)',
          mirrors ? `logits = (ask or ${model})(x)` : `logits = ${model}(x)`,
          'loss += criterion(logits, y).item() * len(y)',
          `hits += ${hits}.sum().item()`,
        ]),
      ]),
      ...result,
    ]),
    '',
  ];
}

/** The loss as a function of logits and labels, the mean of a batch; `isWeighted`: by the weights of the classes. */
function criterionOf(recipe: Recipe, { ending, classes }: TorchTask, isWeighted: boolean): string {
  const { loss, labelSmoothing } = recipe;
  const smoothed = ` * ${rounded(1 - labelSmoothing).code} + ${rounded(labelSmoothing / classes).code}`;
  if (ending.units === 1) {
    const target = labelSmoothing > 0 ? `y${smoothed}` : 'y.float()';
    const [name, output] =
      loss === 'meanSquaredError'
        ? ['mse_loss', 'logits[:, 0].sigmoid()']
        : ['binary_cross_entropy_with_logits', 'logits[:, 0]'];
    return criterion(isWeighted, `F.${name}`, [verbatim(output), verbatim(target)]);
  }
  if (loss === 'meanSquaredError') {
    const target = `F.one_hot(y, ${classes})${labelSmoothing > 0 ? smoothed : '.float()'}`;
    return criterion(isWeighted, 'F.mse_loss', [verbatim('logits.softmax(-1)'), verbatim(target)], '.mean(-1)');
  }
  const smoothing = { label_smoothing: realUnless(labelSmoothing, 0) };
  return isWeighted
    ? criterion(isWeighted, 'F.cross_entropy', [verbatim('logits'), verbatim('y')], '', smoothing)
    : call('nn.CrossEntropyLoss', [], smoothing);
}

/**
 * The mean of a loss over the batch. With class weights each sample's loss is multiplied by the weight of its class, and the
 * sum divided by the batch size, as Keras does it; what PyTorch calls `weight` would divide by the sum of the weights.
 * `each`: what makes one number of a sample's losses.
 */
function criterion(
  isWeighted: boolean,
  name: string,
  args: readonly PythonValue[],
  each = '',
  keywords: Keywords = {},
): string {
  if (!isWeighted) return `lambda logits, y: ${call(name, args, keywords)}`;
  const losses = call(name, args, { ...keywords, reduction: 'none' });
  return `lambda logits, y: (${losses}${each} * weight[y]).mean()`;
}

/** Weights of the classes in the loss, from the labels that are trained on. */
function weightLines({ classWeights }: Recipe, classes: number): readonly string[] {
  if (classWeights === 'none') return [];
  return [
    '# All classes count the same: a rare one has a large weight.',
    `counts = torch.bincount(torch.as_tensor(data.targets)[train.indices], minlength=${classes})`,
    'weight = (len(train) / (counts.count_nonzero() * counts.clamp(min=1))).to(device)',
  ];
}

function loopLines(recipe: Recipe, { penalties, isShared }: TorchTask): readonly string[] {
  const { epochs, clipNorm, schedule, earlyStopping, validateOn, classWeights, augmentation, weightAveraging } = recipe;
  const sum = penalties.length > 0 ? [`loss = loss + ${penalties.join(' + ')}`] : [];
  const step = [
    'x, y = x.to(device), y.to(device)',
    `loss = ${classWeights === 'none' ? 'criterion' : 'weighted'}(${isShared ? 'parallel' : 'model'}(x), y)`,
    ...sum,
    'optimizer.zero_grad()',
    'loss.backward()',
    ...(clipNorm === null ? [] : [`nn.utils.clip_grad_norm_(model.parameters(), ${real(clipNorm).code})`]),
    ...decayLines(recipe),
    'optimizer.step()',
    ...(weightAveraging === 0 ? [] : ['average.update_parameters(model)']),
    ...(schedule.kind === 'constant' ? [] : ['scheduler.step()']),
  ];
  const judged = validateOn === 'test' ? 'test' : 'validation';
  const validated = isValidated(recipe)
    ? [
        `loss, accuracy = evaluate(${judged})`,
        ...told('f"epoch {epoch + 1}: validation loss {loss:.4f}, accuracy {accuracy:.4f}"', isShared),
      ]
    : told('f"epoch {epoch + 1}: training loss {loss.item():.4f}"', isShared);
  const judgedModel = answeringOf(recipe);
  const stopping = earlyStopping === null ? [] : stoppingLines(earlyStopping.patience, judgedModel);
  const restored = earlyStopping?.restoreBest ? [`${judgedModel}.load_state_dict(best)`] : [];
  return [
    ...(earlyStopping === null ? [] : [`lowest, waited, best = float("inf"), 0, ${judgedModel}.state_dict()`]),
    `for epoch in range(${epochs}):`,
    ...indented([
      ...(isShared ? ['shares.set_epoch(epoch)'] : []),
      'model.train()',
      'for x, y in batches:',
      ...indented(step),
      ...(isAlternating(augmentation) ? ['train.mirrored = ~train.mirrored'] : []),
      ...validated,
      ...stopping,
    ]),
    ...restored,
  ];
}

/** Weight decay of the optimizers of PyTorch that have none of their own, apart from the gradient. */
function decayLines({ optimizer, weightDecay, schedule, learningRate }: Recipe): readonly string[] {
  if ('weightDecay' in optimizer || weightDecay === 0) return [];
  const rate = schedule.kind === 'constant' ? real(learningRate).code : 'scheduler.get_last_lr()[0]';
  return [
    'with torch.no_grad():',
    ...indented([
      'for weight in model.parameters():',
      ...indented(['if weight.requires_grad:', ...indented([`weight *= 1 - ${rate} * ${real(weightDecay).code}`])]),
    ]),
  ];
}

function stoppingLines(patience: number, model: string): readonly string[] {
  return [
    'if loss < lowest:',
    ...indented([
      'lowest, waited = loss, 0',
      `best = {name: weight.clone() for name, weight in ${model}.state_dict().items()}`,
    ]),
    'else:',
    ...indented(['waited += 1', `if waited >= ${patience}:`, ...indented(['break'])]),
  ];
}

function testLines({ validateOn }: Recipe, { isShared }: TorchTask): readonly string[] {
  if (validateOn === 'test') return [];
  return ['loss, accuracy = evaluate(test)', ...told('f"test loss {loss:.4f}, accuracy {accuracy:.4f}"', isShared)];
}

/** Whether the test images are also judged by the mean over each one and its mirror image. */
function judgesMirrored({ testTimeFlip }: Recipe, { areImages }: TorchTask): boolean {
  return testTimeFlip && areImages;
}

/** The function that answers by the mean probabilities of images and of their mirror images. */
function bothWays(model: string, { units }: Ending): readonly string[] {
  const probabilities = (x: string) => `${model}(${x})${units === 1 ? '.sigmoid()' : '.softmax(-1)'}`;
  const mean = `(${probabilities('x')} + ${probabilities('x.flip(-1)')}) / 2`;
  return [
    'def both_ways(x):',
    ...indented([
      '"""Test-time augmentation: logits of the mean answer to each image and to its mirror image."""',
      `return (${mean}).${units === 1 ? 'logit' : 'log'}()`,
    ]),
    '',
    '',
  ];
}

function mirrorLines(recipe: Recipe, task: TorchTask): readonly string[] {
  if (!judgesMirrored(recipe, task)) return [];
  const text = 'f"with mirror images, beside the test result: loss {loss:.4f}, accuracy {accuracy:.4f}"';
  return ['loss, accuracy = evaluate(test, both_ways)', ...told(text, task.isShared)];
}

/** A line of text that is printed, of several processes by the first. */
function told(text: string, isShared: boolean): readonly string[] {
  const line = `print(${text})`;
  return isShared ? ['if rank == 0:', ...indented([line])] : [line];
}
