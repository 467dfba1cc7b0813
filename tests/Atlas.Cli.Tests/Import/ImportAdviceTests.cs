using Atlas.Cli.Import;
using Atlas.Cli.Output;
using Xunit;

namespace Atlas.Cli.Tests.Import;

/// <summary>What an import advises to those whose sessions do not teach.</summary>
public sealed class ImportAdviceTests
{
    private static ImportReport Report { get; } = new()
    {
        Source = "runs.json",
        LearningKey = "advice/desk",
        Imported = 3,
        AlreadyThere = 0,
        Bad = [],
        MeanReward = 0.5,
        Unscored = 0,
        Mended = 0,
        LearningIsOff = false,
        AwaitApproval = 3,
        Seconds = 1,
        SessionsPerSecond = 3,
        PlaybookVersion = 0,
        SessionsApplied = 0,
        Pending = 0,
        Stopped = null,
    };

    [Fact]
    public void Where_updates_are_off_it_is_about_updates_and_not_about_approval()
    {
        var said = Said(Report with { LearningIsOff = true });

        Assert.Contains("learning.update_enabled", said, StringComparison.Ordinal);
        Assert.DoesNotContain("approve", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_they_are_on_it_is_about_approval() => Assert.Contains("--approve", Said(Report), StringComparison.Ordinal);

    private static string Said(ImportReport report)
    {
        using var talk = new StringWriter();
        ImportSummary.Write(report, asJson: false, new Terminal(TextWriter.Null, talk, dataIsTerminal: false, talkIsTerminal: false, colours: false));
        return talk.ToString();
    }
}
