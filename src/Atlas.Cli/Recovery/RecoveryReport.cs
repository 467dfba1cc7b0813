using Atlas.Cli.Doctor;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Recovery;

/// <summary>The result of a backup or a restore, and of checking its ledger.</summary>
/// <param name="File">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="BooksAgree">Whether the ledger is consistent.</param>
/// <param name="Findings">The findings of the check.</param>
internal sealed record RecoveryReport(string File, long Bytes, bool BooksAgree, IReadOnlyList<Finding> Findings)
{
    public static ExitCode Conclude(CommandContext context, IReadOnlyList<Finding> findings, bool asJson, string file, string done)
    {
        var agree = findings.All(finding => finding.Verdict is not Verdict.Problem);
        if (asJson)
        {
            context.Terminal.Json(new RecoveryReport(file, new FileInfo(file).Length, agree, findings));
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
