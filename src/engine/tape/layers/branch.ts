import type { BranchSpec } from '../../../core/network/layers/branch.ts';
import type { LayerForward } from './forward.ts';

/** The output of the earlier layer, which is the only input in the graph. */
export const branch: LayerForward<BranchSpec> = ({ inputs: [x] }) => x;
