// What a shell needs to ask wikiform what may come next, and how it takes the answer. The first line of an
// answer says what kind it is, the others are values. No script evaluates what was typed.

import { assertNever } from '../diagnostic/invariant.ts';
import type { Candidate, Completion } from './completion.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

const bash = `# wikiform completion for bash. In ~/.bashrc: source <(wikiform completion bash)
_wikiform() {
    COMPREPLY=()
    local kind='' line
    while IFS= read -r line; do
        if [[ -z $kind ]]; then kind=$line; else COMPREPLY+=("$line"); fi
    done < <(wikiform completion bash -- "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
    case $kind in
        files) compopt -o default 2>/dev/null ;;
        open) compopt -o nospace 2>/dev/null ;;
    esac
}
complete -F _wikiform wikiform
`;

const zsh = `#compdef wikiform
# wikiform completion for zsh. In ~/.zshrc, after compinit: source <(wikiform completion zsh)
_wikiform() {
    local -a lines found
    lines=("\${(@f)$(wikiform completion zsh -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    found=("\${(@)lines[2,-1]}")
    case $lines[1] in
        files) _files ;;
        open) _describe wikiform found -S '' ;;
        *) _describe wikiform found ;;
    esac
}
compdef _wikiform wikiform
`;

const fish = `# wikiform completion for fish. In ~/.config/fish/config.fish: wikiform completion fish | source
function __wikiform_complete
    set -l current (commandline -ct)
    set -l words (commandline -opc)
    set -l lines (wikiform completion fish -- $words[2..] "$current" 2>/dev/null)
    switch "$lines[1]"
        case files
            __fish_complete_path "$current"
        case '*'
            printf '%s\\n' $lines[2..]
    end
end
complete -c wikiform -f -a '(__wikiform_complete)'
`;

export const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };

/** The answer as the shell's script reads it. */
export function answer(shell: Shell, { kind, candidates }: Completion, raw: string): string {
  const lines = candidates.map((candidate) => lineOf(shell, candidate, raw));
  return [kind, ...lines].map((line) => `${line}\n`).join('');
}

function lineOf(shell: Shell, { value, description }: Candidate, raw: string): string {
  const shown = description.replaceAll(/\s+/g, ' ');
  switch (shell) {
    case 'bash':
      return forBash(value, raw);
    case 'zsh': {
      const escaped = value.replace(/[\\:]/g, '\\$&');
      return shown === '' ? escaped : `${escaped}:${shown}`;
    }
    case 'fish':
      return shown === '' ? value : `${value}\t${shown}`;
    default:
      return assertNever(shell);
  }
}

/**
 * Bash breaks words at a bare `=` or `:` too and replaces only what stands behind the last of them. It takes an
 * answer as it is, so that what is special to it has to be quoted; behind an open quote it does that itself.
 */
function forBash(value: string, raw: string): string {
  const [quote = ''] = /^['"]/.exec(raw) ?? [];
  if (quote !== '') return value;
  const broken = /^.*(?<!\\)[=:]/.exec(raw)?.[0].replace(/\\(.)/g, '$1') ?? '';
  const rest = value.startsWith(broken) ? value.slice(broken.length) : value;
  return rest.replace(/[^\p{L}\p{N}_%+,./@^-]/gu, '\\$&');
}
