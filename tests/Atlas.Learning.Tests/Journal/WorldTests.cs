using System.Globalization;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Usage;
using Xunit;

namespace Atlas.Learning.Tests.Journal;

/// <summary>Whole keys in worlds with a known truth, folded from their journals, with a report after every session.</summary>
public sealed class WorldTests(ITestOutputHelper output)
{
    private const int Keys = 20;
    private const int Sessions = 500;

    /// <summary>A report is made after so many sessions, where it is not made after each: what holds at every look holds at some.</summary>
    private const int Seldom = 20;

    [Fact]
    public void Where_nothing_works_a_report_after_every_session_claims_nothing_more_often_than_its_bound() => AssertSilent(
        "nothing works", _ => "a task", (_, _) => 0.5, every: 1);

    [Fact]
    public void A_cue_that_shows_in_hard_tasks_only_is_not_condemned() => AssertSilent(
        "hard tasks", session => session % 2 == 0 ? "an easy order" : "an intricate order", (task, _) => task.Contains("intricate", StringComparison.Ordinal) ? 0.1 : 0.9);

    [Fact]
    public void Where_everything_becomes_easier_nothing_is_said_to_help() => AssertSilent(
        "drift", _ => "a task", (_, session) => 0.3 + (0.5 * session / Sessions));

    [Fact]
    public void A_decline_raises_the_alarm_starts_a_trial_against_the_version_of_better_times_and_hides_no_session()
    {
        var key = new TriedKey();
        key.Import(TriedKey.Playbook("Stay calm.", "one"));
        Run(key, "decline", 0, 150, _ => "a task", (_, _) => 0.9);
        var good = key.State.Version;
        key.Import(TriedKey.Playbook("Stay calm.", "one", "two"));
        Run(key, "decline", 150, 600, _ => "a task", (_, _) => 0.4, () => key.State.Trials!.AlarmSince is not null);

        var raised = Assert.Single(key.Journal.OfType<AlarmRaised>());
        Assert.Equal((2, good), (raised.Version, raised.GoodVersion));
        Assert.Equal(good, AlarmDecisions.AsksFor(key.State, key.Options));
        Assert.InRange(raised.Watched, 1, 200);
        key.Execute(AlarmDecisions.Answer(key.State, new ServedPlaybook(good, null, TriedKey.Playbook("Stay calm.", "one")), key.Options, Build.Now));
        Assert.Equal((2, good), (key.State.Trials!.Evidence.Canary!.Version.Number, key.State.Trials.Evidence.Canary.Parent.Number));
        Assert.Equal(key.Journal.OfType<SessionObserved>().Count(), key.State.SessionsObserved);
    }

    private void AssertSilent(string name, Func<int, string> task, Func<string, int, double> chance, int every = Seldom)
    {
        var claims = Enumerable.Range(0, Keys).AsParallel().Select(number =>
        {
            var key = new TriedKey();
            key.Import(TriedKey.Playbook("") with
            {
                Entries = [TriedKey.Entry("hard") with { Cue = new EntryCue { Type = "keyword", Pattern = "intricate" } }, TriedKey.Entry("idle") with { Cue = new EntryCue { Type = "keyword", Pattern = "task" } }],
            });
            var said = new HashSet<string>(StringComparer.Ordinal);
            Run(key, string.Create(CultureInfo.InvariantCulture, $"{name} {number}"), 0, Sessions, task, chance, () =>
            {
                if (key.State.SessionsObserved % every != 0)
                {
                    return false;
                }

                var found = KeyFindings.Of(key.State)!;
                said.UnionWith(found.Entries.Where(entry => entry.Effect.Verdict is EffectVerdict.Helps or EffectVerdict.AssignmentBroken).Select(entry => $"{entry.Id} {entry.Effect.Verdict}"));
                said.UnionWith(found.Entries.Where(entry => entry.State is EntryTrialState.Withdrawn).Select(entry => $"{entry.Id} harmful"));
                said.UnionWith(found.Entries.Where(entry => entry.IsClaimed).Select(entry => $"{entry.Id} claimed"));
                said.UnionWith(found.Learning is { Verdict: not EffectVerdict.NotEnoughEvidence } learning ? [$"learning {learning.Verdict}"] : []);
                return false;
            });
            return said;
        }).ToList();
        var counted = claims.SelectMany(said => said).CountBy(claim => claim).ToList();
        output.WriteLine(string.Join(", ", counted.Select(claim => $"{claim.Key} in {claim.Value} of {Keys}")));

        // At most one in twenty keys each, and one in a hundred for harm: two of twenty are chance.
        Assert.All(counted, claim => Assert.InRange(claim.Value, 0, claim.Key.EndsWith("harmful", StringComparison.Ordinal) ? 1 : 2));
        Assert.DoesNotContain(counted, claim => claim.Key == "hard harmful");
    }

    /// <summary>Runs sessions whose rewards are decided by hashes, so that every machine plays the same.</summary>
    private static void Run(TriedKey key, string name, int from, int to, Func<int, string> task, Func<string, int, double> chance, Func<bool>? stop = null)
    {
        for (var session = from; session < to; session++)
        {
            var (unit, words) = (string.Create(CultureInfo.InvariantCulture, $"{name}/{session}"), task(session));
            var evidence = key.State.Trials!.Evidence;
            var arms = evidence.DrawArms(name, unit, words, key.Options.Evidence);
            var subjects = key.State.Playbook.Entries.Where(EntryOrder.IsRendered)
                .Select(entry => new TrialSubject(EntryIds.Of(entry), TriedKey.Sha(entry), CueMatcher.For(entry.Cue).IsMatch(words))).ToList();
            var drawn = evidence.DrawEntries(arms, name, unit, subjects, limited: true, key.Options.Evidence);
            key.Count(drawn, TrialDraw.Falls(TrialDraw.Of("reward", name, "", "", unit), chance(words, session)) ? 1 : 0);
            if (stop?.Invoke() == true)
            {
                return;
            }
        }
    }
}
