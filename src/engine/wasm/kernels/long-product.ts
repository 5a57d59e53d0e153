import type { FunctionCall, Subroutine } from '../assembler.ts';
import { i32, loopUntil, sequence, when } from '../code.ts';
import { ENTRY, PRODUCT, PRODUCT_ADD, PRODUCT_ADD_RELU, PRODUCT_PARAMETERS, PRODUCT_RELU } from './product.ts';

/**
 * The most steps that are summed at once. A float32 loses digits of a sum of thousands of products; the sum of a few such sums is as
 * exact as each of them.
 */
const MOST_STEPS = 384;

type Parameter = (typeof PRODUCT_PARAMETERS)[number];

/** PRODUCT for any number of steps, negative results set to 0 where `relu` is 1. */
export const LONG_PRODUCT: Subroutine<Parameter | 'relu'> = {
  name: 'longProduct',
  parameters: [...PRODUCT_PARAMETERS, 'relu'],
  write: ({ parameters, scope, module }) => {
    const { steps, stepsEnd, relu } = parameters;
    const [begin, beginRelu] = [module.use(PRODUCT), module.use(PRODUCT_RELU)];
    const [add, addRelu] = [module.use(PRODUCT_ADD), module.use(PRODUCT_ADD_RELU)];
    const [bytes, end] = [scope.local('i32'), scope.local('i32')];
    const part = (plain: FunctionCall<Parameter>, clipped: FunctionCall<Parameter>) => {
      const values = { ...parameters, stepsEnd: end };
      return sequence(
        end.set(i32.add(steps, bytes)),
        when(i32.gtU(end, stepsEnd), end.set(stepsEnd)),
        when(i32.and(relu, i32.eq(end, stepsEnd)), clipped(values), plain(values)),
        steps.set(end),
      );
    };
    const count = i32.div(i32.sub(stepsEnd, steps), ENTRY);
    // One where there is no step.
    const parts = i32.add(i32.div(i32.sub(count, 1), MOST_STEPS), 1);
    return sequence(
      // Parts of equal length, up to one step.
      bytes.set(i32.mul(i32.div(i32.add(count, i32.sub(parts, 1)), parts), ENTRY)),
      part(begin, beginRelu),
      loopUntil(i32.eq(steps, stepsEnd), part(add, addRelu)),
    );
  },
};
