import { describe, expect, test } from 'vitest';
import { kerasCode } from '../../../../src/core/exporting/keras.ts';
import { pytorchCode } from '../../../../src/core/exporting/pytorch.ts';
import { analyse, type Graph } from '../../../../src/core/network/graph.ts';
import { NO_AUGMENTATION } from '../../../../src/core/training/augmentation.ts';
import { OPTIMIZERS } from '../../../../src/core/training/optimizers/registry.ts';
import type { Recipe } from '../../../../src/core/training/recipe.ts';
import { SCHEDULES } from '../../../../src/core/training/schedule.ts';
import { DEFAULT_RECIPE } from '../../../../src/datasets/fashion-mnist/presets/base.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { layers, OUTPUT, type Row } from '../../../fixtures/specs/fixture.ts';

// What of the programs' text is easily lost. `npm run verify-exports` runs them, and compares what they do with the app.

function graphOf(...rows: readonly Row[]): Graph {
  const { graph, issues } = analyse({ layers: layers(...rows) }, FASHION_MNIST);
  if (graph === null) throw new Error(issues.map(({ message }) => message).join('\n'));
  return graph;
}

const SMALL = graphOf(['flatten'], OUTPUT);

function programs(graph: Graph, values: Partial<Recipe>): { readonly keras: string; readonly torch: string } {
  const recipe = { ...DEFAULT_RECIPE, ...values };
  return { keras: kerasCode(graph, recipe), torch: pytorchCode(graph, recipe) };
}

