# Completion of jobgen for fish.
function __jobgen_complete
    set -l current (commandline -ct)
    set -l words (string replace -ra '["\'\\\\]' '' -- (commandline -opc) "$current")
    set -l lines ($words[1] completion -words -- $words[2..-1] 2>/dev/null)
    switch "$lines[1]"
        case files
            __fish_complete_path "$current"
        case directories
            __fish_complete_directories "$current" ''
    end
    string join \n -- $lines[2..-1]
end
complete -c jobgen -f -a '(__jobgen_complete)'
