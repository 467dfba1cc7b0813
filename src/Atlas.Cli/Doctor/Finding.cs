namespace Atlas.Cli.Doctor;

/// <summary>What a check found.</summary>
/// <param name="Check">What was checked.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Detail">What was found, as a sentence or a figure.</param>
/// <param name="Advice">What to do; null if there is nothing to do.</param>
internal sealed record Finding(string Check, Verdict Verdict, string Detail, string? Advice)
{
    public static Finding Ok(string check, string detail) => new(check, Verdict.Ok, detail, null);

    public static Finding Warning(string check, string detail, string? advice) => new(check, Verdict.Warning, detail, advice);

    public static Finding Problem(string check, string detail, string advice) => new(check, Verdict.Problem, detail, advice);
}
