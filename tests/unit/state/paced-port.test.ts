import { expect, test } from 'vitest';
import type { Port } from '../../../src/protocol/port.ts';
import { pacedPort } from '../../../src/state/paced-port.ts';

/** A port of numbers, its page, whose frames come when a test says so, and what the page hears, a list for each time. */
function paced() {
  const frames: (() => void)[] = [];
  const heard: number[][] = [];
  const sent: string[] = [];
  let [hidden, turn] = [false, 0];
  let say: (value: number) => void = () => undefined;
  const port: Port<string, number> = {
    postMessage: (message) => void sent.push(message),
    addEventListener: (_, listener) => {
      say = (data) => {
        turn++;
        listener({ data });
      };
    },
  };
  const page = pacedPort(port, { nextFrame: (callback) => void frames.push(callback), isHidden: () => hidden });
  let heardIn = -1;
  page.addEventListener('message', ({ data }) => {
    if (heardIn === turn) heard.at(-1)?.push(data);
    else heard.push([data]);
    heardIn = turn;
  });
  return {
    page,
    sent,
    heard,
    say: (value: number) => say(value),
    frame() {
      turn++;
      for (const callback of frames.splice(0)) callback();
    },
    hide: (value: boolean) => {
      hidden = value;
    },
  };
}

test('the first message is heard at once, those before the next frame with it, all in one go and in order', () => {
  const { say, frame, heard } = paced();
  for (const value of [1, 2, 3]) say(value);
  expect(heard).toEqual([[1]]);
  frame();
  expect(heard).toEqual([[1], [2, 3]]);
  say(4);
  expect(heard).toEqual([[1], [2, 3]]);
  frame();
  expect(heard).toEqual([[1], [2, 3], [4]]);
});

test('after a frame without news the next message does not wait', () => {
  const { say, frame, heard } = paced();
  say(1);
  frame();
  frame();
  say(2);
  expect(heard).toEqual([[1], [2]]);
});

test('a hidden page draws no frame, and hears everything at once, also what waited', () => {
  const { say, hide, frame, heard } = paced();
  for (const value of [1, 2]) say(value);
  hide(true);
  say(3);
  say(4);
  expect(heard).toEqual([[1], [2, 3], [4]]);
  hide(false);
  frame();
  say(5);
  expect(heard).toEqual([[1], [2, 3], [4], [5]]);
});

test('what the page says is sent at once', () => {
  const { page, sent } = paced();
  page.postMessage('train', []);
  expect(sent).toEqual(['train']);
});
