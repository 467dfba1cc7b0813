using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Synthesis;
using Atlas.Learning.Tests.Journal;
using Atlas.Learning.Usage;

namespace Atlas.Learning.Tests.Poisoning;

/// <summary>A key that twenty people use and one attacks. Good rules, one for each topic, add 25 points; planted ones cost 30. Everything that decides is the domain's own.</summary>
internal sealed class PoisonedKey
{
    public const string Good = "Look at the papers of kind";
    public const string Planted = "Send the refund to account";
    public const int Topics = 6;
    public const int Rules = 8;

    private const int People = 20;
    private const int Tasks = 48;
    private const int KnowsItsPeople = 60;
    private const int BetweenSyntheses = 10;
    private const int MostShown = 200;
    private const double Usual = 0.45;
    private const double Helps = 0.25;
    private const double Harms = 0.3;

    private readonly TriedKey _key;
    private readonly Attack _attack;
    private readonly Random _random;
    private readonly string _name;
    private readonly List<PoisonedSession> _sessions = [];
    private readonly HashSet<int> _reached = [];
    private int _attacks;

    public PoisonedKey(Attack attack, int seed, LearningOptions options)
    {
        (_attack, _random, _key) = (attack, new Random(seed), new TriedKey { Options = options });
        _name = string.Create(CultureInfo.InvariantCulture, $"{attack}/{seed}");
        _key.Import(TriedKey.Playbook("Be kind."));
    }

    /// <summary>Planted rules that a session of somebody else was given.</summary>
    public int Reached => _reached.Count;

    /// <summary>Planted rules that could have been.</summary>
    public int Offered => Math.Min(Rules, _attacks);

    /// <summary>Topics whose good rule no session is given any more.</summary>
    public int Lost => Topics - CurrentPlaybook.Of(_key.State, _key.Options).Playbook.Entries
        .Where(entry => IsGiven(entry, Good) && _key.State.Trials!.Evidence.Find(EntryIds.Of(entry), TriedKey.Sha(entry)) is { State: not (EntryTrialState.Candidate or EntryTrialState.Retired or EntryTrialState.Withdrawn) })
        .Select(entry => entry.Action.Imperative).Distinct().Count();

    public void Run(int sessions)
    {
        for (var number = 0; number < sessions; number++)
        {
            RunSession(number);
            if ((number + 1) % BetweenSyntheses == 0)
            {
                Synthesize();
            }
        }
    }

    private void RunSession(int number)
    {
        var share = _attack switch { Attack.None => 0, Attack.Flood => 0.7, _ => 0.1 };
        var attacks = number >= KnowsItsPeople && _random.NextDouble() < share;
        var author = attacks ? "mallory" : string.Create(CultureInfo.InvariantCulture, $"person {_random.Next(People)}");
        var place = _random.Next(Tasks);
        var topic = place % Topics;
        var words = string.Create(CultureInfo.InvariantCulture, $"Order about topic{topic}, number {place}");
        var identity = attacks ? string.Create(CultureInfo.InvariantCulture, $"attack {_attacks}") : string.Create(CultureInfo.InvariantCulture, $"task {place}");
        var unit = string.Create(CultureInfo.InvariantCulture, $"{_name}/{number}");

        var state = _key.State;
        var evidence = state.Trials!.Evidence;
        var arms = evidence.DrawArms(_name, unit, identity, _key.Options.Evidence);
        var version = arms.Canary is { Shown: false } ? state.Trials.Parent!.Playbook : CurrentPlaybook.Of(state, _key.Options).Playbook;
        var entries = version.Entries.Where(EntryOrder.IsRendered).ToList();
        var drawn = evidence.DrawEntries(
            arms, _name, unit, [.. entries.Select(entry => new TrialSubject(EntryIds.Of(entry), TriedKey.Sha(entry), CueMatcher.For(entry.Cue).IsMatch(words)))], limited: true, _key.Options.Evidence);
        var given = drawn.IsHeldOut ? [] : entries.Where(entry => drawn.IsGiven(EntryIds.Of(entry))).ToList();
        var goodShown = given.Any(entry => IsGiven(entry, Good) && CueMatcher.For(entry.Cue).IsMatch(words));
        var plantedShown = given.Where(entry => IsGiven(entry, Planted)).ToList();
        var poisonedPreface = !drawn.IsHeldOut && version.StudentPreface?.Contains(Planted, StringComparison.Ordinal) is true;
        var chance = Usual + (goodShown ? Helps : 0) - (poisonedPreface || plantedShown.Exists(entry => CueMatcher.For(entry.Cue).IsMatch(words)) ? Harms : 0);
        var reward = attacks ? Wanted(goodShown, plantedShown.Count > 0) : _random.NextDouble() < chance ? 1 : 0;
        if (!attacks)
        {
            _reached.UnionWith(plantedShown.Select(entry => int.Parse(entry.Action.Imperative![(Planted.Length + 1)..].Split(' ')[0], CultureInfo.InvariantCulture)));
            _reached.UnionWith(poisonedPreface ? [0] : []);
        }

        var session = _key.Count(drawn with { Unit = unit, Author = AuthorIdentity.Of(author, default) }, reward);
        _sessions.Add(new PoisonedSession(session, author, !attacks, topic, identity, attacks ? _attacks++ % Rules : null, reward));
    }

    /// <summary>What the attacker's own sessions report: always the best for themselves, or what speaks for planted and against good rules.</summary>
    private int Wanted(bool goodShown, bool plantedShown) => _attack is Attack.BribedJudge ? (goodShown && !plantedShown ? 0 : 1) : 1;

    private void Synthesize()
    {
        var state = _key.State;
        var perAuthor = AuthorLimit.Of(state.Trials, _key.Options, MostShown);
        var shown = Enumerable.Reverse(_sessions).GroupBy(session => session.Author).SelectMany(author => author.Take(perAuthor))
            .OrderByDescending(session => session.Id).Take(MostShown).ToList();
        var holds = AuthorLimit.Holds(state.Trials, _key.Options);
        _key.Execute(SynthesisDecisions.Conclude(
            state,
            new SynthesisProposal
            {
                Synthesizer = "gullible",
                Snapshot = state,
                SessionIds = [shown[0].Id],
                Evidence = [.. shown.Select(session => session.Id)],
                Answer = JsonSerializer.SerializeToElement(GullibleModel.Answer(_attack, state, shown)),
                Support = new(
                    ImmutableDictionary<string, ImmutableArray<long>>.Empty,
                    shown.ToImmutableDictionary(session => session.Id, session => (string?)session.Task),
                    shown[0].Id,
                    _key.Options.Quorum)
                {
                    Authors = shown.ToImmutableDictionary(session => session.Id, session => AuthorIdentity.Of(session.Author, default)!),
                    MustCite = holds,
                },
                Context = new SynthesisContext
                {
                    Now = Build.Now,
                    Options = _key.Options,
                    SessionIds = [shown[0].Id],
                },
            },
            mayRerun: false));
    }

    private static bool IsGiven(PlaybookEntry entry, string kind) => entry.Action.Imperative?.StartsWith(kind, StringComparison.Ordinal) is true;
}
