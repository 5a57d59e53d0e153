import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { nextItem } from '../base/roving.ts';
import './tabs.css';

/** One tab: its id, and the word on it. */
export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

/** Props of {@link Tabs}. */
export interface TabsProps<Id extends string> {
  readonly label: string;
  /** Begins the ids of tabs and panels; one word that no other tab list of the page uses. */
  readonly name: string;
  readonly tabs: readonly Tab<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
}

/** A row of tabs: one stop for Tab, arrow keys, Home and End select. Each leads to a {@link TabPanel}. */
export function Tabs<Id extends string>({ label, name, tabs, selected, onSelect }: TabsProps<Id>) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const next = nextItem(event.key, index, tabs.length);
    const tab = next === undefined ? undefined : tabs[next];
    if (next === undefined || !tab) return;
    event.preventDefault();
    onSelect(tab.id);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} ref={list}>
      {tabs.map((tab, index) => (
        <button
          key={tab.id}
          id={`${name}-tab-${tab.id}`}
          type="button"
          role="tab"
          aria-selected={tab.id === selected}
          aria-controls={tab.id === selected ? `${name}-panel-${tab.id}` : undefined}
          tabIndex={tab.id === selected ? 0 : -1}
          onClick={() => onSelect(tab.id)}
          onKeyDown={(event) => onKeyDown(event, index)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}

/** Props of {@link TabPanel}: the names of its tab list and of its tab. */
export interface TabPanelProps {
  readonly name: string;
  readonly id: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** What the selected tab shows. Render only that one. */
export function TabPanel({ name, id, className = 'panel', children }: TabPanelProps) {
  return (
    <div className={className} role="tabpanel" id={`${name}-panel-${id}`} aria-labelledby={`${name}-tab-${id}`}>
      {children}
    </div>
  );
}
