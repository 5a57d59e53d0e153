import { at } from '../at.ts';
import { classCountOf, type DatasetSpec } from '../dataset/spec.ts';
import type { Graph } from '../network/graph.ts';
import type { GraphNode } from '../network/graph-node.ts';
import type { RecurrentInitializer } from '../network/initializers.ts';
import { kerasNames } from '../network/keras-names.ts';
import type { Recipe } from '../training/recipe.ts';
import { endOf, recipeFor } from './data-source.ts';
import { indented } from './python.ts';
import { torchData } from './pytorch-data.ts';
import { type TorchLayer, torchLayer } from './pytorch-layers.ts';
import { torchTraining } from './pytorch-training.ts';

/** A layer with its name and what it is in PyTorch. */
interface Written {
  readonly node: GraphNode;
  readonly name: string;
  readonly layer: TorchLayer;
}

/** A Python program for PyTorch that builds and trains the network as the recipe says. */
export function pytorchCode(graph: Graph, wanted: Recipe): string {
  const { dataset } = graph;
  const recipe = recipeFor(dataset, wanted);
  const written = writtenLayers(graph);
  const network = networkClass(written, dataset);
  const { imports, source, data } = torchData(recipe, dataset);
  const task = { ending: endOf(graph), classes: classCountOf(dataset), penalties: penaltyTerms(written) };
  const training = torchTraining(recipe, task);
  const own = network.some((line) => line.includes('ElmanRNN')) ? [...ELMAN, '', ''] : [];
  const lines = [
    ...imports,
    ...source,
    '',
    `torch.manual_seed(${recipe.seed})`,
    '',
    '',
    ...own,
    ...network,
    '',
    '',
    ...data,
    '',
    ...training,
  ];
  return `${lines.join('\n')}\n`;
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
    ...indented(['def __init__(self):', ...indented(['super().__init__()', ...modules, 'self.start()']), '']),
    ...indented(['def start(self):', ...indented(startLines(written)), '']),
    ...indented(['def forward(self, x):', ...indented(forwardLines(written, dataset))]),
  ];
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

const STARTS: { readonly [Name in RecurrentInitializer]: (weight: string, stddev: number) => string } = {
  glorotUniform: (weight) => `nn.init.xavier_uniform_(${weight})`,
  glorotNormal: (weight) => `nn.init.xavier_normal_(${weight})`,
  heUniform: (weight) => `nn.init.kaiming_uniform_(${weight}, nonlinearity="relu")`,
  heNormal: (weight) => `nn.init.kaiming_normal_(${weight}, nonlinearity="relu")`,
  lecunUniform: (weight) => `nn.init.kaiming_uniform_(${weight}, nonlinearity="linear")`,
  lecunNormal: (weight) => `nn.init.kaiming_normal_(${weight}, nonlinearity="linear")`,
  randomNormal: (weight, stddev) => `nn.init.normal_(${weight}, std=${stddev})`,
  zeros: (weight) => `nn.init.zeros_(${weight})`,
  ones: (weight) => `nn.init.ones_(${weight})`,
  orthogonal: (weight) => `nn.init.orthogonal_(${weight})`,
};

/** Initial weights by the rules of Keras: those of PyTorch are smaller, and its biases are not zero. */
function startLines(written: readonly Written[]): readonly string[] {
  const lines = written.flatMap(({ node: { spec }, name, layer }) => {
    if (!('kernelInitializer' in spec)) return (layer.frozen ?? []).map((ending) => freeze(name, ending));
    const { kernelInitializer, stddev } = spec;
    const kernels = (layer.kernels ?? []).map((ending) => STARTS[kernelInitializer](`self.${name}${ending}`, stddev));
    const states =
      'recurrentInitializer' in spec
        ? (layer.kernels ?? []).map((ending) =>
            STARTS[spec.recurrentInitializer](`self.${name}${ending.replace('_ih_', '_hh_')}`, stddev),
          )
        : [];
    const gates =
      spec.kind === 'lstm'
        ? (layer.kernels ?? []).map((ending) => {
            const bias = `self.${name}${ending.replace('weight', 'bias')}`;
            return `nn.init.ones_(${bias}.data[${spec.units}:${2 * spec.units}])  # the forget gate`;
          })
        : [];
    return [...kernels, ...states, ...gates, ...(layer.frozen ?? []).map((ending) => freeze(name, ending))];
  });
  const biases = [
    'for name, weight in self.named_parameters():',
    ...indented(['if "bias" in name:', ...indented(['nn.init.zeros_(weight)'])]),
  ];
  return ['"""Initial weights as in Keras."""', ...biases, ...lines];
}

function freeze(name: string, ending: string): string {
  return `self.${name}${ending}.requires_grad_(False)`;
}

/** The penalties of all kernels as terms of a sum. */
function penaltyTerms(written: readonly Written[]): readonly string[] {
  return written.flatMap(({ node: { spec }, name, layer }) => {
    if (!('l1' in spec)) return [];
    return (layer.kernels ?? []).flatMap((ending) => {
      const weight = `model.${name}${ending}`;
      const l1 = spec.l1 > 0 ? [`${spec.l1} * ${weight}.abs().sum()`] : [];
      return spec.l2 > 0 ? [...l1, `${spec.l2} * ${weight}.square().sum()`] : l1;
    });
  });
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
