/** Moves the focus into the next column of the page that shows, to its first stop; after the last one comes the first. */
export function focusNextColumn(): void {
  const columns = [...document.querySelectorAll<HTMLElement>('.col')].filter((column) => column.offsetParent !== null);
  const at = columns.findIndex((column) => column.contains(document.activeElement));
  const next = columns[(at + 1) % columns.length];
  const stops = [
    ...(next?.querySelectorAll<HTMLElement>('button:not(:disabled), input, select, [tabindex="0"]') ?? []),
  ];
  // Of tabs and other sets of buttons, only the chosen one is a stop.
  stops.find(({ tabIndex }) => tabIndex >= 0)?.focus();
}
