using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Quickstart;

/// <summary>What the quickstart ends with: what was learned, the difference it made, and where to look further.</summary>
internal sealed class QuickstartEnding(CommandContext context, QuickstartModels models, LearningKeyDescription before, bool isJson)
{
    private readonly string _key = before.Playbook.LearningKey;

    public async Task TellAsync(IReadOnlyList<QuickstartRow> rows, CancellationToken cancellation)
    {
        var (playbook, learned) = await new DatabaseAccess(context).ReadAsync<(PlaybookDocument?, DifferenceDocument?)>(async source =>
        {
            var playbook = await new PlaybookReader(source).FindAsync(_key, cancellation);
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

    private void Write(IReadOnlyList<QuickstartRow> rows, PlaybookDocument? playbook, DifferenceDocument? learned)
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
        terminal.Data($"  ./atlas playbook history {_key}    every version, with its cause");
        terminal.Data($"  ./atlas session list --key {_key}  the sessions it learned from");
        terminal.Data($"  ./atlas session show {rows[^1].SessionId}    everything about the last one");
        terminal.Data("  ./atlas run --config FILE --task TEXT            an agent of yours; docs/runtime.md");
        terminal.Data("  ./atlas down                                     stop the database; the data stays");
    }
}
