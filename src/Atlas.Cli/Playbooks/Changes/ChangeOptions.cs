using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary>The options for the author and the reason of a change, and for how it is reported.</summary>
internal sealed class ChangeOptions
{
    private readonly AuthorOption _by = new();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<string?> _reason = CommonOptions.Text(
        "--reason", "TEXT", "The reason for the change. It is stored in the history.", "why this is done");

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Print what the change would cost in the vendors' prompt caches, without making it." };

    /// <param name="command">The command that gets the options.</param>
    /// <param name="reasonRequired">Whether a reason must be given.</param>
    /// <param name="changesPrompts">Whether the command can change prompts, which has a cost that can be asked for.</param>
    public void AddTo(Command command, bool reasonRequired, bool changesPrompts = false)
    {
        if (changesPrompts)
        {
            command.Add(_dryRun);
        }

        _reason.Required = reasonRequired;
        command.Add(_reason);
        _by.AddTo(command);
        command.Add(_json);
    }

    public Attribution Attribution(ParseResult arguments, CallerSettings caller) =>
        new(_by.Read(arguments, caller), arguments.GetValue(_reason)?.Trim());

    public bool IsDryRun(ParseResult arguments) => arguments.GetValue(_dryRun);

    public bool AsJson(ParseResult arguments) => arguments.GetValue(_json);
}
