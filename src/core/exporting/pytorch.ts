import { at } from '../at.ts';
import { classCountOf, type DatasetSpec } from '../dataset/spec.ts';
import type { Graph } from '../network/graph.ts';
import { kerasNames } from '../network/keras-names.ts';
import type { Recipe } from '../training/recipe.ts';
import { beginningLines } from './beginning-lines.ts';
import { endOf, recipeFor, standardImports } from './data-source.ts';
import { matrixLayers } from './matrix-layers.ts';
import type { ProgramOptions } from './program-options.ts';
import { indented } from './python.ts';
import { POSITION_MODULE, SELF_ATTENTION } from './pytorch-attention.ts';
import { torchData } from './pytorch-data.ts';
import { torchLayer } from './pytorch-layers.ts';
import { torchOptimizer } from './pytorch-optimizers.ts';
import { processLines } from './pytorch-processes.ts';
import { penaltyTerms, startLines, trainLines, type Written } from './pytorch-start.ts';
import { torchTraining } from './pytorch-training.ts';

/** A Python program for PyTorch that builds and trains the network as the recipe says; its weights are a SafeTensors file. */
export function pytorchCode(graph: Graph, wanted: Recipe, options: ProgramOptions = {}): string {
  const { weights = null, beginning = null, isShared = false } = options;
  const { dataset } = graph;
  const recipe = recipeFor(dataset, wanted);
  const written = writtenLayers(graph);
  const network = networkClass(written, dataset);
  const { imports, source, data } = torchData(recipe, dataset, isShared);
  const matrices = matrixLayers(graph);
  const task = {
    ending: endOf(graph),
    classes: classCountOf(dataset),
    penalties: penaltyTerms(written),
    beginning: weightLines(options),
    isShared,
    matrices,
    areImages: dataset.samples.kind === 'image',
    normalizes: graph.nodes.some(({ spec }) => spec.kind === 'batchNormalization'),
  };
  const training = torchTraining(recipe, task);
  const own = Object.entries(OWN_MODULES).flatMap(([name, lines]) =>
    network.some((line) => line.includes(`${name}(`)) ? [...lines, '', ''] : [],
  );
  const { definition } = torchOptimizer(recipe, matrices);
  const optimizer = definition.length > 0 ? [...definition, '', ''] : [];
  const processes = isShared ? ['', ...processLines(recipe.batchSize)] : [];
  const program = [...own, ...network, '', '', ...optimizer, ...data, '', ...training];
  const lines = [
    ...standardImports([...processes, ...source, ...program].join('\n')),
    ...imports,
    ...(weights === null && beginning === null ? [] : ['from safetensors.torch import load_file']),
    ...source,
    '',
    `torch.manual_seed(${recipe.seed})`,
    ...processes,
    '',
    '',
    ...program,
  ];
  return `${lines.join('\n')}\n`;
}

/** The lines that load weights, all of them or those of some layers. */
function weightLines(options: ProgramOptions): readonly string[] {
  const { weights = null } = options;
  if (weights === null) return beginningLines('torch', options);
  return [`model.load_state_dict(load_file(${JSON.stringify(weights)}))`];
}

function writtenLayers({ nodes }: Graph): readonly Written[] {
  const names = kerasNames(nodes.map(({ spec }) => spec));
  return nodes.map((node, i) => ({ node, name: at(names, i), layer: torchLayer(node, i === nodes.length - 1) }));
}

function networkClass(written: readonly Written[], dataset: DatasetSpec): readonly string[] {
  const modules = written.flatMap(({ name, layer }) =>
    Object.entries(layer.modules).map(([ending, module]) => `self.${name}${ending} = ${module}`),
  );
  return [
    'class Network(nn.Module):',
    ...indented(['def __init__(self):', ...indented(['super().__init__()', ...withNote(modules), 'self.start()']), '']),
    ...indented(['def start(self):', ...indented(startLines(written)), '']),
    ...indented(trainLines(written)),
    ...indented(['def forward(self, x):', ...indented(forwardLines(written, dataset))]),
  ];
}

/** The one thing that PyTorch keeps otherwise is told where it is first met. */
function withNote(modules: readonly string[]): readonly string[] {
  const note = '# Its running variance is n / (n - 1) times that of Keras, of n values of a channel in a batch.';
  const first = modules.findIndex((line) => line.includes('nn.BatchNorm'));
  return modules.flatMap((line, i) => (i === first ? [note, line] : [line]));
}

/** Names for the outputs that a later layer takes past its neighbour; every other one is just `x`. */
function forwardLines(written: readonly Written[], { samples }: DatasetSpec): readonly string[] {
  const kept = new Set(written.flatMap(({ node }, i) => node.inputs.filter((input) => input !== i - 1)));
  const names: string[] = [];
  const given = samples.kind === 'image' ? 'image' : 'row';
  const nameOf = (position: number) => (position < 0 ? (kept.has(-1) ? given : 'x') : (names[position] ?? 'x'));
  const lines = written.map(({ node, name, layer }, i) => {
    const own = kept.has(i) ? name : 'x';
    const value = layer.forward(node.inputs.map(nameOf), (ending = '') => `self.${name}${ending}`);
    names.push(own);
    return value === own ? '' : `${own} = ${value}`;
  });
  const result = names.at(-1) ?? 'x';
  return [
    ...(kept.has(-1) ? [`${given} = x`] : []),
    ...lines.filter((line) => line !== ''),
    `return ${result}  # logits`,
  ];
}

/** The plain recurrent layer with the functions that `nn.RNN` lacks, under the same names. */
const ELMAN: readonly string[] = [
  'class ElmanRNN(nn.RNN):',
  '    """nn.RNN with the functions that it lacks."""',
  '',
  '    def __init__(self, features, units, nonlinearity, **options):',
  '        super().__init__(features, units, **options)',
  '        self.function = torch.sigmoid if nonlinearity == "sigmoid" else nn.Identity()',
  '',
  '    def forward(self, x):',
  '        ways = [self.read(x, way) for way in (["", "_reverse"] if self.bidirectional else [""])]',
  '        return torch.cat([steps for steps, _ in ways], -1), torch.stack([state for _, state in ways])',
  '',
  '    def read(self, x, way):',
  '        sums = F.linear(x, getattr(self, f"weight_ih_l0{way}"), getattr(self, f"bias_ih_l0{way}"))',
  '        state, steps = x.new_zeros(len(x), self.hidden_size), []',
  '        for step in sums.unbind(1)[:: -1 if way else 1]:',
  '            state = self.function(step + F.linear(state, getattr(self, f"weight_hh_l0{way}")))',
  '            steps.append(state)',
  '        return torch.stack(steps[:: -1 if way else 1], 1), state',
];

/** What programs bring along, by name, where a network has it. */
const OWN_MODULES: Readonly<Record<string, readonly string[]>> = {
  ElmanRNN: ELMAN,
  PositionEmbedding: POSITION_MODULE,
  SelfAttention: SELF_ATTENTION,
};
