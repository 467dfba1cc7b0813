namespace Atlas.Cli.Completion;

/// <summary>A script for each shell. All of them ask the program itself, so they never go out of date.</summary>
internal static class CompletionScripts
{
    private const string Bash =
        """
        # atlas completion for bash. Put this into ~/.bashrc:  source <(atlas completion bash)
        _atlas_complete() {
            local IFS=$'\n'
            local line="${COMP_LINE}"
            COMPREPLY=($("${COMP_WORDS[0]/#\~/$HOME}" completion suggest --at "${COMP_POINT}" -- "${line}" 2>/dev/null))
        }
        complete -o default -F _atlas_complete atlas ./atlas

        """;

    private const string Zsh =
        """
        # atlas completion for zsh. Put this into ~/.zshrc:  source <(atlas completion zsh)
        _atlas_complete() {
            local -a found
            found=("${(@f)$(${words[1]} completion suggest --at ${CURSOR} -- "${BUFFER}" 2>/dev/null)}")
            [[ -n "${found[1]}" ]] && compadd -- "${found[@]}" || _files
        }
        compdef _atlas_complete atlas ./atlas

        """;

    private const string Fish =
        """
        # atlas completion for fish. Save it as ~/.config/fish/completions/atlas.fish:  atlas completion fish > …
        function __atlas_complete
            set -l line (commandline -cp)
            (commandline -op)[1] completion suggest -- "$line" 2>/dev/null
        end
        complete -c atlas -a '(__atlas_complete)'

        """;

    private const string PowerShell =
        """
        # atlas completion for PowerShell. Put this into $PROFILE:  atlas completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName atlas -ScriptBlock {
            param($word, $tree, $position)
            $line = $tree.ToString()
            if ($line.Length -lt $position) { $line = $line.PadRight($position) }
            & $tree.CommandElements[0].ToString() completion suggest --at $position -- $line 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;

    public static string For(string shell) => (shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => PowerShell,
    }).ReplaceLineEndings("\n");
}
