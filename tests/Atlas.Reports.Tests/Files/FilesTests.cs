using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Reports.Documents;
using Atlas.Reports.Files;
using Atlas.Reports.Html;
using Atlas.Reports.Tests.Documents;
using Xunit;

namespace Atlas.Reports.Tests.Files;

public sealed class FilesTests
{
    [Theory]
    [InlineData("abc123", "abc123")]
    [InlineData("!!invalid!!", "invalid")]
    [InlineData("a1c07e3d5b0b4a5d9e6f10c2d3e4f506", "a1c07e3d5b0b4a5d")]
    [InlineData("", "learning_unknown")]
    public void A_key_gives_a_short_name(string key, string slug) => Assert.Equal(slug, Slug.Of(key));

    [Fact]
    public void A_key_without_letters_is_named_by_its_hash() => Assert.Matches("^[0-9a-f]{16}$", Slug.Of("///"));

    [Fact]
    public void No_two_keys_have_the_same_name_in_whatever_runs_they_are_reported()
    {
        string[] keys =
        [
            "tour/orders", "tou/rorders", "tour-orders", "TourOrders", "tourorders", "other", "", "learning_unknown", "///", "//", "ä/b", "äb",
            "customersupportrefunds", "customersupportreturns", "customersupportr", "a1c07e3d5b0b4a5d9e6f10c2d3e4f506", "a1c07e3d5b0b4a5d",
        ];
        Assert.Equal("other", Slug.Unique("other"));
        Assert.Equal("tourorders", Slug.Unique("tourorders"));
        Assert.StartsWith("tourorders_", Slug.Unique("tour/orders"), StringComparison.Ordinal);
        Assert.Equal(keys.Length, keys.Select(Slug.Unique).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public async Task All_sessions_are_written_and_everything_outside_ascii_is_escaped()
    {
        var report = Some.Report([Some.Session(1, 0.5)]) with { LearningKey = "schlüssel" };
        using var output = new MemoryStream();
        await ReportJson.WriteAsync(
            report, Enumerable.Range(0, 25).Select(index => $$"""{"session_id":{{index}},"student_learning":"für alle"}""").ToAsyncEnumerable(), output);
        var text = Encoding.UTF8.GetString(output.ToArray());
        Assert.All(text, letter => Assert.True(letter < 128));
        var document = JsonElement.Parse(text);
        Assert.Equal("schlüssel", document.GetProperty("learning_key").GetString());
        Assert.Equal(25, document.GetProperty("sessions").GetArrayLength());
        Assert.StartsWith("{\n  \"learning_key\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_report_is_compared_with_intervals_where_it_tells_its_spread()
    {
        const string Before = """
            {"session_count":2,"reward":{"recent_mean":0.5,"recent_count":20,"recent_stddev":0.1,"latest_score":0.7},
             "model_breakdown":[{"role":"student","model_id":"m","session_count":2,"reward_mean":0.4},{"role":"teacher","model_id":"gone","session_count":3}]}
            """;
        var earlier = await EarlierReport.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(Before)));
        var now = Some.Report(Enumerable.Range(0, 3).Select(index => Some.Session(index, 0.95 + (index * 0.05), """{"student_model":"m"}""")));
        var comparison = earlier.Compare(now, 0.95);
        Assert.Equal(0.5, comparison.RecentMeanDelta!.Value, 9);
        Assert.True(comparison.RecentMeanDeltaInterval!.Low > 0);
        Assert.Equal(0.35, comparison.LatestScoreDelta!.Value, 9);
        Assert.Equal(1, comparison.SessionCountDelta);
        Assert.Equal(1, comparison.ModelDeltas["student:m"].SessionCountDelta);
        Assert.Equal(0.6, comparison.ModelDeltas["student:m"].RewardMeanDelta!.Value, 9);
        Assert.Null(comparison.ModelDeltas["student:m"].RewardMeanDeltaInterval);
        Assert.Equal(new ModelDelta(-3, null), comparison.ModelDeltas["teacher:gone"]);
    }

    [Fact]
    public void The_keys_that_moved_most_are_named()
    {
        var aggregate = ComparisonAggregate.Of(Enumerable.Range(0, 8).ToDictionary(
            index => $"key-{index}", index => new RunComparison { RecentMeanDelta = index, SessionCountDelta = index - 2 }));
        Assert.Equal(["key-7", "key-6", "key-5", "key-4", "key-3"], aggregate.RecentMeanBest);
        Assert.Equal("key-0", aggregate.RecentMeanWorst[0]);
        Assert.Equal(["key-7", "key-6", "key-5", "key-4", "key-3"], aggregate.SessionGrowth);
        Assert.Equal(["key-0", "key-1"], aggregate.SessionDrop);
    }

    [Fact]
    public void The_markdown_has_its_sections_where_there_is_something_to_say()
    {
        var full = Some.Report(
            [Some.Session(1, 0.9, """{"execution_mode":"coach","student_model":"student-beta"}""") with { StudentLearning = "Look first." }]) with
        {
            Comparison = new RunComparison { RecentMeanDelta = 0.25, SessionCountDelta = 3 },
        };
        var text = Markdown(full);
        Assert.StartsWith("# Learning Evaluation — a key\n", text, StringComparison.Ordinal);
        Assert.Contains("reward delta", text, StringComparison.Ordinal);
        Assert.Contains("## Model Performance", text, StringComparison.Ordinal);
        Assert.Contains("student-beta", text, StringComparison.Ordinal);
        Assert.Contains("Student: Look first.", text, StringComparison.Ordinal);
        Assert.Contains("## Comparison vs previous run\n\n- Recent mean Δ: +0.250", text, StringComparison.Ordinal);
        Assert.DoesNotContain("## Playbook Entry Impact", text, StringComparison.Ordinal);
        Assert.Contains("No sessions were found.", Markdown(Some.Report([])), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_loads_nothing_and_no_text_of_a_session_can_break_out_of_it()
    {
        var sessions = Enumerable.Range(0, 60).Select(index => Some.Session(index, index % 3 / 2.0, """{"student_model":"<script>alert(1)</script>"}"""));
        var report = Some.Report(sessions, playbook: new PlaybookFacts { Versions = [new VersionMark(1, "synthesis", Some.Start.AddMinutes(20), 0)] }) with
        {
            LearningKey = "<b>key</b>",
        };
        using var writer = new StringWriter();
        HtmlReport.Write([report], Some.Start, writer);
        var page = writer.ToString();
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.Contains(">v1</text>", page, StringComparison.Ordinal);
        Assert.Contains("not enough evidence", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_without_rewards_has_a_page_without_charts()
    {
        using var writer = new StringWriter();
        HtmlReport.Write([Some.Report([Some.Session(1)])], Some.Start, writer);
        Assert.DoesNotContain("<svg viewBox", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_model_wrote_of_an_entry_creates_no_markup_in_the_tables_of_a_report()
    {
        var options = new EvidenceOptions();
        var findings = new KeyFindings
        {
            Summary = "Nothing is known yet.",
            Entries =
            [
                new EntryFinding
                {
                    Id = "a`|b", Sha = "0123456789abcdef", Role = "student", Words = "Do: <img src=x> [click](http://evil) **now** | `rm`", State = EntryTrialState.OnTrial,
                    Sessions = 0, Effect = EffectSummary.Of(TrialEvidence.None, 0.5, options), IsClaimed = false,
                },
            ],
        };

        var row = Assert.Single(Markdown(Some.Report([Some.Session(1)], playbook: new PlaybookFacts { Findings = findings })).Split('\n'), line => line.StartsWith("| `` a`", StringComparison.Ordinal));

        Assert.StartsWith(@"| `` a`\|b `` |", row, StringComparison.Ordinal);
        Assert.EndsWith(@"| Do: \<img src=x\> \[click\](http://evil) \*\*now\*\* \| \`rm\` |", row, StringComparison.Ordinal);
        Assert.Equal(9, Regex.Count(row, @"(?<!\\)\|"));
    }

    private static string Markdown(LearningReport report)
    {
        using var writer = new StringWriter();
        MarkdownReport.Write(report, writer);
        return writer.ToString();
    }
}
