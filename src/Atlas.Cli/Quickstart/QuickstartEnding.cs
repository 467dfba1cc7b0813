using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Contracts.Playbooks;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Quickstart;

/// <summary>What the quickstart ends with: what was learned, the difference it made, and where to look further.</summary>
internal sealed class QuickstartEnding(CommandContext context, QuickstartModels models, LearningKeyDescription before, bool isJson)
{
    private readonly string _key = before.Playbook.LearningKey;

    public async Task TellAsync(IReadOnlyList<QuickstartRow> rows, CancellationToken cancellation)
    {
        var (playbook, learned) = await new DatabaseAccess(context).ReadAsync<(KeyPlaybook?, DifferenceDocument?)>(async source =>
        {
            var playbook = await source.Keys.PlaybookAsync(_key, context.Clock.GetUtcNow(), cancellation);
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
            });
            return;
        }

        Write(rows, playbook, learned);
    }

    private void Write(IReadOnlyList<QuickstartRow> rows, KeyPlaybook? playbook, DifferenceDocument? learned)
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
            ($"console --key {_key}", "its page in a browser, once `up --detach` runs"),
            ("run --config FILE --task TEXT", "an agent of yours; docs/runtime.md"),
            ("down", "stop the database; the data stays"),
        ];
        var width = further.Max(one => one.Command.Length);
        foreach (var (command, gives) in further)
        {
            terminal.Data($"  {atlas} {command.PadRight(width)}  {gives}");
        }
    }
}
