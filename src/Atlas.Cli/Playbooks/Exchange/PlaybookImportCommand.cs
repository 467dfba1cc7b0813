using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks.Changes;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;

namespace Atlas.Cli.Playbooks.Exchange;

/// <summary><c>atlas playbook import KEY FILE</c></summary>
internal sealed class PlaybookImportCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key("The learning key; one that is new begins with this playbook.");
    private readonly Argument<string> _file = new("FILE") { Description = "A playbook as `atlas playbook export` writes it; or a skill's folder, bullets of ACE, memories of Mem0 or a list, whose rules become candidates." };
    private readonly ChangeOptions _options = new();

    public PlaybookImportCommand(CommandContext context)
        : base(context, "import", "Make an exported playbook current, as a new version; what other tools learned becomes candidates.")
    {
        Add(_key);
        Add(_file);
        _options.AddTo(this, reasonRequired: true);
        Examples = ["atlas playbook import tau/airline airline.json --reason \"reviewed by the airline team\"", "atlas playbook import tau/airline .claude/skills/airline --reason \"from the team's skill\""];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var file = arguments.GetRequiredValue(_file);
        var by = _options.Attribution(arguments, Context.Caller);
        if (await CandidateFile.ReadAsync(file, cancellation) is { } candidates)
        {
            return await ProposeAsync(key, file, candidates, by, _options.AsJson(arguments), cancellation);
        }

        var playbook = await PlaybookFile.ReadAsync(file, cancellation);
        var change = new PlaybookChange(Context, key, by);
        var outcome = await change.RunAsync(client => client.ImportAsync(key, playbook, by, cancellation), cancellation);
        change.Report(
            outcome,
            _options.AsJson(arguments),
            $"{key} says what {file} says; this is version {outcome.Version}.",
            $"{key} says what {file} says already; it stays at version {outcome.Version}.");
        return ExitCode.Ok;
    }

    private async Task<ExitCode> ProposeAsync(
        string key, string file, ImmutableArray<PlaybookEntry> entries, Attribution by, bool asJson, CancellationToken cancellation)
    {
        var proposed = await new DatabaseAccess(Context).ReadAsync(queries => queries.Proposals.AddAsync(
            key, [.. entries.Select(entry => JsonSerializer.Serialize(entry, AtlasJson.Options))], by.Author, file, cancellation));
        await using var audit = new CommandAudit(Context);
        await audit.NoteAsync(
            "ProposeEntries", key, null, by.Author, 200, new { source = file, by.Reason }, after: new { ids = proposed.Select(one => one.Id) });
        if (asJson)
        {
            Context.Terminal.Json(proposed);
        }
        else
        {
            Context.Terminal.Data(
                $"{Wording.Count(proposed.Length, "rule", "rules")} of {file} wait as candidates for {key}; "
                + $"`atlas playbook candidates {ShellWord.Of(key)}` shows them, `atlas playbook accept` puts them into a version.");
        }

        return ExitCode.Ok;
    }
}
