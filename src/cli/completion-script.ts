import type { Command } from 'commander';

/** What can be typed after each path of commands: `domino fault` → its commands and options. The root has the empty path. */
export function completionWords(root: Command): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, readonly string[]>();
  const visit = (command: Command, path: readonly string[]) => {
    const commands = command.commands.map((one) => one.name());
    const options = command.options.flatMap(({ long }) => (long ? [long] : []));
    words.set(path.join(' '), [...commands, ...options, '--help']);
    for (const one of command.commands) visit(one, [...path, one.name()]);
  };
  visit(root, []);
  return words;
}

/** A script that the shell reads once. The words are in it, so that completing asks nobody and takes no time. */
export function completionScript(shell: 'bash' | 'zsh', root: Command): string {
  const words = [...completionWords(root)];
  const paths = words.map(([path]) => path).filter((path) => path !== '');
  const groups = paths.map(quote).join('|');
  const arms = (give: (list: string) => string) =>
    words.map(([path, list]) => `    ${quote(path)}) ${give(list.join(' '))} ;;`).join('\n');
  // What is no command (an option, an argument) leaves the path as it is.
  const follow = `    case "\${at:+$at }$word" in ${groups}) at="\${at:+$at }$word" ;; esac`;
  return shell === 'bash'
    ? `# bash completion for bridge:  source <(bridge completion bash)
_bridge() {
  local at= word list
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
${follow}
  done
  case "$at" in
${arms((list) => `list='${list}'`)}
  esac
  COMPREPLY=($(compgen -W "$list" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o bashdefault -o default -F _bridge bridge
`
    : `#compdef bridge
# zsh completion for bridge:  source <(bridge completion zsh)
_bridge() {
  local at= word
  for word in "\${(@)words[2,CURRENT-1]}"; do
${follow}
  done
  case "$at" in
${arms((list) => `compadd -- ${list}`)}
  esac
  [[ -prefix - ]] || _files
}
compdef _bridge bridge
`;
}

function quote(text: string): string {
  return `'${text}'`;
}
