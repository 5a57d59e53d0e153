/** A word of the field that a beginner may not know. */
export interface GlossaryEntry {
  readonly term: string;
  /** What it means, in a sentence or two. */
  readonly meaning: string;
  /** Other words for it in sentences, in lower case. The term itself, and its plural with an s, are found without. */
  readonly forms?: readonly string[];
}

/** The words of the app that are explained where a student meets them, in alphabetical order. */
export const GLOSSARY: readonly GlossaryEntry[] = [
  { term: 'Accuracy', meaning: 'The share of answers that are right.' },
  {
    term: 'Activation',
    meaning:
      'A function that is applied to each output of a layer, such as relu. Without one, stacked layers could only compute weighted sums.',
    forms: ['activation function', 'activation functions'],
  },
  {
    term: 'Alternating flip',
    meaning:
      'Half of the images are mirrored, drawn once from the seed; every other epoch mirrors the other half, so that two epochs show each image both ways.',
  },
  {
    term: 'Attention',
    meaning:
      'Each place of a sequence looks at all places, weighs them by how well they match, and takes in a mixture of what they hold.',
    forms: ['self-attention', 'attention weight', 'attention weights'],
  },
  {
    term: 'Augmentation',
    meaning:
      'Random small changes of the training samples, such as mirroring, so that the network does not memorise them.',
    forms: ['augmented'],
  },
  {
    term: 'Average weights',
    meaning:
      'A network that is judged and answers with a moving average of its weights over the last steps, which smooths out what single batches did.',
    forms: ['averaged weights'],
  },
  { term: 'Batch', meaning: 'The samples that are used for one training step.', forms: ['batches', 'batch size'] },
  {
    term: 'Batch normalisation',
    meaning:
      'A layer that shifts and scales its inputs to mean 0 and deviation 1 over the batch, which makes deep networks easier to train.',
    forms: ['batch normalization', 'batchnorm'],
  },
  { term: 'Class', meaning: 'One of the groups that samples are sorted into.', forms: ['classes'] },
  {
    term: 'Confusion matrix',
    meaning: 'A table that counts how often samples of each true class were given each prediction.',
  },
  {
    term: 'Convolution',
    meaning: 'A layer that slides small filters over an image and computes how well each part matches each filter.',
  },
  { term: 'Cross-entropy', meaning: 'A loss that is high when the network gave the right class a low probability.' },
  { term: 'Dense layer', meaning: 'A layer in which every unit is connected to every input.' },
  {
    term: 'Dropout',
    meaning:
      'Sets a random share of values to zero at each training step, so that the network does not rely on single ones.',
  },
  { term: 'Early stopping', meaning: 'Ends a run when the validation loss has stopped improving.' },
  { term: 'Epoch', meaning: 'One pass over all training samples.' },
  {
    term: 'F1',
    meaning: 'The harmonic mean of precision and recall: high only when both are high.',
    forms: ['f1 score', 'f1 scores'],
  },
  {
    term: 'Fine-tuning',
    meaning: 'Training on from the weights of a network that has learned something else, with a new last layer.',
    forms: ['fine-tune', 'fine-tuned', 'transfer learning'],
  },
  { term: 'Gap', meaning: 'How much better the network does on training samples than on validation samples.' },
  {
    term: 'Gradient',
    meaning: 'How much the loss changes when each weight changes a little. Training changes the weights against it.',
  },
  {
    term: 'Head',
    meaning: 'One of several ways of looking in an attention layer, each with queries, keys and values of its own.',
    forms: ['attention head', 'attention heads'],
  },
  {
    term: 'Learning rate',
    meaning: 'How large the steps are by which training changes the weights.',
  },
  { term: 'Loss', meaning: 'A number that says how wrong the predictions are. Training makes it smaller.' },
  {
    term: 'Optimizer',
    meaning: 'The rule that turns gradients into changes of the weights, such as SGD or Adam.',
  },
  {
    term: 'Overfitting',
    meaning: 'Memorising the training samples: training keeps improving while validation gets worse.',
    forms: ['overfit', 'overfits'],
  },
  {
    term: 'Parameters',
    meaning: 'All the numbers that a network learns: its weights and biases.',
    forms: ['parameter'],
  },
  {
    term: 'Patch',
    meaning:
      'A small square of an image. A transformer takes an image as a sequence of patches, which are also called tokens.',
    forms: ['patches', 'token', 'tokens'],
  },
  { term: 'Pooling', meaning: 'A layer that shrinks an image by keeping one value of each small window.' },
  {
    term: 'Position embedding',
    meaning: 'A trained vector that is added to each patch and tells attention where in the image it lies.',
  },
  { term: 'Precision', meaning: 'Of the samples that are predicted to be of a class, the share that really are.' },
  { term: 'Recall', meaning: 'Of the samples of a class, the share that is predicted to be of it.' },
  { term: 'Seed', meaning: 'A number that determines everything random, so that a run can be repeated exactly.' },
  {
    term: 'Softmax',
    meaning: 'Turns the outputs of the last layer into probabilities that add up to 1.',
  },
  { term: 'Step', meaning: 'One change of the weights, by the gradient of one batch.' },
  {
    term: 'Test set',
    meaning: 'Samples that are only used once, at the end, to measure how good a network is.',
    forms: ['test images', 'test samples', 'test accuracy'],
  },
  {
    term: 'Test-time augmentation',
    meaning:
      'Answering each image by the mean of the answers to it and to varied copies, such as its mirror image. Its result stands beside the test result, not in its place.',
    forms: ['test-time flip'],
  },
  {
    term: 'Underfitting',
    meaning:
      'Doing badly even on the training samples, because the network is too small or has not trained long enough.',
    forms: ['underfit', 'underfits'],
  },
  {
    term: 'Validation set',
    meaning: 'Samples that are not trained on, to see during training how the network does on new ones.',
    forms: ['validation', 'validation images', 'validation samples', 'validation loss', 'validation accuracy'],
  },
  {
    term: 'Weights',
    meaning: 'The numbers by which a layer multiplies its inputs. Training changes them.',
    forms: ['weight'],
  },
];

