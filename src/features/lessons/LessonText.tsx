import Markdown from 'react-markdown';

/** Text with emphasis, code and lists; nothing in it can be a script. */
export function LessonText({ children }: { readonly children: string }) {
  return (
    <div className="lesson-text">
      <Markdown>{children}</Markdown>
    </div>
  );
}
