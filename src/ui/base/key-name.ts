/** The parts of a keyboard event that name its key. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** The name of a key with its modifiers: `Ctrl+Shift+Z`, `Space`, `.`. Command counts as Ctrl. */
export function keyName({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyPress): string {
  const name = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key;
  return [(ctrlKey || metaKey) && 'Ctrl', altKey && 'Alt', shiftKey && 'Shift', name].filter(Boolean).join('+');
}

/** Whether a named key types a character. Dictation and screen readers use such keys for themselves. */
export function isSingleKey(name: string): boolean {
  const key = name.replace(/^Shift\+/, '');
  return key === 'Space' || key.length === 1;
}