/** The entry of a term or of one of its forms, whatever its case; undefined where it is not explained. */
export function glossaryEntry(word: string): GlossaryEntry | undefined {
  return BY_WORD.get(word.toLowerCase());
}

/** A piece of a sentence: a term with its entry, or the words in between with null. */
export interface SentencePart {
  readonly text: string;
  readonly entry: GlossaryEntry | null;
}

/** A sentence in pieces, in which each term stands out where it comes first. */
export function termsIn(sentence: string): readonly SentencePart[] {
  const seen = new Set<GlossaryEntry>();
  const parts: SentencePart[] = [];
  let rest = 0;
  for (const { 0: text, index } of sentence.matchAll(ANY_TERM)) {
    const entry = glossaryEntry(text);
    if (entry === undefined || seen.has(entry)) continue;
    seen.add(entry);
    if (index > rest) parts.push({ text: sentence.slice(rest, index), entry: null });
    parts.push({ text, entry });
    rest = index + text.length;
  }
  if (rest < sentence.length) parts.push({ text: sentence.slice(rest), entry: null });
  return parts;
}

function wordsOf({ term, forms = [] }: GlossaryEntry): readonly string[] {
  const word = term.toLowerCase();
  return [word, `${word}s`, ...forms];
}

const BY_WORD = new Map(GLOSSARY.flatMap((entry) => wordsOf(entry).map((word) => [word, entry] as const)));

/** The longest one that fits, as a whole word. */
const ANY_TERM = new RegExp(`\\b(?:${[...BY_WORD.keys()].toSorted((a, b) => b.length - a.length).join('|')})\\b`, 'gi');
