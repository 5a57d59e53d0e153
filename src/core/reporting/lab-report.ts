import type { DatasetSpec } from '../dataset/spec.ts';
import { confusionOf } from '../evaluation/confusion.ts';
import type { Evaluation, Judgement } from '../evaluation/evaluation.ts';
import { classificationReport } from '../evaluation/metrics.ts';
import { analyse } from '../network/graph.ts';
import { summaryOf } from '../network/summary.ts';
import { countText, lossText, percentText, scoreText } from '../text/number-text.ts';
import { BACKEND_NAMES, type Backend } from '../training/backend.ts';
import { OPTIMIZERS } from '../training/optimizers/registry.ts';
import { defaultRecipe } from '../training/recipe.ts';
import { recipeDiff } from '../training/recipe-diff.ts';
import type { Setup } from '../training/setup.ts';
import { curvesSvg } from './curves-svg.ts';
import { escaped, tableHtml } from './html.ts';

/** A run as a report shows it. */
export interface ReportedRun {
  readonly number: number;
  readonly name: string;
  readonly draft: Setup;
  readonly backend: Backend | null;
  readonly epochs: readonly { readonly trainSample: Judgement | null; readonly validation: Judgement | null }[];
  readonly test: Judgement | null;
}

/** A picture with a line below it. */
export interface ReportedPicture {
  /** `data:image/png;base64,…` */
  readonly source: string;
  readonly caption: string;
}

/** What goes into a report. */
export interface ReportInput {
  /** What the student wrote; plain text. */
  readonly text: string;
  readonly run: ReportedRun;
  /** What it answered, to the test set or else to the validation set; null where that is not known. */
  readonly answers: Evaluation | null;
  /** Null where they could not be read. */
  readonly mistakes: readonly ReportedPicture[] | null;
  readonly drawings: readonly ReportedPicture[];
}