describe('whole numbers', () => {
  const WHOLE = graphOf(
    ['conv2d', { l1: 1, l2: 1, kernelInitializer: 'randomNormal', stddev: 1 }],
    ['batchNormalization', { momentum: 0, epsilon: 1 }],
    ['dropout', { rate: 0 }],
    ['flatten'],
    OUTPUT,
  );

  test.each<[name: string, values: Partial<Recipe>]>([
    ...Object.values(OPTIMIZERS).map(({ title, defaults }): [string, Partial<Recipe>] => [
      title,
      {
        optimizer: {
          ...defaults,
          ...('epsilon' in defaults && { epsilon: 1 }),
          ...('momentum' in defaults && { momentum: 0 }),
          ...('rho' in defaults && { rho: 0 }),
          ...('beta1' in defaults && { beta1: 0, beta2: 0 }),
        },
      },
    ]),
    ...Object.values(SCHEDULES).map(({ title, defaults }): [string, Partial<Recipe>] => [
      title,
      { schedule: defaults },
    ]),
    ['one cycle', { schedule: { kind: 'oneCycle', warmUpShare: 0, startDivisor: 1, finalDivisor: 1 } }],
    ['one step', { schedule: { kind: 'step', drops: 1, factor: 1 } }],
  ])('are written as floats where a number may be a fraction: %s', (_name, values) => {
    const { keras, torch } = programs(WHOLE, { learningRate: 1, weightDecay: 1, clipNorm: 1, ...values });
    const names = [
      'lr|eps|alpha|momentum|weight_decay|initial_accumulator_value|gamma|eta_min|pct_start|div_factor|std',
      'learning_rate|epsilon|rho|beta_\\d|global_clipnorm|l1|l2|stddev|label_smoothing',
    ].join('|');
    for (const program of [keras, torch]) expect(program).not.toMatch(new RegExp(`\\b(${names})=\\d+[,)]`));
    expect(keras).not.toMatch(/(Decay|Dropout|L1|L2)\(\d+[,)]/);
    expect(keras).not.toMatch(/\], \[\d+,/);
    expect(torch).not.toMatch(/(Dropout|clip_grad_norm_\(.*,|OneCycleLR\(.*,) ?\(?\d+[,)]/);
  });
});

describe('batches', () => {
  test('that all are full are cut by the tools', () => {
    const { keras, torch } = programs(SMALL, { trainingImages: 1000, batchSize: 20 });
    expect(keras).toContain('model.fit(x_train, y_train, batch_size=20, epochs=15, validation_split=0.2)');
    expect(torch).toContain('DataLoader(train, batch_size=20, shuffle=True)');
  });

  test.each([
    [1000, 48],
    [100, 128],
  ])('of %i images that are not, %i each, are filled up, and counted by the schedule', (trainingImages, batchSize) => {
    const recipe = { trainingImages, batchSize, schedule: SCHEDULES.cosine.defaults };
    const { keras, torch } = programs(SMALL, recipe);
    expect(keras).toContain(`steps = 15 * math.ceil(${0.8 * trainingImages} / ${batchSize})`);
    expect(keras).toContain('model.fit(Batches(), epochs=15, validation_data=(x_val, y_val))');
    expect(torch).toContain(`DataLoader(train, batch_size=${batchSize}, sampler=Filled())`);
    expect(torch).not.toContain('drop_last');
  });

  test('are cut off by a line of their own where Keras would round the share otherwise', () => {
    const { keras } = programs(SMALL, { trainingImages: 101, batchSize: 27 });
    expect(keras).toContain('x_train, y_train = x_train[:81], y_train[:81]');
  });
});

describe('rules that PyTorch has otherwise', () => {
  test('are classes of the program, where they differ', () => {
    const classes = Object.values(OPTIMIZERS).flatMap(({ defaults }) =>
      [SCHEDULES.constant, SCHEDULES.warmUp].map((schedule) => {
        const { torch } = programs(SMALL, { optimizer: defaults, schedule: schedule.defaults });
        return `${defaults.kind} ${schedule.defaults.kind}: ${torch.match(/class (\w+)\(torch\.optim/)?.[1] ?? 'none'}`;
      }),
    );
    expect(classes).toEqual([
      'adam constant: Adam',
      'adam warmUp: Adam',
      'adamw constant: AdamW',
      'adamw warmUp: AdamW',
      'sgd constant: none',
      'sgd warmUp: none',
      'momentum constant: none',
      'momentum warmUp: SGD',
      'rmsprop constant: RMSprop',
      'rmsprop warmUp: RMSprop',
      'adagrad constant: none',
      'adagrad warmUp: none',
      'muon constant: Muon',
      'muon warmUp: Muon',
    ]);
  });

  test('put the epsilon of Adagrad under the root', () => {
    const { torch } = programs(SMALL, { optimizer: { ...OPTIMIZERS.adagrad.defaults, epsilon: 0.01 } });
    expect(torch).toContain(
      'torch.optim.Adagrad(model.parameters(), lr=0.001, initial_accumulator_value=0.11, eps=0.0)',
    );
  });

  test('leave factors that are not trained as they are', () => {
    const graph = graphOf(['flatten'], ['batchNormalization', { scale: false }], OUTPUT);
    const { torch } = programs(graph, { optimizer: OPTIMIZERS.sgd.defaults, weightDecay: 0.1 });
    expect(torch).toMatch(/if weight\.requires_grad:\n +weight \*= 1 - 0\.001 \* 0\.1\n/);
    expect(torch).toMatch(/# Its running variance .*\n +self\.batch_normalization = /);
  });

  test('start depthwise kernels as Keras does, which counts the inputs of all channels', () => {
    const start = (kernelInitializer: 'heNormal' | 'glorotUniform' | 'ones') => {
      const graph = graphOf(
        ['conv2d', { filters: 8, padding: 'same' }],
        ['depthwiseConv2d', { kernelSize: 5, depthMultiplier: 2, kernelInitializer }],
        ['separableConv2d', { kernelInitializer }],
        ['flatten'],
        OUTPUT,
      );
      return programs(graph, {}).torch;
    };
    const he = start('heNormal');
    expect(he).toContain('nn.init.normal_(self.depthwise_conv2d.weight, std=0.1)');
    expect(he).toContain('nn.init.normal_(self.separable_conv2d_depthwise.weight, std=0.117851)');
    expect(he).toContain('nn.init.kaiming_normal_(self.separable_conv2d_pointwise.weight');
    expect(start('glorotUniform')).toContain('nn.init.uniform_(self.depthwise_conv2d.weight, -0.154919, 0.154919)');
    expect(start('ones')).toContain('nn.init.ones_(self.depthwise_conv2d.weight)');
  });
});

describe('one cycle that does not rise', () => {
  test.each([
    ['in the recipe', { warmUpShare: 0 }, {}],
    ['because the run is short', { warmUpShare: 0.3 }, { trainingImages: 100, batchSize: 128, epochs: 3 }],
  ])('%s only falls', (_name, options, recipe) => {
    const schedule = { ...SCHEDULES.oneCycle.defaults, ...options };
    const { keras, torch } = programs(SMALL, { schedule, ...recipe });
    expect(keras).toContain(
      'schedule = keras.optimizers.schedules.CosineDecay(0.001, max(1, steps - 1), alpha=0.000004)',
    );
    expect(torch).toContain('CosineAnnealingLR(optimizer, max(1, steps - 1), eta_min=4e-9)');
  });
});

describe('the loss that early stopping watches', () => {
  const earlyStopping = { patience: 2, restoreBest: true };

  test('is the one that is trained', () => {
    const { keras, torch } = programs(SMALL, { loss: 'meanSquaredError', labelSmoothing: 0.1, earlyStopping });
    expect(torch).toContain('loss += criterion(logits, y).item() * len(y)');
    expect(keras).toContain('return keras.losses.mean_squared_error(0.9 * y_true + 0.01, y_pred)');
    expect(keras).toContain('loss=smoothed_error,');
    expect(keras).toContain('EarlyStopping(patience=2, restore_best_weights=True)');
  });

  test('leaves out the penalties, which Keras counts', () => {
    const graph = graphOf(['flatten'], ['dense', { l2: 0.1 }], OUTPUT);
    const metric = (values: Partial<Recipe>) => programs(graph, { earlyStopping, ...values }).keras;
    expect(metric({})).toContain('metrics=["accuracy", keras.metrics.CategoricalCrossentropy(name="data_loss")],');
    expect(metric({})).toContain('EarlyStopping(monitor="val_data_loss", mode="min", patience=2');
    expect(metric({ loss: 'meanSquaredError' })).toContain(
      'keras.metrics.MeanMetricWrapper(keras.losses.mean_squared_error, name="data_loss")',
    );
    expect(metric({ earlyStopping: null })).not.toContain('data_loss');
  });

  test('has no class weights', () => {
    const { torch } = programs(SMALL, { classWeights: 'balanced', earlyStopping });
    expect(torch).toContain('criterion = nn.CrossEntropyLoss()');
    expect(torch).toContain('loss = weighted(model(x), y)');
  });
});

describe('frozen layers', () => {
  const { keras, torch } = programs(
    graphOf(
      ['conv2d', { filters: 4, frozen: true }],
      ['batchNormalization', { frozen: true }],
      ['flatten'],
      ['dense', { units: 8, frozen: true }],
      OUTPUT,
    ),
    {},
  );

  test('are not trainable in Keras', () => {
    expect(keras.match(/trainable=False/g)).toHaveLength(3);
    expect(keras).toContain('layers.BatchNormalization(trainable=False)');
    expect(programs(SMALL, {}).keras).not.toContain('trainable');
  });

  test('need no gradient in PyTorch, and a normalisation uses the statistics that it has', () => {
    for (const name of ['conv2d', 'batch_normalization', 'dense'])
      expect(torch).toContain(`        self.${name}.requires_grad_(False)`);
    expect(torch).toContain(
      [
        '    def train(self, mode=True):',
        '        super().train(mode)',
        '        self.batch_normalization.eval()  # frozen',
        '        return self',
      ].join('\n'),
    );
    expect(programs(SMALL, {}).torch).not.toMatch(/requires_grad_|def train/);
  });
});

describe('work that is shared', () => {
  const shared = (graph: Graph, values: Partial<Recipe>) => {
    const recipe = { ...DEFAULT_RECIPE, ...values };
    return {
      keras: kerasCode(graph, recipe, { isShared: true }),
      torch: pytorchCode(graph, recipe, { isShared: true }),
    };
  };

  test('takes as many steps: each process has a share of every batch', () => {
    const { keras, torch } = shared(SMALL, { trainingImages: 1000, batchSize: 20 });
    expect(torch).toContain('shares = torch.utils.data.DistributedSampler(train, world, rank, seed=42)');
    expect(torch).toContain('DataLoader(train, batch_size=20 // world, sampler=shares)');
    expect(keras).toContain('np.arange(20 * step + rank, 20 * (step + 1), world)');
    for (const program of [keras, torch]) expect(program).toMatch(/assert 20 % (world|devices) == 0/);
  });

  test('fills the last batch up, and has PyTorch normalise by whole batches where it can', () => {
    const { torch } = shared(graphOf(['batchNormalization'], ['flatten'], OUTPUT), {
      trainingImages: 1000,
      batchSize: 48,
    });
    expect(torch).toContain('class Filled(torch.utils.data.DistributedSampler)');
    expect(torch).toContain('convert_sync_batchnorm');
    expect(shared(SMALL, {}).torch).not.toContain('convert_sync_batchnorm');
  });

  test('varies other images in each process, from the same data', () => {
    const { keras, torch } = shared(SMALL, { augmentation: { ...NO_AUGMENTATION, flip: true } });
    expect(torch).toContain('torch.manual_seed(42 + rank)');
    expect(keras).toContain('np.random.seed(42 + rank)');
    expect(keras.indexOf('np.random.seed')).toBeGreaterThan(keras.indexOf('x_val, y_val = share'));
  });

  test('does not show in other programs', () => {
    const { keras, torch } = programs(SMALL, {});
    for (const program of [keras, torch]) expect(program).not.toMatch(/world|rank|environ/);
  });
});
