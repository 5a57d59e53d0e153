import { zipSync } from 'fflate';
import { packagesFor } from '../../core/exporting/data-source.ts';
import { kerasParts, kerasWeights } from '../../core/exporting/files/keras-model.ts';
import { notebookOf } from '../../core/exporting/files/notebook.ts';
import { onnxFile } from '../../core/exporting/files/onnx.ts';
import { torchTensors } from '../../core/exporting/files/pytorch-tensors.ts';
import { safetensorsFile } from '../../core/exporting/files/safetensors.ts';
import { taskOf } from '../../core/exporting/files/task-of-weights.ts';
import { tfjsParts } from '../../core/exporting/files/tfjs-model.ts';
import { kerasCode } from '../../core/exporting/keras.ts';
import { pytorchCode } from '../../core/exporting/pytorch.ts';
import type { Graph } from '../../core/network/graph.ts';
import type { Recipe } from '../../core/training/recipe.ts';
import type { FileForm } from './file-forms.ts';

/** What a file of a trained network is made of. */
export interface TrainedNetwork {
  readonly graph: Graph;
  readonly recipe: Recipe;
  /** In the order of the graph. */
  readonly weights: readonly Float32Array[];
  /** Steps that they have taken. */
  readonly step: number;
  /** The name of its run. */
  readonly name: string;
}

/** A trained network as a file for other tools. Throws a RangeError where the tool lacks something that it has. */
export function networkFile(form: FileForm, trained: TrainedNetwork): Blob {
  const { graph, weights } = trained;
  switch (form) {
    case 'pytorch':
      return zipOf(pytorchFiles(trained));
    case 'keras-program':
      return zipOf(kerasFiles(trained));
    case 'keras':
      return zipOf(kerasParts(graph, weights));
    case 'onnx':
      return new Blob([onnxFile(graph, weights)]);
    case 'tfjs':
      return zipOf(tfjsParts(graph, weights));
    default:
      return form satisfies never;
  }
}

function pytorchFiles({ graph, recipe, weights, step, name }: TrainedNetwork): Files {
  const file = 'network.safetensors';
  const program = pytorchCode(graph, recipe, { weights: file });
  return {
    ...programFiles('train_pytorch', program, name, 'torch torchvision safetensors'),
    [file]: safetensorsFile(torchTensors(graph, weights), {
      run: name,
      steps: String(step),
      ...taskOf(graph.dataset),
    }),
  };
}

function kerasFiles({ graph, recipe, weights, name }: TrainedNetwork): Files {
  const file = 'network.weights.h5';
  const program = kerasCode(graph, recipe, { weights: file });
  const packages = packagesFor('keras tensorflow', graph.dataset);
  return { ...programFiles('train_keras', program, name, packages), [file]: kerasWeights(graph, weights) };
}

/** A program, and the same as a notebook. */
function programFiles(start: string, program: string, name: string, packages: string): Files {
  const about = `# ${name}\n\nA network of Fitting Room with its weights: this notebook goes on training it.`;
  const text = (content: string) => new TextEncoder().encode(content);
  return { [`${start}.py`]: text(program), [`${start}.ipynb`]: text(notebookOf(program, about, packages)) };
}

type Files = Readonly<Record<string, Uint8Array>>;

/** Weights hardly get smaller when they are packed. */
function zipOf(files: Files): Blob {
  return new Blob([Uint8Array.from(zipSync({ ...files }, { level: 0 }))], { type: 'application/zip' });
}
