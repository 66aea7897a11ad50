/** Completion scripts: each asks the program itself (`PROGRAM __complete WORD…`) for candidates. */

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

export type CompletionShell = keyof typeof scripts;

/** Shells that have a script, in alphabetical order. */
export const completionShells: readonly CompletionShell[] = ['bash', 'fish', 'zsh'];

/**
 * Returns the script that teaches `shell` to complete `program`.
 * @param program name of the executable; letters, digits, dots, dashes and underscores
 */
export function completionScript(shell: CompletionShell, program: string): string {
  if (!/^[\w.-]+$/.test(program)) throw new TypeError(`"${program}" is no name for an executable`);
  return scripts[shell](program, `__${program.replaceAll(/\W/g, '_')}_complete`);
}

/**
 * The line is split at blanks by us: bash itself also splits at `=` and `:`, so `--only=a` would be three words. What
 * bash keeps in front of the word under its cursor is cut off the candidates again.
 */
function bashScript(program: string, name: string): string {
  return String.raw`# bash completion for ${program}; load it with: source <(${program} completion bash)
${name}() {
  local line=${dollar}{COMP_LINE:0:COMP_POINT} words answer directive current kept candidate
  read -r -a words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  answer=$("${dollar}{words[0]}" __completeNoDesc "${dollar}{words[@]:1}" 2> /dev/null) || return
  directive=${dollar}{answer##*:}
  answer=${dollar}{answer%:*}
  current=${dollar}{words[${dollar}{#words[@]}-1]}
  kept=""
  if [[ $current == *[=:]* && ( $COMP_WORDBREAKS == *=* || $COMP_WORDBREAKS == *:* ) ]]; then
    kept=${dollar}{current%"${dollar}{current##*[=:]}"}
  fi
  COMPREPLY=()
  while IFS= read -r candidate; do
    [[ -n $candidate ]] && COMPREPLY+=("${dollar}{candidate#"$kept"}")
  done <<< "$answer"
  if (( directive & 2 )); then compopt -o nospace 2> /dev/null; fi
  if (( ! (directive & 4) )); then compopt -o default 2> /dev/null; fi
}
complete -F ${name} ${program}
`;
}

function zshScript(program: string, name: string): string {
  return String.raw`#compdef ${program}
# zsh completion for ${program}; load it with: source <(${program} completion zsh)
${name}() {
  local answer directive line word text
  local -a candidates options
  answer=$("${dollar}{words[1]}" __complete "${dollar}{(@)words[2,CURRENT]}" 2> /dev/null) || return
  directive=${dollar}{answer##*:}
  for line in "${dollar}{(@f)answer%:*}"; do
    [[ -z $line ]] && continue
    word=${dollar}{line%%$'\t'*}
    text=${dollar}{line#*$'\t'}
    word=${dollar}{word//:/\\:}
    if [[ $line == *$'\t'* ]]; then candidates+=("$word:$text"); else candidates+=("$word"); fi
  done
  (( directive & 2 )) && options=(-S '')
  if (( ${dollar}{#candidates} )); then
    _describe -V '${program}' candidates "${dollar}{(@)options}"
  elif (( ! (directive & 4) )); then
    _files
  fi
}
if [[ $funcstack[1] == _${program} ]]; then
  ${name} "$@"
else
  compdef ${name} ${program}
fi
`;
}

function fishScript(program: string, name: string): string {
  return String.raw`# fish completion for ${program}; load it with: ${program} completion fish | source
function ${name}
    set -l words (commandline -opc)
    set -l answer ($words[1] __complete $words[2..-1] (commandline -ct) 2>/dev/null)
    set -l directive (string replace -r '^:' '' -- $answer[-1])
    set -e answer[-1]
    if test (count $answer) -gt 0
        printf '%s\n' $answer
    else if test (math "bitand($directive, 4)") -eq 0
        __fish_complete_path (commandline -ct)
    end
end
complete -c ${program} -f -a '(${name})'
`;
}

/** A dollar sign in front of a brace, which would otherwise start an expression in the templates above. */
const dollar = '$';
