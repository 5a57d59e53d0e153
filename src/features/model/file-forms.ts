/** The forms in which a trained network is saved for other tools. */
export type FileForm = 'pytorch' | 'keras-program' | 'keras' | 'onnx' | 'tfjs';

/** What a form is called, what its file is called, and what to do with it. */
export interface FileFormAbout {
  readonly form: FileForm;
  readonly title: string;
  readonly ending: string;
  readonly use: string;
}

/** Every form, in the order of the list. */
export const FILE_FORMS: readonly FileFormAbout[] = [
  {
    form: 'pytorch',
    title: 'PyTorch',
    ending: '-pytorch.zip',
    use: 'A program, the same as a notebook, and the weights as SafeTensors. Unpack them into one folder: the program loads the weights and trains on.',
  },
  {
    form: 'keras-program',
    title: 'Keras program',
    ending: '-keras.zip',
    use: 'A program, the same as a notebook, and the weights as HDF5. Unpack them into one folder: the program loads the weights and trains on.',
  },
  {
    form: 'keras',
    title: 'Keras file',
    ending: '.keras',
    use: 'Keras 3 opens it with keras.models.load_model: the network with its weights, ready to answer.',
  },
  {
    form: 'onnx',
    title: 'ONNX',
    ending: '.onnx',
    use: 'For ONNX Runtime, in any language: it takes “input” and gives “logits” and “probabilities”. Drop it on netron.app to see it drawn.',
  },
  {
    form: 'tfjs',
    title: 'TensorFlow.js',
    ending: '-tfjs.zip',
    use: 'Unpack it where your page is served, and open it there with tf.loadLayersModel("model.json").',
  },
];
