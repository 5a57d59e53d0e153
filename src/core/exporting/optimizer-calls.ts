import type { AdamOptions } from '../training/optimizers/adam.ts';
import type { OptimizerKind, OptimizerSpec, OptimizerSpecOf } from '../training/optimizers/registry.ts';
import { type Keywords, real, realUnless, rounded, unless } from './python.ts';

/** How a library makes an optimizer: its class, and arguments beside learning rate and clipping. Null is the usual value. */
export interface OptimizerCall {
  readonly name: string;
  readonly keywords: Keywords;
}

/** The two libraries that have optimizers. */
type Library = 'keras' | 'torch';

/** How the libraries make one kind of optimizer. */
type Calls<Spec> = { readonly [Name in Library]: (spec: Spec) => OptimizerCall };

/** How the libraries make each kind of optimizer. A kind without it does not compile. */
const CALLS: { readonly [Kind in OptimizerKind]: Calls<OptimizerSpecOf<Kind>> } = {
  adam: {
    keras: (spec) => ({ name: 'Adam', keywords: kerasConstants(spec) }),
    torch: (spec) => ({ name: 'Adam', keywords: torchConstants(spec) }),
  },
  adamw: {
    keras: (spec) => ({ name: 'AdamW', keywords: kerasConstants(spec) }),
    torch: (spec) => ({ name: 'AdamW', keywords: { ...torchConstants(spec), weight_decay: real(spec.weightDecay) } }),
  },
  muon: {
    keras: ({ momentum, nesterov, beta1, beta2, epsilon }) => ({
      name: 'Muon',
      keywords: {
        adam_beta_1: realUnless(beta1, 0.9),
        adam_beta_2: realUnless(beta2, 0.999),
        epsilon: realUnless(epsilon, 1e-7),
        momentum: realUnless(momentum, 0.95),
        nesterov: unless(nesterov, true),
      },
    }),
    torch: ({ momentum, nesterov, beta1, beta2, epsilon }) => ({
      name: 'Muon',
      keywords: { momentum: real(momentum), nesterov, betas: [real(beta1), real(beta2)], eps: real(epsilon) },
    }),
  },
  sgd: {
    keras: () => ({ name: 'SGD', keywords: {} }),
    torch: () => ({ name: 'SGD', keywords: {} }),
  },
  momentum: {
    keras: (spec) => ({
      name: 'SGD',
      keywords: { momentum: real(spec.momentum), nesterov: unless(spec.nesterov, false) },
    }),
    torch: (spec) => ({
      name: 'SGD',
      keywords: { momentum: real(spec.momentum), nesterov: unless(spec.nesterov, false) },
    }),
  },
  rmsprop: {
    keras: (spec) => ({
      name: 'RMSprop',
      keywords: { rho: realUnless(spec.rho, 0.9), epsilon: realUnless(spec.epsilon, 1e-7) },
    }),
    torch: (spec) => ({ name: 'RMSprop', keywords: { alpha: real(spec.rho), eps: real(spec.epsilon) } }),
  },
  adagrad: {
    keras: (spec) => ({
      name: 'Adagrad',
      keywords: {
        initial_accumulator_value: realUnless(spec.initialAccumulator, 0.1),
        epsilon: realUnless(spec.epsilon, 1e-7),
      },
    }),
    // PyTorch adds its epsilon after the root; what the sum starts with is under it.
    torch: (spec) => ({
      name: 'Adagrad',
      keywords: { initial_accumulator_value: rounded(spec.initialAccumulator + spec.epsilon), eps: real(0) },
    }),
  },
};

/** How a library makes an optimizer. */
export function libraryCall(library: Library, optimizer: OptimizerSpec): OptimizerCall {
  return callOf(optimizer.kind, library, optimizer);
}

function callOf<Kind extends OptimizerKind>(kind: Kind, library: Library, spec: OptimizerSpecOf<Kind>): OptimizerCall {
  return CALLS[kind][library](spec);
}

/** The arguments of Keras' Adam and AdamW. */
function kerasConstants({ beta1, beta2, epsilon }: AdamOptions): Keywords {
  return {
    beta_1: realUnless(beta1, 0.9),
    beta_2: realUnless(beta2, 0.999),
    epsilon: realUnless(epsilon, 1e-7),
  };
}

/** The arguments of PyTorch's Adam and AdamW. */
function torchConstants({ beta1, beta2, epsilon }: AdamOptions): Keywords {
  return { betas: beta1 === 0.9 && beta2 === 0.999 ? null : [real(beta1), real(beta2)], eps: real(epsilon) };
}
