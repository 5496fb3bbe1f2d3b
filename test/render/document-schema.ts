// Checks a document against its published schema, as a reader of it would: after a trip through JSON.

import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
const validators = new Map<string, ValidateFunction>();

function validatorOf(name: 'plan' | 'apply' | 'snapshot'): ValidateFunction {
  const known = validators.get(name);
  if (known !== undefined) return known;
  const file = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
  const made = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
  validators.set(name, made);
  return made;
}

/** What is wrong with the document; nothing where all is well. */
export function schemaErrors(name: 'plan' | 'apply' | 'snapshot', document: unknown): string[] {
  const validate = validatorOf(name);
  if (validate(JSON.parse(JSON.stringify(document))) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