/** Nothing is fetched, and no script runs, whatever gets into the file. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

const STYLE = `body{font:14px/1.5 system-ui,sans-serif;color:#1d1b16;max-width:900px;margin:24px auto;padding:0 16px}
h1{font-size:24px}h2{font-size:18px;margin-top:28px}.text{white-space:pre-wrap;overflow-wrap:anywhere}
table{border-collapse:collapse;font-size:12px;margin:8px 0}th,td{border:1px solid #cfcabd;padding:3px 7px;text-align:right}
th:first-child,thead th{text-align:left;font-weight:600}figure{display:inline-block;margin:8px 12px 8px 0;vertical-align:top}
figure svg{width:420px;max-width:100%;font-size:11px}svg line{stroke:#ddd8cb}svg polyline{fill:none;stroke:#a4450f;stroke-width:2}
svg polyline[stroke-dasharray]{stroke:#1f5fa8}svg circle{fill:#a4450f}figure img{width:84px;height:84px;image-rendering:pixelated;display:block}
figcaption{font-size:11px;max-width:420px}.pictures figcaption{max-width:84px}
@media print{body{margin:0;max-width:none}section,figure,tr{break-inside:avoid}}`;

/** A report on a run as one HTML file, which needs nothing beside itself and runs no script. */
export function labReport(input: ReportInput): string {
  const { text, run, answers, mistakes, drawings } = input;
  const title = `Run ${run.number}: ${run.name}`;
  const sections = [
    text.trim() === '' ? '' : section('In my own words', `<p class="text">${escaped(text)}</p>`),
    section('The network', networkHtml(run.draft)),
    section('The recipe', recipeHtml(run)),
    section('The curves', curvesHtml(run)),
    answers === null
      ? ''
      : section(`What it answered to the ${nameOf(answers)}`, answersHtml(answers, run.draft.dataset)),
    mistakesHtml(mistakes),
    drawings.length === 0 ? '' : section('What I drew', picturesHtml(drawings)),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(title)}</h1><p>${escaped(run.draft.dataset.title)}, trained with Fitting Room${
    run.backend === null ? '' : ` by ${BACKEND_NAMES[run.backend]}`
  }.</p>
${sections.join('\n')}
</main></body></html>
`;
}

function section(title: string, body: string): string {
  return `<section><h2>${escaped(title)}</h2>${body}</section>`;
}

function networkHtml({ network, dataset }: Setup): string {
  const { graph } = analyse(network, dataset);
  if (graph === null) return '<p>Its layers do not fit together.</p>';
  const { rows, total, trainable } = summaryOf(graph);
  const lines = rows.map(({ layer, output, parameters }) => [layer, output, countText(parameters)]);
  const sums = `<p>${countText(total)} parameters, of which ${countText(trainable)} are trained.</p>`;
  return tableHtml(['Layer', 'Output', 'Parameters'], lines) + sums;
}

function recipeHtml({ draft: { recipe, dataset } }: ReportedRun): string {
  const rows = [
    ['Optimizer', OPTIMIZERS[recipe.optimizer.kind].title],
    ['Learning rate', String(recipe.learningRate)],
    ['Epochs', countText(recipe.epochs)],
    ['Batch size', countText(recipe.batchSize)],
    [`Training ${dataset.words.sample.many}`, countText(recipe.trainingImages)],
    ['Seed', String(recipe.seed)],
    ['Against the usual recipe', recipeDiff(defaultRecipe(dataset), recipe).join(' · ') || 'the same'],
  ];
  return tableHtml(['Setting', 'Value'], rows);
}

function curvesHtml({ epochs, test }: ReportedRun): string {
  const curves = (figure: 'loss' | 'accuracy') => [
    { title: 'training', values: epochs.map(({ trainSample }) => trainSample?.[figure] ?? Number.NaN), isDashed: true },
    {
      title: 'validation',
      values: epochs.map(({ validation }) => validation?.[figure] ?? Number.NaN),
      isDashed: false,
    },
  ];
  const last = epochs.at(-1)?.validation;
  const end = [
    ...(last ? [`On the validation set it ended at ${percentText(last.accuracy)}, loss ${lossText(last.loss)}.`] : []),
    ...(test ? [`On the test set: ${percentText(test.accuracy)}, loss ${lossText(test.loss)}.`] : []),
  ];
  return [
    curvesSvg('Accuracy', curves('accuracy'), (value) => percentText(value)),
    curvesSvg('Loss', curves('loss'), lossText),
    `<p>${escaped(end.join(' '))}</p>`,
  ].join('');
}

function nameOf({ set }: Evaluation): string {
  return set === 'test' ? 'test set' : 'validation set';
}

function answersHtml(answers: Evaluation, { classes }: DatasetSpec): string {
  const confusion = confusionOf(answers);
  const report = classificationReport(confusion);
  const scores = report.classes.map(({ precision, recall, f1, support }, i) => [
    classes[i] ?? String(i),
    scoreText(precision),
    scoreText(recall),
    scoreText(f1),
    countText(support),
  ]);
  const matrix = confusion.map((row, i) => [classes[i] ?? String(i), ...row.map((count) => countText(count))]);
  return [
    tableHtml(['Class', 'Precision', 'Recall', 'F1', 'Support'], scores),
    '<h3>Confusion matrix: true classes in rows, answers in columns</h3>',
    tableHtml(['True class', ...classes], matrix),
  ].join('');
}

function mistakesHtml(mistakes: ReportInput['mistakes']): string {
  const title = 'Mistakes it was surest of';
  if (mistakes === null)
    return section(title, '<p>Their pictures could not be read. Reload the app and save the report again.</p>');
  return mistakes.length === 0 ? '' : section(title, picturesHtml(mistakes));
}

function picturesHtml(pictures: readonly ReportedPicture[]): string {
  const figures = pictures.map(
    ({ source, caption }) =>
      `<figure><img alt="${escaped(caption)}" src="${escaped(source)}"><figcaption>${escaped(caption)}</figcaption></figure>`,
  );
  return `<div class="pictures">${figures.join('')}</div>`;
}
