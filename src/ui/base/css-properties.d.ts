import 'react';

declare module 'react' {
  /** Lets `style` carry custom properties, such as the `--p` of a slider. */
  interface CSSProperties {
    [property: `--${string}`]: string | number | undefined;
  }
}
