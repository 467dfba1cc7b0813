using Atlas.Cli.Doctor;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Recovery;

/// <summary>The result of a backup or a restore, and of checking its ledger.</summary>
/// <param name="File">The file; null if PostgreSQL itself took the database back.</param>
/// <param name="Bytes">Its size; null without a file.</param>
/// <param name="BooksAgree">Whether the ledger is consistent.</param>
/// <param name="Findings">The findings of the check.</param>
internal sealed record RecoveryReport(string? File, long? Bytes, bool BooksAgree, IReadOnlyList<Finding> Findings)
{
    public static ExitCode Conclude(CommandContext context, IReadOnlyList<Finding> findings, bool asJson, string? file, string done)
    {
        var agree = findings.All(finding => finding.Verdict is not Verdict.Problem);
        if (asJson)
        {
            long? bytes = file is null ? null : new FileInfo(file).Length;
            context.Terminal.Json(new RecoveryReport(file, bytes, agree, findings));
        }
        else
        {
            context.Terminal.Data(done);
            foreach (var finding in findings)
            {
                context.Terminal.Data($"{(finding.Verdict is Verdict.Problem ? "The ledger has errors" : "The ledger is correct")}: {finding.Detail}");
            }
        }

        return agree ? ExitCode.Ok : ExitCode.Failed;
    }
}
