# Completion of jobgen for bash.
_jobgen() {
  local before=${COMP_LINE:0:COMP_POINT} word part line mode= reply prefix i n=-1
  local -a words=()
  # Bash splits words at = and : too. Parts without white space between them are joined.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    part=${before#"${before%%[![:space:]]*}"}
    word=${COMP_WORDS[i]}
    ((i < COMP_CWORD)) || word=$part
    if ((i > 0)) && [[ $part == "$before" && -n $part ]]; then
      words[n]+=$word
    else
      words[++n]=$word
    fi
    before=${part#"$word"}
  done
  for ((i = 0; i <= n; i++)); do
    words[i]=${words[i]//[\"\'\\]/}
  done
  # Bash replaces only the last part of the last word, $2.
  part=${2//[\"\'\\]/}
  prefix=${words[n]%"$part"}
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ -z $mode ]]; then
      mode=$line
      continue
    fi
    reply=${line%%$'\t'*}
    reply=${reply#"$prefix"}
    if [[ ${COMP_WORDS[COMP_CWORD]} != [\"\']* && $reply == *[[:space:]\(\)\&\;\'\"]* ]]; then
      printf -v reply %q "$reply"
    fi
    COMPREPLY+=("$reply")
  done < <("${words[0]}" completion -words -- "${words[@]:1}" 2>/dev/null)
  case $mode in
    files | directories)
      compopt -o filenames 2>/dev/null
      [[ $mode == files ]] && i=-f || i=-d
      while IFS= read -r line; do
        COMPREPLY+=("$line")
      done < <(compgen "$i" -- "$part")
      ;;
  esac
}
complete -F _jobgen jobgen
