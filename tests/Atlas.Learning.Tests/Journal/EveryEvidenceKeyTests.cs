using System.Text;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Xunit;
using static Atlas.Learning.Tests.Journal.TriedKey;

namespace Atlas.Learning.Tests.Journal;

/// <summary>Every key of <c>learning.evidence</c>, and <c>learning.quorum</c>, changes the life of a learning key: what its sessions are
/// given, what is decided, or what it knows in the end.</summary>
public sealed class EveryEvidenceKeyTests
{
    private static readonly string[] Ids = ["harms", "helps", "does-nothing", "fourth", "fifth", "sixth"];

    private static readonly Dictionary<string, Func<EvidenceOptions, EvidenceOptions>> Changes = new(StringComparer.Ordinal)
    {
        [nameof(EvidenceOptions.Enabled)] = given => given with { Enabled = false },
        [nameof(EvidenceOptions.ProvisionalShare)] = given => given with { ProvisionalShare = 0.4 },
        [nameof(EvidenceOptions.ToleratedShare)] = given => given with { ToleratedShare = 0.3 },
        [nameof(EvidenceOptions.ActiveShare)] = given => given with { ActiveShare = 0.2 },
        [nameof(EvidenceOptions.Suspect)] = given => given with { Suspect = 15 },
        [nameof(EvidenceOptions.Withdraw)] = given => given with { Withdraw = 5000 },
        [nameof(EvidenceOptions.Prove)] = given => given with { Prove = 200 },
        [nameof(EvidenceOptions.Margin)] = given => given with { Margin = 0.3 },
        [nameof(EvidenceOptions.HoldoutShare)] = given => given with { HoldoutShare = 0.2 },
        [nameof(EvidenceOptions.CanaryShare)] = given => given with { CanaryShare = 0.3 },
        [nameof(EvidenceOptions.CanarySessions)] = given => given with { CanarySessions = 20 },
        [nameof(EvidenceOptions.Kappa)] = given => given with { Kappa = 20 },
        [nameof(EvidenceOptions.MaxOnTrial)] = given => given with { MaxOnTrial = 2 },
        [nameof(EvidenceOptions.AlarmLimit)] = given => given with { AlarmLimit = 20 },
        [nameof(EvidenceOptions.AlarmSlack)] = given => given with { AlarmSlack = 0.4 },
        [nameof(EvidenceOptions.AlarmReference)] = given => given with { AlarmReference = 40 },
    };

    [Fact]
    public void Every_key_of_evidence_changes_the_life_of_a_learning_key()
    {
        Assert.Equal(
            typeof(EvidenceOptions).GetProperties().Where(property => property.SetMethod is not null).Select(property => property.Name).Order(StringComparer.Ordinal),
            Changes.Keys.Order(StringComparer.Ordinal));

        var usual = Life(new LearningOptions());
        Assert.Equal(usual, Life(new LearningOptions()));
        foreach (var (name, change) in Changes)
        {
            Assert.True(usual != Life(new LearningOptions { Evidence = change(new EvidenceOptions()) }), $"{name} changes nothing.");
        }

        Assert.NotEqual(usual, Life(new LearningOptions { Quorum = 3 }));
    }

    /// <summary>Twelve hundred sessions of ten tasks: entries are tried, then a version, and towards the end everything gets worse.</summary>
    private static string Life(LearningOptions options)
    {
        var key = new TriedKey { Options = options };
        var seen = new StringBuilder();
        key.Import(Playbook("Stay calm.", Ids));
        foreach (var task in (string[])["one", "two"])
        {
            key.Synthesize(task, new
            {
                audience = "student",
                cue = new { type = "keyword", pattern = "voucher" },
                action = new { imperative = "Read the policy before offering one" },
                expected_effect = "The refund is right",
                scope = new { category = "reinforcement", constraints = "All orders" },
            });
        }

        for (var session = 0; session < 1200; session++)
        {
            if (session == 600)
            {
                key.Import(Playbook("Hurry.", Ids));
            }

            var evidence = key.State.Trials?.Evidence;
            var (unit, task) = ($"session {session}", $"task {session % 10}");
            var arms = evidence?.DrawArms("key", unit, task, options.Evidence) ?? new() { Task = task };
            var drawn = evidence?.DrawEntries(
                arms, "key", unit, [.. key.State.Playbook.Entries.Select(entry => new TrialSubject(entry.Id!, Sha(entry), true))], limited: true, options.Evidence) ?? arms;
            bool IsShown(string id) => !drawn.Entries.IsDefaultOrEmpty && drawn.Entries.Any(entry => entry.Entry == id && entry.Shown);
            var chance = 0.5 + (IsShown("helps") ? 0.3 : 0) - (IsShown("harms") ? 0.4 : 0) - (session >= 900 ? 0.3 : 0) + (session % 10 / 100.0);
            key.Count(drawn, TrialDraw.Falls(TrialDraw.Of("reward", "key", "", "", unit), chance) ? 1 : 0);
            seen.Append(JsonSerializer.Serialize(drawn, AtlasJson.Options));
        }

        return seen + JsonSerializer.Serialize(key.State, AtlasJson.Options);
    }
}
