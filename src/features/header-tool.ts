import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { useMinWidth } from '../ui/base/use-min-width.ts';

/** What opens from the header: by a button of its own, or on a phone from the menu of all of them. */
export type HeaderTool = 'about' | 'data' | 'storage';

interface OpenTool {
  readonly tool: HeaderTool;
  /** The control that opened it, beside which it is. */
  readonly anchor: Element;
}

/** What is open; there is one header on a page. */
const OPEN_TOOL = createStore<OpenTool | null>(() => null);

/** Opens a tool beside a control, in place of the one that was open. */
export function openTool(tool: HeaderTool, anchor: Element): void {
  OPEN_TOOL.setState({ tool, anchor }, true);
}

/** Closes the tool that is open. */
export function closeTool(): void {
  OPEN_TOOL.setState(null, true);
}

/** The control beside which a tool is open; null where it is closed. */
export function useTool(tool: HeaderTool): Element | null {
  useEffect(() => closeTool, []);
  return useStore(OPEN_TOOL, (open) => (open?.tool === tool ? open.anchor : null));
}

/** Whether the header has room for a button of each tool. Phones have one menu instead. */
export function useHasRoom(): boolean {
  return useMinWidth(761);
}
