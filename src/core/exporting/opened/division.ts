import { PURPOSES } from '../../random.ts';
import { indented, real } from '../python.ts';

/** The share to test on and the seed, as a program names them. */
export function divisionLines({
  testShare,
  seed,
}: {
  readonly testShare: number;
  readonly seed: number;
}): readonly string[] {
  return [
    '# How the app divided them: the share to test on, and the seed.',
    `share, seed = ${real(testShare).code}, ${seed}`,
  ];
}

/** The same where the files say what is tested on. */
export function shuffleLines({ seed }: { readonly seed: number }): readonly string[] {
  return ['# By which the app shuffled those to train on.', `seed = ${seed}`];
}

/** Functions that shuffle samples as the app does. */
export const SHUFFLING: readonly string[] = [
  'def words(*key):',
  ...indented([
    '"""The random numbers of the app: four words of 32 bits for each four (pcg4d)."""',
    'factor, summand, half = np.uint32(1664525), np.uint32(1013904223), np.uint32(16)',
    'a, b, c, d = (np.atleast_1d(word).astype("uint32") * factor + summand for word in key)',
    'a, b, c, d = mixed(a, b, c, d)',
    'return mixed(*(word ^ (word >> half) for word in (a, b, c, d)))',
  ]),
  '',
  '',
  'def mixed(a, b, c, d):',
  ...indented(['a = a + b * d', 'b = b + c * a', 'c = c + a * b', 'd = d + b * c', 'return a, b, c, d']),
  '',
  '',
  'def permutation(count, purpose):',
  ...indented([
    '"""0, 1, 2 ... in the order in which the app shuffles them."""',
    'key = [int(word[0]) for word in words(seed, purpose, 0, 0)[:3]]',
    'chance = np.stack(words(*key, np.arange(count // 4 + 1)), 1).ravel().tolist()',
    'order = list(range(count))',
    'for i in range(count - 1, 0, -1):',
    ...indented(['j = chance[i] * (i + 1) >> 32', 'order[i], order[j] = order[j], order[i]']),
    'return order',
  ]),
];

/** The same, and one that draws the same samples to test on as the app does. */
export const DRAWING: readonly string[] = [
  ...SHUFFLING,
  '',
  '',
  'def drawn(labels):',
  ...indented([
    '"""Which samples are tested on: the same share of each class, which keeps one to train on."""',
    'counts = np.bincount(labels, minlength=len(classes))',
    'total = len(labels) - math.ceil(share * len(labels))',
    'train, rest = np.divmod(counts * total, len(labels))',
    'train[np.argsort(-rest, kind="stable")[: total - train.sum()]] += 1',
    'left = np.maximum(np.minimum(np.maximum(counts - train, 1), counts - 1), 0)',
    'chosen = np.zeros(len(labels), bool)',
    `for at in permutation(len(labels), ${PURPOSES.split}):`,
    ...indented(['chosen[at] = left[labels[at]] > 0', 'left[labels[at]] -= chosen[at]']),
    'return chosen',
  ]),
];

/** The same of images, of which copies go to the same side. */
export const DRAWING_ORIGINALS: readonly string[] = [
  ...DRAWING,
  '',
  '',
  'def drawn_with_copies(values, labels):',
  ...indented([
    '"""The same, with copies on the side of their originals."""',
    'first = {}',
    'originals = np.array([first.setdefault(value.tobytes(), at) for at, value in enumerate(values)])',
    'chosen = np.zeros(len(labels), bool)',
    'own = np.flatnonzero(originals == np.arange(len(labels)))',
    'chosen[own] = drawn(labels[own])',
    'return chosen[originals]',
  ]),
];

/** The body of `load`, which returns a part of what `read` returns: all samples, their labels and which of them are tested on. */
export function loadLines(counts: Readonly<Record<'train' | 'test', number>>, many: string): readonly string[] {
  return [
    'def load(split):',
    ...indented([
      `"""The ${many} and the labels of "train" or "test"."""`,
      'values, labels, tests = read()',
      'test, train = np.flatnonzero(tests), np.flatnonzero(~tests)',
      `if (len(train), len(test)) != (${counts.train}, ${counts.test}):`,
      ...indented([
        `print(f"There are {len(train)} and {len(test)} ${many}; in the app there were ${counts.train} and ${counts.test}.")`,
      ]),
      `places = test if split == "test" else train[permutation(len(train), ${PURPOSES.shuffle})]`,
      'return values[places], labels[places]',
    ]),
  ];
}
