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
export function torchOptimizer({ optimizer, learningRate, schedule }: Recipe): TorchOptimizer {
  const { name, keywords } = libraryCall('torch', optimizer);
  // At a constant rate both have the same momentum.
  const own = optimizer.kind === 'momentum' && schedule.kind === 'constant' ? undefined : OWN_CLASSES[optimizer.kind];
  return {
    definition: own?.(name) ?? [],
    call: call(own === undefined ? `torch.optim.${name}` : name, [verbatim('model.parameters()')], {
      lr: real(learningRate),
      ...keywords,
    }),
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

/** The classes of optimizers whose rule in PyTorch is another one. */
const OWN_CLASSES: { readonly [Kind in OptimizerKind]?: (name: string) => readonly string[] } = {
  adam,
  adamw: adam,
  momentum,
  rmsprop,
};
