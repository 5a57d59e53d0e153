import type { ActivationSpec } from '../../../core/network/layers/activation.ts';
import { activate } from '../ops/activate.ts';
import type { LayerForward } from './forward.ts';

/** An activation as a layer of its own. */
export const activation: LayerForward<ActivationSpec> = ({ spec, inputs: [x] }) => activate(x, spec.activation);
