using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks.Changes;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Json;

namespace Atlas.Cli.Playbooks.Exchange;

/// <summary><c>atlas playbook import KEY FILE</c></summary>
internal sealed class PlaybookImportCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key("The learning key. A new key begins with this playbook.");
    private readonly Argument<string> _file = new("FILE") { Description = "A playbook that `atlas playbook export` wrote; or a skill folder, ACE bullets, Mem0 memories or a list, whose rules become candidates." };
    private readonly ChangeOptions _options = new();

    public PlaybookImportCommand(CommandContext context)
        : base(context, "import", "Import a playbook as a new version, or rules from other tools as candidates.")
    {
        Add(_key);
        Add(_file);
        _options.AddTo(this, reasonRequired: true, changesPrompts: true);
        Examples = ["atlas playbook import tau/airline airline.json --reason \"reviewed by the airline team\"", "atlas playbook import tau/airline .claude/skills/airline --reason \"from the team's skill\""];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var file = arguments.GetRequiredValue(_file);
        var by = _options.Attribution(arguments, Context.Caller);
        if (await CandidateFile.ReadAsync(file, cancellation) is { } candidates)
        {
            ImmutableArray<string> rules = [.. candidates.Select(entry => JsonSerializer.Serialize(entry, AtlasJson.Options)).Distinct()];
            return _options.IsDryRun(arguments)
                ? Preview(key, file, rules.Length, _options.AsJson(arguments))
                : await ProposeAsync(key, file, rules, by, _options.AsJson(arguments), cancellation);
        }

        var playbook = await PlaybookFile.ReadAsync(file, cancellation);
        var change = new PlaybookChange(Context, key, by);
        if (await change.TellCostAsync(_options.IsDryRun(arguments), _options.AsJson(arguments), cancellation))
        {
            return ExitCode.Ok;
        }

        var outcome = await change.RunAsync(client => client.ImportAsync(key, playbook, by, cancellation), cancellation);
        change.Report(
            outcome,
            _options.AsJson(arguments),
            $"Imported {file} as version {outcome.Version} of {key}.",
            $"{key} already has the content of {file}; it stays at version {outcome.Version}.");
        return ExitCode.Ok;
    }

    // Candidates reach no prompt, so they cost nothing in prompt caches.
    private ExitCode Preview(string key, string file, int rules, bool asJson)
    {
        if (asJson)
        {
            Context.Terminal.Json(new CandidatePreview(key, file, rules));
        }
        else
        {
            Context.Terminal.Data($"{Wording.Count(rules, "rule", "rules")} from {file} would wait as candidates for {key}. Nothing was stored.");
        }

        return ExitCode.Ok;
    }

    private async Task<ExitCode> ProposeAsync(
        string key, string file, ImmutableArray<string> rules, Attribution by, bool asJson, CancellationToken cancellation)
    {
        var proposed = await new DatabaseAccess(Context).ReadAsync(queries => queries.Proposals.AddAsync(key, rules, by.Author, file, cancellation));
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
                $"{Wording.Count(proposed.Length, "rule", "rules")} from {file} wait as candidates for {key}. "
                + $"Show them with `atlas playbook candidates {ShellWord.Of(key)}`, and accept them with `atlas playbook accept`.");
        }

        return ExitCode.Ok;
    }
}
