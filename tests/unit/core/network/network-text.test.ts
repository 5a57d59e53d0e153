import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { networkText, parseNetwork } from '../../../../src/core/network/network-text.ts';
import { FASHION_MNIST_PRESETS } from '../../../../src/datasets/fashion-mnist/presets/catalogue.ts';
import { VALID_NETWORK } from '../../../fixtures/specs/arbitrary.ts';
import { layers, OUTPUT } from '../../../fixtures/specs/fixture.ts';

/** The text of one Dense layer with these properties, each as JSON. */
function dense(...properties: readonly string[]): string {
  return `{"layers":[{"kind":"dense","id":"dense-1"${properties.map((property) => `,${property}`).join('')}}]}`;
}

describe('the text of a network', () => {
  test('has a line for each layer, with the options that differ from the defaults', () => {
    const network = {
      layers: layers(['conv2d', { filters: 8, off: true }], ['reshape', { targetShape: [784] }], OUTPUT),
    };
    expect(networkText(network)).toBe(`{
  "layers": [
    {"kind":"conv2d","id":"conv2d-1","off":true,"filters":8},
    {"kind":"reshape","id":"reshape-1","targetShape":[784]},
    {"kind":"dense","id":"dense-1","units":10,"activation":"softmax"}
  ]
}
`);
    expect(networkText({ layers: [] })).toBe('{ "layers": [] }\n');
  });

  test.each(FASHION_MNIST_PRESETS)('reads back as it was: $id', ({ network }) => {
    expect(parseNetwork(networkText(network))).toEqual({ network });
  });

  test('reads back as it was, whatever the network', () => {
    fc.assert(
      fc.property(VALID_NETWORK, (network) => {
        expect(parseNetwork(networkText(network))).toEqual({ network });
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  test('may be a bare list', () => {
    expect(parseNetwork('[{"kind":"flatten","id":"a"}]')).toEqual({
      network: { layers: [{ kind: 'flatten', id: 'a', off: false }] },
    });
  });
});

describe('text from elsewhere is refused with a sentence', () => {
  const many = JSON.stringify({
    layers: Array.from({ length: 201 }, (_, i) => ({ kind: 'flatten', id: `f${i}` })),
  });
  const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;

  test.each([
    ['no JSON', 'import keras', 'This is not text of layers: it should begin with { "layers": [.'],
    ['nothing', '', 'This is not text of layers: it should begin with { "layers": [.'],
    ['a number', '42', 'This is not text of layers: it should begin with { "layers": [.'],
    ['no list', '{"layers":{"length":3}}', 'This is not text of layers: it should begin with { "layers": [.'],
    ['too many layers', many, 'There are 201 layers, but a network may have at most 200.'],
    ['a text without end', ' '.repeat(200_001), 'The text is too long: more than 200 KB.'],
    ['lists within lists', deep, 'This is not text of layers: it should begin with { "layers": [.'],
    ['an unknown kind', '[{"kind":"conv3d","id":"a"}]', 'Layer 1 is of an unknown kind: "conv3d".'],
    ['a kind from the prototype', '[{"kind":"constructor","id":"a"}]', 'Layer 1 is of an unknown kind: "constructor".'],
    ['no kind', '[{"id":"a"}]', 'Layer 1 is of an unknown kind: none.'],
    ['a long kind', `[{"kind":"${'x'.repeat(999)}","id":"a"}]`, `Layer 1 is of an unknown kind: "${'x'.repeat(39)}….`],
    ['no id', '[{"kind":"flatten"}]', 'Layer 1 needs an id of letters, digits and hyphens, but has none.'],
    [
      'the id of the Input',
      '[{"kind":"flatten","id":"input"}]',
      'Layer 1 needs an id of letters, digits and hyphens, but has "input".',
    ],
    [
      'an id from the prototype',
      '[{"kind":"flatten","id":"__proto__"}]',
      'Layer 1 needs an id of letters, digits and hyphens, but has "__proto__".',
    ],
    [
      'an id twice',
      '[{"kind":"flatten","id":"a"},{"kind":"flatten","id":"a"}]',
      'Two layers have the id "a"; each needs one of its own.',
    ],
    ['a prototype', dense('"__proto__":{"units":5}'), 'Layer 1 (Dense): There is no option "__proto__".'],
    ['an unknown option', dense('"unit":5'), 'Layer 1 (Dense): There is no option "unit".'],
    ['a huge number', dense('"units":1e999'), 'Layer 1 (Dense): Units must be a number.'],
    ['a billion units', dense('"units":1000000000'), 'Layer 1 (Dense): Units must be at most 8,192.'],
    ['a number as text', dense('"units":"10"'), 'Layer 1 (Dense): Units must be a number.'],
    ['an object for a number', dense('"units":{"valueOf":1}'), 'Layer 1 (Dense): Units must be a number.'],
    [
      'an unknown choice',
      dense('"activation":"softmin"'),
      'Layer 1 (Dense): Activation must be one of linear, relu, leakyRelu, elu, selu, gelu, swish, sigmoid, tanh, softplus, softmax.',
    ],
    ['a switch that is no switch', dense('"useBias":"yes"'), 'Layer 1 (Dense): Bias must be on or off.'],
    ['off, but how', dense('"off":1'), 'Layer 1 (Dense): Off must be true or false.'],
    [
      'a shape that is none',
      '[{"kind":"reshape","id":"a","targetShape":[28,-28]}]',
      'Layer 1 (Reshape): Each extent of Shape must be a whole number from 1 to 1,000,000.',
    ],
    ['a source that is no name', '[{"kind":"add","id":"a","from":7}]', 'Layer 1 (Add): From must name a layer.'],
  ])('%s', (_what, text, sentence) => {
    expect(parseNetwork(text)).toEqual({ problems: [sentence] });
  });

  test('every fault at once', () => {
    const text = '[{"kind":"dense","id":"a","units":0,"l1":9},{"kind":"pool","id":"b"}]';
    expect(parseNetwork(text)).toEqual({
      problems: [
        'Layer 1 (Dense): Units must be at least 1.',
        'Layer 1 (Dense): L1 must be at most 1.',
        'Layer 2 is of an unknown kind: "pool".',
      ],
    });
  });

  test('whatever it is, without an exception, and nothing reaches the prototype', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const reading = parseNetwork(text);
        expect('network' in reading ? reading.network.layers.length : reading.problems.length).toBeGreaterThanOrEqual(
          0,
        );
      }),
      { numRuns: 500, seed: 7 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
