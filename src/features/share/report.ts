import { isSameDataset } from '../../core/dataset/spec.ts';
import type { Evaluation } from '../../core/evaluation/evaluation.ts';
import { answersOf, filtered, sorted } from '../../core/evaluation/mistakes.ts';
import { labReport, type ReportedPicture } from '../../core/reporting/lab-report.ts';
import { probabilityText } from '../../core/text/number-text.ts';
import type { Lab } from '../../state/lab.ts';
import type { Run } from '../../state/run.ts';
import { type ImageSize, imageSizeOf, paintImage } from '../../ui/image/pixels.ts';

/** How many mistakes a report shows. */
const MISTAKES = 24;

/** A report on a run, with the drawing on the pad and its worst mistakes where its data set is the open one. */
export async function makeReport(lab: Lab, run: Run, text: string): Promise<string> {
  const { answers: kept } = lab.runs;
  const answers = (await kept.read(run, 'test')) ?? (await kept.read(run, 'validation'));
  const isOpen = isSameDataset(lab.dataSet.store.getState().spec, run.draft.dataset);
  const size = isOpen ? imageSizeOf(run.draft.dataset) : null;
  return labReport({
    text,
    run,
    answers,
    // Without its worker the report is whole but for the pictures, and says so.
    mistakes: size === null || answers === null ? [] : await mistakesOf(lab, run, answers, size).catch(() => null),
    drawings: size === null ? [] : drawingsOf(lab, run, size),
  });
}

async function mistakesOf(
  { questions }: Lab,
  { draft: { dataset, recipe } }: Run,
  answers: Evaluation,
  size: ImageSize,
): Promise<readonly ReportedPicture[]> {
  const wrong = sorted(filtered(answersOf(answers), { outcome: 'wrong' }), 'mostConfident').slice(0, MISTAKES);
  if (wrong.length === 0) return [];
  const split = answers.set === 'test' || recipe.validateOn === 'test' ? 'test' : 'train';
  const pixels = await questions.ask('images', { split, indices: Uint32Array.from(wrong, ({ index }) => index) });
  const bytes = size.height * size.width * size.channels;
  return wrong.map(({ label, predicted, confidence }, i) => ({
    source: pngOf(pixels.subarray(i * bytes, (i + 1) * bytes), size),
    caption: `${dataset.classes[label]}, taken for ${dataset.classes[predicted]} (${probabilityText(confidence)})`,
  }));
}

function drawingsOf({ questions }: Lab, { draft: { dataset } }: Run, size: ImageSize): readonly ReportedPicture[] {
  const { pixels, answer } = questions.drawing.getState();
  if (pixels === null) return [];
  const probabilities = Array.from(answer?.probabilities ?? []);
  const best = probabilities.indexOf(Math.max(...probabilities));
  const caption =
    best < 0 ? 'No answer yet' : `${dataset.classes[best]} (${probabilityText(probabilities[best] ?? 0)})`;
  return [{ source: pngOf(pixels, size), caption }];
}

function pngOf(pixels: Uint8Array, size: ImageSize): string {
  const canvas = Object.assign(document.createElement('canvas'), { width: size.width, height: size.height });
  const context = canvas.getContext('2d');
  if (context !== null) paintImage(context, pixels, size);
  return canvas.toDataURL('image/png');
}
