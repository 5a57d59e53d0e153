import { addToRows as add } from '../../kernels/add-to-each.ts';
import type { Bind } from './binding.ts';

export const addToRows: Bind<'addToRows'> = ({ recording, operation: { inputs, outputs, attributes }, at }) =>
  add(recording, attributes, { x: at(inputs.x), values: at(inputs.values), y: at(outputs.y) });
