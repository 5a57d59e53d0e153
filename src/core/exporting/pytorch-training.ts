import { optimizerOf } from '../training/optimizers/registry.ts';
import { isValidated, type Recipe } from '../training/recipe.ts';
import type { ScheduleSpec } from '../training/schedule.ts';
import { call, indented, unless, verbatim } from './python.ts';

/** The lines that load the data, and those that train; `penalties` are terms to add to the loss. */
export function torchTraining(
  recipe: Recipe,
  penalties: readonly string[],
): { readonly data: readonly string[]; readonly training: readonly string[] } {
  return {
    data: dataLines(recipe),
    training: [...setUpLines(recipe), '', ...loopLines(recipe, penalties), ...testLines(recipe)],
  };
}

function dataLines(recipe: Recipe): readonly string[] {
  const { trainingImages, validateOn, validationSplit, labelNoise } = recipe;
  const steps = augmentationSteps(recipe);
  const held = validateOn === 'split' ? Math.round(trainingImages * validationSplit) : 0;
  const noise = [
    '# A share of the training labels is replaced by wrong ones.',
    `wrong = torch.rand(len(data.targets)) < ${labelNoise}`,
    'data.targets[wrong] = (data.targets[wrong] + torch.randint(1, 10, (int(wrong.sum()),))) % 10',
  ];
  const source = (train: string, transform: string) =>
    `torchvision.datasets.FashionMNIST("data", train=${train}, download=True, transform=${transform})`;
  return [
    ...(steps.length === 0 ? [] : ['vary = transforms.Compose([', ...indented(steps.map((step) => `${step},`)), '])']),
    `data = ${source('True', steps.length === 0 ? 'transforms.ToTensor()' : 'vary')}`,
    ...(labelNoise > 0 ? noise : []),
    `order = torch.randperm(len(data))[:${trainingImages}].tolist()`,
    `train = torch.utils.data.Subset(data, order${held > 0 ? `[${held}:]` : ''})`,
    `test = ${source('False', 'transforms.ToTensor()')}`,
    ...(held > 0 ? heldLines(held, steps.length > 0 || labelNoise > 0, source) : []),
    `batches = torch.utils.data.DataLoader(train, batch_size=${recipe.batchSize}, shuffle=True, drop_last=True)`,
  ];
}

/** Validation images are never varied, and keep their labels. */
function heldLines(
  held: number,
  varied: boolean,
  source: (train: string, transform: string) => string,
): readonly string[] {
  const plain = varied ? [`plain = ${source('True', 'transforms.ToTensor()')}`] : [];
  return [...plain, `validation = torch.utils.data.Subset(${varied ? 'plain' : 'data'}, order[:${held}])`];
}

/** Steps of torchvision that vary an image: before it becomes a tensor, and after. */
function augmentationSteps({ augmentation }: Recipe): readonly string[] {
  const { flip, shift, rotation, scale, erase, brightness } = augmentation;
  const share = Number((shift / 28).toPrecision(6));
  const moves = shift > 0 || rotation > 0 || scale > 0;
  const affine = call('transforms.RandomAffine', [rotation], {
    translate: shift > 0 ? [share, share] : null,
    scale: scale > 0 ? [1 - scale, 1 + scale] : null,
  });
  const varies = flip || moves || brightness > 0 || erase > 0;
  const steps: readonly (readonly [wanted: boolean, code: string])[] = [
    [flip, 'transforms.RandomHorizontalFlip()'],
    [moves, affine],
    [brightness > 0, call('transforms.ColorJitter', [], { brightness })],
    [varies, 'transforms.ToTensor()'],
    [erase > 0, call('transforms.RandomErasing', [erase], { value: 'random' })],
  ];
  return steps.filter(([wanted]) => wanted).map(([, code]) => code);
}

function setUpLines(recipe: Recipe): readonly string[] {
  const { epochs, learningRate, schedule } = recipe;
  const scheduler = schedulerOf(schedule, learningRate);
  return [
    'device = "cuda" if torch.cuda.is_available() else "cpu"',
    'model = Network().to(device)',
    `optimizer = ${optimizerCall(recipe)}`,
    `criterion = ${criterionOf(recipe)}`,
    ...(scheduler === null ? [] : [`steps = ${epochs} * len(batches)`, `scheduler = ${scheduler}`]),
    ...evaluateLines(),
  ];
}

function evaluateLines(): readonly string[] {
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
          'loss += F.cross_entropy(logits, y, reduction="sum").item()',
          'hits += (logits.argmax(1) == y).sum().item()',
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

function criterionOf({ loss, labelSmoothing }: Recipe): string {
  if (loss === 'categoricalCrossentropy') {
    return call('nn.CrossEntropyLoss', [], { label_smoothing: unless(labelSmoothing, 0) });
  }
  const target =
    labelSmoothing > 0
      ? `F.one_hot(y, 10) * ${1 - labelSmoothing} + ${labelSmoothing / 10}`
      : 'F.one_hot(y, 10).float()';
  return `lambda logits, y: F.mse_loss(logits.softmax(-1), ${target})`;
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
