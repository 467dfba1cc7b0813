using System.Globalization;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Sessions;
using Atlas.Learning.Evidence;

namespace Atlas.Cli.Quickstart;

/// <summary>A simulated world whose truth is known: three entries are planted, and a hash decides whether a session succeeds, given which
/// of them it was told. No model is called.</summary>
internal sealed class EvidenceWorld(IAtlasClient client, string learningKey, string seed)
{
    private const double Base = 0.5;
    private const int Tasks = 20;
    private const int AtATime = 8;

    private readonly List<EvidenceSession> _sessions = [];
    private readonly Dictionary<string, int> _gone = new(StringComparer.Ordinal);
    private int _next;

    /// <summary>Gets the planted entries.</summary>
    public static IReadOnlyList<PlantedEntry> Planted { get; } =
    [
        new("answer-at-once", "harmful", "Answer at once, without looking the order up", -0.45),
        new("count-the-words", "useless", "Count the words of the request first", 0),
        new("read-the-policy", "helpful", "Read the policy before you answer", 0.45),
    ];

    /// <summary>Gets the sessions, in the order of their start.</summary>
    public IReadOnlyList<EvidenceSession> Sessions => [.. _sessions.OrderBy(session => session.Number)];

    /// <summary>Returns the number of sessions after which no session got an entry any more; null if it stayed.</summary>
    public int? GoneAfter(string id) => _gone.TryGetValue(id, out var sessions) ? sessions : null;

    /// <summary>Plants the entries.</summary>
    public Task PlantAsync(CancellationToken cancellation) => client.ImportAsync(
        learningKey, Playbook(), new Attribution("atlas quickstart", "entries whose effect is known"), cancellation);

    /// <summary>Runs sessions, a few at a time.</summary>
    public async Task RunAsync(int sessions, CancellationToken cancellation)
    {
        await Task.WhenAll(Enumerable.Range(0, AtATime).Select(async _ =>
        {
            while (Interlocked.Increment(ref _next) is var number && number <= sessions)
            {
                await DoAsync(number, cancellation);
            }
        }));
    }

    private async Task DoAsync(int number, CancellationToken cancellation)
    {
        var (task, unit) = (Inv($"Order {number % Tasks}: the customer wants it changed"), Inv($"{seed}/{learningKey}/{number}"));
        var session = await client.StartSessionAsync(new StartSession(task, learningKey, ExternalId: unit), cancellation);
        var told = session.Playbook.ApplyToPrompts ? session.Playbook.Student?.Text ?? "" : "";
        var shown = Planted.Where(entry => told.Contains(entry.Imperative, StringComparison.Ordinal)).Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        var chance = Base + Planted.Where(entry => shown.Contains(entry.Id)).Sum(entry => entry.Effect);
        var reward = TrialDraw.Falls(TrialDraw.Of("reward", learningKey, "", "", unit), chance) ? 1 : 0;
        await session.CompleteAsync(new CompleteSession(SessionStatus.Succeeded, "Done.", new SessionReward(reward, 0, "quickstart")));
        var given = (await client.ResolveAsync(learningKey, cancellation)).Entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        lock (_sessions)
        {
            _sessions.Add(new(number, shown, !session.Playbook.ApplyToPrompts, reward));
            foreach (var entry in Planted.Where(entry => !given.Contains(entry.Id)))
            {
                _gone.TryAdd(entry.Id, _sessions.Count);
            }
        }
    }

    private static LearnedPlaybook Playbook() => new()
    {
        Form = PlaybookForm.Entries,
        Entries =
        [
            .. Planted.Select(entry => new PlaybookEntry
            {
                Id = entry.Id,
                Audience = "student",
                Cue = new EntryCue { Type = "keyword", Pattern = "order" },
                Action = new EntryAction { Imperative = entry.Imperative },
                ExpectedEffect = "The order is right",
                Scope = new EntryScope { Category = "reinforcement", Constraints = "All orders" },

                // Nobody vouches for these entries: they are on trial.
                Provenance = new EntryProvenance { Status = new EntryStatus { Category = "reinforcement", Lifecycle = EntryLifecycle.Provisional } },
            }),
        ],
    };

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>An entry whose effect is known.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Planted"><c>harmful</c>, <c>useless</c> or <c>helpful</c>.</param>
/// <param name="Imperative">What it says.</param>
/// <param name="Effect">The effect on the probability of success, −1 to 1.</param>
internal sealed record PlantedEntry(string Id, string Planted, string Imperative, double Effect);

/// <summary>A session of the simulated world.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Shown">The entries it was told.</param>
/// <param name="HeldOut">Whether it ran without a playbook.</param>
/// <param name="Reward">0 or 1.</param>
internal sealed record EvidenceSession(int Number, IReadOnlySet<string> Shown, bool HeldOut, double Reward);
