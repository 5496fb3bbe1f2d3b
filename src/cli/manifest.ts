// The manifest that a command is about, as it stands on the disk or as it would with what is to be written.

import { dirname, join } from 'node:path';
import { type Compiled, compile } from '../manifest/compile.ts';
import type { ManifestFiles } from '../manifest/files.ts';
import { trustedHosts } from './credential.ts';
import { manifestFiles } from './manifest-files.ts';
import type { Context } from './settings.ts';
import { knownCapabilities } from './wiring.ts';

/**
 * Reads and checks the manifest and all it includes.
 *
 * @param texts - what is to be written, by file: it stands in for what is there.
 */
export function compileManifest(
  file: string,
  { edge }: Context,
  texts?: ReadonlyMap<string, string>,
): Compiled {
  const files = manifestFiles(edge.cwd);
  return compile({
    file,
    files: texts === undefined ? files : overlaid(files, texts),
    capabilities: knownCapabilities,
    trustedHosts: trustedHosts(edge.env),
  });
}

/** The files on the disk, some of them with other texts, or texts where there is no file. */
function overlaid(files: ManifestFiles, texts: ReadonlyMap<string, string>): ManifestFiles {
  return {
    read(file) {
      const text = texts.get(file);
      return text === undefined ? files.read(file) : { kind: 'text', bytes: new TextEncoder().encode(text) };
    },
    match(fromFile, pattern) {
      const literal = join(dirname(fromFile), pattern);
      return texts.has(literal) ? { kind: 'files', files: [literal] } : files.match(fromFile, pattern);
    },
    contains: files.contains,
  };
}
