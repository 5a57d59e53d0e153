import { Term } from '../terms.tsx';

const STROKES = {
  training: 'var(--train)',
  'training sample': 'var(--train)',
  validation: 'var(--val)',
  'earlier runs': 'var(--run-6)',
  'seeds: mean, range': 'var(--run-6)',
} as const;

/** One line of the legend. */
export function Key({ line }: { readonly line: keyof typeof STROKES }) {
  return (
    <span className="key">
      <svg aria-hidden="true">
        {line.startsWith('seeds') && <rect width="22" height="10" fill={STROKES[line]} fillOpacity="0.18" />}
        <line
          x1="0"
          y1="5"
          x2="22"
          y2="5"
          stroke={STROKES[line]}
          strokeWidth={line.startsWith('earlier') ? 1.25 : 2.25}
          {...(line === 'training sample' && { strokeWidth: 1.5, strokeDasharray: '2 3.5', strokeLinecap: 'round' })}
        />
        {line === 'validation' && (
          <circle cx="11" cy="5" r="3" fill="var(--surface)" stroke={STROKES[line]} strokeWidth="1.75" />
        )}
      </svg>
      {line === 'validation' ? <Term>validation</Term> : line}
    </span>
  );
}
