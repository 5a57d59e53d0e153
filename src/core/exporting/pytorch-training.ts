import type { Ending } from '../network/endings.ts';
import { optimizerOf } from '../training/optimizers/registry.ts';
import { isValidated, type Recipe } from '../training/recipe.ts';
import type { ScheduleSpec } from '../training/schedule.ts';
import { call, indented, type Keywords, type PythonValue, unless, verbatim } from './python.ts';

/** What the lines that train depend on beside the recipe. */
export interface TorchTask {
  readonly ending: Ending;
  readonly classes: number;
  /** Terms to add to the loss. */
  readonly penalties: readonly string[];
}

/** The lines that train a network. */
export function torchTraining(recipe: Recipe, task: TorchTask): readonly string[] {
  return [...setUpLines(recipe, task), '', ...loopLines(recipe, task.penalties), ...testLines(recipe)];
}

function setUpLines(recipe: Recipe, task: TorchTask): readonly string[] {
  const { epochs, learningRate, schedule } = recipe;
  const scheduler = schedulerOf(schedule, learningRate);
  return [
    'device = "cuda" if torch.cuda.is_available() else "cpu"',
    'model = Network().to(device)',
    `optimizer = ${optimizerCall(recipe)}`,
    ...weightLines(recipe, task.classes),
    `criterion = ${criterionOf(recipe, task)}`,
    ...(scheduler === null ? [] : [`steps = ${epochs} * len(batches)`, `scheduler = ${scheduler}`]),
    ...evaluateLines(task.ending),
  ];
}

function evaluateLines({ units }: Ending): readonly string[] {
  const loss =
    units === 1
      ? 'F.binary_cross_entropy_with_logits(logits[:, 0], y.float(), reduction="sum")'
      : 'F.cross_entropy(logits, y, reduction="sum")';
  const hits = units === 1 ? '((logits[:, 0] > 0) == y)' : '(logits.argmax(1) == y)';
  return [
    '',
    '',
    'def evaluate(images):',
    ...indented([
      'model.eval()',
      'loss = hits = 0',
      'with torch.no_grad():',
      ...indented([
        'for x, y in torch.utils.data.DataLoader(images, batch_size=500):',
        ...indented([
          'x, y = x.to(device), y.to(device)',
          'logits = model(x)',
          `loss += ${loss}.item()`,
          `hits += ${hits}.sum().item()`,
        ]),
      ]),
      'return loss / len(images), hits / len(images)',
    ]),
    '',
  ];
}

function optimizerCall({ optimizer, learningRate }: Recipe): string {
  const { name, keywords } = optimizerOf(optimizer.kind).torch(optimizer);
  return call(`torch.optim.${name}`, [verbatim('model.parameters()')], { lr: learningRate, ...keywords });
}

function criterionOf(recipe: Recipe, { ending, classes }: TorchTask): string {
  const { loss, labelSmoothing, classWeights } = recipe;
  const spread = labelSmoothing / classes;
  if (ending.units === 1) {
    const target = labelSmoothing > 0 ? `y * ${1 - labelSmoothing} + ${spread}` : 'y.float()';
    const [name, output] =
      loss === 'meanSquaredError'
        ? ['mse_loss', 'logits[:, 0].sigmoid()']
        : ['binary_cross_entropy_with_logits', 'logits[:, 0]'];
    return criterion(recipe, `F.${name}`, [verbatim(output), verbatim(target)]);
  }
  if (loss === 'meanSquaredError') {
    const target = `F.one_hot(y, ${classes})${labelSmoothing > 0 ? ` * ${1 - labelSmoothing} + ${spread}` : '.float()'}`;
    return criterion(recipe, 'F.mse_loss', [verbatim('logits.softmax(-1)'), verbatim(target)], '.mean(-1)');
  }
  const smoothing = { label_smoothing: unless(labelSmoothing, 0) };
  return classWeights === 'none'
    ? call('nn.CrossEntropyLoss', [], smoothing)
    : criterion(recipe, 'F.cross_entropy', [verbatim('logits'), verbatim('y')], '', smoothing);
}

/**
 * The mean of a loss over the batch. With class weights each sample's loss is multiplied by the weight of its class, and the
 * sum divided by the batch size, as Keras does it; what PyTorch calls `weight` would divide by the sum of the weights.
 * `each`: what makes one number of a sample's losses.
 */
