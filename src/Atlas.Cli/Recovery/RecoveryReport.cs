using Atlas.Cli.Doctor;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Recovery;

/// <summary>What came of a backup, or of putting one back, and of proving its books.</summary>
/// <param name="File">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="BooksAgree">Whether the books agree.</param>
/// <param name="Findings">What was found of them.</param>
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
                context.Terminal.Data($"{(finding.Verdict is Verdict.Problem ? "The books do not agree" : "The books agree")}: {finding.Detail}");
            }
        }

        return agree ? ExitCode.Ok : ExitCode.Failed;
    }
}
