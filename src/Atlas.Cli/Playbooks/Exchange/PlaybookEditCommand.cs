using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks.Changes;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks.Exchange;

/// <summary><c>atlas playbook edit KEY</c></summary>
internal sealed class PlaybookEditCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly ChangeOptions _options = new();

    public PlaybookEditCommand(CommandContext context)
        : base(context, "edit", "Edit a playbook in your editor ($VISUAL, else $EDITOR, else nano or vi). The result is a new version.")
    {
        Add(_key);
        _options.AddTo(this, reasonRequired: false, changesPrompts: true);
        Examples = ["atlas playbook edit tau/airline --reason \"say what a waiver is\""];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var by = _options.Attribution(arguments, Context.Caller);
        var editor = Editor.Choose(Context.Caller.Editor, Environment.GetEnvironmentVariable("PATH"), Context.Terminal.CanAsk);
        var change = new PlaybookChange(Context, key, by);
        if ((await change.DemandKnownAsync(cancellation)).Frozen is { } frozen)
        {
            throw new CommandFailedException(
                ExitCode.Refused,
                $"{key} was frozen by {frozen.Author}. Unfreeze it first with `atlas playbook unfreeze {ShellWord.Of(key)}`.");
        }

        if (await change.TellCostAsync(_options.IsDryRun(arguments), _options.AsJson(arguments), cancellation))
        {
            return ExitCode.Ok;
        }

        var before = await CurrentAsync(key, cancellation);
        var outcome = await EditAsync(change, key, before, editor, by, cancellation);
        change.Report(
            outcome,
            _options.AsJson(arguments),
            $"Saved as version {outcome.Version} of {key}.",
            $"Nothing was changed; {key} stays at version {outcome.Version}.");
        return ExitCode.Ok;
    }

    private async Task<KeyChange> EditAsync(
        PlaybookChange change, string key, PlaybookVersion before, string editor, Attribution by, CancellationToken cancellation)
    {
        using var draft = await Draft.CreateAsync(PlaybookFile.Text(before.Playbook, withObservations: false), cancellation);
        try
        {
            await Editor.OpenAsync(editor, draft.File, cancellation);
            return draft.IsChanged
                ? await ImportAsync(change, key, before.Number, draft.File, by, cancellation)
                : new KeyChange(before.Number, Changed: false);
        }
        catch (OperationCanceledException stopped)
        {
            // An editor with a window of its own is still open, and what is saved in it later goes to the same file.
            throw Kept(draft, key, ExitCode.Interrupted, "Stopped.", "Import it", stopped);
        }
        catch (Exception failure) when (draft.IsChanged)
        {
            throw failure switch
            {
                CommandFailedException failed => Kept(draft, key, failed.Code, failed.Message, "Correct it and import it", failed),
                AtlasRefusedException => Kept(draft, key, ExitCode.Refused, failure.Message, "Correct it and import it", failure),
                AtlasUnavailableException => Kept(draft, key, ExitCode.NotRunning, failure.Message, "Import it", failure),
                IOException or UnauthorizedAccessException => Kept(draft, key, ExitCode.Failed, failure.Message, "Import it", failure),
                _ => Kept(draft, key, ExitCode.Internal, $"atlas failed unexpectedly: {Wording.OneLine(failure.Message, 300)}.", "Import it", failure),
            };
        }
    }

    private static CommandFailedException Kept(Draft draft, string key, ExitCode code, string what, string next, Exception cause)
    {
        draft.Keep();
        return new CommandFailedException(
            code,
            $"{what} Your text is kept in {draft.File}. {next} with "
            + $"`atlas playbook import {ShellWord.Of(key)} {ShellWord.Of(draft.File)} --reason …`.",
            cause);
    }

    private Task<PlaybookVersion> CurrentAsync(string key, CancellationToken cancellation) =>
        new DatabaseAccess(Context).ReadAsync(source => new VersionReader(source).ReadAsync(key, null, cancellation));

    private async Task<KeyChange> ImportAsync(
        PlaybookChange change, string key, int editedVersion, string file, Attribution by, CancellationToken cancellation)
    {
        var edited = await PlaybookFile.ReadAsync(file, cancellation);
        try
        {
            // The edit does not contain what is learned in the meantime, and would revert it.
            return await change.RunAsync(client => client.EditAsync(key, edited, by with { OnlyAtVersion = editedVersion }, cancellation), cancellation);
        }
        catch (AtlasRefusedException refused)
        {
            var now = (await CurrentAsync(key, cancellation)).Number;
            if (now == editedVersion)
            {
                throw;
            }

            throw new CommandFailedException(
                ExitCode.Refused,
                $"While you edited version {editedVersion} of {key}, it changed to version {now}. "
                + $"See the changes with `atlas playbook diff {ShellWord.Of(key)} {editedVersion}`.",
                refused);
        }
    }
}
