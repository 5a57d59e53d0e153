import { describe, expect, test } from 'vitest';
import { kerasCode } from '../../../../src/core/exporting/keras.ts';
import { pytorchCode } from '../../../../src/core/exporting/pytorch.ts';
import { analyse, type Graph } from '../../../../src/core/network/graph.ts';
import type { Network } from '../../../../src/core/network/network.ts';
import { NO_AUGMENTATION } from '../../../../src/core/training/augmentation.ts';
import { OPTIMIZERS } from '../../../../src/core/training/optimizers/registry.ts';
import type { Recipe } from '../../../../src/core/training/recipe.ts';
import { SCHEDULES } from '../../../../src/core/training/schedule.ts';
import { presetById } from '../../../../src/datasets/catalogue.ts';
import { DEFAULT_RECIPE } from '../../../../src/datasets/fashion-mnist/presets/base.ts';
import { FASHION_MNIST_PRESETS } from '../../../../src/datasets/fashion-mnist/presets/catalogue.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { layers, OUTPUT, type Row } from '../../../fixtures/specs/fixture.ts';

function graphOf(network: Network): Graph {
  const { graph, issues } = analyse(network, FASHION_MNIST);
  if (graph === null) throw new Error(issues.map(({ message }) => message).join('\n'));
  return graph;
}

function stack(...rows: readonly Row[]): Graph {
  return graphOf({ layers: layers(...rows) });
}

/** Every kind of layer with options that differ from the defaults, shortcuts and side paths. */
const EVERY_KIND = stack(
  [
    'conv2d',
    { filters: 8, kernelSize: 5, strides: 2, padding: 'same', activation: 'leakyRelu', kernelInitializer: 'heUniform' },
  ],
  ['depthwiseConv2d', { depthMultiplier: 2, padding: 'same', activation: 'linear', useBias: false, l1: 0.001 }],
  ['batchNormalization', { momentum: 0.9, epsilon: 0.00001 }],
  ['activation', { activation: 'swish' }],
  ['separableConv2d', { filters: 8, padding: 'same', l1: 0.001, l2: 0.01 }],
  ['add', { from: 'conv2d-1' }],
  ['spatialDropout2d', { rate: 0.1 }],
  ['branch', { from: 'conv2d-1' }],
  ['averagePooling2d', { poolSize: 3, strides: 1, padding: 'same' }],
  ['concatenate', { from: 'spatialDropout2d-1' }],
  ['maxPooling2d', { poolSize: 3, strides: 2, padding: 'same' }],
  ['layerNormalization', { center: false }],
  ['gru', { units: 12, bidirectional: true, returnSequences: true }],
  ['lstm', { units: 10, returnSequences: true, kernelInitializer: 'randomNormal', stddev: 0.01 }],
  ['simpleRnn', { units: 64, activation: 'sigmoid' }],
  ['reshape', { targetShape: [8, 8, 1] }],
  ['conv2d', { filters: 4, dilationRate: 2, l2: 0.0001 }],
  ['globalAveragePooling2d'],
  ['dense', { units: 16, activation: 'tanh', kernelInitializer: 'lecunNormal' }],
  ['reshape', { targetShape: [4, 4, 1] }],
  ['flatten'],
  ['dropout', { rate: 0.5 }],
  OUTPUT,
);

/** A recipe with everything that can be switched on. */
const EVERYTHING: Recipe = {
  ...DEFAULT_RECIPE,
  optimizer: { kind: 'momentum', momentum: 0.8, nesterov: true },
  learningRate: 0.05,
  schedule: SCHEDULES.cosine.defaults,
  weightDecay: 0.0005,
  clipNorm: 1,
  labelSmoothing: 0.1,
  labelNoise: 0.05,
  batchSize: 64,
  epochs: 8,
  trainingImages: 10_000,
  augmentation: { flip: true, alternate: false, shift: 2, rotation: 10, scale: 0.1, erase: 0.5, brightness: 0.2 },
  earlyStopping: { patience: 2, restoreBest: true },
};

const CIUTACU = graphOf(FASHION_MNIST_PRESETS[0].network);

// `npm run verify-exports` runs programs like these as they are, on small data sets.
describe('golden programs', () => {
  test("Ciutacu's network for Keras", async () => {
    await expect(kerasCode(CIUTACU, DEFAULT_RECIPE)).toMatchFileSnapshot('../../../fixtures/code/ciutacu.keras.py');
  });

  test("Ciutacu's network for PyTorch", async () => {
    await expect(pytorchCode(CIUTACU, DEFAULT_RECIPE)).toMatchFileSnapshot('../../../fixtures/code/ciutacu.torch.py');
  });

  test('every kind of layer and everything in the recipe for Keras', async () => {
    await expect(kerasCode(EVERY_KIND, EVERYTHING)).toMatchFileSnapshot('../../../fixtures/code/everything.keras.py');
  });

  test('every kind of layer and everything in the recipe for PyTorch', async () => {
    await expect(pytorchCode(EVERY_KIND, EVERYTHING)).toMatchFileSnapshot('../../../fixtures/code/everything.torch.py');
  });
});

