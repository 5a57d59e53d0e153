import type { OptimizerKind } from '../training/optimizers/registry.ts';
import type { Recipe } from '../training/recipe.ts';
import { libraryCall } from './optimizer-calls.ts';
import { call, indented, real, verbatim } from './python.ts';

/** An optimizer in PyTorch: the class that it needs where PyTorch has another rule, and the call that makes it. */
export interface TorchOptimizer {
  readonly definition: readonly string[];
  readonly call: string;
}

/** The optimizer of a recipe by the app's rule, which is that of Keras. */
export function torchOptimizer(
  { optimizer, learningRate, schedule }: Recipe,
  matrices: readonly string[],
): TorchOptimizer {
  const { name, keywords } = libraryCall('torch', optimizer);
  // At a constant rate both have the same momentum.
  const own = optimizer.kind === 'momentum' && schedule.kind === 'constant' ? undefined : OWN_CLASSES[optimizer.kind];
  return {
    definition: own?.(name) ?? [],
    call: call(
      own === undefined ? `torch.optim.${name}` : name,
      optimizer.kind === 'muon' ? [verbatim('model'), matrices] : [verbatim('model.parameters()')],
      {
        lr: real(learningRate),
        ...keywords,
      },
    ),
  };
}

/** Adam as Keras has it: epsilon is added before the moving average is corrected. */
function adam(name: string): readonly string[] {
  return [
    `class ${name}(torch.optim.${name}):`,
    ...indented([
      '"""Adds epsilon as Keras does: before the average of squares is corrected for its start at 0."""',
      '',
      'steps = 0',
      '',
      'def step(self):',
      ...indented([
        'self.steps += 1',
        'for group in self.param_groups:',
        ...indented(['group["eps"] = self.defaults["eps"] / (1 - group["betas"][1] ** self.steps) ** 0.5']),
        'super().step()',
      ]),
    ]),
  ];
}

/** Momentum that carries on the last step, not the last gradients: they differ when the rate changes. */
function momentum(name: string): readonly string[] {
  return [
    `class ${name}(torch.optim.${name}):`,
    ...indented([
      '"""Carries on its last step, as Keras does: a new rate counts for new gradients only."""',
      '',
      'def step(self):',
      ...indented([
        '[group] = self.param_groups',
        'rate = group["lr"]',
        'for weight in group["params"]:',
        ...indented(['if weight.grad is not None:', ...indented(['weight.grad *= rate'])]),
        'group["lr"] = 1.0',
        'super().step()',
        'group["lr"] = rate',
      ]),
    ]),
  ];
}

/** RMSprop as Keras has it: epsilon is under the root. */
function rmsprop(name: string): readonly string[] {
  return [
    `class ${name}(torch.optim.Optimizer):`,
    ...indented([
      '"""Adds epsilon under the root, as Keras does."""',
      '',
      'def __init__(self, weights, **options):',
      ...indented(['super().__init__(weights, options)']),
      '',
      '@torch.no_grad()',
      'def step(self):',
      ...indented([
        'for group in self.param_groups:',
        ...indented([
          'for weight in (weight for weight in group["params"] if weight.grad is not None):',
          ...indented([
            'squares = self.state[weight].setdefault("squares", torch.zeros_like(weight))',
            'squares.lerp_(weight.grad.square(), 1 - group["alpha"])',
            'weight -= group["lr"] * weight.grad / (squares + group["eps"]).sqrt()',
          ]),
        ]),
      ]),
    ]),
  ];
}

/** Muon as Keras has it, in float32, and of kernels of convolutions, too. */
const MUON: readonly string[] = [
  'def orthogonal(x):',
  ...indented([
    '"""A matrix with the same singular vectors, whose singular values are about 1, by Newton-Schulz steps."""',
    'is_tall = x.shape[0] > x.shape[1]',
    'x = (x.T if is_tall else x) / (x.norm() + 1e-7)',
    'for _ in range(5):',
    ...indented(['gram = x @ x.T', 'x = 3.4445 * x + (-4.775 * gram + 2.0315 * gram @ gram) @ x']),
    'return x.T if is_tall else x',
  ]),
  '',
  '',
  'class Muon(torch.optim.Optimizer):',
  ...indented([
    '"""Moves the kernels of some layers by their momentum as a nearly orthogonal matrix, and all else as Adam does."""',
    '',
    'def __init__(self, model, layers, **options):',
    ...indented([
      'super().__init__(model.parameters(), options)',
      'self.matrices = {id(getattr(model, layer).weight) for layer in layers}',
      'self.steps = 0',
    ]),
    '',
    '@torch.no_grad()',
    'def step(self):',
    ...indented([
      'self.steps += 1',
      '[group] = self.param_groups',
      'rate, momentum, (beta1, beta2) = group["lr"], group["momentum"], group["betas"]',
      'for weight in (weight for weight in group["params"] if weight.grad is not None):',
      ...indented([
        'state, grad = self.state[weight], weight.grad',
        'mean = state.setdefault("mean", torch.zeros_like(weight))',
        'if id(weight) in self.matrices:',
        ...indented([
          'mean.mul_(momentum).add_(grad)',
          'matrix = orthogonal((grad + momentum * mean if group["nesterov"] else mean).flatten(1))',
          'weight -= rate * 0.2 * max(matrix.shape) ** 0.5 * matrix.reshape(weight.shape)',
        ]),
        'else:',
        ...indented([
          'square = state.setdefault("square", torch.zeros_like(weight))',
          'mean.lerp_(grad, 1 - beta1)',
          'square.lerp_(grad.square(), 1 - beta2)',
          'corrected = rate * (1 - beta2**self.steps) ** 0.5 / (1 - beta1**self.steps)',
          'weight -= corrected * mean / (square.sqrt() + group["eps"])',
        ]),
      ]),
    ]),
  ]),
];

/** The classes of optimizers whose rule in PyTorch is another one. */
const OWN_CLASSES: { readonly [Kind in OptimizerKind]?: (name: string) => readonly string[] } = {
  adam,
  adamw: adam,
  momentum,
  rmsprop,
  muon: () => MUON,
};
