import type { BranchSpec } from '../../../core/network/layers/branch.ts';
import type { LayerForward } from './forward.ts';

/** The output of the earlier layer, which the graph hands over as the only input. */
export const branch: LayerForward<BranchSpec> = ({ inputs: [x] }) => x;
