/** The texts of a lesson, out of its Markdown file. */
export interface LessonText {
  readonly title: string;
  readonly question: string;
  readonly prompt: string;
  /** The options of the prediction by id, in order; none where it is a sketch. */
  readonly options: ReadonlyMap<string, string>;
  readonly why: string;
  readonly change: string;
  readonly learned: string;
}

/** The headings of a lesson's file, in order, and what stands under each. */
const SECTIONS = {
  question: 'Question',
  prompt: 'Predict',
  why: 'Why',
  change: 'Change one thing',
  learned: 'Learned',
} as const;

/**
 * Reads a lesson's file: `# Title`, then a section under each of the headings. The options are the list at the end of
 * `## Predict`, each as `- id: text`; a lesson whose prediction is a sketch has none. Throws an Error that names what is missing.
 */
export function parseLessonText(markdown: string): LessonText {
  const [head = '', ...parts] = markdown.replaceAll('\r\n', '\n').split(/^## /m);
  const title = /^# (.+)$/m.exec(head)?.[1];
  if (title === undefined) throw new Error('A lesson begins with its title: # …');
  const bodies = new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')).trim(), bodyOf(part)]));
  const section = (name: keyof typeof SECTIONS) => {
    const body = bodies.get(SECTIONS[name]);
    if (body === undefined || body === '') throw new Error(`${title} has nothing under ## ${SECTIONS[name]}.`);
    return body;
  };
  const predicted = section('prompt').split('\n');
  const options = new Map(predicted.flatMap(optionOf));
  if (options.size === 1) throw new Error(`${title} offers a single option under ## Predict.`);
  return {
    title: title.trim(),
    question: section('question'),
    prompt: predicted
      .filter((line) => !line.startsWith('- '))
      .join('\n')
      .trim(),
    options,
    why: section('why'),
    change: section('change'),
    learned: section('learned'),
  };
}

function bodyOf(part: string): string {
  return part.slice(part.indexOf('\n') + 1).trim();
}

function optionOf(line: string): readonly (readonly [id: string, text: string])[] {
  const [, id, text] = /^- (\w+): (.+)$/.exec(line) ?? [];
  return id === undefined || text === undefined ? [] : [[id, text.trim()]];
}
