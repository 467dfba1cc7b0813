using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary>Who changes a playbook and why, and how to report it.</summary>
internal sealed class ChangeOptions
{
    private readonly AuthorOption _by = new();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<string?> _reason = CommonOptions.Text(
        "--reason", "TEXT", "Why, in your words; it goes into the history.", "why this is done");

    /// <param name="command">The command that gets the options.</param>
    /// <param name="reasonRequired">Whether a reason must be given.</param>
    public void AddTo(Command command, bool reasonRequired)
    {
        _reason.Required = reasonRequired;
        command.Add(_reason);
        _by.AddTo(command);
        command.Add(_json);
    }

    public Attribution Attribution(ParseResult arguments, CallerSettings caller) =>
        new(_by.Read(arguments, caller), arguments.GetValue(_reason)?.Trim());

    public bool AsJson(ParseResult arguments) => arguments.GetValue(_json);
}
