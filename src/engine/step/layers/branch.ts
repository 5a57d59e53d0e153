import type { BranchSpec } from '../../../core/network/layers/branch.ts';
import type { LayerRecorder } from './site.ts';

/** The output of the earlier layer, which is the only input in the graph. */
export const branch: LayerRecorder<BranchSpec> = ({ inputs: [x] }) => x;
