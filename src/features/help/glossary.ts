/** The words of the app that a beginner may not know, each explained in a sentence, in alphabetical order. */
export const GLOSSARY: readonly (readonly [term: string, meaning: string])[] = [
  ['Accuracy', 'The share of answers that are right.'],
  [
    'Activation',
    'A function applied to the output of a layer, such as relu, that lets a network learn more than straight lines.',
  ],
  [
    'Augmentation',
    'Random small changes of the training samples, such as mirroring, so that the network does not memorise them.',
  ],
  ['Batch', 'The samples that are used for one step of training.'],
  [
    'Batch normalisation',
    'A layer that shifts and scales its inputs to a common range, which makes deep networks easier to train.',
  ],
  ['Class', 'One of the groups that samples are sorted into.'],
  ['Confusion matrix', 'A table that counts how often each true class was given each answer.'],
  ['Convolution', 'A layer that slides small filters over an image and notes where each pattern appears.'],
  ['Cross-entropy', 'A loss that is high when the network found the right class unlikely.'],
  ['Dense layer', 'A layer in which every unit is connected to every input.'],
  [
    'Dropout',
    'Sets a random share of values to zero while training, so that the network does not rely on single ones.',
  ],
  ['Early stopping', 'Ends a run when the validation loss has stopped improving.'],
  ['Epoch', 'One pass over all training samples.'],
  ['Gap', 'How much better the network does on training samples than on validation samples.'],
  ['Gradient', 'How the loss changes when each weight changes a little; training follows it downhill.'],
  ['Learning rate', 'How large the steps are by which the weights change.'],
  ['Loss', 'A number that says how wrong the answers are; training makes it smaller.'],
  ['Optimizer', 'The rule that turns gradients into changes of the weights, such as Adam.'],
  ['Overfitting', 'Memorising the training samples: training keeps improving while validation gets worse.'],
  ['Parameters', 'All the numbers that a network learns: its weights and biases.'],
  ['Pooling', 'A layer that shrinks an image by keeping one value of each small window.'],
  [
    'Precision and recall',
    'Precision: of the answers for a class, the share that is right. Recall: of the samples of a class, the share that is found.',
  ],
  ['Seed', 'A number that determines everything random, so that a run can be repeated exactly.'],
  ['Softmax', 'Turns the outputs of the last layer into probabilities that add up to 1.'],
  ['Test set', 'Samples that are only used once, at the end, to measure how good a network is.'],
  [
    'Underfitting',
    'Doing badly even on the training samples, because the network is too small or has not trained long enough.',
  ],
  ['Validation set', 'Samples that are set aside, to see during training how the network does on new ones.'],
  ['Weight', 'A number by which an input is multiplied; training changes it.'],
];
