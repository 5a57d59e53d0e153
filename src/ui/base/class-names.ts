/** Joins class names and drops the absent ones: `classNames('btn', on && 'is-on')`. */
export function classNames(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
