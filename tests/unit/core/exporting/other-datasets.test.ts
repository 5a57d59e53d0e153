import { describe, expect, test } from 'vitest';
import { partOf } from '../../../../src/core/dataset/part.ts';
import type { DatasetSpec } from '../../../../src/core/dataset/spec.ts';
import { kerasCode } from '../../../../src/core/exporting/keras.ts';
import { pytorchCode } from '../../../../src/core/exporting/pytorch.ts';
import { analyse, type Graph } from '../../../../src/core/network/graph.ts';
import { NO_AUGMENTATION } from '../../../../src/core/training/augmentation.ts';
import { defaultRecipe, type Recipe } from '../../../../src/core/training/recipe.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { SIGNS, WEATHER } from '../../../fixtures/specs/datasets.ts';
import { layers, OUTPUT, type Row } from '../../../fixtures/specs/fixture.ts';

function graphOf(dataset: DatasetSpec, ...rows: readonly Row[]): Graph {
  const { graph, issues } = analyse({ layers: layers(...rows) }, dataset);
  if (graph === null) throw new Error(issues.map(({ message }) => message).join('\n'));
  return graph;
}

const SIGNS_CNN = graphOf(
  SIGNS,
  ['conv2d', { filters: 8 }],
  ['maxPooling2d'],
  ['flatten'],
  ['dense', { units: 4, activation: 'softmax' }],
);
const WEATHER_SOFTMAX = graphOf(WEATHER, ['dense', { units: 8 }], ['dense', { units: 2, activation: 'softmax' }]);
const WEATHER_SIGMOID = graphOf(WEATHER, ['dense', { units: 8 }], ['dense', { units: 1, activation: 'sigmoid' }]);

/** What goes into the program beside the network, all of it switched on. */
const EVERYTHING: Partial<Recipe> = {
  labelNoise: 0.1,
  labelSmoothing: 0.1,
  augmentation: { flip: true, alternate: false, shift: 2, rotation: 10, scale: 0.1, erase: 0.5, brightness: 0.2 },
};

function recipeFor(dataset: DatasetSpec, values: Partial<Recipe> = {}): Recipe {
  return { ...defaultRecipe(dataset), epochs: 3, ...values };
}

/** Both programs of a network. */
function programs(graph: Graph, values: Partial<Recipe> = {}): { readonly keras: string; readonly torch: string } {
  const recipe = recipeFor(graph.dataset, values);
  return { keras: kerasCode(graph, recipe), torch: pytorchCode(graph, recipe) };
}

test('some classes of a data set that libraries have are kept, and numbered anew', () => {
  const part = partOf(FASHION_MNIST, { name: 'three classes', labels: [1, 5, 9] });
  const { keras, torch } = programs(graphOf(part, ['flatten'], ['dense', { units: 3, activation: 'softmax' }]), {
    trainingImages: 500,
  });
  expect(keras).toContain(`
kept = np.array((1, 5, 9))
is_kept = np.isin(y_train, kept)
x_train, y_train = x_train[is_kept], np.searchsorted(kept, y_train[is_kept])
is_kept = np.isin(y_test, kept)
x_test, y_test = x_test[is_kept], np.searchsorted(kept, y_test[is_kept])
x_train, y_train = x_train[:500], y_train[:500]
`);
  expect(torch).toContain(`
def keep(data):
    """Some of the classes, numbered anew."""
    kept = torch.tensor((1, 5, 9))
    is_kept = torch.isin(data.targets, kept)
    data.data, data.targets = data.data[is_kept], torch.searchsorted(kept, data.targets[is_kept])
    return data
`);
  expect(torch).toContain('data = keep(torchvision.datasets.FashionMNIST("data", train=True,');
  expect(torch).toContain('test = keep(torchvision.datasets.FashionMNIST("data", train=False,');
});

// `npm run verify-exports` runs programs like these as they are, on files of the app's format.
describe('golden programs', () => {
  const recipe = recipeFor(SIGNS, { ...EVERYTHING, trainingImages: 600 });

  test('photos of four signs for Keras', async () => {
    await expect(kerasCode(SIGNS_CNN, recipe)).toMatchFileSnapshot('../../../fixtures/code/signs.keras.py');
  });

  test('photos of four signs for PyTorch', async () => {
    await expect(pytorchCode(SIGNS_CNN, recipe)).toMatchFileSnapshot('../../../fixtures/code/signs.torch.py');
  });

  test('a table of two classes and a sigmoid for Keras', async () => {
    const { keras } = programs(WEATHER_SIGMOID);
    await expect(keras).toMatchFileSnapshot('../../../fixtures/code/weather.keras.py');
  });

  test('a table of two classes and a sigmoid for PyTorch', async () => {
    const { torch } = programs(WEATHER_SIGMOID);
    await expect(torch).toMatchFileSnapshot('../../../fixtures/code/weather.torch.py');
  });
});

