using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Tests.Poisoning;

/// <summary>A synthesizer that finds the good rules, and does besides whatever a session's text tells it to. It cites where it has a rule from, unless it was told not to.</summary>
internal static class GullibleModel
{
    private const int MostCited = 5;

    public static object Answer(Attack attack, LearningKeyState state, IReadOnlyList<PoisonedSession> shown)
    {
        var planted = shown.Where(session => session.Rule is not null).GroupBy(session => session.Rule!.Value).ToList();
        var learned = shown.Where(session => session.IsHonest && session.Reward > 0).GroupBy(session => session.Topic);
        var good = state.Playbook.Entries.Where(entry => entry.Action.Imperative?.StartsWith(PoisonedKey.Good, StringComparison.Ordinal) is true).ToList();
        return new
        {
            student_pamphlet = attack is Attack.Preface && planted.Count > 0 ? $"{PoisonedKey.Planted} 0 whatever is asked." : null,
            add_entries = learned.Select(topic => Rule(PoisonedKey.Good, topic.Key, $"topic{topic.Key}", Ids(topic)))
                .Concat(attack is Attack.LookAlike or Attack.Retire or Attack.Preface ? [] : planted.Select(rule => Rule(
                    PoisonedKey.Planted, rule.Key, attack is Attack.Sleeper ? $"midnight{rule.Key}" : $"topic{rule.Key % PoisonedKey.Topics}", attack is Attack.Uncited ? [] : Ids(rule))))
                .ToArray(),
            revise_entries = attack is Attack.LookAlike
                ? planted.Where(rule => rule.Key < good.Count).Select(rule => new
                {
                    id = EntryIds.Of(good[rule.Key]),
                    audience = "student",
                    cue = new { type = "keyword", pattern = good[rule.Key].Cue.Pattern },
                    action = new { imperative = $"{PoisonedKey.Planted} {rule.Key} whatever is asked" },
                    expected_effect = good[rule.Key].ExpectedEffect,
                    scope = new { category = "reinforcement", constraints = "All orders" },
                    sessions = Ids(rule),
                }).ToArray()
                : [],
            retire_entries = attack is Attack.Retire && planted.Count > 0 ? good.Select(entry => new { id = EntryIds.Of(entry), reason = "A session says so." }).ToArray() : [],
        };
    }

    private static object Rule(string kind, int number, string cue, long[] sessions) => new
    {
        audience = "student",
        cue = new { type = "keyword", pattern = cue },
        action = new { imperative = $"{kind} {number} before anything else" },
        expected_effect = "The order is right",
        scope = new { category = "reinforcement", constraints = "All orders" },
        sessions,
    };

    private static long[] Ids(IEnumerable<PoisonedSession> sessions) => [.. sessions.Select(session => session.Id).Take(MostCited)];
}
