using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Queries.Ledger;

namespace Atlas.Cli.Doctor;

/// <summary>Checks the ledger: whether journal, state, archive and registry of every key agree, and every event is unchanged.</summary>
internal sealed class LedgerCheck(CommandContext context) : ICheck
{
    private const string Name = "ledger";

    private const string Advice =
        "No silo writes this, so the tables were changed from outside. Restore an earlier backup, or keep a copy of the database and report the problem.";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        return Findings(await new DatabaseAccess(context).ReadAsync(source => source.Ledger.ProveAsync(cancellation)));
    }

    /// <summary>Converts the result of the check into findings.</summary>
    public static IReadOnlyList<Finding> Findings(LedgerReport report)
    {
        if (report.Faults.IsEmpty)
        {
            return
            [
                Finding.Ok(
                    Name,
                    $"{Wording.Count(report.Keys, "key")}, {Wording.Count(report.Events, "event")}, {Wording.Count(report.Versions, "version")}: journal, state, archive "
                    + "and registry agree, every event is as it was written, every session was counted once, and none has been waiting for long"
                    + (report.NeverTold == 0 ? "" : $". {Wording.Count(report.NeverTold, "session")} ended while learning was off, or came from another tool, and was never counted")),
            ];
        }

        return [.. report.Faults.Select(fault => Finding.Problem(Name, fault.LearningKey is { } key ? $"{key}: {fault.Sentence}" : fault.Sentence, Advice))];
    }
}