describe('class weights', () => {
  test('for Keras come from the labels that are trained on', async () => {
    const { keras } = programs(WEATHER_SIGMOID, { classWeights: 'balanced', labelNoise: 0.1 });
    await expect(keras).toMatchFileSnapshot('../../../fixtures/code/weather-weights.keras.py');
  });

  test('for PyTorch multiply each loss before the mean', async () => {
    const { torch } = programs(WEATHER_SIGMOID, { classWeights: 'balanced', labelNoise: 0.1 });
    await expect(torch).toMatchFileSnapshot('../../../fixtures/code/weather-weights.torch.py');
  });

  test('belong to every loss', () => {
    const balanced = { classWeights: 'balanced', labelSmoothing: 0.1 } as const;
    expect(programs(WEATHER_SOFTMAX, balanced).torch).toContain(
      '(F.cross_entropy(logits, y, label_smoothing=0.1, reduction="none") * weight[y]).mean()',
    );
    expect(programs(WEATHER_SOFTMAX, { ...balanced, loss: 'meanSquaredError' }).torch).toContain(
      'reduction="none").mean(-1) * weight[y]).mean()',
    );
    expect(programs(WEATHER_SIGMOID, { ...balanced, loss: 'meanSquaredError' }).torch).toContain(
      '(F.mse_loss(logits[:, 0].sigmoid(), y * 0.9 + 0.05, reduction="none") * weight[y]).mean()',
    );
    const varied = programs(SIGNS_CNN, { ...balanced, augmentation: { ...NO_AUGMENTATION, flip: true } }).keras;
    expect(varied).toMatch(/model\.fit\(Batches\(\), .*class_weight=class_weight/);
  });

  test('are left out where every sample counts the same', () => {
    for (const program of Object.values(programs(WEATHER_SIGMOID)))
      expect(program).not.toMatch(/class_weight|bincount/);
  });
});

describe('where no library has the data', () => {
  test('both read the app’s files from a folder that stands at the top', () => {
    for (const program of Object.values(programs(SIGNS_CNN))) {
      expect(program).toContain('folder = Path("road-signs")');
      expect(program).toContain('np.frombuffer(raw, "uint8", offset=count)');
      expect(program).toContain('return values.reshape(-1, 24, 20, 3), labels');
      expect(program).toContain('astype("float32") / 255');
      expect(program).not.toMatch(/keras\.datasets|torchvision\.datasets|import torchvision/);
    }
  });

  test('a library that has other numbers than the app is left aside', () => {
    const halved: DatasetSpec = { ...FASHION_MNIST, samples: { ...SIGNS.samples, scale: 510 } };
    const graph = graphOf(halved, ['flatten'], OUTPUT);
    expect(programs(graph).keras).toContain('.astype("float32") / 510');
    expect(programs(graph).keras).not.toContain('keras.datasets');
  });

  test('a part of the data is cut off only where it is a part', () => {
    expect(programs(SIGNS_CNN).keras).not.toContain('x_train[:');
    expect(programs(SIGNS_CNN, { trainingImages: 600 }).keras).toContain('x_train, y_train = x_train[:600]');
  });
});

describe('the library', () => {
  test('is asked for the data set by its own name, colours and all', () => {
    const cifar: DatasetSpec = {
      ...SIGNS,
      id: 'cifar-4',
      samples: { kind: 'image', height: 32, width: 32, channels: 3, storage: 'uint8', scale: 255 },
      library: { keras: 'cifar10', torchvision: 'CIFAR10' },
    };
    const { keras, torch } = programs(graphOf(cifar, ['flatten'], ['dense', { units: 4, activation: 'softmax' }]));
    expect(keras).toContain('keras.datasets.cifar10.load_data()\ny_train, y_test = y_train.ravel(), y_test.ravel()');
    expect(keras).toContain('x_train = x_train.astype("float32") / 255');
    expect(torch).toContain('torchvision.datasets.CIFAR10("data", train=True, download=True');
  });
});

describe('the classes', () => {
  test('are as many as the data set has', () => {
    const { keras, torch } = programs(SIGNS_CNN, { ...EVERYTHING, loss: 'meanSquaredError' });
    expect(keras).toContain('np.random.randint(1, 4, wrong.sum())) % 4');
    expect(keras).toContain('keras.utils.to_categorical(y_train, 4)');
    expect(torch).toContain('torch.randint(1, 4, (int(wrong.sum()),))) % 4');
    expect(torch).toContain('F.one_hot(y, 4) * 0.9 + 0.025');
  });

  test('of a sigmoid are zeros and ones, and its loss is taken of the logit', () => {
    for (const loss of ['categoricalCrossentropy', 'binaryCrossentropy'] as const) {
      const { keras, torch } = programs(WEATHER_SIGMOID, { loss });
      expect(keras).toContain('y_train = y_train[:, None].astype("float32")');
      expect(keras).toContain('loss="binary_crossentropy"');
      expect(keras).toContain('layers.Dense(1, activation="sigmoid")');
      expect(torch).toContain('F.binary_cross_entropy_with_logits(logits[:, 0], y.float())');
      expect(torch).toContain('hits += ((logits[:, 0] > 0) == y)');
      expect(torch).not.toMatch(/sigmoid\(/);
    }
  });

  test('of a sigmoid can be smoothed, and judged by the squared error', () => {
    const smooth = programs(WEATHER_SIGMOID, { labelSmoothing: 0.2 });
    expect(smooth.keras).toContain('keras.losses.BinaryCrossentropy(label_smoothing=0.2)');
    expect(smooth.torch).toContain('F.binary_cross_entropy_with_logits(logits[:, 0], y * 0.8 + 0.1)');
    const squared = programs(WEATHER_SIGMOID, { loss: 'meanSquaredError' });
    expect(squared.keras).toContain('loss="mean_squared_error"');
    expect(squared.torch).toContain('F.mse_loss(logits[:, 0].sigmoid(), y.float())');
  });

  test('of two softmax outputs are a column each, whichever cross-entropy the recipe names', () => {
    for (const loss of ['categoricalCrossentropy', 'binaryCrossentropy'] as const) {
      const { keras, torch } = programs(WEATHER_SOFTMAX, { loss });
      expect(keras).toContain('keras.utils.to_categorical(y_train, 2)');
      expect(keras).toContain('loss="categorical_crossentropy"');
      expect(torch).toContain('criterion = nn.CrossEntropyLoss()');
    }
  });

  test('of a sigmoid layer of its own are the same', () => {
    const apart = graphOf(
      WEATHER,
      ['dense', { units: 1, activation: 'linear' }],
      ['activation', { activation: 'sigmoid' }],
    );
    expect(programs(apart).torch).toContain('x = self.dense(x)\n        return x  # logits');
    expect(programs(apart).keras).toContain('layers.Activation("sigmoid")');
  });
});

describe('augmentation', () => {
  test('moves by whole pixels, each as often: PyTorch rounds a share of each side', () => {
    const augmentation = { ...NO_AUGMENTATION, shift: 2 };
    const { keras, torch } = programs(SIGNS_CNN, { augmentation });
    expect(keras).toContain('right, down = np.random.randint(-2, 3, (2, count))');
    expect(torch).toContain('transforms.RandomAffine(0.0, translate=(0.125, 0.104167), interpolation=');
    expect(torch).not.toContain('ToTensor');
  });

  test('erases a seventh to half of each side', () => {
    const { keras, torch } = programs(SIGNS_CNN, { augmentation: { ...NO_AUGMENTATION, erase: 1 } });
    expect(torch).toContain('if torch.rand(()) >= 1.0:');
    expect(torch).toContain('high, wide = int(torch.randint(3, 13, ())), int(torch.randint(3, 11, ()))');
    expect(keras).toContain('high = np.random.randint(3, 13)');
    expect(keras).toContain('wide = np.random.randint(3, 11)');
  });

  test('is left out for the rows of a table, as is the order of channels', () => {
    const { keras, torch } = programs(WEATHER_SOFTMAX, { augmentation: { ...NO_AUGMENTATION, flip: true } });
    expect(keras).toBe(programs(WEATHER_SOFTMAX).keras);
    expect(torch).toBe(programs(WEATHER_SOFTMAX).torch);
    expect(torch).not.toMatch(/permute|transforms|vary/);
    expect(keras).toContain('keras.Input((4,))');
  });
});
