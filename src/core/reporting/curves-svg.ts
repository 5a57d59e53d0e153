import { escaped } from './html.ts';

/** A curve: a value for each epoch, NaN where there is none. */
export interface ReportCurve {
  readonly title: string;
  readonly values: readonly number[];
  readonly isDashed: boolean;
}

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [420, 220, 56, 26] as const;

/** Curves over epochs as SVG. `text`: a value of the axis in words. */
export function curvesSvg(title: string, curves: readonly ReportCurve[], text: (value: number) => string): string {
  const known = curves.flatMap(({ values }) => values.filter(Number.isFinite));
  if (known.length === 0) return '';
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const span = most - least || 1;
  const epochs = Math.max(...curves.map(({ values }) => values.length));
  const x = (epoch: number) => LEFT + ((WIDTH - LEFT - 10) * epoch) / Math.max(1, epochs - 1);
  const y = (value: number) => 10 + ((HEIGHT - BOTTOM - 10) * (most - value)) / span;
  const axis = [least, (least + most) / 2, most].map(
    (value) =>
      `<line x1="${LEFT}" x2="${WIDTH - 10}" y1="${y(value)}" y2="${y(value)}"/><text x="${LEFT - 6}" y="${y(value) + 4}" text-anchor="end">${escaped(text(value))}</text>`,
  );
  const lines = curves.map(({ values, isDashed }) => {
    const points = values.flatMap((value, i) =>
      Number.isFinite(value) ? [`${x(i).toFixed(1)},${y(value).toFixed(1)}`] : [],
    );
    const [only] = points.length === 1 ? points : [];
    if (only !== undefined) return `<circle cx="${only.split(',')[0]}" cy="${only.split(',')[1]}" r="3"/>`;
    return `<polyline points="${points.join(' ')}"${isDashed ? ' stroke-dasharray="5 4"' : ''}/>`;
  });
  const key = curves.map(({ title: name, isDashed }) => `${isDashed ? '- - ' : '— '}${name}`).join(' · ');
  return [
    `<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">`,
    ...axis,
    ...lines,
    `<text x="${LEFT}" y="${HEIGHT - 6}">epoch 1</text>`,
    `<text x="${WIDTH - 10}" y="${HEIGHT - 6}" text-anchor="end">epoch ${epochs}</text>`,
    `</svg><figcaption>${escaped(title)}: ${escaped(key)}</figcaption></figure>`,
  ].join('');
}
