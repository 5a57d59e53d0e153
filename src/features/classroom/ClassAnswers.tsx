import Markdown from 'react-markdown';
import type { ClassRow } from './class-rows.ts';

/** What everybody wrote, question by question, side by side. */
export function ClassAnswers({ rows }: { readonly rows: readonly ClassRow[] }) {
  const assignment = rows[0]?.handIn.assignment;
  if (assignment === undefined) return null;
  const { prediction, questions } = assignment.wanted;
  return (
    <section aria-label="Answers">
      {prediction !== '' && (
        <Answers
          question={prediction}
          answers={rows.map(({ handIn }) => ({
            id: handIn.id,
            student: `${handIn.student}${handIn.isLate ? ', after a run' : ''}`,
            text: handIn.prediction,
          }))}
        />
      )}
      {questions.map((question, at) => (
        <Answers
          // biome-ignore lint/suspicious/noArrayIndexKey: questions stay in their order.
          key={at}
          question={question}
          answers={rows.map(({ handIn: { id, student, answers } }) => ({ id, student, text: answers[at] ?? '' }))}
        />
      ))}
    </section>
  );
}

interface AnswersProps {
  /** Markdown. */
  readonly question: string;
  readonly answers: readonly { readonly id: string; readonly student: string; readonly text: string }[];
}

function Answers({ question, answers }: AnswersProps) {
  return (
    <details className="class-answers" open>
      <summary>
        <Markdown disallowedElements={['img', 'a']} unwrapDisallowed>
          {question}
        </Markdown>
      </summary>
      <dl>
        {answers.map(({ id, student, text }) => (
          <div key={id}>
            <dt>{student}</dt>
            <dd>{text.trim() === '' ? <span className="muted">no answer</span> : text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
