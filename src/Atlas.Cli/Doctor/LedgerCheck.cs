using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Queries;

namespace Atlas.Cli.Doctor;

/// <summary>The books: whether journal, state, archive and registry of every key tell one story, and every event is what was written.</summary>
internal sealed class LedgerCheck(CommandContext context) : ICheck
{
    private const string Name = "ledger";

    private const string Advice =
        "A silo writes none of this differently: somebody changed the tables. Restore a backup from before, or keep a copy of the database as it is and report it.";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        var report = await new DatabaseAccess(context).ReadAsync(source => source.Ledger.ProveAsync(cancellation));
        if (report.Faults.IsEmpty)
        {
            return
            [
                Finding.Ok(
                    Name,
                    $"{Wording.Count(report.Keys, "key")}, {Wording.Count(report.Events, "event")}, {Wording.Count(report.Versions, "version")}: journal, state, archive "
                    + "and registry agree, every event is what was written, every session was counted once, and none has waited long"
                    + (report.NeverTold == 0 ? "" : $". {Wording.Count(report.NeverTold, "session")} ended while learning was off, or came from another tool, and was never told to a key")),
            ];
        }

        return [.. report.Faults.Select(fault => Finding.Problem(Name, fault.LearningKey is { } key ? $"{key}: {fault.Sentence}" : fault.Sentence, Advice))];
    }
}
