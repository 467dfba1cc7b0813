using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Contracts.Playbooks;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Quickstart;

/// <summary>Prints the end of the quickstart: what was learned, the difference it made, and where to look next.</summary>
internal sealed class QuickstartEnding(CommandContext context, QuickstartModels models, LearningKeyDescription before, Uri page, bool isJson)
{
    private readonly string _key = before.Playbook.LearningKey;

    public async Task TellAsync(IReadOnlyList<QuickstartRow> rows, bool keeps, CancellationToken cancellation)
    {
        var (playbook, learned) = await new DatabaseAccess(context).ReadAsync<(KeyPlaybook?, DifferenceDocument?)>(async source =>
        {
            var playbook = await source.Keys.PlaybookAsync(_key, context.Clock.GetUtcNow(), cancellationToken: cancellation);
            if (playbook is null)
            {
                return (null, null);
            }

            var versions = new VersionReader(source);
            return (playbook, DifferenceDocument.Of(
                _key,
                await versions.ReadAsync(_key, before.Playbook.Version, cancellation),
                await versions.ReadAsync(_key, null, cancellation)));
        });
        if (isJson)
        {
            context.Terminal.Json(new QuickstartReport
            {
                LearningKey = _key,
                Scripted = models.AreScripted,
                Model = models.Student?.Model,
                SessionsBefore = before.SessionsObserved,
                Rows = [.. rows],
                Learned = learned is { Same: false } ? learned : null,
                Entries = playbook?.Entries ?? [],
                Page = page,
            });
            return;
        }

        Write(rows, playbook, learned, keeps);
    }

    private void Write(IReadOnlyList<QuickstartRow> rows, KeyPlaybook? playbook, DifferenceDocument? learned, bool keeps)
    {
        var terminal = context.Terminal;
        terminal.Data();
        foreach (var insight in QuickstartInsights.Of(rows, withTime: !models.AreScripted))
        {
            terminal.Data(insight);
        }

        if (playbook is { Version: > 0 })
        {
            terminal.Data();
            terminal.Data("The playbook now", Tint.Heading);
            PlaybookSheet.Write(playbook, terminal);
        }

        if (learned is { Same: false })
        {
            terminal.Data();
            terminal.Data("What these tasks changed in it", Tint.Heading);
            DifferenceSheet.Write(learned, terminal);
        }

        terminal.Data();
        terminal.Data("What next", Tint.Heading);
        var atlas = context.Repository.IsInstalled ? "atlas" : "./atlas";
        (string Command, string Gives)[] further =
        [
            ($"playbook history {_key}", "every version, with its cause"),
            ($"session list --key {_key}", "the sessions it learned from"),
            ($"session show {rows[^1].SessionId}", "everything about the last one"),
            .. keeps ? [] : new[] { ("quickstart --keep", "keep running, to see the key in a browser") },
            ("run --config FILE --task TEXT", "an agent of yours; docs/runtime.md"),
            ("down", "stop the database; the data is kept"),
        ];
        var width = further.Max(one => one.Command.Length);
        foreach (var (command, gives) in further)
        {
            terminal.Data($"  {atlas} {command.PadRight(width)}  {gives}");
        }

        if (!keeps)
        {
            terminal.Data();
            terminal.Data($"Its page: {page.AbsoluteUri}");
            terminal.Data($"To open it, start a silo with `{atlas} up --detach`, then run `{atlas} console --key {_key}`.");
        }
    }
}
