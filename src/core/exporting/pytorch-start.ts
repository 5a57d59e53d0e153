import type { GraphNode } from '../network/graph-node.ts';
import { deviationOf } from '../network/initial-values.ts';
import type { Initializer, RecurrentInitializer } from '../network/initializers.ts';
import { EMBEDDING_STDDEV } from '../network/layers/position-embedding.ts';
import { isFrozen, traitsOf } from '../network/layers/registry.ts';
import { indented, real } from './python.ts';
import type { TorchLayer } from './pytorch-site.ts';

/** A layer with its name and what it is in PyTorch. */
export interface Written {
  readonly node: GraphNode;
  readonly name: string;
  readonly layer: TorchLayer;
}

const STARTS: { readonly [Name in RecurrentInitializer]: (weight: string, stddev: number) => string } = {
  glorotUniform: (weight) => `nn.init.xavier_uniform_(${weight})`,
  glorotNormal: (weight) => `nn.init.xavier_normal_(${weight})`,
  heUniform: (weight) => `nn.init.kaiming_uniform_(${weight}, nonlinearity="relu")`,
  heNormal: (weight) => `nn.init.kaiming_normal_(${weight}, nonlinearity="relu")`,
  lecunUniform: (weight) => `nn.init.kaiming_uniform_(${weight}, nonlinearity="linear")`,
  lecunNormal: (weight) => `nn.init.kaiming_normal_(${weight}, nonlinearity="linear")`,
  randomNormal: (weight, stddev) => `nn.init.normal_(${weight}, std=${real(stddev).code})`,
  zeros: (weight) => `nn.init.zeros_(${weight})`,
  ones: (weight) => `nn.init.ones_(${weight})`,
  orthogonal: (weight) => `nn.init.orthogonal_(${weight})`,
};

/** Initial weights by the rules of Keras: those of PyTorch are smaller, and its biases are not zero. */
export function startLines(written: readonly Written[]): readonly string[] {
  const lines = written.flatMap(({ node, name, layer }) => {
    const { spec } = node;
    if (spec.kind === 'positionEmbedding') return [STARTS.randomNormal(`self.${name}.embeddings`, EMBEDDING_STDDEV)];
    if (!('kernelInitializer' in spec)) return (layer.frozen ?? []).map((ending) => freeze(name, ending));
    const { kernelInitializer, stddev } = spec;
    const kernels = (layer.kernels ?? []).map((ending) => {
      const weight = `self.${name}${ending}`;
      return depthwiseStart(node, ending, weight) ?? STARTS[kernelInitializer](weight, stddev);
    });
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
  return ['"""Initial weights as in Keras."""', ...biases, ...lines, ...frozenLines(written)];
}

/** Weights that training leaves as they are. */
function frozenLines(written: readonly Written[]): readonly string[] {
  return written
    .filter(({ node: { spec } }) => isFrozen(spec))
    .flatMap(({ name, layer }) => Object.keys(layer.modules).map((ending) => freeze(name, ending)));
}

/** A frozen normalisation uses the statistics that it has, in training, too. */
export function trainLines(written: readonly Written[]): readonly string[] {
  const still = written.filter(({ node: { spec } }) => isFrozen(spec) && traitsOf(spec).normalizes === 'channels');
  if (still.length === 0) return [];
  const body = ['super().train(mode)', ...still.map(({ name }) => `self.${name}.eval()  # frozen`), 'return self'];
  return ['def train(self, mode=True):', ...indented(body), ''];
}

/** PyTorch counts the inputs of one channel of a depthwise kernel, Keras those of all; null for other kernels. */
function depthwiseStart({ spec, weights }: GraphNode, ending: string, weight: string): string | null {
  const kernel = weights.find(({ name }) => name === 'depthwiseKernel');
  if (kernel === undefined || !('depthMultiplier' in spec) || ending === '_pointwise.weight') return null;
  const { kernelInitializer, stddev } = spec;
  if (!SCALED.has(kernelInitializer)) return null;
  const deviation = deviationOf(kernelInitializer, kernel.shape, stddev);
  const number = (value: number) => real(Number(value.toPrecision(6))).code;
  if (!kernelInitializer.endsWith('Uniform')) return `nn.init.normal_(${weight}, std=${number(deviation)})`;
  const limit = number(Math.sqrt(3) * deviation);
  return `nn.init.uniform_(${weight}, -${limit}, ${limit})`;
}

/** Initializers whose numbers depend on how many inputs and outputs a kernel has. */
const SCALED: ReadonlySet<Initializer> = new Set([
  'glorotUniform',
  'glorotNormal',
  'heUniform',
  'heNormal',
  'lecunUniform',
  'lecunNormal',
]);

function freeze(name: string, ending: string): string {
  return `self.${name}${ending}.requires_grad_(False)`;
}

/** The penalties of all kernels as terms of a sum. */
export function penaltyTerms(written: readonly Written[]): readonly string[] {
  return written.flatMap(({ node: { spec }, name, layer }) => {
    if (!('l1' in spec)) return [];
    return (layer.kernels ?? []).flatMap((ending) => {
      const weight = `model.${name}${ending}`;
      const l1 = spec.l1 > 0 ? [`${real(spec.l1).code} * ${weight}.abs().sum()`] : [];
      return spec.l2 > 0 ? [...l1, `${real(spec.l2).code} * ${weight}.square().sum()`] : l1;
    });
  });
}
