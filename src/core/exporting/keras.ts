import { at } from '../at.ts';
import { type DatasetSpec, inputShapeOf } from '../dataset/spec.ts';
import type { Graph } from '../network/graph.ts';
import { isAlias, kerasNames } from '../network/keras-names.ts';
import type { Recipe } from '../training/recipe.ts';
import { beginningLines } from './beginning-lines.ts';
import { endOf, libraryOf, pillowImports, readerLines, recipeFor, standardImports } from './data-source.ts';
import { POSITION_EMBEDDING } from './keras-attention.ts';
import { kerasData } from './keras-data.ts';
import { kerasLayers, takesInputTwice } from './keras-layers.ts';
import { BACKEND_LINES, processLines } from './keras-processes.ts';
import { kerasTraining } from './keras-training.ts';
import { matrixLayers } from './matrix-layers.ts';
import type { ProgramOptions } from './program-options.ts';
import { call, indented } from './python.ts';

/** A Python program for Keras 3 that builds and trains the network as the recipe says; its weights are a `.weights.h5` file. */
export function kerasCode(graph: Graph, wanted: Recipe, options: ProgramOptions = {}): string {
  const { weights = null, isShared = false } = options;
  const { dataset } = graph;
  const recipe = recipeFor(dataset, wanted);
  const model = isStack(graph) ? sequential(graph) : functional(graph);
  const isPenalised = graph.nodes.some(({ weights }) => weights.some(({ l1, l2 }) => l1 > 0 || l2 > 0));
  const task = { dataset, ending: endOf(graph), isPenalised, matrices: matrixLayers(graph), isShared };
  const data = kerasData(recipe, task);
  const training = kerasTraining(recipe, task);
  const reader = libraryOf(dataset) === null ? readerLines(dataset) : [];
  const own = model.some((line) => line.includes('PositionEmbedding(')) ? POSITION_EMBEDDING : [];
  const processes = isShared ? processLines(recipe.batchSize) : [];
  const backend = isShared ? BACKEND_LINES : [];
  const begin =
    weights === null ? beginningLines('keras', options) : [`model.load_weights(${JSON.stringify(weights)})`];
  const text = [...backend, ...reader, ...own, ...model, ...begin, ...data, ...training].join('\n');
  const parts = ['initializers', 'layers', 'regularizers'].filter((part) => text.includes(`${part}.`));
  const imports = [
    ...standardImports(text),
    ...backend,
    ...(isShared ? ['import jax'] : []),
    'import keras',
    ...(text.includes('np.') ? ['import numpy as np'] : []),
    `from keras import ${parts.join(', ')}`,
    ...pillowImports(reader),
    ...(text.includes('load_file(') ? ['from safetensors.numpy import load_file'] : []),
  ];
  const seed = ['', `keras.utils.set_random_seed(${recipe.seed})`, '', ...processes];
  const source = [reader, own].flatMap((lines) => (lines.length > 0 ? ['', ...lines, ''] : []));
  const summary = isShared ? ['if rank == 0:', ...indented(['model.summary()'])] : ['model.summary()'];
  const built = [...model, ...begin, ...summary];
  return `${[...imports, ...source, ...seed, ...data, '', ...built, '', ...training].join('\n')}\n`;
}

/** Whether each layer takes just the one above, once. */
function isStack({ nodes }: Graph): boolean {
  return nodes.every(({ inputs, spec }, i) => inputs.length === 1 && inputs[0] === i - 1 && !takesInputTwice(spec));
}

function sequential({ nodes, dataset }: Graph): readonly string[] {
  const layers = [inputOf(dataset), ...nodes.flatMap(kerasLayers)];
  return ['model = keras.Sequential([', ...indented(layers.map((layer) => `${layer},`)), '])'];
}

/** One line for each layer, each output under the name that Keras would give the layer. */
function functional({ nodes, dataset }: Graph): readonly string[] {
  const names = kerasNames(nodes.map(({ spec }) => spec));
  const variables: string[] = [];
  const nameOf = (position: number) => (position < 0 ? 'inputs' : (variables[position] ?? 'inputs'));
  const lines = nodes.flatMap((node, i) => {
    const sources = node.inputs.map(nameOf);
    const [first = 'inputs'] = sources;
    const name = at(names, i);
    variables.push(isAlias(node.spec) ? first : name);
    if (isAlias(node.spec)) return [];
    const given = sources.length > 1 ? `[${sources.join(', ')}]` : first;
    const input = takesInputTwice(node.spec) ? `${first}, ${first}` : given;
    const chain = kerasLayers(node).reduce((value, layer) => `${layer}(${value})`, input);
    return [`${name} = ${chain}`];
  });
  const last = nameOf(nodes.length - 1);
  return [`inputs = ${inputOf(dataset)}`, ...lines, `model = keras.Model(inputs, ${last})`];
}

function inputOf(dataset: DatasetSpec): string {
  return call('keras.Input', [inputShapeOf(dataset)]);
}
