using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Domain;

namespace Atlas.Cli.Review;

/// <summary>The options for the reviewer, the note, and how the result is reported.</summary>
internal sealed class ReviewOptions
{
    private readonly Option<string?> _note = CommonOptions.Text("--note", "TEXT", "A note on your decision, stored with the session.", "what you found");
    private readonly AuthorOption _by = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public void AddTo(Command command)
    {
        command.Add(_note);
        _by.AddTo(command);
        command.Add(_json);
    }

    public ReviewDecision Decision(ReviewStatus status, ParseResult arguments, CallerSettings caller) =>
        new(status, _by.Read(arguments, caller), arguments.GetValue(_note)?.Trim());

    /// <summary>Writes the report and returns the exit code.</summary>
    public ExitCode Conclude(ReviewReport report, ParseResult arguments, CommandContext context)
    {
        ReviewSheet.WriteFailures(report, context.Terminal);
        if (arguments.GetValue(_json))
        {
            context.Terminal.Json(report);
        }
        else if (report.Reviewed.Length > 0 || report.Failed.IsEmpty)
        {
            ReviewSheet.Write(report, context.Terminal);
        }

        var codes = report.Failed.Select(failed => failed.Code).Distinct().ToList();
        return (codes, report.Reviewed.IsEmpty) switch
        {
            ([], _) => report.Undo.Any(undo => undo.Failure is not null) ? ExitCode.Failed : ExitCode.Ok,
            ([var only], true) => only,
            _ => ExitCode.Failed,
        };
    }
}
