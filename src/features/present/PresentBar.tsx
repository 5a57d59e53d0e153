import { type ReactNode, useEffect, useState } from 'react';
import { classNames } from '../../ui/base/class-names.ts';
import type { IconName } from '../../ui/base/Icon.tsx';
import { Button } from '../../ui/form/Button.tsx';

/** Props of {@link PresentBar}. */
export interface PresentBarProps {
  readonly word: string;
  readonly icon: IconName;
  readonly blocked: string | undefined;
  readonly onPress: () => void;
  /** The epoch that is shown, and how many there will be. */
  readonly epoch: number;
  readonly length: number;
  readonly onEpoch: (epoch: number) => void;
  readonly onLeave: () => void;
  /** What chooses the runs that stand on the screen. */
  readonly children: ReactNode;
}

/**
 * The foot of the screen: one button, the list of demos, the tape of epochs, and the keys. It fades while the pointer and the keys are
 * idle, unless one of them is on it.
 */
export function PresentBar(props: PresentBarProps) {
  const { word, icon, blocked, onPress, epoch, length, onEpoch, onLeave, children } = props;
  const idle = useIdle();
  return (
    <footer className={classNames('p-bar', idle && 'is-idle')}>
      <div className="who">
        <Button variant="primary" icon={icon} blocked={blocked} onClick={onPress}>
          {word}
        </Button>
        {children}
        <span className="num">
          epoch <b>{epoch}</b> of {length}
        </span>
      </div>
      <div className="p-tape">
        <svg aria-hidden="true">
          {Array.from({ length: length + 1 }, (_, mark) => (
            <line
              // biome-ignore lint/suspicious/noArrayIndexKey: ticks are told apart by their place alone.
              key={mark}
              x1={`${(mark / length) * 100}%`}
              x2={`${(mark / length) * 100}%`}
              y1="0"
              y2={mark % 5 === 0 ? '70%' : '40%'}
            />
          ))}
        </svg>
        <input
          type="range"
          aria-label="Epoch"
          min={0}
          max={length}
          value={epoch}
          onChange={(event) => onEpoch(Number(event.currentTarget.value))}
        />
      </div>
      <div className="keys">
        {KEYS.map(({ keys, does }) => (
          <span key={does}>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
            {does}
          </span>
        ))}
        <button type="button" onClick={onLeave}>
          <kbd>Esc</kbd>leave
        </button>
      </div>
    </footer>
  );
}

const KEYS = [
  { keys: ['←', '→'], does: 'epoch' },
  { keys: ['A'], does: 'accuracy' },
  { keys: ['M'], does: 'matrix' },
  { keys: ['V'], does: 'verdict' },
] as const;

const IDLE_MS = 3000;

/** Whether the pointer and the keys have been idle for three seconds. */
function useIdle(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    let timer = setTimeout(() => setIdle(true), IDLE_MS);
    const wake = () => {
      setIdle(false);
      clearTimeout(timer);
      timer = setTimeout(() => setIdle(true), IDLE_MS);
    };
    const signs = ['pointermove', 'pointerdown', 'keydown', 'focusin'];
    for (const sign of signs) addEventListener(sign, wake);
    return () => {
      clearTimeout(timer);
      for (const sign of signs) removeEventListener(sign, wake);
    };
  }, []);
  return idle;
}
