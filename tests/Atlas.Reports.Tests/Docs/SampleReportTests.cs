using Atlas.Learning.Playbooks;
using Atlas.Reports.Documents;
using Atlas.Reports.Files;
using Atlas.Reports.Tests.Documents;
using Xunit;

namespace Atlas.Reports.Tests.Docs;

/// <summary>The sample in the documentation is what the program writes. To renew it, set ATLAS_RENEW_SAMPLES and run this.</summary>
public sealed class SampleReportTests
{
    private const string Hit = """{"execution_mode":"paired","student_model":"m-small","token_usage":{"total_tokens":5200},"learning_usage":{"roles":{"student":{"playbook-entry-4ec9ea173e7d":{"cue_hits":1,"action_adoptions":1,"successful_adoptions":1}}},"session":{"cue_hits":1,"action_adoptions":1,"unique_cue_steps":[1]}}}""";
    private const string Miss = """{"execution_mode":"auto","student_model":"m-small","token_usage":{"total_tokens":6600},"learning_usage":{"roles":{},"session":{}}}""";

    [Fact]
    public void The_sample_in_the_documentation_is_what_is_written()
    {
        var builder = new ReportBuilder(
            "ledger/reconcile",
            new PlaybookFacts
            {
                Playbook = LearningStateJson.FromColumns("", null, System.Text.Json.JsonElement.Parse("""
                    {"playbook_summary":{"total_candidates":2,"passed":2,"pass_rate":1,"gate_failures":{"cue":0},"average_weighted_score":0.94,"weights":{"actionability":0.4}},
                     "playbook_entries":[{"id":"playbook-entry-4ec9ea173e7d","audience":"student","cue":{"type":"regex","pattern":"match.*feed"},"action":{"imperative":"Match amounts first","runtime_handle":"ledger.match"},
                       "scope":{"category":"reinforcement"},"provenance":{"status":{"category":"reinforcement","lifecycle":"active"}},
                       "impact":{"sessions_observed":30,"total_cue_hits":20,"total_adoptions":20,"successful_adoptions":18,"failed_adoptions":2,"reward_with_sum":17.4,"reward_with_count":20,
                         "reward_without_sum":6.2,"reward_without_count":10,"tokens_with_sum":104000,"tokens_with_count":20,"tokens_without_sum":66000,"tokens_without_count":10,
                         "incident_ids":["RECON-311","RECON-298"],"retry_sum":4,"retry_samples":30}}]}
                    """)),
                Versions = [new VersionMark(1, "synthesis", Some.Start.AddMinutes(20), 0)],
            },
            new ReportSettings { RecentWindow = 10 });
        for (var id = 1; id <= 60; id++)
        {
            var learned = id > 20;
            builder.Add(Some.Session(id, (learned ? 0.78 : 0.58) + (id * 7 % 10 / 50.0), learned && id % 3 > 0 ? Hit : Miss) with
            {
                PlaybookVersion = learned ? 1 : null,
                HadPlaybook = learned,
                StudentLearning = id == 60 ? "Match on amount and value date before the memo text." : null,
            });
        }

        using var writer = new StringWriter();
        MarkdownReport.Write(builder.Build([new DiscoveryReference(7, "Reconcile", "runtime", Some.Start)]), writer);
        var file = Path.Combine(Root(), "docs", "samples", "learning-report.md");
        if (Environment.GetEnvironmentVariable("ATLAS_RENEW_SAMPLES") is { Length: > 0 })
        {
            File.WriteAllText(file, writer.ToString());
        }

        Assert.Equal(File.ReadAllText(file), writer.ToString());
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Atlas.Grains.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests must run inside the repository.");
        }

        return folder.FullName;
    }
}
