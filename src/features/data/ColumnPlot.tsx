import type { ColumnSurvey } from '../../core/dataset/table-reading.ts';
import { countText, numberText } from '../../core/text/number-text.ts';

const WIDTH = 96;
const HEIGHT = 24;

/** How the cells of a column are distributed: a histogram of numbers, or how often each category occurs. */
export function ColumnPlot({ survey: { name, numbers, top } }: { readonly survey: ColumnSurvey }) {
  const counts = numbers?.histogram ?? top.map(({ count }) => count);
  const most = Math.max(...counts, 1);
  const width = WIDTH / Math.max(counts.length, 1);
  const words = numbers
    ? `${name}: ${short(numbers.least)} to ${short(numbers.most)}, on average ${short(numbers.mean)}`
    : `${name}: ${top.map(({ text, count }) => `${text} ${countText(count)}`).join(', ')}`;
  if (counts.length === 0) return <span className="column-plot" />;
  return (
    <figure className="column-plot">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words}>
        <title>{words}</title>
        {counts.map((count, i) => {
          const height = count === 0 ? 0 : Math.max(1, (count / most) * HEIGHT);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place.
            <rect key={i} x={i * width} y={HEIGHT - height} width={Math.max(1, width - 1)} height={height} />
          );
        })}
      </svg>
      <figcaption className="muted">
        {numbers ? (
          <>
            <span>{short(numbers.least)}</span>
            <span>{short(numbers.most)}</span>
          </>
        ) : (
          <span>{top[0]?.text}</span>
        )}
      </figcaption>
    </figure>
  );
}

/** A number with three digits. */
function short(value: number): string {
  return numberText(Number(value.toPrecision(Math.abs(value) >= 1000 ? 6 : 3)));
}
