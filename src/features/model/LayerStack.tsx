import { type ClipboardEvent, type FocusEvent, type KeyboardEvent, memo, useContext, useRef } from 'react';
import { INPUT_ID, referenceOf } from '../../core/network.ts';
import { isSingleKey, keyName } from '../../ui/key-name.ts';
import { LayerWire } from '../../ui/LayerWire.tsx';
import { nextItem } from '../../ui/roving.ts';
import { SkipRung } from '../../ui/SkipLines.tsx';
import { useAnalysis } from '../analysis.ts';
import { SingleKeysContext } from '../single-keys.ts';
import { bracketsOf, rungLines } from './brackets.ts';
import { InputCard } from './InputCard.tsx';
import { Layer, Problem } from './Layer.tsx';
import type { Panel } from './panel.ts';
import { usePanelActions } from './panel-actions.ts';
import { STACK_KEYS } from './stack-keys.ts';
import { useSorter } from './use-sorter.ts';
import { focusRowOf, useKeptFocus, useRequestedFocus } from './use-stack-focus.ts';

/** The cards from the Input down, with a wire above each that takes a new layer. One stop for Tab, arrow keys inside. */
export function LayerStack({ panel }: { readonly panel: Panel }) {
  const { layers } = useAnalysis();
  const actions = usePanelActions();
  const singleKeys = useContext(SingleKeysContext);
  const stack = useRef<HTMLDivElement>(null);
  const [sorter, lifted] = useSorter(stack);
  const ids = [INPUT_ID, ...layers.map(({ spec }) => spec.id)];
  useRequestedFocus(stack, panel.focus);
  useKeptFocus(stack, ids, panel.activeId);
  const activeId = ids.includes(panel.activeId) ? panel.activeId : INPUT_ID;
  const names = new Map(layers.map(({ spec, name }) => [spec.id, name]));
  const lines = rungLines(bracketsOf(layers.map(({ spec }) => spec)), layers.length);
  const last = layers.at(-1);
  const takesMore = last === undefined || last.issues.some(({ severity }) => severity === 'error');

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const name = keyName(event);
    const id = idOf(event.target);
    // What is open has the focus, or takes it as soon as it has loaded: its keys are not for the cards.
    if (id === null || panel.opened !== null) return;
    if (isTyping(event.target)) {
      if (name === 'Escape') focusRowOf(event.target);
      return;
    }
    const add = () => openPalette(stack.current, ids.indexOf(id), actions.open);
    const place = { id, index: ids.indexOf(id) - 1, ids, open: panel.openId === id, add };
    const act = singleKeys || !isSingleKey(name) ? STACK_KEYS[name] : undefined;
    if (sorter.key(name, event.target) || moveInRow(event.target, name)) event.preventDefault();
    else if (act) {
      event.preventDefault();
      act(actions, place);
    }
  };
  const onCopy = (event: ClipboardEvent<HTMLElement>) => {
    const id = idOf(event.target);
    // Selected words are copied as they are.
    if (id === null || isTyping(event.target) || getSelection()?.isCollapsed === false) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', actions.copyText(id === INPUT_ID ? null : id));
  };
  const onPaste = (event: ClipboardEvent<HTMLElement>) => {
    const id = idOf(event.target);
    if (id === null || isTyping(event.target)) return;
    event.preventDefault();
    actions.paste(event.clipboardData.getData('text/plain'), id);
  };
  const onFocus = ({ target }: FocusEvent) => {
    const id = idOf(target);
    if (id !== null) actions.activate(id);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is a group of fields, and each card is one.
    <div
      className={lifted ? 'stack scroll is-sorting' : 'stack scroll'}
      role="group"
      aria-label="Layer stack"
      ref={stack}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onCopy={onCopy}
      onPaste={onPaste}
      onBlur={() => sorter.cancelKeys()}
      onPointerDown={(event) => sorter.pointerDown(event)}
      onPointerMove={(event) => sorter.pointerMove(event)}
      onPointerUp={() => sorter.pointerUp()}
      onPointerCancel={() => sorter.cancel()}
    >
      <InputCard open={panel.openId === INPUT_ID} active={activeId === INPUT_ID} />
      {layers.map((report, index) => {
        const { id } = report.spec;
        const isLifted = lifted?.id === id;
        return (
          <SkipRung key={id} data-rung={id} className={isLifted ? 'is-lifted' : ''} {...(lines[index] ?? NO_LINES)}>
            <Wire index={index} above={layers[index - 1]?.name ?? 'Input'} />
            <Layer
              report={report}
              source={sourceName(names, referenceOf(report.spec))}
              open={panel.openId === id}
              active={activeId === id}
              lifted={isLifted}
            />
            {isLifted && lifted.problem !== null && <p className="drop-note">{lifted.problem}</p>}
          </SkipRung>
        );
      })}
      {takesMore && <Wire index={layers.length} above={last?.name ?? 'Input'} />}
      <WholeIssues />
      <p className="stack-note">
        Drag a card by its dots to move it, or press <b>+</b> between two cards to add a layer.
      </p>
    </div>
  );
}

const NO_LINES = { lanes: 0, pieces: [] };

function sourceName(names: ReadonlyMap<string, string>, from: string | null): string | undefined {
  if (from === null) return undefined;
  return from === INPUT_ID ? 'Input' : (names.get(from) ?? 'a layer that is gone');
}

function idOf(target: EventTarget): string | null {
  const card = target instanceof Element ? target.closest<HTMLElement>('[data-layer]') : null;
  return card?.dataset['layer'] ?? null;
}

/** Fields keep their keys, all but Escape, which leads back to the row. */
function isTyping(target: EventTarget): boolean {
  return target instanceof Element && target.matches('input, select, textarea');
}

/** Left and right walk through the dots, the row and its tools. */
function moveInRow(target: EventTarget, key: string): boolean {
  const row = target instanceof Element ? target.closest('.layer-row') : null;
  if (row === null || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return false;
  const stops = [...row.querySelectorAll<HTMLElement>('button')];
  const next = nextItem(
    key,
    stops.findIndex((stop) => stop.contains(document.activeElement)),
    stops.length,
  );
  stops[next ?? 0]?.focus();
  return true;
}

/** Opens the palette beside the wire behind a card, or beside the last one where the output has none. */
function openPalette(stack: HTMLElement | null, index: number, open: ReturnType<typeof usePanelActions>['open']): void {
  const wires = stack?.querySelectorAll('.wire') ?? [];
  const anchor = wires[Math.min(index, wires.length - 1)];
  if (anchor) open({ kind: 'palette', index, anchor });
}

const Wire = memo(function Wire({ index, above }: { readonly index: number; readonly above: string }) {
  const { open } = usePanelActions();
  return (
    <LayerWire
      label={`Insert a layer after ${above}`}
      tabIndex={-1}
      aria-haspopup="dialog"
      onClick={({ currentTarget }) => open({ kind: 'palette', index, anchor: currentTarget })}
    />
  );
});

/** Issues of the network as a whole, such as that it is empty. */
function WholeIssues() {
  const { issues } = useAnalysis();
  return issues
    .filter((issue) => issue.layerId === null)
    .map((issue) => (
      <div key={issue.code} className="whole-issue">
        <Problem issue={issue} />
      </div>
    ));
}
