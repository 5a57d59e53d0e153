import { type ComponentType, createElement, type ReactNode, startTransition, useEffect, useState } from 'react';
import { NotLoaded } from './NotLoaded.tsx';

/** A component that is loaded when it is first shown. */
export interface Part<Props> {
  (props: Props): ReactNode;
  /** Loads it before it is shown. */
  readonly load: () => void;
}

/** What a part is while it is not here. */
export interface PartOptions<Props> {
  /** What stands in its place until it is loaded. */
  readonly meanwhile?: (props: Props) => ReactNode;
  /**
   * What says that it could not be loaded: a notice in its place; the same in a dialog, for what lies over the page; or
   * nothing, for what nobody asked for and without which the page is whole.
   */
  readonly missing?: 'notice' | 'dialog' | 'nothing';
}

/**
 * A part of the page that comes in a file of its own. Where that cannot be fetched, a notice offers to try again, and it is
 * tried by itself as soon as the network is back. `onClose` of the part closes its notice, too.
 */
export function part<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { meanwhile = () => null, missing = 'notice' }: PartOptions<Props> = {},
): Part<Props> {
  const file = new PartFile(load);
  // biome-ignore lint/correctness/noComponentHookFactories: Parts are made at the top of modules, once each.
  const Shown = (props: Props) => {
    const [{ component, failures }, setState] = useState(file.state);
    useEffect(() => {
      const follow = () => inSlices(() => setState(file.state()));
      follow();
      file.load();
      return file.subscribe(follow);
    }, []);
    if (component !== null) return createElement(component, props);
    if (failures === 0 || missing === 'nothing') return meanwhile(props);
    return <NotLoaded failures={failures} over={missing === 'dialog'} onAgain={file.load} {...props} />;
  };
  return Object.assign(Shown, { load: file.load });
}

/**
 * Many parts come right after the first paint: React draws them in slices, between which the page answers. What somebody has
 * asked for since is drawn at once: live curves would make React begin its slices again and again.
 */
function inSlices(change: () => void): void {
  if (navigator.userActivation?.hasBeenActive) change();
  else startTransition(change);
}

let turn: Promise<unknown> = Promise.resolve();

/** Parts that nobody has asked for yet are fetched each in a task of its own: what asks for many files at once holds up a phone. */
function inTurn<Result>(fetch: () => Promise<Result>): Promise<Result> {
  if (navigator.userActivation?.hasBeenActive) return fetch();
  turn = turn.then(() => new Promise((resolve) => setTimeout(resolve)));
  return turn.then(fetch);
}

/** How far a part is. */
interface PartState<Props> {
  readonly component: ComponentType<Props> | null;
  /** How often it could not be fetched. */
  readonly failures: number;
}

/** The file of a part. React's `lazy` would not fetch it again. */
class PartFile<Props> {
  readonly #fetch: () => Promise<ComponentType<Props>>;
  readonly #listeners = new Set<() => void>();
  #state: PartState<Props> = { component: null, failures: 0 };
  #isLoading = false;

  constructor(fetch: () => Promise<ComponentType<Props>>) {
    this.#fetch = fetch;
  }

  readonly state = () => this.#state;

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly load = () => {
    if (this.#isLoading || this.#state.component !== null) return;
    this.#isLoading = true;
    const fetched = this.#state.failures === 0 ? inTurn(this.#fetch) : fetchLost().then(this.#fetch);
    fetched.then(
      (component) => this.#settle({ ...this.#state, component }),
      () => {
        addEventListener('online', this.load, { once: true });
        this.#settle({ ...this.#state, failures: this.#state.failures + 1 });
      },
    );
  };

  #settle(state: PartState<Props>): void {
    this.#isLoading = false;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** Addresses of style sheets that could not be fetched: Vite counts them as loaded the next time. */
const lost = new Set<string>();

function noteLost({ target }: Event): void {
  if (!(target instanceof HTMLLinkElement) || target.rel !== 'stylesheet') return;
  lost.add(target.href);
  target.remove();
}

addEventListener('error', noteLost, { capture: true });

/** Fetches the style sheets that could not be fetched before. Rejects where that fails again. */
async function fetchLost(): Promise<void> {
  const links = [...lost].map((href) => Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
  const fetched = links.map(
    (link) => new Promise((resolve, reject) => Object.assign(link, { onload: resolve, onerror: reject })),
  );
  document.head.append(...links);
  await Promise.all(fetched);
  for (const { href } of links) lost.delete(href);
}
