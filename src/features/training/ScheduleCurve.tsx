import { at, last } from '../../core/at.ts';
import { rateText } from '../../core/text/number-text.ts';
import type { Recipe } from '../../core/training/recipe.ts';
import { scheduleCurve } from '../../core/training/schedule.ts';

const [WIDTH, HEIGHT] = [200, 36];

/** The learning rate over the run as a small curve, from the first step at the left to the last at the right. */
export function ScheduleCurve({ recipe: { schedule, learningRate } }: { readonly recipe: Recipe }) {
  const rates = scheduleCurve(schedule, learningRate, WIDTH);
  const points = rates.map((rate, x) => `${x},${(HEIGHT - 2 - (rate / learningRate) * (HEIGHT - 4)).toFixed(1)}`);
  const words = `The learning rate starts at ${rateText(at(rates, 0))} and ends at ${rateText(last(rates))}.`;
  return (
    <figure className="schedule-curve">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words} preserveAspectRatio="none">
        <polyline points={points.join(' ')} />
      </svg>
      <figcaption>{words}</figcaption>
    </figure>
  );
}