describe('both programs', () => {
  test.each(FASHION_MNIST_PRESETS)('name every layer of $id, and no Branch', ({ id, network: layers, recipe }) => {
    const graph = graphOf(layers);
    // Patches are three layers of Keras; the program's own PositionEmbedding is named once, where it is defined.
    const layersOf: { readonly [kind: string]: number } = { branch: 0, patches: 3 };
    const kinds = graph.nodes.reduce((sum, { spec }) => sum + (layersOf[spec.kind] ?? 1), 0);
    const keras = kerasCode(graph, recipe);
    expect(keras.match(/layers\./g)?.length).toBe(kinds);
    expect(keras).not.toContain('undefined');
    const torch = pytorchCode(graph, recipe);
    const owners = graph.nodes.filter(({ weights }) => weights.length > 0).length;
    const network = torch.slice(torch.indexOf('class Network'));
    const modules = /self\.\w+ = (nn\.(Conv2d|Linear|BatchNorm2d|LayerNorm)|PositionEmbedding|SelfAttention)\(/g;
    expect(network.match(modules)?.length).toBe(owners);
    expect(torch).not.toContain('undefined');
    expect(id.length).toBeGreaterThan(0);
  });

  test('write the recipe: optimizer, schedule, loss, validation', () => {
    const small = graphOf(presetById(FASHION_MNIST, 'malca-sitalkil-128')?.network ?? { layers: [] });
    const both = (recipe: Partial<Recipe>) => {
      const whole = { ...DEFAULT_RECIPE, ...recipe };
      return `${kerasCode(small, whole)}${pytorchCode(small, whole)}`;
    };
    expect(both({})).toContain('keras.optimizers.Adam(learning_rate=0.001)');
    expect(both({})).toContain('optimizer = Adam(model.parameters(), lr=0.001, eps=1e-7)');
    expect(both({})).toContain('validation_split=0.2');
    expect(both({ optimizer: OPTIMIZERS.sgd.defaults, weightDecay: 0.01 })).toContain(
      'SGD(learning_rate=0.001, weight_decay=0.01)',
    );
    expect(both({ optimizer: OPTIMIZERS.sgd.defaults, weightDecay: 0.01 })).toContain('weight *= 1 - 0.001 * 0.01');
    expect(both({ optimizer: OPTIMIZERS.adamw.defaults })).toContain(
      'AdamW(model.parameters(), lr=0.001, eps=1e-7, weight_decay=0.004)',
    );
    expect(both({ optimizer: OPTIMIZERS.adagrad.defaults })).toContain('keras.optimizers.Adagrad(learning_rate=0.001)');
    expect(both({ optimizer: OPTIMIZERS.rmsprop.defaults })).toContain(
      'optimizer = RMSprop(model.parameters(), lr=0.001, alpha=0.9, eps=1e-7)',
    );
    expect(both({ schedule: SCHEDULES.step.defaults })).toContain(
      'PiecewiseConstantDecay([math.ceil(i * steps / 3) - 1 for i in range(1, 3)], [0.001, 0.0001, 0.00001])',
    );
    expect(both({ schedule: SCHEDULES.oneCycle.defaults })).toContain('OneCycleLR(optimizer, 0.001, steps');
    expect(both({ schedule: SCHEDULES.warmUp.defaults })).toContain(
      'return 0.001 * keras.ops.minimum(1.0, (step + 1) / max(1, int(0.1 * steps + 0.5)))',
    );
    expect(both({ schedule: SCHEDULES.exponential.defaults })).toContain('ExponentialDecay(0.001, steps, 0.01)');
    expect(both({ loss: 'meanSquaredError' })).toContain('loss="mean_squared_error"');
    expect(both({ validateOn: 'test' })).toContain('validation_data=(x_test, y_test)');
    expect(both({ validateOn: 'test' })).not.toContain('model.evaluate(');
    expect(both({ validationSplit: 0 })).not.toContain('validation_split');
    expect(both({ seed: 7 })).toContain('keras.utils.set_random_seed(7)');
    expect(both({ augmentation: { ...NO_AUGMENTATION, flip: true } })).toContain('images[mirrored, :, ::-1]');
    const averaged = both({ weightAveraging: 0.99, earlyStopping: { patience: 2, restoreBest: true } });
    for (const line of [
      'use_ema=True, ema_momentum=0.99',
      'callbacks=[keras.callbacks.SwapEMAWeights(swap_on_epoch=True), stopping]',
      'moving = torch.optim.swa_utils.get_ema_multi_avg_fn(0.99)',
      'average.update_parameters(model)',
      'logits = average(x)',
      'average.load_state_dict(best)',
    ])
      expect(averaged).toContain(line);
    const mirrored = both({ testTimeFlip: true });
    for (const line of [
      'mean = (model.predict(x_test) + model.predict(x_test[:, :, ::-1])) / 2',
      'return ((model(x).softmax(-1) + model(x.flip(-1)).softmax(-1)) / 2).log()',
      'loss, accuracy = evaluate(test)',
      'loss, accuracy = evaluate(test, both_ways)',
    ])
      expect(mirrored).toContain(line);
    const alternating = both({ augmentation: { ...NO_AUGMENTATION, flip: true, alternate: true } });
    for (const line of [
      'vary(x_train[some], self.mirrored[some])',
      'self.mirrored = ~self.mirrored',
      'train = Alternating(data, order[12000:])',
      'train.mirrored = ~train.mirrored',
    ])
      expect(alternating).toContain(line);
    for (const drawn of ['RandomHorizontalFlip', 'np.random.random(count) < 0.5'])
      expect(alternating).not.toContain(drawn);
    expect(both({ augmentation: { ...NO_AUGMENTATION, alternate: true } })).toBe(both({}));
  });
});
