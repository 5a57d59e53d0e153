import { Icon, type IconName } from '../ui/base/Icon.tsx';

/** The column that a small screen shows. */
export type View = 'build' | 'train' | 'results';

const VIEWS: readonly { readonly view: View; readonly word: string; readonly icon: IconName }[] = [
  { view: 'build', word: 'Build', icon: 'layers' },
  { view: 'train', word: 'Train', icon: 'curve' },
  { view: 'results', word: 'Results', icon: 'tag' },
];

/** The switch at the foot of tablets and phones. */
export function Dock({ view, onView }: { readonly view: View; readonly onView: (view: View) => void }) {
  return (
    <nav className="dock" aria-label="Views">
      {VIEWS.map(({ view: target, word, icon }) => (
        <button
          key={target}
          type="button"
          data-go={target}
          aria-current={view === target ? 'page' : undefined}
          onClick={() => onView(target)}
        >
          <Icon name={icon} />
          {word}
        </button>
      ))}
    </nav>
  );
}
