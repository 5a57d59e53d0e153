import { memo, type RefObject, useState } from 'react';
import { download } from '../base/download.ts';
import { withTool } from '../card/tool.ts';
import { Button } from '../form/Button.tsx';
import { Popover } from '../overlay/Popover.tsx';
import type { ChartLines } from './chart-csv.ts';

/** What of a chart is worked out of single steps. */
export type ExactLines = Pick<ChartLines, 'trace' | 'training'>;

/** The part of a chart that its numbers come from. */
export interface ExportedChart extends ChartLines {
  readonly exact?: (() => Promise<ExactLines | null>) | undefined;
}

/** Props of {@link ChartExport}. */
export interface ChartExportProps {
  /** What the files are called, without an ending: `run 5 loss`. */
  readonly name: string;
  /** What the chart shows now, and lines to put in the place of those; see `CurveChartProps`. Read when they are asked for. */
  readonly chart: RefObject<ExportedChart>;
  /** What holds the chart as drawn. */
  readonly figure: RefObject<HTMLElement | null>;
  /** False while the chart is shown as a table: then there is no picture to save. */
  readonly drawn: boolean;
}

/** Saves a chart as a picture or as its numbers. It is not drawn again with each point, and holds none. */
export const ChartExport = memo(function ChartExport({ name, chart, figure, drawn }: ChartExportProps) {
  const [anchor, setAnchor] = useState<Element | null>(null);
  const save = (kind: 'png' | 'svg' | 'csv') => {
    setAnchor(null);
    if (kind === 'csv') void saveCsv(name, chart.current);
    else void savePicture(figure.current?.querySelector('.plot'), name, kind);
  };
  return (
    <>
      <Button
        variant="quiet"
        size="sm"
        icon="export"
        label={`Save ${name}`}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(anchor === null ? event.currentTarget : null)}
      />
      {anchor !== null && (
        <Popover anchor={anchor} label={`Save ${name}`} placement={BELOW} onClose={() => setAnchor(null)}>
          <button type="button" className="opt" disabled={!drawn} onClick={() => save('png')}>
            Picture <small>PNG</small>
          </button>
          <button type="button" className="opt" disabled={!drawn} onClick={() => save('svg')}>
            Drawing <small>SVG</small>
          </button>
          <button type="button" className="opt" onClick={() => save('csv')}>
            Numbers <small>CSV</small>
          </button>
        </Popover>
      )}
    </>
  );
});

const BELOW = { side: 'below', align: 'end' } as const;

async function savePicture(plot: Element | null | undefined, name: string, kind: 'png' | 'svg'): Promise<void> {
  if (!plot) return;
  await withTool(
    () => import('./chart-picture.ts'),
    async ({ chartSvg, pngOf }) => {
      const svg = await chartSvg(plot, name);
      download(`${name}.${kind}`, kind === 'svg' ? svg : await pngOf(svg), 'image/svg+xml');
    },
  );
}

async function saveCsv(name: string, { exact, ...lines }: ExportedChart): Promise<void> {
  await withTool(
    () => import('./chart-csv.ts'),
    async ({ chartCsv }) => {
      const drawn = { trace: lines.trace, training: lines.training };
      const training = exact === undefined ? drawn : await exact();
      if (training !== null) download(`${name}.csv`, chartCsv({ ...lines, ...training }));
    },
  );
}
