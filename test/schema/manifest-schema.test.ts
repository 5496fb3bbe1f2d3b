import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { includedSchema, manifestSchema } from '../../src/schema/manifest-schema.ts';

const published: unknown = JSON.parse(
  readFileSync(new URL('../../schemas/manifest.schema.json', import.meta.url), 'utf8'),
);
const accepts = new Ajv2020({ strict: true, strictRequired: false }).compile(manifestSchema);

test('the schemas are schemas; the validator takes that for granted', () => {
  const ajv = new Ajv2020();
  for (const schema of [manifestSchema, includedSchema]) {
    expect(ajv.validateSchema(schema)).toBe(true);
  }
});

test('the published schema is the one that is checked against; `node scripts/schema.mjs` writes it', () => {
  expect(published).toEqual(JSON.parse(JSON.stringify(manifestSchema)));
});

describe('an editor', () => {
  test.each([
    '{version: 1, provider: feishu, spaces: {}}',
    '{version: 1, provider: {kind: lark, pace: {create-node: 5/2s}}, include: [a.yaml]}',
    '{version: 1, provider: feishu, state: {git: {}}, spaces: {h: {name: H, nodes: [a, {title: b, children: [{title: c, children: [d]}]}]}}}',
    '{version: 1, provider: feishu, spaces: {h: {name: H, onRemove: {archive: h/A}, nodes: [{title: A, copy: {from: h/B, children: true}}, {title: B, shortcut: {id: wikX}}]}}}',
  ])('accepts %s', (text) => {
    expect(accepts(parse(text))).toBe(true);
  });

  test.each([
    '{provider: feishu, spaces: {}}',
    '{version: 2, provider: feishu, spaces: {}}',
    '{version: 1, provider: feishu}',
    '{version: 1, provider: feishu, spaces: {}, typo: 1}',
    '{version: 1, provider: {kind: feishu, pace: {create-node: often}}, spaces: {}}',
    '{version: 1, provider: feishu, spaces: {h: {nodes: []}}}',
    '{version: 1, provider: feishu, spaces: {h: {name: H, nodes: [{title: a, children: [{title: b, typo: 1}]}]}}}',
    '{version: 1, provider: feishu, spaces: {h: {name: H, nodes: [1]}}}',
    '{version: 1, provider: feishu, spaces: {h: {name: H, nodes: [{title: a, id: 7034502641455497244}]}}}',
    '{version: 1, provider: feishu, spaces: {h: {name: H, nodes: [{title: a, copy: {children: true}}]}}}',
  ])('refuses %s', (text) => {
    expect(accepts(parse(text))).toBe(false);
  });

  test('is told what every field is for', () => {
    const silent: string[] = [];
    const walk = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [name, inner] of Object.entries(schema)) {
        if (name === 'properties') {
          for (const [field, of] of Object.entries(inner)) {
            const told = typeof of === 'object' && of !== null && ('description' in of || '$ref' in of);
            if (!told) silent.push(`${path}/${field}`);
          }
        }
        walk(inner, `${path}/${name}`);
      }
    };
    walk(published, '');
    expect(silent).toEqual([]);
  });
});