function criterion(
  { classWeights }: Recipe,
  name: string,
  args: readonly PythonValue[],
  each = '',
  keywords: Keywords = {},
): string {
  if (classWeights === 'none') return `lambda logits, y: ${call(name, args, keywords)}`;
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

function schedulerOf(schedule: ScheduleSpec, rate: number): string | null {
  const name = (kind: string) => `torch.optim.lr_scheduler.${kind}`;
  const own = verbatim('optimizer');
  switch (schedule.kind) {
    case 'constant':
      return null;
    case 'step':
      return call(name('StepLR'), [own, verbatim(`-(-steps // ${schedule.drops + 1})`)], { gamma: schedule.factor });
    case 'exponential':
      return call(name('ExponentialLR'), [own, verbatim(`${schedule.finalShare} ** (1 / steps)`)]);
    case 'cosine':
      return call(name('CosineAnnealingLR'), [own, verbatim('steps')], {
        eta_min: unless(rate * schedule.finalShare, 0),
      });
    case 'oneCycle':
      return call(name('OneCycleLR'), [own, rate, verbatim('steps')], {
        pct_start: schedule.warmUpShare,
        div_factor: schedule.startDivisor,
        final_div_factor: schedule.finalDivisor,
        cycle_momentum: false,
      });
    case 'warmUp': {
      const count = verbatim(`max(1, round(${schedule.warmUpShare} * steps))`);
      return `${call(name('LambdaLR'), [own, verbatim(`lambda step: min(1, (step + 1) / ${count.code})`)])}`;
    }
    default:
      return schedule satisfies never;
  }
}

function loopLines(recipe: Recipe, penalties: readonly string[]): readonly string[] {
  const { epochs, clipNorm, weightDecay, optimizer, learningRate, schedule, earlyStopping, validateOn } = recipe;
  const decays = !('weightDecay' in optimizer) && weightDecay > 0;
  const rate = schedule.kind === 'constant' ? String(learningRate) : 'scheduler.get_last_lr()[0]';
  const sum = penalties.length > 0 ? [`loss = loss + ${penalties.join(' + ')}`] : [];
  const step = [
    'x, y = x.to(device), y.to(device)',
    'loss = criterion(model(x), y)',
    ...sum,
    'optimizer.zero_grad()',
    'loss.backward()',
    ...(clipNorm === null ? [] : [`nn.utils.clip_grad_norm_(model.parameters(), ${clipNorm})`]),
    ...(decays
      ? [
          'with torch.no_grad():',
          ...indented(['for weight in model.parameters():', ...indented([`weight *= 1 - ${rate} * ${weightDecay}`])]),
        ]
      : []),
    'optimizer.step()',
    ...(schedule.kind === 'constant' ? [] : ['scheduler.step()']),
  ];
  const judged = validateOn === 'test' ? 'test' : 'validation';
  const validated = isValidated(recipe)
    ? [
        `loss, accuracy = evaluate(${judged})`,
        'print(f"epoch {epoch + 1}: validation loss {loss:.4f}, accuracy {accuracy:.4f}")',
      ]
    : ['print(f"epoch {epoch + 1}: training loss {loss.item():.4f}")'];
  const stopping = earlyStopping === null ? [] : stoppingLines(earlyStopping.patience);
  const restored = earlyStopping?.restoreBest ? ['model.load_state_dict(best)'] : [];
  return [
    ...(earlyStopping === null ? [] : ['lowest, waited, best = float("inf"), 0, None']),
    `for epoch in range(${epochs}):`,
    ...indented(['model.train()', 'for x, y in batches:', ...indented(step), ...validated, ...stopping]),
    ...restored,
  ];
}

function stoppingLines(patience: number): readonly string[] {
  return [
    'if loss < lowest:',
    ...indented([
      'lowest, waited = loss, 0',
      'best = {name: weight.clone() for name, weight in model.state_dict().items()}',
    ]),
    'else:',
    ...indented(['waited += 1', `if waited >= ${patience}:`, ...indented(['break'])]),
  ];
}

function testLines({ validateOn }: Recipe): readonly string[] {
  return validateOn === 'test'
    ? []
    : ['loss, accuracy = evaluate(test)', 'print(f"test loss {loss:.4f}, accuracy {accuracy:.4f}")'];
}
