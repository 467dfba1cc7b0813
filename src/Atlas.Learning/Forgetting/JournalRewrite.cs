using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Forgetting;

/// <summary>A journal without what is to be forgotten, and the state of the key folded from it.</summary>
/// <param name="Events">The journal, with the same events and numbers.</param>
/// <param name="Changed">The numbers of the events that lost something, or now hold what no longer follows from the sessions.</param>
/// <param name="State">The key after the last of them.</param>
/// <param name="Withdrawn">Ids of entries that are gone.</param>
/// <param name="LostSupport">Ids of entries that stay with less support.</param>
public sealed record JournalRewrite(
    ImmutableArray<LearningKeyEvent> Events, ImmutableArray<long> Changed, LearningKeyState State, ImmutableArray<string> Withdrawn, ImmutableArray<string> LostSupport)
{
    /// <summary>Rewrites a journal. Pure; with nothing to forget it changes nothing.</summary>
    /// <param name="learningKey">The key whose journal it is.</param>
    /// <param name="journal">The whole journal, from its first event.</param>
    /// <param name="order">What to forget.</param>
    /// <param name="options">The options, for the hashes of what is injected.</param>
    public static JournalRewrite Of(string learningKey, ImmutableArray<LearningKeyEvent> journal, ForgetOrder order, LearningOptions options)
    {
        var writer = new Writer(journal, order, options);
        var (events, changed) = (ImmutableArray.CreateBuilder<LearningKeyEvent>(journal.Length), ImmutableArray.CreateBuilder<long>());
        var state = LearningKeyState.Empty with { LearningKey = learningKey };
        foreach (var happened in journal)
        {
            var rewritten = writer.Rewrite(happened, state);
            if (order.Subject is not null && Json(rewritten) is var said && order.IsInJson(said))
            {
                rewritten = order.Without(JsonNode.Parse(said))!.Deserialize<LearningKeyEvent>(AtlasJson.Options)!;
            }

            if (!ReferenceEquals(rewritten, happened) && Json(rewritten) != Json(happened))
            {
                changed.Add(happened.Sequence);
            }

            events.Add(rewritten);
            state = LearningKeyFold.Apply(state, rewritten);
        }

        return new(events.ToImmutable(), changed.ToImmutable(), state, [.. writer.Withdrawn.Order(StringComparer.Ordinal)], writer.LostSupport);
    }

    private static string Json(LearningKeyEvent happened) => JsonSerializer.Serialize(happened, AtlasJson.Options);

    /// <summary>Goes through a journal and reduces each event.</summary>
    private sealed class Writer(ImmutableArray<LearningKeyEvent> journal, ForgetOrder order, LearningOptions options)
    {
        private readonly ForgottenPlaybooks _playbooks = new(journal, order);
        private readonly HashSet<string> _tasks =
        [
            .. TasksOf(journal, id => order.Sessions.Contains(id)).Except(TasksOf(journal, id => !order.Sessions.Contains(id)), StringComparer.Ordinal),
        ];

        /// <summary>Whether a forgotten session has been counted by now: answers of models from here on can reveal it.</summary>
        private bool _wasSeen;

        public ImmutableHashSet<string> Withdrawn => _playbooks.Withdrawn;

        public ImmutableArray<string> LostSupport =>
        [
            .. journal.OfType<PlaybookChanged>().SelectMany(changed => changed.Playbook.Entries.IsDefault ? [] : changed.Playbook.Entries)
                .Where(entry => entry.Provenance?.SourceSessionId is { } source && order.Sessions.Contains(source))
                .Select(EntryIds.Of)
                .Concat(journal.OfType<SynthesisConcluded>().SelectMany(concluded => concluded.Basis ?? ImmutableSortedDictionary<string, ImmutableArray<long>>.Empty)
                    .Where(basis => basis.Value.Any(order.Sessions.Contains)).Select(basis => basis.Key))
                .Except(Withdrawn, StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];

        public LearningKeyEvent Rewrite(LearningKeyEvent happened, LearningKeyState before)
        {
            switch (happened)
            {
                case SessionObserved { SessionId: var session } when order.Sessions.Contains(session):
                    _wasSeen = true;
                    return Gone(happened, "session_observed");
                case SessionRewarded { SessionId: var session } when order.Sessions.Contains(session):
                    return Gone(happened, "session_rewarded");
                case SessionReviewed { SessionId: var session } when order.Sessions.Contains(session):
                    return Gone(happened, "session_reviewed");
                case PlaybookChanged changed:
                    return Changed(changed, before);
                case SynthesisConcluded concluded:
                    return Concluded(concluded);
                case VersionPromoted promoted:
                    return promoted with { Playbook = _playbooks.Again(promoted.Playbook, before) };
                case VersionPinned pinned:
                    return pinned with { Playbook = _playbooks.Again(pinned.Playbook, before) };
                case CanaryBegun begun:
                    return begun with { Parent = _playbooks.Again(begun.Parent, before)! };
                case ExperimentStarted started:
                    return started with { FirstArm = _playbooks.Again(started.FirstArm, before), NewArm = _playbooks.Again(started.NewArm, before) };
                case CanaryConcluded concluded:
                    return concluded with { Admitted = Left(concluded.Admitted) };
                case EvidenceRulesSet set:
                    return set with { Entries = Left(set.Entries) };
                case EntriesJudged judged:
                    return Judged(judged, before);
                case EntriesCompared compared:
                    return compared with { Pairs = compared.Pairs.RemoveAll(pair => _playbooks.RestsOnForgotten(pair.One) || _playbooks.RestsOnForgotten(pair.Other)) };
                case EntryStandingSet set when _playbooks.RestsOnForgotten(set.Entry.Change.Entry) || order.IsIn(set.Entry.Words):
                    return Gone(happened, "entry_standing_set");
                default:
                    return happened;
            }
        }

        private static IEnumerable<string> TasksOf(ImmutableArray<LearningKeyEvent> journal, Func<long, bool> of) =>
            journal.OfType<SessionObserved>().Where(observed => of(observed.SessionId)).Select(observed => observed.Outcome.Assignment?.Task).OfType<string>();

        private static EventForgotten Gone(LearningKeyEvent happened, string was) =>
            new() { Was = was, Sequence = happened.Sequence, At = happened.At, Author = "forgotten" };

        private PlaybookChanged Changed(PlaybookChanged changed, LearningKeyState before)
        {
            var playbook = _playbooks.Next(changed, before);
            var hash = PlaybookContentHash.Compute(playbook);
            var sawForgotten = changed.SessionIds.Any(order.Sessions.Contains);
            var left = changed with
            {
                Playbook = playbook,
                SessionIds = changed.SessionIds.RemoveAll(order.Sessions.Contains),
                Reason = sawForgotten ? null : changed.Reason,
                Merger = Left(changed.Merger),
                Trials = changed.Trials is not { } trials ? null : trials with
                {
                    Entries = Left(trials.Entries), Resting = trials.Resting.RemoveAll(trial => _playbooks.RestsOnForgotten(trial.Entry)),
                },
            };
            return hash == PlaybookContentHash.Compute(changed.Playbook) ? left : left with
            {
                ContentSha256 = hash,
                StudentSha256 = GivenText.VersionHash(playbook, "student", options.PlaybookLimit),
                TeacherSha256 = GivenText.VersionHash(playbook, "teacher", options.PlaybookLimit),
            };
        }

        // An entry that was found harmful must not come back because the sessions that showed it are forgotten.
        private EntriesJudged Judged(EntriesJudged judged, LearningKeyState before)
        {
            var left = judged.Entries.RemoveAll(entry => _playbooks.RestsOnForgotten(entry.Change.Entry) || order.IsIn(entry.Words));
            var follows = left.All(entry => before.Trials?.Evidence.Find(entry.Change.Entry, entry.Change.Sha)?.State.IsOvertakenBy(entry.Change.To) is not true);
            return judged with { Entries = left, Holds = judged.Holds || !follows };
        }

        private EntryMerger? Left(EntryMerger? merger) => merger switch
        {
            null => null,
            _ when _playbooks.RestsOnForgotten(merger.Entry) => null,
            { Gone: { } gone } when _playbooks.IsWithdrawn(gone) => null,
            { Gone: { } gone } => merger with { Gone = EntryBasis.WithoutSupport(gone, order) },
            _ => merger,
        };

        private SynthesisConcluded Concluded(SynthesisConcluded concluded)
        {
            var sawForgotten = concluded.SessionIds.Any(order.Sessions.Contains);
            return concluded with
            {
                SessionIds = concluded.SessionIds.RemoveAll(order.Sessions.Contains),
                Reason = sawForgotten ? null : concluded.Reason,
                Audit = _wasSeen ? null : concluded.Audit,
                Basis = concluded.Basis?
                    .Where(basis => !_playbooks.RestsOnForgotten(basis.Key))
                    .Select(basis => KeyValuePair.Create(basis.Key, basis.Value.RemoveAll(order.Sessions.Contains)))
                    .ToImmutableSortedDictionary(StringComparer.Ordinal),
                Meanings = sawForgotten ? null : concluded.Meanings?.RemoveAll(finding => _playbooks.RestsOnForgotten(finding.Entry) || _playbooks.RestsOnForgotten(finding.Known)),
                Supported = Left(concluded.Supported),
                Metadata = concluded.Metadata is null ? null : _playbooks.Metadata.Next(concluded.Metadata, sawForgotten),
            };
        }

        private ImmutableArray<EntryIntroduction> Left(ImmutableArray<EntryIntroduction> entries) =>
        [
            .. entries.Where(entry => !_playbooks.RestsOnForgotten(entry.Entry))
                .Select(entry => entry.SupportOf() is { } support ? entry.With(support.Without(order.Sessions.Contains, _tasks)) : entry),
        ];
    }
}
