import { Fragment, type ReactNode } from 'react';
import './layer-body.css';

/** A calculation under an open card: its result, and how it comes about. */
export interface LayerSum {
  readonly label: string;
  /** As `(3·3·1 + 1) × 32 = 320`; results are set in bold. */
  readonly lines: readonly string[];
}

/** Props of {@link LayerBody}. */
export interface LayerBodyProps {
  readonly sums?: readonly LayerSum[];
  readonly children: ReactNode;
}

/** The fields of an open card on twelve columns (classes `s2` ... `s6` span them), and the sums below them. */
export function LayerBody({ sums = [], children }: LayerBodyProps) {
  return (
    <div className="layer-body">
      {children}
      {sums.length > 0 && (
        <dl className="layer-note">
          {sums.map(({ label, lines }) => (
            <div key={label}>
              <dt>{label}</dt>
              {lines.map((line) => (
                <dd key={line}>
                  <SumText text={line} />
                </dd>
              ))}
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

/** Sets each result behind an equals sign in bold. */
function SumText({ text }: { readonly text: string }) {
  const parts = text.split(/(?<== )(\d[\d,×]*(?<=\d))(?! [×·+])/);
  return parts.map((part, index) => {
    const key = `${index} ${part}`;
    return index % 2 === 1 ? <b key={key}>{part}</b> : <Fragment key={key}>{part}</Fragment>;
  });
}
