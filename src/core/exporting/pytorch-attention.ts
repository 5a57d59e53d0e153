import { last } from '../at.ts';
import { patchGrid } from '../network/layers/patches.ts';
import { call, realUnless } from './python.ts';
import { channelsLast, expression, plain, type TorchLayer, type TorchSite } from './pytorch-site.ts';

/** Squares of an image, each with its values in the order that Keras gives them. */
export function patches({ spec, input, output }: TorchSite<'patches'>): TorchLayer {
  const { patchSize: size } = spec;
  const [rows, columns] = patchGrid(spec, input);
  const lines = `reshape(-1, ${rows}, ${size}, ${columns}, ${size * last(input)})`;
  return expression((x) => `${channelsLast(x, input)}.${lines}.transpose(2, 3).reshape(-1, ${output.join(', ')})`);
}

/** The module that the program brings: PyTorch has none. */
export function positionEmbedding({ input }: TorchSite<'positionEmbedding'>): TorchLayer {
  return plain(call('PositionEmbedding', [...input]));
}

/** The module that the program brings: that of PyTorch has heads of no other size than the width divided by them. */
export function multiHeadAttention({ spec, input }: TorchSite<'multiHeadAttention'>): TorchLayer {
  const { heads, keySize, dropout } = spec;
  return {
    ...plain(call('SelfAttention', [last(input), heads, keySize], { dropout: realUnless(dropout, 0) })),
    kernels: ['.query.weight', '.key.weight', '.value.weight', '.output.weight'],
  };
}

/** Multi-head self-attention with a key size of its own. */
export const SELF_ATTENTION: readonly string[] = [
  'class SelfAttention(nn.Module):',
  '    """Multi-head self-attention as Keras has it: nn.MultiheadAttention with heads of any size."""',
  '',
  '    def __init__(self, features, heads, size, dropout=0.0):',
  '        super().__init__()',
  '        self.heads, self.dropout = heads, dropout',
  '        self.query = nn.Linear(features, heads * size)',
  '        self.key = nn.Linear(features, heads * size)',
  '        self.value = nn.Linear(features, heads * size)',
  '        self.output = nn.Linear(heads * size, features)',
  '',
  '    def forward(self, x):',
  '        parts = [part(x).unflatten(-1, (self.heads, -1)) for part in (self.query, self.key, self.value)]',
  '        dropout = self.dropout if self.training else 0.0',
  '        mixed = F.scaled_dot_product_attention(*(part.transpose(1, 2) for part in parts), dropout_p=dropout)',
  '        return self.output(mixed.transpose(1, 2).flatten(2))',
];

/** A trained vector for each place, which starts as the program says. */
export const POSITION_MODULE: readonly string[] = [
  'class PositionEmbedding(nn.Module):',
  '    """Adds a trained vector to each place of a sequence."""',
  '',
  '    def __init__(self, places, features):',
  '        super().__init__()',
  '        self.embeddings = nn.Parameter(torch.empty(places, features))',
  '',
  '    def forward(self, x):',
  '        return x + self.embeddings',
];
