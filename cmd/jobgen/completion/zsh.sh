#compdef jobgen
# Completion of jobgen for zsh.
_jobgen() {
  local line mode
  local -a lines values
  lines=("${(@f)$("${words[1]}" completion -words -- "${(@)words[2,CURRENT]//[\"\'\\]/}" 2>/dev/null)}")
  mode=$lines[1]
  for line in "${(@)lines[2,-1]}"; do
    values+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done
  (( $#values )) && _describe jobgen values
  case $mode in
    files)
      compset -P '*='
      _files
      ;;
    directories) _files -/ ;;
  esac
}
if [[ $funcstack[1] == _jobgen ]]; then
  _jobgen "$@"
else
  compdef _jobgen jobgen
fi
