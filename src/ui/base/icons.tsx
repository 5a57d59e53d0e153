import type { ReactElement } from 'react';

/** One interface icon: its view box and its shapes, drawn with the current colour at a stroke of 1.5. */
export interface IconShape {
  readonly box: string;
  readonly shape: ReactElement;
}

/** Every interface icon by name; most are drawn on 16 units, the small marks on 12. */
export const ICONS = {
  play: { box: '0 0 16 16', shape: <path d="M4.5 2.8v10.4L13 8z" fill="currentColor" /> },
  pause: { box: '0 0 16 16', shape: <path d="M5 3v10M11 3v10" strokeWidth="2.6" /> },
  step: {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="M4 3.5v9L10 8z" fill="currentColor" />
        <path d="M12.5 3.5v9" />
      </>
    ),
  },
  'step-epoch': {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="M2 4v8l5-4zM7.5 4v8l5-4z" fill="currentColor" />
        <path d="M14 4v8" />
      </>
    ),
  },
  reset: {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="M3 8a5 5 0 1 0 1.6-3.7L3 5.8" />
        <path d="M3 2.6v3.2h3.2" />
      </>
    ),
  },
  undo: {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="M5.8 3 2.8 6l3 3" />
        <path d="M3 6h6a4 4 0 0 1 0 8H6.5" />
      </>
    ),
  },
  redo: {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="m10.2 3 3 3-3 3" />
        <path d="M13 6H7a4 4 0 0 0 0 8h2.5" />
      </>
    ),
  },
  share: {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="M6.6 9.4a3 3 0 0 0 4.3 0l2-2a3 3 0 0 0-4.3-4.3l-.9.9" />
        <path d="M9.4 6.6a3 3 0 0 0-4.3 0l-2 2a3 3 0 0 0 4.3 4.3l.9-.9" />
      </>
    ),
  },
  export: {
    box: '0 0 16 16',
    shape: <path d="M8 2.5v7.5M5 7.2 8 10.2l3-3M2.8 11v1.2a1.3 1.3 0 0 0 1.3 1.3h7.8a1.3 1.3 0 0 0 1.3-1.3V11" />,
  },
  present: { box: '0 0 16 16', shape: <path d="M2 3h12M3 3v7.5h10V3M8 10.5v1.6M5.5 14l2.5-2 2.5 2" /> },
  theme: {
    box: '0 0 16 16',
    shape: (
      <>
        <circle cx="8" cy="8" r="5.5" />
        <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" stroke="none" />
      </>
    ),
  },
  help: {
    box: '0 0 16 16',
    shape: (
      <>
        <circle cx="8" cy="8" r="6" />
        <path d="M6.3 6.3a1.75 1.75 0 1 1 2.5 1.9c-.5.25-.8.6-.8 1.2" />
        <circle cx="8" cy="11.4" r=".5" fill="currentColor" />
      </>
    ),
  },
  down: { box: '0 0 12 12', shape: <path d="m3 4.5 3 3 3-3" /> },
  plus: { box: '0 0 12 12', shape: <path d="M6 2v8M2 6h8" /> },
  x: { box: '0 0 12 12', shape: <path d="m3 3 6 6M9 3 3 9" /> },
  check: { box: '0 0 12 12', shape: <path d="m2.5 6.3 2.4 2.4 4.6-5.2" /> },
  handle: {
    box: '0 0 10 16',
    shape: (
      <g fill="currentColor" stroke="none">
        <circle cx="3" cy="4" r="1.1" />
        <circle cx="7" cy="4" r="1.1" />
        <circle cx="3" cy="8" r="1.1" />
        <circle cx="7" cy="8" r="1.1" />
        <circle cx="3" cy="12" r="1.1" />
        <circle cx="7" cy="12" r="1.1" />
      </g>
    ),
  },
  data: {
    box: '0 0 16 16',
    shape: (
      <>
        <ellipse cx="8" cy="4" rx="5" ry="2" />
        <path d="M3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2" />
      </>
    ),
  },
  chip: {
    box: '0 0 16 16',
    shape: (
      <>
        <rect x="4" y="4" width="8" height="8" rx="1.2" />
        <path d="M6.5 4V2M9.5 4V2M6.5 14v-2M9.5 14v-2M4 6.5H2M4 9.5H2M14 6.5h-2M14 9.5h-2" />
      </>
    ),
  },
  eye: {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8z" />
        <circle cx="8" cy="8" r="1.9" />
      </>
    ),
  },
  'eye-off': {
    box: '0 0 16 16',
    shape: (
      <path d="M3.4 5.3A11 11 0 0 0 1.5 8S4 12.2 8 12.2c1 0 1.9-.25 2.7-.62M6.5 4c.5-.13 1-.2 1.5-.2 4 0 6.5 4.2 6.5 4.2a12 12 0 0 1-1.8 2.2M2.5 2.5l11 11" />
    ),
  },
  pin: {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="M6 2.5h4l-.5 4 2.2 2.3v1.2H4.3V8.8L6.5 6.5z" />
        <path d="M8 10v4" />
      </>
    ),
  },
  restore: {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="M2.8 8a5.2 5.2 0 1 0 1.6-3.8L2.8 5.7" />
        <path d="M2.8 2.6v3.1h3.1M8 5.2V8l2 1.3" />
      </>
    ),
  },
  brush: {
    box: '0 0 16 16',
    shape: <path d="M13.5 2.5 7.2 8.8M9.2 10.6c0 2-1.4 3-3.4 3H2.5c1-.7 1.2-1.4 1.2-2.6a2.7 2.7 0 0 1 5.5-.4z" />,
  },
  eraser: {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="M9.2 3 13.5 7.3 8 12.8H5L2.5 10.3z" />
        <path d="m6 6.2 4.3 4.3M8 12.8h5.5" />
      </>
    ),
  },
  fill: {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="M6.5 2.5 12 8l-4.7 4.7a1 1 0 0 1-1.4 0L2.5 9.3a1 1 0 0 1 0-1.4L7.2 3.2" />
        <path d="M3 8.5h8.5M13.6 10.3s1.2 1.7 1.2 2.5a1.2 1.2 0 0 1-2.4 0c0-.8 1.2-2.5 1.2-2.5z" />
      </>
    ),
  },
  mirror: {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="M8 2v12" strokeDasharray="2 2" />
        <path d="M5.8 4.5 2 12h3.8zM10.2 4.5 14 12h-3.8z" />
      </>
    ),
  },
  trash: { box: '0 0 16 16', shape: <path d="M3 4.5h10M6.5 4.5V3h3v1.5M4.3 4.5l.6 8.5h6.2l.6-8.5" /> },
  copy: {
    box: '0 0 16 16',
    shape: (
      <>
        <rect x="5.5" y="5.5" width="8" height="8" rx="1.3" />
        <path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2" />
      </>
    ),
  },
  off: {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="M8 2.5v5" />
        <path d="M4.6 4.6a4.8 4.8 0 1 0 6.8 0" />
      </>
    ),
  },
  dice: {
    box: '0 0 16 16',
    shape: (
      <>
        <rect x="2.5" y="2.5" width="11" height="11" rx="2.2" />
        <g fill="currentColor" stroke="none">
          <circle cx="5.5" cy="5.5" r="1" />
          <circle cx="8" cy="8" r="1" />
          <circle cx="10.5" cy="10.5" r="1" />
        </g>
      </>
    ),
  },
  warn: {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="M8 2.3 14.3 13.2H1.7z" />
        <path d="M8 6.5v3.2" />
        <circle cx="8" cy="11.4" r=".5" fill="currentColor" />
      </>
    ),
  },
  info: {
    box: '0 0 16 16',
    shape: (
      <>
        <circle cx="8" cy="8" r="6" />
        <path d="M8 7.3v3.7" />
        <circle cx="8" cy="5" r=".5" fill="currentColor" />
      </>
    ),
  },
  layers: { box: '0 0 16 16', shape: <path d="m8 2 6 3.2-6 3.2-6-3.2zM2.4 8.3 8 11.3l5.6-3M2.4 11.2 8 14.2l5.6-3" /> },
  lesson: {
    box: '0 0 16 16',
    shape: (
      <path d="M8 4.2C6.4 3 4.4 2.8 2 3v9.4c2.4-.2 4.4 0 6 1.1 1.6-1.1 3.6-1.3 6-1.1V3c-2.4-.2-4.4 0-6 1.2zM8 4.2v9.3" />
    ),
  },
  lock: { box: '0 0 16 16', shape: <path d="M4 7.5h8v6H4zM5.5 7.5V5.2a2.5 2.5 0 0 1 5 0v2.3" /> },
  curve: {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="M2 2.5v11h12" />
        <path d="M4 4.5c1.5 5 3.5 6 9.5 6.5" />
      </>
    ),
  },
  tag: {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="M8.6 2.5H13.5v4.9L7.4 13.5 2.5 8.6z" />
        <circle cx="10.9" cy="5.1" r="1" />
      </>
    ),
  },
  more: {
    box: '0 0 16 16',
    shape: (
      <g fill="currentColor" stroke="none">
        <circle cx="3.5" cy="8" r="1.3" />
        <circle cx="8" cy="8" r="1.3" />
        <circle cx="12.5" cy="8" r="1.3" />
      </g>
    ),
  },
  sliders: {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="M2.5 5h6M12 5h1.5M2.5 11H4M7.5 11h6" />
        <circle cx="10.2" cy="5" r="1.7" />
        <circle cx="5.7" cy="11" r="1.7" />
      </>
    ),
  },
  compare: { box: '0 0 16 16', shape: <path d="M2 2.5v11h12M4 11c2-5 4-6.5 9.5-7M4 6c2 3.5 4.5 4.5 9.5 4.5" /> },
  sweep: {
    box: '0 0 16 16',
    shape: (
      <>
        <path d="M2 13.5h12M4 13.5V10M8 13.5V4M12 13.5V7.5" />
        <circle cx="8" cy="3" r="1" fill="currentColor" />
      </>
    ),
  },
  text: { box: '0 0 16 16', shape: <path d="M3.5 2.5h6l3 3v8h-9zM5.8 8h4.4M5.8 10.6h4.4" /> },
  code: { box: '0 0 16 16', shape: <path d="m5.2 4.5-3.5 3.5 3.5 3.5M10.8 4.5l3.5 3.5-3.5 3.5M9.2 3l-2.4 10" /> },
  paste: {
    box: '0 0 16 16',
    shape: (
      <>
        <rect x="3.5" y="3.5" width="9" height="10" rx="1.3" />
        <path d="M6 3.5v-1h4v1M6 8h4M6 10.5h4" />
      </>
    ),
  },
  storage: { box: '0 0 16 16', shape: <path d="M2 3h12v3H2zM3 6v7h10V6M6.5 8.5h3" /> },
  up: { box: '0 0 12 12', shape: <path d="m3 7.5 3-3 3 3" /> },
  table: {
    box: '0 0 16 16',
    shape: (
      <>
        <rect x="2.5" y="3" width="11" height="10" rx="1.3" />
        <path d="M2.5 6.5h11M2.5 9.8h11M6.8 6.5V13" />
      </>
    ),
  },
  upload: {
    box: '0 0 16 16',
    shape: <path d="M8 10.2V2.7M5 5.5l3-3 3 3M2.8 11v1.2a1.3 1.3 0 0 0 1.3 1.3h7.8a1.3 1.3 0 0 0 1.3-1.3V11" />,
  },
} as const satisfies Record<string, IconShape>;
