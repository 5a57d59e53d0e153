/** The app's logo: a hanger whose right arm splits into two lines, as training and validation loss do. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <g fill="none" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round">
        <path d="M16 13.5V11c2-.4 3.6-1.7 3.6-3.9A3.5 3.5 0 0 0 12.7 6.3" stroke="currentColor" />
        <path d="M16 13.5 4.3 21.3A1.7 1.7 0 0 0 5.2 24.5H26" stroke="currentColor" />
        <path d="M16 13.5 21 16.8" stroke="currentColor" />
        <path d="M21 16.8c2.5 2.2 4.5 3.6 8 4.3" stroke="var(--train)" />
        <path d="M21 16.8c3 1 5.2.2 8-2.6" stroke="var(--val)" />
      </g>
    </svg>
  );
}
