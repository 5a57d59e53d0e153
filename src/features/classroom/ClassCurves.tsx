import { useId } from 'react';
import type { ClassRow } from './class-rows.ts';

/** Props of {@link ClassCurves}. */
export interface ClassCurvesProps {
  readonly rows: readonly ClassRow[];
  /** The id of the hand-in that stands out; null for none. */
  readonly marked: string | null;
}

const SIZE = { width: 640, height: 220, left: 40, bottom: 24, top: 8, right: 8 };

/** The validation accuracy of every run of a class, epoch by epoch. Its figures are in the table. */
export function ClassCurves({ rows, marked }: ClassCurvesProps) {
  const title = useId();
  const curves = rows.flatMap(({ handIn: { id, run } }) => {
    const values = run?.epochs.map(({ validation }) => validation?.accuracy ?? Number.NaN) ?? [];
    return values.some(Number.isFinite) ? [{ id, values }] : [];
  });
  if (curves.length === 0) return null;
  const known = curves.flatMap(({ values }) => values.filter(Number.isFinite));
  const least = Math.floor(10 * Math.min(...known)) / 10;
  const epochs = Math.max(...curves.map(({ values }) => values.length));
  const x = (epoch: number) => SIZE.left + ((SIZE.width - SIZE.left - SIZE.right) * epoch) / Math.max(1, epochs - 1);
  const y = (value: number) =>
    SIZE.top + ((SIZE.height - SIZE.top - SIZE.bottom) * (1 - value)) / Math.max(1e-9, 1 - least);
  const points = (values: readonly number[]) =>
    values.flatMap((value, epoch) => (Number.isFinite(value) ? [`${x(epoch).toFixed(1)},${y(value).toFixed(1)}`] : []));
  return (
    <svg className="class-curves" role="img" aria-labelledby={title} viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}>
      <title id={title}>Validation accuracy of {curves.length} runs by epoch</title>
      {[1, (1 + least) / 2, least].map((value) => (
        <g key={value}>
          <line x1={SIZE.left} x2={SIZE.width - SIZE.right} y1={y(value)} y2={y(value)} />
          <text x={SIZE.left - 6} y={y(value) + 4} textAnchor="end">
            {Math.round(100 * value)} %
          </text>
        </g>
      ))}
      <text x={SIZE.left} y={SIZE.height - 6}>
        epoch 1
      </text>
      <text x={SIZE.width - SIZE.right} y={SIZE.height - 6} textAnchor="end">
        epoch {epochs}
      </text>
      {curves.map(({ id, values }) =>
        values.length === 1 ? (
          <circle key={id} data-marked={id === marked} cx={x(0)} cy={y(values[0] ?? 0)} r={3} />
        ) : (
          <polyline key={id} data-marked={id === marked} points={points(values).join(' ')} />
        ),
      )}
    </svg>
  );
}
